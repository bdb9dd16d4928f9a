"""What a page's structured data says, as immutable records; a field added here is filled in its reader."""

from dataclasses import dataclass, field
from typing import NamedTuple

from aggregator.model.page import Problem
from aggregator.parse.candidate import Place


class Fact(NamedTuple):
    """One stated value: its text with white space folded, where it stands, and in which syntax.

    `syntax` is jsonld, microdata, rdfa, hreview, hatom, mf2, opengraph, twitter, dublincore, citation, parsely,
    sailthru, state or meta; `url` is the address the value links to, when it is a link.
    """

    value: str
    place: Place
    syntax: str
    url: str | None = None

    @property
    def locator(self) -> str:
        """The locator of the contract: `jsonld:BLOCK#POINTER` (blocks count from 0), else an xpath."""
        return self.place.locator()


@dataclass(frozen=True, slots=True)
class StructuredPerson:
    """Somebody credited; `types` as stated (an author may be an organization), often empty."""

    name: Fact
    character: Fact | None = None
    role: Fact | None = None
    url: str | None = None
    types: tuple[str, ...] = ()
    is_organization: bool = False


@dataclass(frozen=True, slots=True)
class StructuredRelease:
    """One release event of a film."""

    date: Fact | None
    places: tuple[Fact, ...]


@dataclass(frozen=True, slots=True)
class StructuredMovie:
    """A work as described on the page; `types` says which kind of work, `within` the property it stood under."""

    types: tuple[str, ...]
    syntax: str
    within: str | None = None
    title: Fact | None = None
    original_title: Fact | None = None
    alternative_titles: tuple[Fact, ...] = ()
    created: Fact | None = None
    published: Fact | None = None
    copyright_year: Fact | None = None
    directors: tuple[StructuredPerson, ...] = ()
    writers: tuple[StructuredPerson, ...] = ()
    """`author` in schema.org: of a Movie its writers, of a Book its author."""
    creators: tuple[StructuredPerson, ...] = ()
    """Sites put writers or companies here."""
    based_on_authors: tuple[StructuredPerson, ...] = ()
    """Authors of the work it is based on."""
    actors: tuple[StructuredPerson, ...] = ()
    producers: tuple[StructuredPerson, ...] = ()
    composers: tuple[StructuredPerson, ...] = ()
    editors: tuple[StructuredPerson, ...] = ()
    contributors: tuple[StructuredPerson, ...] = ()
    """With `role` when the page names it."""
    certificates: tuple[Fact, ...] = ()
    runtime: Fact | None = None
    genres: tuple[Fact, ...] = ()
    countries: tuple[Fact, ...] = ()
    languages: tuple[Fact, ...] = ()
    production_companies: tuple[Fact, ...] = ()
    distributors: tuple[Fact, ...] = ()
    releases: tuple[StructuredRelease, ...] = ()
    same_as: tuple[Fact, ...] = ()
    url: Fact | None = None
    description: Fact | None = None

    @property
    def year(self) -> Fact | None:
        """The date (ISO text as written) that tells the film's year best."""
        return self.copyright_year or self.created or self.published


@dataclass(frozen=True, slots=True)
class StructuredRating:
    """A rating as stated; no default scale is ever assumed."""

    value: Fact | None = None
    best: Fact | None = None
    worst: Fact | None = None
    alternate: Fact | None = None
    """The rating in words or signs (alternateName, name)."""
    text: Fact | None = None
    aspect: Fact | None = None
    """What the rating is of, when not of the whole."""


@dataclass(frozen=True, slots=True)
class StructuredReview:
    """A review; `item_types` are the schema types of what is reviewed, so that books and games can be told."""

    types: tuple[str, ...]
    syntax: str
    within: str | None = None
    item: StructuredMovie | None = None
    """Whatever is reviewed; see `movie` for films only."""
    item_types: tuple[str, ...] = ()
    movie: StructuredMovie | None = None
    """The item, if it is a film or nothing says what kind of thing it is."""
    critics: tuple[StructuredPerson, ...] = ()
    outlet: Fact | None = None
    published: Fact | None = None
    modified: Fact | None = None
    headline: Fact | None = None
    name: Fact | None = None
    body: Fact | None = None
    description: Fact | None = None
    rating: StructuredRating | None = None
    other_ratings: tuple[StructuredRating, ...] = ()
    """Ratings of one aspect, or further ones."""
    language: Fact | None = None
    url: Fact | None = None
    free: Fact | None = None
    """isAccessibleForFree, as written."""

    @property
    def rating_value(self) -> Fact | None:
        """The value of the rating as written."""
        return self.rating.value if self.rating else None

    @property
    def rating_best(self) -> Fact | None:
        """The best value, only as stated."""
        return self.rating.best if self.rating else None

    @property
    def rating_worst(self) -> Fact | None:
        """The worst value, only as stated."""
        return self.rating.worst if self.rating else None

    @property
    def rating_alternate(self) -> Fact | None:
        """The rating in words or signs."""
        return (self.rating.alternate or self.rating.text) if self.rating else None


