"""What is in the archive can be read again without any network, and comes out the same."""

import dataclasses
import json
import os
import shutil
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest
import pytest_socket

from aggregator.archive import FetchedPage, FolderLock
from aggregator.cli.imports import import_pages
from aggregator.cli.reparse import reparse
from aggregator.errors import StoreError
from aggregator.store import open_store
from pipelines import rereading, steps, workers
from pipelines.folder import DataFolder
from tests.spiders.loopback import review

ROOT = Path(__file__).parent.parent.parent
FIXTURES = ROOT / "fixtures" / "sites"
DAY = "2026-03-02T06:00:00Z"
HTML = (("Content-Type", "text/html"),)
HOLD = """import sys, pathlib; from aggregator.archive import FetchedPage, FolderLock
with FolderLock(pathlib.Path(sys.argv[1])): print("held", flush=True); sys.stdin.read()"""


def aggregator(*arguments, cwd):
    return subprocess.run(
        [sys.executable, "-c", "from aggregator.cli import main; main()", *map(str, arguments)],
        cwd=cwd, env=os.environ | {"PYTHONPATH": str(ROOT)}, capture_output=True, text=True, timeout=90, check=False,
    )  # fmt: skip


def rows(data):
    with open_store(data, create=False, read_only=True) as store:
        return list(store.iter_pages()), [(one.page_url, one.place, one.data) for one in store.iter_reviews()]


@pytest.fixture(scope="module")
def imported(tmp_path_factory):
    folder = tmp_path_factory.mktemp("imported")
    done = aggregator("import", FIXTURES / "jsonld", FIXTURES / "hreview", "--data", "data", "--no-build", cwd=folder)
    assert done.returncode == 0, done.stderr
    return folder / "data"


@pytest.fixture
def no_network():
    pytest_socket.disable_socket()
    yield
    pytest_socket.enable_socket()


def test_saved_pages_are_archived_and_stored(imported):
    pages, reviews = rows(imported)
    assert len(reviews) >= 4
    assert all(page["archive_file"] for page in pages)
    assert {page["source"] for page in pages} == {"reelreport.example", "oldreels.example"}


def test_reparse_gives_the_same_rows(imported, no_network, capsys):
    before = rows(imported)
    reparse(data=imported, build=False)
    assert rows(imported) == before
    assert "0 new, 0 updated" in capsys.readouterr().err


def test_reparse_makes_the_store_anew(imported, tmp_path, no_network):
    (tmp_path / "archive").symlink_to(imported / "archive")
    reparse(data=tmp_path, build=False)
    assert rows(tmp_path) == rows(imported)


def test_an_archive_imports_like_its_pages(imported, tmp_path):
    done = aggregator("import", imported / "archive", "--data", "data", "--no-build", cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    assert rows(tmp_path / "data")[1] == rows(imported)[1]


def test_what_cannot_be_imported_is_told(tmp_path):
    (tmp_path / "torn.warc.gz").write_bytes(b"\x1f\x8b\x08 no archive")
    (tmp_path / "empty.html").write_bytes(b"")
    done = aggregator("import", "torn.warc.gz", "empty.html", "--data", "data", "--no-build", cwd=tmp_path)
    assert done.returncode == 1
    assert "no page found to import" in done.stderr
    assert "torn.warc.gz" in done.stderr
    assert "empty.html" in done.stderr


def test_a_build_that_fails_is_told(tmp_path):
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / "decisions.toml").write_text("this is no TOML")
    done = aggregator("import", FIXTURES / "hreview" / "moon", "--data", "data", cwd=tmp_path)
    assert done.returncode == 1
    assert "build failed" in done.stderr
    assert "decisions.toml" in done.stderr
    assert len(rows(tmp_path / "data")[1]) == 1


def test_a_folder_in_use_says_by_whom(tmp_path):
    holder = subprocess.Popen(
        [sys.executable, "-c", HOLD, str(tmp_path)],
        cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
    )  # fmt: skip
    assert holder.stdout.readline() == "held\n"
    with pytest.raises(StoreError, match=f"process {holder.pid}"):
        FolderLock(tmp_path).acquire()
    holder.kill()
    holder.communicate()
    with FolderLock(tmp_path), FolderLock(tmp_path):  # the lock of a killed process holds nobody up
        assert (tmp_path / "lock").read_text().strip() == str(os.getpid())


