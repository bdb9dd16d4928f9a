"""What an element's name, class, id and role say about its purpose; the vocabulary is data/hints.toml."""

import re
import tomllib
from functools import cache, lru_cache
from importlib import resources

Hints = frozenset[str]
NONE: Hints = frozenset()

TAG_HINTS = {
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
"""Tags whose very name says what they are for."""
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
_DIGITS = re.compile(r"\d+")

_QUALIFIERS = frozenset(
    "no not has with without open opened closed off on count number allow enabled disabled hide".split()
)
"""A name with one of these says what the element has or lacks (`comments-open`, `has-sidebar`), not what it is."""

_PARTS = frozenset("article entry post item card list".split())
"""What has a head and a foot of its own: `article-footer`."""

_OF_A_LINE: Hints = frozenset(("byline",))
"""What a line within an article is, and no article as a whole."""

_ENDS_PART = re.compile(r"(?:^|\s)(?:article|entry|post)[-_]*foot(?:er)?\b", re.IGNORECASE)

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


def _names_hints(names: str) -> Hints:
    # comment-1 and comment-2 say the same
    return NONE.union(*map(_name_hints, _DIGITS.sub("0", names).split()))


@lru_cache(maxsize=20_000)
def _name_hints(name: str) -> Hints:
    words = _vocabulary()
    pieces = [piece.lower() for piece in _SPLIT.split(name) if piece]
    if not _QUALIFIERS.isdisjoint(pieces):
        return NONE
    joined = [*pieces, *("-".join(pieces[i : i + 2]) for i in range(len(pieces) - 1)), "".join(pieces)]
    if len(pieces) > 2:
        joined += ["-".join(pieces[i : i + 3]) for i in range(len(pieces) - 2)]
    found = {hint for piece in joined for hint in words.get(piece, ())}
    if found & {"meta", "title", "byline"} or not _PARTS.isdisjoint(pieces):
        # the foot of an article is no foot of the page
        found -= {"footer", "header"}
    return frozenset(found.union(words.get("=" + name.lower(), ())))


@lru_cache(maxsize=20_000)
def hints_of(tag: str, names: str, role: str | None = None) -> Hints:
    """Hints of one element; `names` is its class and id, separated by space. A page as a whole has none."""
    if tag in ("body", "html"):
        return NONE
    hints = _names_hints(names) if names and len(names) < 500 else NONE
    if tag == "article" and "comment" not in hints:
        hints -= _OF_A_LINE  # "author-anna-holm" says whose article it is, and is no byline
    extra = TAG_HINTS.get(tag) or (role and _ROLE_HINTS.get(role))
    if extra == "footer" and ("meta" in hints or _ENDS_PART.search(names)):
        return hints
    return hints | {extra} if extra else hints
