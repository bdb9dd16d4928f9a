"""Our archive read by FastWARC, which shares no code with the library that writes it."""

import base64
import dataclasses
import hashlib
import os

from fastwarc.warc import ArchiveIterator, has_block_digest, is_warc_11

from aggregator.archive import ArchiveWriter, FetchedPage, writer

PAGE = FetchedPage(
    url="https://a.example/moon",
    final_url="https://a.example/moon",
    status=200,
    headers=(("Content-Type", "text/html; charset=utf-8"), ("ETag", '"1"'), ("Content-Encoding", "gzip")),
    body="<p>Ein schöner Film</p>".encode() * 50,
    fetched_at="2026-03-02T06:00:00Z",
    request_headers=(("User-Agent", "film-review-aggregator/0.1"),),
)
DIGEST = hashlib.sha1(PAGE.body).hexdigest()


def records(path):
    """(type, headers, HTTP status or None, body) of every record; both digests must be right where they are given."""
    with path.open("rb") as file:
        return [_checked(record) for record in ArchiveIterator(file, parse_http=False)]


def _checked(record):
    assert is_warc_11(record)
    assert has_block_digest(record)
    record.freeze()
    assert record.verify_block_digest()
    kind = record.headers["WARC-Type"]
    record.parse_http()
    if kind == "response":
        assert record.verify_payload_digest()
    status = record.http_headers.status_code if kind in {"response", "revisit"} else None
    return kind, dict(record.headers.items()), status, record.reader.read()


def test_responses_requests_and_revisits(tmp_path):
    later = dataclasses.replace(PAGE, fetched_at="2026-03-09T06:00:00Z")
    unmodified = dataclasses.replace(later, status=304, headers=(), body=b"")
    with ArchiveWriter(tmp_path) as archive:
        archive.append(PAGE)
        archive.append_revisit(later, DIGEST, PAGE.fetched_at)
        archive.append_revisit(unmodified, DIGEST, PAGE.fetched_at)
    (path,) = tmp_path.iterdir()
    info, response, request, same, not_modified = records(path)
    assert [one[0] for one in (info, response, request, same, not_modified)] == [
        "warcinfo", "response", "request", "revisit", "revisit",
    ]  # fmt: skip
    assert (response[2], response[3]) == (200, PAGE.body)
    assert response[1]["WARC-Payload-Digest"] == f"sha1:{base64.b32encode(bytes.fromhex(DIGEST)).decode()}"
    assert request[1]["WARC-Concurrent-To"] == response[1]["WARC-Record-ID"]
    for revisit, profile in ((same, "identical-payload-digest"), (not_modified, "server-not-modified")):
        assert revisit[1]["WARC-Profile"] == f"http://netpreserve.org/warc/1.1/revisit/{profile}"
        assert revisit[1]["WARC-Refers-To-Date"] == PAGE.fetched_at
        assert revisit[1]["WARC-Refers-To-Target-URI"] == revisit[1]["WARC-Target-URI"] == PAGE.final_url
        assert revisit[1]["WARC-Date"] == later.fetched_at
        assert revisit[3] == b""
    assert (same[2], not_modified[2]) == (200, 304)


def test_a_full_file_is_closed_and_the_next_begun(tmp_path, monkeypatch):
    monkeypatch.setattr(writer, "ROTATE_BYTES", 40_000)
    bodies = [os.urandom(9_000) for _ in range(20)]
    with ArchiveWriter(tmp_path) as archive:
        places = [
            archive.append(dataclasses.replace(PAGE, body=body, final_url=f"https://a.example/{number}"))
            for number, body in enumerate(bodies)
        ]
        assert len(list(tmp_path.glob("*.open"))) == 1
    files = sorted(tmp_path.iterdir())
    assert len(files) >= 4
    assert all(file.stat().st_size < 40_000 + 20_000 for file in files)
    assert {place.file for place in places} == {file.name for file in files}
    held = []
    for file in files:
        found = records(file)
        assert found[0][0] == "warcinfo"
        assert found[0][1]["WARC-Filename"] == file.name
        held += [body for kind, _, _, body in found if kind == "response"]
    assert sorted(held) == sorted(bodies)
