"""Finds a thread that no markup and no heading announces: lines alike that say who and when, each with words below."""

import re

from aggregator.notation.languages import fold
from aggregator.notation.people import given_names, is_somebody
from aggregator.parse.blocks import Block
from aggregator.parse.comments import byline

_YEAR = re.compile(r"(?:19|20)\d\d|\d[./-]\d\d?[./-]\d\d")
_LONGEST_HEAD = 110
_LEAST_WORDS = 20
"""Letters that at least one line of every comment has."""
_MOST_HEADS = 400
_HEADINGS = frozenset(("h1", "h2", "h3", "h4", "h5", "h6"))
_NEVER = frozenset("nav header footer sidebar related share newsletter cookie advert tags bio login form facts".split())


def start(blocks: list[Block], first: int) -> int | None:
    """Index of the first line of such a thread behind line `first`; None where there is none.

    At least two people, each with a date in one line and a text of their own; a list of posts has headings or links
    between its bylines, and is none.
    """
    heads: list[tuple[Block, byline.Byline]] = []
    for block in blocks[first + 1 :]:
        if len(block.text) <= _LONGEST_HEAD and _YEAR.search(block.text) and not block.hints & _NEVER:
            found = byline.read(block.text)
            if found is not None and found.name and found.stamp and _signs(block, found):
                heads.append((block, found))
                if len(heads) >= _MOST_HEADS:
                    break
    for number, (block, _) in enumerate(heads):
        alike = [entry for entry in heads[number:] if entry[0].tag == block.tag]
        if len({found.name for _, found in alike}) < 2:
            continue
        if block.tag in _HEADINGS and not _by_people([found for _, found in alike]):
            return None
        ends = [other.index for other, _ in alike[1:]]
        if all(
            _is_comment(found, blocks[head.index + 1 : end]) for (head, found), end in zip(alike, ends, strict=False)
        ):
            before = blocks[block.index - 1]
            return before.index if before.index > first and before.tag in _HEADINGS else block.index
        return None
    return None


def _by_people(heads: list[byline.Byline]) -> bool:
    """Whether headings with a day behind a name, and neither a word nor a time of day, are signed by people: a diary's
    say which film was seen when.
    """
    if any(found.said or ":" in (found.stamp or "") for found in heads):
        return True
    names = [found.name or "" for found in heads]
    people = sum(name[:1].islower() or is_somebody(name) or fold(name) in given_names() for name in names)
    return people >= 0.5 * len(names)


def _signs(block: Block, found: byline.Byline) -> bool:
    """Whether a line says who wrote: "Toronto, 10 September 2016" may be where."""
    if len((found.name or "").split()) > 4:
        return False
    plain = re.match(rf"\W*{re.escape(found.name or '')},\s", block.text)
    return found.said or plain is None or any(mark.start == 0 and mark.end < len(block.text) for mark in block.marks)


def _is_comment(head: byline.Byline, lines: list[Block]) -> bool:
    """Whether the lines below a byline are somebody's words, not the next title."""
    said = [line for line in lines if line.text and not byline.is_noise(line.text)]
    if any(line.tag in _HEADINGS or (line.link_share() > 0.8 and len(line.text) > 8) for line in said):
        return False
    return len(head.rest) >= _LEAST_WORDS or any(len(line.text) >= _LEAST_WORDS for line in said)
