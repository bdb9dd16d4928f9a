"""Signs of what a page is: structured data, headlines, sections, entries; what each is worth is data/pagetype.toml."""

import re
from collections.abc import Iterable, Iterator
from functools import cache
from urllib.parse import unquote, urlsplit

from aggregator.notation.film_pages import is_film_page
from aggregator.notation.languages import alternation, fold
from aggregator.notation.languages import words as words_of
from aggregator.parse import text_signs
from aggregator.parse.crumbs import crumbs
from aggregator.parse.fields.title_headings import without_site
from aggregator.parse.fields.title_text import is_of_one, links_to_films
from aggregator.parse.fields.title_words import is_day
from aggregator.parse.reading import Reading
from aggregator.parse.regions import HEADINGS, Region, weight
from aggregator.parse.sign_words import Sign, kind_words, points_table

OTHER_TYPES = frozenset(
    """Book TVSeries TVSeason TVEpisode Episode Game VideoGame Restaurant LocalBusiness Product MusicAlbum
    MusicRecording Hotel Event TheaterEvent Organization SoftwareApplication Place Recipe Course PodcastSeries
    PodcastEpisode""".split()
)
_KINDS = ("trailer", "interview", "podcast", "list", "book", "game", "album", "theatre", "restaurant", "method", "tv")
_BESIDE_FILMS = frozenset(("book", "game", "album", "theatre", "tv"))
"""Kinds that a diary has beside films: "Films, books and series in May"."""
_LIST_HEADLINE = re.compile(
    r"(?:^|\b)(?:\d{1,3}\s+(?:\w+\s+){0,3}(?:films?|movies|filme|películas|filmes|filmów|фильмов)\b|(?:top|best)\s*-?\d+)",
    re.IGNORECASE,
)


def read(reading: Reading, least: int, title: str | None = None) -> Iterator[Sign]:
    """Every sign of the page; `least` is the weight of text below which it is short, `title` that of the film where it
    is sure, whose words say nothing of the page: "The Interview".
    """
    yield from _structured(reading)
    yield from _headline(reading, fold(title) if title else None)
    yield from _section(reading)
    yield from text_signs.read(reading, least)
    yield from _kind_of_page(reading)


def _kind_of_page(reading: Reading) -> Iterator[Sign]:
    critics = {fold(person.name.value) for review in reading.data.reviews for person in review.critics}
    if len(reading.data.reviews) >= 3 and len(critics) >= 2:
        yield "many_critics", f"{len(reading.data.reviews)} reviews by {len(critics)} people"
    og_type = reading.data.meta.og_type
    if og_type and og_type.value.startswith("video."):
        yield "film_page", og_type.value
    elif og_type and og_type.value in _OTHER_OBJECTS:
        yield "structured_other", og_type.value
    if archive := _body_classes(reading) & _ARCHIVES:
        yield "archive_page", " ".join(sorted(archive))
    entries = _entries(reading)
    if entries >= 3:
        yield "many_entries", f"{entries} linked headings"
    elif (excerpts := sum(1 for block in reading.main if _goes_on(block.folded, reading.language))) >= 3:
        yield "many_entries", f"{excerpts} times to be continued elsewhere"
    sections = {fold(b.text).split("[")[0].strip(" #¶:") for b in reading.doc.blocks if b.tag in HEADINGS}
    known = sections & _encyclopedia()
    if len(known) >= 3:
        yield "encyclopedia", ", ".join(sorted(known))
    if (links := reading.once(links_to_films)) and is_of_one(links):
        yield "links_film", links[0][1][:80]
    parts = urlsplit(reading.doc.link("canonical") or reading.doc.url or "")
    if parts.netloc and parts.path.strip("/") in ("", "index.html", "index.php") and not parts.query:
        yield "home_page", reading.doc.url or ""


def _goes_on(folded: str, language: str | None) -> bool:
    """Whether a line ends in "Continue reading"."""
    return kind_words("continue", language).search(folded[-40:]) is not None


_OTHER_OBJECTS = frozenset("product product.item product.group book game event restaurant".split())
"""What OpenGraph calls what is no article."""
_ARCHIVES = frozenset("archive category tag author search search-results tax-post_tag blog-home".split())
"""Classes that themes give the body of a page that lists others."""


def _body_classes(reading: Reading) -> frozenset[str]:
    body = reading.doc.root.find("body") if reading.doc.root is not None else None
    classes = frozenset((body.get("class") or "").split()) if body is not None else frozenset()
    return frozenset() if classes & {"single", "single-post", "page", "post"} else classes


@cache
def _encyclopedia() -> frozenset[str]:
    """Section headings of an encyclopedia's article on a film."""
    return frozenset(points_table()["encyclopedia_sections"])


def _structured(reading: Reading) -> Iterator[Sign]:
    for review in reading.data.reviews:
        types = set(review.item_types)
        if types & OTHER_TYPES and "Movie" not in types:
            yield "structured_other_review", ", ".join(sorted(types))
        elif "Movie" in types:
            yield "structured_film_review", "Movie"
        else:
            yield "structured_review", ", ".join(sorted(types))


