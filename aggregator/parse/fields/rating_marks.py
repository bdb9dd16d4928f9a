"""Ratings that markup shows: elements named rating, icons in a row, image texts and names, bar widths."""

import re
from collections.abc import Iterator
from functools import cache, lru_cache

from aggregator.model import Rating, Unit
from aggregator.notation.languages import pattern
from aggregator.notation.ratings import count_icons, find_ratings, parse_rating, rating_from_name, rating_from_width
from aggregator.parse.blocks import Block, Element, Icon
from aggregator.parse.candidate import Candidate, Place
from aggregator.parse.fields.rating_others import is_foreign
from aggregator.parse.hints import Hints, hints_of
from aggregator.parse.reading import Reading, place
from aggregator.parse.regions import Region

_STARLIKE = re.compile(
    r"star|rating|score|stern|estrella|etoile|stell|nota|note|wertung|grade|thumb|heart|popcorn|reel", re.IGNORECASE
)
_AUDIENCE = re.compile(
    r"user|reader|audience|visitor|member|customer|vote|community|post-ratings|gdrating|average", re.IGNORECASE
)


def read_marks(reading: Reading) -> Iterator[Candidate]:
    """Candidates from blocks whose markup is called a rating and from images in the article."""
    for block in reading.select(_usable):
        if not (block.icons or "rating" in block.hints):
            continue
        named = "rating" in block.hints and "audience" not in block.hints
        if named and block.text:
            yield from _text(reading, block)
        if block.icons:
            yield from _icons(reading, block, named=named)
    yield from _inline(reading)
    yield from _pictured(reading)
    yield from _empty_elements(reading)


def _inline(reading: Reading) -> Iterator[Candidate]:
    """Pieces of a line whose own markup is called a rating: `Directed by X <span class=rating>★★★★★</span>`."""
    names = reading.doc.lines.classes.names
    if not any("rating" in hints_of("span", name) for name in names):
        return
    for block in reading.main:
        for mark in block.marks if "rating" not in block.hints else ():
            hints = hints_of(mark.tag, mark.node.get("class") or "")
            text = block.text[mark.start : mark.end]
            if "rating" in hints and "audience" not in hints and mark.tag != "a" and not is_foreign(block.text):
                yield from _stated(reading, text, place(block, mark.start, mark.end))


@cache
def _label_line() -> re.Pattern[str]:
    return re.compile(rf"^{pattern('labels', 'rating')}\b.{{0,40}}[:：]$")


def _pictured(reading: Reading) -> Iterator[Candidate]:
    """A line that is a rating label, and below it one picture whose file name is a number: "Nota:" and 5.jpg."""
    label = _label_line()
    lines = reading.lines
    for block, below in [(lines[at - 1], below) for at, below in enumerate(lines) if below.icons and at]:
        if not block.text or len(below.text) > 3 or not label.match(block.folded):
            continue
        names = {icon.src.rsplit("/", 1)[-1].split("?")[0] for icon in below.icons}
        found = (
            re.fullmatch(r"(\d(?:[.,]\d)?|10)\.(?:jpe?g|png|gif|webp|svg)", names.pop()) if len(names) == 1 else None
        )
        if found and _usable(reading.region(block), block.hints):
            rating = Rating(raw=found[0], value=float(found[1].replace(",", ".")), unit=Unit.OTHER)
            yield Candidate("rating", rating, "marked.name", Place(below.icons[0].node), f"{block.text} {found[0]}")


def _usable(region: Region, hints: Hints) -> bool:
    """Whether lines of this region, in markup of this purpose, may show the critic's rating."""
    if region in (Region.COMMENT, Region.RELATED):
        return False
    return not hints & {"audience", "nav", "footer", "share", "login", "header", "advert"} and (
        "sidebar" not in hints or "rating" in hints
    )


def _text(reading: Reading, block: Block) -> Iterator[Candidate]:
    if not is_foreign(block.text):
        yield from _stated(reading, block.text, place(block))


def _stated(reading: Reading, text: str, where: Place) -> Iterator[Candidate]:
    """What a short text says that its markup calls a rating."""
    if len(text) > 60:
        return
    found = find_ratings(text, reading.hint)
    rating = found[0][2] if len(found) == 1 else parse_rating(text, reading.hint_for("rating"))
    if rating is not None and (rating.unit is not Unit.WORD):
        yield Candidate("rating", rating, "marked.text", where, text)


