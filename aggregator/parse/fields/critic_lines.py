"""Lines that name the critic: bylines of every form, a name set apart, signatures; the words for "by" are data."""

import re
from collections.abc import Iterator
from functools import cache

from aggregator.notation.dates import find_dates
from aggregator.notation.languages import alternation, fold, pattern
from aggregator.notation.languages import words as words_of
from aggregator.notation.people import is_firm, is_name, is_somebody, parse_people, table
from aggregator.parse.blocks import Block
from aggregator.parse.candidate import Candidate
from aggregator.parse.fact_labels import table_set
from aggregator.parse.hints import Hints
from aggregator.parse.reading import Reading, place
from aggregator.parse.regions import HEADINGS, Region

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
_PARTED = re.compile(r"\s*(?:[|·•]|//|\s[–—-]\s|\s/\s|,\s)\s*")
_JOINED = re.compile(r"\s*(?:,|&|,?\s(?:and|und|et|y|e|en|och|og|i))\s*")
_NEXT_LABEL = re.compile(r"[\s\u3000]+[^\s\u3000:：]{1,12}[:：].*$")
_ROLE_TAIL = re.compile(
    r"(?:\s*[,|]\s*|\s*[–—/-]\s+)(?:the\s+)?(?:[\w'’&]+\s+){0,4}"
    r"(?:critics?|reviewers?|writers?|editors?|correspondents?|contributors?|columnists?|reporters?)\b.*$",
    re.IGNORECASE,
)
Found = tuple[Candidate, Region]


def split_byline(text: str) -> tuple[str, ...]:
    """Names in a byline; a pen name that is no person's name in form stays whole."""
    text = _NEXT_LABEL.sub("", text)
    text = _ROLE_TAIL.sub("", " ".join(text.split())).strip(" ,;:|-–—•·")
    if not text or len(text) > 80:
        return ()
    people = parse_people(text)
    return tuple(person.name for person in people) if people else (text,)


@cache
def _by(language: str | None) -> re.Pattern[str]:
    # "de" and "von" are everywhere in running text: a byline of two letters is told by its markup only
    words = alternation(word for word in _by_words(language) if len(word) > 3 or word == "by" or not word.isascii())
    return re.compile(rf"(?:^|[|•·,—–-]\s*|\s)(?P<by>{words})(?P<after>\s*[:：]\s*|\s+)", re.IGNORECASE)


@cache
def _said_by(language: str | None) -> re.Pattern[str]:
    """Phrases that say so themselves wherever they stand in a line: "reviewed by", "Kritik von"."""
    film = words_of("labels", "writer") | words_of("labels", "story") | words_of("labels", "author")
    phrases = [w for w in _by_words(language) - film if " " in w and w.rsplit(" ", 1)[-1] in table_set("by")]
    return re.compile(rf"(?<!\w)(?i:{alternation(phrases)})\s*[:：]?\s+(?=[^\W\d_a-zß-ÿ])")


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
    for block in reading.select(_may_say):
        if block.index in taken or block.index > reading.end or not 0 < len(block.text) <= 160:
            continue
        region, marked = reading.region(block), _is_marked(block.hints)
        found = _by(reading.language).search(block.text)
        if found and _names_another(block.text[: found.start() + 1]):
            continue
        candidate = _behind_by(reading, block, found, marked=marked)
        if candidate is None and "byline" in block.hints and marked and "bio" not in block.hints:
            name = _before_date(reading, block.text)
            candidate = Candidate("critics", split_byline(name), "byline.marked", place(block), block.text)
        if candidate is not None:
            yield candidate, region


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
    rule = "byline.by" if reading.region(block) is Region.HEAD or marked else "postfooter"
    if rule == "postfooter" and not name[:1].isupper():
        return None
    where = place(block, found.end(), found.end() + len(name))
    return Candidate("critics", split_byline(name), rule, where, text)


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
        if 2 <= len(name.split()) <= 4 and is_name(name) and known:
            where = place(block, found.end(), found.end() + len(name))
            return Candidate("critics", split_byline(name), "byline.by", where, block.text)
    return _piece(reading, block)


def _piece(reading: Reading, block: Block) -> Candidate | None:
    """The part of a line of date, job, reading time and section that is a name."""
    if reading.region(block) is not Region.HEAD or block is reading.regions.headline:
        return None
    text = block.text
    dates = find_dates(text, reading.hint, limit=2)
    for start, end, _ in dates:
        text = f"{text[:start]}|{' ' * (end - start - 1)}{text[end:]}"
    parts = [bare for part in _PARTED.split(text) if (bare := part.strip(" |/,;·•–—-"))]
    jobs = [part for part in parts if is_job(part, reading.language)]
    if not 1 <= len(parts) <= 6 or not (dates or jobs) or (len(parts) == 1 and not dates):
        return None
    names = [part for part in parts if part not in jobs and _is_person(part)]
    if len(names) != 1 or (len(parts) - len(jobs) > 1 and "," in text and not is_somebody(names[0])):
        return None
    start = block.text.find(names[0])
    rule = "byline.piece" if start == 0 or is_somebody(names[0]) or jobs else "byline.among"
    return Candidate("critics", (names[0],), rule, place(block, start, start + len(names[0])), block.text)


def _is_person(text: str) -> bool:
    """Whether a part of a line is a name and neither a place nor a section."""
    if not 2 <= len(text.split()) <= 4 or text[-1] == "." or not is_name(text) or is_firm(text):
        return False
    return fold(text) not in table("places") and fold(text).split()[0] not in table("places")


