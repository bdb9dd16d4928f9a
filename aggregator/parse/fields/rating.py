"""The critic's own rating, told apart from readers', other films' and sub-scores; sources of it in rating_marks.py."""

import re
from collections.abc import Iterator
from dataclasses import replace
from functools import cache
from typing import Any

from aggregator.model import AudienceRating, OtherRating, Rating, RatingStatus, Unit
from aggregator.notation.cues import cues_of
from aggregator.notation.languages import fold, pattern
from aggregator.notation.languages import words as words_of
from aggregator.notation.ratings import find_ratings, parse_rating
from aggregator.parse.blocks import Block
from aggregator.parse.candidate import Candidate, Place
from aggregator.parse.facts import LabelledFact
from aggregator.parse.fields.rating_closing import at_ends, described
from aggregator.parse.fields.rating_marks import read_marks
from aggregator.parse.fields.rating_others import audience_cues, audience_words, is_foreign, of_readers
from aggregator.parse.fields.rating_scale import with_scale
from aggregator.parse.fields.title_words import key
from aggregator.parse.reading import Reading, place
from aggregator.parse.regions import Region, weight

MOST = 3000
"""Lines of one page that are read for a rating; what has more is a table."""
MAX_LINE = 90
"""A rating that stands for itself is on a line no longer than this."""
_COUNT = re.compile(
    r"(\d[\d.,]*)\s*(?:[^\W\d]+\s+){0,2}?(?:votes?|ratings?|reviews?|stimmen|votos?|voti|avis|oceny|głosów|röster|оценок|голосов|件|人)\b|\((\d[\d.,]*)"
)


def rating_key(rating: Rating) -> object:
    """Ratings that say the same: equal values (scales not in conflict are told by value), or equal signs."""
    return rating.value if rating.value is not None else fold(rating.raw)


def read(reading: Reading, facts: list[LabelledFact]) -> list[Candidate]:
    """Candidates of `rating`; value a Rating without score."""
    found = [*_structured(reading), *_labelled(reading, facts), *read_marks(reading)]
    found += [*_headline(reading), *_lines(reading)]
    if not found:
        found = list(_placed(reading)) or list(_prose(reading)) or list(_described(reading))
    return [replace(candidate, value=with_scale(reading, candidate.value)) for candidate in found]


def _placed(reading: Reading) -> Iterator[Candidate]:
    """The mark that stands where all sections of a round-up have theirs."""
    if reading.mark is not None:
        block, start, end, rating = reading.mark
        yield Candidate("rating", rating, "section.mark", place(block, start, end), block.text)


def _structured(reading: Reading) -> Iterator[Candidate]:
    for review in reading.data.reviews:
        fact = review.rating_value or (review.rating.alternate if review.rating else None)
        if fact is None:
            continue
        best = _number(review.rating_best.value) if review.rating_best else None
        worst = _number(review.rating_worst.value) if review.rating_worst else None
        value = _number(fact.value)
        if value == 0:
            continue  # plug-ins print 0 for "nobody has rated yet"; a zero that the page shows is read there
        if value is not None:
            if "%" in fact.value:
                best = best or 100
            unit = Unit.PERCENT if best == 100 and "%" in fact.value else Unit.POINTS
            inside = best is None or (min(0.0, worst or 0.0) <= value <= best)
            if not inside:
                reading.problem(
                    "conflict", f"the stated rating {fact.value} lies outside its scale to {best:g}", "rating"
                )
            rating = Rating(raw=fact.value, value=value if inside else None, best=best, worst=worst, unit=unit)
        else:
            parsed = parse_rating(fact.value, reading.hint_for("rating"))
            if parsed is None:
                continue
            rating = parsed.model_copy(update={"best": parsed.best or best, "worst": parsed.worst or worst})
        yield Candidate("rating", rating, "structured.review", fact.place, fact.value)


def _number(text: str) -> float | None:
    found = re.fullmatch(r"\s*(-?\d{1,3}(?:[.,]\d{1,3})?|\.\d{1,3})\s*%?\s*", text)
    return float(found[1].replace(",", ".")) if found else None


def _labelled(reading: Reading, facts: list[LabelledFact]) -> Iterator[Candidate]:
    for fact in facts:
        if fact.key != "rating" or is_foreign(fact.label) or is_foreign(fact.value) or "audience" in fact.block.hints:
            continue
        if _COUNT.search(fact.value):
            continue
        # some labels state the scale: a die has six sides, of school marks one is the best, "Voto: 7/8" lies between
        telling = any(fold(fact.label) in words_of("ratings", key) for key in ("dice", "school", "between"))
        text = f"{fact.label}: {fact.value}" if telling else fact.value
        rating = parse_rating(text, reading.hint_for("rating"))
        if rating is not None:
            yield Candidate("rating", rating, "facts.rating", place(fact.block, fact.start, fact.end), fact.value)


