"""Titles in headlines against the table stated by hand, and on any text."""

import csv
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aggregator.notation import Hint
from aggregator.notation.languages import all_languages, fold
from aggregator.notation.titles import fold_title, parse_title

TABLE = Path(__file__).parents[2] / "fixtures" / "titles.tsv"


def rows():
    with TABLE.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))


@pytest.mark.parametrize("row", rows(), ids=lambda row: f"{row['text']}|{row['label']}{row['language']}")
def test_table(row):
    found = parse_title(row["text"], Hint(label=row["label"] or None, language=row["language"] or None))
    got = (found.title, str(found.year or ""), found.original_title or "", found.style) if found else ("", "", "", "")
    assert got == (row["title"], row["year"], row["original_title"], row["style"])


def test_tagline_is_kept_apart():
    found = parse_title("Never Let Me Go Review – A Tender Gem")
    assert found is not None
    assert found.subtitle == "A Tender Gem"


def test_the_reader_of_headlines_knows_no_second_film():
    # two films with years: neither is "the" film
    found = parse_title("Suspiria (1977) and Suspiria (2018)")
    assert found is not None
    assert found.year is None
    assert found.style == "plain"


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Amélie", "AMELIE"),
        ("Fast & Furious", "Fast and Furious"),
        ("WALL·E", "wall e"),
        ("Ocean's Eleven", "Ocean’s Eleven"),
        ("Se7en!", "se7en"),
        ("Straße", "STRASSE"),
        ("Mission: Impossible – Fallout", "mission impossible fallout"),
        ("Łódź", "Lodz"),
        ("Tickled", "Tickled "),
    ],
)
def test_fold_makes_spellings_equal(one, other):
    assert fold_title(one) == fold_title(other)


@pytest.mark.parametrize(("one", "other"), [("Alien", "Aliens"), ("$", "π"), ("ガ", "カ"), ("M", "Ma"), ("300", "30")])
def test_fold_keeps_titles_apart(one, other):
    assert fold_title(one) != fold_title(other)


@given(st.text(max_size=100), st.sampled_from([None, "title"]), st.sampled_from([None, "en", "de", "ja"]))
def test_any_text(text, label, language):
    found = parse_title(text, Hint(label=label, language=language))
    fold_title(text)
    if found is not None:
        assert found.title.strip() == found.title != ""
        assert found.year is None or 1888 <= found.year <= 2100


MONTHS = {name for language in all_languages() for names in language.months for name in names}
TITLES = st.lists(st.from_regex(r"\A[A-Z][a-z]{2,9}\Z"), min_size=1, max_size=4).map(" ".join)


@given(TITLES, st.integers(1888, 2100), st.sampled_from(["{} ({})", "{} [{}]", "{} | {}", "{} ({}) – 4/5"]))
def test_a_year_in_brackets_is_the_films(title, year, form):
    found = parse_title(form.format(title, year))
    if "Review" in title or not MONTHS.isdisjoint(fold(title).split()):
        return  # "Dez | 1988" is a day
    assert found is not None
    assert (fold_title(found.title), found.year) == (fold_title(title), year)


@pytest.mark.parametrize(
    ("headline", "title"),
    [
        ("Heat, 13.11.2017", "Heat"),
        ("0704 毕业生", "毕业生"),
        ("0191 Heat", "Heat"),
        ("007 Spectre", "007 Spectre"),
        ("Heat (3 March 2019)", "Heat"),
        ("Heat – May 3, 2011", "Heat"),
        ("Heat | 2011-05-03", "Heat"),
        ("Heat, am 3. Mai 2011", "Heat"),
        ("11/22/63", "11/22/63"),
        ("Fahrenheit 9/11", "Fahrenheit 9/11"),
        ("Airport 77", "Airport 77"),
        ("Born on the Fourth of July", "Born on the Fourth of July"),
        ("Apollo 13", "Apollo 13"),
    ],
)
def test_a_day_or_number_beside_a_title_is_no_part_of_it(headline, title):
    found = parse_title(headline)
    assert found is not None
    assert (found.title, found.year) == (title, None)


@pytest.mark.parametrize(
    ("headline", "title"),
    [
        ("ラム（Lamb）", "ラム"),
        ("寄生虫 (Parasite)", "寄生虫"),
        ("Parasite (기생충)", "Parasite"),
        ("Брат (Brother)", "Брат"),
        ("ラム（ネタバレあり）", "ラム"),
        ("Amélie (Paris)", "Amélie (Paris)"),
        ("映画X（3D）", "映画X"),
    ],
)
def test_a_title_in_another_script_in_brackets_is_no_part_of_this_one(headline, title):
    assert (parse_title(headline) or parse_title("-")).title == title
