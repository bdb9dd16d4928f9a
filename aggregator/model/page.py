"""A parsed page: what kind it is, the reviews on it, and what went wrong reading it."""

from enum import StrEnum

from aggregator.model.base import Record
from aggregator.model.review import Review


class PageType(StrEnum):
    """What a page is; anything that is not a film review must not be called one."""

    REVIEW = "review"
    ROUNDUP = "roundup"
    FILM = "film"
    LISTING = "listing"
    ARTICLE = "article"
    OTHER = "other"


class Problem(Record):
    """Something that could not be read, or two sources on one page that contradict each other."""

    code: str
    field: str | None = None
    message: str


class ParsedPage(Record):
    """One JSON object of `aggregator parse`."""

    path: str | None = None
    url: str | None = None
    page_type: PageType
    language: str | None = None
    part_of: str | None = None
    next: str | None = None
    partial: bool = False
    reviews: list[Review] = []
    problems: list[Problem] = []
