"""The time of day behind a date; words for it are in the languages' `[dates]`, zones in `data/timezones.toml`."""

import re
import tomllib
from functools import cache
from importlib.resources import files

from aggregator.notation.date_words import date_words
from aggregator.notation.languages import alternation, fold

CLOCK = (
    r"(?<!\d)(?P<h>\d{1,2})(?P<c>[:.]|\s?h|時|点|點|시)\s?(?P<m>\d{2}|\d(?=[分분]))"
    r"(?::(?P<s>\d{2})(?P<f>[.,]\d{1,9})?)?[分분]?(?!\d|[:/]\d)"
)
"""Hours and minutes, perhaps seconds, as a regex with the groups h c m s f."""
_SHAKY = set("|·•/(–—")
_OFFSET = re.compile(r"(?:GMT|UTC)?\s?([+-])(\d{1,2}):?(\d{2})?")


@cache
def _zones() -> dict[str, str]:
    """Each printed name with its offset, "" when it has several."""
    text = files("aggregator.notation").joinpath("data/timezones.toml").read_text(encoding="utf-8")
    raw: dict[str, dict[str, str]] = tomllib.loads(text)
    return dict.fromkeys(raw["open"]["names"], "") | raw["offsets"]


@cache
def zone_fragment() -> str:
    """A regex with the group z: an offset or a name, names in capitals only ("est" is French for "is")."""
    names = "|".join(sorted(_zones(), key=len, reverse=True))
    number = r"[+\-−]\d{2}(?::?\d{2})?(?!\d|[.:]\d)"
    return rf"(?P<z>(?:GMT|UTC)\s?[+\-−]\d{{1,2}}(?::?\d{{2}})?(?!\d)|{number}|(?-i:{names})(?![^\W_]))"


def iso_zone(text: str | None) -> str:
    """The offset in ISO ("+01:00", "Z"), empty for none and for a name that has several."""
    if not text:
        return ""
    name = text.strip().replace("−", "-")
    if name.upper() in _zones():
        return _zones()[name.upper()]
    digits = _OFFSET.fullmatch(name.upper())
    if digits is None or int(digits[2]) > 14 or int(digits[3] or 0) > 59:
        return ""
    return f"{digits[1]}{int(digits[2]):02}:{int(digits[3] or 0):02}"


@cache
def _behind(code: str | None) -> tuple[re.Pattern[str], re.Pattern[str]]:
    """The pattern of a time behind a date, and that of an hour without minutes."""
    words = date_words(code)
    between = rf"(?P<gap>T|[\s,.|·•/–—\-:;(]*)(?:(?P<at>{words.at})\s*)?(?:(?P<early>{words.halves})\s*)?"
    late = rf"(?:\s?(?P<late>{words.halves})(?![^\W_]))?(?:\s?(?P<clock>{words.clock})(?![^\W_]))?"
    hour = rf"(?<!\d)\d{{1,2}}(?:\s?(?:{words.halves}|{words.clock})(?![^\W_])|[時시])(?!\d)"
    flags = re.IGNORECASE
    return re.compile(rf"{between}{CLOCK}{late}(?:\s?{zone_fragment()})?\)?", flags), re.compile(between + hour, flags)


def time_behind(text: str, place: int, code: str | None) -> tuple[int, str]:
    """Where the time that begins at `place` ends, and its ISO form from the T on; (place, "") when there is none.

    An hour without minutes ("8 pm") is read over: ISO cannot say it without inventing the minutes.
    """
    exact, hour = _behind(code)
    if match := exact.match(text, place):
        stated = iso_time(match, code)
        return (match.end(), stated) if stated else (place, "")
    match = hour.match(text, place)
    return (match.end(), "") if match else (place, "")


@cache
def _front(code: str | None) -> re.Pattern[str]:
    """The pattern of a time in front of a date."""
    words = date_words(code)
    early = rf"(?:(?P<at>{words.at})\s*)?(?:(?P<early>{words.halves})\s*)?"
    late = rf"(?:\s?(?P<late>{words.halves})(?![^\W_]))?(?:\s?(?P<clock>{words.clock})(?![^\W_]))?"
    link = rf"(?P<gap>[\s,|·•/–—\-]+)(?:{alternation(words.before)}\s+)?"
    return re.compile(rf"(?<![^\W_])(?<![:.,/]){early}{CLOCK}{late}(?:\s?{zone_fragment()})?{link}$", re.IGNORECASE)


def time_in_front(text: str, place: int, code: str | None) -> tuple[int, str]:
    """Where the time that ends at `place` begins, and its ISO form; (place, "") when there is none."""
    offset = max(0, place - 40)
    match = _front(code).search(text[offset:place])
    stated = iso_time(match, code) if match else ""
    return (offset + match.start(), stated) if match and stated else (place, "")


def iso_time(match: re.Match[str], code: str | None) -> str:
    """The ISO time of a match with the groups of `CLOCK`; empty when it is none ("25:00", "| 1:43")."""
    groups = {"at": None, "early": None, "late": None, "clock": None, "gap": "", "z": None} | match.groupdict()
    hour, minute, second = int(match["h"]), int(match["m"]), int(match["s"] or 0)
    half = fold(groups["late"] or groups["early"] or "")
    marked = bool(half or groups["at"] or groups["clock"] or groups["z"])
    if not marked and (match["c"] == "." or (len(match["h"]) == 1 and _SHAKY & set(groups["gap"] or ""))):
        return ""
    if half and hour > 12:
        return ""
    if half:
        hour = hour % 12 + (12 if half in date_words(code).pm else 0)
    if hour > 23 or minute > 59 or second > 59:
        return ""
    seconds = f":{match['s']}{(match['f'] or '').replace(',', '.')}" if match["s"] else ""
    return f"T{hour:02}:{minute:02}{seconds}{iso_zone(groups['z'])}"
