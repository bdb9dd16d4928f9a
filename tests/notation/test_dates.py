"""Dates: the hand-written table, spans inside lines, threads, and what must hold for any text."""

import re
from datetime import UTC, date, datetime, timedelta, timezone
from email.utils import format_datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aggregator.model.base import ISO_DATE
from aggregator.notation import Hint
from aggregator.notation.date_forms import shapes
from aggregator.notation.date_settle import plain
from aggregator.notation.dates import find_dates, is_ambiguous, learn_format, parse_date
from aggregator.notation.languages import all_languages

TABLE = Path(__file__).parents[2] / "fixtures" / "dates.tsv"
BASE = "2026-03-02T06:00:00Z"


def _rows():
    for line in TABLE.read_text(encoding="utf-8").splitlines()[1:]:
        text, iso, hint, _ = line.split("\t")
        yield pytest.param(text, iso or None, Hint(**dict(p.split("=", 1) for p in hint.split())), id=f"{text}|{hint}")


@pytest.mark.parametrize(("text", "iso", "hint"), list(_rows()))
def test_reads_what_the_table_says(text, iso, hint):
    assert parse_date(text, hint) == iso


def _found(line, hint=None):
    return [(line[start:end], iso) for start, end, iso in find_dates(line, hint)]


@pytest.mark.parametrize(
    ("line", "found"),
    [
        ("By Helena Strand | 9 January 2020 | 06:00 GMT", [("9 January 2020 | 06:00 GMT", "2020-01-09T06:00Z")]),
        (
            "Posted by Jane on March 2, 2019 at 8:00 pm in Reviews",
            [("March 2, 2019 at 8:00 pm", "2019-03-02T20:00")],
        ),
        ("March 2, 2019March 3, 2019", [("March 2, 2019", "2019-03-02"), ("March 3, 2019", "2019-03-03")]),
        ("Le 2 mars 2019 à 20h30, par Jean", [("2 mars 2019 à 20h30", "2019-03-02T20:30")]),
        ("公開：2019年3月2日（土）", [("2019年3月2日（土）", "2019-03-02")]),
        ("Ma\u0308rz: 2. Ma\u0308rz 2019 hier", [("2. Ma\u0308rz 2019", "2019-03-02")]),
        ("Seen March 2019 in Leeds", [("March 2019", "2019-03")]),
        (
            "Published 02/03/2019, updated 25/03/2019",
            [("02/03/2019", "2019-03-02"), ("25/03/2019", "2019-03-25")],
        ),
        ("Runtime 1:43 | March 2, 2019 | 2:10", [("March 2, 2019", "2019-03-02")]),
    ],
)
def test_finds_dates_in_a_line(line, found):
    assert _found(line) == found


@pytest.mark.parametrize(
    "line",
    [
        "1917 (2019)",
        "© 2010-2019 Some Site",
        "The Ides of March (2011)",
        "Blade Runner 2049",
        "2-4 March 2019",
        "from 2 to 4 March 2019",
        "March 2 - March 4, 2019",
        "2019年3月2日〜4日",
        "29 Feb 2019",
        "12 Angry Men 1957",
        "it came out 2019",
        "ISBN 978-3-16-148410-0",
        "Call 555-123-4567 or 10.20.30.40",
        "Published 02/03/2019",
        "3 days ago",
        "Costs $10.11.2019",
    ],
)
def test_finds_no_date_where_none_is_clear(line):
    assert find_dates(line) == []


def test_relative_dates_inside_a_line_need_a_base():
    assert _found("Jane · 3 days ago · reply", Hint(base=BASE)) == [("3 days ago", "2026-02-27")]
    assert find_dates("Jane · 3 days ago · reply") == []


def test_a_two_digit_year_in_a_line_needs_an_order():
    assert _found("By Jane, 25.12.19", Hint(language="de")) == [("25.12.19", "2019-12-25")]
    assert _found("By Jane, 2 Mar 19", Hint(order="DMY")) == [("2 Mar 19", "2019-03-02")]
    assert find_dates("By Jane, 25.12.19", Hint(language="en")) == []


def test_limit_keeps_the_first():
    line = " ".join(f"{day} May 2019;" for day in range(1, 20))
    assert [iso for _, _, iso in find_dates(line, limit=3)] == ["2019-05-01", "2019-05-02", "2019-05-03"]


def test_a_two_digit_year_is_not_after_the_page():
    assert parse_date("25/12/19", Hint(order="DMY", base=BASE)) == "2019-12-25"
    assert parse_date("25/12/68", Hint(order="DMY", base=BASE)) == "1968-12-25"


