"""Reads dates as precisely as they are stated; a new shape goes to `date_forms`, new words to the languages' tables."""

import re
import unicodedata
from collections.abc import Callable, Sequence
from dataclasses import replace

from aggregator.notation.date_foreign import find_foreign, parse_foreign
from aggregator.notation.date_forms import possible, scan
from aggregator.notation.date_relative import find_relative, parse_relative
from aggregator.notation.date_settle import fitting, is_all, plain, resolve, shown_order
from aggregator.notation.date_threads import Thread
from aggregator.notation.date_times import iso_zone
from aggregator.notation.date_words import base_code, order_of
from aggregator.notation.hint import Hint

__all__ = ["find_dates", "is_ambiguous", "learn_format", "parse_date"]

MAX_TEXT = 200
"""A longer text is not a date."""
MAX_LINE = 2000
"""`find_dates` reads no further into a line."""
NO_HINT = Hint()
_DIGIT = re.compile(r"\d")
_YEAR = re.compile(r"(?:18|19|20|21)\d\d")
_SHORT_YEAR = re.compile(r"[^\d\s:][\s'’]?\d\d(?!\d)")
_ISO = re.compile(
    r"(\d{4})(?:-(\d\d)(?:-(\d\d)(?:[T ](\d\d):(\d\d)(?::(\d\d)([.,]\d{1,9})?)?\s?(Z|[+-]\d\d(?::?\d\d)?)?)?)?)?"
)
_BASIC = re.compile(r"(\d{4})(\d\d)(\d\d)(?:T(\d\d)(\d\d)(\d\d)?()(Z|[+-]\d\d(?::?\d\d)?)?)?")


def parse_date(text: str, hint: Hint | None = None) -> str | None:
    """The date a text states, ISO and no more precise than stated; None when there is none or it is open.

    The text may hold a label ("Posted on"), weekday, time, zone and a note in brackets beside the date, nothing
    else. `hint.order`, or a language that fixes one, settles 02/03/2019 and two-digit years; `hint.base` is what
    relative dates count from.
    """
    hint = hint or NO_HINT
    if not text or len(text) > MAX_TEXT:
        return None
    text = plain(text).strip()
    if _ISO.fullmatch(text) or _BASIC.fullmatch(text):
        return _iso(text)
    if not _DIGIT.search(text):
        return parse_relative(text, hint)
    if foreign := parse_foreign(text, hint.language):
        return foreign
    code = base_code(hint.language)
    found = scan(text, code, alone=True)
    if found:
        return resolve(found[0], hint) if len(found) == 1 and is_all(text, found[0], code) else None
    return parse_relative(text, hint)


def find_dates(text: str, hint: Hint | None = None, limit: int = 10) -> list[tuple[int, int, str]]:
    """Dates inside a short line as (start, end, ISO), in order; weekday and time belong to the span.

    One 25/03/2019 in the line settles the others when `hint.order` does not.

    Left out: a bare year, a date whose day and month are open, one end of a span of days, all past the first
    2000 signs. "3 days ago" is found when `hint.base` says from when.
    """
    hint = hint or NO_HINT
    line = text[:MAX_LINE]
    if not _DIGIT.search(line):
        return []
    spelled = plain(line)
    stated = scan(spelled, base_code(hint.language), alone=False) if _may_hold_year(spelled, hint) else []
    if hint.order is None and (order := shown_order(stated)):
        hint = replace(hint, order=order)
    found = [(item.start, item.end, resolve(item, hint)) for item in stated]
    if hint.base:
        found += find_relative(spelled, hint)
    # a month of another Slavic language may be one of ours by another name
    foreign = [item for item in find_foreign(spelled, hint.language) if item[2]]
    found = [item for item in found if not any(item[0] < end and start < item[1] for start, end, _ in foreign)]
    found += foreign
    results = sorted((start, end, iso) for start, end, iso in found if iso)[:limit]
    if len(spelled) == len(line):
        return results
    return [(_place(line, start), _place(line, end), iso) for start, end, iso in results]


def learn_format(samples: Sequence[str], hint: Hint | None = None) -> Callable[[str], str | None]:
    """A reader like `parse_date` for the dates of one thread: cheaper, and it knows the order the samples show.

    One 25/03/2019 among them settles 02/03/2019 for all, against the language's habit but not against
    `hint.order`.
    """
    return Thread.of(samples, hint or NO_HINT, parse_date).read


def is_ambiguous(text: str) -> bool:
    """Whether a text holds one numeric date that reads both day first and month first, differently."""
    found = scan(plain(text[:MAX_TEXT]), None, alone=False)
    if len(found) != 1 or found[0].numbers is None:
        return False
    return len(fitting(found[0], None)) > 1


_MIDDLE_DAY = re.compile(r"(?<!\d)\d{1,2}/(?:1[3-9]|2\d|3[01])/\d\d(?!\d)|['’]\d\d(?!\d)")
"""A date with a year of two digits that has its day in the middle, or an apostrophe before the year."""


def _may_hold_year(line: str, hint: Hint) -> bool:
    """Whether a line can hold a whole date: a year, or two digits for one where the order is known."""
    if _YEAR.search(line):
        return True
    open_order = not (hint.order or order_of(hint.language))
    return bool(_MIDDLE_DAY.search(line) if open_order else _SHORT_YEAR.search(line))


def _place(text: str, place: int) -> int:
    """The place in a text at which its composed form has grown to `place` signs."""
    low = 0
    while low < len(text) and len(unicodedata.normalize("NFC", text[: low + 1])) <= place:
        low += 1
    return low


def _iso(text: str) -> str | None:
    """The fast path: ISO 8601, extended or basic."""
    match = _ISO.fullmatch(text) or _BASIC.fullmatch(text)
    assert match is not None
    year, month, day, hour, minute, second, fraction, zone = match.groups()
    if not possible(int(year), int(month or 1), int(day or 1)):
        return None
    result = "-".join(filter(None, (year, month, day)))
    if hour is None:
        return result
    if int(hour) > 23 or int(minute) > 59 or int(second or 0) > 59:
        return None
    seconds = f":{second}{(fraction or '').replace(',', '.')}" if second else ""
    return f"{result}T{hour}:{minute}{seconds}{iso_zone(zone)}"