def _icons(reading: Reading, block: Block, *, named: bool) -> Iterator[Candidate]:
    starry = [icon for icon in block.icons if _starry(icon) and not _of_readers(icon)]
    if not starry:
        return
    drawn = "".join(icon.alt.strip() for icon in starry)
    if len(starry) >= 2 and len(drawn) <= len(starry) + 2 and (rating := _of_alt(reading, drawn)):
        # each picture says one sign of the row: alt="*"
        yield Candidate("rating", rating, "marked.icons", Place(starry[0].node), drawn)
        return
    for icon in starry:
        if icon.alt and (rating := _of_alt(reading, icon.alt)):
            yield Candidate("rating", rating, "marked.icons", Place(icon.node), icon.alt)
            return
    if len(starry) >= 2:
        states = [_state(icon) for icon in starry]
        if rating := count_icons(states):
            rule = "marked.icons" if named else "icons"
            yield Candidate("rating", rating, rule, Place(starry[0].node), " ".join(states))
        return
    name = _file_of(starry[0]) or starry[0].names
    if rating := rating_from_name(name):
        yield Candidate("rating", rating, "marked.name", Place(starry[0].node), name)


def _of_readers(icon: Icon) -> bool:
    return _AUDIENCE.search(f"{icon.names} {icon.alt}") is not None or (bool(icon.alt) and is_foreign(icon.alt))


@lru_cache(maxsize=8000)
def _starlike(names: str) -> bool:
    """Whether a class or file name speaks of ratings; the names of a site's templates come back on every page."""
    return _STARLIKE.search(names) is not None


def _starry(icon: Icon) -> bool:
    name = _file_of(icon)
    return bool(
        _starlike(f"{name} {icon.names}") or (icon.alt and _SAYS_RATING.search(icon.alt)) or _RATIO_NAME.search(name)
    )


def _file_of(icon: Icon) -> str:
    return "" if icon.src.startswith("data:") else icon.src.rsplit("/", 1)[-1].split("?")[0]


_SAYS_RATING = re.compile(r"[★☆]|^\*+½?$|\b(?:stars?|grade|rating|rated|score)\b", re.IGNORECASE)
_RATIO_NAME = re.compile(r"\d[_-]?out[_-]?of[_-]?\d", re.IGNORECASE)


def _of_alt(reading: Reading, alt: str) -> Rating | None:
    if len(alt) > 60:
        return None
    found = find_ratings(alt, reading.hint_for("rating") if alt.startswith("*") else reading.hint)
    if len(found) == 1 and found[0][2].value is not None:
        return found[0][2]
    rating = parse_rating(alt, reading.hint)
    return rating if rating and (rating.value is not None or rating.unit is Unit.LETTER) else None


def _state(icon: Icon) -> str:
    own = icon.names.split("|")[0].strip()
    return icon.src.rsplit("/", 1)[-1].split("?")[0] or own or icon.alt


def _empty_elements(reading: Reading) -> Iterator[Candidate]:
    """Elements called rating whose value is in a class, a style width or a data attribute."""
    if reading.section:
        return
    for name in reading.doc.lines.classes.names:
        if not _starlike(name) or _AUDIENCE.search(name):
            continue
        for node in reading.doc.by_class(name)[:10]:
            if not reading.owns(node) or _AUDIENCE.search(node.get("class") or ""):
                continue
            yield from _of_element(reading, node, name)


def _of_element(reading: Reading, node: Element, name: str) -> Iterator[Candidate]:
    for attribute in ("data-rating", "data-score", "data-value", "data-stars", "aria-label", "title"):
        value = node.get(attribute)
        if value and (rating := parse_rating(value, reading.hint_for("rating"))) and rating.unit is not Unit.WORD:
            yield Candidate("rating", rating, "marked.name", Place(node), value)
            return
    inner = node[0] if len(node) == 1 and not node.get("style") else node
    style = inner.get("style") or ""
    width = rating_from_width(style)
    if width is not None and not (inner.text or "").strip(" ★☆"):
        yield Candidate("rating", width, "marked.name", Place(inner), style)
    elif rating := rating_from_name(name):
        yield Candidate("rating", rating, "marked.name", Place(node), name)
