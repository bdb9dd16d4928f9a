"""When the review was published and last changed: structured data, time tags, visible dates, the address."""

import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date, timedelta
from functools import cache

from aggregator.notation.dates import find_dates, parse_date
from aggregator.notation.headline import cut_trailing_date
from aggregator.notation.languages import fold, pattern
from aggregator.parse.blocks import Block, Element
from aggregator.parse.candidate import Candidate, Place
from aggregator.parse.fields.date_order import is_other_day, page_order
from aggregator.parse.fields.date_stamps import footed, stamp_of, stated_within, unfilled
from aggregator.parse.hints import Hints
from aggregator.parse.reading import Reading, place
from aggregator.parse.regions import HEADINGS, Region
from aggregator.parse.structured import Fact

_URL_DAY = re.compile(r"/((?:19|20)\d\d)[/-](0?[1-9]|1[0-2])[/-](0?[1-9]|[12]\d|3[01])(?=[/_.-]|$)")
_URL_COMPACT = re.compile(r"/((?:19|20)\d\d)(0[1-9]|1[0-2])(0[1-9]|[12]\d|3[01])(?=[/_.-]|$)")
_URL_MONTH = re.compile(r"/((?:19|20)\d\d)/(0?[1-9]|1[0-2])/")
_ZONED = re.compile(r"T.*(?:Z|[+-]\d\d:?\d\d)$")
_MODIFIED_CLASS = re.compile(r"\b(updated|modified|dt-updated)\b")
_PUBLISHED_CLASS = re.compile(r"\b(published|dt-published|entry-date|post-date|pubdate)\b")
_NOWHERE = Fact("", Place(), "")
_NUMERIC = re.compile(r"(?<!\d)\d{1,2}[/.-]\d{1,2}[/.-]\d{4}(?!\d)")
MAX_LINE = 160
"""A line longer than this is running text, whose dates are not the review's."""


def read(reading: Reading, taken: frozenset[int]) -> Iterator[Candidate]:
    """Candidates of `published` and `modified`, values ISO and as precise as stated.

    `taken` holds the lines that state facts of the film: their dates are its releases.
    """
    told = [*_times(reading), *_shown(reading, taken), *_address(reading)]
    stated = list(_structured(reading))
    told = [c for c in told if not _is_change(c, stated)]
    days = {c.value[:10] for c in told if c.field == "published"}
    for candidate in stated:
        # a template that prints the day of the visit, where the page itself says another
        if not (days and candidate.value[:10] == (reading.fetched_at or "")[:10] not in days):
            yield candidate
    yield from told


def _shown(reading: Reading, taken: frozenset[int]) -> list[Candidate]:
    """Dates in the page's text; of those around the article, several are dates of teasers."""
    found = list(_visible(reading, taken)) or list(_stacked(reading)) or list(_lone(reading, taken))
    own = [c for c, region in found if region in _ARTICLE or _at_headline(reading, c)]
    if any(c.field == "published" for c in own):
        return own
    days = {c.value[:10] for c, _ in found if c.field == "published"}
    if not days and not reading.section:
        return [*own, *(list(unfilled(reading)) or footed(reading))]
    return [c for c, _ in found] if len(days) == 1 else own


_MOST_LONE = 3000
"""Lines that are looked at for the one date of a page; what has more is a table."""


def _may_be_lone(region: Region, hints: Hints) -> bool:
    return region not in _NOT_OWN and not hints & {"nav", "sidebar", "footer", "related"}


def _lone(reading: Reading, taken: frozenset[int]) -> Iterator[tuple[Candidate, Region]]:
    """The one line of the page that is a date and nothing else, before the text and with nothing to say what of."""
    days: dict[str, Block] = {}
    for block in reading.select(_may_be_lone)[:_MOST_LONE]:
        if len(block.text) > 40 or block.index in taken or _seen_on(reading, block):
            continue
        if is_other_day(_label_above(reading, block)):
            continue
        iso = parse_date(block.text, reading.hint)
        if iso is not None and len(iso) >= 10:
            days.setdefault(iso, block)
        if len(days) > 1:
            return
    if days:
        ((iso, block),) = days.items()
        if block.index < reading.regions.first:
            yield Candidate("published", iso, "visible.lone", place(block), block.text), Region.HEAD


_NOT_OWN = (Region.COMMENT, Region.RELATED, Region.CAPTION)
_ARTICLE = (Region.HEAD, Region.BODY, Region.TAIL)


def _is_change(shown: Candidate, stated: list[Candidate]) -> bool:
    """Whether a day shown without a word is that of the last change, as the page's metadata tells the two apart."""
    if shown.field != "published" or shown.rule in ("visible.labelled", "time.published"):
        return False
    published, modified = ({c.value[:10] for c in stated if c.field == field} for field in ("published", "modified"))
    return bool(published) and shown.value[:10] in modified - published


