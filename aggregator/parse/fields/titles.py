"""Which film: title and year from structured data and labels, with what headings and text propose and support."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from functools import cache

from aggregator.notation.headline import is_festival, table
from aggregator.notation.languages import fold, words
from aggregator.notation.titles import parse_title
from aggregator.parse.blocks import Block
from aggregator.parse.candidate import Candidate, Place
from aggregator.parse.facts import LabelledFact
from aggregator.parse.fields.critic_lines import opens_with_by
from aggregator.parse.fields.line_facts import is_shown
from aggregator.parse.fields.title_aside import aside, tags
from aggregator.parse.fields.title_doubt import doubted
from aggregator.parse.fields.title_headings import from_title, headings, slugged
from aggregator.parse.fields.title_repeated import PEOPLE, PERSON, REPEATED, repeated, told
from aggregator.parse.fields.title_said import SENTENCE, as_film
from aggregator.parse.fields.title_several import tells_of_seen
from aggregator.parse.fields.title_text import film_links, in_text
from aggregator.parse.fields.title_words import general_words, is_day, key, like_title, mentions, slug_of
from aggregator.parse.reading import Reading, place
from aggregator.parse.regions import Region
from aggregator.parse.structured import Fact


def read(reading: Reading, facts: list[LabelledFact]) -> list[Candidate]:
    """Candidates of `title`, `original_title` and `year`.

    A plain headline or a phrase in italics is a weak candidate by itself; mentions in the text, the address and the
    tags support it.
    """
    found = [
        *_structured(reading),
        *_labelled(reading, facts),
        *headings(reading),
        *slugged(reading),
        *aside(reading),
        *repeated(reading, {fact.value for fact in facts if fact.key in PEOPLE}),
        *told(reading),
        *_first(in_text(reading)),
        *_first(film_links(reading)),
    ]
    boxed = {fact.key for fact in facts if fact.tier == "labelled"} >= _BOX
    found = [c for c in found if c.field != "title" or _may_be_title(c, reading.language) or _is_year(c, reading)]
    found = doubted(reading, _without_rivals(found), boxed=boxed)
    # what repeats somebody's name repeats no title
    return [*found, *_support(reading, {key(c.value): c for c in found if c.field == "title" and c.rule != PERSON})]


_BOX = frozenset(("director", "cast"))
"""What a box of facts about a film states, and nothing that a page about several does."""
MOST = 60
"""Distinct phrases that one rule may propose: each is looked for in the text, and held against all others."""


def _first(found: Iterable[Candidate]) -> Iterator[Candidate]:
    """The candidates without the titles by a rule that has proposed many, as lists of films set them apart."""
    known: dict[str, set[str]] = {}
    for candidate in found:
        if candidate.field == "title":
            names = known.setdefault(candidate.rule, set())
            if len(names) >= MOST and key(candidate.value) not in names:
                continue
            names.add(key(candidate.value))
        yield candidate


def _without_rivals(found: list[Candidate]) -> list[Candidate]:
    """The candidates without repeated phrases that are a part of a title that something marks, or its translation,
    and without what the address keeps of a longer name that headline and text share: "Varda" of "Agnès Varda".
    """
    marked = [c.value for c in found if c.field == "title" and c.rule.startswith(_MARKED)]
    shared = [c.value for c in found if c.rule in REPEATED]
    others = {key(c.value) for c in found if c.field == "original_title"}
    return [
        c
        for c in found
        if not (c.rule in REPEATED and (key(c.value) in others or _is_part(c.value, marked)))
        and not (c.rule == "url.title" and _is_part(c.value, shared))
    ]


def _is_part(name: str, names: list[str]) -> bool:
    return any(name in other and name != other for other in names)


_MARKED = (
    "facts.", "structured.", "headline.brackets", "headline.quoted", "headline.inquotes", "body.emphasis_often",
    "body.first_year",
)  # fmt: skip
_NO_NAME = re.compile(r"[\W\d_]*[/★☆♥♡●○][\W\d_]*")
"""Signs and figures of a rating and nothing else: "Film: ★★★ (3/5)"."""
_RATIO = re.compile(r"\d{1,2}(?:[.,]\d)?\s*/\s*(?:4|5|6|10|100)")
"""A rating; "50/50" and "9/11" are titles."""
_DATE = re.compile(r"\d{1,4}[./-]\d{1,2}[./-]\d{1,4}.{0,20}")
_PLAIN = ("headline.plain", "pagetitle.plain", "heading.", "url.")


_OF_PAGES = re.compile(r"200\d|201\d|202\d")
"""A year in which pages are written: more often that of an archive than "2012"."""


def _is_year(candidate: Candidate, reading: Reading) -> bool:
    """Whether a title is a year that the text calls a film, "2012 is a disaster film", and never means: "in 2012"."""
    if not _OF_PAGES.fullmatch(candidate.value):
        return False
    text = "\n".join(block.text for block in reading.running)
    spans = list(mentions(candidate.value, text))
    called = [as_film(text, [span], reading.language) for span in spans]
    opens = [SENTENCE.search(text[max(0, start - 4) : start]) for start, _ in spans]
    year = words("labels", "year")
    return (
        any(called)
        and all(film or first for film, first in zip(called, opens, strict=True))
        and not any(year & set(fold(text[end : end + 60]).split()) for _, end in spans)
    )


_MARKED_YEAR = (".review_word", ".year", ".quoted", ".first_year", ".emphasis", "link.film")


def _may_be_title(candidate: Candidate, language: str | None) -> bool:
    """Not a whole sentence, and not the name of a day where nothing marks it as a title."""
    if candidate.rule.startswith(("structured.", "facts.")):
        return True
    if (
        fold(candidate.value) in general_words()
        or len(candidate.value.split()) > 14
        or _RATIO.fullmatch(candidate.value)
        or _DATE.fullmatch(candidate.value)
        or (_OF_PAGES.fullmatch(candidate.value) and not candidate.rule.endswith(_MARKED_YEAR))
    ):
        return False
    if not candidate.rule.startswith(_PLAIN):
        return True
    said = fold(candidate.value)
    if is_day(candidate.value) or is_festival(candidate.value) or said in _aspects():
        return False
    if tells_of_seen(candidate.value, language):
        return False
    if not table("media").isdisjoint(re.findall(r"[\w-]+", said)):
        return False
    *before, last = said.split()
    return last not in table("site_kind") or general_words().isdisjoint(before)  # "Bob's Movie Page"


@cache
def _aspects() -> frozenset[str]:
    """Headings of the parts of one review: "About the movie", "Verdict"."""
    return words("words", "sections") | words("words", "verdict")


def _structured(reading: Reading) -> Iterator[Candidate]:
    movies = [(review.movie, "structured.review") for review in reading.data.reviews if review.movie]
    movies += [(movie, "structured.movie") for movie in reading.data.movies if "Movie" in movie.types]
    for movie, rule in movies:
        if movie.title:
            parsed = parse_title(movie.title.value, reading.hint_for("title"))
            name = parsed.title if parsed else movie.title.value
            told = rule if _is_shown(reading, name) else "structured.unseen"
            if parsed and parsed.year and not movie.year:
                where, raw = movie.title.place, movie.title.value
                yield Candidate("year", parsed.year, rule, where, raw, extra={"film": movie})
            yield Candidate("title", name, told, movie.title.place, movie.title.value)
        if movie.original_title:
            fact = movie.original_title
            yield Candidate("original_title", fact.value, "structured.movie", fact.place, fact.value)
        if (
            movie.year
            and not _is_posting(reading, movie.year)
            and (year := re.match(r"(18[89]|19\d|20\d)\d", movie.year.value))
        ):
            yield Candidate("year", int(year[0]), rule, movie.year.place, movie.year.value, extra={"film": movie})


def _is_shown(reading: Reading, name: str) -> bool:
    """Whether the page names the film anywhere: a template states the last film, or the house's, on every page."""
    wanted = fold(name)
    return wanted in reading.once(_shown)


