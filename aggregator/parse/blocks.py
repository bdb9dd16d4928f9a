"""The page as a reader meets it: lines of text in order, each with its node, its marks and where it stands."""

import re
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from operator import itemgetter
from typing import Any, Generic, NamedTuple, TypeVar, overload
from urllib.parse import urlsplit

from lxml import etree

from aggregator.notation.cues import WORD
from aggregator.notation.languages import fold
from aggregator.parse.hints import NONE, Hints

Element = etree._Element  # noqa: SLF001 - the only name lxml gives its element type


T = TypeVar("T")
_CJK = re.compile(r"[\u3040-\u30ff\u4e00-\u9fff\uac00-\ud7a3]")


class lazy(Generic[T]):  # noqa: N801 - used as a decorator, like property
    """An attribute worked out when first asked for; functools' own takes a lock, which a line is too small for."""

    def __init__(self, work: Callable[[Any], T]) -> None:
        self._work = work
        self._name = work.__name__
        self.__doc__ = work.__doc__

    @overload
    def __get__(self, owner: None, kind: type) -> "lazy[T]": ...
    @overload
    def __get__(self, owner: object, kind: type) -> T: ...
    def __get__(self, owner: object | None, kind: type) -> "lazy[T] | T":
        if owner is None:
            return self
        value = owner.__dict__[self._name] = self._work(owner)
        return value


def weight(text: str) -> int:
    """Length of a text in letters, a sign of an East Asian script counted as two and a half."""
    return len(text) + int(1.5 * len(_CJK.findall(text))) if not text.isascii() else len(text)


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
            around = self.parent.effective() if self.parent else NONE
            self.settled = self.hints | around if self.hints else around
        return self.settled

    def chain(self) -> "Iterator[Scope]":
        """This scope and those around it, innermost first."""
        scope: Scope | None = self
        while scope is not None:
            yield scope
            scope = scope.parent


class Mark(NamedTuple):
    """An inline element within a block's text: link, emphasis, time, span with a class."""

    start: int
    end: int
    tag: str
    node: Element


Span = tuple[int, int, str, Element]
_mark: Callable[[Span], Mark] = partial(tuple.__new__, Mark)
"""A Mark out of its four values; its own constructor takes three times as long, and a page has thousands."""


def _trimmed(text: str, start: int, end: int) -> tuple[int, int] | None:
    """A span of `text` without the spaces at its ends; None when nothing is left."""
    end = min(end, len(text))
    while start < end and text[start] == " ":
        start += 1
    while end > start and text[end - 1] == " ":
        end -= 1
    return (start, end) if start < end else None


class Icon(NamedTuple):
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


