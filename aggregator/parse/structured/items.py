"""The common form of every syntax: typed items with properties, and the links between them by id."""

from collections.abc import Container, Iterable
from dataclasses import dataclass, field
from typing import NamedTuple
from urllib.parse import urljoin

from aggregator.parse.blocks import Element
from aggregator.parse.candidate import Place
from aggregator.parse.structured.records import Fact

MAX_ITEMS = 20_000
"""Items and values of one page; what lies beyond is not read, and said."""
_MAX_VALUES = 500


@dataclass(slots=True, eq=False)
class Item:
    """One thing: its schema types, and its property values by lower-case name."""

    types: tuple[str, ...]
    place: Place
    syntax: str
    id: str | None = None
    props: dict[str, list["Fact | Item"]] = field(default_factory=dict)
    parent: "Item | None" = None
    within: str | None = None
    """The property of `parent` that this item is a value of."""
    referred: bool = False
    """It stands on its own; `parent` only refers to it by its id."""

    @property
    def nested(self) -> str | None:
        """The property it is written under, None when it stands on its own."""
        return None if self.referred else self.within

    def add(self, name: str, value: "Fact | Item") -> None:
        """Append a value; an item learns where it stands."""
        self.props.setdefault(name, []).append(value)
        if isinstance(value, Item) and value.parent is None and value is not self:
            value.parent, value.within = self, name


class Found(NamedTuple):
    """What a syntax's reader hands over: its items in page order, and whether some were beyond the bounds."""

    items: list[Item]
    cut: bool = False


class Graph:
    """The items of one syntax; references by id lead to the item that says most."""

    def __init__(self, items: Iterable[Item], base: str | None = None) -> None:
        self.items: list[Item] = []
        self.base = base or ""
        self._by_id: dict[str, Item] = {}
        self._same: dict[Item, Item] = {}
        references = []
        for item in items:
            if item.id and not item.props and not item.types:
                references.append(item)
            elif item.id:
                self._place(item)
            else:
                self.items.append(item)
        for reference in references:
            self._refer(reference)

    def _place(self, item: Item) -> None:
        key = self.key(item.id or "")
        known = self._by_id.setdefault(key, item)
        if known is item:
            self.items.append(item)
        elif not known.types or not item.types or set(known.types) & set(item.types):
            # one thing described in two places: what the first does not say, the second may
            known.types = known.types or item.types
            for name, values in item.props.items():
                known.props.setdefault(name, values)
            if known.parent is None and item.parent is not known:
                known.parent, known.within, known.referred = item.parent, item.within, True
            self._same[item] = known
        else:
            # a page that gives a film and its review the same id
            self.items.append(item)

    def _refer(self, reference: Item) -> None:
        target = self._by_id.get(self.key(reference.id or ""))
        if target is None:
            return
        self._same[reference] = target
        if target.parent is None and reference.parent is not target:
            target.parent, target.within, target.referred = reference.parent, reference.within, True

    def key(self, identifier: str) -> str:
        """`identifier` as an absolute address where that is possible."""
        if not self.base or identifier.startswith(("http://", "https://", "_:")):
            return identifier
        try:
            return urljoin(self.base, identifier)
        except ValueError:
            return identifier

    def resolve(self, value: Fact | Item) -> Fact | Item:
        """The item meant by a reference, else the value itself."""
        if isinstance(value, Item):
            return self._same.get(value, value)
        # a link with a text of its own says enough
        if value.url == value.value and self._by_id and (target := self._by_id.get(self.key(value.value))):
            return target
        return value

    def values(self, item: Item, names: tuple[str, ...]) -> list[Fact | Item]:
        """Values of the named properties, in that order and at most a few hundred, references resolved."""
        props = item.props
        # most fields of most items are absent: this is the hot path
        return [self.resolve(value) for name in names if name in props for value in props[name][:_MAX_VALUES]]


def owner(node: Element, owners: Container[Element]) -> Element | None:
    """The nearest element above `node` that is one of `owners`."""
    above = node.getparent()
    while above is not None and above not in owners:
        above = above.getparent()
    return above
