"""Credits of a film: one entry a person and role, counted over the reviews that name them."""

from collections.abc import Sequence
from typing import Any

from aggregator.merge.votes import Review, count
from aggregator.model import Role
from aggregator.resolve.names import person_key

_ROLE_ORDER = {role.value: place for place, role in enumerate(Role)}


def credits_of(reviews: Sequence[Review]) -> list[dict[str, Any]]:
    """Film credits by role, then by how many reviews name the person, then by billing, then by name."""
    votes = []
    characters = []
    billing: dict[tuple[str, str], int] = {}
    for review in reviews:
        for place, credit in enumerate(review.get("credits") or []):
            key = (str(credit["role"]), person_key(credit["name"]))
            votes.append((key, credit["name"], review))
            billing[key] = min(place, billing.get(key, place))
            if credit.get("character"):
                characters.append(((key, credit["character"].casefold()), credit["character"], review))
    played: dict[tuple[str, str], str] = {}
    for (key, _), group in count(characters).items():
        played.setdefault(key, group.value)
    groups = sorted(
        count(votes).items(),
        key=lambda item: (_ROLE_ORDER[item[0][0]], -len(item[1].reviews), billing[item[0]], item[0][1]),
    )
    return [
        {"role": key[0], "name": group.value, "character": played.get(key), "review_count": len(group.reviews)}
        for key, group in groups
    ]
