"""Reviews, their ratings, and the ratings of many people out of items."""

from aggregator.parse.structured.items import Item
from aggregator.parse.structured.reading import Reading, is_kind
from aggregator.parse.structured.records import Fact, StructuredAggregate, StructuredRating, StructuredReview
from aggregator.parse.structured.vocabulary import tables
from aggregator.parse.structured.works import Works, may_be_movie


class Reviews:
    """Reads reviews and aggregate ratings."""

    def __init__(self, reading: Reading, works: Works) -> None:
        self._read = reading
        self._works = works

    def review(self, item: Item) -> StructuredReview:
        """The review an item is."""
        read = self._read
        reviewed = self._reviewed(item)
        work = self._works.work(reviewed) if isinstance(reviewed, Item) else None
        if isinstance(reviewed, Fact):
            work = self._works.named(reviewed)
        ratings = self._ratings(item)
        main = next((rating for rating in ratings if rating.aspect is None), None)
        open_kind = isinstance(reviewed, Fact) or (reviewed is not None and may_be_movie(reviewed))
        return StructuredReview(
            types=item.types,
            syntax=item.syntax,
            within=item.nested,
            item=work,
            item_types=work.types if work else (),
            movie=work if open_kind else None,
            critics=read.people(item, "review.critics"),
            outlet=read.name(item, "review.outlet"),
            published=read.first(item, "review.published"),
            modified=read.first(item, "review.modified"),
            headline=read.first(item, "review.headline"),
            name=read.first(item, "review.name"),
            body=read.first(item, "review.body"),
            description=read.first(item, "review.description"),
            rating=main,
            other_ratings=tuple(rating for rating in ratings if rating is not main),
            language=read.first(item, "review.language"),
            url=next(iter(read.urls(item, "review.url")), None),
            free=read.first(item, "review.free"),
        )

    def _reviewed(self, item: Item) -> Item | Fact | None:
        """What is reviewed: stated, else the thing the review stands in, else the film it says it is about."""
        stated = [
            value
            for value in self._read.values(item, "review.item")
            if (isinstance(value, Item) and value.props) or self._is_name(value)
        ]
        if stated:
            return next((v for v in stated if isinstance(v, Item) and is_kind(v, "movie")), stated[0])
        parent = self._read.graph.resolve(item.parent) if item.parent else None
        if isinstance(parent, Item) and item.within in ("review", "reviews") and not is_kind(parent, "page"):
            return parent
        return next((work for work in self._read.items(item, "review.about") if is_kind(work, "movie")), None)

    def _is_name(self, value: Fact | Item) -> bool:
        return isinstance(value, Fact) and (value.url is None or value.url != value.value)

    def _ratings(self, item: Item) -> list[StructuredRating]:
        read = self._read
        found = []
        for value in read.values(item, "review.rating"):
            if isinstance(value, Fact):
                # best and worst beside the rating, as data-vocabulary.org has them
                best, worst = read.first(item, "review.best"), read.first(item, "review.worst")
                found.append(StructuredRating(value, best, worst))
            elif value.props and not is_kind(value, "aggregate"):
                found.append(
                    StructuredRating(
                        *(
                            read.first(value, f"rating.{key}")
                            for key in ("value", "best", "worst", "alternate", "text", "aspect")
                        )
                    )
                )
        if not found and (bare := read.first(item, "review.value")):
            best, worst = read.first(item, "review.best"), read.first(item, "review.worst")
            found.append(StructuredRating(bare, best, worst))
        return found

    def aggregate(self, item: Item) -> StructuredAggregate:
        """The rating of many people an item is, and what it is of."""
        read = self._read
        # data-vocabulary.org keeps average and best in a rating of their own
        inner = next(read.items(item, "aggregate.nested"), item)
        subject = next(iter(read.values(item, "aggregate.item")), None)
        if subject is None and item.parent is not None and item.within == "aggregaterating":
            subject = self._read.graph.resolve(item.parent)
        name = read.first(item, "aggregate.name")
        said = [fact for fact in (name, read.first(item, "aggregate.description")) if fact]
        said += [person.name for person in read.people(item, "aggregate.authors")]
        words = " ".join(fact.value for fact in said).lower().split()
        return StructuredAggregate(
            syntax=item.syntax,
            item_types=subject.types if isinstance(subject, Item) else (),
            item_name=read.text(subject) if subject is not None else None,
            value=read.first(inner, "aggregate.value") or read.first(item, "aggregate.nested"),
            best=read.first(inner, "aggregate.best") or read.first(item, "aggregate.best"),
            worst=read.first(inner, "aggregate.worst") or read.first(item, "aggregate.worst"),
            rating_count=read.first(item, "aggregate.rating_count"),
            review_count=read.first(item, "aggregate.review_count"),
            name=name,
            audience=not any(word.strip(".,:;()") in tables()["critics_words"]["words"] for word in words),
        )


def is_review(item: Item) -> bool:
    """By type, or by what only a review has."""
    if is_kind(item, "aggregate") or is_kind(item, "never_review"):
        return False
    return is_kind(item, "review") or not {"itemreviewed", "reviewrating"}.isdisjoint(item.props)