def day_key(candidates: list[Candidate]) -> Callable[[str], str]:
    """The key under which dates support each other: "2019-03" supports the only day of that month that is named, and
    a stamp with its zone the day beside its own, which it is elsewhere in the world.
    """
    days = {candidate.value[:10] for candidate in candidates if len(candidate.value) >= 10}
    plain: set[str] = {candidate.value for candidate in candidates if len(candidate.value) == 10}

    def key(iso: str) -> str:
        if _ZONED.search(iso) and iso[:10] not in plain and len(beside := plain & _around(iso[:10])) == 1:
            return beside.pop()
        fitting = [day for day in days if day.startswith(iso[:10])]
        return fitting[0] if len(fitting) == 1 else iso[:10]

    return key


def _around(day: str) -> set[str]:
    """The days before and after an ISO day."""
    own = date.fromisoformat(day)
    return {(own + timedelta(days=step)).isoformat() for step in (-1, 1)}


def _structured(reading: Reading) -> Iterator[Candidate]:
    stated: list[tuple[str, str, Fact | None]] = []
    for review in reading.data.reviews:
        stated += [
            ("published", "structured.review", review.published),
            ("modified", "structured.review", review.modified),
        ]
    for article in reading.data.articles:
        if not reading.owns((article.published or article.modified or _NOWHERE).place.node):
            continue
        stated += [("published", "structured.article", article.published)]
        stated += [("modified", "structured.article", article.modified)]
    meta = reading.data.meta
    stated += [("published", "meta.published", fact) for fact in meta.published]
    stated += [("modified", "meta.modified", fact) for fact in meta.modified]
    for field, rule, fact in stated:
        # 1970-01-01 is what an unset clock says; before 1990 nobody published pages
        if fact and (iso := parse_date(fact.value, reading.hint)) and iso > "1990":
            yield Candidate(field, iso, rule, fact.place, fact.value)


_OWN = (*_ARTICLE, Region.OUTSIDE)


def _may_hold_times(region: Region, hints: Hints) -> bool:
    """Whether time elements in lines of this region, in markup of this purpose, may be the review's."""
    foot = bool(hints & {"tags", "meta"}) and not hints & {"nav", "sidebar", "footer", "related"}
    return region in _OWN or foot


def _times(reading: Reading) -> Iterator[Candidate]:
    """`<time>` elements of the page's own article, and others that state a date in an attribute."""
    for block in reading.select(_may_hold_times):
        if not block.spans or (reading.region(block) not in _OWN and not _beside(reading, block)):
            continue
        for mark in block.marks:
            stamp = stamp_of(mark, block.text)
            iso = parse_date(stamp, reading.hint) if stamp else None
            if stamp is None or iso is None or is_other_day(_before(block.text, mark.start)):
                continue
            field, rule = _time_rule(reading, block, mark.node)
            if field:
                yield Candidate(field, iso, rule, Place(mark.node), stamp)


def _time_rule(reading: Reading, block: Block, node: Element) -> tuple[str, str]:
    names = f"{node.get('class') or ''} {node.get('itemprop') or ''}"
    modified = _MODIFIED_CLASS.search(names) or node.get("itemprop") == "dateModified"
    published = _PUBLISHED_CLASS.search(names) or node.get("itemprop") == "datePublished"
    if modified and not published:
        return "modified", "time.modified"
    if published or node.get("pubdate") is not None:
        return "published", "time.published"
    if reading.region(block) is Region.HEAD:
        return "published", "time.head"
    if block.hints & {"tags", "meta"} and block.index > reading.regions.last:
        return "published", "time.tail"
    return "", ""


def _may_be_dated(region: Region, hints: Hints) -> bool:
    """Whether lines of this region, in markup of this purpose, may say when the review was written."""
    if region in (Region.COMMENT, Region.RELATED, Region.CAPTION):
        return False
    return region in (Region.HEAD, Region.TAIL) or (bool(hints & {"date", "byline", "meta"}) and "sidebar" not in hints)


def _visible(reading: Reading, taken: frozenset[int]) -> Iterator[tuple[Candidate, Region]]:
    labels = _labels(reading.language)
    last = (reading.doc.blocks[index] for index in reading.closing)
    for block in sorted({*reading.select(_may_be_dated), *last}, key=lambda block: block.index):
        if block.index in taken or block.index > reading.end or not 0 < len(block.text) <= MAX_LINE:
            continue
        if _seen_on(reading, block):
            continue
        region = reading.region(block)
        found = find_dates(block.text, reading.hint, limit=3) or _settled(reading, block.text)
        for start, end, iso in found:
            if len(iso) < 7 or stated_within(block, start, end):
                continue
            before = _before(block.text, start)
            label = "" if before else _label_above(reading, block)
            if is_other_day(label):
                continue
            told = label if any(pattern.fullmatch(label) for pattern in labels) else before
            field, rule = _visible_rule(reading, block, told, block.text[end:], labels)
            if field:
                yield Candidate(field, iso, rule, place(block, start, end), block.text), region


def _before(text: str, at: int) -> str:
    """What a line says before a date."""
    return fold(text[:at]).rstrip(" :–—-|,·(")


