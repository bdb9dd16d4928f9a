"""Headlines that say that films were seen and nothing else: "Films I saw in May", "Recently watched", "Movies"."""

import re
from functools import cache

from aggregator.notation.languages import chosen, fold, number_words, words
from aggregator.parse.fields.title_words import is_day
from aggregator.parse.sign_words import kind_words

_WORD = re.compile(r"[^\W_]+")
_KINDS = ("roundup", "review", "films", "film", "watched")


def is_of_several(text: str, language: str | None) -> bool:
    """Whether a headline is made of words for films, for seeing or reviewing them, and of times and small words."""
    folded = fold(text)
    if not any(kind_words(kind, language).search(folded) for kind in ("films", "watched", "roundup", "review")):
        return False
    used = frozenset((language or "en", "en"))
    return all(word.isdigit() or word in _plain(used) or is_day(word) for word in _WORD.findall(folded))


def tells_of_seen(text: str, language: str | None) -> bool:
    """Whether a headline names no film, but speaks of several that were seen: "Films I saw in May"."""
    folded = fold(text)
    seen = all(kind_words(kind, language).search(folded) for kind in ("films", "watched"))
    return seen and is_of_several(text, language)


@cache
def _plain(used: frozenset[str]) -> frozenset[str]:
    phrases = {phrase for kind in _KINDS for phrase in words("words", kind, used)}
    tables = [table for code in used for table in chosen(code)]
    said = {word for phrase in phrases if not _FESTIVAL.search(phrase) for word in _WORD.findall(phrase)}
    small = {word for table in tables for word in table.stopwords}
    return frozenset(said | small | set(number_words(used)))


_FESTIVAL = re.compile("fest|fesz|фест")
"""A festival has more than films."""
