"""Titles in the running text: phrases set apart, and links to pages about one film."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterator
from functools import cache

from aggregator.notation.film_pages import is_film_page
from aggregator.notation.headline import is_festival, table
from aggregator.notation.languages import alternation, fold
from aggregator.notation.titles import Title, parse_title
from aggregator.parse.blocks import Block, Mark
from aggregator.parse.candidate import Candidate
from aggregator.parse.fields.title_words import is_day, is_kind, is_sentence, key, like_title
from aggregator.parse.reading import Reading, place
from aggregator.parse.regions import is_heading

_EMPHASIS = frozenset(("em", "i", "cite", "b", "strong", "u"))
_QUOTED = re.compile(r"»([^«»]{1,80})«|[“\"「『《〈«„‘]([^“”\"「」『』《》〈〉«»„‘’]{1,80})[”\"」』》〉»“’]")
_YEAR_AFTER = re.compile(r"^\s*[,(\[（]\s*(?:[^()\d]{0,40}[,;]\s*)?((?:18[89]|19\d|20\d)\d)\b")
_SITE = re.compile(
    r"\b(?:imdb|tmdb|rotten tomatoes|metacritic|letterboxd|allocin|filmaffinity|wikidata|trailer|link|here|official)",
    re.IGNORECASE,
)
"""What links to pages about films say instead of a title."""


def in_text(reading: Reading) -> Iterator[Candidate]:
    """Phrases set apart in the text: with a year behind them in the first lines, or often."""
    seen: Counter[str] = Counter()
    first: dict[str, tuple[str, Block, int, int]] = {}
    lines = reading.main
    for number, block in enumerate(lines):
        if is_heading(block):
            continue
        for start, end in set_apart(block):
            text = block.text[start:end].strip(" ,.;:!\u201c\u201d\"'‘’")
            if not 1 < len(text) <= 80 or not like_title(text):
                continue
            folded = key(text)
            seen[folded] += 1
            first.setdefault(folded, (text, block, start, end))
            if number < 6 and (year := _YEAR_AFTER.match(block.text[end:])):
                yield Candidate("title", text, "body.first_year", place(block, start, end), block.text[:200])
                raw = block.text[:200]
                yield Candidate(
                    "year", int(year[1]), "body.title_year", place(block, start, end), raw, extra={"beside": text}
                )
    yield from _set_apart(reading, seen, first)
    yield from _titled_line(reading)


def _titled_line(reading: Reading) -> Iterator[Candidate]:
    """The one line before or at the start of the text that is a film's title with its year, and nothing else."""
    lines = [
        line
        for line in reading.main[:_FIRST_LINES]
        if line.index <= reading.regions.first + 1
        and line is not reading.regions.headline
        and len(line.text) < _LINE
        and not line.hints & _OF_THE_PAGE
    ]
    found = [(line, parsed) for line in lines if (parsed := _titled(line.text, reading)) is not None]
    if len({key(parsed.title) for _, parsed in found}) != 1:
        return
    line, parsed = found[0]
    yield Candidate("title", parsed.title, "line.titled", place(line), line.text)
    yield Candidate("year", parsed.year, "line.titled", place(line), line.text, extra={"beside": parsed.title})


def _titled(text: str, reading: Reading) -> Title | None:
    cut = _WITH_YEAR.match(f"{text} ")
    parsed = parse_title(cut[1] if cut else text, reading.hint)
    if parsed is None or parsed.year is None or parsed.style not in ("year", "quoted", "review_word"):
        return None
    fine = like_title(parsed.title) and not is_sentence(parsed.title) and not is_day(parsed.title.split()[0])
    fine = fine and not is_kind(parsed.title, reading.language) and not is_festival(parsed.title)
    fine = fine and not _no_film_line().search(fold(text))
    return parsed if fine and (cut or "," in text) and not _NUMBERED.match(text) else None


@cache
def _no_film_line() -> re.Pattern[str]:
    return re.compile(rf"(?<![^\W\u3040-\u9fff\uac00-\ud7a3]){alternation(table('no_film_line'))}(?!\w)")


_OF_THE_PAGE = frozenset(("byline", "date", "meta", "tags", "share"))
_NUMBERED = re.compile(r"\d{1,3}[.)]\s")
_FIRST_LINES, _LINE = 9, 110
_WITH_YEAR = re.compile(
    r"(.{1,80}?[(\[](?:[^()\[\]]{0,60}[\s,;/])?(?:18|19|20)\d\d\b[^()\[\]]{0,40}[)\]])(?:\s*$|\s*[,;·|–—-]\s[^.!?]*$|\s(?:dir|directed|by)[^!?]*$)"
)


def _set_apart(
    reading: Reading, seen: Counter[str], first: dict[str, tuple[str, Block, int, int]]
) -> Iterator[Candidate]:
    """The phrase that is set apart most often, the only one, or those of the first paragraphs."""
    _shortened(seen, first)
    most = max(seen.values(), default=0)
    for folded, count in seen.items():
        text, block, start, end = first[folded]
        early = block.index <= reading.regions.first + 1
        if len(seen) == 1 and early and len(text.split()) <= 6:
            yield Candidate("title", text, "body.only", place(block, start, end), block.text[:200])
        elif count == most and count >= 2:
            yield Candidate("title", text, "body.emphasis_often", place(block, start, end), block.text[:200])
        elif early:
            yield Candidate("title", text, "body.emphasis", place(block, start, end), block.text[:200])


def _shortened(seen: Counter[str], first: dict[str, tuple[str, Block, int, int]]) -> None:
    """Count a short form as the longer phrase that stands before it: "UTLTU" behind "Until the Light Takes Us"."""
    longer: dict[str, list[str]] = defaultdict(list)
    for phrase in seen:
        parts = phrase.split()
        if len(parts) > 2:
            for short in {
                "".join(part[0] for part in parts),
                *(" ".join(parts[:size]) for size in range(1, len(parts))),
            }:
                longer[short].append(phrase)
    for short in [short for short in seen if short in longer]:
        _, block, start, _ = first[short]
        for long in longer[short]:
            _, other, at, _ = first[long]
            if long in seen and (other.index, at) < (block.index, start):
                seen[long] += seen.pop(short)
                break


Linked = tuple[str, str, Mark, Block]
"""A link to a page about a film: its text, address, mark and line."""


def links_to_films(reading: Reading) -> list[Linked]:
    """The links of the article to pages about one film, whatever they are called."""
    links = ((*link, block) for block in reading.main for link in block.links())
    return [link for link in links if is_film_page(link[1])]


def is_of_one(links: list[Linked]) -> bool:
    """Whether all links lead to one film."""
    return len({href.split("?")[0].rstrip("/") for _, href, _, _ in links}) == 1


def film_links(reading: Reading) -> Iterator[Candidate]:
    """Texts of links to a page about one film, if the article links to one film only."""
    links = [link for link in reading.once(links_to_films) if link[0]]
    if not is_of_one(links):
        return
    for text, _, mark, block in links:
        parsed = parse_title(text, reading.hint)
        if parsed and like_title(parsed.title) and not _SITE.search(parsed.title):
            yield Candidate("title", parsed.title, "link.film", place(block, mark.start, mark.end), block.text[:200])


def set_apart(block: Block) -> Iterator[tuple[int, int]]:
    """Spans of a line in italics, in bold or in quotes."""
    for mark in block.marks:
        if mark.tag in _EMPHASIS and mark.end - mark.start < 0.9 * len(block.text):
            yield mark.start, mark.end
    for match in _QUOTED.finditer(block.text):
        yield match.span(match.lastindex or 0)
