"""Dates counted from the day a page was fetched ("3 days ago"); the words are each language's `[dates.relative]`."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cache

from aggregator.notation.date_times import time_behind
from aggregator.notation.date_words import base_code, spoken
from aggregator.notation.hint import Hint
from aggregator.notation.languages import Language, alternation, fold

_UNITS = ("minute", "hour", "day", "week", "month", "year")


@dataclass(frozen=True, slots=True)
class _Relative:
    """How one language counts back: a pattern with the groups n and unit, and the words for the last two days."""

    pattern: re.Pattern[str]
    units: Mapping[str, str]
    today: frozenset[str]
    yesterday: frozenset[str]


def parse_relative(text: str, hint: Hint) -> str | None:
    """The date meant by "3 days ago" or "yesterday", counted from `hint.base`; None without one.

    Minutes, hours and days give a day. "2 weeks ago" says 14 to 20 days, "a year ago" one to two years: the
    result holds what both ends share, a month, a year or nothing.
    """
    base = _moment(hint.base)
    if base is None:
        return None
    text = fold(text).rstrip(" .!")
    code = base_code(hint.language)
    for language in spoken(code):
        words = _relative(language.code)
        for back, names in enumerate((words.today, words.yesterday)):
            if (time := _time_behind(text, names, code)) is not None:
                return (base.date() - timedelta(days=back)).isoformat() + time
        if match := words.pattern.fullmatch(text):
            return _counted(base, int(match["n"] or 1), words.units[fold(match["unit"])])
    return None


def _time_behind(text: str, names: frozenset[str], code: str | None) -> str | None:
    """What follows one of the names as an ISO time, empty for nothing; None when the text is something else."""
    if text in names:
        return ""
    for name in names:
        if text.startswith(name):
            end, time = time_behind(text, len(name), code)
            if end == len(text):
                return time
    return None


def find_relative(text: str, hint: Hint) -> list[tuple[int, int, str | None]]:
    """Counts with a number ("3 days ago") inside a line, as (start, end, ISO or None)."""
    base = _moment(hint.base)
    if base is None:
        return []
    found: dict[int, tuple[int, int, str | None]] = {}
    for language in spoken(base_code(hint.language)):
        words = _relative(language.code)
        for match in words.pattern.finditer(text):
            if match["n"]:
                iso = _counted(base, int(match["n"]), words.units[fold(match["unit"])])
                found.setdefault(match.start(), (match.start(), match.end(), iso))
    return list(found.values())


def _moment(base: str | None) -> datetime | None:
    try:
        return datetime.fromisoformat(base) if base else None
    except ValueError:
        return None


def _counted(base: datetime, number: int, unit: str) -> str | None:
    """The ISO date `number` units before `base`, only as precise as that says."""
    try:
        if unit in ("minute", "hour"):
            return (base - timedelta(**{f"{unit}s": number})).date().isoformat()
        day = base.date()
        if unit == "day":
            return (day - timedelta(days=number)).isoformat()
        if unit == "week":
            return _shared(day - timedelta(weeks=number), day - timedelta(weeks=number, days=6))
        step = 12 if unit == "year" else 1
        return _shared(_months_before(day, number * step), _months_before(day, (number + 1) * step))
    except (OverflowError, ValueError):
        return None


def _months_before(day: date, months: int) -> date:
    year, month = divmod(day.year * 12 + day.month - 1 - months, 12)
    return date(year, month + 1, min(day.day, 28))


def _shared(late: date, early: date) -> str | None:
    if (late.year, late.month) == (early.year, early.month):
        return f"{late:%Y-%m}"
    return f"{late.year:04}" if late.year == early.year else None


@cache
def _relative(code: str) -> _Relative:
    (language,) = (lang for lang in spoken(code) if lang.code == code)
    words = language.relative
    units = {fold(word): unit for unit in _UNITS for word in words.get(unit, ())}
    return _Relative(
        re.compile(_form(language, units), re.IGNORECASE),
        units,
        frozenset(words["today"]),
        frozenset(words["yesterday"]),
    )


def _form(language: Language, units: Mapping[str, str]) -> str:
    """The pattern of a count: "ago" words behind it, or "before" words in front ("vor 3 Tagen")."""
    words = language.relative
    one = alternation(words.get("one", ()))
    number = rf"(?:(?P<n>\d{{1,4}})|{one})\s?(?P<unit>{alternation(units)})"
    start, end = r"(?<![^\W\d_])(?<!\d)(?<!\d[.,:/])", r"(?![^\W\d_])"
    if words.get("before"):
        return rf"{start}{alternation(words['before'])}\s+{number}{end}"
    return rf"{start}{number}\s?{alternation(words.get('ago', ()))}{end}"
