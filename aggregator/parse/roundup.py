"""Several reviews on one page: cuts a round-up into its sections, one reading each; doubt leaves the page whole."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass, replace

from aggregator.notation.languages import fold
from aggregator.notation.people import is_somebody
from aggregator.notation.ratings import find_ratings, parse_rating
from aggregator.parse.blocks import Block
from aggregator.parse.fields.title_said import is_person
from aggregator.parse.fields.title_words import key, mentions
from aggregator.parse.reading import Reading
from aggregator.parse.regions import Region, Regions, weight
from aggregator.parse.roundup_heads import (
    film_title,
    is_filed,
    leads_away,
    levels,
    marks_title,
    of_others,
    parts_kinds,
)
from aggregator.parse.roundup_marks import Place, column, numbered
from aggregator.parse.roundup_notes import notes
from aggregator.parse.roundup_pairs import pair
from aggregator.parse.roundup_running import is_of_one_film, running, tells_of_seeing
from aggregator.parse.roundup_shown import headed_by_films, told_as_film
from aggregator.parse.roundup_spans import spans_of
from aggregator.parse.roundup_tables import is_headed
from aggregator.parse.sign_words import kind_words
from aggregator.parse.structured import StructuredData

MIN_NOTE, MIN_RATED, MIN_TEXT = 15, 40, 90
"""Letters of running text that a rated note in one line, a section with and one without a rating need to be reviews."""
MANY = 6
"""Notes of one line without ratings that are no chance."""
MOST = 300
"""Sections of a round-up; a page with more headings lists films."""
_SAY_FILM_REVIEW = frozenset(("headline_film_review", "section_film_review", "sections_film_review"))
_SAY_REVIEW = _SAY_FILM_REVIEW | {"headline_review", "section_review"}
_ABOUT_FILMS = _SAY_FILM_REVIEW | frozenset(
    """seen_films roundup_headline section_film film_words film_words_many film_words_some film_words_weak this_film
    facts_film structured_film_review""".split()
)
_SURELY_FILMS = _SAY_REVIEW | frozenset(
    ("film_words", "film_words_many", "facts_film", "structured_film_review", "seen_films")
)
_DIARY = frozenset(("roundup_headline", "section_film"))
_FILM_WORDS = frozenset(("film_words_weak", "film_words_some"))
_OF_OTHERS = frozenset(
    """tv_words book_words album_words game_words theatre_words restaurant_words product_words event_words section_other
    news_words question_answers""".split()
)
_HEADED_BY_FILMS = "headed_by_films"
"""What a page says beside the signs of its kind: its headline is made of words for films and for seeing them."""
_OPENING_QUOTES = tuple('“"„«‘「『')


@dataclass(frozen=True, slots=True)
class Part:
    """One section: its heading with the title in it (None when it can name no film), its lines and what they hold.

    `group` counts the higher headings above it, `size` the letters of its running text, `telling` the words that judge;
    `filed` tells that the page has a tag of that name, `mark` is the rating known by its place,
    `headed` tells that it is a cell below "Film".
    """

    head: Block
    title: str | None
    lines: list[Block]
    group: int
    size: int
    rated: bool
    marked: bool
    filed: bool
    judged: bool
    telling: int
    away: bool
    mark: Place | None
    language: str | None = None
    headed: bool = False


def sections(reading: Reading, signs: Collection[str], title: str | None) -> list[Reading]:
    """One reading per film of a round-up; empty when the page is none.

    `signs` are the names of the points found on the whole page, `title` the film it seems to be about. The headings
    of a round-up are film titles, each with its own text; most sections have their own rating, or the page calls
    itself reviews and each section judges.
    """
    said = set(signs)
    if not _ABOUT_FILMS & said:
        return []
    if headed_by_films(reading):
        said.add(_HEADED_BY_FILMS)
    mixed = not _SAY_FILM_REVIEW & said and bool((_OF_OTHERS | {"headline_other"}) & said)
    if mixed and not parts_kinds(reading):
        return []
    for whole, parts in _ways(reading, said, title, mixed=mixed):
        if parts:
            return [_section(whole, part) for part in parts]
    return []


def _ways(reading: Reading, signs: set[str], title: str | None, *, mixed: bool) -> Iterator[tuple[Reading, list[Part]]]:
    """Per way of parting a page: the page so parted, and those of its parts that are reviews."""
    for heads in levels(reading):
        if len(heads) > MOST:
            reading.problem("cut", f"{len(heads)} headings of one kind: taken for a list, not for reviews", "reviews")
            continue
        yield reading, _reviews(_parts(reading, heads, MIN_RATED, mixed=mixed), signs, title)
    for whole, heads in notes(reading):
        yield whole, _noted(_parts(whole, heads[:MOST], MIN_NOTE, mixed=mixed), signs, title)
    if _told_of_several(signs, title) and not mixed:
        for whole, heads in running(reading):
            if len(heads) > MOST:
                continue
            yield whole, _ran(whole, _parts(whole, heads, MIN_RATED), signs)
    if not mixed and (found := pair(reading, signs)):
        parts = _parts(*found, MIN_RATED)
        yield found[0], parts if all(part.size >= MIN_TEXT and part.judged for part in parts) else []


def _told_of_several(said: set[str], title: str | None) -> bool:
    """Whether a page says that it is of several films, and is about no single one."""
    of_one = title is not None and bool({"headline_is_title", "facts_film", "title_year"} & said)
    return "roundup_headline" in said or ("seen_films" in said and not of_one)


def _ran(reading: Reading, parts: list[Part], signs: set[str]) -> list[Part]:
    """The paragraphs of running text that are reviews: of a film each, most of them judging and, where the headline
    does not say so, telling that it was seen.
    """
    long = [part for part in parts if part.size >= MIN_TEXT and not part.away]
    told = [part for part in long if is_of_one_film(reading, part.head, part.lines)]
    judged = [part for part in told if part.telling]
    seen = told if "roundup_headline" in signs else [part for part in told if tells_of_seeing(reading, part.lines)]
    most = min(len(judged), len(seen)) >= max(2, 0.6 * len(told))
    return judged if most and len(told) >= 0.3 * len(parts) else []


def _noted(parts: list[Part], signs: Collection[str], title: str | None) -> list[Part]:
    """The notes without headings that are reviews: of a film each, most of them rated, or all marked as films'."""
    named = [part for part in parts if part.title]
    told = [part for part in named if part.size >= MIN_NOTE and not part.away]
    if len({key(part.title or "") for part in named}) < len(named) or len(told) < 2 or len(told) < 0.6 * len(parts):
        return []
    if _of_one_film(told, title, signs) or _quotes(told) or _of_people(told, signs):
        return []
    rated = [part for part in told if part.rated]
    diary = _DIARY & set(signs) and _FILM_WORDS & set(signs) and len(rated) == len(told) >= 3
    filmed = diary or bool(_SURELY_FILMS & set(signs)) or all(part.marked for part in rated)
    if filmed and len(rated) >= 2 and len(rated) >= 0.6 * len(told):
        return [part for part in told if part.rated or (part.size >= MIN_TEXT and part.judged)]
    if not rated and title is None and _one_liners(told, parts, set(signs)):
        return told
    unrated = [part for part in told if part.size >= MIN_TEXT]
    return unrated if len(told) >= 0.8 * len(parts) and _told_by_words(unrated, parts, signs) else []


