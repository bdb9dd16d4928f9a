"""Names of people against the table stated by hand, and on any text."""

import csv
import unicodedata
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from aggregator.notation import Hint
from aggregator.notation.people import is_name, parse_people

TABLE = Path(__file__).parents[2] / "fixtures" / "people.tsv"


def rows():
    with TABLE.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))


def shown(person):
    note = f" [{person.note}]" if person.note else ""
    return person.name + note + (f" {{{person.character}}}" if person.character else "")


@pytest.mark.parametrize("row", rows(), ids=lambda row: f"{row['text']}|{row['label']}{row['language']}")
def test_table(row):
    hint = Hint(label=row["label"] or None, language=row["language"] or None)
    people = parse_people(row["text"].replace("\\n", "\n"), hint)
    assert "; ".join(shown(person) for person in people or []) == row["people"]


@pytest.mark.parametrize("name", ["Carey Mulligan", "M. Night Shyamalan", "Lars von Trier", "50 Cent", "Min Tanaka"])
def test_names(name):
    assert is_name(name)


@pytest.mark.parametrize(
    "text", ["", "a", "the film", "Read More Reviews", "2010", "Carey is here", "x@y.org", "(Kathy)"]
)
def test_no_names(text):
    assert not is_name(text)


def squeeze(text):
    return "".join(unicodedata.normalize("NFC", text).split())


@given(st.text(max_size=120), st.sampled_from([None, "cast", "director", "writer"]))
def test_any_text(text, label):
    for person in parse_people(text, Hint(label=label)) or []:
        assert squeeze(person.name) in squeeze(text)
        assert person.name.strip() == person.name != ""


NAMES = st.lists(
    st.builds(lambda a, b: f"{a} {b}", *[st.from_regex(r"\A[A-Z][a-z]{2,8}\Z")] * 2), min_size=1, max_size=6
).filter(lambda names: all(is_name(name) for name in names))


@example(["And Demir", "Andy And", "Lena And"], ", ")
@example(["Undine Und", "Und Demir"], " & ")
@given(NAMES, st.sampled_from([", ", "; ", " / ", " • ", "\n", " | ", " & "]))
def test_a_list_comes_back_whole(names, separator):
    people = parse_people(separator.join(names), Hint(label="cast"))
    assert [person.name for person in people or []] == names
