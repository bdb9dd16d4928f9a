"""What is staged, as a build looks at it: all reviews at once by their traits, and as whole Reviews a few at a time.

Reviews are known by number, which follows the order of addresses. What people have called wrong is taken back and
pages of one review are joined on the way, so that nobody behind this module sees the difference.
"""

import hashlib
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import chain
from typing import Any, TypeVar

import sqlalchemy as sa
from pydantic_core import from_json

from aggregator.dedupe.fold import Fold
from aggregator.dedupe.parted import parted
from aggregator.dedupe.traits import Staged, Traits, traits_of
from aggregator.dedupe.urls import address_key
from aggregator.merge.parts import Paged, concerned, join_parts
from aggregator.model import Review
from aggregator.resolve.corrections import corrected
from aggregator.resolve.decisions import Decision, Decisions
from aggregator.resolve.pairs import Names, Report
from aggregator.seen import Held, Refused, as_staged, look, rating_of
from aggregator.store import Note, reading
from aggregator.workers import Workers

Json = dict[str, Any]
Item = TypeVar("Item")
_GROUP = 1_000_000
"""Characters of JSON that are held whole at one time, when no film has more; thrice that many bytes of memory."""


_TASK = 300_000
"""The same of what one worker looks at."""


class Corpus:
    """Every staged review that the contract accepts; the notes say what was left out or could not be followed."""

    def __init__(self, connection: sa.Connection, decisions: Decisions, workers: Workers) -> None:
        self.notes: list[Note] = []
        self.traits: dict[int, Traits] = {}
        self.held: dict[int, Held] = {}
        self._connection = connection
        self._digest = hashlib.sha256()
        self._wrong: defaultdict[int, list[Decision]] = defaultdict(list)
        self._joined: dict[int, Staged] = {}
        paged: dict[int, tuple[str | None, str | None]] = {}
        rows = in_groups(enumerate(reading.iter_rows(connection)), lambda row: len(row[1].text), _TASK)
        for seen in chain.from_iterable(workers.each(look, rows)):
            if isinstance(seen, Refused):
                self.notes.append(Note("invalid_review", seen.review_id, {"url": seen.page_url, "field": seen.field}))
                continue
            number = seen.traits.number
            self.held[number], self.traits[number] = seen.held, seen.traits
            self._digest.update(seen.line)
            if any(seen.links):
                paged[number] = seen.links
        self._size = len(self.held)
        self._correct(decisions.of("value-is-wrong"))
        self._join(paged)
        self.parted = parted(self.traits, decisions.of("different"))

    def __len__(self) -> int:
        """How many reviews are staged, later pages of a review too."""
        return self._size

    @property
    def digest(self) -> str:
        """A digest of all that was read, in hex."""
        return self._digest.hexdigest()

    def load(self, numbers: Sequence[int]) -> dict[int, Staged]:
        """These reviews by number, corrected and joined."""
        found = {number: self._joined[number] for number in numbers if number in self._joined}
        number_of = {self.held[number].row: number for number in numbers if number not in found}
        for row, text in reading.texts_of(self._connection, list(number_of)):
            found[number_of[row]] = self._staged(number_of[row], text)
        return found

    def bodies(self, numbers: Sequence[int]) -> Iterator[tuple[int, str]]:
        """(number, text) of these reviews."""
        for group in in_groups(numbers, self.size):
            for number, staged in self.load(group).items():
                yield number, staged.data["body"] or ""

    def size(self, number: int) -> int:
        """Characters of a review as JSON, without its older versions."""
        return self.held[number].size

    def size_of(self, fold: Fold) -> int:
        """The same of a review with its copies."""
        return sum(self.held[review.number].size for review in fold.members)

    def versions(self, numbers: Iterable[int]) -> dict[int, list[tuple[str, Json]]]:
        """The older contents of those of these reviews that have any, as (seen_at, Review), oldest first."""
        number_of = {self.held[number].row: number for number in numbers if self.held[number].has_versions}
        found = reading.versions_of(self._connection, list(number_of)) if number_of else {}
        return {number_of[row]: versions for row, versions in found.items()}

    def _know(self, number: int, staged: Staged) -> None:
        """Keep what is looked at in all reviews at once."""
        rated_by, rating = rating_of(staged.data)
        self.traits[number] = traits_of(staged, number)
        self.held[number] = replace(self.held[number], rated_by=rated_by, rating=rating)

    def _staged(self, number: int, text: str) -> Staged:
        plain = self.held[number].plain
        data = from_json(text) if plain else Review.model_validate_json(text).model_dump(mode="json")
        staged = as_staged(data, self.held[number])
        for decision in self._wrong.get(number, ()):
            right = corrected(staged.data, decision.field or "", decision.value, decision.instead)
            staged = staged if right is None else replace(staged, data=right)
        return staged

    def _correct(self, decisions: Sequence[Decision]) -> None:
        """Take back the values that people have called wrong, and report the decisions that found none to take."""
        if not decisions:
            return
        names = Names(address_key)
        numbers: defaultdict[str, list[int]] = defaultdict(list)
        for number, traits in self.traits.items():
            addresses = {"url": traits.url, "canonical_url": traits.canonical_url}
            names.add(traits.id, addresses | {"copies": [{"url": traits.page_url}]})
            numbers[traits.id].append(number)
        reports: list[Report] = []
        for decision in decisions:
            for name in names.meant(decision, reports):
                found = [self._set_right(number, decision) for number in numbers[name]]
                if not any(found):
                    why = f"{decision.field} is not {decision.value!r} any more; look again"
                    reports.append(Report("decision_stale", name, decision, why))
        self.notes += [Note(report.kind, report.name, report.as_dict()) for report in reports]

    def _set_right(self, number: int, decision: Decision) -> bool:
        staged = self.load([number])[number]
        if corrected(staged.data, decision.field or "", decision.value, decision.instead) is None:
            return False
        self._wrong[number].append(decision)
        self._know(number, self.load([number])[number])
        return True

    def _join(self, paged: Mapping[int, tuple[str | None, str | None]]) -> None:
        """Take later pages into the review of their first one."""
        keys = concerned((self.held[number].page_url, *links) for number, links in paged.items())
        if not keys:
            return
        numbers = [number for number, traits in self.traits.items() if _page_key(traits) in keys]
        staged = self.load(numbers)
        number_of = {(one.page_url, one.data["id"]): number for number, one in staged.items()}
        joined = join_parts(Paged(staged[number], *paged.get(number, (None, None))) for number in numbers)
        for number in numbers:
            del self.traits[number]
        for whole in joined.reviews:
            number = number_of[whole.page_url, whole.data["id"]]
            if whole is not staged[number]:
                self._joined[number] = whole
            self._know(number, whole)
        self.notes += [Note("part_without_first_page", url, {}) for url in joined.loose]


def _page_key(traits: Traits) -> str:
    return traits.url_key if traits.url == traits.page_url else address_key(traits.page_url)


def in_groups(items: Iterable[Item], size: Callable[[Item], int], full: int = _GROUP) -> Iterator[list[Item]]:
    """The items in their order, in groups that end with the item that makes them `full`."""
    group: list[Item] = []
    held = 0
    for item in items:
        group.append(item)
        held += size(item)
        if held >= full:
            yield group
            group, held = [], 0
    if group:
        yield group
