"""Dates in languages there is no table for, by dateparser, behind a gate that lets only whole dates through."""

import re
from functools import lru_cache

from aggregator.notation.date_words import base_code

_FIRST_YEAR, _LAST_YEAR = 1880, 2100
_GATE = re.compile(r"(?<![^\W_])(?<!\d[.,/:\-–])(\d{1,2})\.?\s+[^\W\d_]{3,14}\.?,?\s+(\d{4})(?![^\W_])")


@lru_cache(maxsize=1024)
def parse_foreign(text: str, language: str | None) -> str | None:
    """The ISO day of "2. března 2019" when the page's language is known and not one of ours; else None.

    The day and year must be those written: dateparser fills in and swaps parts of what it does not understand.
    """
    gate = _GATE.fullmatch(text.strip(" ."))
    code = (language or "").lower().replace("_", "-").split("-")[0]
    if gate is None or not code.isalpha() or base_code(code):
        return None
    import dateparser  # slow to load, and most pages never need it

    try:
        moment = dateparser.parse(
            text, languages=[code], settings={"REQUIRE_PARTS": ["day", "month", "year"], "STRICT_PARSING": True}
        )
    except ValueError:  # a language it does not know either
        return None
    if moment is None or (moment.day, moment.year) != (int(gate[1]), int(gate[2])):
        return None
    return moment.date().isoformat() if _FIRST_YEAR <= moment.year <= _LAST_YEAR else None


def find_foreign(text: str, language: str | None) -> list[tuple[int, int, str | None]]:
    """The same inside a line, as (start, end, ISO or None)."""
    if language is None or base_code(language):
        return []
    return [(m.start(), m.end(), parse_foreign(m[0], language)) for m in _GATE.finditer(text)]
