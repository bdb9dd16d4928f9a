"""Who wrote the review, and for which outlet: structured data, bylines, rel=author, signatures."""

import re
from collections.abc import Iterator
from functools import cache

from aggregator.notation.dates import find_dates
from aggregator.notation.languages import alternation, fold
from aggregator.notation.languages import words as words_of
from aggregator.notation.people import is_name, parse_people
from aggregator.parse.blocks import Block, Element
from aggregator.parse.candidate import Candidate, Place
from aggregator.parse.facts import LabelledFact
from aggregator.parse.fields.critic_owner import boxed, guest, introduced, owner
from aggregator.parse.reading import Reading, place
from aggregator.parse.regions import HEADINGS, Region

NOBODY = frozenset(
    """admin administrator administrador administrateur author editor editors staff webmaster guest unknown anonymous
    team redaktion redazione redaction redacción redacao redação newsroom user root wordpress moderator contributor
    contributors editorial none null test me site blog home reviews review film movies the_editors desk""".split()
)
"""Names templates put where no person is meant."""
_MAIL_OR_URL = re.compile(r"[@/\\<>{}|=]|\s_|_\s|https?:|www\.|\.(com|net|org)\b", re.IGNORECASE)
_ROLE_TAIL = re.compile(
    r"(?:\s*[,|]\s*|\s*[–—/-]\s+)(?:the\s+)?(?:[\w'’&]+\s+){0,4}"
    r"(?:critics?|reviewers?|writers?|editors?|correspondents?|contributors?|columnists?|reporters?)\b.*$",
    re.IGNORECASE,
)
_AUTHOR_PAGE = re.compile(
    r"/(?:author|authors|writers?|contributors?|staff|autor|autore|auteur|critics?|profile|people|by)/[^/?]+/?$"
)
_BREAK = re.compile(
    r"\s*(?:\||•|·|—|–|//|\s-\s|,?\s+(?:on|in|at|am|le|el|il|under|unter|dans)(?:\s|$)|\d{1,2}[./:]\d|\d{4}|\().*$"
)
_NOT_BY = re.compile(
    r"(?:photos?|photography|photographs?|pictures?|images?|illustrations?|illustrated|edited|translated|directed"
    r"|produced|distributed|powered|designed|theme|music|score|video|art|artwork|cover|novel|book|play|story|shot|film"
    r"|presented|hosted|sponsored|liked|shared|fotos?|bilder|übersetzung|musik|illustration|composed|screenplay|updated)\s*$",
    re.IGNORECASE,
)
"""Whom "by" names behind these is not the critic."""
_SHORT_BY = re.compile(r"(?:^|\d{4}\s+|\d\s*(?i:uhr|h)\s+|[|·•–—]\s*)(?i:von|par|por|door|av|af)\s+(?=[^\W\d_a-zß-ÿ])")
"""Words for "by" that are everywhere in running text: they tell only at the start of a short line or behind a date."""


def read(reading: Reading, facts: list[LabelledFact]) -> Iterator[Candidate]:
    """Candidates of `critics`: value a tuple of names as written."""
    for candidate in _all(reading, facts):
        shown = candidate.rule in ("rel.author", "byline.by", "postfooter", "guest", "bio") or _is_owner(candidate)
        names = tuple(dict.fromkeys(name for name in candidate.value if _is_person(reading, name, shown=shown)))
        if names:
            yield Candidate("critics", names, candidate.rule, candidate.place, candidate.raw)


def _is_owner(candidate: Candidate) -> bool:
    return candidate.rule.startswith("owner.")


_ARTICLE = (Region.HEAD, Region.BODY, Region.TAIL)


def film_lines(facts: list[LabelledFact]) -> frozenset[int]:
    """Indexes of the lines that state facts of the film: "Written by" there is no byline, a date no posting date."""
    return frozenset(
        line.index
        for fact in facts
        if fact.key != "critic"
        for line in (fact.block, fact.label_block)
        if line is not None
    )


def outlet(reading: Reading) -> Iterator[Candidate]:
    """Candidates of `outlet`: the publication as it calls itself."""
    if reading.profile and reading.profile.outlet:
        yield Candidate("outlet", reading.profile.outlet, "profile.outlet", Place(fixed="profile"), "")
    for review in reading.data.reviews:
        if review.outlet:
            fact = review.outlet
            yield Candidate("outlet", fact.value, "structured.publisher", fact.place, fact.value)
    if site := reading.data.meta.og_site_name:
        yield Candidate("outlet", site.value, "meta.site_name", site.place, site.value)
    yield from _masthead(reading)


