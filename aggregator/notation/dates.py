"""Reads dates as precisely as they are stated, in the languages there are tables for; shapes live in `date_forms`."""

import re
import unicodedata

from aggregator.notation.date_forms import Found, possible, scan
from aggregator.notation.date_words import base_code, date_words, order_of
from aggregator.notation.hint import Hint
from aggregator.notation.languages import fold

__all__ = ["find_dates", "is_ambiguous", "parse_date"]

MAX_TEXT = 200
"""A longer text is not a date; `find_dates` reads no further either."""
_NONE = Hint()
_WIDE = str.maketrans(
    {0xFF10 + n: str(n) for n in range(10)}
    | {"：": ":", "／": "/", "．": ".", "－": "-"}
    | {"\xa0": " ", "\u202f": " ", "\u3000": " ", "\u2009": " ", "（": "(", "）": ")"}
)
_DIGIT = re.compile(r"\d")
_ISO = re.compile(
    r"(\d{4})(?:-(\d{2})(?:-(\d{2})(?:[T ](\d{2}):(\d{2})(?::(\d{2})(\.\d{1,9})?)?\s?(Z|[+-]\d{2}(?::?\d{2})?)?)?)?)?"
)
_BASIC = re.compile(r"(\d{4})(\d{2})(\d{2})(?:T(\d{2})(\d{2})(\d{2})?()(Z|[+-]\d{2}(?::?\d{2})?)?)?")
_NOTE = re.compile(r"^[\s.,;)]*(?:\([^\W\d_][^\d()]{0,40}\))?[\s.,;)|]*$")


def parse_date(text: str, hint: Hint | None = None) -> str | None:
    """The date a text states, ISO and no more precise than stated; None when there is none or it is open.

    `hint.order` (or a language that fixes one) settles 02/03/2019 and two-digit years; `hint.base` is what
    relative dates count from.
    """
    hint = hint or _NONE
    if not text or len(text) > MAX_TEXT:
        return None
    text = _plain(text).strip()
    if iso := _iso(text):
        return iso
    if not _DIGIT.search(text):
        return _relative(text, hint)
    code = base_code(hint.language)
    found = scan(text, code, alone=True)
    if len(found) == 1 and _is_all(text, found[0], code):
        return _resolve(found[0], hint)
    return _relative(text, hint) if not found else None


def find_dates(text: str, hint: Hint | None = None, limit: int = 10) -> list[tuple[int, int, str]]:
    """Dates inside a short line as (start, end, ISO), in order; a bare year is not reported.

    Dates whose day and month are open are left out, as are dates past the first 2000 signs.
    """
    hint = hint or _NONE
    text = text[:2000]
    if not _DIGIT.search(text):
        return []
    results = []
    for item in scan(_plain_in_place(text), base_code(hint.language), alone=False):
        if iso := _resolve(item, hint):
            results.append((item.start, item.end, iso))
            if len(results) >= limit:
                break
    return results


def is_ambiguous(text: str) -> bool:
    """Whether a text holds one numeric date that reads both day first and month first, differently."""
    found = scan(_plain(text[:MAX_TEXT]), None, alone=False)
    return len(found) == 1 and found[0].numbers is not None and len(set(_readings(found[0]))) > 1


def _plain(text: str) -> str:
    return unicodedata.normalize("NFC", text).translate(_WIDE)


def _plain_in_place(text: str) -> str:
    """The text in the signs the shapes know, every sign at its place."""
    return text.translate(_WIDE)


def _iso(text: str) -> str | None:
    """The fast path: ISO 8601, extended or basic."""
    match = _ISO.fullmatch(text) or _BASIC.fullmatch(text)
    if match is None:
        return None
    year, month, day, hour, minute, second, fraction, zone = match.groups()
    if not possible(int(year), int(month or 1), int(day or 1)):
        return None
    result = "-".join(filter(None, (year, month, day)))
    if hour is None:
        return result
    if int(hour) > 23 or int(minute) > 59 or int(second or 0) > 59:
        return None
    if zone and zone != "Z":
        digits = zone[1:].replace(":", "").ljust(4, "0")
        zone = f"{zone[0]}{digits[:2]}:{digits[2:]}" if int(digits[:2]) <= 14 else ""
    return f"{result}T{hour}:{minute}{':' + second if second else ''}{fraction or ''}{zone or ''}"


def _is_all(text: str, item: Found, code: str | None) -> bool:
    """Whether nothing stands beside the date but a label, an article, a weekday or a note in brackets."""
    return bool(_NOTE.match(text[item.end :])) and _is_lead(text[: item.start], code)


def _is_lead(text: str, code: str | None) -> bool:
    words = date_words(code)
    lead = fold(text).rstrip(" :.,;-–—|(").lstrip(" -–—|(•·")
    while lead and lead not in words.labels:
        head, _, last = lead.rpartition(" ")
        if last.strip(".,:") not in words.before and last.strip(".,:") not in words.weekdays:
            return False
        lead = head.rstrip(" :.,;-–—|(")
    return True


def _readings(item: Found, base_year: int | None = None) -> list[tuple[int, int, int]]:
    """The possible (year, month, day) of a numeric date: day first, then month first."""
    assert item.numbers is not None
    first, second, year = item.numbers
    year = _whole_year(year, base_year) if item.short else year
    return [parts for parts in ((year, second, first), (year, first, second)) if possible(*parts)]


def _whole_year(short: int, base_year: int | None) -> int:
    """A two-digit year as the last one not after the year of the page (POSIX: 69-99 are 19xx, without one)."""
    if base_year is None:
        return short + (2000 if short < 69 else 1900)
    year = base_year - base_year % 100 + short
    return year if year <= base_year + 1 else year - 100


def _resolve(item: Found, hint: Hint) -> str | None:
    order = hint.order or order_of(hint.language)
    base_year = int(hint.base[:4]) if hint.base and hint.base[:4].isdigit() else None
    if item.short and not order:
        return None
    parts = item.parts
    if parts is None:
        parts = _by_order(item, order, base_year)
    elif item.short:
        parts = (_whole_year(parts[0], base_year), *parts[1:])
    if parts is None or not possible(*parts):
        return None
    return "-".join((f"{parts[0]:04}", *(f"{part:02}" for part in parts[1:]))) + item.time


def _by_order(item: Found, order: str | None, base_year: int | None) -> tuple[int, ...] | None:
    """The one reading of a numeric date that is left when weekday and order have had their say."""
    assert item.numbers is not None
    if item.short and order == "YMD":
        first, second, last = item.numbers
        return (_whole_year(first, base_year), second, last)
    readings = list(dict.fromkeys(_readings(item, base_year)))
    if len(readings) == 1:
        # two digits each: another order might still be meant
        return readings[0]
    if item.weekday is not None:
        from datetime import date

        fits = [parts for parts in readings if date(*parts).weekday() == item.weekday]
        if len(fits) == 1:
            return fits[0]
    return readings[{"DMY": 0, "MDY": 1}[order]] if readings and order in ("DMY", "MDY") else None


def _relative(text: str, hint: Hint) -> str | None:
    from aggregator.notation.date_relative import parse_relative

    return parse_relative(text, hint)
