"""The mark with which a text begins or ends, said with hardly a word around it: "In short, a solid 7/10."."""

import re
from collections.abc import Iterator
from functools import cache

from aggregator.model import Rating, Unit
from aggregator.notation.languages import all_languages, alternation, fold, pattern, words
from aggregator.notation.ratings import parse_rating
from aggregator.parse.blocks import weight
from aggregator.parse.reading import Reading

_FRACTION = re.compile(r"[.,;:!?…–—-]\s*(\d{1,2}(?:[.,]\d)?\s?/\s?(?:4|5|6|10|100))\s*[.!]?\s*$")
_SENTENCES = 60
"""Letters above which a line is running text, and no entry of a list."""
_LONGEST = 90
_WORD = re.compile(r"(?:^|(?<=[\s(]))[^\W_]")
_BARE = re.compile(r"[\w'’]+")
_SCALES = frozenset((4.0, 5.0, 6.0, 10.0, 20.0, 100.0))
_DIGIT = re.compile(r"\d")


def closing(reading: Reading, text: str) -> Iterator[tuple[int, int, Rating]]:
    """The mark that ends one of the last lines: "one of the greatest, 10/10.", "A solid 7/10."."""
    said = _FRACTION.search(text) if weight(text) > _SENTENCES else None
    if said and (rating := parse_rating(said[1], reading.hint_for("rating"))) and rating.value is not None:
        yield said.start(1), said.end(1), rating
    elif len(text) <= _LONGEST and (found := _ending(reading, text)):
        yield found


_CLAUSE = re.compile(r"[.,;:!?)\]](?=\s|$)|\s[–—-]\s")
_BRACKETED = re.compile(r"(?:\((?P<round>[^()]{3,12})\)|\[(?P<square>[^\[\]]{3,12})\])\s")
_RATIO = re.compile(r"(?<![\d.,/])\d{1,2}(?:[.,]\d)?\s?/\s?\d{1,3}(?![\d/])")


def opening(reading: Reading, text: str) -> tuple[int, int, Rating] | None:
    """The mark that opens a text, behind words that sum up or in brackets: "TL;DR: 9/10. Nice film", "(8/10) A joy"."""
    if not _DIGIT.search(text, 0, _LONGEST):
        return None
    if bracketed := _BRACKETED.match(text):
        group = bracketed.lastgroup or ""
        start, end = bracketed.span(group)
    elif lead := _summing().match(text):
        start = lead.end()
        clause = _CLAUSE.search(text, start)
        end = clause.start() if clause else len(text)
    else:
        return None
    rating = parse_rating(text[start:end], reading.hint_for("rating")) if end - start < _SHORT else None
    if rating is None or rating.value is None or rating.best not in _SCALES or rating.unit is Unit.PERCENT:
        return None
    if any(ratio not in text[start:end] for ratio in _RATIO.findall(text)) or (bracketed and _SERIES.search(text)):
        return None
    return start, end, rating


_SHORT = 30
_SERIES = re.compile(r"^.{0,120}\b(?:posts?|parts?|series|teil|parte|partie|episodes?)\b", re.IGNORECASE)
"""What a number in brackets at the start of a text counts, when it is no mark."""


@cache
def _summing() -> re.Pattern[str]:
    own = alternation(words("words", "verdict"))
    return re.compile(rf"\W{{0,3}}{own}(?:\s[^\W\d_]+)?\s*(?:[:：,=]|[–—-]\s)\s*", re.IGNORECASE)


def described(reading: Reading, text: str) -> Rating | None:
    """The mark in a description of the page, of those whose text shows none: "… a campy ending. **6 / 10**."."""
    plain = text.replace("*", "").strip()
    said = _END_OF_SENTENCE.search(plain)
    if said and len(_RATIO.findall(plain)) == 1:
        return parse_rating(said[1], reading.hint_for("rating"))
    found = opening(reading, plain)
    return found[2] if found else None


_END_OF_SENTENCE = re.compile(r"(?:[.!?…][”\"'»]?|\s[–—-])\s+(\d{1,2}(?:[.,]\d)?\s?/\s?(?:4|5|6|10|100))\s*[.!]?$")


def things(reading: Reading, text: str) -> tuple[int, int, Rating] | None:
    """The things of the house that one of the last lines counts: "Late Row rating: 4 tickets out of 5. Seen with…"."""
    found = _THINGS.match(text)
    if found is None or not _labels().fullmatch(fold(found["label"])):
        return None
    unit = fold(found["unit"])
    if unit in words("ratings", "counted") or not _is_own(reading, found["label"]):
        return None
    rating = parse_rating(found["mark"], reading.hint_for("rating"))
    return (*found.span("mark"), rating) if rating is not None and rating.value is not None else None


_THINGS = re.compile(
    r"\W{0,3}(?P<label>(?:[\w'’]+\s){0,3}[\w'’]+)\s*[:=–—-]\s*"
    r"(?P<mark>\d{1,2}(?:[.,½]\d?)?(?P<unit>\s[^\W\d_]{3,})\s[a-z]{2,4}\s(?:[a-z]{2,4}\s)?(?:4|5|6|10))[.!](?=\s|$)"
)


@cache
def _labels() -> re.Pattern[str]:
    return re.compile(rf"(?:[\w'’]+\s){{0,3}}?{alternation(words('labels', 'rating'))}")


def _is_own(reading: Reading, label: str) -> bool:
    """Whether a label of marks is the site's: a bare one, or one that begins with a word of the site's name."""
    folded = fold(label)
    own = {word for name in reading.regions.site_names for word in name.split()}
    return folded in words("labels", "rating") or folded.split()[0] in own


def _ending(reading: Reading, text: str) -> tuple[int, int, Rating] | None:
    """The longest end of a line that is a mark on a scale, if what stands before it says nothing else."""
    for start in (match.start() for match in _WORD.finditer(text)):
        rating = parse_rating(text[start:], reading.hint_for("rating"))
        if rating is None or rating.value is None or rating.best not in _SCALES or rating.unit is Unit.PERCENT:
            continue
        lead = text[:start].strip(" (")
        fits = lead and not _DIGIT.search(lead) and _leads_up(lead, thing=rating.unit is Unit.OTHER)
        return (start, len(text), rating) if fits else None
    return None


def _leads_up(lead: str, *, thing: bool) -> bool:
    """Whether words before a mark give it, are small ones ("So this is an") or praise ("A solid").

    Things of the house (`thing`) may be counted in any other sentence.
    """
    folded = fold(lead)
    if _given().match(folded):
        return True
    return not thing and (_SOLID.fullmatch(folded) is not None or _is_small(folded))


def _is_small(folded: str) -> bool:
    return all(word in _small() for word in _BARE.findall(folded))


_SOLID = re.compile(r"(?:an?|eine?|un|une|una|um|uma|een|en|ett)(?:\s[^\W\d_]+){1,2}")


@cache
def _given() -> re.Pattern[str]:
    verdict, give = pattern("words", "verdict"), alternation(words("ratings", "give") - {"gets", "earns", "scores"})
    return re.compile(rf"\W*(?:{verdict}\b[:,–—-]|{give}(?:\s+[^\W\d_]+)?$)")


@cache
def _small() -> frozenset[str]:
    return frozenset().union(*(language.stopwords for language in all_languages()))
