"""Is this page a film review? Points for and against (data/pagetype.toml); doubt is a no."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache
from typing import Any

from aggregator.model import PageType
from aggregator.notation.languages import alternation, words
from aggregator.parse import page_signs as signs
from aggregator.parse import text_signs
from aggregator.parse.facts import LabelledFact
from aggregator.parse.fields.title_said import as_film
from aggregator.parse.fields.title_words import key, mentions
from aggregator.parse.reading import Reading
from aggregator.parse.regions import Region, is_prose, weight
from aggregator.parse.sign_words import Sign, points_table

FACT_KEYS = frozenset("director writer cast certificate cinematographer narrator".split())
"""Facts that films have; a running time or a release date has an album too."""
SHARED_KEYS = frozenset("runtime composer producer distributor release year".split())


_SAID_FILM = frozenset(
    "headline_film_review section_film_review sections_film_review structured_film_review facts_film".split()
)
_OTHER_WORDS = frozenset(
    """tv_words book_words album_words game_words theatre_words restaurant_words product_words event_words
    shop_words""".split()
)
_OF_FILM = _SAID_FILM | frozenset(
    "film_words film_words_many film_words_some film_words_weak this_film section_film facts_one links_film".split()
)
"""Without any of these a review is of something else."""
_ONE_FILM = _SAID_FILM | frozenset(
    """this_film names_people title_first title_early title_often title_year headline_is_title headline_review rating
    links_film""".split()
)
_OF_ONE = frozenset("headline_is_title structured_film_review rating facts_film".split())
"""What a page of entries has not; it may have the rest from its entries."""
_OF_ANYTHING = ("headline_review", "section_review", "structured_review", "rating", "judging", "names_people")
"""What a review of a film shares with one of a record."""
_HEADED = frozenset("headline_film_review headline_review structured_film_review".split())
_SAID_SO = frozenset(
    """headline_film_review headline_review section_film_review sections_film_review section_review
    structured_film_review structured_review rating""".split()
)


@dataclass(frozen=True, slots=True)
class Point:
    """One reason for or against, with the text it rests on."""

    name: str
    points: float
    raw: str


@dataclass(frozen=True, slots=True)
class Verdict:
    """What the page is, the points behind it and their sum."""

    page_type: PageType
    points: tuple[Point, ...]
    total: float


@dataclass(frozen=True, slots=True)
class Claims:
    """What the fields found: the film's title, whether a heading names it (as a title, or within a sentence) and
    whether it is known as a title by more than being a short headline, year, rating and a director.
    """

    title: str | None
    named: bool
    contained: bool
    confirmed: bool
    year: int | None
    rated: bool
    director: str | None
    actors: int = 0
    """Number of people whom the running text names with their parts."""
    bylines: int = 0
    """Number of people whom the page names as writing on it."""


def judge(reading: Reading, facts: list[LabelledFact], claims: Claims) -> Verdict:
    """The type of a page, with the points behind it."""
    table = points_table()
    found: dict[str, Point] = {}
    for name, raw in (
        *signs.read(reading, table["min_weight"], claims.title if claims.confirmed else None),
        *_of_facts(facts, claims),
        *_of_claims(reading, claims),
    ):
        points = table["for"].get(name) or -table["against"][name]
        found.setdefault(name, Point(name, points, raw))
    _weigh_together(found, table, signed=0 < claims.bylines < 5)
    total = sum(point.points for point in found.values())
    return Verdict(_type(reading, found, total), tuple(found.values()), total)


def _weigh_together(found: dict[str, Point], table: dict[str, Any], *, signed: bool) -> None:
    """Drop points that others explain away, and add what only all of them together tell."""
    _explain_away(found, table, signed=signed)
    if not _SAID_FILM & found.keys() and _OTHER_WORDS & found.keys():
        _drop(found, *_OF_ANYTHING)
    for said, explained in _EXPLAIN:
        if said & found.keys():
            _drop(found, *explained)
    if {"headline_review", "title_first"} <= found.keys():
        # "REVIEW" alone as a headline, above a text that opens with the film
        _drop(found, "headline_section")
    if "list_page" in found and not _HEADED & found.keys():
        # "My top 5 moments of X" is about X and no review of it, whatever it is filed under
        _drop(found, "headline_contains", "title_first", "title_often", "title_year", "sections_film_review")
    if {"film_page", "many_critics"} <= found.keys():
        # what a review has, a film's own page has as well
        _drop(found, "facts_film", "facts_one", "rating", "headline_is_title")
    if not _ONE_FILM & found.keys():
        found["no_one_film"] = Point("no_one_film", -table["against"]["no_one_film"], "")


def _explain_away(found: dict[str, Point], table: dict[str, Any], *, signed: bool) -> None:
    """Take two categories, "Film" and "Review", for one of film reviews, and a template's word for what it is."""
    if {"section_review", "section_film"} <= found.keys() and "section_film_review" not in found:
        raw = found["section_review"].raw
        found["sections_film_review"] = Point("sections_film_review", table["for"]["sections_film_review"], raw)
    if {"section_film_review", "sections_film_review"} & found.keys():
        _drop(found, "section_review", "section_film")
    not_one = {"short", "few_words", "no_text", "many_critics", "encyclopedia"}
    # some templates declare every page to be a film's; a film's own has its credits and no author
    of_review = {"judging", "watched", "rating"} & found.keys() and (signed or "facts_film" not in found)
    if of_review and not not_one & found.keys():
        _drop(found, "film_page")
    declared = found.get("structured_other")
    if declared and declared.raw.startswith("product") and (_HEADED | {"rating"} if signed else _HEADED) & found.keys():
        _drop(found, "structured_other")  # shops' themes declare every page to be of goods
    if "mostly_quoted" in found:
        _drop(found, "headline_review")  # another's
    if "few_words" in found and {"rating", "facts_film", "watched"} & found.keys():
        found["few_words"] = replace(found["few_words"], points=-table["against"]["short"])


