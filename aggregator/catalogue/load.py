"""Loads one file into the catalogue, whatever its format; a format is a module and a line in `_reader`."""

import codecs
import gzip
import hashlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO, TextIO, cast

from aggregator.catalogue import imdb, plain, wikidata
from aggregator.catalogue.tables import Catalogue
from aggregator.errors import UnreadableInputError, UsageError

Reader = Callable[[Catalogue, TextIO], tuple[int, int]]
"""Takes the catalogue and the text of a file; gives how many rows there were and how many were kept."""


@dataclass(frozen=True, slots=True)
class Loaded:
    """What became of one file."""

    file: str
    format: str
    rows: int
    kept: int


def in_order(files: list[Path]) -> list[Path]:
    """Files so that what others build on comes first: films, then their titles and people, then names."""
    formats = {path: _format(path) for path in files}
    return sorted(files, key=lambda path: (imdb.ORDER.get(formats[path], 0), files.index(path)))


def load(catalogue: Catalogue, path: Path) -> Loaded:
    """Load a file (gzipped or not), all of it or nothing, read as a stream.

    UsageError for a file that is not there or of no known format, UnreadableInputError for one that breaks off or
    cannot be read as what it claims to be.
    """
    name = _format(path)
    reader = _READERS[name]
    with catalogue.writing():
        try:
            with _text(path) as text:
                rows, kept = reader(catalogue, text)
        except (OSError, EOFError, UnicodeDecodeError, ValueError) as error:
            raise UnreadableInputError(f"{path}: not readable as {name} ({error}); nothing of it is loaded") from error
        catalogue.note_load(path.name, name, _digest(path), rows, kept)
    return Loaded(str(path), name, rows, kept)


def _format(path: Path) -> str:
    """The format of a file by its first line, whatever it is called."""
    try:
        with _text(path) as text:
            head = text.readline(100_000)
    except (OSError, EOFError, UnicodeDecodeError) as error:
        raise UsageError(f"{path}: cannot be read ({error})") from error
    name = _reader(head)
    if name is None:
        known = "IMDb TSV (title.basics, .akas, .crew, .principals, name.basics), Wikidata JSON, or CSV with id,title"
        raise UsageError(f"{path}: of no known format; give {known}")
    return name


def _reader(head: str) -> str | None:
    columns = tuple(head.rstrip("\r\n").split("\t"))
    if columns in imdb.HEADERS:
        return imdb.HEADERS[columns]
    if head.lstrip()[:1] in ("[", "{"):
        return "wikidata"
    return "csv" if {"id", "title"} <= {cell.strip().strip('"') for cell in head.rstrip("\r\n").split(",")} else None


_READERS: dict[str, Reader] = {**imdb.READERS, "wikidata": wikidata.read, "csv": plain.read}


@contextmanager
def _text(path: Path) -> Iterator[TextIO]:
    with path.open("rb") as raw:
        packed = raw.read(2) == b"\x1f\x8b"
        raw.seek(0)
        data = cast("BinaryIO", gzip.GzipFile(fileobj=raw)) if packed else raw
        with codecs.getreader("utf-8-sig")(data) as text:
            yield cast("TextIO", text)


def _digest(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
