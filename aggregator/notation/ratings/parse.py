"""A whole text as one rating: label, form, and what may stand behind it."""

import re
from dataclasses import replace
from functools import cache

from aggregator.model.review import Rating, Unit
from aggregator.notation import languages
from aggregator.notation.hint import Hint
from aggregator.notation.ratings.amounts import Reading, pattern_of
from aggregator.notation.ratings.forms import FORMS, bracketed_scale, scaled
from aggregator.notation.ratings.tables import bounded, clean, compiled, data
from aggregator.notation.ratings.words import Words, words_for

LONGEST = 200
"""Characters; a longer text is prose, not a rating."""
_LAST_MARK = 6
"""Of school marks where one is the best."""
_BETWEEN = ((5, 6), (6, 7), (7, 8))
SEPARATOR = r"(?:\s*[:=—]\s*|\s*[–-](?!\s?[0-9½¼¾.,])\s*|\s*[–-]\s+|(?<=\S)[–-](?=[0-9½]))"
"""What parts a label from its value; "-2" behind a space is below nothing."""
_QUOTED = re.compile(r"\s*(?:'(?P<a>[^']*)'|\"(?P<b>[^\"]*)\"|\[(?P<c>[^\[\]]*)\])\s*")
_REMARK = re.compile(r"(?:\s*[–—―|:]\s*|\s+-\s*|\s*-\s+)(?=[^\W\d_])[^\W\d_](?:[^\W\d_]|[ ,.!?'\"&。、！？…-]){0,100}")
_BRACKET = re.compile(r"\s*\(\s*(?P<inner>[^()]{0,60}?)\s*\)")
_INNER_REMARK = re.compile(r"(?:[^\W\d_]|[ ,.!?'\"&-]){0,60}")
_END = re.compile("\\s*[.!]{0,9}\\s*[\U0001f600-\U0001f64f\U0001f910-\U0001f92f\U0001f970-\U0001f97a]?\\s*")
"""The end of a rating: full stops, exclamation marks, a face."""


def parse_rating(text: str, hint: Hint | None = None) -> Rating | None:
    """The rating that a text as a whole states, None when it states none or more than one.

    A mere number, a lone letter or star, asterisks and verdict words count only under a rating label, in the
    text or as `hint.label == "rating"`. `worst` and `best` are those written; a value outside them is None.
    `raw` is the text without its label, for letters, thumbs and words the sign alone. A label may name readers
    ("User rating: 7/10"): whose mark it is, is the caller's to judge; a text that names another site is not read.
    """
    if len(text) > LONGEST:
        return None
    plain = clean(text)
    if _other_site().search(plain):
        return None
    start, end = _inside(plain)
    known = hint is not None and hint.label == "rating"
    words = words_for(hint)
    reading = read_whole(plain[start:end], words, known, hint)
    if reading and plain[start - 1 : start] == "[" and reading.whole and reading.best is None:
        return None  # "[4]" is a footnote
    return build(text[start:end], reading) if reading else None


@cache
def _other_site() -> re.Pattern[str]:
    return compiled(bounded(data()["others"]["names"]))


def build(text: str, reading: Reading) -> Rating:
    """The record of a reading within the text it was read from."""
    return Rating(
        raw=text[reading.start : reading.end].strip(),
        value=reading.value,
        worst=reading.worst,
        best=reading.best,
        unit=reading.unit or Unit.POINTS,
    )


def _inside(text: str) -> tuple[int, int]:
    """The span of the text without outer space, quotes and square brackets."""
    match = _QUOTED.fullmatch(text)
    start, end = match.span(match.lastgroup or 0) if match else (0, len(text))
    inner = text[start:end]
    return start + len(inner) - len(inner.lstrip()), max(start, end - len(inner) + len(inner.rstrip()))


def read_whole(text: str, words: Words, known: bool, hint: Hint | None = None) -> Reading | None:
    """The reading of a trimmed clean text, from behind its label to its end (the sign alone where it is one)."""
    if found := _read_from(text, 0, words, known, hint):
        return found
    label = label_pattern(words).match(text)
    found = _read_from(text, label.end(), words, known or bool(label["sep"]), hint) if label else None
    if found is None or label is None:
        return None
    if found.unit is Unit.POINTS and languages.fold(label["label"]) in words.star_labels:
        found = replace(found, unit=Unit.STARS)
    if languages.fold(label["label"]) in words.school and found.unit is Unit.POINTS:
        if found.best is None and (found.value or 0) <= _LAST_MARK:
            return None
        if found.best == _LAST_MARK:
            found = replace(found, value=None, best=None)  # "2 of 6" is good there, which no number says
    if languages.fold(label["label"]) in words.between and found.whole and (found.value, found.best) in _BETWEEN:
        return None
    # "Rating (out of 5): 4" states its scale in the label
    return _inner(label["scale"], found, words) if label["scale"] else found