_EXPLAIN: tuple[tuple[frozenset[str], tuple[str, ...]], ...] = (
    # what calls itself a review or carries a mark may well speak of box office, and need not praise or blame
    (_SAID_SO, ("news_words", "no_judgement", "no_opinion", "obituary")),
    (_HEADED | {"rating", "watched"}, ("appointment", "about_words")),
    # who plays whom is told without a word of opinion, too
    (frozenset(("no_opinion", "no_judgement", "no_title")), ("acted",)),
    (_HEADED | {"facts_film"}, ("several_marks",)),
    (_HEADED, ("headline_news", "headline_beside", "slug_other")),
    (
        _HEADED | {"headline_is_title", "headline_contains", "rating", "facts_film", "roundup_headline"},
        ("films_dated",),
    ),
    # a film may be about cooks or cameras
    (_SAID_FILM, ("restaurant_words", "product_words")),
    (_SAID_FILM | {"section_film", "watched"}, ("never_film", "film_unsaid")),
    (frozenset(("watched", "facts_film", "no_judgement", "headline_is_title")), ("no_opinion",)),
)
"""Any of the first explains the second away."""


def _drop(found: dict[str, Point], *names: str) -> None:
    for name in names:
        found.pop(name, None)


def _of_facts(facts: list[LabelledFact], claims: Claims) -> Iterator[Sign]:
    keys = {fact.key for fact in facts}
    if keys & FACT_KEYS:
        stated = sorted(keys & (FACT_KEYS | SHARED_KEYS))
        yield "facts_film" if len(stated) >= 2 else "facts_one", ", ".join(stated)
    elif claims.director:
        yield "facts_one", f"directed by {claims.director}"
    if claims.actors >= 2:
        yield "acted", f"{claims.actors} actors"


