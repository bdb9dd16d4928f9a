"""What the folding of copies looks at in one review; a new trait is computed here, judged in judge.py."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from importlib.resources import files
from typing import Any

from aggregator.dedupe.texts import shingles
from aggregator.dedupe.urls import address_key, canonicalise, site_key
from aggregator.resolve.facts import FilmFacts, facts_of
from aggregator.resolve.names import person_key

_HINTS = tuple(
    line
    for line in files("aggregator.dedupe").joinpath("data/syndication.txt").read_text(encoding="utf-8").splitlines()
    if line and not line.startswith("#")
)
_EDGE = 400
"""Characters at either end of a text in which an outlet says where it was first printed."""


@dataclass(frozen=True, slots=True)
class Staged:
    """One review to fold: a Review as dict, the address of its page, its place there, live or gone."""

    data: Mapping[str, Any]
    page_url: str
    place: int = 0
    status: str = "live"


@dataclass(frozen=True)
class Traits:
    """A review seen as a possible copy."""

    item: Staged
    film: FilmFacts = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "film", facts_of(self.item.data))

    @property
    def name(self) -> str:
        """Unique among all reviews: an id may occur on several pages."""
        return f"{self.item.page_url}\x00{self.item.data['id']}"

    @property
    def url(self) -> str:
        """The address of the page as fetched."""
        return self.item.data.get("url") or self.item.page_url

    @cached_property
    def url_key(self) -> str:
        """The page, whatever the view."""
        return address_key(self.url)

    @cached_property
    def page_key(self) -> str:
        """The page that this one says it is a view of."""
        return address_key(self.item.data.get("canonical_url") or self.url)

    @cached_property
    def site(self) -> str:
        """The host it was read from."""
        return site_key(self.url)

    @cached_property
    def critics(self) -> frozenset[str]:
        """Keys of the critics' names."""
        return frozenset(person_key(name) for name in self.item.data.get("critics") or [])

    @property
    def shingles(self) -> frozenset[int]:
        """The text, for likeness."""
        return shingles(self.item.data.get("body") or "")

    @property
    def published(self) -> str:
        """As stated; empty when not."""
        return self.item.data.get("published") or ""

    @cached_property
    def says_syndicated(self) -> bool:
        """Whether its canonical address is on another site, or its text says that it comes from elsewhere."""
        if site_key(self.item.data.get("canonical_url") or self.url) != self.site:
            return True
        body = (self.item.data.get("body") or "").casefold()
        edges = body[:_EDGE] + " " + body[-_EDGE:]
        return any(hint in edges for hint in _HINTS)

    @property
    def is_view(self) -> bool:
        """Whether the address asks for a print, AMP or tracked view."""
        return self.url != canonicalise(self.url)

    @property
    def seniority(self) -> tuple[Any, ...]:
        """The smallest among copies stands for all: live, earliest, not syndicated, shortest address."""
        gone = self.item.status == "gone"
        return (gone, self.published[:10] or "9999", self.says_syndicated, len(self.url), self.url, self.name)

    @property
    def freshness(self) -> tuple[Any, ...]:
        """The largest among views of one page is the one whose content is kept: newest, plain, fullest."""
        text = len(self.item.data.get("body") or "")
        return (self.item.data.get("modified") or "", not self.is_view, text, self.url, self.name)
