"""Films and other works out of items."""

from aggregator.parse.structured.items import Item
from aggregator.parse.structured.reading import Reading, is_kind
from aggregator.parse.structured.records import Fact, StructuredMovie, StructuredPerson, StructuredRelease
from aggregator.parse.structured.vocabulary import kinds

_MAX_AUTHORS = 50


class Works:
    """Reads works, each item once."""

    def __init__(self, reading: Reading) -> None:
        self._read = reading
        self._known: dict[Item, StructuredMovie] = {}
        self._authors: dict[Item, tuple[StructuredPerson, ...]] = {}

    def work(self, item: Item) -> StructuredMovie:
        """The work an item describes, whatever kind it is."""
        known = self._known.get(item)
        if known is None:
            known = self._known[item] = self._build(item)
        return known

    def named(self, title: Fact) -> StructuredMovie:
        """A work of which only a name is given."""
        return StructuredMovie(types=(), syntax=title.syntax, title=title)

    def _build(self, item: Item) -> StructuredMovie:
        read = self._read
        return StructuredMovie(
            types=item.types,
            syntax=item.syntax,
            within=item.nested,
            title=read.name(item, "movie.title"),
            original_title=read.first(item, "movie.original_title"),
            alternative_titles=read.all(item, "movie.alternative_titles"),
            created=read.first(item, "movie.created"),
            published=read.first(item, "movie.published"),
            copyright_year=read.first(item, "movie.copyright_year"),
            directors=read.people(item, "movie.directors"),
            writers=read.people(item, "movie.writers"),
            creators=read.people(item, "movie.creators"),
            based_on_authors=self._authors_before(item),
            actors=read.people(item, "movie.actors"),
            producers=read.people(item, "movie.producers"),
            composers=read.people(item, "movie.composers"),
            editors=read.people(item, "movie.editors"),
            contributors=read.people(item, "movie.contributors"),
            certificates=self._certificates(item),
            runtime=read.first(item, "movie.runtime"),
            genres=read.all(item, "movie.genres"),
            countries=read.all(item, "movie.countries"),
            languages=read.all(item, "movie.languages"),
            production_companies=read.all(item, "movie.production_companies"),
            distributors=read.all(item, "movie.distributors"),
            releases=tuple(
                StructuredRelease(read.first(event, "release.date"), read.all(event, "release.places"))
                for event in read.items(item, "movie.releases")
            ),
            same_as=read.urls(item, "movie.same_as"),
            url=next(iter(read.urls(item, "movie.url")), None),
            description=read.first(item, "movie.description"),
        )

    def _authors_before(self, item: Item) -> tuple[StructuredPerson, ...]:
        """Authors of the works this one is based on."""
        found: list[StructuredPerson] = []
        for work in self._read.items(item, "movie.based_on"):
            if work not in self._authors:
                self._authors[work] = self._read.people(work, "movie.writers")
            found += self._authors[work]
        return tuple(found[:_MAX_AUTHORS])

    def _certificates(self, item: Item) -> tuple[Fact, ...]:
        """A contentRating is a text, or a Rating with a value and an author."""
        read = self._read
        found = []
        for value in read.values(item, "movie.certificates"):
            fact = value if isinstance(value, Fact) else None
            if isinstance(value, Item):
                fact = read.first(value, "rating.value") or read.text(value)
            if fact is not None:
                found.append(fact)
        return tuple(found)


def may_be_movie(item: Item) -> bool:
    """Whether the types call it a film, or leave open what it is."""
    return is_kind(item, "movie") or set(item.types) <= kinds()["unspecific"]