def _one_liners(told: list[Part], parts: list[Part], said: set[str]) -> bool:
    """Whether notes of a line each are reviews: many, most with a word of judgement, few headed by people, on a page
    whose headline says that it is of films and names none.
    """
    films = bool({"film_words", "film_words_many"} & said) and _HEADED_BY_FILMS in said and not _HEADED & said
    if len(told) < max(MANY, 0.9 * len(parts)) or not films:
        return False
    people = sum(is_somebody(part.title or "") for part in told)
    judged = sum(part.telling > 0 for part in told)
    return "judging" in said and people < 0.3 * len(told) and judged >= 0.5 * len(told)


def _reviews(parts: list[Part], signs: Collection[str], title: str | None) -> list[Part]:
    """The sections that are reviews, if the page is a round-up."""
    named = [part for part in parts if part.title]
    told = [part for part in named if part.size >= MIN_RATED and not part.away]
    if len(told) < 2 or len(told) < 0.6 * len(named) or _of_one_film(told, title, signs) or _quotes(told):
        return []
    rated = [part for part in told if part.rated]
    groups = {part.group for part in rated}
    judged = [
        part
        for part in told
        if part.rated
        or (part.size >= MIN_TEXT and (part.judged or (rated and part.marked)) and (not rated or part.group in groups))
    ]
    filmed = bool(_SURELY_FILMS & set(signs)) or all(part.marked for part in rated)
    enough = filmed and len(rated) >= 2 and len(rated) >= 0.6 * len(told)
    says = bool(_SAY_REVIEW & set(signs)) or all(part.marked for part in judged)
    some = bool(rated) and says and len(judged) >= 2
    if enough or some:
        return judged
    unrated = [part for part in told if part.size >= MIN_TEXT]
    return unrated if not rated and _told_by_words(unrated, parts, signs) else []


