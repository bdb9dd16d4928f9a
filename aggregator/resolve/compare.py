"""Are two descriptions the same film? Named levels of comparison and one rule; a new level is added in `levels`.

A match needs a shared title (or catalogue number) and something that agrees beside it, and nothing that
contradicts. What merely fails to agree stays undecided: a film split in two can be mended, two films made one
poison every figure.
"""

from dataclasses import dataclass
from typing import Literal

from rapidfuzz import fuzz

from aggregator.resolve.facts import FilmFacts
from aggregator.resolve.names import script_of

Verdict = Literal["match", "distinct", "undecided"]

YEAR_TOLERANCE = 1
"""Festival, home and foreign release of one film fall in neighbouring years."""

YEAR_CONFLICT = 2
"""Years further apart than this are two films, even by one director (who may remake his own)."""

NAME_LIKENESS = 88
"""rapidfuzz ratio (0..100) from which two names may be spellings of one; then they do not contradict."""

CONFLICTS = ("identity_conflict", "year_conflict", "director_conflict", "reviewed_before_film")
SUPPORT = ("identity_equal", "year_equal", "year_near", "director_equal", "cast_shared")
STRONG_SUPPORT = ("identity_equal", "director_equal")


@dataclass(frozen=True, slots=True)
class Comparison:
    """The verdict on a pair and the levels that led to it."""

    verdict: Verdict
    reasons: tuple[str, ...]


def compare(a: FilmFacts, b: FilmFacts) -> Comparison:
    """Judge a pair; symmetric."""
    reasons = levels(a, b)
    if any(reason in CONFLICTS for reason in reasons):
        return Comparison("distinct", reasons)
    if "cast_disjoint" in reasons and not any(reason in STRONG_SUPPORT for reason in reasons):
        return Comparison("undecided", reasons)  # two films of one title in one year are not that rare
    if "title_equal" in reasons and any(reason in SUPPORT for reason in reasons):
        return Comparison("match", reasons)
    # without a shared title a catalogue number needs a second witness: pages link to the wrong film at times
    if "identity_equal" in reasons and any(reason in SUPPORT[1:] for reason in reasons):
        return Comparison("match", reasons)
    return Comparison("undecided", reasons)


def levels(a: FilmFacts, b: FilmFacts) -> tuple[str, ...]:
    """Every level of comparison that holds, by name."""
    found = [_titles(a, b), _identity(a, b), _years(a, b), _directors(a, b), _cast(a, b), _time(a, b)]
    return tuple(level for level in found if level)


def _titles(a: FilmFacts, b: FilmFacts) -> str:
    if a.titles & b.titles:
        return "title_equal"
    return "title_differs" if a.titles and b.titles else ""


def _identity(a: FilmFacts, b: FilmFacts) -> str:
    if a.identities & b.identities:
        return "identity_equal"
    mine, theirs = ({system for system, _ in side.identities} for side in (a, b))
    return "identity_conflict" if mine & theirs else ""


def _years(a: FilmFacts, b: FilmFacts) -> str:
    if a.year is None or b.year is None:
        return ""
    apart = abs(a.year - b.year)
    if apart == 0:
        return "year_equal"
    if apart <= YEAR_TOLERANCE:
        return "year_near"
    return "year_conflict" if apart > YEAR_CONFLICT else "year_apart"


def _directors(a: FilmFacts, b: FilmFacts) -> str:
    if not a.directors or not b.directors:
        return ""
    if a.directors & b.directors:
        return "director_equal"
    pairs = [(mine, theirs) for mine in a.directors for theirs in b.directors]
    if any(may_be_one_person(mine, theirs) for mine, theirs in pairs):
        return "director_similar"
    return "director_conflict"


def may_be_one_person(a: str, b: str) -> bool:
    """Whether two name keys could be one person: cannot be compared, one is part of the other, or near-equal."""
    if script_of(a) != script_of(b):
        return True
    if script_of(a) != "LATIN":
        return bool(set(a) & set(b) - {" "})
    mine, theirs = set(a.split()), set(b.split())
    if mine <= theirs or theirs <= mine or sorted(a.replace(" ", "")) == sorted(b.replace(" ", "")):
        return True
    return fuzz.ratio(a, b) >= NAME_LIKENESS


def _cast(a: FilmFacts, b: FilmFacts) -> str:
    if len(a.cast & b.cast) >= 2:
        return "cast_shared"
    if min(len(a.cast), len(b.cast)) < 3 or a.cast & b.cast:
        return ""
    one_script = {script_of(name) for name in a.cast} & {script_of(name) for name in b.cast}
    return "cast_disjoint" if one_script else ""


def _time(a: FilmFacts, b: FilmFacts) -> str:
    for film, review in ((a, b), (b, a)):
        if film.year and review.known_by and review.year is None and review.known_by < film.year - YEAR_TOLERANCE:
            return "reviewed_before_film"
    return ""
