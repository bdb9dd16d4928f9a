"""Reading pages back: our own archive, WARC files of other tools, WACZ packages."""

import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, BinaryIO, cast

from warcio.archiveiterator import ArchiveIterator
from warcio.bufferedreaders import ChunkedDataReader
from warcio.exceptions import ArchiveLoadFailed

from aggregator.archive.decode import BODY_LIMIT, BodyRefusedError, decode_body
from aggregator.archive.page import FetchedPage, Place
from aggregator.archive.writer import (
    NOTE_ASKED_FOR,
    NOTE_FOUND_BY,
    NOTE_KIND,
    NOTE_PERMITTED,
    NOTE_SOURCE,
    OPEN_MARK,
    TRUNCATED,
    fitted_headers,
)
from aggregator.errors import ArchiveError, UnreadableInputError

SUFFIXES = (".warc", ".warc.gz", ".warc.gz" + OPEN_MARK, ".wacz")

OnProblem = Callable[[str], None]


def is_archive(path: Path) -> bool:
    """Whether the name is that of a file this module reads."""
    return path.name.lower().endswith(SUFFIXES)


def read(folder: Path, place: Place) -> FetchedPage:
    """The page at `place` in the archive `folder`. Raises ArchiveError when it is not there or not whole."""
    path = folder / place.file
    if not path.exists():
        path = folder / (place.file + OPEN_MARK)
    problems: list[str] = []
    try:
        with path.open("rb") as file:
            file.seek(place.offset)
            page = next(_pages(file, place.file, problems.append, first_only=True), None)
    except (OSError, UnreadableInputError) as error:
        raise ArchiveError(f"archive {path}, byte {place.offset}: {error}") from error
    if page is None:
        raise ArchiveError(f"archive {path}, byte {place.offset}: {'; '.join(problems) or 'no page there'}")
    return page


PAGES = frozenset({"page", "comments"})
"""Kinds of answers that are read; the others only list pages."""


def iter_responses(path: Path, on_problem: OnProblem | None = None, *, lists: bool = False) -> Iterator[FetchedPage]:
    """Every answered page of a WARC or WACZ file, or of all such files in a folder, in the order written.

    With `lists` also the sitemaps and feeds that a crawl of ours read. Requests, revisits and other records are
    passed over. A record that cannot be read (torn, too large, unknown encoding) is told to `on_problem` and left
    out; without it UnreadableInputError is raised.
    """
    tell = on_problem or _raise
    for file in _files(path):
        yield from (page for page in _file_pages(file, tell) if lists or page.kind in PAGES)


def _raise(message: str) -> None:
    raise UnreadableInputError(message)


def _files(path: Path) -> list[Path]:
    if path.is_dir():
        return sorted(child for child in path.rglob("*") if child.is_file() and is_archive(child))
    if not path.exists():
        raise UnreadableInputError(f"{path}: no such file")
    return [path]


def _file_pages(path: Path, tell: OnProblem) -> Iterator[FetchedPage]:
    if path.name.lower().endswith(".wacz"):
        yield from _wacz_pages(path, tell)
        return
    name = path.name.removesuffix(OPEN_MARK)
    with path.open("rb") as file:
        yield from _pages(file, name, tell)


def _wacz_pages(path: Path, tell: OnProblem) -> Iterator[FetchedPage]:
    try:
        with zipfile.ZipFile(path) as package:
            members = [n for n in package.namelist() if n.lower().endswith((".warc", ".warc.gz"))]
            if not members:
                raise UnreadableInputError(f"{path}: no WARC file inside; is it a WACZ package?")
            for member in sorted(members):
                with package.open(member) as file:
                    yield from _pages(cast(BinaryIO, file), f"{path.name}!{member}", tell)
    except zipfile.BadZipFile as error:
        raise UnreadableInputError(f"{path}: not a WACZ package ({error})") from error


def _pages(file: BinaryIO, name: str, tell: OnProblem, *, first_only: bool = False) -> Iterator[FetchedPage]:
    records = ArchiveIterator(file)
    while True:
        try:
            record = next(records, None)
            if record is None:
                return
            page = _page(record, name, records.offset)
        except BodyRefusedError as refused:
            tell(f"{name}, byte {records.offset}: {refused}")
            page = None
        except (ArchiveLoadFailed, EOFError, ValueError) as error:
            # what follows a broken record cannot be found again
            tell(f"{name}, byte {records.offset}: not a whole WARC record ({str(error).strip()[:200]})")
            return
        if page is not None:
            yield page
        if first_only:
            return


def _page(record: Any, name: str, offset: int) -> FetchedPage | None:
    url = record.rec_headers.get_header("WARC-Target-URI") or ""
    head = record.http_headers
    if record.rec_type != "response" or head is None or not url.startswith(("http://", "https://", "file:")):
        return None
    status = head.get_statuscode()
    if not status.isdigit():
        raise BodyRefusedError(f"no HTTP status for {url[:200]}")
    body = _body(record, url)
    headers = tuple((str(key), str(value)) for key, value in head.headers)
    note = record.rec_headers.get_header
    return FetchedPage(
        url=note(NOTE_ASKED_FOR) or url,
        final_url=url,
        status=int(status),
        headers=_as_kept(headers, len(body)),
        body=body,
        fetched_at=_to_seconds(note("WARC-Date") or ""),
        source=note(NOTE_SOURCE),
        found_by=note(NOTE_FOUND_BY),
        kind=note(NOTE_KIND) or "page",
        permitted_by=note(NOTE_PERMITTED),
        length_unknown=note(TRUNCATED) == "unspecified",
        place=Place(name, offset),
    )


def _body(record: Any, url: str) -> bytes:
    head, stream = record.http_headers, record.raw_stream
    chunked = "chunked" in (head.get_header("Transfer-Encoding") or "").lower()
    reader = ChunkedDataReader(stream) if chunked else stream
    body: bytes = reader.read(BODY_LIMIT + 1)
    if len(body) > BODY_LIMIT:
        raise BodyRefusedError(f"body larger than {BODY_LIMIT} bytes: {url[:200]}")
    if getattr(stream, "limit", 0) > 0 and not chunked:
        raise BodyRefusedError(f"the record ends too early: {url[:200]}")
    return decode_body(body, head.get_header("Content-Encoding"))


def _as_kept(headers: tuple[tuple[str, str], ...], length: int) -> tuple[tuple[str, str], ...]:
    """Headers of a foreign record made to fit the decoded body; ours fit already."""
    if any(name.lower() in {"content-encoding", "transfer-encoding"} for name, _ in headers):
        return fitted_headers(headers, length)
    return headers


def _to_seconds(date: str) -> str:
    # WARC 1.1 allows fractions of a second; our records have none
    return f"{date[:19]}Z" if len(date) > 20 and date.endswith("Z") else date
