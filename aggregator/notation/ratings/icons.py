"""A row of icons counted by what their names say (full, half, empty); the words stand in `data/ratings.toml`."""

import re
from collections.abc import Sequence
from functools import cache

from aggregator.model.review import Rating, Unit
from aggregator.notation.ratings.names import base_name, tokens_of
from aggregator.notation.ratings.rows import LONGEST
from aggregator.notation.ratings.tables import data

_GLUED = re.compile(r"^(?:stars?|hearts?)|(?:stars?|hearts?)$")


def count_icons(states: Sequence[str]) -> Rating | None:
    """The rating a row of icons shows, each given by its file name, class list or `use` reference.

    `best` is the number of icons where some are empty, else None: four full stars show no scale. An icon that
    names no state is full only beside others that do ("star star star star-o"). None for fewer than two icons,
    for a row out of order, for all empty ones (an unrated widget as likely as a zero) and for unknown shares.
    """
    if not 2 <= len(states) <= LONGEST:
        return None
    kinds = [_kind(state) for state in states]
    stated = {kind for kind in kinds if kind}
    if not stated or "?" in stated:
        return None
    row = "".join(kind or "f" for kind in kinds)
    if ("" in kinds and "f" in stated) or not re.fullmatch("f*h?e*", row) or row.strip("e") == "":
        return None
    value = row.count("f") + 0.5 * row.count("h")
    hearts = any(set(tokens_of(base_name(s))) & set(data()["icons"]["hearts"]) for s in states)
    best = float(len(row)) if "e" in row else None
    return Rating(raw=" ".join(states), value=value, best=best, unit=Unit.OTHER if hearts else Unit.STARS)


def light_of(names: str) -> str:
    """What an element's classes say of the sign in it: "f" (lit), "h" (half), "e" (dark); "" for nothing sure.

    A class speaks as a whole or of a star: "full-width" and "on-the-left" say nothing.
    """
    told = [one for one in names.lower().split() if _of_a_star().issuperset(tokens_of(one))]
    kind = _kind(" ".join(told)) if told else ""
    return "" if kind == "?" else kind


@cache
def _of_a_star() -> frozenset[str]:
    """The words that a class which speaks of a star's light is made of."""
    words = data()["icons"]
    return frozenset((*words["full"], *words["half"], *words["empty"], *words["beside"]))


def _kind(state: str) -> str:
    """f, h or e; "" when the name says no state, "?" when it says two or another share."""
    words = data()["icons"]
    tokens = {token for part in state.split() for token in tokens_of(base_name(part))}
    # "halfstar", "starempty": the state glued to what it is of
    tokens |= {_GLUED.sub("", token) for token in tokens if _GLUED.search(token)}
    if tokens & set(words["shares"]):
        return "?"
    if tokens & set(words["half"]):
        return "h"
    said = [kind for kind in ("full", "empty") if tokens & set(words[kind])]
    return "?" if len(said) > 1 else said[0][0] if said else ""
