"""The labels a page may use ("Directed by", "Laufzeit"): what each can stand for; words are in the language tables."""

import re
import tomllib
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib import resources
from typing import Any

from aggregator.notation.cues import UNSPACED, cues_of
from aggregator.notation.languages import alternation, base, codes, fold_label, label_roles, words

WORK_OF = frozenset(("fr", "es", "pt", "it"))
"""Languages whose texts name the director behind the noun for a film: "un film de X"."""
LONGEST = 45
"""Characters a label may have."""
Parts = tuple[tuple[str, ...], ...]
"""A label's parts ("Writer/Director" has two), each with the keys it can stand for."""
EAST = UNSPACED
_EDGE = re.compile(r"^[\W_]+|[\s:：|•·*–—=-]+$")
_FIRST = re.compile(r"[\W_]*([^\s/&+,、・·:：()（）]+)")
_OPTIONAL = re.compile(
    r"\s*\((?:s|es|a|as|in|innen|e|n|en|i|trice|rs)\)|(?<=\w)[/:*·](?:s|in|innen|a|as|rice|trice|ice)\b"
)
_PARENS = re.compile(r"\s*[(（][^()（）]*[)）]\s*$")
_GLUE = r"\s*[/&+,、・·｜|]\s*"


@cache
def table() -> dict[str, Any]:
    """data/facts.toml."""
    return tomllib.loads(resources.files("aggregator.parse").joinpath("data/facts.toml").read_text("utf-8"))


@cache
def table_set(key: str) -> frozenset[str]:
    """One list of data/facts.toml."""
    return frozenset(table()[key])


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """The labels of one page's language and of English, ready for look-up."""

    roles: dict[str, tuple[str, ...]]
    bare: frozenset[str]
    """Labels that are read without a colon."""
    firsts: frozenset[str]
    """First words of labels, by which most texts are known to be none."""
    glue: re.Pattern[str]
    cues: frozenset[str]
    """Words of which a line with a label has one."""
    bare_cues: frozenset[str]
    """Words of which a line with a label that needs no colon has one."""
    bare_firsts: frozenset[str]
    """What such labels begin with, up to a space."""


@cache
def vocabulary(language: str | None) -> Vocabulary:
    """The labels a page in this language may use: its own and English; those of all when its own is not known."""
    own = base(language or "")
    languages = dict.fromkeys((own, "en")) if own in codes() else dict.fromkeys(codes())
    roles: dict[str, tuple[str, ...]] = {}
    if own in codes():
        # the page's own language first: "Distribution" is the cast in French, the distributor in English
        for code in languages:
            for label, keys in label_roles(code).items():
                roles.setdefault(label, keys)
    else:
        roles = dict(label_roles(None))
    joined = alternation(w for w in words("words", "and", languages) | {"and", "&"} if w != "with")
    bare = _bare_labels(roles)
    people = {label for label, keys in roles.items() if table_set("people") & set(keys)}
    ready = {label for label in roles if " " in label and label.rsplit(" ", maxsplit=1)[-1] in table_set("by")}
    return Vocabulary(
        roles=roles,
        bare=bare,
        firsts=frozenset(first for label in roles if (first := _first(label))),
        glue=re.compile(rf"{_GLUE}|\s+{joined}\s+"),
        cues=cues_of({*roles, *(table_set("work_nouns") if own in WORK_OF else ())}),
        bare_cues=cues_of(bare | people | ready),
        bare_firsts=frozenset(label.split(" ", 1)[0] for label in bare),
    )


def _bare_labels(roles: dict[str, tuple[str, ...]]) -> frozenset[str]:
    """Labels read without a colon: "directed by", "starring", and nouns with a preposition ("regia di")."""
    keys = table_set("people") | {"runtime", "certificate", "release"}
    known = {label for label, own in roles.items() if keys & set(own)}
    by = table_set("by")
    ready = {label for label in known if " " in label and label.rsplit(" ", maxsplit=1)[-1] in by}
    nouns = {label for label in known if len(label) > 3 and label.rsplit(" ", maxsplit=1)[-1] not in by}
    return frozenset(ready | (known & table_set("bare")) | {f"{noun} {word}" for noun in nouns for word in by})


def _first(text: str) -> str:
    match = _FIRST.match(text)
    return _straight(match.group(1)) if match else ""


def _straight(word: str) -> str:
    return word.lower().replace("’", "'").replace("‘", "'").strip(".")


def may_begin(text: str, language: str | None, at: int = 0) -> bool:
    """Whether a text (from `at` on) begins with a word that some label begins with: a quick look before the look-up."""
    match = _FIRST.match(text, at)
    return match is not None and _opens(match.group(1), language)


@lru_cache(maxsize=8000)
def _opens(word: str, language: str | None) -> bool:
    first = _straight(word)
    return first in vocabulary(language).firsts or EAST.search(first) is not None or "ß" in first


@lru_cache(maxsize=8000)
def lookup(text: str, language: str | None) -> Parts | None:
    """The parts of a label as written, with or without colon; None when it is no label we know."""
    if len(text) > LONGEST + 10 or not may_begin(text, language):
        return None
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
    roles = vocabulary(language).roles
    keys = roles.get(folded) or roles.get(f"{folded}.")
    return (keys,) if keys else None


def _glued(folded: str, language: str | None) -> Parts | None:
    """The parts of "writer/director", "written and directed by", "監督・脚本": each must be a label by itself."""
    pieces = [piece for piece in vocabulary(language).glue.split(folded) if piece]
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


@lru_cache(maxsize=2000)
def weak(label: str) -> bool:
    """Whether a label needs company: it also means other things."""
    folded = fold_label(label)
    return folded in table_set("weak") or (len(folded) <= 2 and not EAST.search(folded))
