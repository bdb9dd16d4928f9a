"""What shows that names on a page of several are films': how its texts speak of them, and what its headline says."""

import re
from functools import cache

from aggregator.notation.headline import table
from aggregator.notation.languages import alternation, chosen, fold, words
from aggregator.parse.blocks import Block
from aggregator.parse.fields.title_said import SENTENCE, as_film
from aggregator.parse.fields.title_several import is_of_several
from aggregator.parse.fields.title_words import is_day, mentions
from aggregator.parse.reading import Reading

_YEAR = re.compile(r"[(\[]?(?:18|19|20)\d\d(?!\d)")
_LEAD, _REST = 90, 60
"""Letters before and behind a name in which a sentence says that it is a film's."""


def headed_by_films(reading: Reading) -> bool:
    """Whether a headline says that the page is of films somebody saw or reviews, and nothing else."""
    headlines = [reading.regions.headline, *(line for line in reading.main if line.tag == "h1")]
    return any(is_of_several(line.text, reading.language) for line in headlines if line is not None)


def told_as_film(name: str, lines: list[Block], language: str | None) -> bool:
    """Whether lines speak of a name as of a film, or open with its year."""
    return bool(lines and _YEAR.match(lines[0].text)) or any(
        is_told(line.text, *span, language) for line in lines for span in mentions(name, line.text)
    )


def is_told(text: str, start: int, end: int, language: str | None, *, apart: bool = False) -> bool:
    """Whether a text speaks of the name at a place as of the film it tells of: "I saw X", "X (2010)", "The second film
    was X", "X is a quiet film"; not beside another, of what is X's, or on a day. Markup sets
    the name `apart` from what follows.
    """
    lead = fold(text[max(0, start - _LEAD) : start])
    if is_day(text[start:end]) or text.startswith(("'s", "’s"), end) or _beside(language).search(lead):
        return False
    if as_film(text, [(start, end)], language, surely=True) or (
        apart and as_film(text[:end], [(start, end)], language, surely=True)
    ):
        return True
    named, goes_on = _named(language)
    opens = SENTENCE.search(text[max(0, start - 4) : start]) is not None
    return named.search(lead) is not None or (opens and goes_on.match(fold(text[end : end + _REST])) is not None)


@cache
def _beside(language: str | None) -> re.Pattern[str]:
    """What leads to a name that is not the one told of: "like X", "as good as X", "from the maker of X"."""
    used = {language or "en", "en"}
    small = {word for code in used for one in chosen(code) for word in one.stopwords} - table("copula")
    seen = words("words", "watched", used)
    return re.compile(rf"(?<!\w){alternation(table('compared') | table('whose') | (small - seen))}\W*$")


@cache
def _named(language: str | None) -> tuple[re.Pattern[str], re.Pattern[str]]:
    """What leads to a film's name, "the second film of the month was", and what a sentence that begins with one says of
    it: "is a warm and quiet film".
    """
    used = {language or "en", "en"}
    film = alternation(words("words", "film", used) | words("words", "film_kind", used))
    small = alternation({word for code in used for one in chosen(code) for word in one.stopwords})
    copula = alternation(table("copula"))
    return (
        re.compile(rf"(?:^|[.!?:;]\s+)(?:[\w'’-]+\s){{1,2}}{film}(?:\s{small}(?:\s\w+){{1,2}})?\s{copula}\W*$"),
        re.compile(
            rf"\s*{copula}\s\w+\s(?:(?!{small}\W)[\w'’-]+,?\s(?:and\s)?){{0,3}}{film}(?!\w)(?!\s(?!{small}\W)\w)"
        ),
    )
