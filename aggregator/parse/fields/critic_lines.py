"""Lines that name the critic: bylines of every form, a name set apart, signatures; the words for "by" are data."""

import re
from collections.abc import Iterable, Iterator
from functools import cache
from itertools import pairwise

from aggregator.notation.dates import find_dates
from aggregator.notation.languages import alternation, fold, pattern
from aggregator.notation.languages import words as words_of
from aggregator.notation.people import given_names, is_firm, is_name, is_somebody, parse_people, table
from aggregator.notation.runtimes import parse_runtime
from aggregator.parse.blocks import Block, is_tag
from aggregator.parse.candidate import Candidate
from aggregator.parse.fact_labels import table_set
from aggregator.parse.hints import Hints, hints_of
from aggregator.parse.reading import Reading, place
from aggregator.parse.regions import Region

_BREAK = re.compile(
    r"\s*(?:\||•|·|—|–|//|\s-\s|,?\s+(?:on|in|at|am|le|el|il|under|unter|dans|for)(?:\s|$)|\d{1,2}[./:]\d|\d{4}|\().*$"
)
_NOT_BY = re.compile(
    r"(?:photos?|photography|photographs?|pictures?|images?|illustrations?|illustrated|edited|translated|directed"
    r"|produced|distributed|powered|designed|theme|music|score|video|art|artwork|cover|novel|book|play|story|shot|film"
    r"|presented|hosted|sponsored|liked|shared|fotos?|bilder|übersetzung|musik|illustration|composed|screenplay|updated)\s*$",
    re.IGNORECASE,
)
"""Whom "by" names behind these is not the critic."""
_FILED = re.compile(r"\d.{0,40}\s(?:in|under)\s+[\w &]{2,30}$", re.IGNORECASE)
"""A date and a section before "by": "3 March 2011 in Film by X" names no maker of a film."""
_OPENING = re.compile(r"\W*(?:an?|the|this|one|eine?|un[ea]?|uma?|en|ett?|een|et)?\W*", re.IGNORECASE)
_SHORT_BY = re.compile(
    r"(?:^|\d{4}\s+|\d\s*(?i:uhr|h)\s+|[|·•–—]\s*)(?P<by>(?i:von|par|por|door|av|af|di|de|od))\s+(?=[^\W\d_a-zß-ÿ])"
)
"""Words for "by" that are everywhere in running text: they tell only at the start of a short line or behind a date."""
_PARTICLES = frozenset(("di", "de", "od"))
"""Those of them that also begin family names, and more."""
_PARTED = re.compile(r"\s*(?:[|·•]|//|\s[–—-]\s|/|,\s)\s*")
_WEEKDAY = 6
"""Letters before a date that may be its weekday, cut short: "Sat, "."""
_JOINED = re.compile(r"\s*(?:,|&|,?\s(?:and|und|et|y|e|en|och|og|i))\s*")
_NEXT_LABEL = re.compile(r"[\s\u3000]+[^\s\u3000:：]{1,12}[:：].*$")
_ROLE_TAIL = re.compile(
    r"(?:\s*[,|]\s*|\s*[–—/-]\s+)(?:the\s+)?(?:[\w'’&]+\s+){0,4}"
    r"(?:critics?|reviewers?|writers?|editors?|correspondents?|contributors?|columnists?|reporters?)\b.*$",
    re.IGNORECASE,
)
_FEATURE = 40
"""Minutes from which a length is a film's and no longer the time it takes to read a post."""
Found = tuple[Candidate, Region]


def split_byline(text: str, language: str | None = None) -> tuple[str, ...]:
    """Names in a byline, without what they do; a pen name that is no person's name in form stays whole."""
    text = _NEXT_LABEL.sub("", text)
    text = _ROLE_TAIL.sub("", " ".join(text.split())).strip(" ,;:|-–—•·")
    if not text or len(text) > 80:
        return ()
    people = parse_people(text)
    if people:
        return tuple(without_job(person.name, language) for person in people)
    first, comma, _ = text.partition(",")
    return (first,) if comma and is_somebody(first) else (text,)


def without_job(name: str, language: str | None) -> str:
    """A name without the job behind it: "Jane Orrin Staff Writer"."""
    words = name.split()
    least = 1 if not name.isascii() else 2
    cuts = (" ".join(words[:n]) for n in range(least, len(words)) if is_job(" ".join(words[n:]), language))
    return next((cut for cut in cuts if is_name(cut)), name)