def _seen_on(reading: Reading, block: Block) -> bool:
    """Whether a line is a section's heading such as "Heat, 13.11.2017": the day on which the film was seen; or
    "Yesterday", which is a film.
    """
    own = bool(reading.section) and block is reading.regions.headline
    return own and (cut_trailing_date(block.text) != block.text or not any(char.isdigit() for char in block.text))


def _at_headline(reading: Reading, candidate: Candidate) -> bool:
    """Whether a date stands in the line right above or below the headline."""
    headline = reading.regions.headline
    if headline is None or candidate.place.node is None:
        return False
    near = reading.doc.blocks[max(0, headline.index - 1) : headline.index + 2]
    return any(block.node is candidate.place.node for block in near)


def _stacked(reading: Reading) -> Iterator[tuple[Candidate, Region]]:
    """A date set in two or three lines, as on a leaf of a calendar: "Mar", "3", "2012"."""
    lines = [block for block in reading.lines if block.text]
    for number, block in enumerate(lines):
        near = reading.region(block) is Region.HEAD or ("date" in block.hints and _beside(reading, block))
        if not near or len(block.text) > 10 or block is reading.regions.headline:
            continue
        for count in (3, 2):
            leaf = lines[number : number + count]
            if len(leaf) < count or any(len(line.text) > 10 for line in leaf):
                continue
            text = " ".join(line.text for line in leaf)
            iso = parse_date(text, reading.hint)
            if iso is not None and len(iso) >= 10 and leaf[-1].index - block.index == count - 1:
                yield Candidate("published", iso, "visible.marked", place(block), text), reading.region(block)
                return


def _settled(reading: Reading, text: str) -> list[tuple[int, int, str]]:
    """The dates of a line whose order of day and month only the rest of the page tells."""
    if reading.hint.order or not _NUMERIC.search(text) or not (order := page_order(reading)):
        return []
    return find_dates(text, replace(reading.hint, order=order), limit=3)


def _beside(reading: Reading, block: Block) -> bool:
    """Whether a line outside the article is close enough to be about it: around the headline or right behind it."""
    regions = reading.regions
    start = min(regions.headline.index if regions.headline else regions.first, regions.first)
    end = max(regions.last, start)
    if "sidebar" in block.hints or not start - 8 <= block.index <= end + 12:
        return False
    between = reading.doc.blocks[end + 1 : block.index]
    return not any(other.tag in HEADINGS and other.text for other in between)


@cache
def _labels(language: str | None) -> tuple[re.Pattern[str], re.Pattern[str]]:
    languages = {language or "en", "en"}
    return tuple(  # type: ignore[return-value]
        re.compile(rf"(?:^|\W){pattern('dates', key, languages)}(?:\s+(?:on|am|le|il|el|em|den|op|den))?$")
        for key in ("published", "modified")
    )


def _label_above(reading: Reading, block: Block) -> str:
    """What a line that ends in a colon says of the one below it: "Date of release:"; empty when there is none."""
    above = reading.doc.blocks[block.index - 1] if block.index else block
    is_label = above.text.endswith((":", "：")) and len(above.text) < _LABEL
    return above.folded.rstrip(" :：") if is_label else ""


_LABEL = 60


def _visible_rule(
    reading: Reading, block: Block, before: str, after: str, labels: tuple[re.Pattern[str], re.Pattern[str]]
) -> tuple[str, str]:
    region = reading.region(block)
    if labels[1].search(before):
        return "modified", "visible.labelled"
    if is_other_day(before):
        return "", ""
    if before and labels[0].search(before) and before not in ("on", "date"):
        return "published", "visible.labelled"
    if "date" in block.hints and len(before) + len(after.strip()) < 60:
        return "published", "visible.marked"
    if block.hints & {"byline", "meta"} and len(before) + len(after.strip()) < 90:
        return "published", "visible.marked"
    if region is Region.HEAD and not before and not after.strip(" .|·•–—-"):
        return "published", "visible.bare"
    if region is Region.HEAD and len(before) + len(after.strip()) < 60:
        return "published", "visible.head"
    if block.index in reading.closing and len(before) < 60 and len(after.strip()) < 20:
        return "published", "visible.signature"
    if region is Region.TAIL and len(before) < 40 and len(after.strip()) < 20:
        return "published", "visible.tail"
    return "", ""


def _address(reading: Reading) -> Iterator[Candidate]:
    if reading.section:
        return
    for url in dict.fromkeys(filter(None, (reading.doc.url, reading.doc.link("canonical")))):
        if found := _URL_DAY.search(url) or _URL_COMPACT.search(url):
            iso = parse_date("-".join((found[1], found[2].zfill(2), found[3].zfill(2))))
            if iso:
                yield Candidate("published", iso, "url.date", Place(fixed="url"), url)
        elif found := _URL_MONTH.search(url):
            yield Candidate("published", f"{found[1]}-{found[2].zfill(2)}", "url.month", Place(fixed="url"), url)
