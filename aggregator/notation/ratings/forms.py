"""The forms a rating is written in, each a function that reads one at a place; add a form to FORMS."""

import re
from collections.abc import Callable
from dataclasses import replace
from functools import cache

from aggregator.model.review import Unit
from aggregator.notation import languages
from aggregator.notation.ratings.amounts import Reading, amount, pattern_of
from aggregator.notation.ratings.letters import read_letter
from aggregator.notation.ratings.numbers import Number, read_number
from aggregator.notation.ratings.tables import bounded, compiled, data
from aggregator.notation.ratings.words import Words

Form = Callable[[str, int, Words], Reading | None]


def ratio(text: str, at: int, words: Words) -> Reading | None:
    """An amount out of another: "7/10", "3 stars (out of 5)", "vier von fünf Sternen", "*** out of ****"."""
    left = amount(text, at, words)
    sep = _separator(words).match(text, left.end) if left else None
    if left is None or sep is None:
        return None
    right = amount(text, sep.end(), words)
    if right is None or right.value is None or right.best is not None:
        return None
    if _counts().match(text, right.end):
        return None
    end = right.end
    if sep["open"]:
        if not (close := _CLOSE.match(text, end)):
            return None
        end = close.end()
    twice = sep["slash"] and left.unit and right.unit and text[at].isalnum() and text[sep.end()].isalnum()
    if twice and not (right.unit is Unit.POINTS and right.value in _FULL):
        return None  # "4 stars / 3 stars" are two ratings
    known = "worded" if not sep["slash"] or left.unit or right.unit else "slash"
    if right.value not in data()["scales"][known] or left.best not in (None, right.value):
        return None
    sure = not (known == "slash" and right.value in data()["scales"]["doubtful"] and left.whole and right.whole)
    unit = left.unit or right.unit or Unit.POINTS
    if right.unit is Unit.STARS:
        unit = Unit.STARS
    return scaled(Reading(at, end, left.value, unit, right.value, sure=sure, whole=left.whole))


_FULL = (5.0, 10.0, 100.0)
_CLOSE = re.compile(r"\s*\)")


def scaled(reading: Reading) -> Reading | None:
    """The reading with a value outside its scale taken away; None when it is so far outside that it is no rating."""
    if reading.value is None or reading.best is None:
        return reading
    if reading.value > 2 * reading.best:
        return None
    low = reading.worst or 0.0
    return reading if low <= reading.value <= reading.best else replace(reading, value=None)


def out_of_reviews(text: str, at: int, words: Words) -> Reading | None:
    """A number out of so many reviews or votes: the count is no scale."""
    number = read_number(text, at, words)
    sep = _separator(words).match(text, number.end) if number else None
    if number is None or sep is None or sep["slash"] or sep["open"]:
        return None
    count = _counts(r"[0-9]+").match(text, sep.end())
    if count is None or compiled(rf".*{bounded(data()['tails']['people'])}").fullmatch(count[0]):
        return None  # "3 out of 4 critics" liked it
    return Reading(at, count.end(), number.value, Unit.POINTS, sure=False)


def full_marks(text: str, at: int, words: Words) -> Reading | None:
    """The scale before the value: "10점 만점에 8점", "5点満点中4点", "满分10分，8.5分"."""
    first = pattern_of(words, "full_marks_first", "", r"\s*:?\s*").match(text, at)
    scale = amount(text, first.end() if first else at, words)
    if scale is None:
        return None
    link = (_PAUSE if first else pattern_of(words, "full_marks", r"\s*", r"\s*")).match(
        text, _past_counter(text, scale.end, words)
    )
    given = amount(text, link.end(), words) if link else None
    if given is None or link is None:
        return None
    end = _past_counter(text, given.end, words)
    unit = Unit.STARS if Unit.STARS in (scale.unit, given.unit) else Unit.POINTS
    if link[0].strip() in words.either_way and (given.value or 0) > (scale.value or 0):
        scale, given = given, scale  # "8分满分10分" and "10分满分8分" are both said
    if scale.value not in data()["scales"]["worded"]:
        return None
    return scaled(Reading(at, end, given.value, unit, scale.value))


def _past_counter(text: str, at: int, words: Words) -> int:
    counter = pattern_of(words, "counter").match(text, at)
    return counter.end() if counter else at


