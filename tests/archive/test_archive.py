import dataclasses
import gzip
import io
import os
import zipfile
import zlib
from functools import partial

import brotli
import pytest
from hypothesis import given
from hypothesis import strategies as st
from warcio.archiveiterator import ArchiveIterator
from warcio.checker import Checker
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from aggregator.archive import ArchiveWriter, FetchedPage, Place, iter_responses, mend, read
from aggregator.errors import ArchiveError, UnreadableInputError

PAGE = FetchedPage(
    url="https://a.example/old",
    final_url="https://a.example/new?x=1",
    status=200,
    headers=(("Content-Type", "text/html; charset=utf-8"), ("ETag", '"1"')),
    body="<p>Ein schöner Film</p>".encode() * 50,
    fetched_at="2026-03-02T06:00:00Z",
    source="a.example",
    found_by="sitemap https://a.example/sitemap.xml",
    request_headers=(("User-Agent", "film-review-aggregator/0.1"),),
)

# no time stamp inside, so that the names of the cases are the same in every process
pack = partial(gzip.compress, mtime=0)


def other(number):
    return dataclasses.replace(PAGE, final_url=f"https://a.example/{number}", body=os.urandom(2000))


def write(folder, *pages):
    with ArchiveWriter(folder) as writer:
        return [writer.append(page) for page in pages]


def killed(folder, *pages):
    """What a killed process leaves: a file with its open mark."""
    places = write(folder, *pages)
    (path,) = folder.iterdir()
    return places, path.rename(path.with_name(path.name + ".open"))


def test_a_page_comes_back_as_it_was(tmp_path):
    (place,) = write(tmp_path, PAGE)
    back = read(tmp_path, place)
    assert (back.url, back.final_url, back.status) == (PAGE.url, PAGE.final_url, 200)
    assert (back.body, back.fetched_at) == (PAGE.body, PAGE.fetched_at)
    assert (back.source, back.found_by, back.place) == (PAGE.source, PAGE.found_by, place)
    assert back.header("etag") == '"1"'
    assert back.header("content-length") == str(len(PAGE.body))


def test_the_open_file_is_marked_and_readable(tmp_path):
    writer = ArchiveWriter(tmp_path)
    assert list(tmp_path.iterdir()) == []
    place = writer.append(PAGE)
    (path,) = tmp_path.iterdir()
    assert path.name == place.file + ".open"
    assert read(tmp_path, place).body == PAGE.body
    assert [page.place for page in iter_responses(tmp_path)] == [place]
    writer.close()
    assert [p.name for p in tmp_path.iterdir()] == [place.file]


def test_other_tools_read_it(tmp_path, capsys):
    packed = dataclasses.replace(
        PAGE,
        headers=(("Content-Encoding", "gzip"), ("Transfer-Encoding", "chunked"), ("Content-Length", "99")),
    )
    write(tmp_path, PAGE, packed)
    (path,) = tmp_path.iterdir()
    checker = Checker(type("Command", (), {"inputs": [str(path)], "verbose": True})())
    checker.process_all()
    assert checker.exit_value == 0, capsys.readouterr().out
    with path.open("rb") as file:
        records = [(r.rec_type, r.content_stream().read()) for r in ArchiveIterator(file, check_digests="raise")]
    assert [kind for kind, _ in records] == ["warcinfo", "response", "request", "response", "request"]
    assert records[3][1] == PAGE.body


def test_header_lines_cannot_be_forged(tmp_path):
    evil = dataclasses.replace(PAGE, headers=(("X-A", "b\r\nX-Evil: yes"),), found_by="x\r\nWARC-Type: evil")
    (place,) = write(tmp_path, evil)
    back = read(tmp_path, place)
    assert back.header("x-evil") is None
    assert back.found_by == "x  WARC-Type: evil"


def test_two_writers_have_two_files(tmp_path):
    with ArchiveWriter(tmp_path) as one, ArchiveWriter(tmp_path) as two:
        places = [one.append(other(1)), two.append(other(2)), one.append(other(3))]
    assert len({place.file for place in places}) == 2
    assert [read(tmp_path, place).final_url[-1] for place in places] == ["1", "2", "3"]


@pytest.mark.parametrize("cut", [1, 7, 200, 1500])
def test_a_torn_tail_is_cut(tmp_path, cut, caplog):
    places, path = killed(tmp_path, *(other(number) for number in range(3)))
    with path.open("r+b") as file:  # what a kill in the middle of a write leaves
        file.truncate(path.stat().st_size - cut)
    (mended,) = mend(tmp_path)
    assert mended.cut_bytes > 0
    assert "torn record cut" in caplog.text
    assert [p.name for p in tmp_path.iterdir()] == [mended.file]
    whole = [page.place for page in iter_responses(tmp_path)]
    assert whole in (places, places[:2])
    assert whole == places if cut < 200 else True
    assert mend(tmp_path) == []


@pytest.mark.parametrize("tail", [b"\0" * 500, b"\x1f\x8b\x08garbage", pack(b"not a record")])
def test_a_tail_of_garbage_is_cut(tmp_path, tail):
    (place,), path = killed(tmp_path, PAGE)
    with path.open("ab") as file:
        file.write(tail)
    assert mend(tmp_path)[0].cut_bytes == len(tail)
    assert [page.place for page in iter_responses(tmp_path)] == [place]


