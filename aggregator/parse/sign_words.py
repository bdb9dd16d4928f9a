"""The table of signs, and how often a text says the words of each kind (data/languages, [words])."""

import re
import tomllib
from collections import Counter
from collections.abc import Iterable
from functools import cache
from importlib import resources
from typing import Any

from aggregator.notation.languages import codes, pattern
from aggregator.notation.languages import words as words_of
from aggregator.parse.blocks import weight

Sign = tuple[str, str]
"""Name of a row of data/pagetype.toml, and the text it rests on."""


@cache
def points_table() -> dict[str, Any]:
    """data/pagetype.toml: what each sign is worth, and the words that belong to no language."""
    return tomllib.loads(resources.files("aggregator.parse").joinpath("data/pagetype.toml").read_text("utf-8"))


@cache
def kind_words(kind: str, language: str | None) -> re.Pattern[str]:
    """The words of one kind of page, whole words where the script parts words."""
    words = pattern("words", kind, {language or "en", "en"})
    return re.compile(rf"(?<![^\W\u3040-\ud7a3]){words}(?![^\W\u3040-\ud7a3]|['’]t\b)")


_TOKEN = re.compile(r"[^\W\u3040-\ud7a3]++(?!['’]t\b)")
"""A word as `kind_words` sees its borders."""


@cache
def _single_words(kind: str, language: str | None) -> tuple[frozenset[str], tuple[str, ...]]:
    """The words of one kind that are one word each, and the phrases and signs that are not."""
    every = words_of("words", kind, {language or "en", "en"})
    single = frozenset(word for word in every if _TOKEN.fullmatch(word))
    return single, tuple(every - single)


def _said(kind: str, language: str | None, text: str, tokens: Counter[str]) -> Counter[str]:
    """How often each word of a kind stands in a folded text; `tokens` are the words of the text."""
    single, others = _single_words(kind, language)
    if any(other in text for other in others):
        return Counter(kind_words(kind, language).findall(text))
    return Counter({word: tokens[word] for word in single & tokens.keys()})


class Counts:
    """How often a text says the words of each kind; `of` the number, `words` the different ones."""

    def __init__(self, text: str, language: str | None, kinds: Iterable[str]) -> None:
        self.known = language is None or language in codes()
        self.length = max(1.0, weight(text) / 6)
        tokens = Counter(_TOKEN.findall(text))
        found = {kind: _said(kind, language, text, tokens) for kind in kinds}
        self.of = {kind: said.total() for kind, said in found.items()}
        self.words = {kind: set(said) for kind, said in found.items()}

    def share(self, kind: str) -> float:
        """Words of a kind in 1000."""
        return self.of[kind] / self.length * 1000
