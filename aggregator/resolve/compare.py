"""Are two descriptions the same film? Named levels of comparison, found in levels.py, and the rules that weigh them.

A match needs a shared title (or catalogue number) and something that agrees beside it, and nothing that
contradicts. What merely fails to agree stays undecided: a film split in two can be mended, two films made one
poison every figure. A new rule is a line in MATCHES; what speaks against a match is in DOUBTS.
"""

from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from aggregator.resolve.facts import FilmFacts
from aggregator.resolve.levels import levels

Verdict = Literal["match", "distinct", "undecided"]
Levels = frozenset[str]


@dataclass(frozen=True, slots=True)
class Comparison:
    """The verdict on a pair and the levels that led to it; `against`: undecided because something contradicts."""

    verdict: Verdict
    reasons: tuple[str, ...]
    against: bool = False


CONFLICTS = frozenset(
    "identity_conflict year_conflict director_conflict reviewed_before_film title_number_differs".split()
)
"""Each of these makes two films of a pair, unless it is outweighed."""

OUTWEIGHED: tuple[tuple[Levels, str], ...] = (
    # a revival, or a late release abroad: a remake has another cast and another length
    (frozenset({"year_conflict"}), "title_same director_equal cast_equal runtime_equal"),
    (frozenset({"year_conflict"}), "title_format director_equal cast_equal runtime_equal"),
    (frozenset({"year_conflict"}), "title_equal title_long cast_equal runtime_equal"),
    # a later cut says so in its title
    (frozenset({"year_conflict"}), "title_version director_equal cast_shared"),
    # one director of two, a new name, or the wrong name printed
    (frozenset({"director_conflict"}), "title_equal year_equal cast_equal"),
)
"""Conflicts, and the levels that together outweigh them."""

OPEN = tuple(
    frozenset(levels.split())
    for levels in (
        "year_conflict title_same director_equal cast_shared",
        "year_conflict title_version director_equal",
        "year_conflict title_format director_equal cast_shared",
        "year_conflict title_same cast_equal",
        "director_conflict title_same year_close cast_shared",
        # the wrong name printed: hardly two films of one year share a long title, or title and length
        "director_conflict title_equal year_equal title_long",
        "director_conflict title_equal year_equal runtime_equal",
        "identity_conflict title_same year_close director_equal",
    )
)
"""A conflict beside so much that agrees is left to a person."""

DOUBTS: tuple[tuple[Levels, tuple[str, ...]], ...] = (
    (frozenset({"cast_disjoint"}), ("year_close director_equal", "identity_equal")),
    (frozenset({"runtime_apart"}), ("director_equal", "cast_shared", "identity_equal")),
    (frozenset({"runtime_differs"}), ("director_known", "cast_shared", "identity_equal", "title_long")),
    # a director's feature bears the name of his short
    (frozenset({"runtime_short"}), ("identity_equal",)),
    # brothers, father and son, or a namesake
    (frozenset({"director_kin"}), ("cast_shared", "identity_equal")),
    # a director who remakes his film keeps some of its actors
    (frozenset({"year_apart", "cast_partly"}), ("identity_equal",)),
)
"""What undoes a match, unless one of these sets agrees as well."""

LENGTHS = frozenset(["runtime_apart", "runtime_differs"])
"""Doubts that two cuts of one film explain."""

EXCUSABLE = LENGTHS | {"cast_disjoint", "director_kin"}
"""Doubts that mean nothing where another review confirms: two name different actors, two brothers direct."""

HINDRANCES = CONFLICTS | LENGTHS | {"cast_disjoint", "runtime_short", "director_kin", "year_apart", "title_folded"}
"""What a review that says little must not have against it."""

WEAK: tuple[tuple[Levels, tuple[str, ...]], ...] = (
    (
        frozenset({"title_folded"}),
        ("director_known", "cast_shared", "runtime_equal", "identity_equal", "title_long"),
    ),
)
"""What makes too little of a match, unless one of these sets agrees as well, and contradicts nothing."""

