"""The year and the original title that the text gives the chosen film."""

import re
from collections.abc import Iterator
from functools import cache

from aggregator.notation.countries import find_countries
from aggregator.notation.languages import alternation, fold, pattern, words
from aggregator.notation.people import is_name
from aggregator.parse.blocks import Block
from aggregator.parse.candidate import Candidate
from aggregator.parse.fields.line_facts import SHOWN
from aggregator.parse.fields.title_words import key, mentions
from aggregator.parse.reading import Reading, place

_YEAR = r"(?P<year>(?:18[89]|19\d|20\d)\d)"
# country, year and running time open a line of facts: "EUA, 16. 91 min.", "Francia, 2016, 100 min"
_RUN_ON = re.compile(r"^\W{0,3}[A-ZÀ-Ý][\w /.,-]{1,40}?[,.]\s*(?P<year>\d{4}|\d\d)[,.;]\s*\d{2,3}\s*(?:min|m\b|’|')")


def originals(reading: Reading, title: str) -> Iterator[Candidate]:
    """The original title that a line of facts or the first paragraph gives in brackets: "X (Le Y, 2008)"."""
    for block in reading.main:
        if block.index > reading.regions.first:
            return
        for _, end in mentions(title, block.text):
            found = _BRACKETED.match(block.text, end)
            inside = re.sub(rf"\s*[,;/]?\s*{_YEAR}\s*$", "", found["inside"]).strip() if found else ""
            named = _original_label().match(inside)
            inside = inside[named.end() :] if named else inside
            if found and (named or _is_original(inside, title)) and not _other_label().match(inside):
                start = found.start("inside") + (named.end() if named else 0)
                where = place(block, start, start + len(inside))
                yield Candidate("original_title", inside, "body.bracket", where, title + found[0])


_BRACKETED = re.compile(r"[”\"’»』]?\s*[(\[（]\s*(?P<inside>[^()\[\]（）]{2,80})[)\]）]")


@cache
def _original_label() -> re.Pattern[str]:
    return re.compile(rf"(?i:{pattern('labels', 'original_title')})\s*[:：]?\s+")


@cache
def _other_label() -> re.Pattern[str]:
    """Another title that is not the original: "a.k.a. Night Line"."""
    return re.compile(rf"(?i:{pattern('labels', 'alternative_title')})\b")


@cache
def _caption() -> re.Pattern[str]:
    return re.compile(pattern("words", "caption"))


def _is_original(text: str, title: str) -> bool:
    if re.match(r"(?i)(?:dir|directed|regie|real|réal|by|de|von|di)\b", text):
        return False
    if _caption().match(fold(text)):
        return False  # "(Picture: Handout)"
    return len(text) > 1 and not is_name(text) and not re.search(r"\d{3}", text) and key(text) != key(title)


def years(reading: Reading, title: str, written: str | None) -> Iterator[Candidate]:
    """Years the running text gives the chosen film: "X (2014)", "X, directed by Y in 2014", "EUA, 16. 91 min.".

    `written` (ISO) is when the review was published: a two-digit year is of its century and not later.
    """
    shapes, this = _shapes(reading), _this(reading.language)
    for block in reading.main:
        if not _FOUR_DIGITS.search(block.text) and not block.text[:60].count(","):
            continue
        for start, end in mentions(title, block.text):
            if not _OF_A_BOOK.search(block.text[max(0, start - 40) : start]):
                yield from _ahead(block, start, end, shapes)
                yield from _behind(block, start, end, shapes)
        if block.index <= reading.regions.first + 1 and (found := this.search(block.text)):
            where = place(block, *found.span("year"))
            yield Candidate("year", int(found["year"]), "body.this_film", where, found[0])
        if (found := _RUN_ON.match(block.text)) and not SHOWN.search(block.text[: found.end()]):
            year = int(found["year"]) if len(found["year"]) == 4 else _century(written, int(found["year"]))
            if year:
                yield Candidate("year", year, "facts.line", place(block, *found.span("year")), found[0])


Shapes = tuple[tuple[str, re.Pattern[str]], ...]


def _shapes(reading: Reading) -> tuple[Shapes, Shapes]:
    """What says a year ahead of a title, and behind it, each with its rule."""
    kind, ahead = _kind(reading.language)
    came, released = _came_out(reading.language)
    before: Shapes = (("body.year_kind", ahead),)
    after: Shapes = (
        ("body.title_year", _BEHIND),
        ("body.title_year", _MADE_IN),
        ("body.year_film", _told(reading.language)),
        ("body.year_kind", kind),
    )
    if any(not _REMADE.isdisjoint(block.words) for block in reading.running):
        return before, after
    return (*before, ("body.came_out", released)), (*after, ("body.came_out", came))


