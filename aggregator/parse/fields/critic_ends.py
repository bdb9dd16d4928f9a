"""Who signs: the last lines of a text and the foot of a site; ways of closing a letter are words of the languages."""

import re
from collections.abc import Iterator

from aggregator.notation.dates import find_dates
from aggregator.notation.languages import fold
from aggregator.notation.people import given_names, is_name, is_somebody
from aggregator.parse.blocks import Block
from aggregator.parse.candidate import Candidate
from aggregator.parse.fields.critic_lines import is_job, is_person, opens_with_by, quoted, split_byline
from aggregator.parse.reading import Reading, place
from aggregator.parse.regions import HEADINGS, Region


def imprint(reading: Reading) -> Iterator[Candidate]:
    """The foot of a one-person site: "Written by tn."."""
    for block in reading.lines[-12:]:
        found = re.match(r"(?:written|blog|posts|words|a blog) by\s+(\S.{1,40})$", block.text, re.IGNORECASE)
        if found and "footer" in block.hints:
            where = place(block, found.start(1), found.end(1))
            yield Candidate("critics", split_byline(found[1], reading.language), "footer.by", where, block.text)


def signature(reading: Reading, taken: frozenset[int]) -> Iterator[Candidate]:
    """A last line such as "— M. Orrin, 9 November 2018", one that is a name and nothing else, or a copyright."""
    body = "\n".join(block.text for block in reading.blocks(Region.BODY) if len(block.text) > 60)
    greeted = False
    for block in reading.main:
        if block.index not in reading.closing or block.index in taken or block.tag in HEADINGS:
            continue
        if quoted(reading, block):
            continue
        own = _before_its_date(reading, block) or _owned(block.text)
        if own is not None:
            yield Candidate("critics", (own,), "signature.alone", place(block), block.text)
        elif signed := _SIGNED.search(block.text):
            name = next(name for name in signed.groups() if name)
            rule = "signature" if signed[1] else "signature.alone"
            if 2 <= len(name.split()) <= 4 and is_name(name):
                yield Candidate("critics", (name,), rule, place(block, signed.start(), signed.end()), name)
        if own is None and len(block.text) < 80 and (candidate := _line(reading, block, body, greeted=greeted)):
            yield candidate
        greeted = _GREETING.fullmatch(block.text) is not None


def _line(reading: Reading, block: Block, body: str, *, greeted: bool) -> Candidate | None:
    """The signature that a short line is: behind a dash, under a greeting, or a bare name."""
    text = block.text.strip("()（）")
    if (bye := _BYE.fullmatch(text)) and (fold(bye[1]) in given_names() or is_somebody(bye[1])):
        return Candidate("critics", (bye[1],), "signature.alone", place(block), block.text)
    name, comma, job = text.partition(",")
    if comma and is_person(name) and is_job(job, reading.language):
        return Candidate("critics", (name,), "signature", place(block), block.text)
    if found := _DASHED.match(text):
        names = split_byline(_LEADING_BY.sub("", found[1]), reading.language)
        return Candidate("critics", names, "signature", place(block), block.text)
    if block.text in body or opens_with_by(text, reading.language):
        return None
    text = text.rstrip(",")
    if (greeted and fold(text) in given_names()) or _bare_name(text, block) or _ends(reading, block):
        return Candidate("critics", (text,), "signature.alone", place(block), block.text)
    return None


_DASHED = re.compile(r"^\s*(?:—|–|--?|~)\s*([^\W\d_][^,|]{2,40}?)\s*(?:[,|(].*)?$")
_LEADING_BY = re.compile(r"^(?:by|von|par|por|di)\s+", re.IGNORECASE)
_GREETING = re.compile(r"[^\W\d_]+(?:\s[^\W\d_]+){0,3},")
"""The end of a letter: "Yours truly,"."""
_BYE = re.compile(
    r"(?:Love|Cheers|Best|Thanks|Yours|Regards|Enjoy|Ciao|Saludos|Grüße|Bises|Abraços|xoxo|XOXO)[,!]\s+(.{2,30})"
)
"""Without the comma it thanks somebody, or is a title: "Thanks Jane", "Love Jones"."""
_OWNED = re.compile(
    r"(?:(?:review|text|words|article|written)\s+)?(?:copyright|©|\(c\))[\s,:©(c)]*(?:(?:19|20)\d\d[\s,–-]*)*(?:by\s+)?"
    r"(?P<name>[^\d,|.]{4,40}?)(?:[\s,]*(?:19|20)\d\d)?[\s.]*",
    re.IGNORECASE,
)


def _owned(text: str) -> str | None:
    """Who holds the copyright of the text above: "Review © 2012 Jane Orrin"."""
    found = _OWNED.fullmatch(text) if len(text) < 70 else None
    return found["name"] if found and is_somebody(found["name"]) else None


def _ends(reading: Reading, block: Block) -> bool:
    """Whether a name in bold closes the text: whatever follows it in the article is short, so it is no heading."""
    if block.tag in HEADINGS or block.link_share() > 0 or not is_person(block.text) or block.text.isupper():
        return False
    return block.index > reading.regions.last and all(len(b.text) < 60 for b in reading.main if b.index > block.index)


def _before_its_date(reading: Reading, block: Block) -> str | None:
    """The name in a last line that is a name and a date: "H. Lund, 12.3.1999"."""
    name, comma, rest = block.text.partition(",")
    if not comma or len(block.text) > 60 or not name or not is_person(name):
        return None
    dates = find_dates(rest, reading.hint, limit=1)
    return name if dates and dates[0][0] <= 1 and dates[0][1] >= len(rest.rstrip(" .")) else None


_SIGNED = re.compile(
    r"[.!?…][”\"'»]?\s*(?:(?:—|–|--)\s*([^\W\d_][\w'’. -]{4,40}?)|\(([^\W\d_][\w'’. -]{4,40})\)"
    r"|(?<=\s)-\s?([A-ZÀ-Þ][\w'’]+(?:\s[A-ZÀ-Þ][\w'’.]+){1,2}))$"
)
"""The end of a last paragraph that is signed: "Worth the ticket. — Anna Holm"."""


def _bare_name(text: str, block: Block) -> bool:
    """A line of plain text that is a name: not bold or a heading, which would name a section."""
    if block.tag in HEADINGS or any(mark.tag in ("b", "strong", "a") for mark in block.marks):
        return False
    words = re.split(r"[\s.]+", text)
    if not text.isascii() and len(words) == 1:
        return block.text != text and is_name(text)  # a name in brackets, in a script without spaces
    told = (
        len(words) > 1
        and words[0].lower() not in ("the", "a", "an", "my")
        and (not text.isupper() or is_somebody(text))
    )
    return told and is_name(text) and (text[-1] != "." or re.search(r"\s[A-ZÀ-Þ]\.$", text) is not None)