@cache
def _by(language: str | None) -> re.Pattern[str]:
    # "de" and "von" are everywhere in running text: a byline of two letters is told by its markup only
    words = alternation(word for word in _by_words(language) if len(word) > 3 or word == "by" or not word.isascii())
    return re.compile(rf"(?:^|[|•·,—–-]\s*|\s)(?P<by>{words})(?P<after>\s*[:：=＝／]\s*|\s+)", re.IGNORECASE)


@cache
def _said_by(language: str | None) -> re.Pattern[str]:
    """Phrases that say so themselves wherever they stand in a line: "reviewed by", "Kritik von"."""
    film = words_of("labels", "writer") | words_of("labels", "story") | words_of("labels", "author")
    phrases = [w for w in _by_words(language) - film if " " in w and w.rsplit(" ", 1)[-1] in table_set("by")]
    return re.compile(rf"(?<!\w)(?i:{alternation(phrases)})\s*[:：]?\s+(?=[^\W\d_a-zß-ÿ])")


def opens_with_by(text: str, language: str | None) -> bool:
    """Whether a text begins with a word for "by"."""
    return _by(language).match(text) is not None


def _by_words(language: str | None) -> frozenset[str]:
    return words_of("words", "by", {language or "en", "en"})


@cache
def _job(language: str | None) -> re.Pattern[str]:
    words = pattern("words", "job", {language or "en", "en"})
    return re.compile(
        rf"(?:the\s+)?(?:[\w'’&-]+\s+){{0,4}}?[\w-]*{words}s?(?:\s+(?:at|for|of|bei|de|du|di|da)\s.{{1,40}})?"
    )


def is_job(text: str, language: str | None) -> bool:
    """Whether a text says what somebody does at a paper: "Staff Writer", "Chefredakteurin"."""
    return len(text) < 60 and _job(language).fullmatch(fold(text).strip(" .,()")) is not None


def _is_marked(hints: Hints) -> bool:
    return bool(hints & {"byline", "meta"}) and not hints & {"sidebar", "nav", "footer"}


def _may_say(region: Region, hints: Hints) -> bool:
    """Whether lines of this region, in markup of this purpose, may be bylines."""
    if region in (Region.COMMENT, Region.RELATED, Region.CAPTION) or ("tags" in hints and "byline" not in hints):
        return False
    return region in (Region.HEAD, Region.TAIL) or _is_marked(hints)


def bylines(reading: Reading, taken: frozenset[int]) -> Iterator[Found]:
    """Whom lines around the article name behind a word for "by", among date and section, or by their markup."""
    # the first lines of one review among several are its title block, wherever they stand on the page
    own = [block for block in reading.section[:4] if block is not reading.regions.headline]
    for block in {block.index: block for block in (*own, *reading.select(_may_say))}.values():
        if block.index in taken or block.index > reading.end or not 0 < len(block.text) <= 160:
            continue
        region, marked = reading.region(block), _is_marked(block.hints)
        found = _by(reading.language).search(block.text)
        if found and _names_another(block.text[: found.start() + 1]):
            continue
        candidate = _behind_by(reading, block, found, marked=marked)
        if candidate is None:
            candidate = _classed(reading, block, marked=marked)
        if candidate is not None:
            yield candidate, region


def _classed(reading: Reading, block: Block, *, marked: bool) -> Candidate | None:
    """The name that an element of its own, or the whole line, holds by what its markup is called."""
    named = [mark for mark in block.marks if "byline" in hints_of(mark.tag, mark.node.get("class") or "")]
    text = block.text[named[-1].start : named[-1].end] if named else ""
    if find_dates(text, reading.hint, limit=1):
        text = _beside_date(reading, text)
    if named and 1 < len(text) <= 40:
        where = place(block, named[-1].start, named[-1].end)
        return Candidate("critics", split_byline(text, reading.language), "byline.marked", where, block.text)
    if "byline" not in block.hints or not marked or "bio" in block.hints:
        return None
    name = _beside_date(reading, block.text)
    if not any(map(str.isalpha, _without_tags(block, name))):
        return None
    return Candidate("critics", split_byline(name, reading.language), "byline.marked", place(block), block.text)


def _without_tags(block: Block, name: str) -> str:
    """What a name in a line leaves when the tags and categories that the line links to are taken out."""
    for text, href, mark in block.links():
        if is_tag(href, mark.node):
            name = name.replace(text, "")
    return name


def _names_another(before: str) -> bool:
    return _NOT_BY.search(before) is not None and _FILED.search(before.rstrip()) is None


