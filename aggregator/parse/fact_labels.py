"""Finds labels of film facts ("Directed by", "Laufzeit:") in a line; the words are in the language tables."""

import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib import resources
from itertools import pairwise
from typing import Any

from aggregator.notation.languages import alternation, codes, fold_label, label_roles, words
from aggregator.parse.blocks import Block

LONGEST = 45
"""Characters a label may have."""
Parts = tuple[tuple[str, ...], ...]
"""A label's parts ("Writer/Director" has two), each with the keys it can stand for."""
_COLON = re.compile(r"[:：](?!//)")
_EAST = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")
_EDGE = re.compile(r"^[\W_]+|[\s:：|•·*–—=-]+$")
_OPTIONAL = re.compile(
    r"\s*\((?:s|es|a|as|in|innen|e|n|en|i|trice|rs)\)|(?<=\w)[/:*·](?:s|in|innen|a|as|rice|trice|ice)\b"
)
_PARENS = re.compile(r"\s*[(（][^()（）]*[)）]\s*$")
_GLUE = re.compile(r"\s*[/&+,、・·｜|]\s*")
_START = re.compile(r"(?:^|(?<=[.;|•·●,(（\[–—/\n。、；]))[\s(（\[–—•·]*")
_DASHED = re.compile(r"^(.{2,45}?)(?:\s*(?:[–—=→|｜]|\.{3,}|…)\s*|\s+-+\s+|\t+)(?=\S)")
MARK_TAGS = frozenset(("b", "strong", "span", "em", "i", "u", "label", "small", "font"))


@dataclass(frozen=True, slots=True)
class Label:
    """A label in a line: `start` to `end` is the label itself, its value begins at `value`.

    `form` says how it stands: line (nothing else in the line), colon, bold, dash, bare ("Directed by X"), loose
    ("Runtime 103 minutes").
    """

    start: int
    end: int
    value: int
    parts: Parts
    text: str
    form: str


@cache
def table() -> dict[str, Any]:
    """data/facts.toml."""
    return tomllib.loads(resources.files("aggregator.parse").joinpath("data/facts.toml").read_text("utf-8"))


@cache
def table_set(key: str) -> frozenset[str]:
    """One list of data/facts.toml."""
    return frozenset(table()[key])


def _languages(language: str | None) -> tuple[str, ...] | None:
    """The languages whose labels a page may use: its own and English; all when its own is not known."""
    own = (language or "").split("-")[0]
    return tuple(dict.fromkeys((own, "en"))) if own in codes() else None


@lru_cache(maxsize=4000)
def lookup(text: str, language: str | None) -> Parts | None:
    """The parts of a label as written, with or without colon; None when it is no label we know."""
    folded = fold_label(_EDGE.sub("", text))
    if not folded or len(folded) > LONGEST:
        return None
    plain = _OPTIONAL.sub("", folded)
    bare = _PARENS.sub("", plain)
    for form in dict.fromkeys((folded, plain, bare)):
        if parts := _glued(form, language) or _single(form, language):
            return parts
    return None


def _single(folded: str, language: str | None) -> Parts | None:
    languages = _languages(language)
    # the page's own language first: "Distribution" is the cast in French, the distributor in English
    for chosen in (languages[:1] if languages else None, languages):
        keys = label_roles(chosen).get(folded) or label_roles(chosen).get(f"{folded}.")
        if keys:
            return (keys,)
    return None


def _glued(folded: str, language: str | None) -> Parts | None:
    """The parts of "writer/director", "written and directed by", "監督・脚本": each must be a label by itself."""
    joined = alternation(w for w in words("words", "and", language or "en") | {"and", "&"} if w != "with")
    pieces = [piece for piece in re.split(rf"{_GLUE.pattern}|\s+{joined}\s+", folded) if piece]
    if len(pieces) < 2 or len(pieces) > 4:
        return None
    ending = pieces[-1].split()[-1] if " " in pieces[-1] else ""
    parts: list[tuple[str, ...]] = []
    for piece in pieces:
        found = _single(piece, language)
        if found is None and ending in table_set("by"):
            found = _single(f"{piece} {ending}", language)
        if found is None:
            return None
        if found[0] not in parts:
            parts.append(found[0])
    return tuple(parts)


def weak(label: str) -> bool:
    """Whether a label needs company: it also means other things."""
    folded = fold_label(label)
    return folded in table_set("weak") or (len(folded) <= 2 and not _EAST.search(folded))


def find(block: Block, language: str | None) -> list[Label]:
    """All labels in a line, in order, none inside another's label."""
    text = block.text
    if whole := _whole(text, language):
        return [whole]
    found = [*_colons(block, language), *_marked(block, language), *_bare(text, language)]
    if not any(label.start == 0 for label in found):
        found += _dashed(text, language)
    if not any(label.start == 0 for label in found):
        found += _loose(text, language)
    order = {"colon": 0, "bold": 1, "dash": 2, "bare": 3, "loose": 4}
    found.sort(key=lambda label: (label.start, order[label.form], -label.end))
    kept: list[Label] = []
    for label in found:
        if kept and label.form == "bare" and _in_note(text, kept[-1].value, label.start):
            continue
        if not kept or label.start >= kept[-1].value:
            kept.append(label)
    return kept


