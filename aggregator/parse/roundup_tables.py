"""Round-ups in tables: the rows that notes stand in, and the column of the titles among those of people and places."""

from collections.abc import Sequence
from itertools import groupby

from aggregator.notation.people import is_name, is_somebody
from aggregator.parse.blocks import Block, Element
from aggregator.parse.reading import Reading
from aggregator.parse.regions import weight
from aggregator.parse.roundup_heads import LONGEST, film_title, is_date

_CELLS = frozenset(("td", "th"))


def row_of(line: Block) -> Element | None:
    """The row of a table that a line is a cell of."""
    node = line.node if line.tag in _CELLS else None
    while node is not None and node.tag != "tr":
        node = node.getparent()
    return node


def rows_of(heads: Sequence[Block]) -> list[Element]:
    """The rows of headings that each have one of their own; empty where they do not."""
    rows = [row for head in heads if (row := row_of(head)) is not None]
    return rows if len(rows) == len(heads) and len(set(rows)) == len(rows) else []


def is_name_cell(line: Block) -> bool:
    """Whether a cell holds somebody's name and nothing else: who made the film, more often than who wrote."""
    return line.tag in _CELLS and len(line.text.split()) > 1 and is_name(line.text)


def title_cells(reading: Reading, heads: list[Block]) -> list[Block]:
    """The cells with the titles, where `heads` are cells right before the text of their rows: "Film | Director | …".

    Of the columns whose cells can be titles it is the one with the fewest people, of equal ones the first.
    """
    rows = set(rows_of(heads))
    if len(rows) < 2:
        return heads
    lines = [(row, line) for line in reading.main if (row := row_of(line)) in rows and line.text]
    table = [[line for _, line in cells] for _, cells in groupby(lines, key=lambda pair: pair[0])]
    columns = [
        [cells[at] for cells in table if len(cells) > at and weight(cells[at].text) < LONGEST]
        for at in range(max(len(cells) for cells in table))
    ]
    full = [column for column in columns if sum(_can_be_title(reading, cell) for cell in column) >= 0.6 * len(table)]
    if not full:
        return heads
    return min(full, key=lambda column: sum(is_somebody(cell.text) for cell in column) > 0.5 * len(column))


def _can_be_title(reading: Reading, cell: Block) -> bool:
    named = any(char.isalpha() for char in cell.text) and not is_date(reading, cell)
    return named and film_title(reading, cell, rated=True) is not None
