"""The words by which a text is known, at one look, to hold no phrase of a table; the tables are the languages'."""

import re
from collections.abc import Iterable

WORD = re.compile(r"[^\W\d_]+")
"""A run of letters."""
UNSPACED = re.compile("[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")
"""A sign of a script that sets no spaces: what its texts hold is not told by whole words."""


def cues_of(phrases: Iterable[str]) -> frozenset[str]:
    """The longest word of each folded phrase: a text whose words have none of them holds no phrase.

    ValueError for a phrase without a letter, which no word can tell.
    """
    return frozenset(max(WORD.findall(phrase), key=len) for phrase in phrases)
