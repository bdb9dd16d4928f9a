"""Articles, their comments and breadcrumbs out of items."""

from aggregator.parse.structured.items import Item
from aggregator.parse.structured.reading import Reading, is_kind
from aggregator.parse.structured.records import Fact, StructuredArticle, StructuredComment
from aggregator.parse.structured.works import Works


class Articles:
    """Reads articles, comments and breadcrumbs."""

    def __init__(self, reading: Reading, works: Works) -> None:
        self._read = reading
        self._works = works

    def article(self, item: Item) -> StructuredArticle | None:
        """The article an item is; None if it says nothing of its own (a mere link to a page)."""
        read = self._read
        found = StructuredArticle(
            types=item.types,
            syntax=item.syntax,
            within=item.nested,
            headline=read.first(item, "article.headline"),
            name=read.first(item, "article.name"),
            alternative_headline=read.first(item, "article.alternative_headline"),
            critics=read.people(item, "article.critics"),
            outlet=read.name(item, "article.outlet"),
            published=read.first(item, "article.published"),
            modified=read.first(item, "article.modified"),
            sections=read.all(item, "article.sections"),
            keywords=read.all(item, "article.keywords"),
            body=read.first(item, "article.body"),
            description=read.first(item, "article.description"),
            language=read.first(item, "article.language"),
            url=next(iter(read.urls(item, "article.url") or read.urls(item, "article.page")), None),
            free=read.first(item, "article.free"),
            about=tuple(self._works.work(work) for work in read.items(item, "article.about") if is_kind(work, "movie")),
            comment_count=self._comment_count(item),
        )
        told = (found.headline, found.name, found.critics, found.published, found.body, found.description)
        return found if any(told) else None

    def _comment_count(self, item: Item) -> Fact | None:
        """How many comments the article says it has."""
        read = self._read
        if count := read.first(item, "article.comment_count"):
            return count
        for value in read.values(item, "article.interactions"):
            if isinstance(value, Fact):
                # the old form "UserComments:12"
                kind, colon, count_text = value.value.partition(":")
                if colon and "comment" in kind.lower():
                    return Fact(count_text.strip(), value.place, value.syntax)
                continue
            about = read.first(value, "interaction.kind")
            types = [inner.types for inner in read.items(value, "interaction.kind")]
            if "comment" in f"{about.value if about else ''} {types}".lower():
                return read.first(value, "interaction.count")
        return None

    def comment(self, item: Item, places: dict[Item, int]) -> StructuredComment:
        """The comment an item is; `places` gives the index of every comment of the page."""
        read = self._read
        parent, parent_id = None, None
        stated = next(iter(read.values(item, "comment.parent")), None)
        above = stated if isinstance(stated, Item) else item.parent
        if isinstance(above, Item):
            parent = places.get(above)
        if parent is None and stated is not None:
            address = read.address(stated)
            parent_id = address.value if address else None
        author = next(iter(read.people(item, "comment.author")), None)
        return StructuredComment(
            syntax=item.syntax,
            text=read.first(item, "comment.text"),
            author=author,
            published=read.first(item, "comment.published"),
            url=next(iter(read.urls(item, "comment.url")), None),
            id=item.id,
            parent=parent,
            parent_id=parent_id,
        )

    def breadcrumbs(self, item: Item) -> list[Fact]:
        """Names of a BreadcrumbList's elements, outermost first; nothing for other items."""
        if not is_kind(item, "breadcrumbs"):
            return []
        read = self._read
        found = []
        for crumb in read.values(item, "thing.elements"):
            name = read.text(crumb)
            if name is None and isinstance(crumb, Item):
                inner = (read.text(value) for value in read.items(crumb, "thing.element"))
                name = next((text for text in inner if text), None)
            if name is not None:
                found.append(name)
        return found

    def site(self, item: Item) -> list[Fact]:
        """The name of a WebSite; nothing for other items."""
        name = self._read.name(item, "thing.name") if is_kind(item, "website") else None
        return [name] if name else []
