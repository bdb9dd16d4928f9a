"""Whose rating a text speaks of when it is not the critic's: readers', and other sites'."""

import re
from functools import cache

from aggregator.notation.cues import cues_of
from aggregator.notation.languages import alternation, fold, words
from aggregator.parse.blocks import Block
from aggregator.parse.hints import hints_of

_OTHER_SITE = re.compile(
    r"\b(?:imdb|rotten\s*tomatoes|metacritic|metascore|tomatometer|letterboxd|filmaffinity|douban|allocin|moviepilot|rt\b)",
    re.IGNORECASE,
)


_VOTERS = frozenset("vote votes voters user users readers leser lectores utenti".split())


@cache
def _phrases() -> frozenset[str]:
    return words("labels", "audience_rating") | _VOTERS


@cache
def audience_cues() -> frozenset[str]:
    """Words of which a line that speaks of readers' ratings has one."""
    return cues_of(_phrases())


@cache
def audience_words() -> re.Pattern[str]:
    """Words for readers and their votes, in folded text."""
    return re.compile(rf"\b{alternation(_phrases())}\b")


def is_foreign(text: str) -> bool:
    """Whether a text speaks of readers' or another site's rating."""
    return bool(audience_words().search(fold(text)) or _OTHER_SITE.search(text))


def of_readers(block: Block) -> bool:
    """Whether the markup of a piece of a line says that readers gave it."""
    return any("audience" in hints_of(mark.tag, mark.node.get("class") or "") for mark in block.marks)
