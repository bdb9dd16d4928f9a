"""Titles in the headline, the page's title and the address."""

import re
from collections.abc import Iterator
from dataclasses import replace
from functools import cache

from aggregator.notation.headline import cut_review, is_section, table
from aggregator.notation.languages import fold, load
from aggregator.notation.people import is_name, is_somebody
from aggregator.notation.titles import Title, apart, parse_title
from aggregator.parse.blocks import Block
from aggregator.parse.candidate import Candidate, Place
from aggregator.parse.fields.title_bracket import facts_behind
from aggregator.parse.fields.title_words import (
    behind_day,
    general_words,
    is_sentence,
    key,
    like_title,
    mentions,
    script_of,
    slug_of,
)
from aggregator.parse.reading import Reading, place
from aggregator.parse.regions import HEADINGS, Region

_SEPARATOR = re.compile(r"\s+(?:[|–—»«·•~]|::|//|-{1,2}|&raquo;)\s+|\s*[|»«｜：]\s*")
_COLON = re.compile(r"\s*:\s+")
_TRAILING_BRACKET = re.compile(r"(.+?)\s*[(（\[]([^()（）\[\]]+)[)）\]]")


def headings(reading: Reading) -> Iterator[Candidate]:
    """Candidates from the headline and the page's title."""
    block = reading.regions.headline
    if block is not None:
        own = _dated(block) if reading.section else _without_lead(reading, block.text)
        yield from _heading(reading, own, "headline", place(block))
        for mark in block.marks if not _named_whole(reading, block) else ():
            # "<em>Parasite</em> review: a con trick": works are set in italics
            if mark.tag in ("em", "i", "cite") and mark.end - mark.start < 0.9 * len(block.text):
                name = block.text[mark.start : mark.end].strip(" :–—-“”\"'")
                if len(name) > 1 and fold(name) not in general_words():
                    yield Candidate("title", name, "headline.marked", place(block, mark.start, mark.end), block.text)
    elif quoted := reading.regions.quoted_headline:
        line, start, end = quoted
        yield from _heading(reading, line.text[start:end], "headline", place(line, start, end))
    if reading.section:
        return
    meta = reading.doc.meta("og:title", "twitter:title")
    texts = [(reading.doc.title, Place(fixed="title"))] + ([(meta[0], Place(meta[1]))] if meta else [])
    headline = key(block.text) if block is not None else ""
    for text, where in texts:
        own = without_site(reading, text)
        if own and block is None:
            yield from _heading(reading, own, "headline", where)
        elif own:
            other = key(own) not in headline and headline not in key(own)
            yield from _heading(reading, own, "pagetitle", where, other=other)


def _dated(block: Block) -> str:
    """A note's heading, with brackets around the bare year behind a name that is set apart: "<b>Blade Runner 2049</b>
    2017".
    """
    for mark in block.marks:
        year = _BARE_YEAR.fullmatch(block.text, mark.end) if mark.start == 0 and mark.tag in _APART else None
        if year:
            return f"{block.text[: mark.end]} ({year[1]})"
    return block.text


_BARE_YEAR = re.compile(r",?\s+((?:18|19|20)\d\d)")
_APART = frozenset("a b strong i em cite u".split())


def _without_lead(reading: Reading, text: str) -> str:
    """The headline without a year that leads in ("2019: Heat", "1980's Horror: Heat", "Best of 2019: Heat").

    Not where the text says it with the title, as it does "2001: A Space Odyssey".
    """
    led = _LED.fullmatch(text)
    own = led is not None and _says(reading, led["title"]) and not _says(reading, led["year"])
    return led["title"] if led is not None and own else text


_LED = re.compile(
    r"(?:[^:|]{1,30}\s)?(?P<year>(?:18[89]|19\d|20\d)\d)(?:['’]?s\s[^:|]{1,30}?)?\s*[:|–—-]\s+(?P<title>\S.*)"
)


