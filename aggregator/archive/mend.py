"""Mending after a crash: the torn tail of a WARC file left open is found, cut off and reported."""

import logging
import os
import zlib
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from aggregator.archive.writer import OPEN_MARK
from aggregator.errors import ArchiveError

_BLOCK = 1024 * 1024
log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Mended:
    """One file that was left open: how many whole records it keeps and how many bytes were cut."""

    file: str
    records: int
    cut_bytes: int


def mend(folder: Path, adopt: Callable[[Path], None] | None = None) -> list[Mended]:
    """Cut torn tails off every file left open in `folder` and take the open marks off.

    `adopt` gets each file when it is whole and before its mark goes: a run killed meanwhile leaves the mark, so
    that the next one adopts the file again.
    Call it only while nobody else writes there (under the data folder's lock). Raises ArchiveError when a
    file cannot be changed.
    """
    done = []
    for path in sorted(folder.glob("*.warc.gz" + OPEN_MARK)):
        try:
            done.append(_mend_file(path, adopt))
        except OSError as error:
            raise ArchiveError(f"archive {path}: cannot mend it ({error}); check its permissions") from error
    return done


def _mend_file(path: Path, adopt: Callable[[Path], None] | None) -> Mended:
    records, whole = _whole_records(path)
    cut = path.stat().st_size - whole
    closed = path.with_name(path.name.removesuffix(OPEN_MARK))
    if cut:
        log.warning("archive %s: %d bytes of a torn record cut, %d whole records kept", closed.name, cut, records)
        with path.open("r+b") as file:
            file.truncate(whole)
            os.fsync(file.fileno())
    if records and adopt is not None:
        adopt(path)
    if records:
        path.rename(closed)
    else:
        path.unlink()
    return Mended(closed.name, records, cut)


def _whole_records(path: Path) -> tuple[int, int]:
    """How many records from the start are whole, and the offset just past the last of them."""
    records = end = 0
    with path.open("rb") as file:
        pending = b""
        while True:
            size = _member_size(file.read, pending)
            if size is None:
                return records, end
            consumed, pending = size
            end += consumed
            records += 1


def _member_size(read: "_Read", pending: bytes) -> tuple[int, bytes] | None:
    """Size of the gzip member at hand and the bytes read past it; None when it is not a whole WARC record."""
    unpacker = zlib.decompressobj(31)
    consumed = 0
    first, last = b"", b""
    while not unpacker.eof:
        data = pending or read(_BLOCK)
        pending = b""
        if not data:
            return None
        consumed += len(data)
        try:
            text = unpacker.decompress(data)
        except zlib.error:
            return None
        first = (first + text[:5])[:5]
        last = (last + text)[-4:]
    if first != b"WARC/" or last != b"\r\n\r\n":
        return None
    rest = unpacker.unused_data
    return consumed - len(rest), rest


class _Read(Protocol):
    """The type of `file.read`."""

    def __call__(self, size: int, /) -> bytes: ...