@pytest.mark.parametrize("hint", [Hint(language="en"), Hint(language="en", base=BASE), Hint(language="de")])
def test_a_two_digit_year_is_of_the_age_of_web_pages(hint):
    for text in ("4/13/45", "Apr 13, '45", "4/13/68", "4/13/71"):
        assert parse_date(text, hint) is None
        assert find_dates(text, hint) == []


def test_a_two_digit_year_without_a_base_lies_around_the_turn_of_the_century():
    assert parse_date("4/13/95") == "1995-04-13"
    assert parse_date("4/13/12") == "2012-04-13"
    assert parse_date("25/12/45", Hint(order="DMY")) is None


def test_only_open_numeric_dates_are_ambiguous():
    assert is_ambiguous("02/03/2019")
    assert is_ambiguous("posted 2.3.2019 by Jane")
    assert not any(map(is_ambiguous, ["25/03/2019", "03/03/2019", "Sat 02/03/2019", "2 March 2019", "2019-03-02", ""]))


def test_one_clear_date_settles_a_thread():
    read = learn_format(["02/03/2019 10:15", "25/03/2019 11:00"])
    assert read("02/03/2019 10:15") == "2019-03-02T10:15"
    american = learn_format(["02/03/2019", "03/25/2019"], Hint(language="de"))
    assert american("02/03/2019") == "2019-02-03"


def test_a_thread_that_shows_both_orders_or_none_settles_nothing():
    for samples in (["25/03/2019", "03/25/2019"], ["02/03/2019", "04/03/2019"], []):
        assert learn_format(samples)("02/03/2019") is None


def test_the_site_order_beats_what_a_thread_shows():
    assert learn_format(["25/03/2019"], Hint(order="MDY"))("02/03/2019") == "2019-02-03"


CODES = [language.code for language in all_languages()]
DAYS = st.dates(date(1900, 1, 1), date(2099, 12, 31))
EAST = {"ja", "zh", "ko"}


def _written(language, day):
    """The ways a language writes a day in full."""
    if language.code in EAST:
        year, month, number = "년월일" if language.code == "ko" else "年月日"
        return [f"{day.year}{year}{day.month}{month}{day.day}{number}", f"{day.year}. {day.month}. {day.day}."]
    names = language.months[day.month - 1]
    weekday = language.weekdays[day.weekday()]
    link = {"es": " de ", "pt": " de "}.get(language.code, " ")
    forms = [f"{day.day}{link}{name}{link}{day.year}" for name in names]
    forms += [f"{day.day:02}-{name}-{day.year}" for name in names]
    forms += [f"{name.title()} {day.day}, {day.year}" for name in names]
    return [*forms, f"{weekday.title()}, {day.day}. {names[0]} {day.year}", f"{day.day} {names[0].upper()} {day.year}"]


@pytest.mark.parametrize("code", CODES)
@given(day=DAYS)
def test_every_language_reads_back_its_own_dates(code, day):
    (language,) = (lang for lang in all_languages() if lang.code == code)
    for text in _written(language, day):
        assert parse_date(text, Hint(language=code)) == day.isoformat(), text
        line = f"» {text} «"
        assert [iso for *_, iso in find_dates(line, Hint(language=code))] == [day.isoformat()], line


@pytest.mark.parametrize("code", CODES)
@given(day=DAYS)
def test_months_read_back_as_months(code, day):
    (language,) = (lang for lang in all_languages() if lang.code == code)
    if code not in EAST:
        for name in language.months[day.month - 1]:
            assert parse_date(f"{name} {day.year}", Hint(language=code)) == f"{day:%Y-%m}", name


@given(day=DAYS, order=st.sampled_from(["DMY", "MDY"]), mark=st.sampled_from("./-"))
def test_numeric_dates_follow_the_order_or_are_left_open(day, order, mark):
    numbers = (day.day, day.month) if order == "DMY" else (day.month, day.day)
    text = f"{numbers[0]:02}{mark}{numbers[1]}{mark}{day.year}"
    clear = day.day > 12 or day.day == day.month
    if mark == "." and not clear:
        assert is_ambiguous(text)
    assert parse_date(text, Hint(order=order)) == day.isoformat()
    assert parse_date(text) == (day.isoformat() if clear else None)
    assert is_ambiguous(text) == (not clear)


