"""What people's decisions mean before any rule is asked: who is placed by rules, who follows, who is joined after."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from aggregator.resolve.shelf import Group


@dataclass(frozen=True, slots=True)
class Decided:
    """`groups` are placed by rules, each as a whole; `joins` are pairs whose films become one once both are placed.

    `follow`: a review to the one whose film it goes to; to itself when it stands apart.
    """

    groups: tuple[Group, ...]
    joins: tuple[tuple[str, str], ...]
    follow: Mapping[str, str]
    forbidden: frozenset[frozenset[str]]


def says(group: Group) -> int:
    """2: people or a catalogue number; 1: a year or a length beside the title; 0: a title alone."""
    if any(facts.directors or facts.identities or len(facts.cast) > 1 for facts in group.values()):
        return 2
    return int(any(facts.year is not None or facts.runtime is not None for facts in group.values()))


def decide(
    reviews: Group,
    same: Iterable[tuple[str, str]],
    different: Iterable[tuple[str, str]],
    follow: Mapping[str, str],
) -> Decided:
    """Sort reviews by what people have decided on them.

    Of reviews decided to be of one film, those that name people are placed by rules and their films joined; the
    others follow them. Where none names people they are placed together, as if they were one review.
    """
    forbidden = frozenset(frozenset(pair) for pair in different)
    following = {name: target for name, target in follow.items() if name in reviews and target in reviews}
    groups: list[Group] = []
    joins: list[tuple[str, str]] = []
    for ids in _together(reviews, same, forbidden):
        led = next((following[name] for name in ids if name in following), None)
        if led is not None:  # "this is that film" holds for all that are decided to be one with it
            following |= {name: following.get(name, led) for name in ids}
            continue
        telling = [name for name in ids if says({name: reviews[name]}) == 2]
        if not telling:
            groups.append({name: reviews[name] for name in ids})
            continue
        groups += [{name: reviews[name]} for name in telling]
        joins += [(telling[0], name) for name in telling[1:]]
        following |= {name: telling[0] for name in ids if name not in telling}
    return Decided(tuple(groups), tuple(joins), _led(following), forbidden)


def _led(follow: Mapping[str, str]) -> dict[str, str]:
    """Each follower to the end of its line: a review that follows nobody, or itself."""
    found = {}
    for name in follow:
        seen, target = {name}, follow[name]
        while target not in seen and target in follow:
            seen.add(target)
            target = follow[target]
        found[name] = target
    return found


def _together(
    reviews: Group, same: Iterable[tuple[str, str]], forbidden: frozenset[frozenset[str]]
) -> list[tuple[str, ...]]:
    """Reviews that decisions hold together, each alone that none holds."""
    group_of: dict[str, tuple[str, ...]] = {name: (name,) for name in reviews}
    for one, other in sorted(tuple(sorted(pair)) for pair in same):
        left, right = group_of[one], group_of[other]
        if left == right or any(frozenset((a, b)) in forbidden for a in left for b in right):
            continue  # a decided difference wins
        joined = tuple(sorted(left + right))
        group_of.update(dict.fromkeys(joined, joined))
    return sorted(set(group_of.values()))
