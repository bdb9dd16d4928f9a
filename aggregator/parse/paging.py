"""Which page of a review this is, and which goes on; the ways addresses number pages are listed here."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit

from aggregator.parse.reading import Reading

MOST = 60
"""A higher number is the number of something else."""
_COMMENTS = re.compile(r"/comment-page-(\d{1,4})(?=/|$)")
_COMMENT_KEYS = frozenset(("cpage", "commentpage", "comment-page", "comments_page", "page_comments"))
_PAGE_KEYS = frozenset(
    "page pg pageno page_no pagenum page_number pagina página seite pag paged onepage p2 screen".split()
)
_PATHS = (
    (re.compile(r"(?P<base>.+?)/(?:page|pagina|seite|p)[/-]?(?P<number>\d{1,2})(?P<end>/?)$"), False),
    (re.compile(r"(?P<base>.+?)/(?P<number>\d{1,2})(?P<end>/?)$"), True),
    (re.compile(r"(?P<base>.+?)[-_](?:page|p|pg|seite)[-_]?(?P<number>\d{1,2})(?P<end>(?:\.\w{3,5})?/?)$"), False),
    (re.compile(r"(?P<base>.+?)[-_,](?P<number>\d{1,2})(?P<end>\.\w{3,5})$"), True),
)
_OF = re.compile(
    r"(?i)\b(?:page|seite|página|pagina|strona|sida|страница)\s*(\d{1,2})\s*(?:of|/|von|sur|de|di|van|z|av|из)\s*(\d{1,2})\b"
)
_REST = 40
"""Letters that the line of page links may have besides."""


@dataclass(frozen=True, slots=True)
class Paging:
    """Addresses, absolute: the first page of the review this is a later page of, and the page that goes on."""

    part_of: str | None = None
    next: str | None = None


@dataclass(frozen=True, slots=True)
class _Page:
    """An address taken apart: what all pages of the review share, and the number (1 where it has none)."""

    base: str
    number: int
    address: str
    comments: bool = False
    bare: bool = False
    """Whether only the number itself speaks for a page: "/arrival/2/" may be the second film of that name."""


def paging(reading: Reading, more_comments: str | None = None) -> Paging:
    """Where this page stands among the pages of its review; `more_comments` is the next page of its comments.

    A number in the address counts only where the page itself links to other pages of the same address, or prints
    "Page 2 of 3": "/toy-story/2/" is a film's.
    """
    address = reading.doc.url or reading.doc.link("canonical")
    if not address:
        return Paging(next=more_comments)
    siblings = {page.address: page for page in _linked(reading)}
    ways = [page for page in _readings(address) if urlsplit(page.base).path.strip("/") or urlsplit(page.base).query]
    for own in ways:
        beside = [
            page
            for page in siblings.values()
            for page in _readings(page.address)
            if page.base.rstrip("/") == own.base.rstrip("/")
        ]
        if own.comments:
            first = next((page.address for page in beside if page.number == 1 and not page.comments), None)
            return Paging(part_of=first or _canonical(reading, own) or own.base, next=more_comments)
        onward = next((page.address for page in beside if page.number == own.number + 1 and not page.comments), None)
        others = [page for page in beside if not page.comments and page.number != own.number]
        if own.number > 1 and (others or _prints(reading, own.number)):
            first = next((page.address for page in others if page.number == 1 and page.bare <= own.bare), None)
            if first or not own.bare or _prints(reading, own.number):
                return Paging(part_of=first or own.base, next=onward or more_comments)
        if own.number == 1 and onward and not own.bare and _all_in_a_row(others):
            return Paging(next=onward)
    return Paging(next=more_comments)


def _canonical(reading: Reading, own: _Page) -> str | None:
    canonical = reading.doc.link("canonical")
    return canonical if canonical and _COMMENTS.search(canonical) is None and canonical != own.address else None


def _all_in_a_row(others: list[_Page]) -> bool:
    """Whether pages 2 to the last are all linked, or only the second: "1 2 3 4", never "4 9 17"."""
    numbers = sorted({page.number for page in others} - {1})
    return bool(numbers) and numbers[0] == 2 and numbers[-1] - len(numbers) <= 1 + (len(numbers) > 3) * MOST


def _prints(reading: Reading, number: int) -> bool:
    return any(
        (match := _OF.search(block.text)) is not None and int(match[1]) == number <= int(match[2])
        for block in reading.doc.blocks
        if len(block.text) < 80
    )


def _linked(reading: Reading) -> Iterator[_Page]:
    """The pages that lines of page numbers and the head of the document link to."""
    for rel in ("prev", "previous", "next", "first", "start"):
        if address := reading.doc.link(rel):
            yield _Page(address, 0, address)
    for block in reading.doc.blocks:
        if not block.marks or "comments" in block.hints or len(block.text) > 200:
            continue
        links = [(text, href) for text, href, _ in block.links() if href and _is_turn(text)]
        unlinked = len(block.text) - sum(len(text) for text, _ in links)
        for _, href in links if unlinked <= _REST + 2 * len(links) else ():
            if address := reading.doc.absolute(href.partition("#")[0]):
                yield _Page(address, 0, address)


_TURN = re.compile(
    r"(?i)\W*(?:\d{1,2}|(?:page|seite|página|pagina)\s*\d{1,2}.{0,40}|(?:next|previous|prev|first|last|continue)"
    r"(?:\s+page)?|(?:nächste|vorherige|weiter|zurück)(?:\s+seite)?|suivant|précédent|page suivante|siguiente|anterior"
    r"|próxima|successiva|precedente|volgende|vorige|次へ|前へ|次のページ|다음|이전|下一页|上一页)?\W*"
)


def _is_turn(text: str) -> bool:
    """Whether a link says that it turns the page: a number, "Next", "»"."""
    return len(text) <= 60 and _TURN.fullmatch(text) is not None


def _readings(address: str) -> Iterator[_Page]:
    """Every way an address may be a page of several, the one without any number last."""
    parts = urlsplit(address)
    query = parse_qsl(parts.query, keep_blank_values=True)
    if match := _COMMENTS.search(parts.path):
        base = urlunsplit(parts._replace(path=parts.path.replace(match[0], "") or "/", fragment=""))
        yield _Page(base, int(match[1]), address, comments=True)
        return
    numbered = [(key, value) for key, value in query if value.isdigit() and 0 < int(value) <= MOST]
    for key, value in numbered:
        if key.lower() in _COMMENT_KEYS or key.lower() in _PAGE_KEYS:
            rest = urlencode([entry for entry in query if entry[0] != key])
            base = urlunsplit(parts._replace(query=rest, fragment=""))
            yield _Page(base, int(value), address, comments=key.lower() in _COMMENT_KEYS)
            return
    for pattern, bare in _PATHS:
        if (match := pattern.match(parts.path)) and 0 < int(match["number"]) <= MOST:
            base = urlunsplit(parts._replace(path=f"{match['base']}{match['end']}", fragment=""))
            yield _Page(base, int(match["number"]), address, bare=bare)
            break
    yield _Page(urlunsplit(parts._replace(fragment="")), 1, address)