_QUOTES_SOMEBODY = re.compile(r"^\s*[‘“\"'«„].{5,200}[’”\"'»“]\s*[—–-]\s*\w")
"""A line such as "'A marvel' — A. Critic, The Paper. ★★★★★"."""


def own(reading: Reading, block: Block) -> bool:
    """Whether a line can hold the critic's own rating."""
    if reading.region(block) in (Region.COMMENT, Region.RELATED, Region.CAPTION):
        return False
    hints = block.hints
    if hints & {"audience", "related", "nav", "footer", "share", "form", "login", "header", "advert"}:
        return False
    return not (hints & {"sidebar"} and reading.region(block) is not Region.HEAD and "rating" not in hints)


def _headline(reading: Reading) -> Iterator[Candidate]:
    block = reading.regions.headline
    texts = [(block.text, place(block))] if block else []
    for text, where in texts:
        found = [r for _, _, r in find_ratings(text, reading.hint) if r.unit is not Unit.WORD]
        if not found and (end := _ENDS_IN_RATIO.search(text) or _ENDS_IN_STARS.search(text)):
            rating = parse_rating(end[1], reading.hint_for("rating"))
            found = [rating] if rating else []
        if len(found) == 1:
            yield Candidate("rating", found[0], "headline", where, text)


_ENDS_IN_RATIO = re.compile(
    r"(?<!part)(?<!teil)(?<!parte)(?<!partie)\s*[-–—|:(\[]\s*(\d{1,2}(?:[.,]5)?\s*/\s*(?:4|5|10))\s*[)\]]?$",
    re.IGNORECASE,
)
"""A headline that ends "Heat - 4/5"; "Part (4/5)" counts posts."""
_ENDS_IN_STARS = re.compile(r"\w\W*\s(\*{2,5}(?:\s?(?:1/2|½))?)$")


def _lines(reading: Reading) -> Iterator[Candidate]:
    """Lines that are a rating and nothing else, perhaps with a label or the film's title before it."""
    previous = ""
    tried = 0
    for block in reading.main:
        text, before = block.text, previous
        previous = text
        if (
            not text
            or len(text) > MAX_LINE
            or block.weight > MAX_LINE
            or not _may_rate(block)
            or not own(reading, block)
        ):
            continue
        tried += 1
        if tried > MOST:
            reading.problem("cut", f"only the first {MOST} lines that may be a rating are read", "rating")
            return
        rating = _whole_line(reading, block, text)
        # the cell or line before may say whose rating it is
        if rating is None or is_foreign(text) or (weight(before) < 40 and is_foreign(before)):
            continue
        rule = "line.verdict" if _rating_label().search(block.folded) else "line"
        yield Candidate("rating", rating, rule, place(block, 0, len(text)), text)


_DIGIT = re.compile(r"\d")
_SIGNS = re.compile("[\\d½¼¾*\u2600-\u27bf\u2b50\u3040-\ud7a3\U0001f300-\U0001faff]")


@cache
def _rating_words() -> frozenset[str]:
    keys = [("ratings", key) for key in ("stars", "points", "thumbs_up", "thumbs_down", "words")]
    phrases = (phrase for section, key in (*keys, ("labels", "rating")) for phrase in words_of(section, key))
    return cues_of(phrases) | frozenset("abcdf")


def _may_rate(block: Block) -> bool:
    """Whether a line can be a rating at all: it holds a digit, a sign, a grade or a word of ratings."""
    if _SIGNS.search(block.text):
        return True
    return not _rating_words().isdisjoint(block.words)


@cache
def _rating_label() -> re.Pattern[str]:
    return re.compile(rf"^\W*(?:{pattern('labels', 'rating')}|{pattern('words', 'verdict')})\b")


_TITLED = re.compile(
    r"(.{1,60}?)\s*[:–—|-]\s*(\d{1,2}(?:[.,]\d)?\s*(?:/|\b[a-z ]{2,8}\b)\s*\d{1,3}|[A-DF][+-]?"
    r"|(?P<unit>\d(?:[.,]\d|½)?\s[^\W\d_]{4,12}))[.!]?"
)
_UNITS = re.compile(r"\d{1,2}(?:[.,½]\d?)?\s*(?:/|\b[a-z ]{2,8}\b)\s*(?:4|5|10)(?P<unit>(?:\s[^\W\d_]+){1,3})[.!]?")
_UNIT = 3
"""Letters of a word for things; a shorter one ("chance of rain") makes a phrase of another kind."""