@dataclass(frozen=True, slots=True)
class StructuredArticle:
    """An article, posting or page."""

    types: tuple[str, ...]
    syntax: str
    within: str | None = None
    headline: Fact | None = None
    name: Fact | None = None
    alternative_headline: Fact | None = None
    critics: tuple[StructuredPerson, ...] = ()
    outlet: Fact | None = None
    published: Fact | None = None
    modified: Fact | None = None
    sections: tuple[Fact, ...] = ()
    keywords: tuple[Fact, ...] = ()
    body: Fact | None = None
    description: Fact | None = None
    language: Fact | None = None
    url: Fact | None = None
    free: Fact | None = None
    about: tuple[StructuredMovie, ...] = ()
    """Films it says it is about or mentions."""
    comment_count: Fact | None = None


@dataclass(frozen=True, slots=True)
class StructuredAggregate:
    """Many people's rating; the audience's unless its name or description says critics."""

    syntax: str
    item_types: tuple[str, ...] = ()
    item_name: Fact | None = None
    value: Fact | None = None
    best: Fact | None = None
    worst: Fact | None = None
    rating_count: Fact | None = None
    review_count: Fact | None = None
    name: Fact | None = None
    audience: bool = True

    @property
    def count(self) -> Fact | None:
        """How many rated, else how many reviewed."""
        return self.rating_count or self.review_count


@dataclass(frozen=True, slots=True)
class StructuredComment:
    """A reader's comment; `parent` is the index of the comment it answers, in the same tuple."""

    syntax: str
    text: Fact | None
    author: StructuredPerson | None = None
    published: Fact | None = None
    url: Fact | None = None
    id: str | None = None
    parent: int | None = None
    parent_id: str | None = None
    """Of a parent that is not on the page."""


@dataclass(frozen=True, slots=True)
class StructuredMeta:
    """What meta and link elements say; the names behind each field stand in data/meta.toml."""

    og_title: Fact | None = None
    og_type: Fact | None = None
    og_site_name: Fact | None = None
    og_locale: Fact | None = None
    og_description: Fact | None = None
    og_url: Fact | None = None
    twitter_title: Fact | None = None
    twitter_description: Fact | None = None
    twitter_creator: Fact | None = None
    title: Fact | None = None
    description: Fact | None = None
    language: Fact | None = None
    section: Fact | None = None
    kind: Fact | None = None
    duration: Fact | None = None
    series: Fact | None = None
    isbn: Fact | None = None
    canonical: Fact | None = None
    authors: tuple[Fact, ...] = ()
    published: tuple[Fact, ...] = ()
    """Best name first; they may contradict each other."""
    modified: tuple[Fact, ...] = ()
    publishers: tuple[Fact, ...] = ()
    tags: tuple[Fact, ...] = ()
    keywords: tuple[Fact, ...] = ()
    directors: tuple[Fact, ...] = ()
    writers: tuple[Fact, ...] = ()
    actors: tuple[Fact, ...] = ()
    characters: tuple[Fact, ...] = ()
    release_dates: tuple[Fact, ...] = ()
    labels: tuple[tuple[str, Fact], ...] = ()
    """Label and value pairs of a Twitter card ("Written by", name)."""


@dataclass(frozen=True, slots=True)
class StructuredData:
    """All structured data of one page, in page order within each syntax."""

    reviews: tuple[StructuredReview, ...] = ()
    movies: tuple[StructuredMovie, ...] = ()
    articles: tuple[StructuredArticle, ...] = ()
    aggregates: tuple[StructuredAggregate, ...] = ()
    comments: tuple[StructuredComment, ...] = ()
    breadcrumbs: tuple[Fact, ...] = ()
    sites: tuple[Fact, ...] = ()
    """Names of WebSite items."""
    meta: StructuredMeta = field(default_factory=StructuredMeta)
    types: frozenset[str] = frozenset()
    problems: tuple[Problem, ...] = ()
