"""The signs of `data/ratings.toml`, and how words become regexes; add signs there, words in `words.py`."""

import re
import tomllib
from collections.abc import Collection, Iterable, Mapping
from functools import cache
from importlib.resources import files
from types import MappingProxyType
from typing import Any

from aggregator.notation import languages

# one character for one, so that places in the clean text are places in the raw text
_CLEAN: dict[int, int | str] = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)}
_CLEAN |= dict.fromkeys(map(ord, "\xa0\u2002\u2003\u2009\u200a\u202f\u3000"), " ")
_CLEAN |= {ord("⁄"): "/", ord("∕"): "/", ord("−"): "-", ord("‐"): "-", ord("‑"): "-", ord("，"): ","}
_CLEAN |= dict.fromkeys(map(ord, "‘’‚ʼ´`"), "'") | dict.fromkeys(map(ord, "“”„«»"), '"')


def clean(text: str) -> str:
    """The text with full-width, spaced and curly signs made plain, every sign still at its place."""
    return text.replace("`", "'") if text.isascii() else text.translate(_CLEAN)


@cache
def data() -> Mapping[str, Any]:
    """The parsed `data/ratings.toml`."""
    raw = files("aggregator.notation").joinpath("data/ratings.toml").read_text(encoding="utf-8")
    return MappingProxyType(tomllib.loads(raw))


def cased(word: str) -> bool:
    """Whether the word is of a script that sets its words apart (Latin, Cyrillic), so that its ends count."""
    return word[-1:].lower() != word[-1:].upper()


def bounded(texts: Iterable[str]) -> str:
    """A regex alternation of words; those of scripts with spaces match as whole words only."""
    known = {languages.fold(t) for t in texts if any(c.isalpha() or c == "〇" for c in t)}
    apart = languages.alternation(w for w in known if cased(w))
    joined = languages.alternation(w for w in known if not cased(w))
    return rf"(?:(?<![^\W\d_]){apart}(?![^\W\d_])|{joined})"


_LETTERS = re.compile(r"[^\W\d_]+")
_EAST = re.compile("[\u0590-\u1fff\u2e80-\ud7ff\uf900-\ufaff]")


class Cues:
    """The words of one or more alternations, to tell at a glance that a text holds none of them."""

    def __init__(self, texts: Iterable[str]) -> None:
        known = {languages.fold(text) for text in texts}
        first = {word: match[0] if (match := _LETTERS.match(word)) else "" for word in known if cased(word)}
        self._heads = frozenset(head for head in first.values() if head)
        # a word that ends in a sign, or begins with one, is looked for as it stands, in parts where it has several
        bare = {word.split()[0] for word in known if not first.get(word) and not _EAST.search(word)}
        self._bare = re.compile("|".join(map(re.escape, sorted(bare))) or "(?!)")

    def in_text(self, lower: str, tokens: Collection[str]) -> bool:
        """Whether a text in lower case, whose words are `tokens`, may hold one; True for the scripts of the East."""
        if not self._heads.isdisjoint(tokens) or self._bare.search(lower):
            return True
        return not lower.isascii() and _EAST.search(lower) is not None

    def at_start(self, lower: str) -> bool:
        """Whether a text in lower case may begin with one, or with a sign, a digit or a single letter."""
        first = _LETTERS.match(lower)
        return first is None or len(first[0]) == 1 or self.in_text(lower, (first[0],))


def tokens_of(lower: str) -> frozenset[str]:
    """The words of a text in lower case, as the borders of `bounded` part them."""
    return frozenset(_LETTERS.findall(lower))


@cache
def compiled(pattern: str) -> re.Pattern[str]:
    """A pattern as ratings are read: upper and lower case are one."""
    return re.compile(pattern, re.IGNORECASE)
