"""Counting what reviews say: the value most of them state, and who says otherwise; ties are settled here."""

from collections.abc import Hashable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, TypeVar

Review = Mapping[str, Any]
Key = TypeVar("Key", bound=Hashable)


@dataclass(slots=True)
class Group:
    """Spellings of one value, each with the ids of the reviews that state it."""

    spellings: dict[Any, dict[str, None]] = field(default_factory=dict)
    first_published: str = "9999"

    @property
    def reviews(self) -> list[str]:
        """Ids of all reviews that state the value in any spelling, sorted."""
        return sorted({name for names in self.spellings.values() for name in names})

    @property
    def value(self) -> Any:
        """The spelling most reviews use; then one not in capitals, with its accents; then alphabetical."""
        if len(self.spellings) == 1:
            return next(iter(self.spellings))

        def rank(spelling: Any) -> tuple[int, int, int, str]:
            return -len(self.spellings[spelling]), _capitals(spelling), -_beyond_ascii(spelling), str(spelling)

        return min(self.spellings, key=rank)

    @property
    def rank(self) -> tuple[Any, ...]:
        """The smallest wins: most reviews, then earliest, then alphabetical."""
        value = self.value
        return (-len(self.reviews), self.first_published, value if isinstance(value, int | float) else 0, str(value))


def _capitals(value: Any) -> int:
    return sum(1 for word in str(value).split() if len(word) > 2 and word.isupper())


def _beyond_ascii(value: Any) -> int:
    return sum(1 for character in str(value) if not character.isascii())


def count(votes: Iterable[tuple[Key, Any, Review]]) -> dict[Key, Group]:
    """Group votes (key, value as written, review) by key; groups in the order of their rank, best first."""
    groups: dict[Key, Group] = {}
    for key, value, review in votes:
        group = groups.setdefault(key, Group())
        group.spellings.setdefault(value, {})[review["id"]] = None
        group.first_published = min(group.first_published, (review.get("published") or "9999")[:10])
    return dict(sorted(groups.items(), key=lambda item: item[1].rank)) if len(groups) > 1 else groups


def disagreement(groups: Mapping[Any, Group]) -> list[dict[str, Any]]:
    """Every value with its reviews when there are several, the winner first; else nothing."""
    if len(groups) < 2:
        return []
    return [{"value": group.value, "reviews": group.reviews} for group in groups.values()]
