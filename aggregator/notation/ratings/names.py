"""Ratings in image file names, CSS classes and bar widths; the words of such names stand in `data/ratings.toml`."""

import re
from collections.abc import Sequence
from functools import cache, lru_cache

from aggregator.model.review import Rating, Unit
from aggregator.notation.languages import alternation
from aggregator.notation.ratings.letters import letter_of
from aggregator.notation.ratings.tables import data
from aggregator.notation.ratings.words import words_for

_EXTENSION = re.compile(r"\.(?:gif|png|jpe?g|svg|webp|avif|bmp|ico)$", re.IGNORECASE)
_CAMEL = re.compile(r"(?<=[a-z])(?=[A-Z])")
_TOKEN = re.compile(r"[0-9]{1,2}\.[0-9]{1,2}(?![0-9])|[0-9]_[05](?![0-9_])|[0-9]+|[a-z]+|\+$")
_GRADE = re.compile(r"[a-df](?:\+|[-_](?:plus|minus))?$", re.IGNORECASE)
_WIDTH = re.compile(r"(?:^|[;{\s])width\s*:\s*(?P<share>[0-9]{1,3}(?:\.[0-9]{1,6})?)\s*%\s*(?=;|!|\}|$)", re.IGNORECASE)
LONGEST = 60
"""Characters; longer names are headlines, not ratings."""
_LONGEST_LIST = 500


def rating_from_name(name: str) -> Rating | None:
    """The rating an image file name or a CSS class states; None unless it can mean but one thing.

    Reads `stars35.gif` and `stars-35` (3.5), `rating-4_5`, `4stars`, `four-stars`, `rating-10`, `3-of-5-stars`,
    `grade-b-plus`. Not read: `star5` (the fifth sign of a row), `stars-40` (4 or 40 %), `rating-4-5` (4.5 or
    4 of 5), `stars-0` (zero or an empty widget). Of several classes in one text exactly one may speak.
    """
    found = _named(name[:_LONGEST_LIST])
    return found and found.model_copy()


@lru_cache(maxsize=4096)
def _named(names: str) -> Rating | None:
    found = [rating for part in names.split() if (rating := _one(part))]
    return found[0] if len(found) == 1 else None


def rating_from_width(style: str) -> Rating | None:
    """The share of a rating bar that is filled ("width:70%"): 70 percent with best 100, the bar's full width.

    None for other units, for no or several widths, and for 0, which is what an unrated bar shows as well.
    """
    found = list(_WIDTH.finditer(style[:_LONGEST_LIST]))
    share = float(found[0]["share"]) if len(found) == 1 else 0.0
    if not 0 < share <= 100:
        return None
    return Rating(raw=found[0][0].strip(" ;{"), value=share, best=100.0, unit=Unit.PERCENT)


def base_name(path: str) -> str:
    """The last part of a path, URL or `#reference`, with its extension."""
    return path.split("?", maxsplit=1)[0].rsplit("#", 1)[-1].rstrip("/").rsplit("/", 1)[-1].lstrip(".")


def tokens_of(name: str) -> list[str]:
    """The words and numbers of a name in lower case: "starRating4_5" is star, rating, 4_5."""
    return _TOKEN.findall(_CAMEL.sub("-", _EXTENSION.sub("", name)).lower())


@cache
def _glued() -> re.Pattern[str]:
    """Words of a rating's name run together: "threestars", "andahalf"."""
    names = data()["names"]
    known = {word for kind in ("stars", "star", "half", "joiners", "out_of") for word in names[kind]} | {"out"}
    return re.compile(alternation(known | set(words_for(None).numbers)))


def _unglued(token: str) -> list[str]:
    """The words of a token when it is nothing but such words, else the token itself."""
    parts = _glued().findall(token) if token.isalpha() else []
    return parts if len(parts) > 1 and "".join(parts) == token else [token]


def _one(part: str) -> Rating | None:
    raw = base_name(part)
    if not raw or len(raw) > LONGEST or not raw.isascii():
        return None
    names = data()["names"]
    tokens = [t for token in tokens_of(raw) if token not in names["neutral"] for t in _unglued(token)]
    if set(tokens) & set(names["grades"]):
        return _grade(raw)
    kinds = {kind for kind in ("stars", "star", "points") if set(tokens) & set(names[kind])}
    said = [t for t in tokens if not any(t in names[kind] for kind in kinds)]
    nth_sign = (
        kinds == {"star"} and tokens[0] in names["star"] and bool(said) and len(said[0]) == 1 and said[0].isdigit()
    )
    if not said or nth_sign or not (kinds or _is_ratio(said)):
        return None
    starry = bool(kinds - {"points"})
    value, best = _amount(said, starry)
    if value is None or (best is not None and not value <= best):
        return None
    return Rating(raw=raw, value=value, best=best, unit=Unit.STARS if starry else Unit.POINTS)


def _is_ratio(said: Sequence[str]) -> bool:
    """Whether a name without a noun is "4 out of 5" and nothing else."""
    between = said[1:-1] in (["out", "of"], ["outof"])
    return between and said[0].isdigit() and said[-1] in ("4", "5", "10")


def _amount(said: Sequence[str], starry: bool) -> tuple[float | None, float | None]:
    """Value and best of the words of a name that are no noun; (None, None) when they can mean two things."""
    names = data()["names"]
    value = _number(said[0], starry)
    rest = [t for t in said[1:] if t not in names["joiners"]]
    if value is None or not rest:
        return (value if len(said) == 1 else None), None
    if len(rest) == 1 and rest[0] in names["half"] and value == int(value):
        return value + 0.5, None
    if rest[0] == "out":
        rest = rest[1:]
    if len(rest) == 2 and rest[0] in names["out_of"] and rest[1].isdigit():
        best = float(rest[1])
        return (value, best) if best in data()["scales"]["worded"] else (None, None)
    return None, None


def _number(written: str, starry: bool) -> float | None:
    """A number as names have it: 35 is 3.5, but 40 may be 4 or 40 %, and 0 a widget nobody filled."""
    if not written[0].isdigit():
        return words_for(None).numbers.get(written)
    if not written.isdigit():
        return float(written.replace("_", "."))
    if len(written) == 1:
        return float(written) or None
    if len(written) == 2 and written[1] == "5" and written[0] in "01234":
        return int(written) / 10
    return 10.0 if written == "10" and not starry else None


def _grade(raw: str) -> Rating | None:
    sign = re.sub(r"^.*grades?[-_]", "", _EXTENSION.sub("", raw), flags=re.IGNORECASE)
    if not _GRADE.fullmatch(sign):
        return None
    rating = Rating(raw=sign, unit=Unit.LETTER)
    return rating if letter_of(rating) else None