def _says(reading: Reading, name: str) -> bool:
    """Whether the text holds a name."""
    return any(next(mentions(name, line.text), None) for line in reading.running)


def _named_whole(reading: Reading, headline: Block) -> bool:
    """Whether the text names what the whole headline says, so that italics within it are only how it is set.

    "The Last Stop in <em>Yuma County.</em>": a headline that ends in a stop, where the page's title has none.
    """
    whole = headline.text.rstrip(" .")
    if whole != headline.text and not is_sentence(whole) and without_site(reading, reading.doc.title) == whole:
        return True
    return any(
        next(mentions(whole, block.text), None)
        for block in reading.blocks(Region.BODY, Region.TAIL)
        if block.tag not in HEADINGS
    )


def _heading(reading: Reading, text: str, source: str, where: Place, *, other: bool = False) -> Iterator[Candidate]:
    """Candidates from one heading; `other` when it is a page title that says something else than the headline."""
    if is_section(text) and not reading.section:
        return
    if reading.section:
        text = _COUNTED.sub("", text[behind_day(text) : facts_behind(text, sure=True)])
    parsed = parse_title(text, reading.hint)
    if parsed and parsed.style != "quoted":
        parsed = _without_maker(reading, without_director(parsed))
    if parsed:
        rule = f"{source}.{_style(parsed, source, reading, other=other)}"
        found = list(_bracketed(parsed, rule, where, text))
        # the bracket may belong to the title, but seldom does
        yield from from_title(parsed, f"{source}.plain" if found else rule, where, text)
        yield from found
    if source == "headline" and (not parsed or parsed.style == "plain"):
        yield from _parts(reading, text, where)
        yield from _in_quotes(text, where)


_COUNTED = re.compile(r"^\d{1,3}[.)]\s+(?=\S)")
"""The number of a note among others: "3. Heat"."""


def _style(parsed: Title, source: str, reading: Reading, *, other: bool) -> str:
    """The last part of the rule's name: how the heading marks the title."""
    if parsed.style == "review_word" and is_sentence(parsed.title):
        return "sentence"
    if parsed.style not in ("plain", "label"):
        return parsed.style
    if (cut := _TRAILING_BRACKET.fullmatch(parsed.title)) and not is_sentence(cut[1]) and like_title(cut[2]):
        return "bracketed"
    if source == "headline" and _short(parsed.title):
        return "plain_lower" if reading.language == "en" and _in_small_letters(parsed.title) else "plain_short"
    if reading.section and not is_sentence(parsed.title):
        return "section"
    if source == "headline" and _in_capitals(parsed.title):
        return "plain_long"
    return "other" if other else "plain"


_BY = re.compile(
    r"(.{1,80}?)(?:,?\s+(?:(?:directed\s+)?by|starring)|,\s+(?:de|di|von|van|av|un film de|un film di|a film by))"
    r"\s+(.{3,40})"
)


def without_director(parsed: Title) -> Title:
    """A heading such as "Hoop by Steve James" or "Hoop starring Anna Weber" without the people; "Call Me by Your Name"
    names nobody.
    """
    by = _BY.fullmatch(parsed.title)
    if by is None or not is_name(by[2]) or len(by[2].split()) < 2:
        return parsed
    named = any(fold(word) in load("en").stopwords for word in by[2].split())
    return parsed if named else replace(parsed, title=by[1].strip(" '\"‘’“”"))


_MAKER = re.compile(r"(.{2,80}?)(?:[,:]|\s[–—|•·-])\s+(\S+\s\S.{1,40})")


def _without_maker(reading: Reading, parsed: Title) -> Title:
    """A heading such as "Stalker – Andrei Tarkovsky" without who made the film, or who writes of it.

    The text must name what is left, and not all of it, as it does the film "Good Luck to You, Leo Grande".
    """
    made = _MAKER.fullmatch(parsed.title)
    if made is None or not is_somebody(made[2]):
        return parsed
    own = _says(reading, made[1]) and not _says(reading, parsed.title)
    return replace(parsed, title=made[1]) if own else parsed


