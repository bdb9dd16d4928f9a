"""What each heading of a round-up stands over: the lines up to the next one, the row of a table, the item of a list."""

from collections.abc import Sequence
from itertools import takewhile

from aggregator.parse.blocks import Block, Element
from aggregator.parse.reading import Reading
from aggregator.parse.regions import HEADINGS
from aggregator.parse.roundup_heads import is_date, rank_of
from aggregator.parse.roundup_tables import is_name_cell, row_of, rows_of


def spans_of(reading: Reading, heads: list[Block]) -> list[tuple[Block, list[Block], int]]:
    """Each heading with the lines of its section and the number of higher headings right above it.

    A date right above the headings belongs to what it stands over; a higher heading ends a section.
    """
    main = reading.main
    starts = [main.index(head) for head in heads]
    rows = rows_of(heads)
    if rows:
        starts = [_start_of_row(main, at, row) for at, row in zip(starts, rows, strict=True)]
    dated = [at > 0 and is_date(reading, main[at - 1]) for at in starts]
    if sum(dated) > len(heads) / 2:
        starts = [at - is_dated for at, is_dated in zip(starts, dated, strict=True)]
    ends = [*starts[1:], len(main)]
    spans = []
    before = 0
    for head, start, end in zip(heads, starts, ends, strict=True):
        lines = [block for block in main[start:end] if block is not head and not (rows and is_name_cell(block))]
        higher = [at for at, line in enumerate(lines) if line.tag in HEADINGS and rank_of(line) < rank_of(head)]
        spans.append((head, lines[: higher[0]] if higher else lines, before))
        before = len(higher)
    if len(spans) > 2:
        head, lines, apart = spans[-1]
        spans[-1] = (head, _as_the_others(spans), apart)
    return spans


def _as_the_others(spans: list[tuple[Block, list[Block], int]]) -> list[Block]:
    """The lines of the last section: where all others are one paragraph, one row or items of a list each, what follows
    the last is no part of it.
    """
    last, lines, _ = spans[-1]
    others = [(head, line) for head, span, _ in spans[:-1] for line in span]
    if all(line.para == head.para for head, line in others):
        return [line for line in lines if line.para == last.para]
    if (row := row_of(last)) is not None and all(row_of(line) is row_of(head) for head, line in others):
        return [line for line in lines if row_of(line) is row]
    if last.tag == "li" and all(line.tag == "li" for _, line in others):
        return list(takewhile(lambda line: line.tag == "li", lines))
    return lines


def _start_of_row(main: Sequence[Block], at: int, row: Element) -> int:
    while at and row_of(main[at - 1]) is row:
        at -= 1
    return at
