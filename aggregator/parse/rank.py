"""Chooses among candidates: one table of weights a field (data/tiers.toml), agreement strengthens, doubt abstains."""

import tomllib
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cache
from importlib import resources
from math import prod
from typing import Any

from aggregator.parse.candidate import Candidate


@dataclass(frozen=True, slots=True)
class Rule:
    """A row of the table: the tier the rule belongs to and how sure it is by itself, 0..1."""

    tier: str
    weight: float


@dataclass(frozen=True, slots=True)
class Choice:
    """What was decided for one field: the winner (None: we do not know), every candidate with its final weight."""

    field: str
    winner: Candidate | None
    weighed: tuple[tuple[Candidate, float], ...]
    conflict: Candidate | None = None
    """The strongest loser that says something else and would itself have been believed."""
    tied: tuple[Candidate, Candidate] | None = None
    """Two that say different things with the same force, for which the field stays empty."""


@cache
def table() -> dict[str, dict[str, Any]]:
    """The tiers as read from data/tiers.toml: field -> rule -> [tier, weight], and the threshold of each field."""
    return tomllib.loads(resources.files("aggregator.parse").joinpath("data/tiers.toml").read_text("utf-8"))


@cache
def rule(field: str, name: str) -> Rule:
    """The row of a rule, or of its family (`prose.*`); KeyError for one nobody gave a weight."""
    rows = table()[field]
    tier, weight = rows.get(name) or rows[f"{name.split('.', maxsplit=1)[0]}.*"]
    return Rule(tier, weight)


@cache
def family(field: str, name: str) -> str:
    """The source a rule reads: rules of one family copy each other (a headline stands in the page title, in og:title
    and in the address) and count once. A rule of no family is one by itself.
    """
    families = table()[field].get("families", {})
    prefix = name.split(".", maxsplit=1)[0]
    return next((kin for kin, rules in families.items() if name in rules or prefix in rules), name)


def choose(
    field: str,
    candidates: Iterable[Candidate],
    key: Callable[[Any], object] = lambda value: value,
    prefer: Callable[[Any], int] = lambda _: 0,
) -> Choice:
    """The best-supported value of a field.

    Candidates whose `key(value)` is equal support each other, the best rule of each family counting: their doubts
    multiply.
    Among equals the strongest rule's own wording wins, then the first on the page; `prefer` ranks wordings first.
    """
    threshold = float(table()[field]["threshold"])
    groups: dict[object, list[Candidate]] = {}
    for candidate in candidates:
        groups.setdefault(key(candidate.value), []).append(candidate)
    weighed: list[tuple[Candidate, float]] = []
    for group in groups.values():
        group.sort(key=lambda c: (-prefer(c.value), -rule(field, c.rule).weight))
        trust = _trust(field, group)
        weighed += [(candidate, trust) for candidate in group]
    order = {id(candidate): position for position, (candidate, _) in enumerate(weighed)}
    weighed.sort(key=lambda item: (-round(item[1], 6), order[id(item[0])]))
    if not weighed or weighed[0][1] < threshold:
        return Choice(field, None, tuple(weighed))
    winner = weighed[0][0]
    if rival := _tie(weighed, key):
        return Choice(field, None, tuple(weighed), tied=(winner, rival))
    other = (c for c, weight in weighed if weight >= threshold and key(c.value) != key(winner.value))
    return Choice(field, winner, tuple(weighed), next(other, None))


def _trust(field: str, group: list[Candidate]) -> float:
    """How sure candidates that agree are together, 0..1."""
    best: dict[str, float] = {}
    for name in sorted({c.rule for c in group}):  # a product of floats depends on its order
        kin = family(field, name)
        best[kin] = max(best.get(kin, 0.0), rule(field, name).weight)
    return 1 - prod(1 - weight for weight in best.values())


def _tie(weighed: list[tuple[Candidate, float]], key: Callable[[Any], object]) -> Candidate | None:
    """A different value with the same support: then neither is known."""
    best, top = weighed[0]
    return next((c for c, weight in weighed[1:] if abs(top - weight) < 0.01 and key(c.value) != key(best.value)), None)


def evidence(candidate: Candidate) -> dict[str, str]:
    """The proof of a value as the contract has it."""
    return {
        "rule": candidate.rule,
        "locator": candidate.place.locator(),
        "raw": candidate.raw[:300],
        "tier": rule(candidate.field, candidate.rule).tier,
    }