_PAUSE = re.compile(r"\s*[,、;:]?\s*")


def on_a_scale(text: str, at: int, words: Words) -> Reading | None:
    """The scale spelt out, before or behind: "7 on a scale of 1 to 10", "on a scale of 1 to 10: 7"."""
    if ends := _range(text, at, words):
        colon = _PAUSE.match(text, ends.end)
        given = amount(text, colon.end() if colon else ends.end, words)
        end = given.end if given else 0
    else:
        given = amount(text, at, words)
        ends = _range(text, given.end, words) if given else None
        end = ends.end if ends else 0
    if given is None or ends is None:
        return None
    return scaled(replace(ends, start=at, end=end, value=given.value, unit=given.unit or Unit.POINTS))


def _range(text: str, at: int, words: Words) -> Reading | None:
    start = pattern_of(words, "scale", r"\s*[(,]?\s*", r"\s+").match(text, at)
    return _ends(text, start.end(), words) if start else None


def _ends(text: str, at: int, words: Words) -> Reading | None:
    """Two ends of a scale: "1 to 10", "0-5"."""
    low = read_number(text, at, words)
    to = _to(words).match(text, low.end) if low else None
    high = read_number(text, to.end(), words) if to else None
    if low is None or high is None or not 0 <= low.value < high.value <= 100:
        return None
    return Reading(at, high.end, None, None, high.value, low.value)


def bracketed_scale(inner: str, words: Words) -> Reading | None:
    """The scale that stands in brackets beside a rating or its label: "(out of 5)", "(0-5)", "(1 to 10)"."""
    ends = _ends(inner, 0, words) or _full(inner, words)
    if ends is None and (sep := _separator(words).match(" " + inner)):
        high = amount(inner, sep.end() - 1, words)
        if high and high.value in data()["scales"]["worded"]:
            ends = Reading(0, high.end, None, None, high.value)
    return ends if ends and ends.end == len(inner) and ends.best in data()["scales"]["worded"] else None


def _full(inner: str, words: Words) -> Reading | None:
    """Full marks named behind the value: "(5点満点)"."""
    scale = amount(inner, 0, words)
    word = pattern_of(words, "full_marks", r"\s*").match(inner, scale.end) if scale else None
    return Reading(0, word.end(), None, None, scale.value) if scale and word else None


def percent(text: str, at: int, words: Words) -> Reading | None:
    """A share of a hundred: "87 %"; the sign names the scale, so `best` stays unstated."""
    number = read_number(text, at, words)
    sign = _percent().match(text, number.end) if number else None
    if number is None or sign is None:
        return None
    return Reading(at, sign.end(), number.value if number.value <= 100 else None, Unit.PERCENT)


def letter(text: str, at: int, words: Words) -> Reading | None:  # noqa: ARG001  (every form takes the words)
    """A grade: "B+", "A minus"; without a sign only where a rating is known to stand."""
    match = read_letter(text, at)
    return Reading(at, match.end, None, Unit.LETTER, sure=match.signed, sign=True) if match else None


def thumbs(text: str, at: int, words: Words) -> Reading | None:
    """Thumbs in words or pictures; a lone picture may be a button."""
    if match := _thumbs(words).match(text, at):
        return Reading(at, match.end(), None, Unit.THUMB, sign=True)
    pictures = _pictures().match(text, at)
    return Reading(at, pictures.end(), None, Unit.THUMB, sure=False, sign=True) if pictures else None


def verdict(text: str, at: int, words: Words) -> Reading | None:
    """A word that is itself the rating ("Recommended"); it may as well head a list of links."""
    match = pattern_of(words, "verdicts").match(text, at)
    return Reading(at, match.end(), None, Unit.WORD, sure=False, sign=True) if match else None


def with_unit(text: str, at: int, words: Words) -> Reading | None:
    """An amount whose unit is written, as many as a scale may have: "1080p" and "120 stars" are none."""
    found = amount(text, at, words)
    most = data()["scales"]["most"].get(found.unit, 0) if found and found.unit else 0
    return found if found and found.unit and (found.value or 0) <= most else None


