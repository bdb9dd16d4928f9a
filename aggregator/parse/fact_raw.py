"""A value of a line of facts as it stands on the page, before anybody knows what it is."""

from dataclasses import dataclass

from aggregator.parse.blocks import Block
from aggregator.parse.fact_find import Label
from aggregator.parse.regions import Region


@dataclass(frozen=True, slots=True)
class Raw:
    """A value found behind a label (or without one), before anybody knows whether it is a fact of the film."""

    block: Block
    start: int
    end: int
    region: Region
    label: Label | None = None
    label_block: Block | None = None
    part: int = 0

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
