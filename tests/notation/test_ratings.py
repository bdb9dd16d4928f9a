"""Ratings as they are written: the hand-made table, and laws that hold for any text."""

import csv
import math
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from aggregator.model.review import Rating, Unit
from aggregator.notation import languages
from aggregator.notation.hint import Hint
from aggregator.notation.ratings import find_ratings, letter_of, parse_rating, tables

TABLE = Path(__file__).parents[2] / "fixtures" / "ratings.tsv"
KNOWN = Hint(label="rating")


def rows() -> list[dict[str, str]]:
    with TABLE.open(encoding="utf-8", newline="") as handle:
        return list(csv.DictReader(handle, delimiter="\t", quoting=csv.QUOTE_NONE))


def number(cell: str) -> float | None:
    return float(cell) if cell else None


def expected(row: dict[str, str]) -> tuple[float | None, float | None, float | None, str, str]:
    return number(row["value"]), number(row["worst"]), number(row["best"]), row["unit"], row["letter"]


def said(rating: Rating | None) -> tuple[float | None, float | None, float | None, str, str]:
    if rating is None:
        return None, None, None, "", ""
    return rating.value, rating.worst, rating.best, rating.unit.value, letter_of(rating) or ""


@pytest.mark.parametrize("row", rows(), ids=lambda row: f"{row['text']}|{row['hint']}")
def test_table(row):
    assert said(parse_rating(row["text"], KNOWN if row["hint"] else None)) == expected(row)


@pytest.mark.parametrize("row", [r for r in rows() if not r["hint"] and r["unit"]], ids=lambda row: row["text"])
def test_what_is_a_rating_by_itself_is_the_same_under_a_label(row):
    assert said(parse_rating(row["text"], KNOWN)) == expected(row)


def test_table_is_large_and_half_of_its_kinds_are_there():
    table = rows()
    assert len(table) >= 450
    assert sum(not r["unit"] for r in table) >= 150
    assert {r["unit"] for r in table} == {"", *(u.value for u in Unit)}


@pytest.mark.parametrize(
    ("text", "raw"),
    [
        ("3½ Stars - Good", "3½ Stars - Good"),
        ("  Rating: 5/10. ", "5/10"),
        ("Bewertung: 4 von 5 Sternen", "4 von 5 Sternen"),
        ("Grade: B+ - Very good", "B+"),
        ("评分：8.5", "8.5"),
        ("8／10", "8／10"),
        ("“3/4”", "3/4"),
        ("Two thumbs up!", "Two thumbs up"),
        ("5.5/5", "5.5/5"),
    ],
)
def test_raw_is_what_was_written_without_its_label(text, raw):
    assert parse_rating(text, KNOWN).raw == raw


@pytest.mark.parametrize("text", ["8", "7.5", "B", "F", "***", "★", "Recommended", "3 1/2", "6,5 Kürbisse", "👍"])
def test_a_sign_that_may_be_anything_needs_a_rating_label(text):
    assert parse_rating(text) is None
    assert parse_rating(text, Hint(label="runtime")) is None
    assert parse_rating(text, KNOWN) is not None


def test_the_house_scale_settles_what_a_number_may_be_and_is_never_copied():
    assert parse_rating("15", KNOWN) is None
    fifteen = parse_rating("15", Hint(label="rating", best=20))
    assert fifteen is not None
    assert (fifteen.value, fifteen.best) == (15, None)
    stars = parse_rating("3 stars", Hint(label="rating", best=4, worst=0))
    assert (stars.best, stars.worst) == (None, None)


@pytest.mark.parametrize(
    ("text", "language", "value"),
    [
        ("Note: 2", "de", None),
        ("Note: 2", "fr", 2),
        ("Note: 8", "de", 8),
        ("Note: 2/10", "de", 2),
        ("Note: 4/5", "de", 4),
        ("Note: 2/6", "fr", 2),
        ("Note: 2", None, 2),
    ],
)
def test_a_german_school_mark_is_no_value(text, language, value):
    found = parse_rating(text, Hint(label="rating", language=language))
    assert (found and found.value) == value


@pytest.mark.parametrize(("text", "raw"), [("Schulnote: 2/6", "2/6"), ("Note: 2 von 6", "2 von 6")])
def test_a_school_mark_out_of_six_keeps_its_words_alone(text, raw):
    for found in (parse_rating(text, Hint(language="de")), find_ratings(text, Hint(language="de"))[0][2]):
        assert found is not None
        assert (found.raw, found.value, found.best) == (raw, None, None)


@pytest.mark.parametrize(
    ("raw", "grade"), [("A minus", "A-"), ("b_plus", "B+"), ("C +", "C+"), ("D–", "D-"), ("F", "F")]
)
def test_letters_have_one_form(raw, grade):
    assert letter_of(Rating(raw=raw, unit=Unit.LETTER)) == grade


def test_only_letters_are_letters():
    assert letter_of(Rating(raw="B+", unit=Unit.WORD)) is None
    assert letter_of(Rating(raw="Bravo", unit=Unit.LETTER)) is None


# laws