class Block:
    """One line: the text between two breaks of the page's flow, white space folded. Each is only equal to itself.

    What many readers ask of a line (its folded form, its words) is worked out when first asked, and once.
    """

    def __init__(
        self,
        index: int,
        node: Element | None,
        tag: str,
        text: str,
        scope: Scope,
        para: int,
        line: int | None = None,
    ) -> None:
        self.index = index
        self.node = node
        self.tag = tag
        self.text = text
        self.scope = scope
        self.para = para
        """Lines of one paragraph (parted by <br>) share a number."""
        self.line = line
        """Line number in a text file, from 1."""
        self.spans: Sequence[Span] = ()
        """The marks as the walk met them: with white space at their ends, some of nothing else."""
        self.icons: Sequence[Icon] = ()

    offset = 0
    """Where the text starts in its line, when it is only a part of one."""

    def moved(self, index: int) -> "Block":
        """The same line as the `index`th of its page."""
        line = Block.__new__(Block)
        line.__dict__.update(self.__dict__, index=index)
        return line

    def part(self, start: int, end: int, index: int) -> "Block":
        """A part of the line as a line of its own, the `index`th of its page."""
        part = Block(index, self.node, self.tag, self.text[start:end].rstrip(), self.scope, self.para, self.line)
        part.spans = [
            (max(low - start, 0), min(high, end) - start, tag, node)
            for low, high, tag, node in self.spans
            if low < end and high > start
        ]
        last = end == len(self.text)
        part.icons = [
            icon._replace(pos=icon.pos - start)
            for icon in self.icons
            if start <= icon.pos < end or (last and icon.pos >= end)
        ]
        part.offset = self.offset + start
        return part

    @lazy
    def marks(self) -> list[Mark]:
        """The inline elements of the line, in the order in which they end."""
        text = self.text
        size = len(text)
        found = []
        for span in self.spans:
            start, end, tag, node = span
            if start < end <= size and text[start] != " " and text[end - 1] != " ":
                found.append(_mark(span))
            elif trimmed := _trimmed(text, start, end):
                found.append(_mark((*trimmed, tag, node)))
        return found

    @lazy
    def hints(self) -> Hints:
        """What the markup around this line says it is."""
        return self.scope.effective()

    @lazy
    def folded(self) -> str:
        """The text in the form in which words are compared."""
        return fold(self.text)

    @lazy
    def words(self) -> frozenset[str]:
        """The words of the folded text."""
        return frozenset(WORD.findall(self.folded))

    @lazy
    def weight(self) -> int:
        """Length of the text as `weight` counts it."""
        return weight(self.text)

    def link_share(self) -> float:
        """Share of the text that stands in links, 0..1."""
        return self._linked if self.spans else 0.0

    @lazy
    def _linked(self) -> float:
        if not self.text:
            return 0.0
        linked = 0
        for start, end, tag, _ in self.spans:
            if tag == "a" and (span := _trimmed(self.text, start, end)):
                linked += span[1] - span[0]
        return min(1.0, linked / len(self.text))

    def links(self) -> list[tuple[str, str, Mark]]:
        """(text, href, mark) of each link; href is empty where it is no address; the list is shared by all who ask."""
        return self._links if self.spans else []

    @lazy
    def _links(self) -> list[tuple[str, str, Mark]]:
        found = []
        for mark in self.marks:
            if mark.tag == "a":
                href = mark.node.get("href") or ""
                found.append((self.text[mark.start : mark.end], href if is_address(href) else "", mark))
        return found


class Classes:
    """Elements by the names of their class attribute, as written; the attributes are taken apart only when asked for.

    `classed` holds each element behind its class attribute, in the order of the page.
    """

    def __init__(self, classed: Sequence[tuple[str, Element]] = ()) -> None:
        self._classed = classed

    @lazy
    def _held(self) -> dict[str, list[tuple[int, Element]]]:
        held: dict[str, list[tuple[int, Element]]] = defaultdict(list)
        for number, (names, node) in enumerate(self._classed):
            held[names].append((number, node))
        return held

    @lazy
    def names(self) -> dict[str, list[str]]:
        """Every class name of the page, in order, with the class attributes that hold it."""
        found: dict[str, list[str]] = {}
        for names in self._held:
            for name in dict.fromkeys(names.split()):
                found.setdefault(name, []).append(names)
        return found

    def get(self, name: str) -> list[Element]:
        """The elements with a class of this name, in order."""
        holders = self.names.get(name, ())
        entries = [entry for names in holders for entry in self._held[names]]
        if len(holders) > 1:
            entries.sort(key=itemgetter(0))
        return [node for _, node in entries]


@dataclass(slots=True)
class Lines:
    """The blocks of a page and the nodes a field may look up without another walk."""

    blocks: list[Block]
    nodes: dict[str, list[Element]]
    """Elements by tag for the few tags fields ask for: see walk.KEPT."""
    items: list[Element]
    """Elements with itemscope or itemprop, in order."""
    classes: Classes
    scopes: dict[Element, Scope]
    """Scope opened by an element."""


def is_tag(href: str, node: Element) -> bool:
    """Whether a link files its page under a tag or a category."""
    return "tag" in (node.get("rel") or "") or "/tag" in href or "/categor" in href


def within(node: Element | None, holder: Element | None) -> bool:
    """Whether `node` is `holder` or stands in it."""
    while node is not None and holder is not None:
        if node is holder:
            return True
        node = node.getparent()
    return False
