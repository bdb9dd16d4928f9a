"""What is in the archive can be read again without any network, and comes out the same."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
import pytest_socket

from aggregator.archive import FolderLock
from aggregator.cli.imports import import_pages
from aggregator.cli.reparse import reparse
from aggregator.errors import StoreError
from aggregator.store import open_store

ROOT = Path(__file__).parent.parent.parent
FIXTURES = ROOT / "fixtures" / "sites"
HOLD = """import sys, pathlib; from aggregator.archive import FolderLock
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


def test_commands_have_examples():
    for command in (import_pages, reparse):
        assert "Example: aggregator " in command.__doc__
