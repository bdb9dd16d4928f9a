"""Tables for people: columns in line, text from pages made harmless; commands hand over rows of plain values."""

from collections.abc import Sequence
from typing import Any

import typer


def harmless(text: str) -> str:
    """`text` in one line and without control, direction and escape characters, which could forge other lines."""
    return "".join(character if character.isprintable() and character not in _DIRECTIONS else " " for character in text)


_DIRECTIONS = frozenset("\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")


def show(header: Sequence[str], rows: Sequence[Sequence[Any]]) -> None:
    """Print a table on standard output; null is a dash, numbers stand right."""
    from rich.cells import cell_len

    shown = [list(header)] + [[_text(value) for value in row] for row in rows]
    right = [bool(rows) and all(isinstance(row[at], int | float | None) for row in rows) for at in range(len(header))]
    widths = [max(cell_len(row[at]) for row in shown) for at in range(len(header))]
    for row in shown:
        cells = []
        for at, text in enumerate(row):
            space = " " * (widths[at] - cell_len(text))
            cells.append(space + text if right[at] else text + space)
        typer.echo("  ".join(cells).rstrip())


def _text(value: Any) -> str:
    if value is None:
        return "-"
    return f"{value:.1f}" if isinstance(value, float) else harmless(str(value))
