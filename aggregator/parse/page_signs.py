"""Signs of what a page is: structured data, headlines, sections, words; what each is worth is data/pagetype.toml."""

import re
import tomllib
from collections.abc import Iterator
from functools import cache
from importlib import resources
from typing import Any
from urllib.parse import unquote, urlsplit

from aggregator.notation.languages import fold, pattern
from aggregator.notation.languages import words as words_of
from aggregator.parse.fields.title_headings import without_site
from aggregator.parse.reading import Reading
from aggregator.parse.regions import HEADINGS, Region, weight

Sign = tuple[str, str]
"""Name of a row of data/pagetype.toml, and the text it rests on."""
FILM_TYPES = frozenset(("Movie", "Film", "VideoObject", "CreativeWork", "Thing", "ItemPage"))
OTHER_TYPES = frozenset(
    """Book TVSeries TVSeason TVEpisode Episode Game VideoGame Restaurant LocalBusiness Product MusicAlbum
    MusicRecording Hotel Event TheaterEvent Organization SoftwareApplication Place Recipe Course PodcastSeries
    PodcastEpisode""".split()
)
_KINDS = ("trailer", "interview", "podcast", "list", "book", "game", "album", "theatre", "restaurant", "tv")
_OTHER_WORDS = {
    "in_tv": ("tv_words", 6.0),
    "in_book": ("book_words", 12.0),
    "in_album": ("album_words", 15.0),
    "in_game": ("game_words", 10.0),
    "in_theatre": ("theatre_words", 30.0),
    "in_restaurant": ("restaurant_words", 15.0),
}
"""Words of [words] in running text -> the point against, and from how many in 1000 words it counts."""
_LIST_HEADLINE = re.compile(
    r"(?:^|\b)(?:\d{1,3}\s+(?:\w+\s+){0,3}(?:films?|movies|filme|películas|filmes|filmów|фильмов)\b|(?:top|best)\s*-?\d+)",
    re.IGNORECASE,
)
_QUESTION = re.compile(r"^(?:Q|F|P|В|問|问)\s*[:.：]\s", re.IGNORECASE)
_ATTRIBUTED = re.compile(r"[.!?…”\"'’)]\s*(?:—|–|―|--)\s*[A-Z][^.!?]{2,60}$")
"""A quotation followed by who said it."""


def read(reading: Reading, least: int) -> Iterator[Sign]:
    """Every sign of the page; `least` is the weight of text below which it is short."""
    yield from _structured(reading)
    yield from _headline(reading)
    yield from _section(reading)
    yield from _text(reading, least)
    yield from _kind_of_page(reading)


def _kind_of_page(reading: Reading) -> Iterator[Sign]:
    critics = {fold(person.name.value) for review in reading.data.reviews for person in review.critics}
    if len(reading.data.reviews) >= 3 and len(critics) >= 2:
        yield "many_critics", f"{len(reading.data.reviews)} reviews by {len(critics)} people"
    og_type = reading.data.meta.og_type
    if og_type and og_type.value.startswith("video."):
        yield "film_page", og_type.value
    if archive := _body_classes(reading) & _ARCHIVES:
        yield "archive_page", " ".join(sorted(archive))
    entries = _entries(reading)
    if entries >= 3:
        yield "many_entries", f"{entries} linked headings"
    sections = {fold(b.text).split("[")[0].strip(" #¶:") for b in reading.doc.blocks if b.tag in HEADINGS}
    known = sections & _encyclopedia()
    if len(known) >= 3:
        yield "encyclopedia", ", ".join(sorted(known))
    parts = urlsplit(reading.doc.link("canonical") or reading.doc.url or "")
    if parts.netloc and parts.path.strip("/") in ("", "index.html", "index.php") and not parts.query:
        yield "home_page", reading.doc.url or ""


_ARCHIVES = frozenset("archive category tag author search search-results tax-post_tag blog-home".split())
"""Classes that themes give the body of a page that lists others."""


def _body_classes(reading: Reading) -> frozenset[str]:
    body = reading.doc.root.find("body") if reading.doc.root is not None else None
    classes = frozenset((body.get("class") or "").split()) if body is not None else frozenset()
    return frozenset() if classes & {"single", "single-post", "page", "post"} else classes


@cache
def _encyclopedia() -> frozenset[str]:
    """Section headings of an encyclopedia's article on a film."""
    raw = tomllib.loads(resources.files("aggregator.parse").joinpath("data/pagetype.toml").read_text("utf-8"))
    return frozenset(raw["encyclopedia_sections"])


def _structured(reading: Reading) -> Iterator[Sign]:
    for review in reading.data.reviews:
        types = set(review.item_types)
        if types & OTHER_TYPES and "Movie" not in types:
            yield "structured_other", ", ".join(sorted(types))
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


@cache
def kind_words(kind: str, language: str | None) -> re.Pattern[str]:
    """The words of one kind of page, whole words where the script parts words."""
    words = pattern("words", kind, {language or "en", "en"})
    return re.compile(rf"(?<![^\W\u3040-\u9fff\uac00-\ud7a3]){words}(?![^\W\u3040-\u9fff\uac00-\ud7a3])")


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


