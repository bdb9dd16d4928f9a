"""How a property of an item is read: as text, as addresses, as people; used by the readers of each record."""

import re
from collections.abc import Iterable, Iterator

from aggregator.parse.structured.dom import absolute
from aggregator.parse.structured.items import Graph, Item
from aggregator.parse.structured.records import Fact, StructuredPerson
from aggregator.parse.structured.vocabulary import kinds, names

_ADDRESS = re.compile(r"(?:https?:)?//|[/#]|_:|mailto:|www\.\S+\Z", re.IGNORECASE)
_MAX_NAMES = 20
"""Names of one person."""


def is_kind(item: Item, kind: str) -> bool:
    """Whether one of the item's types is of `kind` (see [kinds] in the vocabulary)."""
    return not kinds()[kind].isdisjoint(item.types)


class Reading:
    """Reads properties of a graph's items; `field` is `table.key` of the vocabulary."""

    def __init__(self, graph: Graph) -> None:
        self.graph = graph

    def values(self, item: Item, field: str) -> list[Fact | Item]:
        """Values of the field, references resolved."""
        return self.graph.values(item, names(field))

    def items(self, item: Item, field: str) -> Iterator[Item]:
        """Those values of the field that are items themselves."""
        return (value for value in self.values(item, field) if isinstance(value, Item))

    def text(self, value: Fact | Item) -> Fact | None:
        """The text of a value; of an item its name."""
        if isinstance(value, Fact):
            return value
        for inner in self.graph.values(value, names("thing.name")):
            if isinstance(inner, Fact):
                return inner
        return None

    def first(self, item: Item, field: str) -> Fact | None:
        """The first value of the field that has a text."""
        return next((fact for value in self.values(item, field) if (fact := self.text(value))), None)

    def name(self, item: Item, field: str) -> Fact | None:
        """The first value that is a name and not an address."""
        return next((fact for fact in self.all(item, field) if not _ADDRESS.match(fact.value)), None)

    def all(self, item: Item, field: str) -> tuple[Fact, ...]:
        """Every text of the field once."""
        return _once(fact for value in self.values(item, field) if (fact := self.text(value)))

    def urls(self, item: Item, field: str) -> tuple[Fact, ...]:
        """Addresses of the field, as facts whose value is the address."""
        return _once(fact for value in self.values(item, field) if (fact := self.address(value)))

    def address(self, value: Fact | Item) -> Fact | None:
        """The address of a value: its link, of an item its url or id."""
        if isinstance(value, Fact):
            url = absolute(self.graph.base, value.url or value.value)
            return Fact(url, value.place, value.syntax, url)
        own = next((inner for inner in self.graph.values(value, ("url",)) if isinstance(inner, Fact)), None)
        if own is not None:
            return self.address(own)
        return Fact(value.id, value.place, value.syntax, value.id) if value.id else None

    def people(self, item: Item, field: str) -> tuple[StructuredPerson, ...]:
        """Everybody named in the field, roles unwrapped, each name once per character."""
        found: dict[tuple[str, str], StructuredPerson] = {}
        for value in self.values(item, field):
            for person in self._persons(value, names(field)):
                character = person.character.value if person.character else ""
                found.setdefault((person.name.value.casefold(), character), person)
        return tuple(found.values())

    def _persons(self, value: Fact | Item, wanted: tuple[str, ...]) -> Iterator[StructuredPerson]:
        if isinstance(value, Fact):
            if not _ADDRESS.match(value.value):
                yield StructuredPerson(value, url=value.url)
            return
        inner = [person for person in self.graph.values(value, wanted) if is_kind(value, "role")]
        if inner:
            # PerformanceRole: the person stands under the same property once more
            character = self.first(value, "thing.character")
            role = self.first(value, "thing.role")
            for person in inner:
                yield from self._named(person, character, role)
        else:
            yield from self._named(value, self.first(value, "thing.character"), None)

    def _named(self, value: Fact | Item, character: Fact | None, role: Fact | None) -> Iterator[StructuredPerson]:
        if isinstance(value, Fact):
            if not _ADDRESS.match(value.value):
                yield StructuredPerson(value, character, role, value.url)
            return
        address = next(iter(self.urls(value, "thing.url")), None)
        for name in self._person_names(value):
            if not _ADDRESS.match(name.value):
                yield StructuredPerson(
                    name,
                    character,
                    role,
                    address.value if address else None,
                    value.types,
                    is_kind(value, "organization") and not is_kind(value, "person"),
                )

    def _person_names(self, item: Item) -> tuple[Fact, ...]:
        stated = _once(value for value in self.graph.values(item, names("thing.name")) if isinstance(value, Fact))
        if stated:
            return stated[:_MAX_NAMES]
        given, family = self.first(item, "thing.given"), self.first(item, "thing.family")
        if given and family:
            return (Fact(f"{given.value} {family.value}", given.place, given.syntax),)
        return ()


def _once(facts: Iterable[Fact]) -> tuple[Fact, ...]:
    found: dict[str, Fact] = {}
    for fact in facts:
        found.setdefault(fact.value, fact)
    return tuple(found.values())