def _shown(reading: Reading) -> str:
    """All that the page shows, line by line."""
    return "\n".join((fold(reading.doc.title), *(block.folded for block in reading.lines)))


def _is_posting(reading: Reading, stated: Fact) -> bool:
    """Whether a film's date is the page's own: templates put the day of the post there."""
    own = [review.published for review in reading.data.reviews] + [page.published for page in reading.data.articles]
    return "T" in stated.value or any(
        fact and fact.value[:10] == stated.value[:10] and len(stated.value) >= 10 for fact in own
    )


def _labelled(reading: Reading, facts: list[LabelledFact]) -> Iterator[Candidate]:
    for fact in facts:
        where = place(fact.block, fact.start, fact.end)
        if fact.key == "title" and _NO_NAME.fullmatch(fact.value):
            continue
        if fact.key == "title" and (parsed := parse_title(fact.value, reading.hint_for("title"))):
            yield from from_title(parsed, "facts.title", where, fact.value)
        elif fact.key == "original_title":
            parsed = parse_title(fact.value, reading.hint_for("title"))
            value = parsed.title if parsed else fact.value
            yield Candidate("original_title", value, "facts.original_title", where, fact.value)
        elif fact.key == "year" and (year := re.fullmatch(r"\D{0,12}((?:18[89]|19\d|20\d)\d)\D{0,12}", fact.value)):
            if fact.tier != "labelled" and not _own_year(reading, fact):
                continue
            rule = "facts.year" if fact.tier == "labelled" else "facts.unlabelled_year"
            yield Candidate("year", int(year[1]), rule, where, fact.value)
        elif fact.key == "release" and fact.tier == "labelled" and re.fullmatch(r"(?:18[89]|19\d|20\d)\d", fact.value):
            yield Candidate("year", int(fact.value), "facts.released", where, fact.value)
    if facts and (block := _line_before(reading, facts)):
        name = block.text.strip(_AROUND)
        start = block.text.find(name)
        yield Candidate("title", name, "facts.heading", place(block, start, start + len(name)), block.text)