@cache
def _counted() -> frozenset[str]:
    """Words for things that pages count and nobody rates by: photos, pages, episodes."""
    return words_of("ratings", "counted")


def _behind_title(reading: Reading, text: str) -> Rating | None:
    """The mark behind the film's title: "Night Train: 8/10"."""
    headline = reading.regions.headline
    found = _TITLED.fullmatch(text)
    if found is None or headline is None or not key(found[1]) or key(found[1]) not in key(headline.text):
        return None
    return parse_rating(found[2], reading.hint if found["unit"] else reading.hint_for("rating"))


def _house_units(reading: Reading, block: Block, text: str) -> Rating | None:
    """A last line such as "3/5 popcorn buckets": things a site counts instead of stars, not "1 of 4 photos"."""
    found = _UNITS.fullmatch(text)
    if block.index not in reading.closing or found is None:
        return None
    unit = fold(found["unit"]).split()
    if not _counted().isdisjoint(unit) or any(len(word) < _UNIT for word in unit):
        return None
    return parse_rating(text, reading.hint_for("rating"))


@cache
def _directed_by() -> re.Pattern[str]:
    return re.compile(rf"{pattern('labels', 'director')}\W")


_FACTS_BEFORE = re.compile(r"\b(?:18[89]|19\d|20\d)\d\b|\b(?:dir|d|r|min)[.:]", re.IGNORECASE)
"""Year and director, behind which the mark ends a line of facts under the headline."""


_AFTER_LABEL = re.compile(r"^[-–—]?(?:[\s:：=.,]|[-–—](?!\d))*")
"""What stands between a label and its value; "-1" is below nothing."""


def _whole_line(reading: Reading, block: Block, text: str) -> Rating | None:
    found = [item for item in find_ratings(text, reading.hint) if item[2].unit is not Unit.WORD]
    if len(found) != 1:
        labelled = _rating_label().match(fold(text))
        if labelled and not found:
            rest = _AFTER_LABEL.sub("", text[labelled.end() :], count=1)
            return parse_rating(rest, reading.hint_for("rating")) if rest and len(rest) < 40 else None
        return None if found else _behind_title(reading, text) or _house_units(reading, block, text)
    start, end, rating = found[0]
    rest = (text[:start] + " " + text[end:]).strip(" .,:;!-–—()[]*|")
    if text[:start].rstrip().endswith("-") or not _fits_line(reading, block, rest, rating) or of_readers(block):
        return None
    return rating


def _fits_line(reading: Reading, block: Block, rest: str, rating: Rating) -> bool:
    """Whether what stands beside a rating on its line is a label, the film's title or next to nothing."""
    if _rating_label().match(fold(rest)):
        return weight(rest) <= 45
    if rating.unit is Unit.LETTER:
        return not rest
    stated = _FACTS_BEFORE.search(rest) or _directed_by().match(fold(rest))
    if reading.region(block) is Region.HEAD and stated and rating.raw[-1] != "%":
        return weight(rest) <= 60
    headings = fold(f"{reading.doc.title} {reading.regions.headline.text if reading.regions.headline else ''}")
    return weight(rest) <= 12 or (weight(rest) <= 45 and fold(rest) in headings)


def _prose(reading: Reading) -> Iterator[Candidate]:
    """A rating said in a sentence of the first or the last two paragraphs."""
    prose = [block for block in reading.running if block.text]
    for block in {id(b): b for b in (*prose[:1], *prose[-4:])}.values():
        if not own(reading, block) or (weight(block.text) < _ALONE and _of_others(reading, block)):
            continue
        found = find_ratings(block.text, reading.hint)
        if not found:
            found = list(at_ends(reading, block))
        if not found or is_foreign(block.text) or _QUOTES_SOMEBODY.match(block.text):
            continue
        for start, end, rating in found:
            if rating.unit is not Unit.WORD and not _OTHER_FILM.search(block.text[max(0, start - 60) : start]):
                yield Candidate(
                    "rating", rating, "prose", place(block, start, end), block.text[max(0, start - 40) : end + 20]
                )


_ALONE = 40
"""Letters of a line below which the line before it may say whose rating it is."""


def _of_others(reading: Reading, block: Block) -> bool:
    before = reading.doc.blocks[block.index - 1].text if block.index else ""
    return weight(before) < _ALONE and is_foreign(before)