def test_a_diff_shows_what_would_change_and_stores_nothing(imported, tmp_path):
    """As after a change of the parser: the stored rows say something else than the bytes do now."""
    data = tmp_path / "data"
    shutil.copytree(imported, data)
    with sqlite3.connect(data / "store.sqlite") as store:
        ((row, text), *_) = store.execute("SELECT id, data FROM reviews ORDER BY id").fetchall()
        stored = json.loads(text)
        title = stored["film"]["title"]
        stored["film"]["title"] = "Another Title"
        store.execute("UPDATE reviews SET digest = '', data = ? WHERE id = ?", (json.dumps(stored), row))
        store.execute("DELETE FROM reviews WHERE id = (SELECT max(id) FROM reviews)")
    store.close()
    before = rows(data)
    done = aggregator("reparse", "--data", data, "--diff", cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    assert f"film.title: Another Title -> {title}" in done.stdout
    assert len(done.stdout.splitlines()) == 2
    assert "+ review" in done.stdout
    assert "2 would change: 1 reviews more, 0 fewer" in done.stderr
    assert rows(data) == before
    one = aggregator("reparse", "--data", data, "--source", stored["source"], "--no-build", cwd=tmp_path)
    assert "1 updated" in one.stderr
    assert aggregator("reparse", "--data", data, "--source", "nobody", cwd=tmp_path).returncode == 2
    assert rows(data)[1][0][2]["film"]["title"] != "Another Title"


def test_a_page_that_hangs_or_eats_memory_harms_no_neighbour(tmp_path, monkeypatch):
    """A killer page as it would hang or kill its worker; what is stored of it stays."""
    folder = DataFolder(tmp_path)
    names = ["a", "hang", "b", "die", "eat", "c"]
    for name in names:
        page = FetchedPage(f"https://a.example/{name}", f"https://a.example/{name}", 200, HTML, review(name), DAY, "a")
        folder.stage(steps.with_reading(dataclasses.replace(page, place=folder.archive.append(page))))
    folder.archive.close()
    before = list(folder.store.iter_reviews())
    assert len(before) == len(names)
    problems = []
    with Killers(tmp_path / "killers", monkeypatch):
        figures = rereading.read_again(folder, problems.append, workers=2)
    assert sorted(problems) == [f"broke the parser: https://a.example/{name}" for name in ("die", "eat", "hang")]
    assert (figures["pages"], figures["broke"], figures["same"]) == (6, 3, 3)
    assert list(folder.store.iter_reviews()) == before
    folder.close("finished", {})


class Killers:
    """A sitecustomize for the workers, under which some pages kill whoever reads them."""

    CODE = """
import os, time
from pipelines import steps, workers
workers.SECONDS = 4
real = steps.parse
def parse(body, url=None, **options):
    if url.endswith("/hang"):
        while True:
            try: time.sleep(60)
            except Exception: pass
    if url.endswith("/die"): os.kill(os.getpid(), 9)
    if url.endswith("/eat"): return [bytearray(1 << 28) for _ in range(40)]
    return real(body, url, **options)
steps.parse = parse
"""

    def __init__(self, place, monkeypatch):
        place.mkdir()
        (place / "sitecustomize.py").write_text(self.CODE)
        monkeypatch.setenv("PYTHONPATH", f"{place}:{ROOT}")
        monkeypatch.setattr(workers, "SECONDS", 4)

    def __enter__(self):
        return self

    def __exit__(self, *_):
        pass


def test_contents_of_one_address_are_read_oldest_first_whatever_the_archive_says(tmp_path):
    """An import may bring older pages into a newer file."""
    folder = DataFolder(tmp_path)
    for day, title in (("04", "Third"), ("02", "First"), ("03", "Second")):
        page = FetchedPage(
            "https://a.example/x", "https://a.example/x", 200, HTML, review(title), f"2026-03-{day}T06:00:00Z", "a"
        )
        folder.archive.append(page)
    folder.archive.close()
    rereading.read_again(folder, print, workers=2)
    (held,) = folder.store.iter_reviews()
    assert held.data["film"]["title"] == "Third"
    assert [version["film"]["title"] for _, version in held.versions] == ["First", "Second"]
    folder.close("finished", {})


def test_commands_have_examples():
    for command in (import_pages, reparse):
        assert "Example: aggregator " in command.__doc__
