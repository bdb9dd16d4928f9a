"""The marks of a round-up's notes, known by their place in each: before the title, behind it, at the end."""

import re
from collections.abc import Iterable, Sequence

from aggregator.model import Rating
from aggregator.notation import Hint
from aggregator.notation.ratings import parse_rating
from aggregator.parse.blocks import Block, weight
from aggregator.parse.fields.rating_others import is_foreign

Marks = dict[int, tuple[int, int, int]]
"""Where in a line, by its index, its mark starts and ends, and where the text goes on behind it."""
Place = tuple[Block, int, int, Rating]
"""A mark with its line and where in it it stands."""

_STARS = r"[★☆⭐✭✰]{1,10}\s?(?:1/2|½)?|•{1,6}(?:1/2|½)?(?!\S)|\*{1,5}\s?(?:1/2|½)?"
_RATIO = r"\d{1,3}(?:[.,]\d{1,2})?\s?/\s?(?:100|10|20|4|5|6)(?!\d)"
_GRADE = r"[A-F][+−–-]?(?![\w'’])"
_SIGNED = re.compile(r"[A-F][+−–-]$")
_MARK = rf"(?:{_STARS}|{_RATIO}|{_GRADE})"
_BEFORE = re.compile(rf"[(\[]?(?P<mark>{_STARS}|{_GRADE})[)\]]?\s*(?:[:.|–—-]\s*)?(?<=\s)(?=[^\W_]|[“\"„«‘『《#])")
_BEHIND = re.compile(rf"(?:^|(?<=[\s(\[]))(?P<mark>{_MARK})[)\].]?$")
_NUMBER = re.compile(r"(?:10|\d)(?:[.,]\d{1,2}|½)?")
_ENOUGH = 0.6
_STOPS = ".!?…”\"'’»)–—。！？"
"""What ends the sentence before a mark."""
_LABEL = 40


def marks_before(lines: Iterable[Block]) -> Marks:
    """The marks that lines open with ("B+ Heat (1995) …", "★★★ Heat"), where one shows that the letters are grades
    and the asterisks no bullets; "1/10 Heat" may have been seen on that day.
    """
    found = [(line, match) for line in lines if (match := _BEFORE.match(line.text))]
    said = [match["mark"] for _, match in found]
    graded = sum(_SIGNED.match(mark) is not None for mark in said) >= 2
    starred = any(mark.startswith("**") for mark in said)
    return {
        line.index: (*match.span("mark"), match.end())
        for line, match in found
        if (graded or not match["mark"][0].isalpha()) and (starred or match["mark"] != "*")
    }


def is_mark(text: str) -> bool:
    """Whether a text is nothing, or one mark."""
    return not text or _BEHIND.fullmatch(text) is not None


def column(spans: Sequence[tuple[Block, Sequence[Block]]], hint: Hint) -> dict[int, Place]:
    """The mark of each note by its heading's index: what stands in the same place of most notes, at the end of the
    heading, in the line below it or behind the last sentence of the note; empty where no such place has one.
    """
    places: tuple[dict[int, Place], ...] = ({}, {}, {})
    for head, lines in spans:
        told = [line for line in lines if line.text]
        for found, line in zip(places, (head, *told[:1], *told[-1:]), strict=False):
            place = _mark(line, hint)
            behind = line.text[: place[1]].rstrip(" ([") if place else ""
            fits = line is head or not behind or (found is places[2] and behind[-1] in _STOPS)
            if place and fits and not (found is places[2] and _is_label(told[-2:-1])) and not is_foreign(line.text):
                found[head.index] = place
    best = max(places, key=len)
    enough = len(best) > 1 and len(best) >= _ENOUGH * len(spans)
    return best if enough and _are_marks(best) and not (best is places[0] and _labelled(best)) else {}


def _labelled(found: dict[int, Place]) -> bool:
    """Whether the same word stands before the marks of all headings, which says of what they are: "Moon, disc 1/4"."""
    before = {(line.text[:low].split() or [""])[-1].strip(" ([,.:?!") for line, low, _, _ in found.values()}
    return len(before) == 1 and all(word.isalpha() for word in before)


