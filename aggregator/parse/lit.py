"""Rows of signs as the eye sees them: a star that its class or colour darkens is an empty star."""

import re
from collections.abc import Sequence

from aggregator.notation.ratings import LONGEST, dark_sign, full_signs, light_of
from aggregator.parse.blocks import Span

FULL = re.compile(f"[{full_signs()}]")
"""A sign that may be darkened; lines without one need no look."""
_ROW = re.compile(f"[{full_signs()}](?: ?[{full_signs()}])+")
_TOO_FAR = 2000
"""Letters of a line within which a rating is looked for."""
_GREY = re.compile(
    r"(?<![-\w])color\s*:\s*(?:#([9a-e])(?:\1\1|(.)\1\2\1\2)\b|(?:light)?gr[ae]y|silver|gainsboro)|(?<![-\w])opacity\s*:\s*0?\.[0-5]",
    re.IGNORECASE,
)
"""A light grey, or almost no ink."""


def as_lit(text: str, spans: Sequence[Span]) -> str:
    """`text` with each sign that its markup darkens or halves as the empty or half sign of its kind.

    The text keeps its length. A row whose markup says nothing, or the same of every sign, stays as it is.
    """
    for row in _ROW.finditer(text):
        start, end = row.span()
        if end - start > 2 * LONGEST or end > _TOO_FAR:
            continue  # an ornament
        around = [span for span in spans if span[0] < end and span[1] > start and span[1] - span[0] <= end - start]
        if not around or len(around) > 4 * LONGEST:
            continue
        states = [(at, _state(at, text, around)) for at in range(start, end) if text[at] != " "]
        stated = {state for _, state in states}
        if stated == {"e"} or ("e" not in stated and not {"f", ""} <= stated):
            continue
        signs = list(text)
        for at, state in states:
            # among signs that are said to be lit, one of which nothing is said is dark
            lit = "e" if not state and "f" in stated else state
            signs[at] = dark_sign(text[at], lit) if lit in ("e", "h") else text[at]
        text = "".join(signs)
    return text


def _state(at: int, text: str, spans: Sequence[Span]) -> str:
    """What the narrowest element around a sign says of it: f(ull), h(alf), e(mpty), or nothing."""
    around = [span for span in spans if span[0] <= at < span[1] and span[2] != "a"]
    for start, end, _, node in sorted(around, key=lambda span: span[1] - span[0]):
        if not all(FULL.match(sign) for sign in text[start:end] if sign != " "):
            break
        if _GREY.search(node.get("style") or ""):
            return "e"
        if state := light_of(node.get("class") or ""):
            return state
    return ""