def _headline(reading: Reading) -> Iterator[Sign]:
    for text in _texts(reading):
        folded = fold(text).strip(" .:!?|")
        parts = [part.strip() for part in re.split(r"[・|/&,·]| - | – ", folded) if part.strip()]
        if parts and all(part in _general(reading.language) for part in parts):
            yield "headline_section", text
        if said := _film_review(folded, reading.language):
            yield f"headline_{said}", text
        if other := _other_kind(folded, reading.language):
            yield "headline_other", f"{other}: {text}"
        if _LIST_HEADLINE.search(text):
            yield "list_page", text


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
    texts += list(_category_links(reading))
    headline = reading.regions.headline
    if headline is not None:
        before = reading.doc.blocks[max(0, headline.index - 3) : headline.index]
        # a kicker above the headline, not the last entry of a menu
        texts += [
            b.text for b in before if len(b.text) < 40 and b.tag != "li" and reading.region(b) is not Region.CHROME
        ]
    path = unquote(urlsplit(reading.doc.url or "").path).lower()
    texts += [re.sub(r"[-_]+", " ", part) for part in path.strip("/").split("/")[:-1] if part and not part.isdigit()]
    for text in texts:
        folded = fold(text)
        film = bool(kind_words("film", reading.language).search(folded))
        review = _film_review(folded, reading.language)
        if review == "film_review" or (film and review):
            yield "section_film_review", text
        elif review:
            yield "section_review", text
        elif film:
            yield "section_film", text
        if kind_words("news", reading.language).fullmatch(folded.removeprefix("film ").removeprefix("movie ")):
            yield "section_other", f"news: {text}"
        elif not film and not review and (other := _other_kind(folded, reading.language)):
            yield "section_other", f"{other}: {text}"


def _category_links(reading: Reading) -> Iterator[str]:
    """Short links around the headline and right behind the text, as themes print categories."""
    end = max(reading.regions.last, 0)
    behind = [b for b in reading.doc.blocks[end + 1 : end + 6] if reading.region(b) is Region.OUTSIDE]
    for block in (*reading.blocks(Region.HEAD), *behind):
        if block.tag not in HEADINGS and (block.link_share() > 0.8 or block.hints & {"meta", "tags"}):
            yield from (text for text, _, _ in block.links() if 1 < len(text) < 40)


def _near(reading: Reading, index: int) -> bool:
    start = reading.regions.headline.index if reading.regions.headline else reading.regions.first
    return start - 12 <= index <= max(reading.regions.last, start) + 25


def _text(reading: Reading, least: int) -> Iterator[Sign]:
    prose = [b for b in reading.blocks(Region.BODY) if b.tag not in HEADINGS]
    text = fold("\n".join(b.text for b in prose))
    size = weight(text)
    if size < least:
        yield "short" if size >= 40 else "no_text", f"{size} letters"
    words = max(1, size / 6)
    kinds = ("film", "cinema", "judging", "in_news", *_OTHER_WORDS)
    counts = {kind: len(kind_words(kind, reading.language).findall(text)) for kind in kinds}
    shares = {kind: count / words * 1000 for kind, count in counts.items()}
    yield from _film_words(shares)
    if shares["in_news"] >= 15 and counts["in_news"] >= 2:
        yield "news_words", f"{shares['in_news']:.1f} in 1000 words"
    if size and words < 150 and shares["judging"] < 10:
        yield "no_judgement", f"{shares['judging']:.1f} in 1000 words"
    film = shares["film"] + 0.5 * shares["cinema"]
    # a film may be about cooks or the stage: there all its words weigh against
    against = {kind: film if kind in ("in_theatre", "in_restaurant") else shares["film"] for kind in _OTHER_WORDS}
    for kind, (name, least_share) in _OTHER_WORDS.items():
        if shares[kind] >= least_share and shares[kind] > 1.3 * against[kind] and counts[kind] >= 2:
            yield name, f"{shares[kind]:.1f} in 1000 words, of film {shares['film']:.1f}"
    questions = sum(1 for b in prose if _QUESTION.match(b.text) or _bold_question(b.text, b.marks))
    if questions >= 4:
        yield "question_answers", f"{questions} questions"
    quoted = sum(1 for b in prose if _ATTRIBUTED.search(b.text))
    if quoted >= 4:
        yield "others_reviews", f"{quoted} paragraphs end with their source"


def _film_words(shares: dict[str, float]) -> Iterator[Sign]:
    """How much a text speaks of films; plot and actors alone may be those of a series or a novel."""
    film = shares["film"] + 0.5 * shares["cinema"]
    said = f"{film:.1f} in 1000 words, {shares['film']:.1f} say film"
    if shares["film"] < 2:
        if film >= 5:
            yield "film_words_weak", said
    elif film >= 12:
        yield "film_words", said
    elif film >= 8:
        yield "film_words_many", said
    elif film >= 5:
        yield "film_words_some", said


def _bold_question(text: str, marks: list[Any]) -> bool:
    bold = sum(mark.end - mark.start for mark in marks if mark.tag in ("b", "strong"))
    return text.rstrip().endswith("?") and bold > 0.9 * len(text)


def _entries(reading: Reading) -> int:
    """Number of headings in the main part that lead to other pages, as on a listing."""
    own = (reading.doc.url or "").split("#")[0].rstrip("/")
    targets = set()
    for block in reading.main:
        if block.tag not in HEADINGS and "title" not in block.hints:
            continue
        for text, href, _ in block.links():
            address = (reading.doc.absolute(href) or href).split("#")[0].rstrip("/")
            if len(text) > 0.6 * len(block.text) and address and address != own:
                targets.add(address)
    return len(targets)
