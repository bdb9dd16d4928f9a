"""A CSV of films with at least id and title; several values in a cell are parted by ";"."""

import csv
from typing import TextIO

from aggregator.catalogue.tables import Catalogue, Record
from aggregator.notation.film_pages import film_numbers

_NUMBERS = ("imdb", "wikidata", "tmdb", "letterboxd")


def read(catalogue: Catalogue, text: TextIO) -> tuple[int, int]:
    """Enter every row.

    Optional columns: year, original_title, alternative_titles, directors, cast, runtime_minutes, same_as
    (addresses), and imdb, wikidata, tmdb, letterboxd (numbers there).
    """
    rows = 0
    for row in csv.DictReader(text):
        rows += 1
        cells = {(name or "").strip(): (value or "").strip() for name, value in row.items() if isinstance(value, str)}
        if not cells.get("id") or not cells.get("title"):
            raise ValueError(f"row {rows} has no id or no title")
        numbers = [(system, cells[system]) for system in _NUMBERS if cells.get(system)]
        numbers += [found for url in _several(cells, "same_as") for found in film_numbers(url)]
        catalogue.add(
            Record(
                "own",
                cells["id"],
                cells["title"],
                original_title=cells.get("original_title") or None,
                year=int(cells["year"]) if cells.get("year") else None,
                runtime=int(cells["runtime_minutes"]) if cells.get("runtime_minutes") else None,
                other_titles=_several(cells, "alternative_titles"),
                directors=_several(cells, "directors"),
                cast=_several(cells, "cast"),
                numbers=numbers,
            )
        )
    return rows, rows


def _several(cells: dict[str, str], name: str) -> list[str]:
    return [part.strip() for part in cells.get(name, "").split(";") if part.strip()]