def _ahead(block: Block, start: int, end: int, shapes: tuple[Shapes, Shapes]) -> Iterator[Candidate]:
    """Years right before a title: "the 2014 film “X”", "Released in 2014, X"."""
    before = block.text[max(0, start - 40) : start]
    for rule, shape in shapes[0]:
        if found := shape.search(before):
            said = found.groupdict()
            if rule == "body.year_kind" and not (said["of"] or said["quote"] or _set_apart(block, start)):
                continue
            where = place(block, start - len(before) + found.start("year"), end)
            yield Candidate("year", int(found["year"]), rule, where, found[0] + block.text[start:end])


def _behind(block: Block, start: int, end: int, shapes: tuple[Shapes, Shapes]) -> Iterator[Candidate]:
    """Years right behind a title: "X (2014)", "X came out in 2014"."""
    for rule, shape in shapes[1]:
        found = shape.match(block.text, end)
        if found and (shape is not _MADE_IN or find_countries(found["in"])):
            where = place(block, found.start("year"), found.end("year"))
            yield Candidate("year", int(found["year"]), rule, where, block.text[start:end] + found[0])


def _set_apart(block: Block, start: int) -> bool:
    """Whether markup sets off what starts here: "the 2017 film <i>Heat</i>", but not "the 2017 film Heat stays"."""
    return any(mark.start == start for mark in block.marks)


@cache
def _kind(language: str | None) -> tuple[re.Pattern[str], re.Pattern[str]]:
    """A year beside a word for films, behind a title ("X is a small 2019 film") or before one ("the 2019 film “X”")."""
    used = {language or "en", "en"}
    film = rf"(?i:{alternation(words('words', 'film', used) | words('words', 'film_kind', used))})(?![\w-])"
    article = r"(?:an?|the|eine?r?|une?|le|una?|el|il|lo|uma?|o|een|de|ett?|en)"
    behind = rf"[”\"’»']?(?:,|\s[^\W\d_]{{1,5}})?\s{article}\s(?:[\w-]+\s)?{_YEAR}\s(?:[\w'’,-]+\s){{0,4}}?{film}"
    ahead = rf"{_YEAR}(?:(?P<of>['’]s)\s|\s(?:[\w'’-]+\s){{0,2}}?{film}\s)(?P<quote>[“\"‘«'„])?$"
    return re.compile(behind), re.compile(ahead)


@cache
def _this(language: str | None) -> re.Pattern[str]:
    """The film without its title, as the first lines may call it: "this 1995 thriller", "A 1995 film directed by"."""
    used = {language or "en", "en"}
    film = rf"(?i:{alternation(words('words', 'film', used) | words('words', 'film_kind', used))})(?![\w-])"
    directed = alternation(words("prose", "director", used))
    kinds = rf"{_YEAR}\s(?:[\w'’-]+\s){{0,1}}?{film}"
    return re.compile(rf"(?:(?P<this>\b[Tt]his\s)|^(?:An?\s)?){kinds}(?(this)|(?:\s\w+)?,?\s(?i:{directed})\s)")


_OF_A_BOOK = re.compile(
    r"\b(?:novel|book|roman|livre|novela|libro|romanzo|romance|livro|powieść|книга|роман|play)\W*$", re.IGNORECASE
)
_FOUR_DIGITS = re.compile(r"(?:18[89]|19\d|20\d)\d")
_BEHIND = re.compile(
    rf"[”\"’»』]?\s*[(\[（]\s*(?:[^()\[\]\d]{{1,40}}[,;]\s)?{_YEAR}(?:\s(?:film|movie))?\s*[)\]）,;]", re.IGNORECASE
)
_MADE_IN = re.compile(rf"[”\"’»』]?\s*[(\[（](?P<in>[^()\[\]\d,;]{{1,40}}?)\s{_YEAR}\s*[)\]）,;]")
"""Countries and year in brackets: "X (Italy/USA 1977)"."""


def _century(written: str | None, digits: int) -> int | None:
    """The full year of a two-digit one, if that fits the date of the review; None when the review has none."""
    if written is None:
        return None
    now = int(written[:4])
    year = now - now % 100 + digits
    return year if now - 25 <= year <= now + 1 else None


_REMADE = frozenset("remake remakes remade reboot".split())
"""Words with which a text speaks of another film of the same title."""


@cache
def _came_out(language: str | None) -> tuple[re.Pattern[str], re.Pattern[str]]:
    """When a film came out, behind its title ("Heat came out in 1995") or before it ("Released in 1995, Heat")."""
    out = rf"(?i:{alternation(words('prose', 'came_out', {language or 'en', 'en'}))})\s{_YEAR}"
    return re.compile(rf"[”\"’»』]?,?\s{out}\b"), re.compile(rf"(?:^|[.!?]\s){out},\s[“\"‘«„]?$")


@cache
def _told(language: str | None) -> re.Pattern[str]:
    directed = alternation(words("prose", "director", {language or "en", "en"}))
    return re.compile(rf"[”\"’»』]?[^.!?()]{{0,40}}{directed}[^.!?()]{{3,50}}\b{_YEAR}\b", re.IGNORECASE)