def _behind_by(reading: Reading, block: Block, found: re.Match[str] | None, *, marked: bool) -> Candidate | None:
    text = block.text
    opens = found is not None and _OPENING.fullmatch(text[: found.start()]) is not None
    if not opens:
        if said := _said_by(reading.language).search(text):
            found, opens = said, True
        elif short := _short_byline(reading, block):
            return short
    if found is None or not (opens or marked or re.match(r".{0,60}\d", text)):
        return None
    name = _marked_name(block, found.end()) or _before_date(reading, text[found.end() :])
    if not _is_by(found) and (name[:1].islower() or not opens):
        return None  # "Text size"
    names = split_byline(name, reading.language)
    if names_nobody(found[0].strip(" :：=＝／|•·,—–-"), names):
        return None
    rule = "byline.by" if reading.region(block) is Region.HEAD or marked else "postfooter"
    if rule == "postfooter" and not name[:1].isupper():
        return None
    where = place(block, found.end(), found.end() + len(name))
    return Candidate("critics", names, rule, where, text)


def names_nobody(label: str, names: Iterable[str]) -> bool:
    """Whether a label may be a heading, and what it stands before no person: "Text: Heat"."""
    if fold(label) not in table("texts"):
        return False
    return any(name[0].isupper() and not is_somebody(name) and fold(name) not in given_names() for name in names)


def _is_by(found: re.Match[str]) -> bool:
    """Whether the word is one for "by" or has a colon, and no noun that may begin something else."""
    word = found[0].strip().lower()
    return word.endswith((":", "：")) or re.split(r"\s+", word)[-1] in table_set("by")


def _short_byline(reading: Reading, block: Block) -> Candidate | None:
    """A line such as "Von Jonas Ebert, 17. Juli 2016" or "February 18, 2020 · 2 min · Anna Holm"."""
    if len(block.text) > 100:
        return None
    if found := _SHORT_BY.search(block.text):
        name = _before_date(reading, block.text[found.end() :]).split(",")[0]
        known = is_somebody(name) or found["by"].lower() not in _PARTICLES
        alone = " " not in name and _is_marked(block.hints) and fold(name) in given_names()
        if alone or (2 <= len(name.split()) <= 4 and is_name(name) and known):
            where = place(block, found.end(), found.end() + len(name))
            return Candidate("critics", split_byline(name, reading.language), "byline.by", where, block.text)
    return _piece(reading, block)


def _piece(reading: Reading, block: Block) -> Candidate | None:
    """The part of a line of date, job, reading time and section that is a name."""
    if reading.region(block) is not Region.HEAD or block is reading.regions.headline:
        return None
    dates = find_dates(block.text, reading.hint, limit=2)
    parts = _parts(block, dates, reading.language)
    jobs = [part for part in parts if is_job(part, reading.language) or fold(part) in reading.regions.site_names]
    if not 1 <= len(parts) <= 6 or not (dates or jobs) or (len(parts) == 1 and not dates):
        return None
    names = [part for part in parts if part not in jobs and is_person(part)]
    if len(names) != 1 or (len(parts) - len(jobs) > 1 and "," in block.text and not is_somebody(names[0])):
        return None
    start = block.text.find(names[0])
    rule = "byline.job" if jobs else "byline.piece"
    return Candidate("critics", (names[0],), rule, place(block, start, start + len(names[0])), block.text)


def _parts(block: Block, dates: list[tuple[int, int, str]], language: str | None) -> list[str]:
    """The parts of a line between dates, signs, and the borders of its links and spans."""
    small_by = _small_by(language)
    text, borders = (
        block.text,
        {at for mark in block.marks if mark.tag in ("a", "span") for at in (mark.start, mark.end)},
    )
    for start, end, _ in dates:
        text = f"{text[:start]}{'|' * (end - start)}{text[end:]}"
    cuts = [0, *sorted(borders), len(text)]
    pieces = (text[start:end] for start, end in pairwise(cuts))
    bare = (part.strip(" |/,;·•–—-") for piece in pieces for part in _PARTED.split(piece))
    return [small_by.sub("", part, count=1) for part in bare if part]


def is_person(text: str) -> bool:
    """Whether a part of a line is a name and neither a place nor a section."""
    if not 2 <= len(text.split()) <= 4 or text[-1] == "." or not is_name(text) or is_firm(text):
        return False
    return fold(text) not in table("places") and fold(text).split()[0] not in table("places")


def _before_date(reading: Reading, text: str) -> str:
    """The beginning of a byline, up to its date or another sign that the name has ended."""
    dates = find_dates(text, reading.hint, limit=1)
    return _BREAK.sub("", text[: dates[0][0]] if dates and dates[0][0] else text).strip(" ,;|·•–—-→←»«›‹>")