def _texts(reading: Reading) -> Iterator[str]:
    if reading.regions.headline is not None:
        yield reading.regions.headline.text
    yield without_site(reading, reading.doc.title)
    if meta := reading.doc.meta("og:title"):
        yield without_site(reading, meta[0])


def _film_review(text: str, language: str | None) -> str | None:
    """`headline_film_review` or `headline_review` when a heading says so."""
    found = [match.group(0) for match in kind_words("review", language).finditer(text)]
    if not found:
        return None
    filmy = any(kind_words("film", language).search(word) or "film" in word or "映画" in word for word in found)
    return "film_review" if filmy else "review"


@cache
def _general(language: str | None) -> frozenset[str]:
    """What a page that is no article of its own is called: "Film reviews", "About", "Contact"."""
    keys = ("review", "film", "about", "news", "interview", "podcast", "related")
    return frozenset(word for key in keys for word in words_of("words", key, {language or "en", "en"}))


def _headline(reading: Reading, title: str | None) -> Iterator[Sign]:
    texts = list(_texts(reading))
    for number, text in enumerate(texts):
        folded = fold(text).strip(" .:!?|")
        parts = [part.strip() for part in re.split(r"[・|/&,·]| - | – ", folded) if part.strip()]
        about = words_of("words", "about", {reading.language or "en", "en"})
        if parts and all(part in (about if number else _general(reading.language)) for part in parts):
            yield "headline_section", text
        if _archive_headings(reading.language).match(folded):
            yield "archive_page", text
        if said := _film_review(folded, reading.language):
            yield f"headline_{said}", text
        bare = _without(folded, title, reading.language) if title and not re.search(r"\d", title) else folded
        yield from _headed_otherwise(bare, text, reading.language)
        if _LIST_HEADLINE.search(text):
            yield "list_page", text
        if kind_words("roundup", reading.language).search(folded) or _is_month(folded):
            yield "roundup_headline", text
    yield from _titled_otherwise(reading)
    yield from _of_several(reading, texts)


def _without(folded: str, title: str, language: str | None) -> str:
    """A heading without the film's title; what is a label before a colon in it still speaks: "TV series: X"."""
    parts = re.split(r"\s*[:：]\s*", title)
    labels = {part for part in parts[:-1] if any(kind_words(kind, language).fullmatch(part) for kind in _KINDS)}
    for part in parts if labels else [title]:
        if part not in labels:
            folded = folded.replace(part, " ")
    return folded


def _of_several(reading: Reading, texts: Iterable[str]) -> Iterator[Sign]:
    """That headlines (`texts`) or first lines speak of several films that somebody saw."""
    for text in texts:
        if _seen_films(fold(text), reading.language):
            yield "seen_films", text
    for block in reading.main[:8]:
        for sentence in text_signs.SENTENCE_END.split(block.folded):
            if _seen_films(sentence, reading.language):
                yield "seen_films", sentence


@cache
def _archive_headings(language: str | None) -> re.Pattern[str]:
    """How themes head a page of entries: "Posts tagged: film", "Category Archives: Reviews"."""
    every = words_of("words", "archive_heading", {language or "en", "en"})
    phrases = {word for word in every if " " in word}
    # "Tag" and "Archive" are films; "Tag: film" is none
    return re.compile(rf"{alternation(phrases)}(?!\w)|{alternation(every - phrases)}\s*[:：»›“\"‘']")


def _titled_otherwise(reading: Reading) -> Iterator[Sign]:
    """That a middle part of the page's title says so: "Heat – Content guide for families | Family Screen"."""
    for part in re.split(r"\s+[|–—»·-]\s+", reading.doc.title)[1:-1]:
        if kind_words("beside_film", reading.language).search(fold(part)):
            yield "headline_beside", part


def _headed_otherwise(bare: str, text: str, language: str | None) -> Iterator[Sign]:
    """That a heading, without the film's title in it, names another kind of page."""
    if other := _other_kind(bare, language):
        yield "headline_other", f"{other}: {text}"
        if other in _BESIDE_FILMS and kind_words("films", language).search(bare):
            yield "headline_mixed", text
    if kind_words("headline_news", language).search(bare):
        yield "headline_news", text
    if kind_words("beside_film", language).search(bare):
        yield "headline_beside", text


def _is_month(folded: str) -> bool:
    """Whether a heading is a month or day and nothing else, as those of diaries are: "March 2019"."""
    said = [word for word in re.findall(r"[^\W\d_]+", folded) if len(word) > 2]
    return bool(said) and all(is_day(word) for word in said)


def _seen_films(folded: str, language: str | None) -> bool:
    """Whether a text speaks of the films that somebody saw: "Films seen in May", "the five movies we watched"."""
    found = kind_words("films", language).search(folded)
    return bool(found and kind_words("watched", language).search(folded))


def _other_kind(folded: str, language: str | None) -> str | None:
    """The kind of page a heading names that is no film review."""
    for kind in _KINDS:
        found = kind_words(kind, language).search(folded)
        # "Star Wars Episode II" is a film
        if found and (kind != "tv" or not re.match(r"\s+[ivx]+\b", folded[found.end() :])):
            return kind
    return None


