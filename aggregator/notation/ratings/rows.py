"""Rows of signs ("★★★½", "★★★☆☆", "**1/2", "♥♥♥♡♡"); the families of signs stand in `data/ratings.toml`."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType

from aggregator.model.review import Unit
from aggregator.notation.ratings.tables import data

LONGEST = 12
"""More signs than this in one row are an ornament."""
_VARIANT = "\ufe0e\ufe0f"
_BEHIND = re.compile(r"(?P<gap>[ ]?)(?P<part>[½¼¾]|[13]/[24](?![0-9/]))")
_EMOJI = re.compile("[\U0001f300-\U0001f3fa\U0001f400-\U0001f5ff\U0001f600-\U0001f64f\U0001f900-\U0001faff]")
_SKIN = "\U0001f3fb\U0001f3fc\U0001f3fd\U0001f3fe\U0001f3ff"


@dataclass(frozen=True, slots=True)
class Row:
    """A row of signs; `value` None when its signs say nothing sure, `best` only where empty signs show it.

    `sure`: the row is a rating wherever it stands; a lone star or asterisks are not.
    """

    value: float | None
    best: float | None
    unit: Unit
    start: int
    end: int
    signs: int
    sure: bool
    family: str


@cache
def _families() -> Mapping[str, tuple[str, str, Unit]]:
    """Every sign with its family, its kind (full, half, empty) and the unit of the family."""
    table = {}
    for row in data()["rows"]:
        for kind in ("full", "half", "empty"):
            for sign in row[kind]:
                table[sign] = (row["name"], kind, Unit(row["unit"]))
    return MappingProxyType(table)


def full_signs() -> str:
    """The full signs that have an empty one beside them, as the inside of a regex class."""
    return re.escape("".join(row["full"] for row in data()["rows"] if row["empty"]))


def dark_sign(sign: str, kind: str) -> str:
    """The empty ("e") or half ("h") sign of a full sign's family; the sign itself where the family has none."""
    row = next(row for row in data()["rows"] if sign in row["full"])
    return (row["empty"] if kind == "e" else row["half"])[:1] or sign


def row_signs() -> str:
    """All signs that a row may begin with, as the inside of a regex class."""
    return re.escape("".join(_families()))


def read_row(text: str, at: int) -> Row | None:
    """The row of signs that starts here; None when none starts here or the row is out of order."""
    if text[at : at + 1] not in _families():
        return _emoji_row(text, at)
    signs, end = _collect(text, at)
    kinds = "".join(_families()[s][1][0] for s in signs)
    if not signs or len(signs) > LONGEST or not re.fullmatch("f*h?e*", kinds):
        return None
    behind, part = _BEHIND.match(text, end), 0.5
    if behind and kinds == "f" * len(kinds) and (share := data()["fractions"].get(behind["part"])):
        if behind["gap"] and behind["part"] in (f"{len(kinds)}/4", "1/4"):
            # "★★★ 3/4" is three and three quarters, or three of four said twice
            return Row(None, None, Unit(_families()[signs[0]][2]), at, behind.end(), len(signs), True, "")
        end, kinds, part = behind.end(), kinds + "h", share
        more, more_end = _collect(text, end)
        if more and all(_families()[s][1] == "empty" for s in more):
            end, kinds = more_end, kinds + "e" * len(more)
        elif more:
            return None
    return _row(signs, kinds, at, end, part)


def _row(signs: str, kinds: str, start: int, end: int, part: float) -> Row:
    """What a row in good order says: `kinds` has an f, h or e for each of its signs, the `part` behind it included."""
    name, _, unit = _families()[signs[0]]
    mixed = len({s for s in signs if _families()[s][1] == "full"}) > 1
    # outlines alone are a zero, a template, or stars drawn as outlines; two colours are no known half
    if mixed or kinds.strip("e") == "":
        return Row(None, None, unit, start, end, len(signs), mixed or len(signs) > 1, name)
    value = kinds.count("f") + part * kinds.count("h")
    best = float(len(kinds)) if "e" in kinds else None
    sure = "h" in kinds or best is not None or (name == "stars" and len(signs) > 1)
    return Row(value, best, unit, start, end, len(signs), sure, name)


def _collect(text: str, at: int) -> tuple[str, int]:
    """The signs of one family from here on and their end; "" unless all are close or all a space apart."""
    table, signs, end = _families(), "", at
    gaps: set[int] = set()
    family = table.get(text[at : at + 1], ("",))[0]
    while True:
        gap = 1 if signs and text[end : end + 1] == " " else 0
        sign = text[end + gap : end + gap + 1]
        if sign not in table or table[sign][0] != family:
            break
        if signs:
            gaps.add(gap)
        signs, end = signs + sign, end + gap + 1
        while text[end : end + 1] and text[end] in _VARIANT:
            end += 1
    return (signs if len(gaps) < 2 else ""), end


def _emoji_row(text: str, at: int) -> Row | None:
    """A row of one and the same picture ("🍿🍿🍿"): so many of a house unit, never sure by itself."""
    match = _EMOJI.match(text, at)
    if match is None or match[0] in (data()["thumbs"]["up"], data()["thumbs"]["down"]):
        return None
    end, count = at, 0
    while text.startswith(match[0], end):
        count, end = count + 1, end + 1
        while text[end : end + 1] and text[end] in _VARIANT:
            end += 1
    joined = text[end : end + 1] and text[end] in _SKIN + "\u200d"
    half = 0.5 * text.startswith("½", end)
    if count < 2 or count > LONGEST or joined:
        return None
    return Row(count + half, None, Unit.OTHER, at, end + bool(half), count, False, "emoji")
