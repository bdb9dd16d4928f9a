"""The lines that may open the sections of a round-up: headings of one level, or bold lines; what is no film's title."""

import re
from collections.abc import Iterator, Sequence
from functools import cache
from urllib.parse import urlsplit

from aggregator.notation.dates import find_dates
from aggregator.notation.film_pages import is_film_page
from aggregator.notation.headline import cut_trailing_date, table
from aggregator.notation.languages import alternation, chosen, fold, fold_label, label_roles, words
from aggregator.notation.titles import Title, fold_title, parse_title
from aggregator.parse.blocks import Block
from aggregator.parse.fields.title_aside import tags
from aggregator.parse.fields.title_bracket import facts_behind
from aggregator.parse.fields.title_headings import without_director
from aggregator.parse.fields.title_words import is_day, is_sentence, key, like_title
from aggregator.parse.reading import Reading
from aggregator.parse.regions import HEADINGS, Region, weight
from aggregator.parse.sign_words import kind_words

LONGEST = 90
"""Letters that a section's heading may have."""


def levels(reading: Reading) -> Iterator[list[Block]]:
    """The lines that may open sections, one list a level (h2, h3, …, bold lines), the longest first."""
    by_level: dict[str, list[Block]] = {}
    for block in reading.blocks(Region.HEAD, Region.BODY, Region.TAIL):
        level = block.tag if block.tag in HEADINGS else "bold" if _is_bold(block) else None
        if level and 0 < weight(block.text) < LONGEST and not is_headline(reading, block):
            by_level.setdefault(level, []).append(block)
    yield from sorted((heads for heads in by_level.values() if len(heads) > 1), key=len, reverse=True)


def is_headline(reading: Reading, block: Block) -> bool:
    """Whether a line is the headline of the page; a page without one has its first section's heading in that place."""
    if block is not reading.regions.headline:
        return False
    titles = (reading.doc.title, *(reading.doc.meta("og:title") or ())[:1])
    above = reading.main[: reading.main.index(block)] if block.tag == "h2" else []
    if any(line.tag == "h1" and line.folded not in reading.regions.site_names for line in above if line.text):
        return False  # the first of the headings below the page's own
    return block.tag in ("h1", "h2") or any(fold(block.text) in fold(title) for title in titles)


def _is_bold(block: Block) -> bool:
    bold = sum(mark.end - mark.start for mark in block.marks if mark.tag in ("b", "strong"))
    return len(block.text) > 1 and bold >= len(block.text) - 1


def rank_of(block: Block) -> int:
    """1 for h1 to 6 for h6, 7 for a bold line, 8 for any other line."""
    return int(block.tag[1]) if block.tag in HEADINGS else 7 if _is_bold(block) else 8


def is_date(reading: Reading, block: Block) -> bool:
    """Whether a line says a date and little else."""
    bare = cut_trailing_date(block.text)
    if not 0 < len(block.text) < 60 or (bare != block.text and not is_day(bare)):
        return False
    found = find_dates(block.text, reading.hint)
    return len(found) == 1 and found[0][1] - found[0][0] > len(block.text) / 2


def film_title(reading: Reading, head: Block, *, rated: bool = False) -> Title | None:
    """The title in a heading that can name a film; None for an aspect of one ("Plot"), an episode, a label, a link.

    A title that reads like a sentence ("Le Sens de la fête") heads what is `rated` by itself.
    """
    directed = facts_behind(head.text)
    text = head.text if directed is None else head.text[:directed]
    italics = [mark for mark in head.marks if mark.tag in _ITALICS]
    if len(italics) == 1:
        # "13 Minutes of <i>Heat</i>", not "As good as <i>Heat</i>"
        if _compared().search(fold(head.text[: italics[0].start])):
            return None
        text = head.text[italics[0].start : italics[0].end]
    title = parse_title(text, reading.hint)
    if title is None or not any(char.isalnum() for char in title.title) or not like_title(title.title):
        return None
    if _MARK.fullmatch(title.title):
        return None
    title = without_director(title)
    plain = title.style == "plain" and not is_italic(head) and directed is None
    sentence = is_sentence(title.title) and not rated
    if plain and (sentence or head.text.endswith((":", ",", ";", "…")) or is_date(reading, head)):
        return None
    if plain and reading.language == "en" and not _in_title_case(title.title):
        return None
    if plain and (_is_aspect(title.title, reading.language) or fold_label(head.text.split(":")[0]) in label_roles()):
        return None
    folded = fold(head.text)
    return None if any(kind_words(kind, reading.language).search(folded) for kind in ("tv", "book")) else title


