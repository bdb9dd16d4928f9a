"""The film's running time in minutes: labelled, or said so plainly in the text that nothing else can be meant."""

import re
from collections.abc import Iterator
from functools import cache

from aggregator.notation.languages import alternation, fold, words
from aggregator.notation.runtimes import parse_runtime
from aggregator.parse.candidate import Candidate
from aggregator.parse.facts import LabelledFact
from aggregator.parse.fields.line_facts import FEATURE, fact_of
from aggregator.parse.reading import Reading, place
from aggregator.parse.regions import Region

_AMOUNT = (
    r"(?P<amount>\d{1,3}[\s-]*(?:minutes?|mins?\b)|\d\s*hours?(?:\s+and)?(?:\s+\d{1,2}\s*min(?:ute)?s?)?"
    r"|\d\s*h(?:rs?)?\s*\d{1,2})"
)
_LASTS = re.compile(r"\d[\s-]*[mh]", re.IGNORECASE)
"""What every amount holds: a quick look at a paragraph."""
_LONGEST_LINE = 100
_PART = re.compile(r"[^|·•,/()]*[^|·•,/()\s]")
_TIMED = re.compile(r"\s*\d{1,3}\s*(?:h|m|perc|dk|dak|ч|мин|분|分|時間)[\w\s.:]{0,14}", re.IGNORECASE)
_LENGTH = r"(?:running time|runtime|run time|run-time)"
_ABOUT = r"(?:just |about |over |a |around |roughly )?"
_SAID = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        rf"\b(?:{_LENGTH}|length)\s+(?:is|of|was|at|clocks in at)\s+{_ABOUT}{_AMOUNT}",
        rf"\b(?:clocks? in at|clocking in at|runs? for|runs)\s+{_ABOUT}{_AMOUNT}",
        rf"\b{_AMOUNT}\s+(?:long\s+)?{_LENGTH}",
    )
)


def read(reading: Reading, facts: list[LabelledFact]) -> list[Candidate]:
    """Candidates of `runtime_minutes`; "Reading time: 2 minutes" is none. Two different ones stay two."""
    found = [candidate for fact in facts if fact.key == "runtime" for candidate in _labelled(reading, fact)]
    if not found:
        found = list(_alone(reading))
    if not found:
        said = list(_prose(reading))
        found = said if len({candidate.value for candidate in said}) == 1 else []
    return list({candidate.value: candidate for candidate in reversed(found)}.values())[::-1]


def _labelled(reading: Reading, fact: LabelledFact) -> Iterator[Candidate]:
    if _reading_time().search(fold(f"{fact.label} {fact.value}")):
        return
    minutes = parse_runtime(fact.value, reading.hint_for("runtime"))
    if minutes is not None:
        rule = "facts.runtime" if fact.tier == "labelled" else "facts.unlabelled_runtime"
        raw = f"{fact.label}: {fact.value}" if fact.label else fact.value
        yield Candidate("runtime_minutes", minutes, rule, place(fact.block, fact.start, fact.end), raw)


@cache
def _reading_time() -> re.Pattern[str]:
    return re.compile(alternation(words("words", "reading_time")))


def _alone(reading: Reading) -> Iterator[Candidate]:
    """A running time among other facts of the film in a line of the title block: "Horror | 2h 7min"; less reads a text.

    A time alone, or beside a name, may be that of a podcast or of reading.
    """
    for block in reading.blocks(Region.HEAD):
        if len(block.text) > _LONGEST_LINE or not _LASTS.search(block.text) or _reading_time().search(block.folded):
            continue
        parts = list(_PART.finditer(block.text))
        timed = [part for part in parts if _TIMED.fullmatch(part[0])]
        if len(timed) != 1 or not _of_film(reading, [part[0].strip() for part in parts if part not in timed]):
            continue
        minutes = parse_runtime(timed[0][0], reading.hint_for("runtime"))
        if minutes in FEATURE:
            where = place(block, *timed[0].span())
            yield Candidate("runtime_minutes", minutes, "facts.unlabelled_runtime", where, timed[0][0])


def _of_film(reading: Reading, beside: list[str]) -> bool:
    """Whether what stands beside a time has a fact of a film, and neither a name nor more than one word besides."""
    said = [fact_of(piece, reading.language) for piece in beside]
    others = [piece for piece, fact in zip(beside, said, strict=True) if fact is None]
    return any(said) and all(" " not in piece and not piece.isdigit() for piece in others)


def _prose(reading: Reading) -> Iterator[Candidate]:
    for block in reading.blocks(Region.HEAD, Region.BODY, Region.TAIL):
        for pattern in _SAID if _LASTS.search(block.text) else ():
            for match in pattern.finditer(block.text):
                minutes = parse_runtime(match.group("amount").replace("-", " "), reading.hint_for("runtime"))
                if minutes in FEATURE:
                    where = place(block, *match.span("amount"))
                    yield Candidate("runtime_minutes", minutes, "prose.runtime", where, match.group(0))
