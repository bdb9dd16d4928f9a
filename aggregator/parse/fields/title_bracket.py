"""Brackets behind a title that state facts of the film: who made it, where, how long; a fact is a line in _FACTS."""

import re
from collections.abc import Callable

from aggregator.notation import parse_runtime
from aggregator.notation.countries import is_country
from aggregator.notation.people import is_name, is_somebody

_BRACKET = re.compile(r"(?<=\S)\s*\(([^()]{3,90})\)$")
_PARTS = re.compile(r"\s*[,;/·|]\s*|\s+(?:&|and|und|et|y|e)\s+")
_YEAR = re.compile(r"(?:18|19|20)\d\d")
_CODE = re.compile(r"U|PG|PG-?13|R|NC-?17|12A?|15|18|FSK\s?\d{1,2}")


def _is_person(part: str) -> bool:
    return len(part.split()) > 1 and is_name(part)


_TELLING: tuple[Callable[[str], bool], ...] = (_is_person, lambda part: parse_runtime(part) is not None)
_FACTS: tuple[Callable[[str], bool], ...] = (
    *_TELLING,
    is_country,
    lambda part: _YEAR.fullmatch(part) is not None,
    lambda part: _CODE.fullmatch(part) is not None,
)


def facts_behind(text: str, *, sure: bool = False) -> int | None:
    """Where the brackets at the end of a heading start that hold people or a running time, and nothing but facts of
    the film beside: "Los labios (Ivan Fund, Argentina)"; None where none do.

    Two capitalised words may be a part of the title, too ("Part Two"); `sure` takes them for somebody only by a given
    name, or beside another fact.
    """
    found = _BRACKET.search(text)
    parts = [part for part in _PARTS.split(found[1]) if part] if found else []
    telling = any(tells(part) for part in parts for tells in _TELLING)
    if found is None or not telling or not all(any(fits(part) for fits in _FACTS) for part in parts):
        return None
    others = any(not _is_person(part) for part in parts)
    return found.start() if not sure or others or any(is_somebody(part) for part in parts) else None
