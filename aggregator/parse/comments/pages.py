"""Finds the link to further comments of the same article; the ways addresses number such pages are listed here."""

import re
from urllib.parse import urlsplit

from aggregator.parse.reading import Reading

_NUMBER = re.compile(r"(?:/comment-page-|[?&](?:commentPage|cpage|comment-page|comments_page|page_comments)=)(\d{1,4})")
_NEXT = frozenset(("next", "nofollow next", "next nofollow"))


def next_page(reading: Reading, first: int, last: int) -> str | None:
    """Address of the next page of comments, None when the page links to none.

    Numbered pages are followed in one direction: down from an unnumbered page that is the last, else up.
    `first` and `last` are the indexes of the first block of the first and last comment: such links stand a little
    before the one or behind the other.
    """
    own_number = _number(reading.doc.url or "")
    own_path = _bare(reading.doc.link("canonical") or reading.doc.url or "")
    numbered: dict[int, str] = {}
    bare_first = False
    blocks = reading.doc.blocks
    for block in (*blocks[max(0, first - 20) : first], *blocks[last:]):
        for _, href, mark in block.links():
            if "comments" in block.hints and "next" in (mark.node.get("rel") or "").split():
                return reading.doc.absolute(href)
            number = _number(href)
            if number is None:
                bare_first |= "#comments" in href and own_number is not None and _bare(href) == own_path
                continue
            address = reading.doc.absolute(href)
            if address and number != own_number and _bare(address) == own_path:
                numbered.setdefault(number, address.partition("#")[0])
    if not numbered:
        return None
    return numbered[_step(sorted(numbered), own_number, bare_first=bare_first)]


def _step(numbers: list[int], own: int | None, *, bare_first: bool) -> int:
    if own is None:
        # pages 1.. are linked from the last one, pages 2.. from the first
        return numbers[-1] if numbers[0] == 1 else numbers[0]
    below = [number for number in numbers if number < own]
    above = [number for number in numbers if number > own]
    if above and (bare_first or not below):
        return above[0]
    return below[-1]


def _number(address: str) -> int | None:
    match = _NUMBER.search(address)
    return int(match[1]) if match else None


def _bare(address: str) -> str:
    """The path of the article itself."""
    return _NUMBER.sub("", urlsplit(address.partition("#")[0]).path).rstrip("/")
