"""Shapes a date is written in, patterns over numbers and words; a new shape is one more entry in `shapes`."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from functools import cache

from aggregator.notation.date_times import CLOCK, iso_time, time_behind, time_in_front, zone_fragment
from aggregator.notation.date_words import DateWords, date_words, order_of
from aggregator.notation.languages import fold

FIRST_YEAR, LAST_YEAR = 1880, 2100


@dataclass(frozen=True, slots=True)
class Found:
    """A date as it stands in a text, still unresolved when numeric.

    `start` and `end` span it with its weekday and time. `parts` are year, month and day as far as stated; of a
    numeric date with the year last they are None and `numbers` holds the three as written. `short` marks a
    year of two digits, `weekday` is 0 for Monday, `time` is ISO from the T on.
    """

    start: int
    end: int
    shape: str
    parts: tuple[int, ...] | None = None
    numbers: tuple[int, int, int] | None = None
    short: bool = False
    weekday: int | None = None
    time: str = ""


@dataclass(frozen=True, slots=True)
class Shape:
    """One way to write a date; `alone` when it is a date only if the text holds nothing else."""

    name: str
    pattern: re.Pattern[str]
    read: Callable[["Shape", re.Match[str], str | None], Found | None]
    alone: bool = False


def possible(year: int, month: int = 1, day: int = 1) -> bool:
    """Whether this day exists and lies in the years of film (1880-2100)."""
    if not FIRST_YEAR <= year <= LAST_YEAR:
        return False
    try:
        date(year, month, day)
    except ValueError:
        return False
    return True


def scan(text: str, code: str | None, *, alone: bool) -> list[Found]:
    """All dates in a text, leftmost and longest first, not overlapping; shapes of `alone` only when asked."""
    found = [f for shape in shapes(code) if alone or not shape.alone for f in matches(text, shape, code)]
    found.sort(key=lambda f: (f.start, -f.end))
    kept: list[Found] = []
    for item in found:
        if not kept or item.start >= kept[-1].end:
            kept.append(item)
    return kept


def matches(text: str, shape: Shape, code: str | None) -> Iterator[Found]:
    """The dates of one shape in a text, each with the weekday before and the time behind it."""
    words = date_words(code)
    place = 0
    while match := shape.pattern.search(text, place):
        item = shape.read(shape, match, code)
        # a word that is no month may still be followed by a date: go on behind its first sign
        place = match.end() if item else match.start() + 1
        if item and not _cut_off(text, item, code):
            yield _with_surroundings(text, item, words, code)


@cache
def _span_before(code: str | None) -> re.Pattern[str]:
    """The first half of a span of days: "2-" or "March 2 to " before "4 March 2019"."""
    words = date_words(code)
    day = rf"(?<![\d:.,/])(?P<day>\d{{1,2}})(?:{words.ordinals})?\.?"
    word = r"(?P<word>[^\W\d_]{3,12})\.?"
    return re.compile(rf"(?:{word}\s+)?{day}(?:\s+(?P<word2>[^\W\d_]{{3,12}}))?\s*(?:[-–—&/+~]|\s{words.until}\s)\s*$")


_DAY_BEFORE = re.compile(r"(?<!\d)\d{1,2}(?:[^\W\d_]{1,3}\.?|[.ºª°])?(?:\s+(?:de|del|of))?[\s\-]*$")


def _cut_off(text: str, item: Found, code: str | None) -> bool:
    """Whether the date is one end of a span of days, or a month whose day does not exist."""
    if item.shape == "east":
        return bool(re.match(r"\s?[~〜～]\s?\d", text[item.end :]))
    if item.shape == "my":
        return bool(_DAY_BEFORE.search(text[max(0, item.start - 12) : item.start]))
    if item.shape not in ("dmy", "mdy") or item.parts is None or item.start < 2:
        return False
    match = _span_before(code).search(text[max(0, item.start - 30) : item.start].lower())
    if match is None:
        return False
    months = date_words(code).months
    if match["word2"] or item.shape == "mdy":
        return (match["word2"] or match["word"]) in months
    return int(match["day"]) < item.parts[2]


def _with_surroundings(text: str, item: Found, words: DateWords, code: str | None) -> Found:
    start, weekday = _weekday_before(text, item.start, words) if item.start else (0, None)
    end, time = item.end, item.time
    if not time and (item.parts is None or len(item.parts) == 3):
        if weekday is None and end < len(text):
            end, weekday = _weekday_behind(text, end, words, short=item.shape == "iso")
        if end < len(text):
            end, time = time_behind(text, end, code)
        if not time and start > 3:
            start, time = time_in_front(text, start, code)
    return Found(start, end, item.shape, item.parts, item.numbers, item.short, weekday, time)


_WORDS_BEFORE = re.compile(r"([^\W\d_]+(?:-[^\W\d_]+)*)[.,]{0,2}\s+(?:([^\W\d_]{1,3})\.?\s+)?$")


def _weekday_before(text: str, start: int, words: DateWords) -> tuple[int, int | None]:
    """Where a weekday before a date begins and which it is; (start, None) when there is none."""
    offset = max(0, start - 30)
    match = _WORDS_BEFORE.search(text[offset:start])
    if match is None:
        return start, None
    near, far = fold(match[2] or ""), fold(match[1])
    if near in words.weekdays:
        return offset + match.start(2), words.weekdays[near]
    if far in words.weekdays and (not near or near in words.before):
        return offset + match.start(1), words.weekdays[far]
    return start, None


_WORD_BEHIND = re.compile(r",?\s?(\(\s?)?([^\W\d_]+(?:-[^\W\d_]+)*)\.?(?(1)\s?\))")


def _weekday_behind(text: str, end: int, words: DateWords, *, short: bool) -> tuple[int, int | None]:
    """Where a weekday behind a date ends and which it is; one like "Sat" only in brackets unless `short`."""
    match = _WORD_BEHIND.match(text, end)
    if (
        match is None
        or fold(match[2]) not in words.weekdays
        or not (match[1] or short or len(match[2]) > 3 or match[2] > "\u3000")
    ):
        return end, None
    return match.end(), words.weekdays[fold(match[2])]


def _read_named(shape: Shape, match: re.Match[str], code: str | None) -> Found | None:
    """A day, a month by name and a year, in any order."""
    month = date_words(code).months.get(fold(match["mon"]))
    digits = match["y"].lstrip("'’")
    short, day = len(digits) == 2, int(match["d"])
    if month is None or not possible(2000 if short else int(digits), month, day):
        return None
    return Found(match.start(), match.end(), shape.name, (int(digits), month, day), short=short)


def _read_month(shape: Shape, match: re.Match[str], code: str | None) -> Found | None:
    """A month by name and a year."""
    month = date_words(code).sure_months.get(fold(match["mon"]))
    if month is None or not possible(int(match["y"])):
        return None
    return Found(match.start(), match.end(), shape.name, (int(match["y"]), month))


def _read_year_first(shape: Shape, match: re.Match[str], code: str | None) -> Found | None:  # noqa: ARG001
    """Numbers whose year is known by its four digits; the day may be missing."""
    parts = tuple(int(match[key]) for key in ("y", "mon", "d") if match.groupdict().get(key))
    return Found(match.start(), match.end(), shape.name, parts) if possible(*parts) else None


def _read_numbers(shape: Shape, match: re.Match[str], code: str | None) -> Found | None:  # noqa: ARG001
    """Numbers with the year last, or all of two digits: which is the day is settled later."""
    numbers = (int(match["a"]), int(match["b"]), int(match["y"]))
    return Found(match.start(), match.end(), shape.name, numbers=numbers, short=len(match["y"]) == 2)


def _read_clock_inside(shape: Shape, match: re.Match[str], code: str | None) -> Found | None:
    """A date with the time before the year, as C and Twitter print it."""
    named, time = _read_named(shape, match, code), iso_time(match, code)
    return replace(named, time=time) if named and time else None


@cache
def shapes(code: str | None) -> tuple[Shape, ...]:
    """The shapes a date may have in a language (None: in any)."""
    words = date_words(code)
    start = r"(?<![^\W_])(?<!\d[.,/:\-–])(?<![$€£#@+\-])"
    end = r"(?!\d|[./:\-–]\d|%)"
    day = rf"(?P<d>\d{{1,2}})(?:(?:{words.ordinals}|[ºª°])(?![^\W\d_]))?"
    of = rf"(?:(?:{words.joiners})\s+)?"
    name = r"(?P<mon>[^\W\d_]{2,12})"
    word_start = r"(?<![^\W\d_])"
    year, any_year = r"(?P<y>\d{4})", r"(?P<y>\d{4}|['’]?\d{2})"
    number, tail = r"\d{1,2}", rf"(?:\s?(?:{words.year_word})(?![^\W_]))?"
    east = rf"(?<!\d){year}\s?[年년]\s?(?P<mon>{number})\s?[月월](?:\s?(?P<d>{number})\s?[日일號号])?"
    first, same = r"(?P<q>[-/.])\s?", r"(?P=q)\s?"
    return tuple(
        Shape(title, re.compile(pattern, re.IGNORECASE), read, alone)
        for title, pattern, read, alone in (
            ("iso", rf"{start}{year}{first}(?P<mon>{number}){same}(?P<d>{number}){end}", _read_year_first, False),
            ("east", east, _read_year_first, False),
            ("dmy", rf"{start}{day}[\s,.\-/]*{of}{name}\.?[\s,.\-/]*{of}{any_year}{end}{tail}", _read_named, False),
            ("mdy", rf"{word_start}{name}[\s.\-/]+{day}[\s,.\-/]+{of}{any_year}{end}", _read_named, False),
            (
                "asctime",
                rf"{word_start}{name}\s+{day}\s+{CLOCK}\s+(?:{zone_fragment()}\s+)?{year}{end}",
                _read_clock_inside,
                False,
            ),
            (
                "numeric",
                rf"{start}(?P<a>{number}){first}(?P<b>{number}){same}(?P<y>\d{{4}}|\d{{2}}){end}{tail}",
                _read_numbers,
                False,
            ),
            ("my", rf"{word_start}{name}\.?,?[\s\-/]+{of}{year}{end}{tail}", _read_month, False),
            ("ymd", rf"{start}{year}[\s,.\-]+{name}\.?[\s\-]+{day}{end}", _read_named, order_of(code) != "YMD"),
            ("year-month", rf"{start}{year}[\s,.]+{name}\.?(?![^\W_]|\s?\d)", _read_month, True),
            ("east-year", rf"(?<!\d){year}\s?[年년](?!\w)", _read_year_first, True),
            ("month", rf"{start}{year}[-/.](?P<mon>{number}){end}", _read_year_first, True),
            ("month-last", rf"{start}(?P<mon>{number})[-/.]{year}{end}", _read_year_first, True),
        )
    )
