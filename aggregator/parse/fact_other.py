"""Lines that tell facts of another film than the page's: "Next: X, 166 minutes", "Y (2015), directed by Z"."""

import re
from functools import lru_cache

from aggregator.notation.languages import alternation, fold
from aggregator.notation.titles import fold_title
from aggregator.parse.fact_labels import table_set

_TITLED = re.compile(
    r"^\W{0,3}(?P<title>[^\W\d_a-zß-ÿ][^()（）]{0,60}?)[”\"’»』]?\s*[(（](?:[^()（）]{0,60},\s*)?(?P<year>(?:18[89]|19\d|20\d)\d)\b"
)


# labels of what is no film: a podcast, a book, a game, a record, a play
_OTHER_WORK = re.compile(
    r"\b(?:hosts?|hosted by|episode(?: length| title)?|podcast|isbn(?:-1[03])?|publisher|paperback|platforms?|developer"
    r"|track ?list|record label|running order|tickets?|verlag|seiten|éditeur|éditions|casa editrice)\s*[:：]",
    re.IGNORECASE,
)


POINTS = re.compile('[:：–—“”"‘«『(（-]')
"""Signs of which a line that speaks of another film has one."""


@lru_cache(maxsize=1)
def _pointing() -> re.Pattern[str]:
    return re.compile(rf"^\W*{alternation(table_set('elsewhere'))}\s*(?:[:：]|[–—-]\s|[“\"‘«『]|(?=\S+\s*[(（]\d))")


def speaks_of_another(text: str, own: str | None, year: int | None) -> bool:
    """Whether a line is about another film, by its first words; `own` and `year` are what the headline says."""
    if len(text) < 8:
        return False
    head = text[:90]
    if _pointing().match(fold(head)):
        return True
    if (":" in text or "：" in text) and _OTHER_WORK.search(text, 0, 600):
        return True
    if own is None or year is None or ("(" not in head and "（" not in head):
        return False
    match = _TITLED.match(head)
    if match is None or abs(int(match["year"]) - year) < 2:
        return False
    said, mine = fold_title(match["title"]), fold_title(own)
    return bool(said) and said not in mine and mine not in said
