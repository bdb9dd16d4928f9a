"""Shapes a date is written in, each a pattern over numbers and words; a new shape is one more entry in `_build`."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from functools import cache

from aggregator.notation.date_words import ZONES, DateWords, date_words
from aggregator.notation.languages import fold

FIRST_YEAR, LAST_YEAR = 1880, 2100
_START = r"(?<![^\W_])(?<!\d[.,/:\-–])(?<![$€£#@+])"
_END = r"(?!\d|[./:\-–]\d|%)"
_CLOCK = r"(?P<h>\d{1,2})(?P<c>[:.h]|時|点|點|시)\s?(?P<m>\d{2}|\d(?=[分분]))(?::(?P<s>\d{2})(?P<f>[.,]\d{1,9})?)?[分분]?(?!\d|:\d)"
_ZONE = r"(?P<z>(?:GMT|UTC)\s?[+\-−]\d{1,2}(?::?\d{2})?|[+\-−]\d{2}(?::?\d{2})?(?!\d)|[A-Za-z]{1,4}(?![^\W_]))"


@dataclass(frozen=True, slots=True)
class Found:
    """A date as it stands in a text: its span and what it states, still unresolved when numeric.

    `parts` are year, month, day as far as stated; of a numeric date with the year last they are None and
    `numbers` holds (first, second, year) as written. `short` is a two-digit year. `time` is ISO from the T on.
    """

    start: int
    end: int
    parts: tuple[int, ...] | None = None
    numbers: tuple[int, int, int] | None = None
    short: bool = False
    weekday: int | None = None
    time: str = ""
    shape: str = ""


Reader = Callable[[re.Match[str], DateWords], Found | None]


@dataclass(frozen=True, slots=True)
class Shape:
    """One way to write a date; `alone` when it is a date only if the text holds nothing else."""

    name: str
    pattern: re.Pattern[str]
    read: Reader
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
    found: list[Found] = []
    for shape in shapes(code):
        if alone or not shape.alone:
            found += _matches(text, shape, code)
    found.sort(key=lambda f: (f.start, -f.end))
    kept: list[Found] = []
    for item in found:
        if not kept or item.start >= kept[-1].end:
            kept.append(item)
    return kept


def _matches(text: str, shape: Shape, code: str | None) -> Iterator[Found]:
    words = date_words(code)
    place = 0
    while match := shape.pattern.search(text, place):
        item = shape.read(match, words)
        # a word that is no month may still be followed by a date: go on behind its first sign
        place = match.end() if item else match.start() + 1
        if item and not _cut_off(text, item, words):
            yield _with_surroundings(text, item, code)


_RANGE = re.compile(r"(?:^|[^\d:.,/])(\d{1,2})(?:[^\W\d_]{1,3})?\.?\s?(?:[-–—&/+]|\S{1,3}(?=\s))\s?$")


def _cut_off(text: str, item: Found, words: DateWords) -> bool:
    """Whether the date is only the end of a span of days ("2-4 March 2019")."""
    if item.shape not in ("dmy", "mdy"):
        return False
    before = _RANGE.search(text[max(0, item.start - 12) : item.start])
    if before is None or not 1 <= int(before[1]) <= 31:
        return False
    return item.shape == "dmy"


def _with_surroundings(text: str, item: Found, code: str | None) -> Found:
    """The date with the weekday before it and the time behind it."""
    words = date_words(code)
    end, time = item.end, item.time
    if not time and item.parts != () and len(item.parts or (0, 0, 0)) == 3:
        match = time_pattern(code).match(text, end)
        if match and (stated := iso_time(match, words)):
            end, time = match.end(), stated
    start, weekday = _weekday_before(text, item.start, words)
    return Found(start, end, item.parts, item.numbers, item.short, weekday, time, item.shape)


_LAST_WORD = re.compile(r"([^\W\d_]+(?:-[^\W\d_]+)*)[.,]{0,2}\s+(?:([^\W\d_]{2,3})\s+)?$")


def _weekday_before(text: str, start: int, words: DateWords) -> tuple[int, int | None]:
    match = _LAST_WORD.search(text[max(0, start - 30) : start])
    if match is None:
        return start, None
    offset = max(0, start - 30)
    if match[2] and fold(match[2]) in words.weekdays:
        return offset + match.start(2), words.weekdays[fold(match[2])]
    if (not match[2] or fold(match[2]) in words.before) and fold(match[1]) in words.weekdays:
        return offset + match.start(1), words.weekdays[fold(match[1])]
    return start, None


@cache
def time_pattern(code: str | None) -> re.Pattern[str]:
    """A time of day right behind a date, with what stands between them."""
    words = date_words(code)
    between = rf"(?:T|[\s,.|·•/–—\-:;(]*(?:(?P<at>{words.at})\s*)?(?:(?P<early>{words.halves})\s*)?)"
    late = rf"(?:\s?(?P<late>{words.halves})(?![^\W_]))?(?:\s?(?P<clock>{words.clock})(?![^\W_]))?"
    return re.compile(rf"{between}(?<!\d){_CLOCK}{late}(?:\s?{_ZONE})?", re.IGNORECASE)


def iso_time(match: re.Match[str], words: DateWords) -> str:
    """The ISO time of a `time_pattern` match, "" when it is none ("25:00", "7.50" without a word for it)."""
    hour, minute = int(match["h"]), int(match["m"])
    groups = match.groupdict()
    if match["c"] == "." and not (groups.get("clock") or groups.get("at")):
        return ""
    half = fold(groups.get("late") or groups.get("early") or "")
    if half:
        if not 0 <= hour <= 12:
            return ""
        hour = hour % 12 + (12 if half in words.pm else 0)
    if hour > 23 or minute > 59 or int(match["s"] or 0) > 59:
        return ""
    seconds = f":{match['s']}{(match['f'] or '').replace(',', '.')}" if match["s"] else ""
    return f"T{hour:02}:{minute:02}{seconds}{iso_zone(match['z'])}"


def iso_zone(text: str | None) -> str:
    """ "+01:00", "Z", or "" for a name that does not mean one offset."""
    if not text:
        return ""
    name = text.strip().lower().replace("−", "-")
    if name in ZONES:
        return ZONES[name]
    if digits := re.fullmatch(r"(?:gmt|utc)?\s?([+-])(\d{1,2}):?(\d{2})?", name):
        hours, minutes = int(digits[2]), int(digits[3] or 0)
        return f"{digits[1]}{hours:02}:{minutes:02}" if hours <= 14 and minutes < 60 else ""
    return ""


def _month(word: str, words: DateWords) -> int | None:
    return words.months.get(fold(word).rstrip("."))


def _year(text: str) -> tuple[int, bool]:
    digits = text.lstrip("'’")
    return int(digits), len(digits) == 2


def _read_named(match: re.Match[str], words: DateWords) -> Found | None:
    """A day, a month by name and a year, in any order."""
    month = _month(match["mon"], words)
    year, short = _year(match["y"])
    if month is None or not possible(2000 if short else year, month, int(match["d"])):
        return None
    if short and not possible(2000, month, int(match["d"])):
        return None
    name = match.re.pattern and ("mdy" if match.start("mon") < match.start("d") else "dmy")
    return Found(match.start(), match.end(), (year, month, int(match["d"])), short=short, shape=name)


def _read_month(match: re.Match[str], words: DateWords) -> Found | None:
    """A month by name and a year."""
    month = words.safe_months.get(fold(match["mon"]).rstrip("."))
    if month is None or not possible(int(match["y"])):
        return None
    return Found(match.start(), match.end(), (int(match["y"]), month), shape="my")


def _read_year_first(match: re.Match[str], words: DateWords) -> Found | None:  # noqa: ARG001
    """Numbers, year first; the day may be missing."""
    parts = tuple(int(match[key]) for key in ("y", "mon", "d") if match.groupdict().get(key))
    return Found(match.start(), match.end(), parts, shape="ymd") if possible(*parts) else None


def _read_numbers(match: re.Match[str], words: DateWords) -> Found | None:  # noqa: ARG001
    """Numbers, year last (or all of two digits): which is the day is settled later."""
    year, short = _year(match["y"])
    numbers = (int(match["a"]), int(match["b"]), year)
    return Found(match.start(), match.end(), None, numbers, short, shape="numeric")


def _read_clock_inside(match: re.Match[str], words: DateWords) -> Found | None:
    """A date with the time before the year, as C and Twitter print it."""
    named = _read_named(match, words)
    time = iso_time(match, words)
    if named is None or not time:
        return None
    return Found(named.start, named.end, named.parts, time=time, shape="asctime")


@cache
def shapes(code: str | None) -> tuple[Shape, ...]:
    """The shapes a date may have in a language (None: in any)."""
    words = date_words(code)
    day = rf"(?P<d>\d{{1,2}})(?:(?:{words.ordinals}|[ºª°])(?![^\W\d_]))?"
    of = rf"(?:(?:{words.joiners})\s+)?"
    name = r"(?P<mon>[^\W\d_]{2,12})"
    year = r"(?P<y>\d{4}|['’]?\d{2})"
    tail = rf"(?:\s?(?:{words.year_word})(?![^\W_]))?"
    flags = re.IGNORECASE

    def shape(title: str, pattern: str, read: Reader, *, alone: bool = False) -> Shape:
        return Shape(title, re.compile(pattern, flags), read, alone)

    return (
        shape(
            "iso",
            rf"{_START}(?P<y>\d{{4}})(?P<q>[-/.])\s?(?P<mon>\d{{1,2}})(?P=q)\s?(?P<d>\d{{1,2}}){_END}",
            _read_year_first,
        ),
        shape(
            "east",
            r"(?<!\d)(?P<y>\d{4})\s?[年년]\s?(?P<mon>\d{1,2})\s?[月월](?:\s?(?P<d>\d{1,2})\s?[日일號号])?",
            _read_year_first,
        ),
        shape("dmy", rf"{_START}{day}[\s,.\-/]*{of}{name}\.?[\s,.\-/]*{of}{year}{_END}{tail}", _read_named),
        shape("mdy", rf"(?<![^\W_]){name}[\s.\-/]+{day}[\s,.\-/]+{of}{year}{_END}", _read_named),
        shape(
            "asctime",
            rf"(?<![^\W_]){name}\s+{day}\s+{_CLOCK}\s+(?:{_ZONE}\s+)?(?P<y>\d{{4}}){_END}",
            _read_clock_inside,
        ),
        shape(
            "numeric",
            rf"{_START}(?P<a>\d{{1,2}})(?P<q>[-/.])\s?(?P<b>\d{{1,2}})(?P=q)\s?(?P<y>\d{{4}}|\d{{2}}){_END}{tail}",
            _read_numbers,
        ),
        shape("my", rf"(?<![^\W_]){name}\.?,?[\s\-/]+{of}(?P<y>\d{{4}}){_END}{tail}", _read_month),
        shape("ymd", rf"{_START}(?P<y>\d{{4}})[\s,.\-]+{name}\.?[\s\-]+{day}{_END}", _read_named, alone=True),
        shape("month", rf"{_START}(?P<y>\d{{4}})[-/.](?P<mon>\d{{1,2}}){_END}", _read_year_first, alone=True),
        shape("month-last", rf"{_START}(?P<mon>\d{{1,2}})[-/.](?P<y>\d{{4}}){_END}", _read_year_first, alone=True),
    )