def _in_note(text: str, since: int, position: int) -> bool:
    """Whether a place lies in a bracket opened behind `since`: "Alex Garland (from the novel by X)" is one value."""
    before = text[since:position]
    return before.count("(") + before.count("（") > before.count(")") + before.count("）")


def _whole(text: str, language: str | None) -> Label | None:
    if len(text) > LONGEST + 2:
        return None
    parts = lookup(text, language)
    return Label(0, len(text), len(text), parts, text.strip(" :："), "line") if parts else None


def _colons(block: Block, language: str | None) -> Iterator[Label]:
    """Labels before a colon; in mid-line the longest that a separator or a capital letter sets off."""
    text, last = block.text, 0
    for match in _COLON.finditer(text):
        at = match.start()
        if at and text[at - 1].isdigit() and text[at + 1 : at + 2].isdigit():
            continue
        offset = max(last, at - LONGEST)
        head = text[offset:at]
        for start in _starts(head):
            sub = head[start:]
            parts = lookup(sub, language)
            if parts and _set_off(block, offset + start, sub, first=last == 0):
                begin = offset + start + len(sub) - len(sub.lstrip(" \t(（[•·–—*|/,.;、"))
                yield Label(begin, at, _after(text, match.end()), parts, sub.strip(), "colon")
                last = match.end()
                break


def _starts(head: str) -> list[int]:
    """Where a label before a colon may begin, longest first: at words, and between scripts without spaces."""
    starts = [0] + [m.end() for m in re.finditer(r"[\s(（\[|/;,.、。；・•]+", head)]
    starts += [i for i, (a, b) in enumerate(pairwise(head), start=1) if bool(_EAST.match(a)) != bool(_EAST.match(b))]
    return sorted({start for start in starts if start < len(head)})


def _set_off(block: Block, start: int, label: str, *, first: bool) -> bool:
    """Whether a label begins where one may: at the start, behind a separator, or with a capital behind a value.

    "Assistant Director: X" names no director, so words before the first label must be set off by markup.
    """
    before = block.text[:start].rstrip(" \t")
    if not before or before[-1] in ".;|•·●,(（[–—-/\n:：。、；）)】*】」』":
        return True
    if label.lstrip(" (（[")[:1].islower() or (first and weak(label)):
        return False
    return not first or before[-1].isdigit() or any(mark.end in (start, len(before)) for mark in block.marks)


def _after(text: str, position: int) -> int:
    while position < len(text) and text[position] in " \t\u3000":
        position += 1
    return position


def _marked(block: Block, language: str | None) -> Iterator[Label]:
    """Labels in bold or in an element of their own, without a colon."""
    text = block.text
    for mark in block.marks:
        if mark.tag not in MARK_TAGS or not 1 < mark.end - mark.start <= LONGEST:
            continue
        inside = text[mark.start : mark.end]
        parts = lookup(inside, language)
        rest = text[mark.end :].lstrip(" :：–—-=|")
        if parts and rest and not inside.rstrip().endswith((",", ".")):
            value = len(text) - len(rest)
            start = mark.start + len(inside) - len(inside.lstrip())
            yield Label(start, mark.end, value, parts, inside.strip(" :："), "bold")


@cache
def _bare_pattern(language: str | None) -> re.Pattern[str]:
    """Labels that need no colon, at the start of a line or behind a separator."""
    people = table_set("people") | {"runtime", "certificate", "release"}
    roles = label_roles(_languages(language))
    by = alternation(table_set("by"))
    known = {w for w, keys in roles.items() if people & set(keys)}
    ready = {w for w in known if " " in w and w.rsplit(" ", maxsplit=1)[-1] in table_set("by")}
    heads = alternation({w.rsplit(" ", maxsplit=1)[0] for w in ready})
    ready |= {w for w in known if w in table_set("bare")}
    nouns = {w for w in known if len(w) > 3 and w.rsplit(" ", maxsplit=1)[-1] not in table_set("by")}
    join = r"(?:\s*[,/&]\s*(?:and\s+)?|\s+(?:and|und|et|e|y|en|och)\s+)"
    return re.compile(
        rf"(?:{_START.pattern})(?P<label>(?:{heads}{join})+{heads}\s+{by}|{alternation(ready)}"
        rf"|{alternation(nouns)}\s+{by})(?!\w)(?:\s+|(?<=['’]))(?=\S)",
        re.IGNORECASE,
    )


def _bare(text: str, language: str | None) -> Iterator[Label]:
    if len(text) > 1500:
        return
    for match in _bare_pattern(language).finditer(text):
        label = match.group("label")
        parts = lookup(label, language) or lookup(label.rsplit(None, 1)[0], language)
        if parts:
            yield Label(match.start("label"), match.end("label"), match.end(), parts, label, "bare")


def _dashed(text: str, language: str | None) -> Iterator[Label]:
    match = _DASHED.match(text)
    if match and (parts := lookup(match.group(1), language)):
        yield Label(0, match.end(1), match.end(), parts, match.group(1).strip(), "dash")


def _loose(text: str, language: str | None) -> Iterator[Label]:
    """A label and its value with nothing between: only short lines, longest label first."""
    if len(text) > 160 or not text[:1].isupper():
        return
    ends = [m.start() for m in re.finditer(r"\s", text[: LONGEST + 1])][:5]
    for end in reversed(ends):
        if (parts := lookup(text[:end], language)) and text[end:].strip() and not weak(text[:end]):
            yield Label(0, end, _after(text, end), parts, text[:end], "loose")
            return