def _section(reading: Reading) -> Iterator[Sign]:
    """Categories, breadcrumbs, kickers and the folders of the address."""
    texts = [b.text for b in reading.doc.blocks if "tags" in b.hints and len(b.text) < 60 and _near(reading, b.index)]
    texts += [
        content for name, content, _ in reading.doc.metas if name in ("article:section", "article:tag", "category")
    ]
    texts += [fact.value for article in reading.data.articles for fact in article.sections]
    texts += crumbs(reading)
    texts += list(_category_links(reading))
    headline = reading.regions.headline
    if headline is not None:
        before = reading.doc.blocks[max(0, headline.index - 3) : headline.index]
        # a kicker above the headline, not the last entry of a menu
        texts += [
            b.text for b in before if len(b.text) < 40 and b.tag != "li" and reading.region(b) is not Region.CHROME
        ]
    yield from _keywords(reading)
    path = unquote(urlsplit(reading.doc.url or "").path).lower()
    yield from _slug(reading, re.sub(r"[-_]+", " ", path.rstrip("/").rpartition("/")[2].partition(".")[0]))
    texts += [re.sub(r"[-_]+", " ", part) for part in path.strip("/").split("/")[:-1] if part and not part.isdigit()]
    for text in texts:
        folded = fold(text)
        if weight(folded) > 60 or len(folded.split()) > 6 or _COUNTED.search(folded):
            continue  # a menu, a list of keywords or "Reviews 503", not the name of a section
        film = bool(kind_words("film", reading.language).search(folded))
        review = _film_review(folded, reading.language)
        if review == "film_review" or (film and review):
            yield "section_film_review", text
        elif review and (other := _other_kind(folded, reading.language)) in _REVIEWED:
            yield "section_other", f"{other}: {text}"
        elif review:
            yield "section_review", text
        elif film:
            yield "section_film", text
        if kind_words("news", reading.language).fullmatch(folded.removeprefix("film ").removeprefix("movie ")):
            yield "section_other", f"news: {text}"
        elif not film and not review and (other := _other_kind(folded, reading.language)):
            yield "section_other", f"{other}: {text}"


def _keywords(reading: Reading) -> Iterator[Sign]:
    """That the page's own keywords call it a review of something else, and none of them speaks of films."""
    for name, content, _ in reading.doc.metas:
        folded = fold(content) if name == "keywords" and len(content) < _KEYWORDS else ""
        if not folded or kind_words("film", reading.language).search(folded):
            continue
        said = [part.strip() for part in folded.split(",") if _film_review(part.strip(), reading.language)]
        kinds = {_other_kind(part, reading.language) for part in said}
        if len(kinds) == 1 and not kinds.isdisjoint(_REVIEWED):
            yield "section_other", f"{said[0]}, a keyword"


_KEYWORDS = 300
_REVIEWED = frozenset(("book", "game", "album", "theatre", "restaurant", "tv"))
"""What else is reviewed, in a category of its own: "Book reviews"."""
_COUNTED = re.compile(r"\w\s*[(\[]?\d[\d ,.]*[)\]]?$")


def _slug(reading: Reading, slug: str) -> Iterator[Sign]:
    """What the last part of the address calls the page, where the headline does not."""
    headline = reading.regions.headline
    for kind in ("trailer", "interview", "podcast", "beside_film"):
        found = kind_words(kind, reading.language).search(slug)
        if found and not (headline is not None and found[0] in headline.folded):
            yield "slug_other", f"{kind}: {slug}"


def _category_links(reading: Reading) -> Iterator[str]:
    """Short links around the headline and right behind the text, as themes print categories."""
    end = max(reading.regions.last, 0)
    behind = [b for b in reading.doc.blocks[end + 1 : end + 6] if reading.region(b) in (Region.OUTSIDE, Region.TAIL)]
    for block in (*reading.blocks(Region.HEAD), *behind):
        if block.tag not in HEADINGS and (block.link_share() > 0.8 or block.hints & {"meta", "tags"}):
            # "Trailer" beside a review leads to one
            shown = (text for text, _, _ in block.links() if 1 < len(text) < 40)
            yield from (text for text in shown if not kind_words("trailer", reading.language).fullmatch(fold(text)))


def _near(reading: Reading, index: int) -> bool:
    start = reading.regions.headline.index if reading.regions.headline else reading.regions.first
    return start - 12 <= index <= max(reading.regions.last, start) + 25


def _entries(reading: Reading) -> int:
    """Number of headings in the main part that lead to other pages, as on a listing."""
    own = (reading.doc.url or "").split("#")[0].rstrip("/")
    targets = set()
    for block in reading.main:
        if block.tag not in HEADINGS and "title" not in block.hints:
            continue
        for text, href, _ in block.links():
            address = (reading.doc.absolute(href) or href).split("#")[0].rstrip("/")
            if len(text) > 0.6 * len(block.text) and address and address != own and not is_film_page(href):
                targets.add(address)
    return len(targets)
