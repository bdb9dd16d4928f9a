"""Is one review a copy of another? One rule a kind of copy; thresholds are named and say how they were found."""

from datetime import date
from typing import Literal

from aggregator.dedupe.texts import Likeness, Texts
from aggregator.dedupe.traits import Traits
from aggregator.resolve.levels import may_be_one_person

Kind = Literal["variant", "moved", "syndicated"]

CONTAINED = 0.5
"""Share of the shorter text in the other from which two texts are one.

Measured on 124 pages of critics: texts of different outlets share at most 0.12; a copy with one word in ten
replaced keeps at least 0.65, one cut to two fifths with other text appended 0.67 (median).
"""

CONTAINED_OTHER_BYLINE = 0.8
"""The same under two different names at two outlets: a short post may consist half of a quotation."""

UNCHANGED = 0.8
"""Share of both texts together: dates far apart mean a new review, unless hardly a word differs."""

FAR_APART_DAYS = 180


def is_apart(a: Traits, b: Traits, texts: Texts) -> bool:
    """Whether two reviews can never be copies: other film, other critic at one outlet, two places of one page."""
    if not may_be_copies(a, b):
        return True
    return _other_titles(a, b) and texts.likeness(a.number, b.number).containment < CONTAINED_OTHER_BYLINE


def may_be_copies(a: Traits, b: Traits) -> bool:
    """Whether a look at their texts is worth while; where it is not two reviews are apart."""
    if _other_titles(a, b) and not _may_be_retitled(a, b):
        return False
    if a.film.year and b.film.year and abs(a.film.year - b.film.year) > 2:
        return False
    if a.page_url == b.page_url and a.status == b.status:
        return False
    return not (_one_outlet(a, b) and _other_critics(a, b))


def _other_titles(a: Traits, b: Traits) -> bool:
    return bool(a.film.titles and b.film.titles) and not a.film.titles & b.film.titles


def _other_critics(a: Traits, b: Traits) -> bool:
    """Whether both name their critics, and nobody in one byline can be one in the other ("A. Lee", "Ann Lee")."""
    if not a.critics or not b.critics or a.critics & b.critics:
        return False
    return not any(may_be_one_person(one, other) for one in a.critics for other in b.critics)


def _may_be_retitled(a: Traits, b: Traits) -> bool:
    """Whether a reprint elsewhere may only name the film otherwise (its headline was taken for the title).

    Never on one site: there the common text may be a notice to subscribe under two films of one director.
    """
    return a.site != b.site and bool(a.film.directors & b.film.directors)


def is_copy(a: Traits, b: Traits, texts: Texts) -> bool:
    """Whether two reviews that are not apart are one."""
    alike = texts.likeness(a.number, b.number)
    if a.page_key == b.page_key:
        return _same_page(a, b, alike, texts)
    return _same_text(a, b, alike)


def kind_of(copy: Traits, primary: Traits) -> Kind:
    """What a copy is to the review that stands for it."""
    if copy.site != primary.site:
        return "moved" if copy.outlet and copy.outlet == primary.outlet else "syndicated"
    return "variant" if copy.page_key == primary.page_key else "moved"


def _same_page(a: Traits, b: Traits, alike: Likeness, texts: Texts) -> bool:
    """Views of one page. Some sites name one canonical address for all pages: then the texts must agree."""
    if alike.containment >= CONTAINED:
        return True
    if a.url_key == b.url_key:
        return a.place == b.place
    comparable = bool(texts.shingles(a.number) and texts.shingles(b.number)) and alike.containment > 0
    return not comparable and bool(a.film.titles & b.film.titles)


def _same_text(a: Traits, b: Traits, alike: Likeness) -> bool:
    if alike.containment < CONTAINED:
        return _one_capsule(a, b)
    if _other_critics(a, b):
        return alike.containment >= CONTAINED_OTHER_BYLINE
    return alike.resemblance >= UNCHANGED or not _far_apart(a.published, b.published)


def _one_capsule(a: Traits, b: Traits) -> bool:
    """Whether two texts too short to be compared by their parts are the same words on one film by one critic."""
    same = a.sketch.capsule is not None and a.sketch.capsule == b.sketch.capsule
    return same and bool(a.critics & b.critics) and bool(a.film.titles & b.film.titles)


def _far_apart(a: str, b: str) -> bool:
    """Whether two stated dates lie more than half a year apart; undated or only a year: no."""
    try:
        days = abs((date.fromisoformat(a[:10]) - date.fromisoformat(b[:10])).days)
    except ValueError:
        return a[:4].isdigit() and b[:4].isdigit() and abs(int(a[:4]) - int(b[:4])) > 1
    return days > FAR_APART_DAYS


def _one_outlet(a: Traits, b: Traits) -> bool:
    if a.site == b.site:
        return True
    return bool(a.outlet) and a.outlet == b.outlet
