"""Everything a field may look at while it reads one page; made once, passed to every field."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import cache, cached_property
from itertools import compress, islice
from typing import Any, TypeVar, cast

from aggregator.model import Problem, Rating
from aggregator.notation import Hint
from aggregator.notation.languages import detect, pattern
from aggregator.parse import regions
from aggregator.parse.blocks import Block, Element
from aggregator.parse.candidate import Place
from aggregator.parse.document import Document
from aggregator.parse.hints import NONE, Hints
from aggregator.parse.regions import HEADINGS, Region, Regions
from aggregator.parse.structured import StructuredData
from aggregator.parse.structured import read as read_structured
from aggregator.sites import Profile

T = TypeVar("T")


@cache
def _related() -> re.Pattern[str]:
    return re.compile(rf"^\W*{pattern('words', 'related')}\W*$")


_PARAGRAPH = 80
"""Letters from which a line of the text is a paragraph."""
_FOREIGN = frozenset("comments related audience sidebar nav footer form login".split())


@dataclass
class Reading:
    """One page being read: its document, regions, structured data, language and site profile.

    `problems` collects what could not be read and what contradicts itself.
    """

    doc: Document
    profile: Profile | None = None
    fetched_at: str | None = None
    problems: list[Problem] = field(default_factory=list)
    section: tuple[Block, ...] = ()
    """The lines of one section of a round-up, when only that is being read; the rest of the page is out of sight."""
    page: "Reading | None" = None
    """The whole page, when this is a section of it."""
    mark: tuple[Block, int, int, Rating] | None = None
    """The rating of a section that is one by its place: where all sections have theirs."""

    @cached_property
    def regions(self) -> Regions:
        """Where each line stands."""
        return regions.cut(self.doc)

    @cached_property
    def data(self) -> StructuredData:
        """What the page's structured data says."""
        return read_structured(self.doc)

    @cached_property
    def language(self) -> str | None:
        """Language of the main text: detected, else the profile's, else declared."""
        own = self.profile.language if self.profile else None
        return own or self._detected or self.doc.lang

    @cached_property
    def _detected(self) -> str | None:
        """The language of all that belongs to the text; of its paragraphs alone, where names and labels drown them."""
        text = " ".join(b.text for b in self.blocks(Region.HEAD, Region.BODY, Region.TAIL))
        if len(text) < 400:
            text = " ".join(b.text for b in self.doc.blocks)
        prose = " ".join(b.text for b in self.blocks(Region.BODY) if len(b.text) > _PARAGRAPH)
        return detect(text, self.doc.lang) or detect(prose, self.doc.lang)

    @cached_property
    def hint(self) -> Hint:
        """What every notation may know about this page."""
        order = self.profile.date_order if self.profile else None
        return Hint(language=self.language, order=order, base=self.fetched_at)

    def hint_for(self, label: str) -> Hint:
        """The hint for a text that stood under a label."""
        return self.hint.under(label)

    @cached_property
    def _kinds(self) -> list[tuple[Region, Hints]]:
        """Where each line in sight stands and what its markup says; a page has few kinds of lines."""
        of = self.regions.of
        return [(of[block.index], block.hints) for block in self.lines]

    @cached_property
    def _selected(self) -> dict[object, list[Block]]:
        return {}

    def select(self, fits: Callable[[Region, Hints], bool]) -> list[Block]:
        """The lines whose region and markup fit, in order; the list is shared by all who ask with this function."""
        found = self._selected.get(fits)
        if found is None:
            fitting = {kind for kind in set(self._kinds) if fits(*kind)}
            found = self._selected[fits] = list(compress(self.lines, map(fitting.__contains__, self._kinds)))
        return found

    def blocks(self, *wanted: Region) -> list[Block]:
        """The blocks of these regions, in order; the list is shared by all who ask."""
        found = self._selected.get(wanted)
        if found is None:
            fitting = {kind for kind in set(self._kinds) if kind[0] in wanted}
            found = self._selected[wanted] = list(compress(self.lines, map(fitting.__contains__, self._kinds)))
        return found

    @cached_property
    def main(self) -> list[Block]:
        """The blocks of the page's own article: before, in and behind the text."""
        return self.blocks(Region.HEAD, Region.BODY, Region.TAIL)

    @cached_property
    def running(self) -> list[Block]:
        """The lines of the text and behind it that are no headings."""
        return [block for block in self.blocks(Region.BODY, Region.TAIL) if not regions.is_heading(block)]

    @cached_property
    def closing(self) -> frozenset[int]:
        """Indexes of the article's last three lines, where signatures stand."""
        own = (block.index for block in reversed(self.main) if block.text and not self._leads_away(block))
        return frozenset(islice(own, 3))

    @cached_property
    def end(self) -> int:
        """Index of the line behind the article: a heading of what follows it, else past the last line."""
        tail = (block for block in self.main if block.index > self.regions.last)
        away = (b.index for b in tail if len(b.text) < 60 and b.tag in HEADINGS and self._leads_away(b))
        return next(away, len(self.doc.blocks))

    def _leads_away(self, block: Block) -> bool:
        """Whether a line is the heading of what follows the article: "You may also like"."""
        return bool(_related().match(block.folded))

    @cached_property
    def _found(self) -> dict[object, Any]:
        return {}

    def once(self, work: Callable[["Reading"], T]) -> T:
        """What `work` makes of this page, done when it is first asked for."""
        if work not in self._found:
            self._found[work] = work(self)
        return cast("T", self._found[work])

    def once_a_page(self, work: Callable[["Reading"], T]) -> T:
        """What `work` makes of the whole page, done once for all sections of it."""
        return (self.page or self).once(work)

    @property
    def lines(self) -> Sequence[Block]:
        """The lines in sight: those of the page, or of its one section."""
        return self.section or self.doc.blocks

    def region(self, block: Block) -> Region:
        """Where a block stands."""
        return self.regions.of[block.index]

    def owns(self, node: Element | None) -> bool:
        """Whether an element stands in the page's own article or beside it, not in comments, teasers or menus."""
        return not self.hints_at(node) & _FOREIGN

    def hints_at(self, node: Element | None) -> Hints:
        """What the markup around an element says it is."""
        scopes = self.doc.lines.scopes
        while node is not None:
            scope = scopes.get(node)
            if scope is not None:
                return scope.effective()
            node = node.getparent()
        return NONE

    def problem(self, code: str, message: str, about: str | None = None) -> None:
        """Note something that could not be read or that contradicts itself."""
        self.problems.append(Problem(code=code, field=about, message=message))


def place(block: Block, start: int | None = None, end: int | None = None) -> Place:
    """The place of (part of) a block's text."""
    if block.line is not None:
        return Place(fixed=f"text:{block.line}")
    if start is None or end is None:
        return Place(block.node, start, end)
    return Place(block.node, start + block.offset, end + block.offset)