def _told_by_words(told: list[Part], parts: list[Part], signs: Collection[str]) -> bool:
    """Whether sections without any rating are reviews: most judge, and the page says that they are, or each is headed
    by a film.
    """
    said = set(signs)
    if "headline_is_title" in said:
        return False  # the page is about that film, and names others in its lines
    if _of_people(told, said):
        return False
    if _seen_and_told(told, parts, said):
        return True
    judged = sum(part.judged for part in told)
    if judged < 2 or judged < 0.6 * len(parts):
        return False
    named = sum(_names_itself(part) for part in told) >= 0.5 * len(told)
    if _SAY_FILM_REVIEW & said:
        return "headline_section" in said or named
    filed = judged == len(told) and all(part.filed for part in told)
    if (judged < 3 and not filed) or not (_SURELY_FILMS | {"roundup_headline"}) & said:
        return False
    of_several = "roundup_headline" in said or ("seen_films" in said and named)
    return (of_several and _shown(told, said)) or all(part.marked for part in told)


def _seen_and_told(told: list[Part], parts: list[Part], said: set[str]) -> bool:
    """Whether a page that says it is of several films seen, and judges, has a word of judgement on most of them, whose
    names are shown to be films'.
    """
    if not _SEVERAL & said or "judging" not in said or len(told) < max(3, 0.8 * len(parts)):
        return False
    telling = [part.telling for part in told if part.telling]
    enough = len(telling) >= 0.5 * len(parts) and sum(telling) >= len(parts)
    return enough and _shown(told, said)


def _shown(told: list[Part], said: set[str]) -> bool:
    """Whether the names of sections are films': most are marked or spoken of as such, or the headline says so."""
    if _HEADED_BY_FILMS in said:
        return True
    shown = (part.marked or part.headed or told_as_film(part.title or "", part.lines, part.language) for part in told)
    return sum(shown) > 0.5 * len(told)


_SEVERAL = frozenset(("roundup_headline", "seen_films"))


def _of_people(told: list[Part], signs: Collection[str]) -> bool:
    """Whether most sections are headed by people: told by the text, or by their names where nothing says that the page
    holds reviews, or marks them as films'.
    """
    said, some = bool(_SAY_REVIEW & set(signs)), "roundup_headline" in signs
    named = [(part.title or "", part.lines, said or (some and (part.marked or part.rated))) for part in told]
    people = sum((not film and is_somebody(name)) or is_person(name, _text(lines)) for name, lines, film in named)
    return people > 0.5 * len(told)


_HEADED = frozenset(("headline_is_title", "headline_contains", "headline_only", "title_year"))
_ONE_FILM = frozenset(("headline_is_title", "facts_film"))
"""What only a page about one film has: its name as headline, and its facts."""


