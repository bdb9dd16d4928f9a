"""IMDb's public TSV files; basics first, since the others speak of its films by number only.

The files are for personal and non-commercial use: see docs/films.md before you load them.
"""

from collections.abc import Callable, Iterable, Iterator
from itertools import islice
from typing import TextIO

from aggregator.catalogue.tables import Catalogue, Record
from aggregator.errors import UsageError

_BASICS = ("tconst", "titleType", "primaryTitle", "originalTitle", "isAdult", "startYear", "endYear",
           "runtimeMinutes", "genres")  # fmt: skip
_AKAS = ("titleId", "ordering", "title", "region", "language", "types", "attributes", "isOriginalTitle")
_CREW = ("tconst", "directors", "writers")
_PRINCIPALS = ("tconst", "ordering", "nconst", "category", "job", "characters")
_NAMES = ("nconst", "primaryName", "birthYear", "deathYear", "primaryProfession", "knownForTitles")
HEADERS = {
    _BASICS: "imdb title.basics",
    _AKAS: "imdb title.akas",
    _CREW: "imdb title.crew",
    _PRINCIPALS: "imdb title.principals",
    _NAMES: "imdb name.basics",
}
ORDER = {name: place for place, name in enumerate(HEADERS.values())}

KINDS = frozenset(["movie", "tvMovie", "short", "tvShort", "video", "tvSpecial"])
"""Title types that are films; series, episodes and games share titles with films and are left out."""

_CAST = frozenset(["actor", "actress", "self"])
_NONE = "\\N"
_BATCH = 10_000
"""Names looked up together: the file holds far more people than films need, and than memory should."""


def _rows(text: TextIO, width: int) -> Iterator[list[str]]:
    """The rows behind the header; IMDb writes no quotes, and a tab never inside a field."""
    for number, line in enumerate(text, 1):
        cells = line.rstrip("\r\n").split("\t")
        if number == 1:
            continue
        if len(cells) != width:
            raise ValueError(f"line {number} has {len(cells)} columns, not {width}")
        yield cells


def _number(cell: str) -> int | None:
    return int(cell) if cell.isdigit() else None


def _basics(catalogue: Catalogue, text: TextIO) -> tuple[int, int]:
    rows = kept = 0
    for number, kind, title, original, adult, year, _, runtime, _ in _rows(text, len(_BASICS)):
        rows += 1
        if kind in KINDS and adult != "1":
            other = original if original not in (_NONE, title) else None
            catalogue.add(Record("imdb", number, title, other, _number(year), _number(runtime)))
            kept += 1
    return rows, kept


def _of_films(catalogue: Catalogue, rows: Iterable[list[str]]) -> Iterator[tuple[int, list[str]]]:
    """(row id, cells) of the rows whose film is in the catalogue; the files are sorted by film."""
    held: tuple[str, int | None] = ("", None)
    for cells in rows:
        if cells[0] != held[0]:
            held = (cells[0], catalogue.row_of("imdb", cells[0]))
        yield (0 if held[1] is None else held[1]), cells


def _need_basics(catalogue: Catalogue) -> None:
    if not any(load["format"] == HEADERS[_BASICS] for load in catalogue.loads()):
        raise UsageError("load IMDb's title.basics first: its other files name films by number only")


def _akas(catalogue: Catalogue, text: TextIO) -> tuple[int, int]:
    _need_basics(catalogue)
    rows = kept = 0
    for film, cells in _of_films(catalogue, _rows(text, len(_AKAS))):
        rows += 1
        if film:
            catalogue.add_titles(film, [cells[2]])
            kept += 1
    return rows, kept


def _crew(catalogue: Catalogue, text: TextIO) -> tuple[int, int]:
    _need_basics(catalogue)
    rows = kept = 0
    for film, cells in _of_films(catalogue, _rows(text, len(_CREW))):
        rows += 1
        if film and cells[1] != _NONE:
            catalogue.add_credits(film, "director", enumerate(cells[1].split(",")))
            kept += 1
    return rows, kept


def _principals(catalogue: Catalogue, text: TextIO) -> tuple[int, int]:
    _need_basics(catalogue)
    rows = kept = 0
    for film, cells in _of_films(catalogue, _rows(text, len(_PRINCIPALS))):
        rows += 1
        role = "cast" if cells[3] in _CAST else cells[3]
        if film and role in ("cast", "director"):
            catalogue.add_credits(film, role, [(_number(cells[1]) or 0, cells[2])])
            kept += 1
    return rows, kept


def _names(catalogue: Catalogue, text: TextIO) -> tuple[int, int]:
    rows = kept = 0
    names = ((cells[0], cells[1]) for cells in _rows(text, len(_NAMES)))
    while batch := list(islice(names, _BATCH)):
        rows += len(batch)
        kept += catalogue.add_names_of_credited(batch)
    return rows, kept


READERS: dict[str, Callable[[Catalogue, TextIO], tuple[int, int]]] = dict(
    zip(HEADERS.values(), (_basics, _akas, _crew, _principals, _names), strict=True)
)