def _own_year(reading: Reading, fact: LabelledFact) -> bool:
    """Whether a year without a label is this film's: not that of a screening, nor in brackets behind another title."""
    before = fact.block.text[: fact.start]
    if is_shown(fact.block.text):
        return False
    if not before.rstrip().endswith(("(", "[", "（")):
        return True
    headline = reading.regions.headline
    named = re.split(r"[.,;:(|]", before.rstrip(" ([（"))[-1].strip()
    return not named or (headline is not None and key(named) in key(headline.text))


_AROUND = "“”\"'‘’«»„「」『』《》"
"""Quotation marks around a title."""


def _line_before(reading: Reading, facts: list[LabelledFact]) -> Block | None:
    """The line right before a box of facts, which often is the film's title."""
    first = min(((fact.label_block or fact.block).index for fact in facts), default=0)
    for block in reversed(reading.doc.blocks[max(0, first - 3) : first]):
        if (
            0 < len(block.text) < 80
            and like_title(block.text.strip(_AROUND) or "-")
            and not block.text.rstrip().endswith((".", ":", "?", "!"))
        ):
            headline = reading.regions.headline
            signed = "byline" in block.hints or opens_with_by(block.text, reading.language)
            where = reading.region(block) in (Region.TAIL, Region.OUTSIDE, Region.HEAD)
            if where and block is not headline and not signed:
                return block
    return None


def _support(reading: Reading, known: dict[str, Candidate]) -> Iterator[Candidate]:
    """What speaks for a title somebody else proposed: mentions in the text, the address, tags, image texts."""
    slug = "" if reading.section else slug_of(reading.doc.url or reading.doc.link("canonical"))
    own = "".join(word for word in slug.split("-") if word not in general_words())
    text = "\n".join(block.text for block in reading.running)
    tagged = reading.once(tags)
    captions = [(key(block.text), block) for block in reading.blocks(Region.CAPTION)[:3]]
    pictured = [(key(icon.alt), icon) for block in reading.main for icon in block.icons if icon.alt]
    headline = key(reading.regions.headline.text) if reading.regions.headline else ""
    for folded, candidate in known.items():
        if not folded or len(candidate.value) < 2:
            continue
        longer = [other.value for other in known.values() if candidate.value in other.value and other is not candidate]
        yield from _mentioned(reading, candidate, text, longer)
        bare = folded.replace(" ", "")
        if slug and bare in slug.replace("-", ""):
            # the address copies the headline: it tells something where it keeps only a part of it
            rule = "url.whole" if bare == own and folded != headline else "url.slug"
            if candidate.rule == "url.title" and rule == "url.slug":
                continue  # it is the address that proposed it
            yield replace(candidate, rule=rule, place=Place(fixed="url"), raw=reading.doc.url or "")
        if folded in tagged:
            yield replace(candidate, rule="tag", place=place(tagged[folded]), raw=tagged[folded].text)
        for said, block in captions:
            if f" {folded} " in f" {said} ":
                yield replace(candidate, rule="caption", place=place(block), raw=block.text)
        for alt, icon in pictured:
            if folded in alt and len(icon.alt) < len(candidate.value) + 30:
                yield replace(candidate, rule="image.alt", place=Place(icon.node), raw=icon.alt)


def _mentioned(reading: Reading, candidate: Candidate, text: str, longer: list[str]) -> Iterator[Candidate]:
    """Support from the running text, where no longer title is meant, and from the headline."""
    name = candidate.value
    spans = list(mentions(name, text))
    if spans and longer:
        wide = [span for other in longer for span in mentions(other, text)]
        spans = [span for span in spans if not any(start <= span[0] and span[1] <= end for start, end in wide)]
    count = len(spans) - int(candidate.rule.startswith("body."))
    if count > 0:
        yield replace(candidate, rule="body.often" if count >= 3 else "body.mentioned")
    elif (part := _main_word(name)) and any(mentions(part, text)):
        yield replace(candidate, rule="body.part")
    headline = reading.regions.headline
    named = list(mentions(name, headline.text)) if headline is not None else []
    if headline is not None and named and candidate.rule.startswith(("body.", "facts.", "link.")):
        quoted = any(headline.text[start - 1 : start] in _QUOTES for start, _ in named if start)
        rule = "headline.named" if quoted else "headline.contains"
        yield replace(candidate, rule=rule, place=place(headline), raw=headline.text)


_QUOTES = tuple("'\"“‘«„「『《‹")


def _main_word(name: str) -> str | None:
    """The longest capitalised word of a title of several, by which a text may call the film for short."""
    words = [word for word in re.findall(r"[^\W\d_][\w'’-]{3,}", name) if word[0].isupper()]
    return max(words, key=len) if len(name.split()) > 1 and words else None
