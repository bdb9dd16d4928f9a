import sqlite3
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
import sqlalchemy as sa
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory

import aggregator.store
from aggregator.errors import StoreError
from aggregator.store import Capture, Link, PageRecord, Store, Visit, open_store
from aggregator.store.engine import store_url
from aggregator.store.schema import HEAD, metadata
from tests.store.store_rows import rows

PAGE = PageRecord(url="https://a.example/1", fetched_at="2026-03-02T06:00:00Z", digest="d", source="a")


def test_migrations_make_exactly_the_tables_of_the_schema(store: Store) -> None:
    with store.reading() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        assert compare_metadata(context, metadata) == []


def test_the_schema_names_the_newest_migration() -> None:
    folder = Path(aggregator.store.__file__).parent / "migrations"
    assert ScriptDirectory(str(folder)).get_current_head() == HEAD


def test_a_store_keeps_its_rows_when_opened_again(target: str) -> None:
    with open_store(target) as first:
        first.stage_page(PAGE, {"reviews": [{"id": "r"}]})
        before = rows(first)
    with open_store(target) as second:
        assert rows(second) == before


def test_sqlite_is_set_up_for_one_writer_and_many_readers(tmp_path: Path) -> None:
    with open_store(tmp_path) as store, store.reading() as connection:
        ask = {name: connection.exec_driver_sql(f"PRAGMA {name}").scalar() for name in ("journal_mode", "foreign_keys")}
        assert ask == {"journal_mode": "wal", "foreign_keys": 1}
        assert int(connection.exec_driver_sql("PRAGMA busy_timeout").scalar() or 0) == 10_000


def test_a_newer_store_is_refused_in_one_line(target: str) -> None:
    with open_store(target) as store, store.writing() as connection:
        connection.execute(sa.text("UPDATE alembic_version SET version_num = '9999'"))
    for read_only in (False, True):
        with pytest.raises(StoreError, match="9999") as caught:
            open_store(target, read_only=read_only)
        assert "\n" not in str(caught.value)


def test_a_database_of_another_program_is_refused(tmp_path: Path) -> None:
    with sqlite3.connect(tmp_path / "store.sqlite") as connection:
        connection.execute("CREATE TABLE bookmarks (id)")
    connection.close()
    with pytest.raises(StoreError, match="tables of another program"):
        open_store(tmp_path)


def test_a_file_that_is_no_database_is_refused(tmp_path: Path) -> None:
    (tmp_path / "store.sqlite").write_text("hello " * 500)
    with pytest.raises(StoreError, match="is not a store"):
        open_store(tmp_path)


def test_a_missing_store_is_not_made_for_a_reader(tmp_path: Path) -> None:
    for options in ({"read_only": True}, {"create": False}):
        with pytest.raises(StoreError, match="no store there"):
            open_store(tmp_path / "nothing", **options)  # type: ignore[arg-type]
    assert not (tmp_path / "nothing").exists()


