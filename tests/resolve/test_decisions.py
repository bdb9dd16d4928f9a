from pathlib import Path

import pytest

from aggregator.dedupe.urls import address_key
from aggregator.errors import ConfigError
from aggregator.resolve.decisions import Decision, Decisions, read_decisions
from aggregator.resolve.facts import FilmFacts, facts
from aggregator.resolve.ledger import Entry
from aggregator.resolve.pairs import Names, Wishes, mark_of, wishes_of

TEXT = """# what we know
[[same]]
reviews = ["a", "b"]
why = "one film"

[[different]]
reviews = ["a", "c"]
seen = { a = "0123456789" }

[[is]]
reviews = ["d"]
film = "https://www.imdb.com/title/tt0076786/"

[[value-is-wrong]]
reviews = ["e"]
field = "film.year"
value = 1987
instead = 1978
"""


def test_reads_every_kind(tmp_path: Path) -> None:
    path = tmp_path / "decisions.toml"
    path.write_text(TEXT)
    found = read_decisions(path)
    assert found.entries == (
        Decision("same", ("a", "b"), why="one film", line=2),
        Decision("different", ("a", "c"), seen={"a": "0123456789"}, line=6),
        Decision("is", ("d",), film="https://www.imdb.com/title/tt0076786/", line=10),
        Decision("value-is-wrong", ("e",), field="film.year", value=1987, instead=1978, line=14),
    )
    assert [decision.place for decision in found.of("is")] == ["decisions.toml line 10"]
    assert read_decisions(tmp_path / "none.toml") == Decisions()


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("same = [ ]]", r"not TOML \(.*line 1"),
        ('[[smae]]\nreviews = ["a", "b"]', r"line 1: unknown section \[smae\]"),
        ('# x\n\n[ "smae" ]\nreviews = ["a", "b"]', r"line 3: unknown section \[smae\]"),
        ('why = "x"\n', r"line 1: unknown section \[why\]"),
        ('\n[same]\nreviews = ["a", "b"]', "line 2: .*two brackets"),
        ("same = [1]", "must be a table"),
        ('\n[[same]]\nreview = ["a", "b"]', "line 3: .*unknown key 'review'"),
        ("[[same]]\nwhy = 'x'", "line 1: .*needs reviews"),
        ('[[same]]\nreviews = ["a", 3]', "line 2: .*needs reviews"),
        ('[[same]]\nreviews = ["a", "a"]', "fewer than 2"),
        ('[[same]]\nreviews = ["a", "b"]\n\n[[same]]\nreviews = ["a", "b"]\nwy = "x"', "line 6: .*unknown key 'wy'"),
        ('[[same]]\nreviews = ["a", "b"]\nwhy = 3', "line 3: .*why = 3 is no text"),
        ('[[same]]\nreviews = ["a", "b"]\nseen = ["a"]', "line 3: .*must be a table"),
        ('[[same]]\nreviews = ["a", "b"]\nfilm = "f-1"', "line 3: .*unknown key 'film'"),
        ('[[is]]\nreviews = ["a"]', "line 1: .*needs film"),
        ('[[is]]\nreviews = ["a"]\nfilm = "Suspiria"', "line 3: .*neither an id of ours"),
        ('[["value-is-wrong"]]\nreviews = ["a"]\nfield = "film.yaer"\nvalue = 1', "line 3: .*needs field = one of"),
        ('[[value-is-wrong]]\nreviews = ["a"]\nfield = "film.year"', "line 1: .*needs value"),
        ('[[value-is-wrong]]\nreviews = ["a"]\nfield = "film.year"\nvalue = 1\ninstead = 3000', "line 5: .*instead"),
        ('[[value-is-wrong]]\nreviews = []\nfield = "film.year"\nvalue = 1', "fewer than 1"),
    ],
)
def test_what_cannot_be_followed_is_named(tmp_path: Path, text: str, message: str) -> None:
    path = tmp_path / "decisions.toml"
    path.write_text(text)
    with pytest.raises(ConfigError, match=message) as caught:
        read_decisions(path)
    assert "\n" not in str(caught.value)
    assert str(path) in str(caught.value)


def test_entries_in_another_form_are_named_without_a_line(tmp_path: Path) -> None:
    path = tmp_path / "decisions.toml"
    path.write_text('same = [{reviews = ["a", "b"]}]\n')
    assert read_decisions(path).entries == (Decision("same", ("a", "b")),)
    path.write_text('same = [{reviews = ["a"]}]\n')
    with pytest.raises(ConfigError, match=r"decisions.toml: \[\[same\]\] names fewer"):
        read_decisions(path)