def _parts(reading: Reading, text: str, where: Place) -> Iterator[Candidate]:
    """The parts of a headline around a bar, a dash or a colon; the first one most often is the title."""
    parts = [part.strip() for part in _SEPARATOR.split(text) if part and part.strip()]
    first = "heading.first"
    if len(parts) < 2:
        parts = [part for part in _COLON.split(text, maxsplit=1) if part]
        # a sentence behind the colon is a tagline, a title-like part may be the rest of the title
        first = "heading.first" if parts and (is_sentence(parts[-1]) or parts[-1][0].islower()) else "heading.part"
    if len(parts) > 1 and _is_tagline(parts[-1]):
        first = "heading.before"
    for number, part in enumerate(parts if len(parts) > 1 else []):
        if inner := parse_title(part, reading.hint):
            yield Candidate("title", inner.title, first if number == 0 else "heading.part", where, text)
            if inner.year:
                yield Candidate("year", inner.year, "headline.year", where, text)


def _bracketed(parsed: Title, rule: str, where: Place, raw: str) -> Iterator[Candidate]:
    """A headline that ends in brackets: the title again in another script or language, or the title behind a pun."""
    cut = _TRAILING_BRACKET.fullmatch(parsed.title)
    if cut is None or not apart(cut[1], cut[2]):
        return
    source = rule.split(".", maxsplit=1)[0]
    if script_of(cut[1]) != script_of(cut[2]):
        yield from from_title(replace(parsed, title=cut[1], original_title=cut[2]), f"{source}.brackets", where, raw)
    elif is_sentence(cut[1]) and not is_sentence(cut[2]) and not cut[2][0].islower():
        yield Candidate("title", cut[2], f"{source}.quoted", where, raw)
    elif rule.endswith((".plain", ".plain_short", ".year", ".other", ".bracketed")):
        yield Candidate("title", cut[1], rule, where, raw)
        yield Candidate("title", cut[1], "heading.bracket", where, raw)
        yield Candidate("original_title", cut[2], "heading.bracket", where, raw)


def _in_quotes(text: str, where: Place) -> Iterator[Candidate]:
    """The one phrase in quotes within a headline, if it is written as a name: "Why 'Heat' still burns"."""
    spans = _quoted(text) or [match.span(1) for match in _SINGLE_QUOTED.finditer(text)]
    if len(spans) == 1:
        name = text[spans[0][0] : spans[0][1]].strip(" ,.:;!")
        if len(name) > 1 and like_title(name) and not is_sentence(name) and len(name.split()) <= 7:
            yield Candidate("title", name, "headline.inquotes", where, text)


_SINGLE_QUOTED = re.compile(r"(?<![\w’'])['‘‚](\S[^‘’']*(?:’\w[^‘’']*)*)['’‘](?![\w’'])")


@cache
def _single_words() -> frozenset[str]:
    return frozenset(word for phrase in general_words() for word in phrase.split())


def slugged(reading: Reading) -> Iterator[Candidate]:
    """The part of the headline that the address keeps: "1917 sends two boys …" at /1917-film-review."""
    headline = reading.regions.headline
    parts = slug_of(reading.doc.url).split("-")
    words = [word for word in parts if word and word not in _single_words() and len(word) < 30]
    if headline is None or not words or reading.section:
        return
    own = [(match[0], match.start(), match.end()) for match in re.finditer(r"[\w'’]+", headline.text)]
    if len(words) > 0.7 * len(own) or all(word in load("en").stopwords or len(word) < 2 for word in words):
        return
    folded = [key(word) for word, _, _ in own]
    for at in range(len(own) - len(words) + 1):
        if folded[at : at + len(words)] == [key(word) for word in words]:
            start, end = own[at][1], own[at + len(words) - 1][2]
            if any(
                begin <= start and end <= stop and (begin, stop) != (start, end)
                for begin, stop in _quoted(headline.text)
            ):
                return  # the address keeps only part of a title that the headline quotes
            yield Candidate("title", headline.text[start:end], "url.title", place(headline, start, end), headline.text)
            return