def _masthead(reading: Reading) -> Iterator[Candidate]:
    """The part of the page's title that stands as the site's name at the top of the page."""
    names = reading.regions.site_names
    for part in re.split(r"\s+[|–—»«·•-]\s+|\s*[|»｜:]\s+", reading.doc.title):
        if part and fold(part) in names:
            yield Candidate("outlet", part, "title.part", Place(fixed="title"), reading.doc.title)


def _all(reading: Reading, facts: list[LabelledFact]) -> Iterator[Candidate]:
    if reading.profile and reading.profile.critic:
        yield Candidate("critics", (reading.profile.critic,), "profile.critic", Place(fixed="profile"), "")
    named = [*_named(reading, facts), *guest(reading), *boxed(reading), *introduced(reading)]
    yield from named
    people = (name for candidate in named for name in candidate.value)
    if not reading.section and not any(_is_person(reading, name, shown=True) for name in people):
        # the owner of a site wrote what bears nobody's name
        yield from owner(reading)


def _named(reading: Reading, facts: list[LabelledFact]) -> Iterator[Candidate]:
    """Whom the page names as its author."""
    yield from _structured(reading)
    headline = reading.regions.headline
    for fact in facts:
        if fact.key == "critic" and fact.block is not headline and fact.block.tag not in HEADINGS:
            yield Candidate("critics", _split(fact.value), "facts.critic", place(fact.block), fact.value)
    yield from _linked(reading)
    taken = film_lines(facts)
    around = list(_bylines(reading, taken))
    outside = {c.value for c, region in around if region not in _ARTICLE}
    # several names around the article are those of teasers
    yield from (c for c, region in around if region in _ARTICLE or len(outside) == 1)
    yield from _imprint(reading)
    yield from _alone(reading, taken)
    yield from _signature(reading, taken)


def _structured(reading: Reading) -> Iterator[Candidate]:
    for sources, rule in ((reading.data.reviews, "structured.review"), (reading.data.articles, "structured.article")):
        for source in sources:
            people = [person for person in source.critics if not person.is_organization]
            if people and reading.owns(people[0].name.place.node):
                names = tuple(person.name.value for person in people)
                yield Candidate("critics", names, rule, people[0].name.place, "; ".join(names))
    for fact in reading.data.meta.authors:
        yield Candidate("critics", _split(re.sub(r"(?i)^by\s+", "", fact.value)), "meta.author", fact.place, fact.value)


def _linked(reading: Reading) -> Iterator[Candidate]:
    """`<a rel=author>` and links to an author page within the article's head or foot; those of one line are one."""
    for block in reading.lines:
        region = reading.region(block)
        if region in (Region.COMMENT, Region.RELATED, Region.CAPTION):
            continue
        if region not in (Region.HEAD, Region.TAIL, Region.BODY) and not block.hints & {"byline", "meta"}:
            continue
        linked = [(text, mark) for text, href, mark in block.links() if text and _author_link(href, mark.node)]
        if linked:
            names = tuple(dict.fromkeys(name for text, _ in linked for name in _split(text)))
            yield Candidate(
                "critics", names, "rel.author", place(block, linked[0][1].start, linked[-1][1].end), block.text
            )


def _author_link(href: str, node: Element) -> bool:
    rel = (node.get("rel") or "").lower().split()
    return "author" in rel or bool(_AUTHOR_PAGE.search(href))


@cache
def _by(language: str | None) -> re.Pattern[str]:
    # "de" and "von" are everywhere in running text: a byline of two letters is told by its markup only
    words = alternation(
        word
        for word in words_of("words", "by", {language or "en", "en"})
        if len(word) > 3 or word == "by" or not word.isascii()
    )
    return re.compile(rf"(?:^|[|•·,—–-]\s*|\s){words}(?:\s*[:：]\s*|\s+)", re.IGNORECASE)


