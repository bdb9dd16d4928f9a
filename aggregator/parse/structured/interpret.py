"""Items into records, one pass for each syntax; each kind of record has a module of its own."""

from dataclasses import dataclass, field

from aggregator.model.page import Problem
from aggregator.parse.structured.articles import Articles
from aggregator.parse.structured.items import Found, Graph, Item
from aggregator.parse.structured.reading import Reading, is_kind
from aggregator.parse.structured.records import (
    Fact,
    StructuredAggregate,
    StructuredArticle,
    StructuredComment,
    StructuredMovie,
    StructuredReview,
)
from aggregator.parse.structured.reviews import Reviews, is_review
from aggregator.parse.structured.works import Works

_MAX_RECORDS = 5_000


@dataclass(slots=True)
class Records:
    """What the items of a page amount to, in page order."""

    reviews: list[StructuredReview] = field(default_factory=list)
    movies: list[StructuredMovie] = field(default_factory=list)
    articles: list[StructuredArticle] = field(default_factory=list)
    aggregates: list[StructuredAggregate] = field(default_factory=list)
    comments: list[StructuredComment] = field(default_factory=list)
    breadcrumbs: list[Fact] = field(default_factory=list)
    sites: list[Fact] = field(default_factory=list)
    types: set[str] = field(default_factory=set)
    problems: list[Problem] = field(default_factory=list)


def interpret(found: Found, base: str | None, out: Records) -> None:
    """Add what the items of one syntax say to `out`; an item may be several things at once."""
    items = found.items
    if not items:
        return
    if found.cut or len(items) > _MAX_RECORDS:
        message = f"{items[0].syntax} beyond {_MAX_RECORDS} items was not read"
        out.problems.append(Problem(code="structured-cut", message=message))
    reading = Reading(Graph(items, base))
    works = Works(reading)
    reviews, articles = Reviews(reading, works), Articles(reading, works)
    comments: list[Item] = []
    for item in reading.graph.items[:_MAX_RECORDS]:
        out.types.update(item.types)
        if is_kind(item, "movie"):
            out.movies.append(works.work(item))
        if is_review(item):
            out.reviews.append(reviews.review(item))
        if is_kind(item, "article") and (article := articles.article(item)):
            out.articles.append(article)
        if is_kind(item, "aggregate") or item.within == "aggregaterating":
            out.aggregates.append(reviews.aggregate(item))
        if is_kind(item, "comment"):
            comments.append(item)
        out.breadcrumbs += articles.breadcrumbs(item)
        out.sites += articles.site(item)
    # comments come last: a parent may stand after its reply
    places = {item: index for index, item in enumerate(comments, start=len(out.comments))}
    out.comments += [articles.comment(item, places) for item in comments]
