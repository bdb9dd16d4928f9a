"""Appending pages to WARC 1.1 files, one file a process, each record its own gzip member."""

import base64
import io
import os
import zlib
from collections.abc import Iterable
from datetime import UTC, datetime
from http import HTTPStatus
from io import RawIOBase
from pathlib import Path
from types import TracebackType
from typing import Self
from urllib.parse import urlsplit

from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from aggregator.archive.page import FetchedPage, Headers, Place
from aggregator.errors import ArchiveError

OPEN_MARK = ".open"
ROTATE_BYTES = 1_000_000_000
"""A file is closed and the next begun once it is this large (the size the WARC standard suggests)."""

NOTE_SOURCE = "Aggregator-Source"
NOTE_FOUND_BY = "Aggregator-Found-By"
NOTE_ASKED_FOR = "Aggregator-Requested-URI"
NOTE_KIND = "Aggregator-Kind"
NOTE_PERMITTED = "Aggregator-Permitted-By"
TRUNCATED = "WARC-Truncated"
"""`unspecified` where a body ended with the connection and no length was announced."""
_ENCODING_HEADERS = {"content-encoding", "transfer-encoding", "content-length"}


class ArchiveWriter:
    """Writes pages into a folder of WARC files.

    The file being written is called `<time>-<pid>.warc.gz.open` and loses the mark when it is closed. Bodies
    are kept without transfer and content encoding, so that every WARC tool reads them; the headers that no
    longer fit are kept as `X-Archive-Orig-…`.
    """

    def __init__(self, folder: Path, software: str = "film-review-aggregator") -> None:
        self.folder = folder
        self._software = software
        self._file: RawIOBase | None = None
        self._name = ""

    def append(self, page: FetchedPage) -> Place:
        """Write response and request, flushed and synced to disk, and say where the response begins.

        Raises ArchiveError when the file cannot be written (disk full, no permission).
        """
        return self._write(_member(self._warc_records(page)))

    def append_revisit(self, page: FetchedPage, digest: str, first_seen: str) -> Place:
        """Write a revisit record: the server says (304), or its body shows, that `page` is what was kept at
        `first_seen` (ISO); `digest` is the sha1 of that body in hex. Raises ArchiveError as `append` does.
        """
        return self._write(_member([self._revisit(page, digest, first_seen)]))

    def _write(self, record: bytes) -> Place:
        try:
            file = self._writable()
            offset = file.tell()
            try:
                _write_all(file, record)
                os.fsync(file.fileno())
            except OSError:
                file.truncate(offset)  # a half record must not stand in the way of the next
                file.seek(offset)
                raise
        except OSError as error:
            raise ArchiveError(f"archive {self.folder}: cannot write ({error}); free space or use --data") from error
        return Place(self._name, offset)

    def close(self) -> None:
        """Close the file and take its open mark off; nothing happens when nothing was written."""
        if self._file is None:
            return
        self._file.close()
        self._file = None
        marked = self.folder / (self._name + OPEN_MARK)
        marked.rename(self.folder / self._name)
        _sync_folder(self.folder)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def _writable(self) -> RawIOBase:
        if self._file is not None and self._file.tell() >= ROTATE_BYTES:
            self.close()
        if self._file is None:
            self.folder.mkdir(parents=True, exist_ok=True)
            self._name, file = _create(self.folder)
            try:
                _write_all(file, _member([self._warcinfo()]))
                _sync_folder(self.folder)
            except OSError:
                file.close()
                (self.folder / (self._name + OPEN_MARK)).unlink()
                raise
            self._file = file
        return self._file

    def _warcinfo(self) -> bytes:
        info = {
            "software": self._software,
            "format": "WARC File Format 1.1",
            "conformsTo": "http://iipc.github.io/warc-specifications/specifications/warc-format/warc-1.1/",
            "robots": "obey",
        }
        writer = _writer()
        writer.write_record(writer.create_warcinfo_record(self._name, info))
        return _written(writer)

    def _revisit(self, page: FetchedPage, digest: str, first_seen: str) -> bytes:
        writer = _writer()
        reason = "server-not-modified" if page.status == 304 else "identical-payload-digest"
        record = writer.create_revisit_record(
            page.final_url,
            digest="sha1:" + base64.b32encode(bytes.fromhex(digest)).decode("ascii"),
            refers_to_uri=page.final_url,
            refers_to_date=first_seen,
            http_headers=_status_line(page),
            warc_headers_dict={"WARC-Date": page.fetched_at} | _notes(page),
        )
        record.rec_headers.replace_header("WARC-Profile", f"http://netpreserve.org/warc/1.1/revisit/{reason}")
        writer.write_record(record)
        return _written(writer)

    def _warc_records(self, page: FetchedPage) -> Iterable[bytes]:
        writer = _writer()
        dated = {"WARC-Date": page.fetched_at}

        response = writer.create_warc_record(
            page.final_url,
            "response",
            payload=io.BytesIO(page.body),
            length=len(page.body),
            warc_headers_dict=dated | _notes(page),
            http_headers=_response_head(page),
        )
        writer.write_record(response)
        yield _written(writer)
        writer = _writer()
        request = writer.create_warc_record(
            page.final_url,
            "request",
            warc_headers_dict=dated | {"WARC-Concurrent-To": response.rec_headers.get_header("WARC-Record-ID")},
            http_headers=_request_head(page),
        )
        writer.write_record(request)
        yield _written(writer)


