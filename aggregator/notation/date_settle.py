"""Settles what a found date leaves open: its order, its century, and whether anything else stands beside it."""

import re
import unicodedata
from collections.abc import Mapping, Sequence
from datetime import date
from functools import lru_cache
from types import MappingProxyType

from aggregator.notation.date_forms import Found, possible
from aggregator.notation.date_words import date_words, order_of
from aggregator.notation.hint import Hint
from aggregator.notation.languages import fold

_WIDE: Mapping[int, int] = MappingProxyType(
    str.maketrans("０１２３４５６７８９：／．－（）\u3000\xa0\u202f\u2009\u2007", "0123456789:/.-()     ")
)
"""Signs that pages use for others, one for one so that places in the text stay."""
_AFTER = re.compile(r"[\s.,;)]*(?:\([^\W\d_][^\d()]{0,40}\))?[\s.,;)|]*")
_EDGE = " :.,;-–—|(•·"


def plain(text: str) -> str:
    """The text in composed letters and plain digits, spaces and colons, as the shapes know them."""
    if text.isascii():
        return text
    return unicodedata.normalize("NFC", text).translate(_WIDE)


def is_all(text: str, item: Found, code: str | None) -> bool:
    """Whether nothing stands beside the date but a label, an article, a weekday or a note in brackets."""
    return bool(_AFTER.fullmatch(text, item.end)) and _is_lead(text[: item.start], code)


@lru_cache(maxsize=1024)
def _is_lead(text: str, code: str | None) -> bool:
    """Whether the text before a date is a label or nothing, once articles and weekdays are taken off its end."""
    words = date_words(code)
    lead = fold(text).strip(_EDGE)
    while lead and lead not in words.leads:
        head, _, last = lead.rpartition(" ")
        if last not in words.before and last not in words.weekdays:
            return False
        lead = head.rstrip(_EDGE)
    return True


def resolve(item: Found, hint: Hint) -> str | None:
    """The ISO text of a found date, None when the hint does not settle what is open in it."""
    order = hint.order or order_of(hint.language)
    if item.short and not order and not _month_first(item):
        return None
    parts = item.parts or _settle(item, order, hint.base)
    if parts is not None and item.parts is not None and item.short:
        parts = (_whole_year(parts[0], hint.base), *parts[1:])
    if parts is None or not possible(*parts) or (item.short and not _is_sure(parts[0], order, hint.base)):
        return None
    return "-".join((f"{parts[0]:04}", *(f"{part:02}" for part in parts[1:]))) + item.time


def _is_sure(year: int, order: str | None, base: str | None) -> bool:
    """Whether a year of two digits can be one alone: of the age of web pages, unless order and base both are known."""
    return bool(order and base) or year in _PAGES


_PAGES = range(1990, 2040)
"""Years that two digits are taken for with nothing to count from; "45" may be a life's, a war's or one to come."""


def _month_first(item: Found) -> bool:
    """Whether a date with a year of two digits reads but one way: "3/23/12", "Mar 3, '12"."""
    return item.shape == "mdy" or (item.numbers is not None and item.numbers[0] <= 12 < item.numbers[1] <= 31)


def _settle(item: Found, order: str | None, base: str | None) -> tuple[int, ...] | None:
    """The one reading of a numeric date that is left when weekday and order have had their say."""
    assert item.numbers is not None
    if item.short and order == "YMD":
        first, second, last = item.numbers
        return (_whole_year(first, base), second, last)
    readings = fitting(item, base)
    if len(readings) == 1:
        return readings[0]
    return readings[order == "MDY"] if readings and order in ("DMY", "MDY") else None


def fitting(item: Found, base: str | None) -> list[tuple[int, int, int]]:
    """The possible (year, month, day) of a numeric date, day first before month first, that fit its weekday."""
    assert item.numbers is not None
    first, second, year = item.numbers
    year = _whole_year(year, base) if item.short else year
    readings = {parts: None for parts in ((year, second, first), (year, first, second)) if possible(*parts)}
    named = [parts for parts in readings if date(*parts).weekday() == item.weekday]
    return named if len(named) == 1 else list(readings)


def _whole_year(short: int, base: str | None) -> int:
    """A two-digit year: the last one not after the page's; without a base as POSIX has it (69-99 are 19xx)."""
    if base is None or not base[:4].isdigit():
        return short + (2000 if short < 69 else 1900)
    now = int(base[:4])
    year = now - now % 100 + short
    return year if year <= now else year - 100


def shown_order(found: Sequence[Found]) -> str | None:
    """The order that the dates with only one reading show; None when they show none or both."""
    orders = set()
    for item in found:
        if item.numbers is None or item.short or item.numbers[0] == item.numbers[1]:
            continue
        readings = fitting(item, None)
        if len(readings) == 1:
            orders.add("DMY" if readings[0][2] == item.numbers[0] else "MDY")
    return orders.pop() if len(orders) == 1 else None
