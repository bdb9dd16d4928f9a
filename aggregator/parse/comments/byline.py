"""Reads who and when out of one line: "Posted by X at DATE", "X says:", "X | DATE"; its words are data."""

import re
from dataclasses import dataclass
from functools import cache

from aggregator.notation.languages import all_languages, alternation, fold, words
from aggregator.parse.comments import when
from aggregator.parse.comments.families import table

MAX_NAME = 60
_EDGE = ' \t|,;:：–—-·•#<>»«→"“”„*/\\@'
_BRACKETS = re.compile(r"^\((.*)\)$|^\[(.*)\]$|\s*[(\[]\s*$")
_TOKEN = re.compile(r"\S+")
_TOKEN_END = re.compile(r"[\s:：]")
_SAID_EDGE = ":：,.…"
_SPACES = str.maketrans(dict.fromkeys(_SAID_EDGE, " "))
_NUMBER = re.compile(r"^(?:#\s?\d{1,5}(?:\.\d{1,3})*\b|\d{1,5}\s?[.)])\s*")
_FIELDS = re.compile(r"\s*[|｜]\s*|\s#\S*\s*\[|\s*\[\s*$")


@dataclass(frozen=True, slots=True)
class Byline:
    """What a line says about a comment; `rest` is comment text that follows on the same line."""

    name: str | None
    stamp: str | None
    rest: str = ""
    said: bool = False
    """Whether a word such as "says" or "posted by" announced the comment."""


@cache
def _patterns() -> tuple[re.Pattern[str], re.Pattern[str]]:
    """What leads to a name ("posted by"), and what joins it to a date ("on", "at")."""
    lists = table().lists
    before = alternation(lists["bylines.before"])
    between = alternation(lists["bylines.between"])
    phrases = alternation(word for word in lists["bylines.before"] if " " in word)
    # a single word may begin a name ("Von Trier"): it counts with a colon, or written small
    lead = re.compile(rf"^(?:(?i:{phrases}|by)(?:\s*[:：]\s*|\s+)|(?i:{before})\s*[:：]\s*|{before}\s+)")
    glue = re.compile(rf"(?:^|(?<=\s)){between}\s*$", re.IGNORECASE)
    return lead, glue


@cache
def _weekday() -> re.Pattern[str]:
    """A weekday right before the date, parted from the name by more than a space."""
    days = alternation(day for lang in all_languages() for day in lang.weekdays)
    joined = alternation(table().lists["bylines.between"])
    return re.compile(rf"(?:(?:^|[,|(–—·•-])\s*|\s{joined}\s+){days}\.?,?\s*$", re.IGNORECASE)


@cache
def _leads() -> frozenset[str]:
    """The words a lead begins with: without one of them there is none."""
    return frozenset(re.split(r"[\s:：]", word)[0] for word in table().lists["bylines.before"])


@cache
def _saying() -> frozenset[str]:
    return words("words", "says")


@cache
def _said_tokens() -> frozenset[str]:
    return frozenset(word.split()[-1] for word in _saying())


@cache
def _noise() -> frozenset[str]:
    lists = table().lists
    noise = words("words", "reply") | words("words", "share") | words("words", "login") | lists["texts.notes"]
    return noise | lists["texts.ends"] | lists["bylines.between"]


def _said(text: str) -> tuple[str, int, bool] | None:
    """What stands before the first "says", where the text goes on behind it, and whether a colon follows.

    None when none of the first words says so.
    """
    head = text[: MAX_NAME + 30]
    if _said_tokens().isdisjoint(head.lower().translate(_SPACES).split()):
        return None
    place = 0
    last = ""
    for count, token in enumerate(_TOKEN.finditer(head)):
        word = token[0].rstrip(_SAID_EDGE).lower()
        spoken = word in _saying() or f"{last} {word}" in _saying()
        if spoken and count:
            start = place if f"{last} {word}" in _saying() else token.start()
            end = token.start() + len(token[0].rstrip(_SAID_EDGE))
            behind = text[end:].lstrip(_SAID_EDGE + " ")
            closed = len(text) - len(behind) > end and text[end : len(text) - len(behind)].strip() != ""
            return text[:start].strip(), len(text) - len(behind), closed
        if count > 8:
            return None
        last, place = word, token.start()
    return None


def _without_lead(text: str) -> str:
    first = _TOKEN_END.split(text, maxsplit=1)[0].lower()
    return _patterns()[0].sub("", text) if first in _leads() else text


