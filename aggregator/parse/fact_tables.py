"""Tables whose labels stand in one row and whose values in the next: which cell belongs to which label."""

from aggregator.parse.blocks import Block, Element
from aggregator.parse.fact_find import may_hold
from aggregator.parse.fact_labels import lookup

_CELLS = ("td", "th")


def columns(blocks: list[Block], language: str | None) -> dict[int, Block]:
    """Index of a label's line -> the line of its value, for tables that are read downwards."""
    if not _may_have_heads(blocks, language):
        return {}
    by_cell: dict[Element, Block] = {}
    for block in blocks:
        cell = _cell(block)
        if cell is not None and block.text:
            by_cell.setdefault(cell, block)
    rows = {cell.getparent() for cell in by_cell}
    found: dict[int, Block] = {}
    for row in rows:
        if row is None or row.tag != "tr":
            continue
        heads = [cell for cell in row if cell.tag in _CELLS]
        below = _next_row(row)
        if len(heads) < 2 or below is None:
            continue
        named = [by_cell.get(cell) for cell in heads]
        if any(label is None or lookup(label.text, language) is None for label in named):
            continue
        values = [cell for cell in below if cell.tag in _CELLS]
        for label, cell in zip(named, values, strict=False):
            value = by_cell.get(cell)
            if label is not None and value is not None:
                found[label.index] = value
    return found


def _may_have_heads(blocks: list[Block], language: str | None) -> bool:
    """Whether lines that are labels stand in cells: most pages have no table of that kind."""
    node = next((block.node for block in blocks if block.node is not None), None)
    if node is None or next(node.getroottree().iter("tr"), None) is None:
        return False
    labels = [block for block in blocks if may_hold(block, language) and lookup(block.text, language)]
    return len(labels) > 1 and any(_cell(label) is not None for label in labels)


def _cell(block: Block) -> Element | None:
    node = block.node
    while node is not None and node.tag not in _CELLS:
        if node.tag in ("table", "body", "article", "main"):
            return None
        node = node.getparent()
    return node


def _next_row(row: Element) -> Element | None:
    """The row behind this one, perhaps in the next table section."""
    following = row.getnext()
    if following is None:
        section = row.getparent()
        after = section.getnext() if section is not None and section.tag in ("thead", "tbody") else None
        following = next((child for child in after if child.tag == "tr"), None) if after is not None else None
    return following if following is not None and following.tag == "tr" else None


def same_row(one: Block, other: Block) -> bool:
    """Whether two lines stand in one table row, or the first in none."""
    first, second = _cell(one), _cell(other)
    if first is None:
        return True
    return second is not None and first.getparent() is second.getparent()
