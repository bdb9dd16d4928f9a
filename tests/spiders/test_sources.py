"""Sources of aggregator.toml: probed, crawled side by side, and on a schedule, against real servers."""

import json
import re
import signal
import sqlite3
import threading
import time

import pytest

from aggregator.archive import FolderLock
from aggregator.errors import StoreError
from aggregator.store import open_store
from tests.spiders.loopback import PROSE, Answer, Loopback, review, run, start


def small(site, count=3, **more):
    site.routes = {f"/review/{n}": Answer(review(f"Film {site.key} {n}"), **more) for n in range(count)}
    site.routes["/"] = site.home()
    site.routes["/sitemap.xml"] = site.sitemap(*(f"/review/{n}" for n in range(count)))


def allowed(*servers):
    return [part for server in servers for part in ("--allow", server.key)]


def test_a_site_is_probed_and_written_down(tmp_path):
    with Loopback({}) as site, Loopback({}) as silent:
        small(site, 30)
        silent.routes = {"/": silent.home("/about"), "/about": Answer(b"<p>About us</p>")}
        options = ["--delay", "0.02", "--data", "data"]
        done = run(
            "source", "add", site.origin, "--name", "reel", "--schedule", "6h", "--limit", "depth=9",
            *allowed(site), *options, cwd=tmp_path,
        )  # fmt: skip
        assert done.code == 0, done.stderr
        assert "30 by sitemap; 30 of them look like reviews" in done.stdout
        assert "with 5 reviews" in done.stdout
        assert f"Film {site.key}" in done.stdout
        assert "Ada Quill" in done.stdout
        assert re.search(r"rating +4 \(of 5\)", done.stdout), done.stdout
        assert len(site.asked) <= 9
        text = (tmp_path / "aggregator.toml").read_text()
        assert f'name = "reel"\nstart = "{site.origin}"' in text
        assert 'schedule = "6h"' in text
        assert "limits.depth = 9" in text
        none = run("source", "add", silent.origin, *allowed(silent), *options, cwd=tmp_path)
        assert none.code == 1
        assert "no review found, nothing written" in none.stderr
        again = run("source", "add", site.origin, "--name", "reel", *allowed(site), *options, cwd=tmp_path)
        assert again.code == 2
        assert (tmp_path / "aggregator.toml").read_text() == text
        assert not (tmp_path / "data").exists()
    listed = run("source", "list", cwd=tmp_path)
    assert "reel" in listed.stdout
    (tmp_path / "s.opml").write_text('<opml><body><outline xmlUrl="https://a.example/feed"/></body></opml>')
    assert run("source", "import", "s.opml", cwd=tmp_path).code == 0
    again = run("source", "import", "s.opml", cwd=tmp_path)
    assert (again.code, again.last_line) == (0, "0 sources added, 1 there already")
    assert run("source", "remove", "reel", cwd=tmp_path).code == 0
    left = (tmp_path / "aggregator.toml").read_text()
    assert "reel" not in left
    assert "https://a.example/feed" in left


def spans(server):
    return min(server.times), max(server.times)


def test_sources_are_crawled_side_by_side_and_no_host_twice_at_once(tmp_path):
    """Two servers at once; a third whose process dies is named, and what the others found is kept."""
    with Loopback({}) as one, Loopback({}) as two, Loopback({}) as hanging:
        small(one, 12)
        small(two, 12)
        small(hanging, 4)
        hanging.routes["/review/2"] = Answer(review("Late"), pause=30)
        starts = [one.origin, f"{one.origin}/sitemap.xml", two.origin, hanging.origin]
        process = start(
            "crawl", *starts, *allowed(one, two, hanging), "--delay", "0.1", "--data", "data", "--jobs", "3",
            cwd=tmp_path,
        )  # fmt: skip
        while "/review/2" not in hanging.asked or len(one.asked) + len(two.asked) < 28:
            time.sleep(0.02)
            assert process.poll() is None
        time.sleep(2)
        kill_the_one_that_asks(hanging, process.pid)
        _, err = process.communicate(timeout=60)
        assert process.returncode == 1
        assert f"{hanging.key}: its process died (-9)" in err
        assert spans(one)[0] < spans(two)[1]
        assert spans(two)[0] < spans(one)[1]
        for server in (one, two):
            assert len(server.asked) == len(set(server.asked))
    with open_store(tmp_path / "data", create=False, read_only=True) as store:
        assert {row["name"]: row["reviews"] for row in store.sources()} == {one.key: 12, two.key: 12, hanging.key: 2}
        assert list(store.iter_films())  # the dataset was built
    assert not list((tmp_path / "data" / "archive").glob("*.open"))


