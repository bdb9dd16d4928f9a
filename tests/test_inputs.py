"""Files a user names: every kind is opened, every fault is one line, and the other files are read all the same."""

import base64
import gzip
import json
import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from aggregator.archive import BODY_LIMIT
from aggregator.inputs import Input, read_inputs, wordpress_html
from aggregator.parse import parse

PROSE = "The film is slow, and Anna Weber plays the widow with a patience that few actors have. " * 4
PAGE = f"<!doctype html><html><head><title>Moon</title></head><body><h1>Moon</h1><p>{PROSE}</p></body></html>"
POST = {
    "id": 7,
    "date": "2019-03-02T10:00:00",
    "link": "https://blog.example/2019/03/moon/",
    "title": {"rendered": "Moon: film review"},
    "content": {"rendered": f"<p>{PROSE}</p><p>Rating: 4/5</p>"},
    "_embedded": {
        "author": [{"name": "Anna Weber"}],
        "wp:term": [[{"name": "Film Reviews"}], [{"name": "Drama & more"}]],
        "replies": [
            [
                {
                    "id": 3,
                    "parent": 2,
                    "author_name": "Ben",
                    "date": "2019-03-04T09:00:00",
                    "content": {"rendered": "<p>No.</p>"},
                },
                {
                    "id": 2,
                    "parent": 0,
                    "author_name": "Ada",
                    "date": "2019-03-03T09:00:00",
                    "content": {"rendered": "<p>Yes?</p>"},
                },
            ]
        ],
    },
}


def opened(*paths):
    return list(read_inputs([str(path) for path in paths]))


def only(path):
    (item,) = opened(path)
    return item


def save(path, content):
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return path


def mhtml(body, charset="utf-8", encoding="base64"):
    encoded = base64.encodebytes(body).decode() if encoding == "base64" else body.decode("latin-1")
    return (
        "From: <Saved by Blink>\r\nSnapshot-Content-Location: https://blog.example/moon\r\nSubject: Moon\r\n"
        'MIME-Version: 1.0\r\nContent-Type: multipart/related; type="text/html"; boundary="b"\r\n\r\n'
        "--b\r\nContent-Type: image/png\r\nContent-Transfer-Encoding: base64\r\nContent-Location: cid:1\r\n\r\niVBO\r\n"
        f"--b\r\nContent-Type: text/html; charset={charset}\r\nContent-Transfer-Encoding: {encoding}\r\n"
        f"Content-Location: https://blog.example/2019/moon\r\n\r\n{encoded}\r\n--b--\r\n"
    )


def warc(records, *, zipped=True):
    """A WARC file with responses (url, status, headers, body)."""
    made = b""
    for url, status, headers, body in records:
        head = "".join(f"{name}: {value}\r\n" for name, value in headers)
        http = f"HTTP/1.1 {status} X\r\n{head}\r\n".encode() + body
        about = (
            f"WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: {url}\r\nWARC-Date: 2020-01-02T03:04:05Z\r\n"
            f"Content-Type: application/http; msgtype=response\r\nContent-Length: {len(http)}\r\n\r\n"
        )
        record = about.encode() + http + b"\r\n\r\n"
        made += gzip.compress(record) if zipped else record
    return made


HTML = [("Content-Type", "text/html; charset=utf-8")]


@pytest.mark.parametrize("name", ["a.html", "a.htm", "a.xhtml", "a.HTML", "a.txt", "a.b.html"])
def test_a_saved_page(tmp_path, name):
    path = save(tmp_path / name, PAGE)
    assert only(path) == Input(str(path), PAGE.encode())


def test_a_labelled_page_knows_its_address(tmp_path):
    save(tmp_path / "page.json", json.dumps({"url": "https://a.example/moon", "fetched_at": "2020-01-02"}))
    for name in ("page.html", "page.html.gz"):
        content = PAGE.encode()
        item = only(save(tmp_path / name, gzip.compress(content) if name.endswith("gz") else content))
        assert (item.url, item.fetched_at, item.body) == ("https://a.example/moon", "2020-01-02", content)
    assert only(save(tmp_path / "other.html", PAGE)).url is None