REVIEWS = {
    "r1": {
        "url": "https://www.a.example/moon/?utm_source=x",
        "copies": [{"url": "https://b.example/m", "kind": "moved"}],
    },
    "r2": {"url": "https://c.example/moon", "canonical_url": "https://c.example/film/moon"},
    "r3": {"url": "https://d.example/all"},
    "r4": {"url": "https://d.example/all"},
    "untitled": {"url": "https://e.example/x"},
}
MOON = facts(titles=["Moon"], year=2009, directors=["Duncan Jones"])
FACTS = {name: MOON for name in REVIEWS if name != "untitled"}


def wishes(
    *decisions: Decision, said: dict[str, FilmFacts] | None = None, known: dict[str, Entry] | None = None
) -> Wishes:
    names = Names(address_key)
    for name, review in REVIEWS.items():
        names.add(name, review, ["old-id"] if name == "r1" else [])
    return wishes_of(Decisions(decisions), names, said or FACTS, known or {})


def test_reviews_are_named_by_id_address_copy_or_folded_id() -> None:
    for name in ("r1", "old-id", "http://a.example/moon", "https://b.example/m/"):
        for other in ("r2", "https://c.example/moon/print", "https://c.example/film/moon"):
            found = wishes(Decision("same", (name, other)))
            assert found.same == [("r1", "r2")]
            assert found.reports == []


def test_names_that_fit_no_review_or_several_or_name_no_film_are_reported() -> None:
    found = wishes(
        Decision("different", ("https://d.example/all", "r1")),
        Decision("different", ("nobody", "r2")),
        Decision("same", ("untitled", "r2")),
    )
    assert found.different == found.same == []
    assert [(report.kind, report.name) for report in found.reports] == [
        ("decision_unused", "untitled"),
        ("decision_unused", "https://d.example/all"),
        ("decision_unused", "nobody"),
    ]


def test_a_difference_wins_and_says_so() -> None:
    found = wishes(Decision("same", ("r1", "r2")), Decision("different", ("r2", "r1"), line=7))
    assert found.different == [("r2", "r1")]
    assert [report.why for report in found.reports] == ["a [[different]] says otherwise, and wins"]


def test_a_decision_is_stale_when_the_review_says_something_else() -> None:
    decision = Decision(
        "same", ("r1", "https://c.example/moon"), seen={"r1": mark_of(MOON), "https://c.example/moon": "x"}
    )
    found = wishes(decision)
    assert found.same == [("r1", "r2")]
    assert [(report.kind, report.name) for report in found.reports] == [("decision_stale", "https://c.example/moon")]


IMDB = "https://www.imdb.com/title/tt0076786/"


def test_a_review_follows_one_that_stands_for_the_film() -> None:
    linked = FACTS | {"r3": facts(titles=["Suspiria"], year=1977, same_as=[IMDB])}
    found = wishes(Decision("is", ("r1",), film=IMDB), said=linked)
    assert (found.follow, found.same_as) == ({"r1": "r3"}, {"r1": IMDB})
    alone = wishes(Decision("is", ("r1", "r2"), film=IMDB))
    assert alone.follow == {"r1": "r1", "r2": "r1"}


def test_a_review_follows_a_film_of_ours_past_redirects() -> None:
    known = {
        "f-old": Entry("f-old", "Suspiria", 1977, ("gone",), redirect_to="f-new"),
        "f-new": Entry("f-new", "Suspiria", 1977, ("r1", "r2", "r3")),
    }
    found = wishes(Decision("is", ("r1",), film="f-old"), known=known)
    assert (found.follow, found.ids) == ({"r1": "r2"}, {"r2": "f-new"})
    unknown = wishes(Decision("is", ("r1",), film="f-none"))
    assert (unknown.follow, [report.kind for report in unknown.reports]) == ({}, ["decision_unused"])


def test_a_review_and_its_copy_cannot_be_told_apart() -> None:
    found = wishes(Decision("different", ("r1", "https://b.example/m")))
    assert (found.different, [report.kind for report in found.reports]) == ([], ["decision_unused"])
    assert wishes(Decision("same", ("r1", "https://b.example/m"))).reports == []
