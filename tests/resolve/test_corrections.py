from typing import Any

import pytest

from aggregator.model import Review
from aggregator.resolve.corrections import FIELDS, corrected, problem_of

PROOF = {"rule": "r", "locator": "url", "raw": "x", "tier": "t"}
REVIEW: dict[str, Any] = Review.model_validate(
    {
        "id": "x",
        "film": {"title": "Moon", "year": 1987, "alternative_titles": ["Sun", "Mond"]},
        "credits": [
            {"role": "director", "name": "Clint Mansell"},
            {"role": "cast", "name": "Sam Rockwell", "character": "Sam"},
            {"role": "composer", "name": "Clint Mansell"},
        ],
        "rating": {"raw": "4", "value": 4, "best": 4, "unit": "stars"},
        "rating_status": "rated",
        "evidence": {
            "film.year": PROOF,
            "film.title": PROOF,
            "credits[0]": PROOF | {"raw": "first"},
            "credits[1]": PROOF | {"raw": "second"},
            "credits[1].character": PROOF | {"raw": "role"},
            "rating.value": PROOF,
            "rating": PROOF,
        },
    }
).model_dump(mode="json")


def test_a_value_is_taken_back_with_its_evidence() -> None:
    found = corrected(REVIEW, "film.year", 1987, None)
    assert found is not None
    assert found["film"]["year"] is None
    assert "film.year" not in found["evidence"]
    assert "film.title" in found["evidence"]
    assert REVIEW["film"]["year"] == 1987


def test_another_value_says_whose_it_is() -> None:
    found = corrected(REVIEW, "film.year", 1987, 2009)
    assert found is not None
    assert found["film"]["year"] == 2009
    assert found["evidence"]["film.year"] == {
        "rule": "decision", "locator": "decisions.toml", "raw": "1987", "tier": "human",
    }  # fmt: skip


def test_one_of_several_is_meant_by_its_name_or_by_all_it_says() -> None:
    found = corrected(
        REVIEW, "credits", {"role": "director", "name": "Clint Mansell"}, {"role": "director", "name": "Duncan Jones"}
    )
    assert found is not None
    assert [(one["role"], one["name"]) for one in found["credits"]] == [
        ("cast", "Sam Rockwell"), ("composer", "Clint Mansell"), ("director", "Duncan Jones"),
    ]  # fmt: skip
    assert found["evidence"]["credits[0]"]["raw"] == "second"
    assert found["evidence"]["credits[0].character"]["raw"] == "role"
    assert found["evidence"]["credits[2]"]["rule"] == "decision"
    named = corrected(REVIEW, "credits", "Clint Mansell", None)
    assert named is not None
    assert [one["name"] for one in named["credits"]] == ["Sam Rockwell"]
    title = corrected(REVIEW, "film.alternative_titles", "Sun", "Luna")
    assert title is not None
    assert title["film"]["alternative_titles"] == ["Mond", "Luna"]


def test_a_rating_taken_back_is_unreadable() -> None:
    found = corrected(REVIEW, "rating", "4", None)
    assert found is not None
    assert (found["rating"], found["rating_status"]) == (None, "unreadable")
    assert not any(path.startswith("rating") for path in found["evidence"])
    best = corrected(REVIEW, "rating.best", 4, 5)
    assert best is not None
    assert best["rating"]["best"] == 5
    assert "rating.value" in best["evidence"]


@pytest.mark.parametrize(
    ("field", "value"),
    [("film.year", 1986), ("runtime_minutes", 90), ("credits", "Nobody"), ("rating.worst", 1), ("rating", "5")],
)
def test_what_is_not_there_cannot_be_taken(field: str, value: Any) -> None:
    assert corrected(REVIEW, field, value, None) is None


@pytest.mark.parametrize(
    ("field", "value", "good"),
    [
        ("film.year", 1977, True), ("film.year", "soon", False), ("film.year", 1500, False),
        ("critics", "Ann Lee", True), ("critics", 3, False),
        ("credits", {"role": "director", "name": "A"}, True), ("credits", {"role": "boss", "name": "A"}, False),
        ("rating.best", 5, True), ("rating.best", "five", False), ("published", "2009-13-01", False),
    ],
)  # fmt: skip
def test_a_new_value_must_be_one_the_field_can_have(field: str, value: Any, good: bool) -> None:
    assert (problem_of(field, value) is None) is good


def test_every_field_can_be_asked_about() -> None:
    for field in FIELDS:
        corrected({"id": "x"}, field, "x", None)
