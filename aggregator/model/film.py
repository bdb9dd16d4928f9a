"""A film as the dataset has it: merged from its reviews, every field countable back to them."""

from typing import Annotated, Any

from pydantic import Field

from aggregator.model.base import Record
from aggregator.model.review import Certificate, Release, Review, Role

SCHEMA_VERSION = 1


class FilmCredit(Record):
    """One person in one role and how many reviews say so."""

    role: Role
    name: str
    character: str | None = None
    review_count: int = 1


class Disagreement(Record):
    """One of several values of a field, with the ids of the reviews that state it."""

    value: Any
    reviews: list[str]


class Score(Record):
    """A named, recomputable summary of the scored reviews; all figures are on 0..100."""

    profile: str
    mean: float
    median: float
    n: int
    n_unscored: int
    positive_share: Annotated[float, Field(ge=0, le=1)]
    spread: float | None = None
    interval: tuple[float, float] | None = None
    distribution: dict[str, int]


class Film(Record):
    """One film with all its reviews."""

    id: str
    title: str
    original_title: str | None = None
    alternative_titles: list[str] = []
    year: int | None = None
    credits: list[FilmCredit] = []
    runtime_minutes: int | None = None
    certificates: list[Certificate] = []
    releases: list[Release] = []
    genres: list[str] = []
    countries: list[str] = []
    same_as: list[str] = []
    redirects_from: list[str] = []
    disagreements: dict[str, list[Disagreement]] = {}
    reviews: list[Review] = []
    score: Score | None = None


class Dataset(Record):
    """films.json."""

    schema_version: int = SCHEMA_VERSION
    generated_from: dict[str, Any]
    films: list[Film]