@pytest.mark.parametrize("how", [signal.SIGINT, signal.SIGKILL])
def test_when_the_run_ends_its_processes_end(tmp_path, how):
    """Ctrl-C is passed on, once, and nothing more is begun; a killed run leaves no process that goes on crawling, and
    nobody comes into the folder before the last of them is gone.
    """
    with Loopback({}) as one, Loopback({}) as two, Loopback({}) as later:
        for server in (one, two, later):
            small(server, 40)
        process = start(
            "crawl", one.origin, two.origin, later.origin, *allowed(one, two, later), "--delay", "0.3", "--data",
            "data", "--jobs", "2", "--no-build", cwd=tmp_path,
        )  # fmt: skip
        while not (len(one.asked) > 6 and len(two.asked) > 6):
            time.sleep(0.02)
        process.send_signal(how)
        while process.poll() is None:
            time.sleep(0.02)
        if how == signal.SIGKILL:
            with pytest.raises(StoreError, match="in use by another run"):
                FolderLock(tmp_path / "data").acquire()
        process.communicate(timeout=60)  # ends when the last process that holds its output has ended
        asked = len(one.asked), len(two.asked)
        assert not list((tmp_path / "data" / "archive").glob("*.open"))
        assert not later.asked
        time.sleep(1)
        assert (len(one.asked), len(two.asked)) == asked
        done = run(
            "crawl", one.origin, two.origin, *allowed(one, two), "--delay", "0.01", "--data", "data", "--jobs", "2",
            "--no-build", cwd=tmp_path,
        )  # fmt: skip
        assert done.code == 0, done.stderr
        for server in (one, two):
            pages = [path for path in server.asked if path.startswith("/review")]
            assert len(pages) - len(set(pages)) <= 1
            assert len(set(pages)) == 40


def kill_the_one_that_asks(server, parent):
    """Kill that child of `parent` that has a connection to the server."""
    import os
    from pathlib import Path

    port = f":{int(server.key.rpartition(':')[2]):04X}"
    lines = [line.split() for line in Path("/proc/net/tcp").read_text().splitlines()[1:]]
    sockets = {f"socket:[{line[9]}]" for line in lines if line[2].endswith(port)}
    for entry in Path("/proc").glob("[0-9]*"):
        try:
            if int((entry / "stat").read_text().rpartition(")")[2].split()[1]) != parent:
                continue
            if any(str(one.readlink()) in sockets for one in (entry / "fd").iterdir()):
                os.kill(int(entry.name), signal.SIGKILL)
                return
        except OSError:
            continue
    raise AssertionError("no child asks this server")


def test_a_schedule_crawls_what_is_due_and_one_failure_stops_nobody(tmp_path):
    with Loopback({}) as good, Loopback({}) as other, Loopback({}) as down:
        small(good, etag=True)
        small(other)
        down.routes = {"/robots.txt": Answer(b"", 503)}
        sources = "".join(
            f'[[source]]\nname = "{name}"\nstart = "{server}"\nschedule = "{every}"\n'
            for name, server, every in (
                ("down", down.origin, "daily"), ("good", good.origin, "6h"), ("other", other.origin, "weekly"),
                ("wrong", "http://127.0.0.1:9/", "daily"),
            )
        )  # fmt: skip
        head = f'delay = 0.02\nallow = ["{good.key}", "{other.key}", "{down.key}"]\n'
        (tmp_path / "aggregator.toml").write_text(head + sources)
        done = run("schedule", "run", "--data", "data", "--export", "out", "--jobs", "2", cwd=tmp_path)
        assert done.code == 1
        assert "down: 1 pages not read (robots_unreadable 1)" in done.stderr
        assert "wrong: http://127.0.0.1:9/" in done.stderr
        assert "; 6 reviews" in done.last_line
        films = json.loads((tmp_path / "out" / "films.json").read_text())["films"]
        assert len(films) == 6
        asked = len(good.asked), len(other.asked)
        sooner(tmp_path, "good", hours=20)
        done = run("schedule", "run", "--data", "data", cwd=tmp_path)
        assert "good: 2 runs were missed since" in done.stderr
        assert len(other.asked) == asked[1]  # once a week
        assert set(good.asked[asked[0] :]) == {
            "/",
            "/sitemap.xml",
        }  # the start again; no page is due, robots.txt is kept
        assert "3 not due" in done.last_line
        quiet = run("schedule", "run", "--data", "data", cwd=tmp_path)
        assert "good" not in quiet.stderr


