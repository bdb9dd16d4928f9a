"""Is this page a film review? Points for and against (data/pagetype.toml); doubt is a no."""

import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Any
from urllib.parse import unquote, urlsplit

from aggregator.model import PageType
from aggregator.notation.languages import fold, pattern
from aggregator.notation.languages import words as words_of
from aggregator.parse.facts import LabelledFact
from aggregator.parse.fields.titles import mention, without_site
from aggregator.parse.reading import Reading
from aggregator.parse.regions import HEADINGS, Region, is_prose, weight

FILM_TYPES = frozenset(("Movie", "Film", "VideoObject", "CreativeWork", "Thing", "ItemPage"))
OTHER_TYPES = frozenset(
    """Book TVSeries TVSeason TVEpisode Episode Game VideoGame Restaurant LocalBusiness Product MusicAlbum
    MusicRecording Hotel Event TheaterEvent Organization SoftwareApplication Place Recipe Course PodcastSeries
    PodcastEpisode""".split()
)
_KINDS = ("trailer", "interview", "podcast", "list", "book", "game", "album", "theatre", "restaurant", "tv")
_OTHER_WORDS = {"in_tv": "tv_words", "in_book": "book_words", "in_album": "album_words", "in_game": "game_words"}
"""Words of [words] in running text -> the point against."""
_LIST_HEADLINE = re.compile(
    r"(?:^|\b)(?:\d{1,3}\s+(?:\w+\s+){0,3}(?:films?|movies|filme|películas|filmes|filmów|фильмов)\b|(?:top|best)\s*-?\d+)",
    re.IGNORECASE,
)
_QUESTION = re.compile(r"^(?:Q|F|P|В|問|问)\s*[:.：]\s", re.IGNORECASE)
_ATTRIBUTED = re.compile(r"[.!?…”\"'’)]\s*(?:—|–|―|--)\s*[A-Z][^.!?]{2,60}$")
"""A quotation followed by who said it."""
FACT_KEYS = frozenset(
    "director writer cast runtime certificate cinematographer composer producer distributor release".split()
)


@dataclass(frozen=True, slots=True)
class Point:
    """One reason for or against, with the text it rests on."""

    name: str
    points: float
    raw: str


@dataclass(frozen=True, slots=True)
class Verdict:
    """What the page is, the points behind it and their sum."""

    page_type: PageType
    points: tuple[Point, ...]
    total: float


@cache
def points_table() -> dict[str, Any]:
    """The table of points as read from data/pagetype.toml."""
    return tomllib.loads(resources.files("aggregator.parse").joinpath("data/pagetype.toml").read_text("utf-8"))


def judge(
    reading: Reading, facts: list[LabelledFact], *, title: str | None, named: bool, year: bool, rated: bool
) -> Verdict:
    """The type of a page, given which film it names (`named`: in a heading) and whether a rating was found."""
    table = points_table()
    names = [*_structured(reading), *_headline(reading), *_section(reading), *_text(reading)]
    keys = {fact.key for fact in facts} & FACT_KEYS
    if keys:
        names.append(("facts_film" if len(keys) >= 2 else "facts_one", ", ".join(sorted(keys))))
    if rated:
        names.append(("rating", ""))
    if year:
        names.append(("title_year", ""))
    if not title:
        names.append(("no_title", ""))
    else:
        names += _mentions(reading, title, named=named)
    critics = {fold(person.name.value) for review in reading.data.reviews for person in review.critics}
    if len(reading.data.reviews) >= 3 and len(critics) >= 2:
        names.append(("many_critics", f"{len(reading.data.reviews)} reviews by {len(critics)} people"))
    if reading.data.meta.og_type and reading.data.meta.og_type.value.startswith("video."):
        names.append(("film_page", reading.data.meta.og_type.value))
    entries = _entries(reading)
    if entries >= 3:
        names.append(("many_entries", f"{entries} linked headings"))
    path = urlsplit(reading.doc.url or "x").path
    if (
        path.strip("/") in ("", "index.html", "index.php")
        and not urlsplit(reading.doc.url or "").query
        and reading.doc.url
    ):
        names.append(("home_page", reading.doc.url))
    found: dict[str, Point] = {}
    for name, raw in names:
        points = table["for"].get(name) or -table["against"][name]
        found.setdefault(name, Point(name, points, raw))
    total = sum(point.points for point in found.values())
    return Verdict(_type(reading, found, total, entries), tuple(found.values()), total)


def _mentions(reading: Reading, title: str, *, named: bool) -> Iterator[tuple[str, str]]:
    """How much the page is about this one title: named in a heading, in the first paragraph, again and again."""
    if named:
        yield "headline_is_title", title
    prose = [block.text for block in reading.blocks(Region.BODY, Region.TAIL) if block.tag not in HEADINGS]
    name = mention(title)
    if prose and name.search(prose[0]):
        yield "title_first", prose[0][:80]
    if len(name.findall("\n".join(prose))) >= 3:
        yield "title_often", title


def _type(reading: Reading, found: dict[str, Point], total: float, entries: int) -> PageType:
    body = sum(weight(block.text) for block in reading.main if is_prose(block))
    if {"many_critics", "film_page"} & found.keys() and total < points_table()["review"] + 3:
        return PageType.FILM
    if total >= points_table()["review"] and not (entries >= 3 and body < 400):
        return PageType.REVIEW
    if entries >= 3 or "home_page" in found:
        return PageType.LISTING
    if "facts_film" in found and body < 400 and "headline_other" not in found:
        return PageType.FILM
    about = "headline_section" in found or "not_found" in {problem.code for problem in reading.problems}
    return PageType.ARTICLE if body >= 200 and not about else PageType.OTHER