def _described(reading: Reading) -> Iterator[Candidate]:
    """The mark that only the page's description shows, as where a script draws it."""
    meta = reading.doc.meta("description", "og:description") if not reading.section else None
    if meta is not None and not is_foreign(meta[0]) and (said := described(reading, meta[0])):
        start, end, rating = said
        yield Candidate("rating", rating, "description", Place(meta[1]), meta[0][max(0, start - 40) : end + 20])


_OTHER_FILM = re.compile(
    r"\b(?:(?:his|her|their|its) (?:last|previous|first|earlier|other)|predecessor|prequel"
    r"|previous (?:film|movie|part|entry)"
    r"|first (?:film|part|one|movie)|the original|vorgänger|voriger|erste[rn]? teil|précédent|anterior"
    r"|precedente)\b[^.!?]*$",
    re.IGNORECASE,
)
"""Another film is spoken of, whose mark is not this one's."""


@cache
def _refused(language: str | None) -> re.Pattern[str]:
    return re.compile(pattern("ratings", "refused", {language or "en", "en"}))


def status(reading: Reading, winner: Candidate | None, found: list[Candidate]) -> RatingStatus:
    """One of four: rated, unrated, refused, unreadable."""
    if winner is not None:
        given = winner.value
        counted = given.unit in (Unit.STARS, Unit.POINTS, Unit.PERCENT)
        return RatingStatus.UNREADABLE if given.value is None and counted else RatingStatus.RATED
    if found:
        return RatingStatus.UNREADABLE
    refused = _refused(reading.language)
    lines = [b for b in reading.main if weight(b.text) < 300]
    return RatingStatus.REFUSED if any(refused.search(fold(b.text)) for b in lines[-6:]) else RatingStatus.UNRATED


def audience(reading: Reading, facts: list[LabelledFact], title: str | None) -> tuple[AudienceRating, Place] | None:
    """What readers gave: from structured data, a labelled value, or a line about votes."""
    for aggregate in reading.data.aggregates:
        if aggregate.item_name and title and key(aggregate.item_name.value) != key(title):
            continue
        value = _number(aggregate.value.value) if aggregate.value else None
        best = _number(aggregate.best.value) if aggregate.best else None
        count = _count(aggregate.count.value) if aggregate.count else None
        source = aggregate.value or aggregate.count
        if source is not None and (value or count):
            rating = AudienceRating(raw=source.value, value=value, best=best, count=count)
            return rating, source.place
    for fact in facts:
        if fact.key == "audience_rating" and (found := _audience_of(reading, fact.value)):
            return found, place(fact.block, fact.start, fact.end)
    for block in reading.lines:
        if len(block.text) > 120 or audience_cues().isdisjoint(block.words) or not _DIGIT.search(block.text):
            continue
        if (
            reading.region(block) not in (Region.COMMENT, Region.RELATED)
            and audience_words().search(block.folded)
            and (found := _audience_of(reading, block.text))
        ):
            return found, place(block)
    return None


def _audience_of(reading: Reading, text: str) -> AudienceRating | None:
    counted = _COUNT.search(text)
    count = _count(counted[1] or counted[2]) if counted else None
    rest = text.replace(counted[0], " ") if counted else text
    ratings = find_ratings(rest, reading.hint)
    value = ratings[0][2] if len(ratings) == 1 else _bare(reading, rest)
    if value is None and not count:
        return None
    return AudienceRating(
        raw=text, value=value.value if value else None, best=value.best if value else None, count=count
    )


def _bare(reading: Reading, text: str) -> Rating | None:
    found = re.search(r"(?<![\d/])(\d{1,2}[.,]\d)(?![\d/])", text)
    return parse_rating(found[1], reading.hint_for("rating")) if found else None


def _count(text: str) -> int | None:
    digits = re.sub(r"[.,\s]", "", text)
    return int(digits) if digits.isdigit() and len(digits) < 10 else None


def others(reading: Reading) -> list[tuple[dict[str, Any], Place]]:
    """Second axes and sub-scores: short lines "Story 8/10" beside the rating, by a label that is no rating label."""
    found = []
    for block in reading.lines:
        if not own(reading, block) or not 3 < weight(block.text) < 40 or "rating" not in block.hints:
            continue
        match = re.fullmatch(r"([^\W\d_][\w &'-]{1,24}?)\s*[:：]?\s*(\S{1,12}(?:\s*/\s*\d+)?)", block.text)
        rating = parse_rating(match[2], reading.hint_for("rating")) if match else None
        if (
            match
            and rating
            and rating.value is not None
            and not _rating_label().match(fold(match[1]))
            and not is_foreign(block.text)
        ):
            entry = OtherRating(name=match[1], raw=match[2], value=rating.value, best=rating.best)
            found.append((entry.model_dump(), place(block)))
    return found