def _bylines(reading: Reading, taken: frozenset[int]) -> Iterator[tuple[Candidate, Region]]:
    for block in reading.lines:
        region = reading.region(block)
        if region in (Region.COMMENT, Region.RELATED, Region.CAPTION) or not 0 < len(block.text) <= 160:
            continue
        if block.index in taken:
            continue
        marked = bool(block.hints & {"byline", "meta"}) and not block.hints & {"sidebar", "nav", "footer"}
        if region not in (Region.HEAD, Region.TAIL) and not marked:
            continue
        found = _by(reading.language).search(block.text)
        if found and _NOT_BY.search(block.text[: found.start() + 1]):
            continue
        opens = found is not None and found.start() == 0
        if not opens and (short := _short_byline(reading, block)):
            yield short, region
        elif found and (found.start() == 0 or marked or re.match(r".{0,60}\d", block.text)):
            name = _marked_name(block, found.end()) or _before_date(reading, block.text[found.end() :])
            rule = "byline.by" if region is Region.HEAD or marked else "postfooter"
            if rule == "postfooter" and not name[:1].isupper():
                continue
            where = place(block, found.end(), found.end() + len(name))
            yield Candidate("critics", _split(name), rule, where, block.text), region
        elif "byline" in block.hints and marked and not block.hints & {"bio"}:
            name = _before_date(reading, block.text)
            yield Candidate("critics", _split(name), "byline.marked", place(block), block.text), region


def _short_byline(reading: Reading, block: Block) -> Candidate | None:
    """A line such as "Von Jonas Ebert, 17. Juli 2016" or "February 18, 2020 · 2 min · Anna Holm"."""
    if len(block.text) > 100:
        return None
    if found := _SHORT_BY.search(block.text):
        name = _before_date(reading, block.text[found.end() :]).split(",")[0]
        if 2 <= len(name.split()) <= 4 and is_name(name):
            where = place(block, found.end(), found.end() + len(name))
            return Candidate("critics", _split(name), "byline.by", where, block.text)
    return _piece(reading, block)


def _piece(reading: Reading, block: Block) -> Candidate | None:
    """The part of a line of date, reading time and section that is a name."""
    if reading.region(block) is not Region.HEAD or block is reading.regions.headline:
        return None
    parts = [part for part in re.split(r"\s*(?:[|·•]|//|\s[–—-]\s)\s*", block.text) if part]
    if not 2 <= len(parts) <= 6 or not find_dates(block.text, reading.hint, limit=1):
        return None
    names = [part for part in parts if 2 <= len(part.split()) <= 4 and is_name(part) and fold(part) not in _CITIES]
    names = [name for name in names if not find_dates(name, reading.hint, limit=1) and name[-1] != "."]
    if len(names) != 1:
        return None
    start = block.text.find(names[0])
    return Candidate("critics", (names[0],), "byline.piece", place(block, start, start + len(names[0])), block.text)


_CITIES = frozenset(
    """new york|los angeles|san francisco|las vegas|hong kong|rio de janeiro|buenos aires|são paulo|park city|tel aviv
    |mexico city|san diego|new orleans|washington dc|cape town|new delhi|kuala lumpur""".replace("\n    ", "").split(
        "|"
    )
)
"""Places at the head of a dispatch that read as names."""


def _imprint(reading: Reading) -> Iterator[Candidate]:
    """The foot of a one-person site: "Written by tn."."""
    for block in reading.lines[-12:]:
        found = re.match(r"(?:written|blog|site|posts|words|a blog) by\s+(\S.{1,40})$", block.text, re.IGNORECASE)
        if found and "footer" in block.hints:
            yield Candidate(
                "critics", _split(found[1]), "footer.by", place(block, found.start(1), found.end(1)), block.text
            )


def _before_date(reading: Reading, text: str) -> str:
    """The beginning of a byline, up to its date or another sign that the name has ended."""
    dates = find_dates(text, reading.hint, limit=1)
    return _BREAK.sub("", text[: dates[0][0]] if dates and dates[0][0] else text).strip(" ,;|·•–—-")


def _marked_name(block: Block, start: int) -> str | None:
    """The name right behind "By" when an element of its own holds it."""
    for mark in block.marks:
        if (
            mark.start == start
            and mark.end < len(block.text)
            and mark.tag in ("a", "span", "b", "strong", "cite", "em", "i")
        ):
            return block.text[mark.start : mark.end]
    return None


