"""What the demo shows at the end: a table of sites, the totals, and where things lie."""

import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from rich.console import Console
from rich.table import Table


@dataclass(frozen=True, slots=True)
class Row:
    """One site: how its pages were found, how many were read, and reviews found of those the labels state."""

    source: str
    found_by: str
    pages: int
    reviews: int
    labelled: int


HEADINGS = ("source", "found by", "pages", "reviews", "labelled")


def show(rows: Sequence[Row], totals: Mapping[str, int], places: Mapping[str, Path]) -> None:
    """Print to stdout: a drawn table on a terminal, plain columns otherwise."""
    lines = [(row.source, row.found_by, str(row.pages), str(row.reviews), str(row.labelled)) for row in rows]
    if sys.stdout.isatty():
        table = Table(*HEADINGS)
        for line in lines:
            table.add_row(*line)
        Console().print(table)
    else:
        widths = [max(len(line[column]) for line in [HEADINGS, *lines]) for column in range(len(HEADINGS))]
        for line in [HEADINGS, *lines]:
            print("  ".join(cell.ljust(width) for cell, width in zip(line, widths, strict=True)).rstrip())
    print()
    print(", ".join(f"{number} {name}" for name, number in totals.items()))
    for name, path in places.items():
        print(f"{name:9}{path}")