def _of_one_film(parts: list[Part], title: str | None, signs: Collection[str]) -> bool:
    """Whether the page is about one film and its sections about parts of that, or most sections speak of the film."""
    if title is None or any(part.title and key(title) in key(part.title) for part in parts):
        return False
    if sum(part.rated for part in parts) >= 0.6 * len(parts) and not _HEADED & set(signs):
        return False  # a name that only the text says, as that of the cinema
    if set(signs) >= _ONE_FILM:
        return True
    return sum(any(mentions(title, _text(part.lines))) for part in parts) > 0.5 * len(parts)


def _quotes(parts: list[Part]) -> bool:
    """Whether the sections are what others wrote: headed by their names, in quotation marks."""
    first = [next((line.text for line in part.lines if weight(line.text) >= 40), "") for part in parts]
    return sum(text.startswith(_OPENING_QUOTES) for text in first) > 0.5 * len(parts)


def _names_itself(part: Part) -> bool:
    """Whether a section without rating is about the film its heading names."""
    return part.marked or any(mentions(part.title or "", _text(part.lines)))


def _parts(reading: Reading, heads: list[Block], least: int, *, mixed: bool = False) -> list[Part]:
    """Each heading with what it stands over; running text has `least` letters a line.

    What stands under a heading of series, books or games is left out; on a `mixed` page all that stands under no
    heading of films.
    """
    parts = []
    group = 0
    spans = spans_of(reading, heads)
    if numbered([(head, lines) for head, lines, _ in spans]):
        return []
    marks = column([(head, lines) for head, lines, _ in spans], reading.hint_for("rating"))
    elsewhere = of_others(reading, heads, mixed=mixed)
    for head, lines, apart in spans:
        group += apart
        if head.index in elsewhere:
            continue
        told = [line for line in lines if weight(line.text) >= least and line.link_share() < 0.5]
        rated = head.index in marks or _rated(reading, head, lines)
        title = film_title(reading, head, rated=rated)
        if title is None and not told:
            group += 1  # a heading of headings: "Still to see"
        filed = is_filed(reading, head.text)
        words = set(kind_words("judging", reading.language).findall(fold(_text(told))))
        # a pronoun alone judges nothing
        telling = len([word for word in words if weight(word) > 3])
        parts.append(
            Part(
                head,
                title.title if title else None,
                lines,
                group,
                sum(weight(line.text) for line in told),
                rated,
                marks_title(reading, head) or filed,
                filed,
                telling >= 2 or telling < len(words) >= 3,
                telling,
                leads_away(reading, head) or any(leads_away(reading, line) for line in told[-1:]),
                marks.get(head.index),
                reading.language,
                is_headed(head),
            )
        )
    return parts


def _text(lines: list[Block]) -> str:
    return "\n".join(line.text for line in lines)


def _rated(reading: Reading, head: Block, lines: list[Block]) -> bool:
    # a rating stands on a short line, or ends or begins a paragraph
    texts = [head.text, *(part for line in lines for part in _ends(line.text))]
    return any(find_ratings(text, reading.hint) for text in texts)


def _ends(text: str) -> tuple[str, ...]:
    return (text,) if weight(text) < 90 else (text[:40], text[-40:])


def _is_rating(block: Block, head: Block) -> bool:
    """Whether a line is the rating right behind its heading, which is no part of the text."""
    return block.index == head.index + 1 and len(block.text) < MIN_NOTE and parse_rating(block.text) is not None


def _section(reading: Reading, section: Part) -> Reading:
    """A reading that sees only one section of the page."""
    whole, head, span = reading.regions, section.head, section.lines
    lines = sorted((head, *span), key=lambda block: block.index)
    kinds = [Region.CHROME] * len(whole.of)
    for block in lines:
        if whole.of[block.index] is Region.CAPTION:
            kinds[block.index] = Region.CAPTION
        else:
            kinds[block.index] = Region.HEAD if block.index <= head.index or _is_rating(block, head) else Region.BODY
    running = [block.index for block in span if weight(block.text) >= 60] or [head.index + 1]
    part = replace(reading, section=tuple(lines), page=reading, mark=section.mark)
    part.__dict__["regions"] = Regions(kinds, whole.main, head, running[0], running[-1], whole.site_names)
    part.__dict__["data"] = StructuredData()
    part.__dict__["language"] = reading.language
    return part
