import random
from typing import Any

from aggregator.dedupe.traits import Staged
from aggregator.merge.parts import Paged, join_parts

ROOT = "https://a.example/moon"
WORDS = [f"word{number}" for number in range(3000)]


def text(seed: int) -> str:
    return " ".join(random.Random(seed).choices(WORDS, k=120))


def part(number: int, body: str = "", *, of: str | None = ROOT, following: str | None = None, **data: Any) -> Paged:
    url = ROOT if number == 1 else f"{ROOT}?page={number}"
    review = {"id": f"r{number}", "url": url, "film": {"title": data.pop("title", "Moon")}, "body": body, **data}
    return Paged(Staged(review, url), None if number == 1 else of, following)


def comment(name: str, said: str, **more: Any) -> dict[str, Any]:
    return {"id": name, "author": "x", "published": None, "text": said, "parent": None, "parent_missing": False, **more}


def joined(*pages: Paged) -> dict[str, Any]:
    found = join_parts(pages)
    assert found.loose == []
    (one,) = found.reviews
    return dict(one.data)


def test_text_is_joined_in_reading_order() -> None:
    third = part(3, "C " + text(3))
    second = part(2, "B " + text(2), following=third.staged.page_url)
    first = part(1, "A " + text(1), following=second.staged.page_url)
    body = joined(third, first, second)["body"]
    assert [paragraph[0] for paragraph in body.split("\n\n")] == ["A", "B", "C"]


def test_pages_that_no_link_reaches_come_by_address() -> None:
    body = joined(part(10, "J " + text(10)), part(2, "B " + text(2)), part(1, "A " + text(1)))["body"]
    assert [paragraph[0] for paragraph in body.split("\n\n")] == ["A", "B", "J"]


def test_a_page_of_comments_that_repeats_the_text_adds_comments_only() -> None:
    first = part(1, text(1), comments=[comment("1", "first"), comment("2", "second")])
    more = part(2, text(1), comments=[comment("2", "second"), comment("3", "third", parent="1", parent_missing=True)])
    data = joined(first, more)
    assert data["body"] == text(1)
    assert [one["text"] for one in data["comments"]] == ["first", "second", "third"]
    assert data["comments"][2]["parent_missing"] is False


def test_comments_numbered_again_from_one_are_all_kept() -> None:
    first = part(1, text(1), comments=[comment("1", "first")])
    more = part(2, "", comments=[comment("1", "other"), comment("2", "reply", parent="1")])
    comments = joined(first, more)["comments"]
    assert [(one["id"], one["parent"], one["text"]) for one in comments] == [
        ("1", None, "first"),
        ("1'", None, "other"),
        ("2", "1'", "reply"),
    ]


def test_a_rating_on_the_last_page_is_taken_with_its_evidence() -> None:
    proof = {"rule": "stars", "locator": "/html/body/p", "raw": "★★★★", "tier": "visible"}
    rating = {"raw": "★★★★", "value": 4.0, "unit": "stars"}
    last = part(2, text(2), rating=rating, rating_status="rated", evidence={"rating.value": proof})
    data = joined(part(1, text(1), rating=None, rating_status="unrated", evidence={}), last)
    assert (data["rating"], data["rating_status"]) == (rating, "rated")
    assert data["evidence"]["rating.value"]["rule"] == f"stars @ {ROOT}?page=2"


def test_what_the_first_page_says_stands() -> None:
    data = joined(part(1, text(1), headline="Moon", critics=["Ann Lee"]), part(2, "", headline="Page 2", critics=["x"]))
    assert (data["headline"], data["critics"]) == ("Moon", ["Ann Lee"])


def test_a_part_of_a_part_belongs_to_the_first_page() -> None:
    third = part(3, "C " + text(3), of=f"{ROOT}?page=2")
    assert joined(part(1, "A " + text(1)), part(2, "B " + text(2)), third)["body"].count("\n\n") == 2


def test_a_part_without_its_first_page_stays_and_is_named() -> None:
    found = join_parts([part(2, text(2))])
    assert [one.page_url for one in found.reviews] == found.loose == [f"{ROOT}?page=2"]


def test_a_part_of_a_page_with_several_reviews_goes_to_the_one_of_its_film() -> None:
    first = part(1, text(1))
    other = Paged(Staged(dict(first.staged.data) | {"id": "other", "film": {"title": "Solaris"}}, ROOT, 1))
    found = join_parts([first, other, part(2, text(2))])
    assert {one.data["film"]["title"]: one.data["body"].count("\n\n") for one in found.reviews} == {
        "Moon": 1,
        "Solaris": 0,
    }
    unclear = join_parts([first, other, part(2, text(2), title=None)])
    assert len(unclear.reviews) == 3
    assert unclear.loose


def test_pages_in_a_circle_stay_as_they_are() -> None:
    one, two = part(2, text(2), of=f"{ROOT}?page=3"), part(3, text(3), of=f"{ROOT}?page=2")
    assert len(join_parts([one, two]).reviews) == 2
    assert len(join_parts([part(2, text(2), of=f"{ROOT}?page=2")]).reviews) == 1
