"""A review as the contract has it; add a field here and in docs/fields.md, then in the export tables."""

from enum import StrEnum
from typing import Annotated, Any, Literal

from pydantic import Field

from aggregator.model.base import IsoDate, Record
from aggregator.model.evidence import Evidence


class Role(StrEnum):
    """What a person did on the film."""

    DIRECTOR = "director"
    WRITER = "writer"
    STORY = "story"
    AUTHOR = "author"
    CAST = "cast"
    CINEMATOGRAPHER = "cinematographer"
    COMPOSER = "composer"
    EDITOR = "editor"
    PRODUCER = "producer"
    DESIGNER = "designer"
    NARRATOR = "narrator"
    OTHER = "other"


class Unit(StrEnum):
    """What kind of sign a rating is written in."""

    STARS = "stars"
    POINTS = "points"
    PERCENT = "percent"
    LETTER = "letter"
    THUMB = "thumb"
    WORD = "word"
    OTHER = "other"


class RatingStatus(StrEnum):
    """Four things that must never be confused."""

    RATED = "rated"
    UNRATED = "unrated"
    REFUSED = "refused"
    UNREADABLE = "unreadable"


class FilmRef(Record):
    """The film as this review names it."""

    title: str | None = None
    original_title: str | None = None
    alternative_titles: list[str] = []
    year: Annotated[int, Field(ge=1870, le=2100)] | None = None
    same_as: list[str] = []


class Rating(Record):
    """The critic's own rating; letters, thumbs and words have `value` null and their sign in `raw`."""

    raw: str
    value: Annotated[float, Field(ge=-100, le=1000)] | None = None
    worst: float | None = None
    best: float | None = None
    unit: Unit
    scale_from: Literal["page", "profile", "history"] | None = None
    score: Annotated[float, Field(ge=0, le=100)] | None = None
    score_profile: str | None = None


class OtherRating(Record):
    """A second axis or sub-score beside the rating ("Sound 8/10")."""

    name: str
    raw: str
    value: float | None = None
    best: float | None = None


class AudienceRating(Record):
    """What readers gave; `value` null when only the number of votes is shown."""

    raw: str
    value: float | None = None
    best: float | None = None
    count: int | None = None


class Credit(Record):
    """One person in one role, the name as written."""

    role: Role
    name: str
    character: str | None = None
    note: str | None = None


class Certificate(Record):
    """An age certificate; a bare code keeps every system it could be from."""

    raw: str
    code: str
    systems: list[str] = []
    reason: str | None = None


class Release(Record):
    """One release of the film, the date as precise as stated."""

    date: IsoDate | None = None
    precision: Literal["day", "month", "year"] | None = None
    territory: str | None = None
    kind: str | None = None
    distributor: str | None = None


class Section(Record):
    """A named part of the page that is not the running text ("The Family Corner")."""

    name: str
    text: str


class Comment(Record):
    """A reader's comment; `parent` null and `parent_missing` false means top-level."""

    id: str
    author: str | None = None
    published: IsoDate | None = None
    text: str
    parent: str | None = None
    parent_missing: bool = False
    by_critic: bool = False


class Copy(Record):
    """The same review at another address."""

    url: str
    kind: str


class Review(Record):
    """One review; absent values are null or empty, never made up."""

    id: str
    url: str | None = None
    canonical_url: str | None = None
    source: str | None = None
    outlet: str | None = None
    headline: str | None = None
    critics: list[str] = []
    published: IsoDate | None = None
    modified: IsoDate | None = None
    fetched_at: IsoDate | None = None
    language: str | None = None
    access: Literal["full", "paywalled", "excerpt"] = "full"
    status: Literal["live", "gone"] = "live"
    versions: list[dict[str, Any]] = []
    copies: list[Copy] = []
    film: FilmRef = FilmRef()
    rating: Rating | None = None
    rating_status: RatingStatus = RatingStatus.UNRATED
    other_ratings: list[OtherRating] = []
    audience_rating: AudienceRating | None = None
    credits: list[Credit] = []
    certificates: list[Certificate] = []
    runtime_minutes: Annotated[int, Field(ge=1, le=1500)] | None = None
    releases: list[Release] = []
    genres: list[str] = []
    countries: list[str] = []
    languages: list[str] = []
    body: str | None = None
    sections: list[Section] = []
    excerpt: str | None = None
    spoilers: Literal[True] | None = None
    comments: list[Comment] = []
    comments_declared: int | None = None
    evidence: dict[str, Evidence] = {}
