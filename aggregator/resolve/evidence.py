"""What two reviews say about their films, side by side and in words; words of levels are in data/levels.toml."""

import tomllib
from collections.abc import Iterable, Mapping
from functools import cache
from importlib.resources import files
from typing import Any

from aggregator.resolve.cluster import BY_TITLE, Resolution
from aggregator.resolve.compare import Comparison, compare
from aggregator.resolve.facts import facts_of
from aggregator.resolve.shelf import order

Review = Mapping[str, Any]


@cache
def _words() -> dict[str, dict[str, str]]:
    text = files("aggregator.resolve").joinpath("data/levels.toml").read_text(encoding="utf-8")
    return tomllib.loads(text)


def in_words(levels: Iterable[str]) -> list[dict[str, str]]:
    """Each level with its meaning and the side it is on: {"level", "side": for or against, "says"}."""
    sides = {level: side for side, words in _words().items() for level in words}
    return [{"level": level, "side": sides[level], "says": _words()[sides[level]][level]} for level in levels]


def side_by_side(left: Review, right: Review) -> list[tuple[str, str, str]]:
    """(what, left, right) for everything that bears on the film and that at least one of two reviews states."""
    mine, theirs = _stated(left), _stated(right)
    return [(what, mine[what], theirs[what]) for what in mine if mine[what] or theirs[what]]


def _stated(review: Review) -> dict[str, str]:
    film = review.get("film") or {}
    people = review.get("credits") or []
    by_role = {
        role: ", ".join(one["name"] for one in people if one["role"] == role) for role in ("director", "cast", "writer")
    }
    minutes = review.get("runtime_minutes")
    return {
        "review": str(review.get("id") or ""),
        "address": review.get("url") or "",
        "title": film.get("title") or "",
        "original title": film.get("original_title") or "",
        "other titles": "; ".join(film.get("alternative_titles") or []),
        "year": str(film.get("year") or ""),
        "director": by_role["director"],
        "cast": by_role["cast"],
        "writer": by_role["writer"],
        "length": f"{minutes} min" if minutes else "",
        "elsewhere": " ".join(film.get("same_as") or []),
        "published": review.get("published") or "",
        "critic": ", ".join(review.get("critics") or []),
        "outlet": review.get("outlet") or "",
        "headline": review.get("headline") or "",
        "begins": " ".join((review.get("body") or "").split())[:200],
    }


def with_mark(review: dict[str, Any], how: Resolution) -> dict[str, Any]:
    """A review put to its film by its title alone says so in its evidence, under `film`."""
    if how.how not in BY_TITLE:
        return review
    title = (review.get("film") or {}).get("title") or ""
    mark = {"rule": how.how, "locator": f"review {how.others[0]}", "raw": title, "tier": "resolved"}
    return {**review, "evidence": {**(review.get("evidence") or {}), "film": mark}}


def most_telling(left: Iterable[Review], right: Iterable[Review]) -> tuple[Review, Review, Comparison]:
    """The pair that decides between two films: one that parts them if there is any, else the strongest match."""
    theirs = [(review, facts_of(review)) for review in right]
    best: tuple[Review, Review, Comparison] | None = None
    for one in left:
        mine = facts_of(one)
        for other, said in theirs:
            found = compare(mine, said)
            if found.verdict == "distinct":
                return one, other, found
            if best is None or order(found) > order(best[2]):
                best = (one, other, found)
    if best is None:
        raise ValueError("a film without reviews cannot be compared")
    return best