def is_noise(text: str) -> bool:
    """Whether a short line is a button, a counter or a note, not words of a comment."""
    folded = fold(text).strip(_EDGE + ".!…()[]")
    if not folded:
        return not any(char > "\u2000" for char in text)
    return folded in _noise() or (len(folded) < 30 and _bare_count(folded))


def is_sentence(text: str) -> bool:
    """Whether a short line ends like a sentence; the point of an initial ("Lotte W.") is none."""
    text = text.rstrip()
    return text.endswith(("!", "?", "…", "。", "！", "？")) or (text.endswith(".") and len(text.split()[-1]) > 3)


def is_filler(text: str) -> bool:
    """Whether a piece of a byline is only what joined its parts: "says:", "on", "|"."""
    folded = fold(text).strip(_EDGE + ".!…()[]")
    return not folded or folded in _filler()


@cache
def _filler() -> frozenset[str]:
    lists = table().lists
    return _saying() | lists["bylines.before"] | lists["bylines.between"] | _noise()


def _bare_count(folded: str) -> bool:
    without = re.sub(r"\d+", "", folded).strip(_EDGE + "()")
    return without != folded and (not without or without in _noise())


def marked_name(text: str | None) -> str | None:
    """A name that markup calls a name, as written; None if it is empty or a text."""
    name = " ".join((text or "").split()).strip(" :：,|")
    return name if 0 < len(name) <= 2 * MAX_NAME else None


def clean_name(text: str | None) -> str | None:
    """A commenter's name without labels and punctuation around it; None if it is no name."""
    if not text or len(text) > 4 * MAX_NAME:
        return None
    name = _NUMBER.sub("", _NUMBER.sub("", " ".join(text.split())).strip(_EDGE))
    if said := _said(name):
        name = said[0]
    name = _without_lead(name)
    glue = _patterns()[1]
    for _ in range(3):
        shorter = glue.sub("", name).strip(_EDGE)
        if shorter == name:
            break
        name = said[0] if (said := _said(shorter)) else shorter
    name = _BRACKETS.sub(lambda match: match[1] or match[2] or "", name)
    if not name or len(name) > MAX_NAME or fold(name).rstrip(".!…") in _noise() or not any(map(str.isalnum, name)):
        return None
    return name


def read(text: str) -> Byline | None:
    """The byline that `text` is or begins with; None when it reads as neither."""
    found = when.find(text[:200])
    if found is not None:
        return _dated(text, *found)
    if said := _said(text):
        before, end, closed = said
        name = clean_name(before)
        # "he said" in the middle of a sentence is no byline
        if name and len(name.split()) <= 5 and (closed or end == len(text)):
            return Byline(name, None, text[end:], said=True)
    if len(text) < MAX_NAME + 20 and len(rest := _without_lead(text)) < len(text) - 3:
        name = clean_name(rest)
        return Byline(name, None, said=True) if name else None
    return None


def _dated(text: str, start: int, end: int) -> Byline | None:
    before, stamp, after = text[:start], text[start:end].strip(" ,("), text[end:]
    if len(before) > MAX_NAME + 30:
        return None
    before = _weekday().sub("", before)
    announced = bool(_said(before)) or any(_without_lead(t) != t for t in (before, after.strip(_EDGE)))
    name = clean_name(before)
    if name is not None:
        if len(name.split()) > 6 or is_sentence(before):
            return None
        rest = after.strip(" |,:：–—-·•#)")
        if rest and (is_noise(rest) or _said(f"x {rest}")):
            return Byline(name, stamp, said=announced)
        inline = bool(rest) and after.lstrip(" )").startswith((":", "：", "–", "—", "-", "|"))
        if rest and not inline and len(after) > 40:
            return None
        return Byline(name, stamp, rest if inline else "", said=announced or inline)
    if len(before.strip(_EDGE)) > 25:
        return None
    name = _in_fields(after) if len(after) <= MAX_NAME + 20 else None
    if name is None and len(after.strip(_EDGE)) > 40:
        return None
    return Byline(name, stamp, said=announced)


def _in_fields(text: str) -> str | None:
    """The name behind a date; of several fields ("| URL | X #- [Edit]") the first that is no button."""
    fields = [field for field in _FIELDS.split(text) if field.strip(_EDGE)]
    if len(fields) < 2:
        return clean_name(text)
    return next((name for field in fields if (name := clean_name(field)) and not is_noise(field)), None)
