"""Round-ups in tables: the rows that notes stand in, and the column of the titles among those of people and places."""

from collections.abc import Sequence

from aggregator.notation.languages import fold_label, label_roles
from aggregator.notation.people import is_name, is_somebody
from aggregator.parse.blocks import Block, Element
from aggregator.parse.fields.title_words import is_day, is_kind
from aggregator.parse.reading import Reading
from aggregator.parse.regions import weight
from aggregator.parse.roundup_heads import LONGEST, film_title, is_date, marks_title

_CELLS = frozenset(("td", "th"))
_MOST = 0.6
"""Share of the rows whose cell in a column of titles can be one."""


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

    It is the column that says so, above it or in its cells, or else the only one that can hold titles and is not one of
    people, places, days or of what repeats; none where two can: "Film | Cinema", "Cinema | Film".
    """
    rows = set(rows_of(heads))
    if len(rows) < 2:
        return heads
    columns: dict[int, list[Block]] = {}
    for line in reading.main:
        if line.tag in _CELLS and line.text and row_of(line) in rows:
            columns.setdefault(_place(line), []).append(line)
    headed = [column for column in columns.values() if is_headed(column[0])]
    if headed:
        return headed[0] if len(headed) == 1 else []
    full = [
        column
        for column in columns.values()
        if sum(_can_be_title(reading, cell) for cell in column) >= _MOST * len(rows)
    ]
    shown = [column for column in full if sum(marks_title(reading, cell) for cell in column) >= _MOST * len(column)]
    kept = shown or [column for column in full if not _repeats(column)]
    named = [column for column in kept if sum(is_somebody(cell.text) for cell in column) <= 0.5 * len(column)]
    best = named or kept
    return best[0] if len(best) == 1 else []


def is_headed(cell: Block) -> bool:
    """Whether the first row of a table says that the column of a cell holds titles: "Movie"."""
    row = row_of(cell)
    table = next(row.iterancestors("table"), None) if row is not None else None
    first = next(table.iter("tr"), None) if table is not None else None
    if first is None or first is row:
        return False
    at = _place(cell)
    labels = [child for child in first if child.tag in _CELLS]
    label = "".join(map(str, labels[at].itertext())) if at < len(labels) else ""
    return "title" in label_roles().get(fold_label(label), ())


def _place(cell: Block) -> int:
    """Which cell of its row a line is."""
    return (
        sum(before.tag in _CELLS for before in cell.node.itersiblings(preceding=True)) if cell.node is not None else 0
    )


def _repeats(column: list[Block]) -> bool:
    """Whether cells say the same again, as those of cinemas and of months do."""
    return len({line.folded for line in column}) < 0.8 * len(column)


def _can_be_title(reading: Reading, cell: Block) -> bool:
    text = cell.text
    if weight(text) >= LONGEST or not any(char.isalpha() for char in text) or is_date(reading, cell) or is_day(text):
        return False
    return not is_kind(text, reading.language) and film_title(reading, cell, rated=True) is not None