SIGNS = st.text(st.sampled_from("0123456789.,/½¼ -–+*★☆⭐❤💛♡ABCDFabc%()outfarsé点分满中'\"\ufe0f:星半👍"), max_size=24)
PIECES = st.lists(
    st.sampled_from(
        "4 3.5 8,5 10 5 100 11 ½ 1/2 / of von su sur stars Sterne étoiles B+ A- % points 分 点 满分 満点中 "
        "*** ★★★ ☆☆ ( ) - . : Rating Bewertung rating thumbs up one half and a out scale on to".split()
    ),
    max_size=7,
).map(" ".join)
HINTS = st.sampled_from([None, KNOWN, Hint(language="de"), Hint(label="rating", language="ja", best=5.0)])


@given(st.one_of(st.text(max_size=60), SIGNS, PIECES), HINTS)
@example("\x00", KNOWN)
@example("\ud800 8/10", KNOWN)
@example("9" * 100 + "/10", KNOWN)
@example("İ" * 50 + " 8/10", None)
def test_any_text_gives_a_sound_rating_or_none(text, hint):
    sound(text, parse_rating(text, hint))
    for start, end, rating in find_ratings(text, hint):
        assert text[start:end] == rating.raw
        sound(text, rating)


def sound(text, rating):
    if rating is None:
        return
    assert rating.raw
    assert rating.raw in text
    if rating.value is not None:
        assert math.isfinite(rating.value)
        assert min(0, rating.worst or 0) <= rating.value <= (rating.best or 100)
    if rating.unit in (Unit.LETTER, Unit.THUMB, Unit.WORD):
        assert rating.value is None
    assert rating.score is None
    assert rating.scale_from is None


def test_long_texts_are_not_ratings():
    assert parse_rating("8/10 " + "very " * 60 + "good", KNOWN) is None


BESTS = st.sampled_from([4.0, 5.0, 6.0, 10.0, 20.0, 100.0])
CODES = st.sampled_from([lang.code for lang in languages.all_languages()])


@st.composite
def given_ratings(draw):
    best = draw(BESTS)
    return draw(st.integers(0, int(best * 4))) / 4, best


def written(value: float, comma: bool) -> str:
    text = f"{value:g}"
    return text.replace(".", ",") if comma else text


@given(given_ratings(), st.booleans(), st.sampled_from(["/", " / ", " /", "／"]), st.sampled_from([None, KNOWN]))
def test_a_ratio_reads_back(rating, comma, slash, hint):
    value, best = rating
    found = parse_rating(f"{written(value, comma)}{slash}{best:g}", hint)
    assert said(found) == (value, None, best, "points", "")


@given(given_ratings(), CODES, st.booleans(), st.data())
def test_a_ratio_in_words_reads_back_in_every_language(rating, code, comma, data):
    value, best = rating
    links = sorted(w for w in languages.words("ratings", "out_of", code) if w[-1].isalpha())
    if not links:
        return
    link = data.draw(st.sampled_from(links))
    star = data.draw(st.sampled_from(["", *sorted(languages.words("ratings", "stars", code))]))
    text = f"{written(value, comma)} {link} {best:g} {star}".strip()
    for hint in (None, Hint(language=code)):
        assert said(parse_rating(text, hint)) == (value, None, best, "stars" if star else "points", "")


def labels(code: str) -> list[str]:
    known = {languages.fold_label(label) for label in languages.words("labels", "rating", code)}
    return sorted(known - set(tables.data()["labels"]["not"]))


@given(st.integers(0, 20).map(lambda n: n / 4), CODES, st.booleans(), st.data())
def test_stars_read_back_in_every_language(value, code, comma, data):
    star = data.draw(st.sampled_from(sorted(languages.words("ratings", "stars", code))))
    text = f"{written(value, comma)} {star}"
    assert said(parse_rating(text)) == (value, None, None, "stars", "")
    label = data.draw(st.sampled_from(labels(code)))
    assert said(parse_rating(f"{label}: {text}", Hint(language=code))) == (value, None, None, "stars", "")


@given(CODES, st.data())
def test_number_words_read_back_in_their_language(code, data):
    word, value = data.draw(st.sampled_from(sorted(languages.load(code).numbers.items())))
    star = data.draw(st.sampled_from(sorted(languages.words("ratings", "stars", code))))
    found = parse_rating(f"{word} {star}", Hint(language=code))
    assert said(found) == (value, None, None, "stars", "")


@given(st.integers(0, 5), st.booleans(), st.integers(0, 5), st.sampled_from("★⭐✮"), st.sampled_from(["", "\ufe0f"]))
def test_a_row_of_signs_reads_back(full, half, empty, sign, variant):
    row = (sign + variant) * full + "½" * half + "☆" * empty
    if full + empty < 2 or full == 0:
        return
    best = float(full + half + empty) if empty else None
    assert said(parse_rating(row)) == (full + half / 2, None, best, "stars", "")


@given(st.sampled_from("ABCDF"), st.sampled_from(["", "+", "-", " +", " -", " plus", "-minus", "–"]))
def test_a_letter_reads_back(letter, sign):
    grade = letter + {"": "", "+": "+", " +": "+", " plus": "+"}.get(sign, "-")
    assert said(parse_rating(letter + sign, KNOWN)) == (None, None, None, "letter", grade)


@given(st.integers(0, 100), st.sampled_from(["%", " %", " percent"]))
def test_a_percentage_reads_back(share, sign):
    assert said(parse_rating(f"{share}{sign}")) == (share, None, None, "percent", "")