def imprint(reading: Reading) -> Iterator[Candidate]:
    """The foot of a one-person site: "Written by tn."."""
    for block in reading.lines[-12:]:
        found = re.match(r"(?:written|blog|posts|words|a blog) by\s+(\S.{1,40})$", block.text, re.IGNORECASE)
        if found and "footer" in block.hints:
            where = place(block, found.start(1), found.end(1))
            yield Candidate("critics", split_byline(found[1]), "footer.by", where, block.text)


def _before_date(reading: Reading, text: str) -> str:
    """The beginning of a byline, up to its date or another sign that the name has ended."""
    dates = find_dates(text, reading.hint, limit=1)
    return _BREAK.sub("", text[: dates[0][0]] if dates and dates[0][0] else text).strip(" ,;|·•–—-→←»«›‹>")


def _marked_name(block: Block, start: int) -> str | None:
    """The name right behind "By" when an element of its own holds it, with those of others joined to it."""
    marks = [mark for mark in block.marks if mark.tag in ("a", "span", "b", "strong", "cite", "em", "i")]
    end = start
    for mark in sorted(marks, key=lambda mark: (mark.start, -mark.end)):
        joined = mark.start == start if end == start else _JOINED.fullmatch(block.text, end, mark.start)
        if joined and mark.end > end:
            end = mark.end
    return block.text[start:end] if start < end < len(block.text) else None


def alone(reading: Reading, taken: frozenset[int]) -> Iterator[Candidate]:
    """A line above or at the start of the text that is nothing but a person's name set apart."""
    body = "\n".join(block.text for block in reading.blocks(Region.BODY) if len(block.text) > 60)
    for block in [block for block in reading.main if block.text][:6]:
        if block is reading.regions.headline or block.index in taken or not _set_apart(reading, block, body):
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
    if reading.region(block) is not Region.HEAD or len(block.text) > 40:
        return False
    if _above_date(reading, block):
        return True
    headline = reading.regions.headline
    near = headline is not None and 0 < block.index - headline.index <= 4
    return near and whole and is_somebody(block.text) and block.text.split()[-1] not in body


def _above_date(reading: Reading, block: Block) -> bool:
    """Whether a line of the title block stands right above a line that is a date or a job."""
    if block.index + 1 >= len(reading.doc.blocks):
        return False
    below = reading.doc.blocks[block.index + 1].text
    if not 0 < len(below) < 40:
        return False
    dates = find_dates(below, reading.hint, limit=1)
    return (bool(dates) and dates[0][0] == 0) or is_job(below, reading.language)


def signature(reading: Reading, taken: frozenset[int]) -> Iterator[Candidate]:
    """A last line such as "— M. Orrin, 9 November 2018", or one that is a name and nothing else."""
    body = "\n".join(block.text for block in reading.blocks(Region.BODY) if len(block.text) > 60)
    for block in reading.main:
        if block.index not in reading.closing or block.index in taken or block.tag in HEADINGS:
            continue
        if name := _before_its_date(reading, block):
            yield Candidate("critics", (name,), "signature", place(block, 0, len(name)), block.text)
        elif signed := _SIGNED.search(block.text):
            name = signed["dashed"] or signed["set_off"]
            if 2 <= len(name.split()) <= 4 and is_name(name):
                yield Candidate("critics", (name,), "signature", place(block, signed.start(), signed.end()), name)
        if len(block.text) >= 80:
            continue
        text = block.text.strip("()")
        found = re.match(r"^\s*(?:—|–|--?|~)\s*([^\W\d_][^,|]{2,40}?)\s*(?:[,|(].*)?$", text)
        if found:
            yield Candidate("critics", split_byline(found[1]), "signature", place(block), block.text)
        elif _signs(reading, block) and block.text not in body and not _by(reading.language).match(text):
            yield Candidate("critics", (text,), "signature.alone", place(block), block.text)


def _signs(reading: Reading, block: Block) -> bool:
    return _bare_name(block) or _ends(reading, block)


def _ends(reading: Reading, block: Block) -> bool:
    """Whether a name in bold closes the text: whatever follows it in the article is short, so it is no heading."""
    if block.tag in HEADINGS or block.link_share() > 0 or not _is_person(block.text) or block.text.isupper():
        return False
    return block.index > reading.regions.last and all(len(b.text) < 60 for b in reading.main if b.index > block.index)


def _before_its_date(reading: Reading, block: Block) -> str | None:
    """The name in a last line that is a name and a date: "H. Lund, 12.3.1999"."""
    name, comma, rest = block.text.partition(",")
    if not comma or len(block.text) > 60 or not name or not _is_person(name):
        return None
    dates = find_dates(rest, reading.hint, limit=1)
    return name if dates and dates[0][0] <= 1 and dates[0][1] >= len(rest.rstrip(" .")) else None


_SIGNED = re.compile(
    r"[.!?…][”\"'»]?\s*(?:(?:—|–|--)\s*(?P<dashed>[^\W\d_][\w'’. -]{4,40}?)|\((?P<set_off>[^\W\d_][\w'’. -]{4,40})\))$"
)
"""The end of a last paragraph that is signed: "Worth the ticket. — Anna Holm"."""


def _bare_name(block: Block) -> bool:
    """A line of plain text that is a name: not bold or a heading, which would name a section."""
    plain = block.tag not in HEADINGS and not any(mark.tag in ("b", "strong", "a") for mark in block.marks)
    text = block.text.strip("()")
    words = re.split(r"[\s.]+", text)
    told = len(words) > 1 and words[0].lower() not in ("the", "a", "an", "my") and not text.isupper()
    return plain and told and is_name(text) and (text[-1] != "." or re.search(r"\s[A-ZÀ-Þ]\.$", text) is not None)