def _alone(reading: Reading, taken: frozenset[int]) -> Iterator[Candidate]:
    """A line above or at the start of the text that is nothing but a person's name set apart."""
    body = "\n".join(block.text for block in reading.blocks(Region.BODY) if len(block.text) > 60)
    first = [block for block in reading.main if block.text][:6]
    for block in first:
        set_apart = any(mark.tag in ("b", "strong", "i", "em") for mark in block.marks) or block.tag in (
            "h3",
            "h4",
            "h5",
            "h6",
        )
        whole = all(mark.end - mark.start >= len(block.text) - 2 for mark in block.marks)
        dated = _beside_date(reading, block)
        if block is reading.regions.headline or block.index in taken or not (dated or (set_apart and whole)):
            continue
        by = _SHORT_BY.match(block.text) or _by(reading.language).match(block.text)
        named = is_name(block.text) and not by
        if named and 2 <= len(block.text.split()) <= 4 and block.text not in body:
            yield Candidate("critics", (block.text,), "byline.alone", place(block), block.text)


def _beside_date(reading: Reading, block: Block) -> bool:
    """Whether a line of the title block stands right above a line that is a date."""
    if reading.region(block) is not Region.HEAD or block.index + 1 >= len(reading.doc.blocks) or len(block.text) > 40:
        return False
    below = reading.doc.blocks[block.index + 1].text
    dates = find_dates(below, reading.hint, limit=1) if 0 < len(below) < 40 else []
    return bool(dates) and dates[0][0] == 0


def _signature(reading: Reading, taken: frozenset[int]) -> Iterator[Candidate]:
    """A last line such as "— M. Orrin, 9 November 2018", or one that is a name and nothing else."""
    body = "\n".join(block.text for block in reading.blocks(Region.BODY) if len(block.text) > 60)
    for block in reading.main:
        if block.index not in reading.closing or block.index in taken:
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
            yield Candidate("critics", _split(found[1]), "signature", place(block), block.text)
        elif _bare_name(block) and block.text not in body and not _by(reading.language).match(text):
            yield Candidate("critics", (text,), "signature.alone", place(block), block.text)


def _before_its_date(reading: Reading, block: Block) -> str | None:
    """The name in a last line that is a name and a date: "H. Lund, 12.3.1999"."""
    name, comma, rest = block.text.partition(",")
    if not comma or len(block.text) > 60 or not 2 <= len(name.split()) <= 4 or not is_name(name):
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


_NEXT_LABEL = re.compile(r"[\s\u3000]+[^\s\u3000:：]{1,12}[:：].*$")


def _split(text: str) -> tuple[str, ...]:
    """Names in a byline; a pen name that is no person's name in form stays whole."""
    text = _NEXT_LABEL.sub("", text)
    text = _ROLE_TAIL.sub("", " ".join(text.split())).strip(" ,;:|-–—•·")
    if not text or len(text) > 80:
        return ()
    people = parse_people(text)
    return tuple(person.name for person in people) if people else (text,)


def _is_person(reading: Reading, name: str, *, shown: bool) -> bool:
    """Whether a byline can be somebody's name; `shown`: it stands in the page, not in its metadata."""
    folded = fold(name)
    if not 2 <= len(name) <= 50 or len(name.split()) > 5 or folded in NOBODY or _MAIL_OR_URL.search(name):
        return False
    if (any(char.isdigit() for char in name) and " " in name) or folded in words_of("dates", "published"):
        return False
    headline = reading.regions.headline
    if headline is not None and folded == fold(headline.text):
        return False
    if "_" in name and not shown:
        return False
    if name[0] in '《『「«〈<"“' or _ROLE_NAME.search(folded):
        return False
    # a site called after its one writer signs with its own name; a template does so in metadata
    return shown or not _is_site(reading, folded)


_ROLE_NAME = re.compile(
    r"^(?:the )?(?:site|blog|web|page) (?:author|owner|admin|editor)$"
    r"|\b(?:staff|team|editors|editorial|redaktion|redazione|redacción|redação|newsroom|online|magazine|blog)$"
)
"""What templates print where a name belongs."""


def _is_site(reading: Reading, folded: str) -> bool:
    parts = re.split(r"\s+[|–—»-]\s+|\s*[|»]\s*", reading.doc.title)
    return folded in reading.regions.site_names or folded in {fold(part) for part in parts}
