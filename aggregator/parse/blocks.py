"""The page as a reader meets it: lines of text in order, each with its node, its marks and where it stands."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from lxml import etree

from aggregator.parse.hints import NONE, Hints

Element = etree._Element  # noqa: SLF001 - the only name lxml gives its element type


def is_address(href: str) -> bool:
    """Whether an address can be taken apart: pages hold broken ones ("http://[x")."""
    if href.isascii() and "[" not in href and "]" not in href:
        return True
    try:
        urlsplit(href)
    except ValueError:
        return False
    return True


@dataclass(slots=True, eq=False)
class Scope:
    """A part of the page whose markup says what it is; scopes nest. Each is only equal to itself."""

    node: Element | None
    hints: Hints
    parent: "Scope | None" = None
    chars: int = 0
    """Length of the running text in it that is not links."""
    settled: Hints | None = None

    def effective(self) -> Hints:
        """All hints of this scope and those around it."""
        if self.settled is None:
            self.settled = self.hints | (self.parent.effective() if self.parent else NONE)
        return self.settled

    def chain(self) -> "Iterator[Scope]":
        """This scope and those around it, innermost first."""
        scope: Scope | None = self
        while scope is not None:
            yield scope
            scope = scope.parent


@dataclass(frozen=True, slots=True)
class Mark:
    """An inline element within a block's text: link, emphasis, time, span with a class."""

    start: int
    end: int
    tag: str
    node: Element


@dataclass(frozen=True, slots=True)
class Icon:
    """An image, SVG or empty styled element within a block, at a text position.

    `kind` is img, svg or i; `alt` its alternative text (or aria-label, title), `src` the image's address,
    `names` its classes and those of the element right around it.
    """

    pos: int
    kind: str
    node: Element
    alt: str
    src: str
    names: str


@dataclass(slots=True, eq=False)
class Block:
    """One line: the text between two breaks of the page's flow, white space folded. Each is only equal to itself."""

    index: int
    node: Element | None
    tag: str
    text: str
    scope: Scope
    para: int
    """Lines of one paragraph (parted by <br>) share a number."""
    marks: list[Mark] = field(default_factory=list)
    icons: list[Icon] = field(default_factory=list)
    line: int | None = None
    """Line number in a text file, from 1."""

    @property
    def hints(self) -> Hints:
        """What the markup around this line says it is."""
        return self.scope.effective()

    def link_share(self) -> float:
        """Share of the text that stands in links, 0..1."""
        linked = sum(mark.end - mark.start for mark in self.marks if mark.tag == "a")
        return min(1.0, linked / len(self.text)) if self.text else 0.0

    def links(self) -> Iterator[tuple[str, str, Mark]]:
        """(text, href, mark) of each link; href is empty where it is no address."""
        for mark in self.marks:
            if mark.tag == "a":
                href = mark.node.get("href") or ""
                yield self.text[mark.start : mark.end], href if is_address(href) else "", mark


@dataclass(slots=True)
class Lines:
    """The blocks of a page and the nodes a field may look up without another walk."""

    blocks: list[Block]
    nodes: dict[str, list[Element]]
    """Elements by tag for the few tags fields ask for: see walk.KEPT."""
    items: list[Element]
    """Elements with itemscope or itemprop, in order."""
    classes: dict[str, list[Element]]
    """Elements by class name, as written."""
    scopes: dict[Element, Scope]
    """Scope opened by an element."""