@cache
def label_pattern(words: Words) -> re.Pattern[str]:
    """A rating label at the start of a text: `label`, the `scale` in brackets behind it, `sep` the colon."""
    return compiled(
        rf"(?P<label>{words.label})(?:\s*\((?P<scale>[^()]{{1,40}})\)(?=\s*[:=]))?(?:(?P<sep>{SEPARATOR})|\s*)"
    )


def _read_from(text: str, at: int, words: Words, known: bool, hint: Hint | None) -> Reading | None:
    opened = text[at : at + 1] == "("
    start = at + 1 + (len(text[at + 1 :]) - len(text[at + 1 :].lstrip())) if opened else at
    for form in FORMS:
        found = form(text, start, words)
        if found is None or not (found.sure or known) or _is_certificate(found, hint):
            continue
        if opened and found.whole and found.unit is Unit.POINTS and found.best is None:
            continue  # "(23)" counts votes
        after = found.end
        if opened:
            close = re.compile(r"\s*\)").match(text, after)
            if close is None:
                continue
            after = close.end()
        whole = _tail(text, after, found, words)
        if whole is not None:
            return whole if whole.sign else replace(whole, start=at, end=len(text.rstrip(" .!")))
    return None


def _is_certificate(found: Reading, hint: Hint | None) -> bool:
    """A whole number alone that is an age certificate somewhere, unless the house scale reaches that far."""
    if found.unit is not Unit.POINTS or found.best is not None or not found.whole:
        return False
    reaches = hint is not None and hint.best is not None and found.value is not None and hint.best >= found.value
    return found.value in data()["scales"]["certificates"] and not reaches


def _tail(text: str, at: int, found: Reading, words: Words) -> Reading | None:
    """The reading if what stands behind it is only a count, a remark or the same rating again."""
    for _ in range(3):
        if _END.fullmatch(text, at):
            return found
        if match := _BRACKET.match(text, at):
            merged = _inner(match["inner"], found, words)
            if merged is None:
                return None
            found, at = merged, match.end()
        elif match := _count_tail().match(text, at) or _REMARK.match(text, at) or _praise().match(text, at):
            at = match.end()
        else:
            return _again(text[at:].strip(), found, words)
    return found if _END.fullmatch(text, at) else None


@cache
def _praise() -> re.Pattern[str]:
    return compiled(rf"\s+{bounded(data()['tails']['praise'])}")


@cache
def _count_tail() -> re.Pattern[str]:
    counts = bounded(data()["tails"]["counts"])
    return compiled(rf"\s*(?:[-–—|·,]|(?<=\w)\s)\s*[0-9][0-9.,]*\s*{counts}")


@cache
def _inner_count() -> re.Pattern[str]:
    return compiled(rf"[0-9]+(?:[.,][0-9]{{3}})*(?:\s*{bounded(data()['tails']['counts'])})?")


def _inner(inner: str, found: Reading, words: Words) -> Reading | None:
    """The reading with what brackets say of it: a count, a remark, its scale, or the same once more."""
    scale = bracketed_scale(inner, words)
    if scale and not found.sign:
        merged = replace(found, best=scale.best, worst=scale.worst)
        return scaled(merged) if found.best in (None, scale.best) else None
    if found.best is None and not found.sign and pattern_of(words, "full_marks").fullmatch(inner):
        return replace(found, best=found.value)  # "100点(満点)"
    if _inner_count().fullmatch(inner) or _INNER_REMARK.fullmatch(inner):
        return found
    return _again(inner, found, words)


def _again(text: str, found: Reading, words: Words) -> Reading | None:
    """Both ways of writing one rating ("★★★★☆ 4/5"); None when the second is another or none."""
    second = read_whole(text, words, known=True) if text else None
    if second is None or second.sign or found.sign or second.value is None or second.value != found.value:
        return None
    if found.best is not None and second.best is not None and found.best != second.best:
        return None
    best = found.best if found.best is not None else second.best
    unit = Unit.STARS if Unit.STARS in (found.unit, second.unit) else found.unit
    return replace(found, best=best, unit=unit)
