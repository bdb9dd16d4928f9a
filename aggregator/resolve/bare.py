"""How likely a review with a title and little more means a film of that title; what its title and date tell.

Measured on 10,469 film records, half of them stripped to title and date or to a title alone.
"""

from collections.abc import Sequence
from typing import Literal

from aggregator.resolve.compare import HINDRANCES, Comparison
from aggregator.resolve.shelf import Film, Group

Likelihood = Literal["no", "perhaps", "likely"]

RARE = 12
"""Letters from which a title is rarely shared by films of a few years; no title is too long to be used again later."""

NEW = range(2)
"""Years from a film to a review that is written while it is new: then every title means it."""

NEARLY_NEW = range(-1, 3)
"""The same where a year stated or a festival may shift it: then a rare title means a film of several reviews."""

ATTESTED, WELL_ATTESTED = 3, 5
"""Reviews of a film from which its title means it without a date: another film of that title would show.

The second number is for titles that are not rare.
"""

LONE_VOICE = 10
"""So many times more reviews must a film have than a single review that names another, to be the one meant."""

POPULAR = 20
"""Reviews of a film from which any title means it, long after too, unless another film of the title was new then."""

SURE = frozenset(
    "identity_equal year_equal director_equal director_similar cast_equal cast_partly runtime_equal".split()
)
"""Levels that tell one film of a title from another; without them a match rests on title and dates."""

Judged = list[tuple[Film, Comparison]]


def tells(found: Comparison) -> bool:
    """Whether a match holds beside other films of the same title too."""
    return found.verdict == "match" and not SURE.isdisjoint(found.reasons)


def dated_together(film: Film, found: Comparison) -> bool:
    """Whether a match rests on a late review of a film whose year others state: a new film of the title draws them."""
    if SURE.isdisjoint(found.reasons) and "reviewed_together" in found.reasons:
        return any(facts.year for piece in film.pieces for facts in piece.slim)
    return False


def popular_of(group: Group, likely: Judged, perhaps: Judged, others: Sequence[Film]) -> tuple[Film, Comparison] | None:
    """The film that is meant because nearly all reviews of its title are about it; null when there is none such.

    `others` are further films of the title, which cannot be meant.
    """
    if not perhaps or any(facts.shared for facts in group.values()):
        return None
    most = max(perhaps, key=lambda one: (len(one[0]), one[0].some))
    rivals = [film for film, _ in (*likely, *perhaps) if film is not most[0]]
    dated = any(facts.year for film, _ in likely for piece in film.pieces for facts in piece.slim)
    return most if len(most[0]) >= POPULAR and not dated and outnumbered(most[0], [*rivals, *others]) else None


def outnumbered(film: Film, others: Sequence[Film]) -> bool:
    """Whether each of the others has a single review, and the film many times as many as all of them."""
    return all(len(other) == 1 for other in others) and len(film) >= LONE_VOICE * len(others)


def how_likely(group: Group, film: Film, found: Comparison) -> Likelihood:
    """`likely`: nothing speaks against, and title or dates say that no other film of the title is meant."""
    if found.verdict == "distinct" or found.against or HINDRANCES & set(found.reasons):
        return "no"
    letters = max(len(key) for facts in group.values() for key in facts.titles)
    attested = len(film) >= (ATTESTED if letters >= RARE else WELL_ATTESTED)
    if "runtime_equal" in found.reasons or ("year_near" in found.reasons and (attested or letters >= RARE)):
        return "likely"
    shared = any(facts.shared for facts in group.values())
    since = None if "year_near" in found.reasons else _years_since(group, film)
    if since in NEW:
        return "likely"
    telling = attested and (since is None or (letters >= RARE and since in NEARLY_NEW))
    return "likely" if telling and not shared else "perhaps"


def _years_since(group: Group, film: Film) -> int | None:
    """Years from a film to the first of reviews; null when one has no date.

    Of the years said of the film the nearest counts; where none is said, that of its first review, as later ones are
    written of old films too. A year that reviews state stands for their date.
    """
    dates = [date for facts in group.values() if (date := facts.year or facts.known_by)]
    said = [facts for piece in film.pieces for facts in piece.slim]
    first = sorted(facts.known_by for facts in said if facts.known_by)[:1]
    years = [facts.year for facts in said if facts.year] or first
    if not dates or not years:
        return None
    return min((min(dates) - year for year in years), key=lambda apart: (abs(apart), -apart))