@pytest.mark.parametrize("name", ["a.html.gz", "a.txt.gz", "a.HTM.GZ"])
def test_a_packed_page(tmp_path, name):
    path = save(tmp_path / name, gzip.compress(PAGE[:900].encode()) + gzip.compress(PAGE[900:].encode()))
    assert only(path).body == PAGE.encode()


@pytest.mark.parametrize("name", ["a.mhtml", "a.mht", "a.MHTML", "a.mhtml.gz"])
def test_a_page_saved_with_its_pictures(tmp_path, name):
    content = mhtml(PAGE.encode()).encode()
    item = only(save(tmp_path / name, gzip.compress(content) if name.endswith("gz") else content))
    assert item.body.decode("utf-8-sig") == PAGE
    assert item.url == "https://blog.example/2019/moon"


def test_the_charset_that_stands_beside_a_page_is_kept(tmp_path):
    russian = PAGE.replace("Moon", "Луна")
    body = russian.encode("koi8-r", "replace")
    item = only(save(tmp_path / "a.mhtml", mhtml(body, "koi8-r")))
    assert "Луна" in item.body.decode("utf-8-sig")
    assert not parse(item.body).problems
    record = ("https://a.example/", 200, [("Content-Type", "text/html; charset=koi8-r")], body)
    assert "Луна" in only(save(tmp_path / "a.warc.gz", warc([record]))).body.decode("utf-8-sig")


def test_a_wordpress_post_reads_as_its_page(tmp_path):
    item = only(save(tmp_path / "post.json", json.dumps(POST)))
    assert item.url == POST["link"]
    page = parse(item.body, item.url)
    assert page.page_type == "review"
    (review,) = page.reviews
    assert review.film.title == "Moon"
    assert review.critics == ["Anna Weber"]
    assert review.published.startswith("2019-03-02")
    assert review.rating.value == 4
    assert review.body.startswith("The film is slow")
    assert [(c.author, c.text, c.parent) for c in review.comments] == [
        ("Ada", "Yes?", None),
        ("Ben", "No.", "comment-2"),
    ]


def test_a_list_of_wordpress_posts(tmp_path):
    path = save(tmp_path / "posts.json", json.dumps([POST, {"code": "gone"}, {**POST, "link": None}]))
    first, broken, last = opened(path)
    assert (first.path, first.url) == (f"{path}#0", POST["link"])
    assert broken.error.startswith(f"{path}#1: ")
    assert (last.path, last.url, last.error) == (f"{path}#2", None, None)


@pytest.mark.parametrize(
    "odd",
    [
        {"_embedded": []},
        {"_embedded": {"author": None, "replies": [None, {"id": "x"}]}},
        {"_embedded": {"author": [{"code": "rest_user_invalid_id"}]}},
        {"_embedded": {"replies": [[{"id": 1, "parent": 2}, {"id": 2, "parent": 1}]]}},
        {"_embedded": {"replies": [[{"id": n, "parent": n - 1} for n in range(1, 3000)]]}},
        {"title": None, "content": 3, "date": 5, "link": ["x"]},
        {"title": "plain", "content": "plain"},
        {"title": {"rendered": "\ud800"}},
    ],
)
def test_odd_posts_are_read_as_far_as_they_go(tmp_path, odd):
    assert "<article>" in wordpress_html({**POST, **odd})
    item = only(save(tmp_path / "post.json", json.dumps({**POST, **odd})))
    assert item.error is None
    parse(item.body, item.url)


def test_a_web_archive_gives_its_pages_and_nothing_else(tmp_path):
    records = [
        ("https://a.example/moon", 200, HTML, PAGE.encode()),
        ("https://a.example/logo.png", 200, [("Content-Type", "image/png")], b"\x89PNG"),
        ("https://a.example/app.js", 200, [("Content-Type", "text/javascript")], b"alert(1)"),
        ("https://a.example/gone", 404, HTML, b"<p>gone</p>"),
        ("https://a.example/sun", 200, [], PAGE.encode()),
        ("https://a.example/empty", 200, HTML, b""),
    ]
    for name, zipped in (("a.warc.gz", True), ("a.warc", False)):
        path = save(tmp_path / name, warc(records, zipped=zipped))
        items = opened(path)
        assert [item.path for item in items] == [f"{path}#https://a.example/{page}" for page in ("moon", "sun")]
        assert [item.url for item in items] == ["https://a.example/moon", "https://a.example/sun"]
        assert items[0].body == PAGE.encode()
        assert items[0].fetched_at == "2020-01-02T03:04:05Z"


