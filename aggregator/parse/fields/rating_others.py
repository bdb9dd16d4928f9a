"""Whose rating a text speaks of when it is not the critic's: readers', and other sites'."""

import re
from functools import cache

from aggregator.notation.languages import fold, pattern

_OTHER_SITE = re.compile(
    r"\b(?:imdb|rotten\s*tomatoes|metacritic|metascore|tomatometer|letterboxd|filmaffinity|douban|allocin|moviepilot|rt\b)",
    re.IGNORECASE,
)


@cache
def audience_words() -> re.Pattern[str]:
    """Words for readers and their votes, in folded text."""
    return re.compile(
        rf"\b(?:{pattern('labels', 'audience_rating')}|votes?|voters|users?|readers|leser|lectores|utenti)\b"
    )


def is_foreign(text: str) -> bool:
    """Whether a text speaks of readers' or another site's rating."""
    return bool(audience_words().search(fold(text)) or _OTHER_SITE.search(text))