@given(
    moment=st.datetimes(datetime(1900, 1, 1), datetime(2099, 12, 31)),  # noqa: DTZ001 - it wants naive ends
    minutes=st.integers(-14 * 4, 14 * 4).map(lambda quarters: quarters * 15),
)
def test_machine_forms_keep_their_time_and_zone(moment, minutes):
    moment = moment.replace(microsecond=0, tzinfo=timezone(timedelta(minutes=minutes)))
    for text in (moment.isoformat(), moment.isoformat(" "), format_datetime(moment)):
        read = parse_date(text)
        assert read is not None, text
        assert datetime.fromisoformat(read) == moment
    assert parse_date(f"{moment:%B} {moment.day}, {moment.year} at {moment:%I:%M %p}") == f"{moment:%Y-%m-%dT%H:%M}"


@given(days=st.integers(0, 400))
def test_days_ago_are_counted_from_the_base(days):
    expected = (datetime(2026, 3, 2, tzinfo=UTC) - timedelta(days=days)).date().isoformat()
    assert parse_date(f"{days} days ago", Hint(base=BASE)) == expected


@pytest.mark.parametrize("code", CODES)
def test_every_language_counts_back(code):
    (language,) = (lang for lang in all_languages() if lang.code == code)
    words = language.relative
    unit = words["day"][-1]
    text = f"{words['before'][0]} 3 {unit}" if words.get("before") else f"3 {unit} {words['ago'][0]}"
    assert parse_date(text, Hint(language=code, base=BASE)) == "2026-02-27"
    assert parse_date(words["yesterday"][0], Hint(language=code, base=BASE)) == "2026-03-01"


PIECES = st.lists(
    st.one_of(
        st.sampled_from(
            "March Mar 2 02 25 2019 19 31 , . / - : at pm Posted on Sat".split()
            + "Uhr 年 月 日 T Z +01:00 20:00 ago days ' 02/03/2019 25/03/2019 03-25-2019 2.3.19".split()
            + ["March 2, 2019", "2 mars 2019", "8:05 pm", "2019年3月2日", "2-4 March 2019"]
        ),
        st.text(max_size=4),
    ),
    max_size=9,
).flatmap(lambda parts: st.sampled_from(["", " "]).map(lambda gap: gap.join(parts)))
HINTS = st.builds(
    Hint,
    language=st.sampled_from([None, "xx", "cs", *CODES]),
    order=st.sampled_from([None, "DMY", "MDY", "YMD"]),
    base=st.sampled_from([None, BASE, "nonsense"]),
)


def _digits(text):
    return [int(number) for number in re.findall(r"\d+", plain(text)) if number.isascii()]


@given(text=PIECES, hint=HINTS)
def test_any_text_gives_an_iso_date_or_none(text, hint):
    for iso in [parse_date(text, hint), *(iso for *_, iso in find_dates(text, hint))]:
        assert iso is None or re.fullmatch(ISO_DATE, iso)
    is_ambiguous(text)


@given(text=PIECES, hint=HINTS)
def test_no_part_is_made_up(text, hint):
    """Every date read without counting back has its day and year among the digits of its text."""
    for start, end, iso in find_dates(text, Hint(hint.language, hint.order)):
        stated = _digits(text[start:end])
        year, *rest = iso[:10].split("-")
        assert int(year) in stated or int(year) % 100 in stated
        assert len(rest) < 2 or int(rest[1]) in stated
        assert ("T" not in iso) or len(stated) >= 4


@given(texts=st.lists(PIECES, max_size=6), hint=HINTS.filter(lambda hint: hint.order))
def test_a_thread_of_known_order_reads_as_the_parser(texts, hint):
    read = learn_format(texts, hint)
    for text in texts:
        assert read(text) == parse_date(text, hint)


@given(texts=st.lists(PIECES, max_size=6))
def test_a_thread_only_settles_what_was_open(texts):
    read = learn_format(texts)
    for text in texts:
        assert read(text) == parse_date(text) or parse_date(text) is None


def test_month_names_mean_one_month_in_all_languages():
    owners = {}
    for language in all_languages():
        for number, names in enumerate(language.months, 1):
            for name in names:
                owners.setdefault(name, {})[number] = language.code
    assert {name: owner for name, owner in owners.items() if len(owner) > 1} == {}


def test_long_texts_are_no_dates_and_stay_cheap():
    assert parse_date("2 March 2019 " * 100) is None
    assert len(find_dates("9" * 50_000)) == 0
    assert find_dates("a " * 50_000 + "2 March 2019") == []
    assert len(shapes(None)) == len({shape.name for shape in shapes(None)})
