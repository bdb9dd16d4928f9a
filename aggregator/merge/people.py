"""Credits of a film: one entry a person and role, counted over the reviews that name them in any spelling."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import Any

from aggregator.merge.votes import Group, Review, count
from aggregator.model import Role
from aggregator.resolve.levels import may_be_one_person
from aggregator.resolve.names import person_key, script_of

_ROLE_ORDER = {role.value: place for place, role in enumerate(Role)}

Key = tuple[str, str]
"""A role and the key of a name."""


def credits_of(reviews: Sequence[Review], one: Mapping[Key, Key]) -> list[dict[str, Any]]:
    """Film credits by role, then by how many reviews name the person, then by billing, then by name.

    `one` are the `spellings` of the reviews' people.
    """
    votes = []
    characters = []
    billing: dict[Key, int] = {}
    for review in reviews:
        for place, credit in enumerate(review.get("credits") or []):
            key = one[_key(credit)]
            votes.append((key, credit["name"], review))
            billing[key] = min(place, billing.get(key, place))
            if credit.get("character"):
                characters.append(((key, credit["character"].casefold()), credit["character"], review))
    played: dict[Key, str] = {}
    for (key, _), group in count(characters).items():
        played.setdefault(key, group.value)
    groups = sorted(
        count(votes).items(),
        key=lambda item: (_ROLE_ORDER[item[0][0]], -len(item[1].reviews), billing[item[0]], item[0][1]),
    )
    return [
        {"role": key[0], "name": _shown(key, group), "character": played.get(key), "review_count": len(group.reviews)}
        for key, group in groups
    ]


def _key(credit: Mapping[str, Any]) -> Key:
    return str(credit["role"]), person_key(credit["name"])


def _shown(key: Key, group: Group) -> str:
    """The spelling most reviews use, of those that leave no part of the name out."""
    full = {name for name in group.spellings if len(person_key(name).split()) >= len(key[1].split())}
    return str(Group({name: group.spellings[name] for name in full or group.spellings}).value)


def spellings(reviews: Sequence[Review]) -> dict[Key, Key]:
    """Every name key in its role to the key it counts under.

    A name goes with the one fuller or more frequent name that it can be a spelling of ("Favreau", "Jon Favreau"),
    unless one review names both, or it could be several people: "Coen" is neither Joel nor Ethan.
    """
    named: defaultdict[Key, set[str]] = defaultdict(set)
    for review in reviews:
        for credit in review.get("credits") or []:
            named[_key(credit)].add(review["id"])
    found = {key: key for key in named}
    by_word: defaultdict[tuple[str, str], list[Key]] = defaultdict(list)
    for key in sorted(named, key=lambda key: (-len(key[1].split()), -len(named[key]), key)):
        able = {
            other
            for part in _parts(key[1])
            for other in by_word[key[0], part]
            if not named[key] & named[other] and _is_spelling(key[1], other[1])
        }
        if len(able) == 1:
            found[key] = able.pop()
            named[found[key]] |= named[key]
            continue
        for part in _parts(key[1]):
            by_word[key[0], part].append(key)
    return found


def _parts(name: str) -> set[str]:
    """What two spellings of a name share at least one of: the beginnings of its words."""
    return {word[:3] for word in name.split()}


def _is_spelling(name: str, other: str) -> bool:
    return script_of(name) == script_of(other) == "LATIN" and may_be_one_person(name, other)
