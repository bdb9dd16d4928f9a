"""What an element's name, class, id and role say about its purpose; the vocabulary is data/hints.toml."""

import re
import tomllib
from functools import cache, lru_cache
from importlib import resources

Hints = frozenset[str]
NONE: Hints = frozenset()

_TAG_HINTS = {
    "nav": "nav",
    "aside": "sidebar",
    "footer": "footer",
    "figcaption": "caption",
    "blockquote": "quote",
    "address": "byline",
    "form": "form",
    "select": "form",
    "button": "form",
    "label": "form",
}
_ROLE_HINTS = {
    "navigation": "nav",
    "banner": "header",
    "contentinfo": "footer",
    "complementary": "sidebar",
    "search": "form",
    "main": "main",
    "dialog": "cookie",
}
_SPLIT = re.compile(r"[^0-9A-Za-z]+|(?<=[a-z])(?=[A-Z])")

CHROME: Hints = frozenset(
    "nav header footer sidebar related share newsletter cookie advert tags bio login form hidden".split()
)
"""Hints of what is never the critic's own words about this film."""


@cache
def _vocabulary() -> dict[str, tuple[str, ...]]:
    """Word or dashed word pair -> hint names."""
    raw = tomllib.loads(resources.files("aggregator.parse").joinpath("data/hints.toml").read_text("utf-8"))
    words: dict[str, tuple[str, ...]] = {}
    for hint, names in raw.items():
        for name in names:
            words[name] = (*words.get(name, ()), hint)
    return words


@lru_cache(maxsize=20_000)
def _names_hints(names: str) -> Hints:
    found: set[str] = set()
    words = _vocabulary()
    for name in names.split():
        pieces = [piece.lower() for piece in _SPLIT.split(name) if piece]
        joined = [*pieces, *("-".join(pieces[i : i + 2]) for i in range(len(pieces) - 1)), "".join(pieces)]
        if len(pieces) > 2:
            joined += ["-".join(pieces[i : i + 3]) for i in range(len(pieces) - 2)]
        own = {hint for piece in joined for hint in words.get(piece, ())}
        # the foot of an article is no foot of the page
        found |= own - {"footer", "header"} if own & {"meta", "title", "byline"} else own
        found.update(words.get("=" + name.lower(), ()))
    return frozenset(found)


def hints_of(tag: str, names: str, role: str | None = None) -> Hints:
    """Hints of one element; `names` is its class and id, separated by space."""
    hints = _names_hints(names) if names and len(names) < 500 else NONE
    extra = _TAG_HINTS.get(tag) or (role and _ROLE_HINTS.get(role))
    if extra == "footer" and "meta" in hints:
        return hints
    return hints | {extra} if extra else hints