def fitted_headers(headers: Headers, length: int) -> Headers:
    """The headers as they fit a body without encodings: length set, the old ones kept under X-Archive-Orig-."""
    kept = [
        (f"X-Archive-Orig-{name}" if name.lower() in _ENCODING_HEADERS else name, value)
        for name, value in headers
        if not (name.lower() == "content-length" and value == str(length))
    ]
    return (*kept, ("Content-Length", str(length)))


def _notes(page: FetchedPage) -> dict[str, str]:
    """Our own headers of a record; readers of other tools pass them over."""
    notes = {
        NOTE_SOURCE: page.source,
        NOTE_FOUND_BY: page.found_by,
        NOTE_ASKED_FOR: page.url if page.url != page.final_url else None,
        NOTE_KIND: page.kind if page.kind != "page" else None,
        NOTE_PERMITTED: page.permitted_by,
        TRUNCATED: "unspecified" if page.length_unknown else None,
    }
    return {key: _one_line(value) for key, value in notes.items() if value}


def _status_line(page: FetchedPage) -> StatusAndHeaders:
    head = _response_head(page)
    head.headers = [(name, value) for name, value in head.headers if name.lower() != "content-length"]
    return head


def _response_head(page: FetchedPage) -> StatusAndHeaders:
    try:
        phrase = HTTPStatus(page.status).phrase
    except ValueError:
        phrase = "Unknown"
    lines = [(_one_line(n), _one_line(v)) for n, v in fitted_headers(page.headers, len(page.body))]
    return StatusAndHeaders(f"{page.status} {phrase}", lines, protocol="HTTP/1.1")


def _request_head(page: FetchedPage) -> StatusAndHeaders:
    parts = urlsplit(page.final_url)
    target = parts._replace(scheme="", netloc="", fragment="", path=parts.path or "/").geturl()
    lines = [(_one_line(name), _one_line(value)) for name, value in page.request_headers]
    if not any(name.lower() == "host" for name, _ in lines):
        lines.insert(0, ("Host", parts.netloc))
    return StatusAndHeaders(f"GET {target} HTTP/1.1", lines, is_http_request=True)


def _one_line(value: str) -> str:
    # a header may not carry a line break into the record
    return "".join(char if char.isprintable() else " " for char in value).strip()


def _writer() -> WARCWriter:
    return WARCWriter(io.BytesIO(), gzip=False, warc_version="1.1")


def _written(writer: WARCWriter) -> bytes:
    return bytes(writer.out.getvalue())


def _member(records: Iterable[bytes]) -> bytes:
    # level 4: a quarter of the time of warcio's own level 9 for 5% more bytes
    members = []
    for record in records:
        packer = zlib.compressobj(4, zlib.DEFLATED, 31)
        members.append(packer.compress(record) + packer.flush())
    return b"".join(members)


def _create(folder: Path) -> tuple[str, RawIOBase]:
    stem = f"{datetime.now(UTC):%Y%m%dT%H%M%S}-{os.getpid()}"
    for number in range(1000):
        name = f"{stem}{f'-{number}' if number else ''}.warc.gz"
        if (folder / name).exists():
            continue
        try:
            # nothing is held back in memory that a full disk would refuse later
            return name, (folder / (name + OPEN_MARK)).open("xb", buffering=0)
        except FileExistsError:
            continue
    raise ArchiveError(f"archive {folder}: no free name for a new WARC file")


def _write_all(file: RawIOBase, data: bytes) -> None:
    left = memoryview(data)
    while left:
        left = left[file.write(left) or 0 :]


def _sync_folder(folder: Path) -> None:
    if os.name == "nt":  # folders cannot be synced there
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
