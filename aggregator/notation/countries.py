"""Lists of countries as lines of facts write them ("D/Ö 2016", "2018年／日本"); names are data/countries.toml."""

import re
import tomllib
from functools import cache
from importlib.resources import files

from aggregator.notation.languages import fold

LONGEST = 90
"""Characters a list of countries may have."""
_BETWEEN = re.compile(r"\s*[,/|;・、／+&·•]\s*|\s*[-–—]\s*(?=[A-ZÄÖÜÀ-Ý])|\s+(?:and|und|et|y|e|en|i|och|и)\s+")
_YEAR = re.compile(r"(?<!\d)(?:18[89]\d|19\d\d|20\d\d)(?!\d)年?(?:\s*[-–/]\s*\d{2,4}年?)?")
_EDGE = " \t,;:/|()[]（）／・、·•–—-."


@cache
def _names() -> tuple[frozenset[str], frozenset[str]]:
    raw = tomllib.loads(files("aggregator.notation").joinpath("data/countries.toml").read_text(encoding="utf-8"))
    known, short = (frozenset(name for names in raw[key].values() for name in names) for key in ("names", "short"))
    return known, short


def is_country(name: str) -> bool:
    """Whether a text is the name of one country, in any language we read."""
    return fold(name).strip() in _names()[0]


def find_countries(text: str) -> tuple[tuple[int, int], tuple[int, int] | None] | None:
    """The span of a list of countries that is all of a text but for a year, and the span of that year.

    None where anything else stands in the text. Letters alone ("D", "F") count beside a year, or where there are
    several; "US" and "UK" always.
    """
    if not 1 < len(text) <= LONGEST:
        return None
    years = list(_YEAR.finditer(text))
    if len(years) > 1:
        return None
    year = years[0] if years else None
    span = _beside(text, year)
    if span is None:
        return None
    start, end = span
    known, short = _names()
    if fold(text[start:end]) in known:
        return (start, end), (year.start(), year.start() + 4) if year else None
    parts = [fold(part).strip() for part in _BETWEEN.split(text[start:end])]
    allowed = known | short if year is not None or len(parts) > 1 else known
    if len(parts) > 8 or not allowed.issuperset(parts) or (year is None and known.isdisjoint(parts)):
        return None
    return (start, end), (year.start(), year.start() + 4) if year else None


def _beside(text: str, year: re.Match[str] | None) -> tuple[int, int] | None:
    """What stands on the one side of the year, without signs around it; None when both sides say something."""
    start, end = 0, len(text)
    if year is not None:
        if text[: year.start()].strip(_EDGE) and text[year.end() :].strip(_EDGE):
            return None
        start, end = (0, year.start()) if text[: year.start()].strip(_EDGE) else (year.end(), end)
    while start < end and text[start] in _EDGE:
        start += 1
    while end > start and text[end - 1] in _EDGE and not text[start:end].endswith((".S.", ".A.", ".K.", "UU.")):
        end -= 1
    return start, end
