"""Releases of the film: date as precise as stated, kind, territory and distributor; words are data/facts.toml."""

import re
from collections.abc import Iterator
from dataclasses import replace
from functools import cache
from typing import Any

from aggregator.notation.languages import alternation, fold, fold_label
from aggregator.parse.candidate import Candidate
from aggregator.parse.fact_labels import table
from aggregator.parse.fact_values import date_in, parts_of
from aggregator.parse.facts import LabelledFact
from aggregator.parse.reading import Reading, place
from aggregator.parse.regions import Region

_PRECISION = {4: "year", 7: "month", 10: "day"}
_BY = re.compile(
    r"^\s*[,(]?\s*(?:by|from|through|via|durch|im verleih von|par|por|da|di|door)\s+(?P<who>[^\W\d].{1,60}?)\s*\)?$",
    re.IGNORECASE,
)
_IN_CINEMAS = re.compile(
    r"\b(?:is|in|opens|out|released|arrives)\b[^.;]{0,30}?"
    r"\b(?P<where>UK|US|Irish|Australian|British|American)?\s*(?:cinemas|theaters|theatres)\b(?:\s+nationwide)?"
    r"\s*(?:,\s*)?(?:from|on|beginning|starting)?\s+(?P<date>[^.;]{6,40})"
)


def read(reading: Reading, facts: list[LabelledFact]) -> list[Candidate]:
    """Candidates of `releases`; value holds date, precision, territory, kind and distributor.

    A distributor named by itself belongs to the one release there is, or stands without a date.
    """
    found = [candidate for fact in facts if fact.key == "release" for candidate in _labelled(reading, fact)]
    if not found:
        found = list(_prose(reading))
    names = [fact for fact in facts if fact.key == "distributor" and _distributes(fact)]
    if names and len(found) <= 1:
        name = names[0]
        first = found[0] if found else _alone(name)
        if first.value["distributor"] is None:
            first = replace(first, value={**first.value, "distributor": name.value})
        return [first]
    return list({tuple(c.value.items()): c for c in reversed(found)}.values())[::-1]


def _value(**known: Any) -> dict[str, Any]:
    return {"date": None, "precision": None, "territory": None, "kind": None, "distributor": None, **known}


def _alone(fact: LabelledFact) -> Candidate:
    where = place(fact.block, fact.start, fact.end)
    return Candidate("releases", _value(), "facts.distributor", where, f"{fact.label}: {fact.value}")


def _labelled(reading: Reading, fact: LabelledFact) -> Iterator[Candidate]:
    hint = replace(reading.hint, label=None)
    rest_of = fact.value
    offset = 0
    for _ in range(4):
        found = date_in(rest_of, hint)
        if found is None:
            return
        iso, start, end = found
        after = rest_of[end:]
        spans = parts_of(after)
        beside = after[: spans[0][1]] if spans else ""
        who = _BY.match(beside)
        value = _value(
            date=iso[:10],
            precision=_PRECISION.get(len(iso[:10])),
            territory=_territory(fact.label) or _territory(beside),
            kind=_kind(fact.label) or _kind(rest_of[:start]) or _kind(beside),
            distributor=who.group("who").strip(" .") if who and not _kind(who.group("who")) else None,
        )
        where = place(fact.block, fact.start + offset + start, fact.start + offset + end)
        yield Candidate("releases", value, "facts.release", where, f"{fact.label}: {fact.value}")
        offset, rest_of = offset + end, after


def _prose(reading: Reading) -> Iterator[Candidate]:
    """A release announced in the last lines: "1917 is in UK cinemas from 10 January 2020"."""
    lines = reading.blocks(Region.HEAD, Region.BODY, Region.TAIL)[-6:]
    for block in lines:
        if len(block.text) > 400:
            continue
        match = _IN_CINEMAS.search(block.text)
        found = date_in(match.group("date"), reading.hint) if match else None
        if match and found and len(found[0]) == 10:
            territory = _territory(match.group("where") or "")
            value = _value(date=found[0], precision="day", territory=territory, kind="theatrical")
            yield Candidate("releases", value, "prose.release", place(block, *match.span("date")), match.group(0))


def _distributes(fact: LabelledFact) -> bool:
    """Whether a label means who brings the film out, not who made it."""
    return fold_label(fact.label) not in set(table()["not_distributor"]["words"])


@cache
def _matchers(section: str) -> tuple[tuple[str, re.Pattern[str]], ...]:
    named: dict[str, list[str]] = table()[section]
    return tuple((key, re.compile(rf"(?<!\w){alternation(texts)}(?!\w)")) for key, texts in named.items())


def _kind(text: str) -> str | None:
    folded = fold(text)
    return next((kind for kind, pattern in _matchers("release_kinds") if pattern.search(folded)), None)


def _territory(text: str) -> str | None:
    folded = fold(text)
    return next((code for code, pattern in _matchers("territories") if pattern.search(folded)), None)
