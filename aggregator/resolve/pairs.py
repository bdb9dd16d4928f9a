"""Turns human decisions, which name reviews by id or address, into pairs of review ids."""

from collections import defaultdict
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from itertools import combinations
from typing import Any

from aggregator.resolve.decisions import Decision, Decisions


@dataclass(slots=True)
class Pairs:
    """Pairs of ids to join and to keep apart; `unused` are names (and why) that no decision could use."""

    same: list[tuple[str, str]] = field(default_factory=list)
    different: list[tuple[str, str]] = field(default_factory=list)
    unused: list[tuple[str, str]] = field(default_factory=list)


def pairs_of(
    decisions: Decisions,
    reviews: Mapping[str, Mapping[str, Any]],
    keys: Mapping[str, tuple[str, ...]],
    address: Callable[[str], str],
) -> Pairs:
    """Every pair that the decisions name.

    `keys` are the ids of the copies folded into each review; `address` gives what all addresses of a page share.
    """
    names = _names(reviews, keys, address)
    pairs = Pairs()
    for decision in decisions.same:
        pairs.same += _pairs(decision, names, pairs, address)
    for decision in decisions.different:
        pairs.different += _pairs(decision, names, pairs, address)
    return pairs


def _names(
    reviews: Mapping[str, Mapping[str, Any]], keys: Mapping[str, tuple[str, ...]], address: Callable[[str], str]
) -> dict[str, set[str]]:
    """Everything by which a review may be named, to ids."""
    found: defaultdict[str, set[str]] = defaultdict(set)
    for name, review in reviews.items():
        for key in (name, *keys.get(name, ())):
            found[key].add(name)
        copies = [copy["url"] for copy in review.get("copies") or []]
        for url in (review.get("url"), review.get("canonical_url"), *copies):
            if url:
                found[address(url)].add(name)
    return found


def _pairs(
    decision: Decision, names: Mapping[str, set[str]], pairs: Pairs, address: Callable[[str], str]
) -> list[tuple[str, str]]:
    meant: list[str] = []
    for name in decision.reviews:
        found = names.get(name) or names.get(address(name)) or set()
        if len(found) == 1:
            meant += found
        else:
            why = "the page holds several reviews: name one by its id" if found else "no such review is staged"
            pairs.unused.append((name, why))
    return [(one, other) for one, other in combinations(meant, 2) if one != other]
