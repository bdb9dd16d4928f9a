"""The records of the public contract; one module a record family."""

from aggregator.model.evidence import Evidence
from aggregator.model.film import SCHEMA_VERSION, Dataset, Disagreement, Film, FilmCredit, Score
from aggregator.model.page import PageType, ParsedPage, Problem
from aggregator.model.review import (
    AudienceRating,
    Certificate,
    Comment,
    Copy,
    Credit,
    FilmRef,
    OtherRating,
    Rating,
    RatingStatus,
    Release,
    Review,
    Role,
    Section,
    Unit,
)

__all__ = [
    "SCHEMA_VERSION",
    "AudienceRating",
    "Certificate",
    "Comment",
    "Copy",
    "Credit",
    "Dataset",
    "Disagreement",
    "Evidence",
    "Film",
    "FilmCredit",
    "FilmRef",
    "OtherRating",
    "PageType",
    "ParsedPage",
    "Problem",
    "Rating",
    "RatingStatus",
    "Release",
    "Review",
    "Role",
    "Score",
    "Section",
    "Unit",
]
