"""JSON as pages really write it: strict first, then without wrappers, unescaped, in pieces, at last repaired."""

import html
import json
import re
from dataclasses import dataclass
from typing import Any

import json_repair

from aggregator.parse.structured.tidy import tidy

MAX_REPAIR = 4_000
"""Characters of a text that is left to the last resort."""
_SPACE = " \n\r\t\f\v\ufeff\xa0"
_WRAPPERS = ("//", "/*", "*/", "<!--", "-->", "<![CDATA[", "]]>", ";", ",")
_MAX_WRAPPERS = 20
# an unfilled template or a piece of program says nothing, whatever a repair makes of it
_TEMPLATE = re.compile(r"\{\{|\{%|<\?|\$\{|\w\(\)|\bfunction\b")
_KEY = re.compile(r"[\"']?@(?:type|graph|context|id)[\"']?\s*:")


@dataclass(frozen=True, slots=True)
class Reading:
    """What a text held: `value` with every number kept as its written text; None when nothing could be read."""

    value: Any
    repaired: bool = False
    lost: bool = False


def _nothing(_: str) -> None:
    """NaN and Infinity are no values."""
    return


_STRICT = json.JSONDecoder(parse_float=str, parse_int=str, parse_constant=_nothing)
_LOOSE = json.JSONDecoder(parse_float=str, parse_int=str, parse_constant=_nothing, strict=False)


def read_json(text: str, *, last_resort: bool = True) -> Reading:
    """Read `text`; never raises. Empty text is neither lost nor repaired; `last_resort` allows a slow repair."""
    try:
        return Reading(_STRICT.decode(text))
    except (ValueError, RecursionError):
        pass
    bare = _unwrap(text)
    if not bare:
        return Reading(None)
    for attempt in (bare, _unescaped(bare)):
        if attempt and (value := _loose(attempt)) is not None:
            return Reading(value)
    if pieces := _pieces(bare):
        return Reading(pieces, repaired=True)
    for attempt in (bare, _unescaped(bare)):
        if attempt and (mended := tidy(attempt)) and (value := _loose(mended)) is not None:
            return Reading(value, repaired=True)
    value = _repair(bare) if last_resort else None
    return Reading(value, repaired=value is not None, lost=value is None)


def _unwrap(text: str) -> str:
    """Without byte order mark, comment and CDATA wrappers and a trailing semicolon."""
    for _ in range(_MAX_WRAPPERS):
        text = text.strip(_SPACE)
        before = next((mark for mark in _WRAPPERS if text.startswith(mark)), "")
        text = text.removeprefix(before)
        after = next((mark for mark in _WRAPPERS if text.endswith(mark)), "")
        text = text.removesuffix(after)
        if not before and not after:
            break
    return text


def _unescaped(text: str) -> str | None:
    """The text with HTML entities read, if they stand where JSON's own quotes should."""
    if re.match(r"[\[{\s]*&(?:quot|#34|#x22);", text):
        return html.unescape(text)
    return None


def _loose(text: str) -> Any:
    try:
        return _LOOSE.decode(text)
    except (ValueError, RecursionError):
        return None


def _pieces(text: str) -> list[Any] | None:
    """Several whole objects one after the other, as one list; None unless the text is nothing else."""
    found: list[Any] = []
    at = 0
    while at < len(text) and len(found) < 100:
        try:
            value, at = _LOOSE.raw_decode(text, at)
        except (ValueError, RecursionError):
            return None
        found.append(value)
        while at < len(text) and text[at] in " \t\r\n,;":
            at += 1
    return found


def _repair(text: str) -> Any:
    """The last resort, for small texts: it guesses, and its time grows with the square of the length."""
    if len(text) > MAX_REPAIR or not _KEY.search(text) or _TEMPLATE.search(text) or text[-1] not in "}]":
        return None
    try:
        value = json_repair.loads(text, skip_json_loads=True)
    except Exception:  # noqa: BLE001 - whatever a repair of rubbish raises, the block is lost and said to be
        return None
    return _as_text(value) if isinstance(value, dict | list) and value else None


def _as_text(value: Any) -> Any:
    """Numbers as text, as the strict reading has them."""
    if isinstance(value, dict):
        return {str(key): _as_text(inner) for key, inner in value.items()}
    if isinstance(value, list):
        return [_as_text(inner) for inner in value]
    if isinstance(value, int | float) and not isinstance(value, bool):
        return repr(value)
    return value