def test_an_open_file_with_nothing_whole_goes_away(tmp_path):
    (tmp_path / "20260302T060000-1.warc.gz.open").write_bytes(b"\x1f\x8b")
    assert mend(tmp_path)[0].records == 0
    assert list(tmp_path.iterdir()) == []


def test_a_whole_open_file_keeps_everything(tmp_path):
    places, _ = killed(tmp_path, *(other(number) for number in range(20)))
    assert mend(tmp_path)[0].cut_bytes == 0
    assert [page.place for page in iter_responses(tmp_path)] == places


def test_read_says_what_is_wrong(tmp_path):
    (place,) = write(tmp_path, PAGE)
    with pytest.raises(ArchiveError, match="byte 0"):
        read(tmp_path, Place("missing.warc.gz", 0))
    with pytest.raises(ArchiveError, match="byte 5"):
        read(tmp_path, Place(place.file, 5))


def foreign(body, headers, *, gz=True, rec_type="response", cut=0):
    out = io.BytesIO()
    writer = WARCWriter(out, gzip=gz)
    lines = StatusAndHeaders("200 OK", [("Content-Type", "text/html"), *headers], protocol="HTTP/1.1")
    record = writer.create_warc_record(
        "http://b.example/", rec_type, payload=io.BytesIO(body), length=len(body), http_headers=lines
    )
    writer.write_record(record)
    return out.getvalue()[: -cut or None]


RAW_DEFLATE = zlib.compressobj(9, zlib.DEFLATED, -15)


@pytest.mark.parametrize(
    ("packed", "headers"),
    [
        (b"film", []),
        (pack(b"film"), [("Content-Encoding", "gzip")]),
        (pack(b"fi") + pack(b"lm"), [("Content-Encoding", "x-gzip")]),
        (zlib.compress(b"film"), [("Content-Encoding", "deflate")]),
        (RAW_DEFLATE.compress(b"film") + RAW_DEFLATE.flush(), [("Content-Encoding", "Deflate")]),
        (brotli.compress(b"film"), [("Content-Encoding", "br")]),
        (brotli.compress(pack(b"film")), [("Content-Encoding", "gzip, br")]),
        (b"4\r\nfilm\r\n0\r\n\r\n", [("Transfer-Encoding", "chunked")]),
    ],
)
@pytest.mark.parametrize("gz", [True, False])
def test_files_of_other_tools(tmp_path, packed, headers, gz):
    path = tmp_path / ("x.warc.gz" if gz else "x.warc")
    path.write_bytes(foreign(packed, headers, gz=gz))
    (page,) = iter_responses(path)
    assert page.body == b"film"
    assert page.header("content-encoding") is None
    assert page.header("transfer-encoding") is None


@pytest.mark.parametrize(
    ("packed", "encoding", "why"),
    [
        (pack(b"film" * 999)[:-6], "gzip", "too early"),
        (pack(b"film" * 999)[:20] + b"xxxx" * 9, "gzip", "broken"),
        (pack(pack(pack(b"film"))), "gzip, gzip, gzip", "more than 2"),
        (b"film", "rot13", "unknown"),
        (pack(b"\0" * 60_000_000, 1), "gzip", "larger"),
        (brotli.compress(b"\0" * 60_000_000, quality=1), "br", "larger"),
        (brotli.compress(b"film" * 9999)[:-3], "br", "too early"),
    ],
)
def test_bodies_that_are_refused(tmp_path, packed, encoding, why):
    path = tmp_path / "x.warc.gz"
    path.write_bytes(foreign(packed, [("Content-Encoding", encoding)]) + foreign(b"next", []))
    problems = []
    assert [page.body for page in iter_responses(path, problems.append)] == [b"next"]
    assert len(problems) == 1
    assert why in problems[0]


def test_torn_foreign_files_are_told(tmp_path):
    for name, gz in (("x.warc.gz", True), ("x.warc", False)):
        (tmp_path / name).write_bytes(foreign(b"one" * 900, [], gz=gz) + foreign(os.urandom(900), [], gz=gz, cut=99))
        problems = []
        assert [page.body for page in iter_responses(tmp_path / name, problems.append)] == [b"one" * 900]
        assert len(problems) == 1
        with pytest.raises(UnreadableInputError):
            list(iter_responses(tmp_path / name))


def test_wacz(tmp_path):
    path = tmp_path / "x.wacz"
    with zipfile.ZipFile(path, "w") as package:
        package.writestr("datapackage.json", "{}")
        package.writestr("archive/data.warc.gz", foreign(b"film", []))
    (page,) = iter_responses(path)
    assert (page.body, page.place.file) == (b"film", "x.wacz!archive/data.warc.gz")


@pytest.mark.parametrize("name", ["x.warc", "x.warc.gz", "x.wacz"])
def test_not_an_archive(tmp_path, name):
    (tmp_path / name).write_bytes(b"<html>no archive</html>\n" * 9)
    with pytest.raises(UnreadableInputError):
        list(iter_responses(tmp_path / name))
    with pytest.raises(UnreadableInputError, match="no such file"):
        list(iter_responses(tmp_path / "missing.warc"))


@given(st.binary(max_size=300))
def test_any_body_round_trips(tmp_path_factory, body):
    folder = tmp_path_factory.mktemp("archive")
    (place,) = write(folder, dataclasses.replace(PAGE, body=body))
    assert read(folder, place).body == body
