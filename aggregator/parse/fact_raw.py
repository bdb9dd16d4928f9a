"""A value of a line of facts as it stands on the page, before anybody knows what it is."""

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from aggregator.parse.blocks import Block
from aggregator.parse.fact_find import Label
from aggregator.parse.fact_values import parts_of
from aggregator.parse.regions import Region


class Raw(NamedTuple):
    """A value found behind a label (or without one), before anybody knows whether it is a fact of the film.

    `whole`: a line without labels that is not yet taken apart, as few of them need to be.
    """

    block: Block
    start: int
    end: int
    region: Region
    label: Label | None = None
    label_block: Block | None = None
    part: int = 0
    whole: bool = False

    @property
    def value(self) -> str:
        """The text of the value."""
        return self.block.text[self.start : self.end]

    @property
    def listed(self) -> str:
        """The text of the value, with commas between names that only their links part."""
        inside = [m for m in self.block.marks if m.tag == "a" and m.start >= self.start and m.end <= self.end]
        names = [name for mark in inside if (name := self.block.text[mark.start : mark.end].strip(" ,"))]
        linked = "".join(names).replace(" ", "")
        return ", ".join(names) if len(names) > 1 and linked == self.value.replace(" ", "") else self.value

    @property
    def first(self) -> int:
        """Index of the line the label (or the value) stands on."""
        return (self.label_block or self.block).index


def pieces(block: Block, start: int, end: int, region: Region) -> Iterator[Raw]:
    """The values without a label in part of a line, between its separators."""
    for first, last in parts_of(block.text[start:end]) if end > start else ():
        yield Raw(block, start + first, start + last, region)


def parted(raws: Iterable[Raw]) -> Iterator[Raw]:
    """The same values, whole lines taken apart."""
    for raw in raws:
        if raw.whole:
            yield from pieces(raw.block, raw.start, raw.end, raw.region)
        else:
            yield raw
