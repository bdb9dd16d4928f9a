"""Letter grades from A+ to F ("B-plus", "C +"); a scale with other letters is a new pattern here."""

import re
from dataclasses import dataclass
from functools import cache

from aggregator.model.review import Rating, Unit
from aggregator.notation import languages
from aggregator.notation.ratings.tables import clean, data


@dataclass(frozen=True, slots=True)
class Letter:
    """A grade as tables have it ("B+"), where it ends, and whether it has a sign."""

    grade: str
    end: int
    signed: bool


@cache
def _pattern() -> re.Pattern[str]:
    plus = languages.alternation(data()["letters"]["plus"])
    minus = languages.alternation(data()["letters"]["minus"])
    return re.compile(
        # "B - Good" may be a B or a B-: a sign apart counts only where nothing follows it
        r"(?P<letter>[A-DF])(?:"
        r"(?:(?P<sign>[-+–])|[ ](?P<apart>[-+–])(?=\s*[)\].]?\s*$))(?![\w+=–-])"
        rf"|[ -](?:(?P<plus>(?i:{plus}))|(?P<minus>(?i:{minus})))(?!\w)"
        r"|(?!\w|\s*[-+=/&'–])|(?=\s*$))"
    )


def read_letter(text: str, at: int) -> Letter | None:
    """The grade that starts at this place of a clean text."""
    match = _pattern().match(text, at)
    if match is None:
        return None
    sign = match["sign"] or match["apart"] or ("+" if match["plus"] else "-" if match["minus"] else "")
    return Letter(match["letter"] + sign.replace("–", "-"), match.end(), bool(sign))


def letter_of(rating: Rating) -> str | None:
    """The grade of a letter rating as tables have it ("A-" for "A minus"); None for every other rating."""
    if rating.unit is not Unit.LETTER:
        return None
    text = clean(rating.raw).strip().replace("_", "-")
    found = read_letter(text[:1].upper() + text[1:], 0)
    return found.grade if found and found.end == len(text) else None
