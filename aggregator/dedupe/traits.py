"""What the folding of copies looks at in one review; a new trait is computed here, judged in judge.py."""

import sys
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from typing import Any

from aggregator.dedupe.texts import Sketch, sketch
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


@dataclass(frozen=True, slots=True, eq=False)
class Traits:
    """A review seen as a possible copy: what is compared, without its text, because all are held at once.

    `number` is the caller's, by which it knows the review; `url` is the page as fetched, `url_key` the page whatever
    the view, `page_key` the page that this one says it is a view of, `site` its host; `titles` as the review has
    them: title, original title, others. `rated`: it has a rating; `refuses`: its critic gives none. `sketch` stands
    for its text, `length` are the characters of that.
    """

    number: int
    id: str
    page_url: str
    place: int
    status: str
    url: str
    canonical_url: str | None
    url_key: str
    page_key: str
    site: str
    copied_to: tuple[str, ...]
    outlet: str
    critics: frozenset[str]
    published: str
    modified: str
    rated: bool
    refuses: bool
    says_syndicated: bool
    is_view: bool
    length: int
    sketch: Sketch
    titles: tuple[str | None, str | None, tuple[str, ...]]
    film: FilmFacts

    @property
    def name(self) -> str:
        """Unique among all reviews: an id may occur on several pages."""
        return f"{self.page_url}\x00{self.id}"

    @property
    def seniority(self) -> tuple[Any, ...]:
        """The smallest among copies stands for all: live, earliest, not syndicated, shortest address."""
        gone = self.status == "gone"
        return (gone, self.published[:10] or "9999", self.says_syndicated, len(self.url), self.url, self.name)

    @property
    def freshness(self) -> tuple[Any, ...]:
        """The largest among views of one page is the one whose content is kept: newest, plain, fullest."""
        return (self.modified, not self.is_view, self.length, self.url, self.name)


def traits_of(item: Staged, number: int) -> Traits:
    """The traits of a Review of the contract, given as dict."""
    data = item.data
    url = data.get("url") or item.page_url
    canonical = data.get("canonical_url")
    url_key, site = address_key(url), site_key(url)
    film = data.get("film") or {}
    body = data.get("body") or ""
    return Traits(
        number=number,
        id=data["id"],
        page_url=url if url == item.page_url else item.page_url,
        place=item.place,
        status=item.status,
        url=url,
        canonical_url=url if canonical == url else canonical,
        url_key=url_key,
        page_key=address_key(canonical) if canonical and canonical != url else url_key,
        site=sys.intern(site),
        copied_to=tuple(copy["url"] for copy in data.get("copies") or []),
        outlet=sys.intern(str(data.get("outlet") or "").casefold().strip()),
        critics=_one(frozenset(person_key(name) for name in data.get("critics") or [])),
        published=data.get("published") or "",
        modified=data.get("modified") or "",
        rated=bool(data.get("rating")),
        refuses=data.get("rating_status") == "refused",
        says_syndicated=site_key(canonical or url) != site or _names_another_outlet(body),
        is_view=url != canonicalise(url),
        length=len(body),
        sketch=sketch(body),
        titles=(film.get("title"), film.get("original_title"), tuple(film.get("alternative_titles") or [])),
        film=facts_of(data),
    )


def _names_another_outlet(body: str) -> bool:
    edges = f"{body[:_EDGE]} {body[-_EDGE:]}".casefold()
    return any(hint in edges for hint in _HINTS)


@lru_cache(maxsize=16_384)
def _one(names: frozenset[str]) -> frozenset[str]:
    """Equal sets as one object: a critic writes many reviews."""
    return names
