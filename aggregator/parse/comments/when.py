"""Finds the date in a line about a comment, and learns a thread's way of writing dates once."""

import re
from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import UTC, datetime
from functools import cache

from aggregator.model.base import ISO_DATE
from aggregator.notation import Hint
from aggregator.notation.dates import learn_format
from aggregator.notation.languages import all_languages, alternation
from aggregator.parse.blocks import Element

_ISO = re.compile(
    r"^\s*(\d{4}-\d{2}-\d{2})(?:[T ]\s*(\d{2}:\d{2})(?::(\d{2})(\.\d+)?)?\s*(Z|UTC|GMT|[+-]\d{2}:?\d{2})?)?\s*$"
)
_VALID = re.compile(ISO_DATE)
_EPOCH = re.compile(r"^1\d{9}(\d{3})?$|^[2-9]\d{8}$")
_SAMPLES = 40
_MAX_LINE = 400
_MAX_RELATIVE = 80


_CLOCK = r"(?:\d{1,2}(?::|h|\.)\d{2}(?::\d{2})?(?!\d)\s*(?:[aApP]\.?\s?[mM]\b\.?)?|\d{1,2}\s*[aApP]\.?[mM]\b\.?)"
_YEAR = r"(?:19|20)\d\d"
_DAY = r"\d{1,2}(?:st|nd|rd|th|er|\.|º|ª)?"
_SMALL = r"(?:(?:of|de|del|den|the)\s+)?"
# any word stands for a month here: looking it up is cheaper than trying every month of every language everywhere
_DATES = "|".join(
    (
        r"\d{4}-\d{2}-\d{2}(?:[tT ]\d{2}:\d{2}(?::\d{2})?(?:\.\d+)?\s?(?:[zZ]|[+-]\d{2}:?\d{2})?)?",
        rf"{_DAY}\s*{_SMALL}(?P<m1>[^\W\d_]{{3,12}})\b\.?,?\s*(?:{_SMALL}{_YEAR}|'?\d\d\b|(?=.{{0,12}}?{_CLOCK}))",
        rf"(?P<m2>[^\W\d_]{{3,12}})\b\.?,?\s*{_DAY},?\s*(?:{_YEAR}|(?=.{{0,12}}?{_CLOCK}))",
        rf"(?P<m3>[^\W\d_]{{3,12}})\b\.?,?\s*{_SMALL}{_YEAR}",
        r"\d{4}\s?[年년]\s?\d{1,2}\s?[月월]\s?\d{1,2}\s?[日일]",
        r"\d{1,2}[./-]\s?\d{1,2}[./-]\s?(?:\d{4}|\d{2})\b\.?",
        r"\d{4}[./-]\s?\d{1,2}[./-]\s?\d{1,2}\b\.?",
    )
)
_WEEKDAY = r"(?:\s?[(（][^\W\d_]{1,3}[)）])?"
_TAIL = (
    rf"(?:{_WEEKDAY}[\s,|·•@–-]*(?:[^\W\d_]{{1,6}}\s+){{0,2}}[(\[]?{_CLOCK}[)\]]?"
    r"(?:\s*(?:[uU]hr|UTC|GMT|[A-Z]{2,3}T))?)?"
)
# a name may stand right before the date, without a space
_START = r"(?:(?<!\d)(?=\d)|(?<![^\W\d_])(?=[^\W\d_]))"
_DATE = re.compile(rf"{_START}(?:{_CLOCK}[\s,]+(?:[^\W\d_]{{1,3}}\s+)?)?(?:{_DATES}){_TAIL}")
_DIGIT = re.compile(r"\d")


@cache
def _months() -> frozenset[str]:
    return frozenset(name.rstrip(".") for lang in all_languages() for names in lang.months for name in names)


@cache
def _relative() -> re.Pattern[str]:
    """Matches relative dates ("3 days ago", "vor 2 Stunden", "yesterday, 10:15") in all languages."""
    ways = []
    for lang in all_languages():
        words = lang.relative
        units = alternation(w for key in ("minute", "hour", "day", "week", "month", "year") for w in words.get(key, ()))
        if words.get("ago"):
            ways.append(rf"\d{{1,3}}\s*{units}\s*{alternation(words['ago'])}")
        if words.get("before"):
            ways.append(rf"{alternation(words['before'])}\s+\d{{1,3}}\s*{units}\b")
        if words.get("yesterday"):
            ways.append(rf"{alternation(words['yesterday'])}\b[^.]{{0,8}}\d{{1,2}}[:.h]\d{{2}}(?:\s*[ap]\.?m\.?)?")
    return re.compile(rf"(?<!\w)(?:{'|'.join(ways) or '(?!)'})", re.IGNORECASE)


def find(text: str) -> tuple[int, int] | None:
    """Span of the first date in a short line; None when there is none. What looks like one still has to be read."""
    if not 3 < len(text) <= _MAX_LINE or _DIGIT.search(text) is None:
        return None
    months = _months()
    start = 0
    while (match := _DATE.search(text, start)) is not None:
        word = match["m1"] or match["m2"] or match["m3"]
        if word is None or word.lower() in months:
            return match.span()
        start = match.start() + 1
    match = _relative().search(text) if len(text) <= _MAX_RELATIVE else None
    return match.span() if match else None


def machine_date(node: Element) -> str | None:
    """The date an element states for machines (datetime, title, epoch seconds), as ISO; None if it states none."""
    get = node.get
    for name in ("datetime", "title", "data-utime", "data-timestamp", "data-time", "data-date", "content"):
        value = get(name)
        if value and (found := iso(value)):
            return found
    return None


def iso(text: str) -> str | None:
    """`text` if it is an ISO date or seconds since 1970, in the contract's form."""
    if match := _ISO.match(text):
        day, clock, seconds, _, zone = match.groups()
        if clock is None:
            return day if _VALID.match(day) else None
        if zone in ("UTC", "GMT", "Z"):
            zone = "Z"
        elif zone and ":" not in zone:
            zone = f"{zone[:-2]}:{zone[-2:]}"
        full = f"{day}T{clock}{':' + seconds if seconds else ''}{zone or ''}"
        return full if _VALID.match(full) else None
    if _EPOCH.match(text.strip()):
        return epoch(int(text))
    return None


def epoch(seconds: int) -> str | None:
    """Seconds or milliseconds since 1970 as ISO in UTC; None outside 1990 to 2100."""
    seconds = seconds // 1000 if seconds > 10**11 else seconds
    if not 631_152_000 < seconds < 4_102_444_800:
        return None
    return datetime.fromtimestamp(seconds, UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def reader(stamps: Iterable[str], hint: Hint) -> Callable[[str], str | None]:
    """A function that reads the dates of one thread, learned from some of them; None for what it cannot read."""
    distinct = list(dict.fromkeys(stamps))
    samples = _spread(distinct)
    learned = learn_format(samples, hint)
    # readers of a page may see its dates in a language of the theme's
    anyway = learn_format(samples, replace(hint, language=None))
    read: dict[str, str | None] = {}

    def parse(text: str) -> str | None:
        if text not in read:
            read[text] = learned(text) or anyway(text)
        return read[text]

    return parse


def _spread(stamps: list[str]) -> list[str]:
    """Some of the dates, from all over the thread: a day above 12 may stand anywhere."""
    step = max(1, len(stamps) // _SAMPLES)
    return stamps[::step][:_SAMPLES]