def test_scheduled_runs_exclude_each_other_and_an_empty_one_is_named(tmp_path):
    with Loopback({}) as site:
        small(site, 2)
        gate = threading.Event()
        site.routes["/review/1"] = lambda _: gate.wait(50) and Answer(review("Late"))
        text = f'delay = 0.02\nallow = ["{site.key}"]\n[[source]]\nname = "reel"\nstart = "{site.origin}"\n'
        (tmp_path / "aggregator.toml").write_text(text)
        first = start("schedule", "run", "--data", "data", cwd=tmp_path)
        while "/review/1" not in site.asked:
            time.sleep(0.02)
        second = run("schedule", "run", "--data", "data", cwd=tmp_path)
        gate.set()
        assert (second.code, second.stdout) == (1, "")
        assert f"in use by another run (process {first.pid})" in second.last_line
        _, err = first.communicate(timeout=60)
        assert first.returncode == 0, err
        sooner(tmp_path, "reel", hours=30)
        site.routes = {path: Answer(b"closed", 403) for path in site.routes}
        (tmp_path / "out").write_text("a file in the way")
        empty = run("schedule", "run", "--data", "data", "--export", "out", cwd=tmp_path)
        assert empty.code == 1
        assert "reel: the run was empty, no page answered" in empty.stderr
        assert "export failed: out" in empty.stderr
        assert empty.last_line.startswith("0 pages read")
    assert len(held_reviews(tmp_path)) == 2  # what we hold stays


def held_reviews(folder):
    with open_store(folder / "data", create=False, read_only=True) as store:
        return [one for one in store.iter_reviews() if one.status == "live"]


def sooner(folder, source, hours):
    """Set the clock of a source's last crawl back."""
    with sqlite3.connect(folder / "data" / "store.sqlite") as store:
        store.execute(
            "UPDATE crawls SET started_at = strftime('%Y-%m-%dT%H:%M:%SZ', started_at, ?) WHERE source = ?",
            (f"-{hours} hours", source),
        )
    store.close()


def test_units_are_printed(tmp_path):
    done = run("schedule", "install", "--data", "my data", "--write", "units", cwd=tmp_path)
    assert done.code == 0, done.stderr
    assert "17 4 * * * " in done.stdout
    assert {path.name for path in (tmp_path / "units").iterdir()} == {
        "film-review-aggregator.service", "film-review-aggregator.timer",
    }  # fmt: skip
    assert "pass systemd-analyze verify" in done.stderr or "not checked" in done.stderr


STARS = b"""<!doctype html><html><head><meta charset="utf-8"><title>Der Turm | Leinwand</title></head><body><article>
<h1>Review: The Tower (2009)</h1><p class="byline">By Ada Quill, 02/03/2019</p><p>Rating: 3 Stars</p>%s
<p>Directed by Jo Field.</p></article></body></html>"""


def test_what_the_file_says_holds_for_every_command(tmp_path):
    """Store and archive lie where it says, seen from the file; pages are read with the source's profile and language by
    crawl, re-parse, verification and import alike.
    """
    place = tmp_path / "etc"
    place.mkdir()
    (place / "house.toml").write_text('name = "house"\ndate_order = "MDY"\n[scale]\nbest = 4\nunit = "stars"\n')
    with Loopback({}) as site:
        site.routes = {"/": site.home(), "/review/tower": Answer(STARS % (PROSE * 3).encode())}
        site.routes["/sitemap.xml"] = site.sitemap("/review/tower")
        (place / "aggregator.toml").write_text(
            f'store = "held/here.sqlite"\narchive = "held/pages"\ndelay = 0.01\nallow = ["{site.key}"]\n'
            f'[[source]]\nname = "house"\nstart = "{site.origin}"\nprofile = "house.toml"\nlanguage = "de"\n'
        )
        config = ("--config", place / "aggregator.toml", "--data", tmp_path / "data")
        done = run("crawl", "house", *config, cwd=tmp_path)
        assert done.code == 0, done.stderr
    found = held(place / "held" / "here.sqlite")
    assert (found["rating"]["score"], found["rating"]["scale_from"]) == (75, "profile")
    assert (found["language"], found["published"]) == ("de", "2019-02-03")
    assert list((place / "held" / "pages").glob("*.warc.gz"))
    assert not (tmp_path / "data" / "archive").exists()
    again = run("reparse", *config, cwd=tmp_path)
    assert (again.code, "0 new, 0 updated, 2 the same" in again.last_line) == (0, True), again.stderr
    assert run("verify", *config, cwd=tmp_path).code == 0
    assert "The Tower" in run("films", cwd=place).stdout
    without = run(
        "import", place / "held" / "pages", "--data", "other", "--store", "other.sqlite", "--archive", "pages",
        "--source", "house", *config[:2], cwd=tmp_path,
    )  # fmt: skip
    assert without.code == 0, without.stderr
    assert held(tmp_path / "other.sqlite")["rating"]["score"] == 75


def held(store):
    with open_store(store, create=False, read_only=True) as opened:
        (one,) = opened.iter_reviews()
        return one.data