def _of_claims(reading: Reading, claims: Claims) -> Iterator[Sign]:
    """How much the page is about one film: rated, dated, named in a heading, in the first paragraph, often."""
    if claims.rated:
        yield "rating", ""
    if claims.year:
        yield "title_year", str(claims.year)
    if claims.bylines >= 5:
        yield "many_critics", f"bylines of {claims.bylines} people"
    if not claims.title:
        yield "no_title", ""
        return
    if claims.named:
        yield "headline_is_title" if claims.confirmed else "headline_only", claims.title
    elif claims.contained:
        yield "headline_contains", claims.title
    prose = [block.text for block in reading.running]
    yield from _listed(reading, claims.title, "\n".join(prose))
    if prose and any(mentions(claims.title, prose[0])):
        yield "title_first", prose[0][:80]
    elif early := next((line for line in _early(reading, prose) if any(mentions(claims.title, line))), None):
        yield "title_early", early[:80]
    text = "\n".join(prose)
    if len(list(mentions(claims.title, text))) >= 3:
        yield "title_often", claims.title
    yield from text_signs.watched(reading, claims.title, text)


def _early(reading: Reading, prose: list[str]) -> Iterator[str]:
    """Lines near the beginning in which a text names its film: its next paragraphs, the lines around its headline."""
    yield from prose[1:3]
    for block in (*reading.blocks(Region.CAPTION)[:2], *reading.blocks(Region.HEAD)):
        if block is not reading.regions.headline and block.tag != "time":
            yield block.text


def _listed(reading: Reading, title: str, text: str) -> Iterator[Sign]:
    """That the headline lists the film beside two others or more, of which the text speaks too, and of one of them as
    of a film: "Heat, Casino and a little Fargo".
    """
    headline = reading.regions.headline
    if headline is None or "," not in headline.text:
        return
    items = [item.strip() for item in _between(reading.language).split(headline.text)]
    others = [item for item in items if key(item) != key(title)]
    names = [name[0].rstrip(" .!") for item in others if (name := _NAME.search(item))]
    if not len(names) == len(others) == len(items) - 1 >= 2:
        return
    said = [list(mentions(name, text)) for name in names]
    if all(said) and any(as_film(text, spans, reading.language) for spans in said):
        yield "headline_lists", headline.text


_NAME = re.compile(r"[^\W_a-zà-ÿа-яё].*")


@cache
def _between(language: str | None) -> re.Pattern[str]:
    """What parts the items of a list in a sentence."""
    both = alternation(words("words", "and", {language or "en", "en"}))
    return re.compile(rf",\s*(?:{both}\s+)?|\s+(?:&|{both})\s+", re.IGNORECASE)


def _type(reading: Reading, found: dict[str, Point], total: float) -> PageType:
    body = sum(weight(block.text) for block in reading.main if is_prose(block))
    listing = "many_entries" in found or "archive_page" in found
    film_page = {"many_critics", "film_page", "encyclopedia"} & found.keys()
    if len(film_page) > 1 or (film_page and total < points_table()["review"] + (6 if "many_critics" in found else 3)):
        return PageType.FILM
    if {"facts_film", "no_judgement"} <= found.keys() and body < 400:
        return PageType.FILM
    entries = listing and (body < 400 or not _OF_ONE & found.keys())
    # scenes and a cast has a play as well, and who plays whom
    unsaid = {"never_film", "film_unsaid"} & found.keys()
    of_film = (_OF_FILM - {"film_words_weak"} if unsaid else _OF_FILM | {"acted"}) & found.keys()
    if total >= points_table()["review"] and of_film and not entries:
        return PageType.REVIEW
    if listing or "home_page" in found:
        return PageType.LISTING
    if "facts_film" in found and body < 400 and "headline_other" not in found:
        return PageType.FILM
    about = "headline_section" in found or "not_found" in {problem.code for problem in reading.problems}
    return PageType.ARTICLE if body >= 200 and not about else PageType.OTHER
