"""Dates that elements state for machines while they show another text or none, and that of a labelled foot."""

import re
from collections.abc import Iterator
from functools import cache

from aggregator.notation.dates import parse_date
from aggregator.notation.languages import fold
from aggregator.notation.languages import words as words_of
from aggregator.parse.blocks import Block, Mark
from aggregator.parse.candidate import Candidate, Place
from aggregator.parse.comments.when import machine_date
from aggregator.parse.hints import CHROME, hints_of
from aggregator.parse.reading import Reading, place

_TAGS = frozenset(("abbr", "span", "small", "em", "i", "a"))
_STATING = ("title", "datetime", "data-date", "data-time", "data-timestamp", "data-utime", "content")
_AGO = ("timeago", "time-ago", "relative")
_FOOT = 12
"""Lines at the end of a page that may be its foot."""
_LONGEST = 60
_WHOLE = len("2012-03-05")
_DIGIT = re.compile(r"\d")
_WORD = re.compile(r"(?<=[\s:])\w")


def stamp_of(mark: Mark, text: str) -> str | None:
    """The date of an element of a line of `text`: that of a `<time>`, or one in an attribute of an element whose name
    says that it holds a date.
    """
    if mark.tag == "time":
        return mark.node.get("datetime") or machine_date(mark.node) or text[mark.start : mark.end]
    return _attribute(mark)


def _attribute(mark: Mark) -> str | None:
    if mark.tag not in _TAGS:
        return None
    names = mark.node.get("class")
    if not names or not any(mark.node.get(name) for name in _STATING):
        return None
    if "date" not in hints_of(mark.tag, names) and not any(word in names for word in _AGO):
        return None
    return machine_date(mark.node)


def stated_within(block: Block, start: int, end: int) -> bool:
    """Whether a text such as "yesterday" stands in an element that states its date for machines."""
    return any(
        mark.start <= start
        and end <= mark.end
        and (machine_date(mark.node) if mark.tag == "time" else _attribute(mark))
        for mark in block.marks
    )


def footed(reading: Reading) -> Iterator[Candidate]:
    """The day that the foot of a page labels as that of its first publication, beside that of its last change."""
    foot = [block for block in reading.lines[-_FOOT:] if "footer" in block.hints]
    found = [(block, *labelled) for block in foot if (labelled := _day(reading, block))]
    first = {iso: (block, start) for block, kind, iso, start in found if kind == "published"}
    if len(first) != 1:
        return
    ((iso, (block, start)),) = first.items()
    if " " in block.text[:start].strip(" :") or any(kind == "modified" for _, kind, _, _ in found):
        yield Candidate("published", iso, "visible.foot", place(block, start, len(block.text)), block.text)


def unfilled(reading: Reading) -> Iterator[Candidate]:
    """The day in the one `<time>` of a page, which waits for a script to fill it."""
    nodes = reading.doc.nodes("time")
    if len(nodes) != 1 or len(nodes[0]) or (nodes[0].text or "").strip():
        return
    iso = machine_date(nodes[0])
    holder = nodes[0].getparent()
    said = fold(" ".join("".join(map(str, holder.itertext())).split())) if holder is not None else ""
    alone = not said or said.rstrip(" :") in _labels(reading.language)
    if iso is not None and alone and not reading.hints_at(nodes[0]) & {*CHROME, "comments", "facts"}:
        yield Candidate("published", iso, "time.lone", Place(nodes[0]), iso)


def _day(reading: Reading, block: Block) -> tuple[str, str, int] | None:
    """What a line that is a label and a date and nothing else says: the kind of date, the day, and where it begins."""
    digit = _DIGIT.search(block.text) if len(block.text) < _LONGEST else None
    if digit is None:
        return None
    kinds = _labels(reading.language)
    longest = None
    for found in _WORD.finditer(block.text, 0, digit.end()):
        label = fold(block.text[: found.start()]).strip(" :–—-(")
        iso = parse_date(block.text[found.start() :].rstrip(" ."), reading.hint) if label in kinds else None
        if iso is not None and len(iso) >= _WHOLE:
            longest = kinds[label], iso, found.start()
    return longest


@cache
def _labels(language: str | None) -> dict[str, str]:
    """What is said of a date -> the kind of date it is; "on" and "date" may stand before today's."""
    languages = {language or "en", "en"}
    kinds = {label: kind for kind in ("published", "modified") for label in words_of("dates", kind, languages)}
    return {label: kind for label, kind in kinds.items() if label not in ("on", "date")}
