"""The CSV tables and their datapackage.json; columns are in data/tables.toml, values in csv_rows.py."""

import csv
from collections.abc import Iterator, Mapping
from contextlib import ExitStack
from pathlib import Path
from typing import Any

from aggregator.export import csv_rows
from aggregator.export.csv_cells import cell
from aggregator.export.datapackage import write_datapackage
from aggregator.export.snapshot import Snapshot
from aggregator.export.tables import Table, tables


class _Writer:
    """Writes rows, given as dicts, in the order of a table's columns."""

    def __init__(self, table: Table, file: Any) -> None:
        self._header = table.header
        self._csv = csv.writer(file, lineterminator="\r\n")  # as RFC 4180 has it
        self._csv.writerow(self._header)

    def add(self, row: Mapping[str, Any]) -> None:
        self._csv.writerow([cell(row[name]) for name in self._header])


def write(snapshot: Snapshot, folder: Path) -> None:
    """Write films.csv, reviews.csv, credits.csv, comments.csv, ratings.csv and datapackage.json into `folder`."""
    with ExitStack() as stack:
        to = {}
        for table in tables():
            path = folder / f"{table.name}.csv"
            to[table.name] = _Writer(table, stack.enter_context(path.open("w", encoding="utf-8", newline="")))
        for film, reviews in _groups(snapshot):
            if film is not None:
                to["films"].add(csv_rows.film_row(film))
            for review in reviews:
                to["reviews"].add(csv_rows.review_row(review, film["id"] if film else None))
                for name, rows in _DETAILS.items():
                    for row in rows(review, film):
                        to[name].add(row)
    write_datapackage(folder)


_DETAILS = {"credits": csv_rows.credit_rows, "comments": csv_rows.comment_rows, "ratings": csv_rows.rating_rows}


def _groups(snapshot: Snapshot) -> Iterator[tuple[dict[str, Any] | None, list[dict[str, Any]]]]:
    for film in snapshot.films():
        yield film, film["reviews"]
    for review in snapshot.reviews_without_film():
        yield None, [review]