def _is_label(before: list[Block]) -> bool:
    """Whether the line before the last one of a note says whose mark or of what it is: "IMDb", "Picture"."""
    return any(weight(line.text) < _LABEL and line.text[-1] not in _STOPS for line in before)


def _mark(line: Block, hint: Hint) -> Place | None:
    """The mark that ends a line."""
    match = _BEHIND.search(line.text[-12:])
    at = max(0, len(line.text) - 12)
    if match is None:
        low, high = _bold_number(line)
    else:
        low, high = at + match.start("mark"), at + match.end("mark")
    if low >= high:
        return None
    rating = read_mark(line.text[low:high], hint)
    return (line, low, high, rating) if rating else None


def _bold_number(line: Block) -> tuple[int, int]:
    """The span of a number in bold that ends a line; an empty one where none does."""
    if not line.text or line.text[-1] not in "0123456789½.":
        return 0, 0
    size = len(line.text)
    ends = [mark for mark in line.marks if mark.tag in ("b", "strong") and mark.end >= size - 1]
    return next(((m.start, m.end) for m in ends if _NUMBER.fullmatch(line.text, m.start, m.end)), (0, 0))


def read_mark(text: str, hint: Hint | None = None) -> Rating | None:
    """What a mark says; a row of bullets is one of circles."""
    rating = parse_rating(text.replace("•", "●"), hint)
    return rating.model_copy(update={"raw": text}) if rating and "•" in text else rating


_OPENS = re.compile(r"(\d{1,2})\s?/\s?(\d{1,3})(?![\d/])[\s:.–—-]+(?=\S)")
_WHOLE = re.compile(r"[(\[]?(\d{1,2})\s?/\s?(\d{1,3})[)\]]?")
_ENDS = re.compile(r"(?<![\d/.,])(\d{1,2})\s?/\s?(\d{1,3})[)\]]?$")


def numbered(spans: Sequence[tuple[Block, Sequence[Block]]]) -> bool:
    """Whether the titles of notes stand behind days ("1/10 Heat") or before or over numbers of parts ("Heat 1/4"):
    figures over others that rise or fall throughout, or exceed them.
    """
    days = [match for head, lines in spans if (match := _day(head, lines))]
    parts = [match for head, _ in spans if (match := _ENDS.search(head.text))]
    above = [match for _, lines in spans if (match := _WHOLE.fullmatch(lines[0].text if lines else ""))]
    below = [match for _, lines in spans if (match := _WHOLE.fullmatch(lines[-1].text if lines else ""))]
    for found in (days, parts, above, below):
        if len(found) < 2 or len(found) < _ENOUGH * len(spans):
            continue
        values, bests = [int(match[1]) for match in found], [int(match[2]) for match in found]
        rise = sorted(values) in (values, values[::-1]) if found is days else is_count([*values])
        if rise or any(value > best for value, best in zip(values, bests, strict=True)):
            return True
    return False


def _day(head: Block, lines: Sequence[Block]) -> re.Match[str] | None:
    """Figures before the title in a heading, or in the line that it was taken from."""
    if found := _OPENS.match(head.text):
        return found
    found = _OPENS.match(lines[0].text) if lines else None
    return found if found and lines[0].text.startswith(head.text, found.end()) else None


def is_count(values: Sequence[float | None]) -> bool:
    """Whether numbers rise by one from the first, which is 1 where there are but two: those of parts."""
    first = values[0] if values else None
    counted = first is not None and (first == 1 or len(values) > 2)
    return counted and [*values] == [(first or 0) + at for at in range(len(values))]


def _are_marks(found: dict[int, Place]) -> bool:
    """Whether signs are marks: of letters one has a sign, of stars one is a row of them, of
    numbers there are three; what rises by one counts parts, and what exceeds its best is no mark.
    """
    ratings = [rating for _, _, _, rating in found.values()]
    values = [rating.value for rating in ratings if rating.raw[0].isdigit()]
    said = [rating.raw for rating in ratings]
    if any(rating.best and rating.value is None for rating in ratings) or is_count(values):
        return False
    if all(_NUMBER.fullmatch(mark) for mark in said):
        return len(said) > 2
    return any(len(mark) > 1 for mark in said)