def test_a_wacz_package(tmp_path):
    path = tmp_path / "a.wacz"
    with zipfile.ZipFile(path, "w") as package:
        package.writestr("datapackage.json", "{}")
        package.writestr("archive/data.warc.gz", warc([("https://a.example/moon", 200, HTML, PAGE.encode())]))
    assert [item.url for item in opened(path)] == ["https://a.example/moon"]


def test_a_torn_archive_gives_what_is_whole_and_says_so(tmp_path):
    content = warc([(f"https://a.example/{n}", 200, HTML, PAGE.encode()) for n in range(3)])
    *whole, torn = opened(save(tmp_path / "a.warc.gz", content[:-60]))
    assert [item.url for item in whole] == ["https://a.example/0", "https://a.example/1"]
    assert torn.error
    assert "\n" not in torn.error


def test_a_folder_gives_its_pages_in_order_and_passes_over_the_rest(tmp_path):
    for name in ("b/page.html", "a.txt", "c/z.htm", "c/a.mhtml", "d.json", "e.warc.gz"):
        save(tmp_path / name, PAGE)
    save(tmp_path / "c/a.mhtml", mhtml(PAGE.encode()))
    save(tmp_path / "d.json", json.dumps(POST))
    save(tmp_path / "e.warc.gz", warc([("https://a.example/moon", 200, HTML, PAGE.encode())]))
    for name in ("b/page.json", "b/expected.json", "site.json", "package.json", "list.json"):
        save(tmp_path / name, "{}" if name != "list.json" else "[1]")
    for name in ("style.css", "readme.md", "archive.tar.gz", "noname"):
        save(tmp_path / name, "x")
    names = [Path(item.path.split("#")[0]).relative_to(tmp_path).as_posix() for item in opened(tmp_path)]
    assert names == ["a.txt", "b/page.html", "c/a.mhtml", "c/z.htm", "d.json", "e.warc.gz"]
    assert not [item.error for item in opened(tmp_path) if item.error]


def test_what_a_browser_saved_beside_a_page_is_no_page(tmp_path):
    save(tmp_path / "Moon.html", PAGE)
    save(tmp_path / "Moon_files/saved_resource.html", "<p>advert</p>")
    save(tmp_path / "log_files/page.html", PAGE)
    assert [Path(item.path).name for item in opened(tmp_path)] == ["Moon.html", "page.html"]


def test_an_empty_or_foreign_folder_is_an_error(tmp_path):
    save(tmp_path / "style.css", "x")
    assert "no page in this folder" in only(tmp_path).error
    save(tmp_path / "package.json", "{}")
    assert "no page in this folder" in only(tmp_path).error


FAULTS = {
    "missing.html": (None, "no such file", "No such file"),
    "missing": (
        None,
        "no such file or folder",
    ),
    "a.docx": (b"PK", "unknown file type .docx"),
    "a.opml": (b"<opml/>", "`aggregator source import "),
    "noname": (b"<p>a</p>", "unknown file type (none)"),
    "a.gz": (gzip.compress(b"x"), "unknown file type .gz"),
    "a.tar.gz": (gzip.compress(b"x"), "unknown file type .tar"),
    "empty.html": (b"", "empty"),
    "blank.txt": (b" \n\t ", "empty"),
    "empty.html.gz": (gzip.compress(b""), "empty"),
    "a.html.gz": (b"<p>not packed</p>", "broken or incomplete gzip"),
    "torn.html.gz": (gzip.compress(PAGE.encode())[:-20], "broken or incomplete gzip"),
    "wrong.html.gz": (gzip.compress(PAGE.encode())[:20] + b"\0" * 40, "broken or incomplete gzip"),
    "huge.html": (b"<p>" + b"a" * BODY_LIMIT, "larger than"),
    "bomb.html.gz": (gzip.compress(b"a" * (BODY_LIMIT + 100)), "larger than"),
    "broken.json": (b'{"title": ', "not readable"),
    "deep.json": (b"[" * 100_000, "not readable"),
    "bytes.json": (b"\xff\xfe\xfa", "not readable"),
    "other.json": (b'{"name": "x"}', "no WordPress REST post"),
    "none.json": (b"[]", "no WordPress REST post"),
    "null.json": (b"null", "no WordPress REST post"),
    "a.mhtml": (b"Content-Type: text/plain\r\n\r\nhello", "no HTML part"),
    "odd.mht": (b"\x00\xff" * 50, "no HTML part"),
    "a.warc.gz": (b"no archive", "not a whole WARC record"),
    "none.warc": (b"", "no page in this archive"),
    "pictures.warc.gz": (
        warc([("https://a.example/a.png", 200, [("Content-Type", "image/png")], b"x")]),
        "no page in this archive",
    ),
    "a.wacz": (b"no zip", "not a WACZ"),
}