def test_a_folder_that_cannot_be_made_is_one_line(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(StoreError, match="cannot make this folder"):
        open_store(tmp_path / "file" / "data")


def test_a_locked_store_says_so_and_stays_whole(tmp_path: Path) -> None:
    with open_store(tmp_path, timeout_s=0.05) as store:
        other = sqlite3.connect(tmp_path / "store.sqlite", isolation_level=None)
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(StoreError, match="is locked by another run; wait or stop it"):
            store.stage_page(PAGE, {"reviews": []})
        assert store.counts()["pages"] == 0  # readers go on
        other.execute("ROLLBACK")
        other.close()
        assert store.stage_page(PAGE, {"reviews": []}) == "new"


def test_a_reader_cannot_write(tmp_path: Path) -> None:
    open_store(tmp_path).close()
    with open_store(tmp_path, read_only=True) as store, pytest.raises(StoreError, match="cannot be written"):
        store.add_source("a")


def test_a_store_on_a_read_only_disk_can_be_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with open_store(tmp_path) as store:
        store.stage_page(PAGE, {"reviews": []})
    monkeypatch.setattr("os.access", lambda *_: False)  # root may write anywhere but to a disk mounted so
    with open_store(tmp_path, read_only=True) as store:
        assert store.get_page(PAGE.url) is not None
    assert [path.name for path in tmp_path.iterdir()] == ["store.sqlite"]


def test_a_server_that_is_not_there_is_one_line_without_the_password() -> None:
    with pytest.raises(StoreError, match="cannot be reached") as caught:
        open_store("postgresql://me:secret@127.0.0.1:1/none")
    assert "secret" not in str(caught.value)


def test_store_url() -> None:
    assert store_url("postgresql://h/n").drivername == "postgresql+psycopg"
    assert store_url("data").database == "data/store.sqlite"
    assert store_url("x.sqlite").database == "x.sqlite"


def test_a_page_is_stored_whole_or_not_at_all(store: Store) -> None:
    with pytest.raises(ValueError, match="JSON"):
        store.stage_page(PAGE, {"reviews": [{"id": "r", "score": float("nan")}]})
    assert all(not held for held in rows(store).values())


def test_frontier_hands_out_nearest_first_and_forgets_nothing(store: Store) -> None:
    near, far = Link("https://a.example/1", 1, "sitemap"), Link("https://a.example/2", 2, "listing")
    assert store.frontier_add("a", [far, near, near]) == 2
    assert store.frontier_add("a", [near]) == 0
    assert store.frontier_pending("a") == [near, far]
    store.stage_page(PAGE, {"reviews": []}, visit=Visit("a", (near.url,)))
    assert store.frontier_pending("a") == [far]
    store.visited(Visit("a", (far.url,), outcome="failed", reason="503 five times"))
    assert store.frontier_pending("a") == []
    assert store.sources()[0] | {"to_visit": 0, "failed": 1, "pages": 1} == store.sources()[0]


def test_a_broken_off_crawl_goes_on_and_a_whole_one_begins_anew(store: Store) -> None:
    one, two, three = (Link(f"https://a.example/{n}", n, "sitemap", priority=n % 2) for n in range(3))
    assert not store.crawl_begin("a").resumed
    store.visited(Visit("a", (one.url,), (two, three), {"asked": 1}))
    again = store.crawl_begin("a")
    assert again.resumed
    assert again.pending == (two, three)  # the higher priority first
    assert set(again.met) == {one.url, two.url, three.url}
    assert again.state == {"asked": 1}
    store.visited(Visit("a", (two.url,)))
    store.crawl_end("a")
    before = rows(store)["frontier"]
    fresh = store.crawl_begin("a")
    assert (fresh.resumed, fresh.pending, fresh.met, fresh.state) == (False, (), (), {})
    assert fresh.left == (three,)
    assert store.sources()[0]["to_visit"] == 1
    assert store.frontier_add("a", [two, one]) == 2  # met again, so to be visited again
    store.visited(Visit("a", (one.url, two.url), (three,)))
    store.crawl_end("a")
    assert rows(store)["frontier"] == before


def test_robots_and_the_index_of_the_archive_are_kept(store: Store) -> None:
    assert store.robots("a.example:443") is None
    for status in (404, 200):
        store.keep_robots("a.example:443", "2026-03-02T06:00:00Z", status, b"\xff\0")
    assert store.robots("a.example:443") == ("2026-03-02T06:00:00Z", 200, b"\xff\0")
    newer = Capture("w", 9, "https://a.example/1", "2026-03-03T06:00:00Z", 200, "page", "d")
    older = Capture("v", 9, "https://a.example/1", "2026-03-02T06:00:00Z", 200, "page", "d")
    store.captured([newer, newer, older])
    store.captured([older])
    assert list(store.iter_captures()) == [older, newer]


def test_run_log(store: Store) -> None:
    run = store.start_run("crawl", "a", at="2026-03-02T06:00:00Z")
    store.finish_run(run, "done", {"pages": 3}, at="2026-03-02T06:01:00Z")
    store.start_run("crawl", "a")
    killed, done = store.runs()
    assert (done["outcome"], done["counts"]) == ("done", {"pages": 3})
    assert killed["finished_at"] is None


def test_sources_keep_their_start(store: Store) -> None:
    store.add_source("a", "https://a.example/")
    before = rows(store)
    store.add_source("a")
    store.add_source("a", "https://a.example/")
    assert rows(store) == before


def test_two_runs_may_stage_the_same_pages_at_once(target: str) -> None:
    def stage_all(_: int) -> set[str]:
        with open_store(target) as store:
            run = store.start_run("crawl", "a")
            pages = [PageRecord(f"https://a.example/{n}", PAGE.fetched_at, "d", source="a") for n in range(25)]
            return {store.stage_page(page, {"reviews": [{"id": page.url[-2:]}]}, run_id=run) for page in pages}

    with ThreadPoolExecutor(3) as pool:
        outcomes = set().union(*pool.map(stage_all, range(3)))
    assert outcomes <= {"new", "same"}
    with open_store(target) as store:
        assert (store.counts()["pages"], store.counts()["reviews"]) == (25, 25)


KILLED = """
import sys, itertools
from aggregator.store import open_store, PageRecord
store = open_store(sys.argv[1])
for number in itertools.count():
    url = f"https://a.example/{number}"
    page = PageRecord(url=url, fetched_at="2026-03-02T06:00:00Z", digest="d", source="a")
    store.stage_page(page, {"reviews": [{"id": f"r{number}", "body": "word " * 500}]})
    print(number, flush=True)
"""


def test_every_page_reported_before_a_kill_is_there_whole(tmp_path: Path) -> None:
    with subprocess.Popen(
        [sys.executable, "-c", KILLED, str(tmp_path)],
        stdout=subprocess.PIPE,
        text=True,
        cwd=Path(aggregator.store.__file__).parents[2],
    ) as process:
        assert process.stdout is not None
        reported = [int(process.stdout.readline()) for _ in range(40)][-1]
        process.kill()
    with open_store(tmp_path) as store:
        counts = store.counts()
        assert counts["pages"] >= reported + 1
        assert counts["pages"] == counts["reviews"]
        assert store.frontier_pending("a") == []
        with store.reading() as connection:
            assert connection.exec_driver_sql("PRAGMA integrity_check").scalar() == "ok"