MATCHES = tuple(
    frozenset(levels.split())
    for levels in (
        "title_equal director_equal",
        "title_equal year_equal",
        # two films of one title in neighbouring years are not rare, of one long title they are
        "title_equal year_close title_long",
        "title_equal year_close director_similar",
        "title_equal director_similar title_long",
        "title_equal year_close runtime_equal",
        "title_equal year_close cast_shared",
        "title_equal year_apart cast_equal",
        "title_equal cast_equal title_long",
        "title_equal cast_equal runtime_equal",
        "title_equal cast_equal director_similar",
        "title_equal reviewed_when_new title_long",
        "title_equal reviewed_together title_long",
        # The Suicide Squad and Suicide Squad are two films with half a cast in common
        "title_article director_equal",
        "title_article year_equal cast_shared",
        "title_article year_equal runtime_equal",
        "title_article year_equal title_long",
        "title_spelling director_equal year_close",
        "title_spelling director_equal cast_shared",
        "title_spelling director_equal runtime_equal",
        "title_spelling year_equal cast_equal",
        "title_version director_equal cast_shared",
        "title_version director_equal year_close",
        "title_version director_equal runtime_equal",
        "title_format director_equal year_close",
        "title_format director_equal cast_equal runtime_equal",
        "title_format year_equal cast_equal",
        # a sequel of the same year may differ in nothing but its subtitle and its length
        "title_main director_equal year_equal runtime_equal",
        "title_main director_similar year_equal runtime_equal cast_equal",
        "title_part director_equal year_equal cast_shared",
        "title_part director_equal year_equal runtime_equal",
        "title_part director_similar year_equal cast_equal",
        "title_unnumbered director_equal cast_shared runtime_equal year_apart",
        "title_unnumbered director_equal cast_shared year_close",
        "title_equal identity_equal",
        # without a shared title a catalogue number needs more: pages link to other films too, of the same people
        "identity_equal year_equal",
        "identity_equal director_equal year_close",
        "identity_equal cast_shared year_close",
        "identity_equal director_equal runtime_equal",
        "identity_equal cast_equal runtime_equal",
    )
)
"""Sets of levels that each make a match."""

_IMPLIED = {
    "title_equal": {"title_same"},
    "title_article": {"title_same"},
    "title_spelling": {"title_same"},
    "year_equal": {"year_close"},
    "year_near": {"year_close"},
    "cast_equal": {"cast_shared"},
    "cast_partly": {"cast_shared"},
    "director_equal": {"director_known"},
    "director_similar": {"director_known"},
}


@lru_cache(maxsize=131_072)  # of popular films hundreds of reviews say the same
def compare(a: FilmFacts, b: FilmFacts) -> Comparison:
    """Judge a pair; symmetric."""
    reasons = levels(a, b)
    verdict, against = _judge(frozenset(reasons))
    return Comparison(verdict, reasons, against)


@lru_cache(maxsize=8192)
def _judge(found: Levels) -> tuple[Verdict, bool]:
    """The verdict, and whether it is undecided because something contradicts."""
    has = found.union(*(_IMPLIED.get(level, set()) for level in found))
    conflicts = has & CONFLICTS
    if conflicts and not any(conflicts == what and has >= set(levels.split()) for what, levels in OUTWEIGHED):
        open_ = "title_number_differs" not in has and any(has >= levels for levels in OPEN)
        return ("undecided", True) if open_ else ("distinct", False)
    if _holds(DOUBTS, has):
        return "undecided", True
    if _holds(WEAK, has):
        return "undecided", False
    return ("match" if conflicts or any(has >= levels for levels in MATCHES) else "undecided"), False


def _holds(rules: tuple[tuple[Levels, tuple[str, ...]], ...], has: Levels) -> bool:
    return any(has >= what and not any(has >= set(cure.split()) for cure in cures) for what, cures in rules)
