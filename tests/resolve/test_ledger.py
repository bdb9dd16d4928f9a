from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from aggregator.errors import StoreError
from aggregator.resolve.ledger import Entry, NewFilm, append_entries, give_ids, read_ledger, redirects_from


def new(*keys: str, title: str = "Moon") -> NewFilm:
    return NewFilm(title, title.lower(), 2009, keys)


def grow(known: dict[str, Entry], *films: NewFilm) -> tuple[list[str], dict[str, Entry]]:
    ids, entries = give_ids(known, films)
    return ids, known | {entry.id: entry for entry in entries}


def test_ids_look_like_ids_and_are_the_same_on_every_machine() -> None:
    ids, _ = grow({}, new("r1", "r2"))
    assert ids == ["f-146798a573"]


def test_nothing_new_nothing_written() -> None:
    ids, known = grow({}, new("r1", "r2"), new("r3"))
    assert give_ids(known, [new("r1", "r2"), new("r3")]) == (ids, [])


def test_a_film_keeps_its_id_when_reviews_come_and_titles_change() -> None:
    (first,), known = grow({}, new("r1", "r2"))
    (second,), known = grow(known, new("r0", "r1", "r2", title="Mond"))
    assert second == first
    assert known[first].title == "Mond"


def test_a_merge_leaves_a_redirect_and_a_split_takes_it_back() -> None:
    (big, small), known = grow({}, new("r1", "r2", "r3"), new("r4", "r5"))
    (one,), merged = grow(known, new("r1", "r2", "r3", "r4", "r5"))
    assert one == big
    assert redirects_from(merged) == {big: [small]}
    assert give_ids(merged, [new("r1", "r2", "r3", "r4", "r5")]) == ([big], [])
    ids, parted = grow(merged, new("r1", "r2", "r3"), new("r4", "r5"))
    assert ids == [big, small]
    assert redirects_from(parted) == {}


def test_a_live_id_does_not_turn_into_a_redirect_when_reviews_go() -> None:
    (big, small), known = grow({}, new("r3", "r4", "r5"), new("r1", "r2"))
    _, known = grow(known, new("r1", "r2", "r3", "r4", "r5"))
    (one,), known = grow(known, new("r1", "r2"))
    assert one == big
    assert redirects_from(known) == {big: [small]}


def test_redirects_follow_redirects() -> None:
    known = {name: Entry(name, "t", None, (), to) for name, to in [("a", "b"), ("b", "c"), ("c", None)]}
    assert redirects_from(known) == {"c": ["a", "b"]}
    circle = {name: Entry(name, "t", None, (), to) for name, to in [("a", "b"), ("b", "a")]}
    assert redirects_from(circle)  # terminates


def test_file_round_trip(tmp_path: Path) -> None:
    path = tmp_path / "deep" / "ids.jsonl"
    assert read_ledger(path) == {}
    first = Entry("f-1", "Moon\u2028", 2009, ("r1",))
    append_entries(path, [first])
    append_entries(path, [])
    second = Entry("f-1", "Moon", 2009, ("r1", "r2"), "f-2")
    append_entries(path, [second])
    assert read_ledger(path) == {"f-1": second}
    assert len(path.read_text(encoding="utf-8").split("\n")) == 3


def test_a_torn_last_line_is_passed_over_and_cut(tmp_path: Path) -> None:
    path = tmp_path / "ids.jsonl"
    whole = Entry("f-1", "Moon", 2009, ("r1",))
    append_entries(path, [whole])
    with path.open("ab") as file:
        file.write(b'{"id": "f-2", "ti')
    assert read_ledger(path) == {"f-1": whole}
    append_entries(path, [Entry("f-3", "x", None, ())])
    assert list(read_ledger(path)) == ["f-1", "f-3"]


@pytest.mark.parametrize("line", ["{broken\n", '{"id": 1}\n', "[]\n"])
def test_a_damaged_line_is_refused_by_number(tmp_path: Path, line: str) -> None:
    path = tmp_path / "ids.jsonl"
    path.write_text(line, encoding="utf-8")
    with pytest.raises(StoreError, match="line 1 is damaged"):
        read_ledger(path)


partitions = st.lists(st.integers(0, 3), min_size=1, max_size=8)


@settings(max_examples=200)
@given(st.lists(partitions, min_size=1, max_size=4))
def test_ids_are_unique_given_once_and_stable(history: list[list[int]]) -> None:
    known: dict[str, Entry] = {}
    for grouping in history:
        films: dict[int, list[str]] = {}
        for review, group in enumerate(grouping):
            films.setdefault(group, []).append(f"r{review}")
        wanted = [new(*keys) for keys in films.values()]
        before = set(known)
        ids, known = grow(known, *wanted)
        assert len(set(ids)) == len(ids)
        assert before <= set(known)  # no id is ever forgotten
        assert all(known[name].redirect_to is None for name in ids)
        assert give_ids(known, wanted) == (ids, [])
        assert give_ids(known, list(reversed(wanted)))[0] == ids[::-1]