@pytest.mark.parametrize("name", FAULTS)
def test_a_fault_is_one_line_that_names_the_file(tmp_path, name):
    content, *wanted = FAULTS[name]
    path = tmp_path / name
    if content is not None:
        save(path, content)
    item = only(path)
    assert item.body == b""
    assert str(path.name) in item.error
    assert any(words in item.error for words in wanted), item.error
    assert "\n" not in item.error


def test_a_wrong_page_json_is_a_fault_of_its_page(tmp_path):
    for wrong in ("[1]", "{", '"x"'):
        save(tmp_path / "page.json", wrong)
        assert "page.html" in only(save(tmp_path / "page.html", PAGE)).error
    save(tmp_path / "page.json", '{"url": 5, "fetched_at": null}')
    assert only(tmp_path / "page.html").url is None


@pytest.mark.skipif(os.geteuid() == 0, reason="nothing is forbidden to root")
def test_a_forbidden_file_or_folder_is_one_line(tmp_path):
    path = save(tmp_path / "a.html", PAGE)
    path.chmod(0)
    assert "ermission" in only(path).error
    folder = tmp_path / "all" / "shut"
    save(folder / "b.html", PAGE)
    save(tmp_path / "all" / "c.html", PAGE)
    folder.chmod(0)
    try:
        assert "ermission" in only(folder).error
        assert "ermission" in only(folder / "b.html").error
        read, shut = opened(tmp_path / "all")
        assert read.error is None
        assert "shut: " in shut.error
    finally:
        folder.chmod(0o700)


def test_a_directory_that_looks_like_a_page_is_a_folder(tmp_path):
    save(tmp_path / "a.html" / "b.html", PAGE)
    assert Path(only(tmp_path / "a.html").path).name == "b.html"


def cli(*arguments, given=b""):
    command = [sys.executable, "-c", "from aggregator.cli import main; main()", "parse", *map(str, arguments)]
    return subprocess.run(command, input=given, capture_output=True, timeout=120, check=False)


def test_the_other_files_are_read_and_the_exit_code_says_that_one_was_not(tmp_path):
    good = [save(tmp_path / name, PAGE) for name in ("a.html", "b.html")]
    odd = tmp_path / os.fsdecode(b"c\xff.html")
    save(odd, PAGE)
    run = cli(good[0], save(tmp_path / "x.docx", b"PK"), save(tmp_path / "y.html.gz", b"x"), odd, good[1])
    assert run.returncode == 1
    assert [Path(json.loads(line)["path"]).name for line in run.stdout.splitlines()] == [
        "a.html",
        "c\ufffd.html",
        "b.html",
    ]
    errors = run.stderr.decode().splitlines()
    assert [line.startswith("aggregator: ") for line in errors] == [True, True, False]
    assert errors[-1] == "3 pages read, 2 not"
    assert cli(*good).returncode == 0


@pytest.mark.parametrize("given", [PAGE.encode(), json.dumps(POST).encode(), b"[Moon] A text.\n" + PROSE.encode()])
def test_standard_input(given):
    run = cli("-", given=given)
    assert run.returncode == 0
    (line,) = run.stdout.splitlines()
    assert json.loads(line)["path"] == "-"


def test_nothing_on_standard_input_is_an_error():
    run = cli("-")
    assert run.returncode == 1
    assert b"-: empty" in run.stderr