def _structured(reading: Reading) -> Iterator[tuple[str, str]]:
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
def _kind(kind: str, language: str | None) -> re.Pattern[str]:
    """The words of one kind of page, whole words where the script parts words."""
    words = pattern("words", kind, {language or "en", "en"})
    return re.compile(rf"(?<![^\W\u3040-\u9fff\uac00-\ud7a3]){words}(?![^\W\u3040-\u9fff\uac00-\ud7a3])")


def _film_review(text: str, language: str | None) -> str | None:
    """`headline_film_review` or `headline_review` when a heading says so."""
    found = [match.group(0) for match in _kind("review", language).finditer(text)]
    if not found:
        return None
    filmy = any(_kind("film", language).search(word) or "film" in word or "映画" in word for word in found)
    return "film_review" if filmy else "review"


@cache
def _general(language: str | None) -> frozenset[str]:
    """What a page that is no article of its own is called: "Film reviews", "About", "Contact"."""
    keys = ("review", "film", "about", "news", "interview", "podcast", "related")
    return frozenset(word for key in keys for word in words_of("words", key, {language or "en", "en"}))


def _headline(reading: Reading) -> Iterator[tuple[str, str]]:
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
        found = _kind(kind, language).search(folded)
        if found and (
            kind != "tv" or re.search(r"season|staffel|saison|temporada|stagione|series|serie|tv|episode", found[0])
        ):
            return kind
    return None


def _section(reading: Reading) -> Iterator[tuple[str, str]]:
    """Categories, breadcrumbs, kickers and the folders of the address."""
    texts = [b.text for b in reading.doc.blocks if "tags" in b.hints and len(b.text) < 60 and _near(reading, b.index)]
    texts += [
        content for name, content, _ in reading.doc.metas if name in ("article:section", "article:tag", "category")
    ]
    texts += list(_category_links(reading))
    headline = reading.regions.headline
    if headline is not None:
        before = reading.doc.blocks[max(0, headline.index - 3) : headline.index]
        texts += [b.text for b in before if len(b.text) < 40 and reading.region(b) is not Region.CHROME]
    path = unquote(urlsplit(reading.doc.url or "").path).lower()
    texts += [re.sub(r"[-_]+", " ", part) for part in path.split("/")[:-1] if part and not part.isdigit()]
    for text in texts:
        folded = fold(text)
        film = bool(_kind("film", reading.language).search(folded))
        review = _film_review(folded, reading.language)
        if review == "film_review" or (film and review):
            yield "section_film_review", text
        elif review:
            yield "section_review", text
        elif film:
            yield "section_film", text
        if _kind("news", reading.language).fullmatch(folded.removeprefix("film ").removeprefix("movie ")):
            yield "section_other", f"news: {text}"
        elif not film and not review and (other := _other_kind(folded, reading.language)):
            yield "section_other", f"{other}: {text}"


def _category_links(reading: Reading) -> Iterator[str]:
    """Short links around the headline and right behind the text, as themes print categories."""
    end = max(reading.regions.last, 0)
    behind = [b for b in reading.doc.blocks[end + 1 : end + 6] if reading.region(b) is Region.OUTSIDE]
    for block in (*reading.blocks(Region.HEAD), *behind):
        if block.tag not in HEADINGS and len(block.text) < 120 and block.link_share() > 0.8:
            yield from (text for text, _, _ in block.links() if 2 < len(text) < 40)


def _near(reading: Reading, index: int) -> bool:
    start = reading.regions.headline.index if reading.regions.headline else reading.regions.first
    return start - 12 <= index <= max(reading.regions.last, start) + 25


def _text(reading: Reading) -> Iterator[tuple[str, str]]:
    prose = [b for b in reading.blocks(Region.BODY) if b.tag not in HEADINGS]
    text = fold("\n".join(b.text for b in prose))
    size = weight(text)
    if size < points_table()["min_weight"]:
        yield "short", f"{size} letters"
    words = max(1, size / 6)
    kinds = ("film", "cinema", *_OTHER_WORDS)
    shares = {kind: len(_kind(kind, reading.language).findall(text)) / words * 1000 for kind in kinds}
    film = shares["film"] + 0.5 * shares["cinema"]
    if film >= 12:
        yield "film_words", f"{film:.1f} in 1000 words"
    elif film >= 5:
        yield "film_words_some", f"{film:.1f} in 1000 words"
    for kind, name in _OTHER_WORDS.items():
        if shares[kind] >= 6 and shares[kind] > 1.3 * film:
            yield name, f"{shares[kind]:.1f} in 1000 words, of film {film:.1f}"
    questions = sum(1 for b in prose if _QUESTION.match(b.text) or _bold_question(b.text, b.marks))
    if questions >= 4:
        yield "question_answers", f"{questions} questions"
    quoted = sum(1 for b in prose if _ATTRIBUTED.search(b.text))
    if quoted >= 4:
        yield "others_reviews", f"{quoted} paragraphs end with their source"


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


def obstacles(reading: Reading) -> Iterator[str]:
    """What stands between us and the text (javascript captcha login paywall not_found) on a page with little text."""
    text = fold(" ".join(block.text for block in reading.doc.blocks if reading.region(block) is not Region.COMMENT))
    noscript = fold(" ".join("".join(map(str, node.itertext())) for node in reading.doc.nodes("noscript")))
    if weight(text) > 1500:
        return
    titles = fold(reading.doc.title)
    for kind in ("javascript", "captcha", "login", "paywall", "not_found"):
        words = _kind(kind, reading.language)
        said = titles if kind == "not_found" else f"{titles} {text}" + (f" {noscript}" if kind == "javascript" else "")
        if words.search(said) and (kind != "login" or weight(text) < 500):
            yield kind