@cache
def _compared() -> re.Pattern[str]:
    return re.compile(rf"(?<!\w){alternation(table('compared'))}$")


def _in_title_case(text: str) -> bool:
    """Whether first, last and all telling words are capitalised, as in English titles and not in other headings."""
    own = [word for word in text.split() if word[0].isalpha()]
    telling = [word for at, word in enumerate(own) if at in (0, len(own) - 1) or fold(word) not in _small_words("en")]
    return all(word[0].isupper() for word in telling)


def marks_title(reading: Reading, head: Block) -> bool:
    """Whether a heading marks a film's title: in italics, with a year or a director, in quotes, beside a review word,
    linked to a page about the film.
    """
    title = parse_title(head.text, reading.hint)
    if is_italic(head) or (title is not None and title.style != "plain") or cut_trailing_date(head.text) != head.text:
        return True
    return facts_behind(head.text) is not None or any(is_film_page(href) for _, href, _ in head.links())


def is_italic(head: Block) -> bool:
    """Whether (part of) a heading stands in italics, as titles of works do."""
    return any(mark.tag in _ITALICS for mark in head.marks)


def leads_away(reading: Reading, block: Block) -> bool:
    """Whether a line ends in a link to another page of the same site."""
    host = urlsplit(reading.doc.url or "").hostname
    for text, href, mark in block.links():
        address = reading.doc.absolute(href) or href
        within = not urlsplit(address).hostname or urlsplit(address).hostname == host
        if text and mark.end >= len(block.text) - 2 and within and not href.startswith("#"):
            return True
    return False


_MARK = re.compile(r"[\d.,½\s]+[/★☆*][\d.,½/★☆*\s]*")
"""A rating; 1917 is a film."""
_ITALICS = frozenset(("i", "em", "cite"))
_ASPECTS = ("film", "films", "review", "about", "related", "sections", "verdict", "cinema", "news", "list")


@cache
def _aspect_words(language: str | None) -> frozenset[str]:
    """Single words of which headings within one review are made: Plot, Acting, The Verdict, Film facts."""
    used = {language or "en", "en"}
    phrases = {word for kind in _ASPECTS for word in words("words", kind, used)} | set(label_roles(used))
    single = frozenset(word for phrase in phrases for word in fold_title(phrase).split() if len(word) > 2)
    return single - _small_words(language)


@cache
def _small_words(language: str | None) -> frozenset[str]:
    return frozenset(word for table in chosen({language or "en", "en"}) for word in table.stopwords)


def _is_aspect(title: str, language: str | None) -> bool:
    """Whether a heading is made of words such as "plot" and "acting", and small words between them."""
    own = fold_title(title).split()
    aspects = sum(word in _aspect_words(language) for word in own)
    return aspects > 0 and all(word in _aspect_words(language) | _small_words(language) for word in own)


def of_others(reading: Reading, heads: Sequence[Block], *, mixed: bool) -> frozenset[int]:
    """The indexes of those heads that stand under a higher heading of something else than films ("Series", "Books"); on
    a `mixed` page, and where both kinds stand as headings, of all that do not stand under one of films.
    """
    mixed = mixed or reading.once(parts_kinds)
    lowest = min(map(rank_of, heads), default=0)
    higher = [line for line in reading.main if line.tag in HEADINGS and rank_of(line) < lowest]
    over: list[Block] = []
    found = set()
    at = 0
    for head in heads:
        while at < len(higher) and higher[at].index < head.index:
            over = [line for line in over if rank_of(line) < rank_of(higher[at])] + [higher[at]]
            at += 1
        kinds = {_kind_of_part(line, reading.language) for line in over}
        if "other" in kinds or (mixed and "film" not in kinds):
            found.add(head.index)
    return frozenset(found)


def parts_kinds(reading: Reading) -> bool:
    """Whether headings part what the page says of films from what it says of series, books or games."""
    kinds = {_kind_of_part(line, reading.language) for line in reading.main if line.tag in HEADINGS}
    return {"film", "other"} <= kinds


_SHORT = 5
"""Words that the heading of a part of a diary has at most; a title may name a book."""


def _kind_of_part(heading: Block, language: str | None) -> str:
    """What a heading below the page's own says it stands over: "film", "other" or nothing."""
    if len(heading.text.split()) > _SHORT or heading.tag == "h1":
        return ""
    if kind_words("other_works", language).search(heading.folded):
        return "other"  # "Books about film" too
    return "film" if kind_words("film", language).search(heading.folded) else ""


def is_filed(reading: Reading, text: str) -> bool:
    """Whether a page is filed under a film's name, as its tags show."""
    return key(text) in reading.once_a_page(tags)