def _quoted(text: str) -> list[tuple[int, int]]:
    return [match.span(1) for match in re.finditer(r"[“\"‘«„『《]\s*([^“”\"‘’«»„『』《》]+?)\s*[”\"’»“』》]", text)]


def _is_tagline(text: str) -> bool:
    """Whether what follows a title is said about it: a sentence, or words most of which are written small."""
    words = [word for word in text.split() if word[0].isalpha()]
    small = sum(word[0].islower() for word in words)
    return is_sentence(text) or (len(words) > 2 and (words[0][0].islower() or small >= 2 > len(words) - small))


def _in_small_letters(text: str) -> bool:
    """Whether an English headline writes words small that a title has in capitals: "A monster of a romance"."""
    words = [word for word in text.split() if word[0].isalpha()]
    return len(words) > 1 and any(word[0].islower() and len(word) > 3 and word not in _SMALL for word in words)


def _in_capitals(text: str) -> bool:
    """Whether a longer headline is written as titles are in English: all words in capitals but the small ones."""
    words = text.split()
    if len(words) > 10 or text[-1] in ".!?…" or re.search(r"[:|–—]|\s-\s|['’]s\s", text):
        return False
    return all(word[0].isupper() or word[0].isdigit() or word in table("small") for word in words)


_SMALL = frozenset("with from into over upon than that this through under like near".split())


def _short(text: str) -> bool:
    """Whether a headline is so short that it is more likely a title than a sentence about one."""
    if re.search(r"\s[–—-]\s", text) or _is_tagline(text.partition(": ")[2]):
        return False  # a tagline follows
    return len(text.split()) <= (2 if text.endswith("!") else 5) and len(text) <= 40 and text[-1] not in ".?…"


def without_site(reading: Reading, text: str) -> str:
    """A page title without the parts that name the site."""
    names = reading.regions.site_names
    parts = [part.strip() for part in _SEPARATOR.split(f" {text} ") if part and part.strip()]
    if len(parts) < 2:
        return text if fold(text) not in names else ""
    headline = fold(reading.regions.headline.text) if reading.regions.headline else ""
    kept = [part for part in parts if fold(part) not in names and fold(part).replace(" ", "") not in names]
    shared = [part for part in kept if fold(part).strip() in headline] if headline else []
    # "Heat" stands over the page, "Heat (1995)" in its title
    shared = shared or ([part for part in kept if f" {headline} " in f" {fold(part)} "] if headline else [])
    if shared:
        kept = shared
    elif len(kept) == len(parts) and len(parts) > 1:
        reviewed = [part for part in parts if cut_review(part).review and not is_section(part)]
        kept = reviewed if len(reviewed) == 1 else kept[:-1]  # the last part is the site's name by custom
    start = text.find(kept[0]) if kept else -1
    return text[start : text.rfind(kept[-1]) + len(kept[-1])] if kept else ""


def from_title(parsed: Title, rule: str, where: Place, raw: str) -> Iterator[Candidate]:
    """Title, year and original title of one reading of a heading, under the rules of its source."""
    if fold(parsed.title) in general_words():
        return
    yield Candidate("title", parsed.title, rule, where, raw)
    if parsed.year:
        year_rule = rule if rule == "facts.title" else f"{rule.split('.', maxsplit=1)[0]}.year"
        yield Candidate("year", parsed.year, year_rule, where, raw)
    if parsed.original_title and rule.startswith("headline"):
        yield Candidate("original_title", parsed.original_title, "headline.brackets", where, raw)
