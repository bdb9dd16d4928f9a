"""The year and the original title that the text gives the chosen film."""

import re
from collections.abc import Iterator
from functools import cache

from aggregator.notation.countries import find_countries
from aggregator.notation.headline import table
from aggregator.notation.languages import alternation, fold, pattern, words
from aggregator.notation.people import is_name
from aggregator.notation.titles import belongs
from aggregator.parse.blocks import Block
from aggregator.parse.candidate import Candidate
from aggregator.parse.fields.line_facts import is_shown
from aggregator.parse.fields.title_words import key, mentions
from aggregator.parse.reading import Reading, place

_YEAR = r"(?P<year>(?:18[89]|19\d|20\d)\d)"
# country, year and running time open a line of facts: "EUA, 16. 91 min.", "Francia, 2016, 100 min"
_RUN_ON = re.compile(r"^\W{0,3}[A-ZÀ-Ý][\w /.,-]{1,40}?[,.]\s*(?P<year>\d{4}|\d\d)[,.;]\s*\d{2,3}\s*(?:min|m\b|’|')")


def originals(reading: Reading, title: str) -> Iterator[Candidate]:
    """The original title that a line of facts or the first paragraph gives in brackets, with its label or a year
    behind it: "X (Le Y, 2008)".
    """
    for block in reading.main:
        if block.index > reading.regions.first:
            return
        for _, end in mentions(title, block.text):
            found = _BRACKETED.match(block.text, end)
            dated = _DATED.fullmatch(found["inside"]) if found else None
            inside = dated["name"].strip() if dated else found["inside"].strip() if found else ""
            named = _original_label().match(inside)
            inside = inside[named.end() :] if named else inside
            if found and (named or (dated and _is_original(inside, title))):
                start = found.start("inside") + (named.end() if named else 0)
                where = place(block, start, start + len(inside))
                yield Candidate("original_title", inside, "body.bracket", where, title + found[0])


_BRACKETED = re.compile(r"[”\"’»』]?\s*[(\[（]\s*(?P<inside>[^()\[\]（）]{2,80})[)\]）]")


_DATED = re.compile(rf"(?P<name>.+?)\s*[,;/]\s*{_YEAR}\s*")


@cache
def _original_label() -> re.Pattern[str]:
    return re.compile(rf"(?i:{pattern('labels', 'original_title')})\s*[:：]\s*")


@cache
def _said_of() -> re.Pattern[str]:
    """What is no title by itself: "original title track by X", "a.k.a. Y", "Polish title: Z"."""
    labels = rf"(?:{pattern('labels', 'original_title')}|{pattern('labels', 'alternative_title')})"
    return re.compile(rf"(?i:{labels}\b|[^:]*\b{pattern('labels', 'title')}\s*:)")


@cache
def _caption() -> re.Pattern[str]:
    return re.compile(pattern("words", "caption"))


def _is_original(text: str, title: str) -> bool:
    if re.match(r"(?i)(?:dir|directed|regie|real|réal|by|de|von|di)\b", text):
        return False
    if text[:1].islower() or is_shown(text) or _said_of().match(text) or _caption().match(fold(text)):
        return False  # "(seen in Germany)", "(Picture: Handout)"
    return len(text) > 1 and not is_name(text) and not re.search(r"\d{3}", text) and key(text) != key(title)


def years(reading: Reading, title: str, written: str | None) -> Iterator[Candidate]:
    """Years the running text gives the chosen film: "X (2014)", "X, directed by Y in 2014", "EUA, 16. 91 min.".

    `written` (ISO) is when the review was published: a two-digit year is of its century and not later.
    """
    kind, ahead = _kind(reading.language)
    behind: Shapes = (
        ("body.title_year", _BEHIND),
        ("body.title_year", _MADE_IN),
        ("body.year_film", _told(reading.language)),
        ("body.year_kind", kind),
    )
    for block in reading.main:
        if not _FOUR_DIGITS.search(block.text) and not block.text[:60].count(","):
            continue
        for start, end in mentions(title, block.text):
            if not _other_work().search(fold(block.text[max(0, start - 40) : start])):
                yield from _ahead(block, start, end, ahead)
                yield from _behind(block, start, end, behind)
        if (found := _RUN_ON.match(block.text)) and not is_shown(found[0]):
            year = int(found["year"]) if len(found["year"]) == 4 else _century(written, int(found["year"]))
            if year:
                yield Candidate("year", year, "facts.line", place(block, *found.span("year")), found[0])


Shapes = tuple[tuple[str, re.Pattern[str]], ...]


def _ahead(block: Block, start: int, end: int, shape: re.Pattern[str]) -> Iterator[Candidate]:
    """The year right before a title: "the 2014 film “X”"."""
    before = block.text[max(0, start - 40) : start]
    found = shape.search(before)
    if found and (found["of"] or found["quote"] or _set_apart(block, start)):
        where = place(block, start - len(before) + found.start("year"), end)
        yield Candidate("year", int(found["year"]), "body.year_kind", where, found[0] + block.text[start:end])


def _behind(block: Block, start: int, end: int, shapes: Shapes) -> Iterator[Candidate]:
    """Years right behind a title: "X (2014)", "X is a 2014 film"."""
    for rule, shape in shapes:
        found = shape.match(block.text, end)
        if not found or is_shown(found[0]) or _other_work().search(fold(block.text[end : found.start("year")])):
            continue
        inside = found.groupdict().get("in")
        if find_countries(inside or "") if shape is _MADE_IN else inside is None or belongs(inside):
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
    linked = r"(?:is|was|ist|war|est|était|es|era|è|é|är|er)"
    kinds = rf"{_YEAR}\s(?:[\w'’,-]+\s){{0,4}}?{film}(?!\s(?:\W?[A-Z]|festival))"
    behind = rf"[”\"’»']?(?:,|\s{linked})\s{article}\s(?:[\w-]+\s)?{kinds}"
    ahead = rf"{_YEAR}(?:(?P<of>['’]s)\s|\s(?:[\w'’-]+\s){{0,2}}?{film}\s)(?P<quote>[“\"‘«'„])?$"
    return re.compile(behind), re.compile(ahead)


@cache
def _other_work() -> re.Pattern[str]:
    """Words right before a title that mean another work: "the novel “X”", "a remake of X", "unlike X"."""
    return re.compile(rf"(?<!\w){alternation(table('other_work') | table('compared'))}\W*$")


_FOUR_DIGITS = re.compile(r"(?:18[89]|19\d|20\d)\d")
_BEHIND = re.compile(
    rf"[”\"’»』]?\s*[(\[（]\s*(?:(?P<in>[^()\[\]\d]{{1,40}})[,;]\s)?{_YEAR}(?:\s(?:film|movie))?\s*[)\]）,;]",
    re.IGNORECASE,
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


@cache
def _told(language: str | None) -> re.Pattern[str]:
    """Who directed it and when, right behind a title: "X, directed by Y in 2014"."""
    directed = alternation(words("prose", "director", {language or "en", "en"}))
    name, when = r"(?:[^\W\d_][\w.'’-]*\s?){2,4}", r"(?:\(|(?:in|en|nel|em|w|im Jahr)\s)?"
    return re.compile(rf"[”\"’»』]?[^.!?()]{{0,40}}{directed}\s{name},?\s?{when}{_YEAR}\b", re.IGNORECASE)
