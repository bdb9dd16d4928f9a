from pathlib import Path

import pytest

from aggregator.dedupe.urls import address_key
from aggregator.errors import ConfigError
from aggregator.resolve.decisions import Decision, Decisions, read_decisions
from aggregator.resolve.pairs import pairs_of


def test_reads_both_kinds(tmp_path: Path) -> None:
    path = tmp_path / "decisions.toml"
    path.write_text('[[same]]\nreviews = ["a", "b"]\nwhy = "one film"\n[[different]]\nreviews = ["a", "c"]\n')
    assert read_decisions(path) == Decisions((Decision(("a", "b"), "one film"),), (Decision(("a", "c")),))
    assert read_decisions(tmp_path / "none.toml") == Decisions()


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("same = [", "not TOML"),
        ('[[smae]]\nreviews = ["a", "b"]', r"unknown section \[smae\]"),
        ('[same]\nreviews = ["a", "b"]', "two brackets"),
        ('[[same]]\nreview = ["a", "b"]', "needs reviews"),
        ('[[same]]\nreviews = ["a", 3]', "needs reviews"),
        ('[[same]]\nreviews = ["a", "a"]', "fewer than two"),
        ('[[same]]\nreviews = ["a", "b"]\nwy = "x"', "unknown key 'wy'"),
    ],
)
def test_what_cannot_be_followed_is_named(tmp_path: Path, text: str, message: str) -> None:
    path = tmp_path / "decisions.toml"
    path.write_text(text)
    with pytest.raises(ConfigError, match=message) as caught:
        read_decisions(path)
    assert "\n" not in str(caught.value)
    assert str(path) in str(caught.value)


REVIEWS = {
    "r1": {
        "url": "https://www.a.example/moon/?utm_source=x",
        "copies": [{"url": "https://b.example/m", "kind": "moved"}],
    },
    "r2": {"url": "https://c.example/moon", "canonical_url": "https://c.example/film/moon"},
    "r3": {"url": "https://d.example/all"},
    "r4": {"url": "https://d.example/all"},
}
KEYS = {"r1": ("r1", "old-id")}


def test_reviews_are_named_by_id_address_copy_or_folded_id() -> None:
    for name in ("r1", "old-id", "http://a.example/moon", "https://b.example/m/"):
        for other in ("r2", "https://c.example/moon/print", "https://c.example/film/moon"):
            pairs = pairs_of(Decisions(same=(Decision((name, other)),)), REVIEWS, KEYS, address_key)
            assert pairs.same == [("r1", "r2")]
            assert pairs.unused == []


def test_names_that_fit_no_review_or_several_are_reported() -> None:
    decisions = Decisions(different=(Decision(("https://d.example/all", "r1")), Decision(("nobody", "r2"))))
    pairs = pairs_of(decisions, REVIEWS, KEYS, address_key)
    assert pairs.different == []
    assert [name for name, _ in pairs.unused] == ["https://d.example/all", "nobody"]
