"""Dates counted from the day a page was fetched ("3 days ago"); the words are each language's `[dates.relative]`."""

import re
from datetime import date, datetime, timedelta
from functools import cache

from aggregator.notation.date_words import base_code
from aggregator.notation.hint import Hint
from aggregator.notation.languages import alternation, chosen, fold

_UNITS = ("minute", "hour", "day", "week", "month", "year")


def parse_relative(text: str, hint: Hint) -> str | None:
    """The date meant by "3 days ago" or "yesterday", counted from `hint.base`; None without one.

    Minutes, hours and days give a day. "2 weeks ago" says 14 to 20 days, "a year ago" one to two years: the
    result holds what both ends share, a month, a year or nothing.
    """
    base = base_moment(hint.base)
    if base is None:
        return None
    text = fold(text).rstrip(" .!")
    for pattern, units, today, yesterday in _patterns(base_code(hint.language)):
        if text in today:
            return base.date().isoformat()
        if text in yesterday:
            return (base.date() - timedelta(days=1)).isoformat()
        if match := pattern.fullmatch(text):
            groups = match.groupdict()
            number = int(groups["n"]) if groups["n"] else 1
            return counted(base, number, units[groups["unit"]])
    return None


def base_moment(base: str | None) -> datetime | None:
    """The moment of an ISO text, None when there is none or it is not one."""
    try:
        return datetime.fromisoformat(base) if base else None
    except ValueError:
        return None


def counted(base: datetime, number: int, unit: str) -> str | None:
    """The ISO date `number` units before `base`, only as precise as that says."""
    if number > 5000:
        return None
    try:
        if unit in ("minute", "hour"):
            return (base - timedelta(**{f"{unit}s": number})).date().isoformat()
        day = base.date()
        if unit == "day":
            return (day - timedelta(days=number)).isoformat()
        if unit == "week":
            return _shared(day - timedelta(weeks=number), day - timedelta(weeks=number, days=6))
        months = number * (12 if unit == "year" else 1)
        return _shared(_months_before(day, months), _months_before(day, months + (12 if unit == "year" else 1)))
    except (OverflowError, ValueError):
        return None


def _months_before(day: date, months: int) -> date:
    year, month = divmod(day.year * 12 + day.month - 1 - months, 12)
    return date(year, month + 1, min(day.day, 28))


def _shared(late: date, early: date) -> str | None:
    if (late.year, late.month) == (early.year, early.month):
        return f"{late:%Y-%m}"
    return f"{late.year:04}" if late.year == early.year else None


Pattern = tuple[re.Pattern[str], dict[str, str], frozenset[str], frozenset[str]]


@cache
def _patterns(code: str | None) -> tuple[Pattern, ...]:
    """For each language: the pattern of a count, the unit of each word, words for today and yesterday."""
    result = []
    for language in chosen(None if code is None else dict.fromkeys((code, "en"))):
        words = language.relative
        units = {fold(word): unit for unit in _UNITS for word in words.get(unit, ())}
        number = rf"(?:(?P<n>\d{{1,4}})|(?:{alternation(words.get('one', ()))}))\s?(?P<unit>{alternation(units)})"
        before, ago = (alternation(words.get(key, ())) for key in ("before", "ago"))
        forms = rf"(?:{before}\s{number})" if words.get("before") else rf"(?:{number}\s?{ago})"
        result.append((re.compile(forms), units, frozenset(words["today"]), frozenset(words["yesterday"])))
    return tuple(result)