def _beside_date(reading: Reading, text: str) -> str:
    """What stands before the date of a byline, or behind one that opens it: "Sat, 3 March 2012 - 10:22 — janeo"."""
    before = _before_date(reading, text)
    dates = find_dates(text, reading.hint, limit=1)
    if not dates or (before and dates[0][0] > _WEEKDAY):
        return before
    return _small_by(reading.language).sub("", _BREAK.sub("", text[dates[0][1] :].strip(" ,;|·•–—-")), count=1)


@cache
def _small_by(language: str | None) -> re.Pattern[str]:
    """A word for "by" that opens a text, written small: "Von Trier" is a name."""
    return re.compile(rf"^{alternation(_by_words(language))}\s+(?=[^\W\d_a-zß-ÿ])")


def _marked_name(block: Block, start: int) -> str | None:
    """The name right behind "By" when an element of its own holds it, with those of others joined to it."""
    marks = [mark for mark in block.marks if mark.tag in ("a", "span", "b", "strong", "cite", "em", "i")]
    end = start
    for mark in sorted(marks, key=lambda mark: (mark.start, -mark.end)):
        joined = mark.start == start if end == start else _JOINED.fullmatch(block.text, end, mark.start)
        if joined and mark.end > end:
            end = mark.end
    return block.text[start:end] if start < end < len(block.text) else None


_REVIEWS = re.compile(r"(?P<name>[^\W\d_][\w'’. -]{3,40}?)\s+reviews\s+\S")


def in_headline(reading: Reading) -> Iterator[Candidate]:
    """Who speaks in the headline: "Jane Orrin reviews Night Train"."""
    headline = reading.regions.headline
    found = _REVIEWS.match(headline.text) if headline is not None else None
    if headline is not None and found and is_somebody(found["name"]):
        yield Candidate(
            "critics", (found["name"],), "byline.alone", place(headline, *found.span("name")), headline.text
        )


def quoted(reading: Reading, block: Block) -> bool:
    """Whether a line stands in a quotation; where the whole text does, its markup means the margin."""
    return "quote" in block.hints and not all(
        "quote" in b.hints for b in reading.blocks(Region.BODY) if len(b.text) > 80
    )


def alone(reading: Reading, taken: frozenset[int]) -> Iterator[Candidate]:
    """A line above or at the start of the text that is nothing but a person's name set apart."""
    body = "\n".join(block.text for block in reading.blocks(Region.BODY) if len(block.text) > 60)
    for block in [block for block in reading.main if block.text][:6]:
        if block is reading.regions.headline or block.index in taken or block.index > reading.regions.first + 1:
            continue
        if quoted(reading, block) or not _set_apart(reading, block, body):
            continue
        by = _SHORT_BY.match(block.text) or _by(reading.language).match(block.text)
        named = is_name(block.text) and not by and not is_job(block.text, reading.language)
        if named and 2 <= len(block.text.split()) <= 4 and block.text not in body:
            yield Candidate("critics", (block.text,), "byline.alone", place(block), block.text)


def _set_apart(reading: Reading, block: Block, body: str) -> bool:
    """Whether a line stands out by its type, by the date or job below it, or as somebody's name of whom the text says
    nothing.
    """
    whole = all(mark.end - mark.start >= len(block.text) - 2 for mark in block.marks)
    bold = any(mark.tag in ("b", "strong", "i", "em") for mark in block.marks)
    if whole and (bold or block.tag in ("h3", "h4", "h5", "h6")):
        return True
    if reading.region(block) is not Region.HEAD or len(block.text) > 40 or _above_runtime(reading, block):
        return False
    if _above_date(reading, block):
        return True
    headline = reading.regions.headline
    near = headline is not None and 0 < block.index - headline.index <= 4
    return near and whole and is_somebody(block.text) and block.text.split()[-1] not in body


def _below(reading: Reading, block: Block) -> str:
    """The line right below one, when it is short; else nothing."""
    below = reading.doc.blocks[block.index + 1].text if block.index + 1 < len(reading.doc.blocks) else ""
    return below if len(below) < 40 else ""


def _above_runtime(reading: Reading, block: Block) -> bool:
    """Whether a line stands right above a film's length, and so names its director or its star."""
    return (parse_runtime(_below(reading, block)) or 0) >= _FEATURE


def _above_date(reading: Reading, block: Block) -> bool:
    """Whether a line of the title block stands right above a line that is a date or a job."""
    below = _below(reading, block)
    if not below:
        return False
    dates = find_dates(below, reading.hint, limit=1)
    return (bool(dates) and dates[0][0] == 0) or is_job(below, reading.language)