def bare(text: str, at: int, words: Words) -> Reading | None:
    """A mere number up to a hundred, perhaps called an average."""
    number = read_number(text, at, words)
    if number is None or number.value > 100 or text[at].isalpha():
        return None
    average = _average().match(text, number.end)
    end = average.end() if average else number.end
    return Reading(at, end, number.value, Unit.POINTS, sure=False, whole=number.whole)


def house_unit(text: str, at: int, words: Words) -> Reading | None:
    """A number of things a site counts instead of stars: "6,5 Kürbisse", "3 slices of cake", "4 out of 5 ghosts"."""
    number = read_number(text, at, words) if text[at : at + 1].isdigit() else None
    if number is None or number.value > 10:
        return None
    share = _share(text, number.end, words)
    start = share.end if share else number.end
    end = _nouns(text, start, words)
    if end == start:
        return None
    if not share and _separator(words).match(text, end):
        share = _share(text, end, words)
        if share is None:
            return None
        end = share.end
    best = share.value if share else None
    if best not in (None, *data()["scales"]["worded"]):
        return None
    return scaled(Reading(at, end, number.value, Unit.OTHER, best, sure=False))


def _share(text: str, at: int, words: Words) -> Number | None:
    """The scale behind a number: "/5", "out of 5"."""
    sep = _separator(words).match(text, at)
    return read_number(text, sep.end(), words) if sep and not sep["open"] else None


def _nouns(text: str, at: int, words: Words) -> int:
    """Where one or two nouns that may be a house unit end; `at` when there is none, or people are counted."""
    end = at
    for _ in range(2):
        noun = _NOUN.match(text, end)
        said = _NO_LETTER.split(languages.fold(noun[0]).strip()) if noun else []
        if noun is None or any(word in words.not_units for word in said if word != "of"):
            break
        if any(word in data()["units"]["people"] or word in words.star_labels for word in said):
            return at
        end = noun.end()
    return end


_NOUN = re.compile(r"\s+[^\W\d_]{3,30}(?:-[^\W\d_]{3,30})?(?:\s+of\s+(?!the\s)[^\W\d_]{3,30})?(?![\w'])")
_NO_LETTER = re.compile(r"[\s-]+")


def dice(text: str, at: int, words: Words) -> Reading | None:
    """A throw of the die, which has six sides: "terningkast 5"."""
    named = compiled(rf"{words.dice}\s*[:=–—-]?\s*").match(text, at)
    number = read_number(text, named.end(), words) if named else None
    if number is None or number.value not in _SIDES:
        return None
    return Reading(at, number.end, number.value, Unit.POINTS, 6.0)


_SIDES = (1.0, 2.0, 3.0, 4.0, 5.0, 6.0)

FORMS: tuple[Form, ...] = (
    dice,
    full_marks,
    on_a_scale,
    ratio,
    out_of_reviews,
    percent,
    letter,
    with_unit,
    thumbs,
    verdict,
    bare,
    house_unit,
)
"""All forms, the more telling first."""


@cache
def _separator(words: Words) -> re.Pattern[str]:
    return compiled(
        rf"\s*(?P<slash>/)\s*|\s*(?P<open>\()\s*(?:{words.out_of}|/)\s*|(?:\s+|(?<![\x00-\x7f])){words.out_of}\s*"
    )


@cache
def _counts(before: str = "") -> re.Pattern[str]:
    return compiled(rf"{before}\s*{bounded(data()['tails']['counts'])}")


@cache
def _percent() -> re.Pattern[str]:
    return compiled(rf"\s*(?:%|{bounded(data()['percent']['words'])})")


@cache
def _average() -> re.Pattern[str]:
    return compiled(rf"\s+{bounded(data()['tails']['average'])}")


@cache
def _thumbs(words: Words) -> re.Pattern[str]:
    return compiled(rf"(?:{words.number}\s+)?{words.thumbs}")


@cache
def _pictures() -> re.Pattern[str]:
    tone = "[\U0001f3fb-\U0001f3ff\ufe0e\ufe0f]?"
    return compiled("|".join(f"(?:{data()['thumbs'][way]}{tone}){{1,5}}" for way in ("up", "down")))


@cache
def _to(words: Words) -> re.Pattern[str]:
    return compiled(rf"\s*[–-]\s*|\s+{words.scale_to}\s+")
