"""What the readers of comment markup hand over, and the thread made of it; a new fact is a field of Found."""

from dataclasses import dataclass, field
from typing import Any

from aggregator.parse.blocks import Block, Element
from aggregator.parse.candidate import Place

MAX_COMMENTS = 5_000
"""Comments kept of one page; what lies beyond is cut and said."""
MAX_DEPTH = 64
"""Levels of replies kept; deeper replies answer the last level."""

Comment = dict[str, Any]
"""A comment as the contract's model has it."""


@dataclass(frozen=True, slots=True)
class Thread:
    """The reader comments of a page.

    `declared` is the number the page prints (None when it prints none), `place` where the thread stands,
    `next_page` the address of further comments; `complete` is False when the page shows fewer than it declares
    or leads to more, `truncated` when our own bounds cut the thread.
    """

    comments: list[Comment] = field(default_factory=list)
    declared: int | None = None
    place: Place | None = None
    next_page: str | None = None
    complete: bool = True
    truncated: bool = False


@dataclass(slots=True, eq=False)
class Found:
    """One comment as a reader of markup found it; the rest is worked out over the whole thread."""

    node: Element | None = None
    source: str = ""
    """The kind of markup it was found in."""
    line: int | None = None
    """Line of a text file."""
    key: str | None = None
    """The page's own id."""
    name: str | None = None
    link: str | None = None
    """Address the name links to."""
    stamp: str | None = None
    """The date as printed."""
    date: str | None = None
    """The date as stated for machines, ISO."""
    body: list[tuple[int, str]] = field(default_factory=list)
    """Lines of the marked text, with the number of their paragraph."""
    loose: list[tuple[int, str]] = field(default_factory=list)
    """Lines that no markup explains; the text when there is no `body`."""
    meta: list[str] = field(default_factory=list)
    """Lines around name and date."""
    blocks: list[Block] = field(default_factory=list)
    """The blocks of `loose`, in which a name may still be found."""
    moment: int | None = None
    """Milliseconds or seconds since 1970 out of a permalink; used where the printed date cannot be read."""
    parent: "Found | None" = None
    bare: bool = False
    """Inside `parent` without anything that says it is a reply: may be a part of the same comment."""
    orphan: bool = False
    """A reply by its markup, to nothing on the page."""
    level: float | None = None
    """Depth or indentation as the markup states it, where replies do not stand inside what they answer."""
    answers: str | None = None
    """The id of the comment it says it answers."""
    by_critic: bool = False
    ping: bool = False
    removed: bool = False
    first: int = -1
    """Index of its first block."""

    def text(self) -> str:
        """The words of the comment: lines parted by a newline, paragraphs by an empty line."""
        parts: list[str] = []
        last: int | None = None
        for para, text in self.body or self.loose:
            if last is not None:
                parts.append("\n" if para == last else "\n\n")
            parts.append(text)
            last = para
        return "".join(parts).strip()
