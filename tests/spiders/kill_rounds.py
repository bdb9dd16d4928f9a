"""Kills crawls in the middle of their writes, again and again: `python -m tests.spiders.kill_rounds 100`.

Each run of a crawl is killed (SIGKILL) by itself at one of the points below, at the n-th time it gets there; the
next run goes on, until one comes to its end. Then everything must be as after a crawl that nobody killed.
"""

import contextlib
import json
import random
import signal
import subprocess
import sys
import tempfile
from collections import Counter
from pathlib import Path

from aggregator.archive import iter_responses
from aggregator.store import open_store
from tests.spiders.loopback import ROOT, Answer, Loopback, _environment, review, rows

POINTS = ("before", "torn", "unsynced", "appended", "in_transaction", "committed", "unmarked")
ARMED = """
import importlib, json, os, pkgutil, signal, sys
from contextlib import contextmanager
import aggregator, pipelines, scrapy.core.downloader.handlers.http11, scrapy.crawler, spiders
for package in (pipelines, spiders):
    for module in pkgutil.walk_packages(package.__path__, package.__name__ + "."):
        importlib.import_module(module.name)
from tests.spiders.loopback import review
aggregator.parse(review("Film"))  # which loads the tables that reading needs
assert "twisted.internet.reactor" not in sys.modules
point, left = "never", [0]
def here(name):
    if name == point:
        left[0] -= 1
        if left[0] == 0:
            os.kill(os.getpid(), signal.SIGKILL)
from aggregator.archive import writer
from aggregator.store import store
real_write, real_writing, real_close = writer.ArchiveWriter._write, store.Store.writing, writer.ArchiveWriter.close
real_write_all = writer._write_all
def write(self, record):
    here("before")
    if point == "torn" and left[0] == 1:
        real_write_all(self._writable(), record[: len(record) // 2])
    here("torn")
    place = real_write(self, record)
    here("appended")
    return place
def write_all(file, data):
    real_write_all(file, data)
    here("unsynced")
@contextmanager
def writing(self):
    with real_writing(self) as connection:
        yield connection
        here("in_transaction")
    here("committed")
def close(self):
    here("unmarked")
    real_close(self)
writer.ArchiveWriter._write, store.Store.writing, writer.ArchiveWriter.close = write, writing, close
writer._write_all = write_all
from aggregator.cli import main
for line in sys.stdin:
    asked = json.loads(line)
    crawl = os.fork()
    if not crawl:
        signal.alarm(400)
        os.chdir(asked["cwd"])
        os.dup2(os.open("stderr", os.O_WRONLY | os.O_CREAT | os.O_TRUNC), 2)
        os.dup2(2, 1)
        point, left[0] = asked["point"], asked["times"]
        sys.argv = ["aggregator", *asked["arguments"]]
        main()
    print(os.waitstatus_to_exitcode(os.waitpid(crawl, 0)[1]), flush=True)
"""
"""Loads what a crawl needs once, then forks one crawl for each line that it is sent, and prints how it ended."""


def site_routes(site):
    """Reviews named by a sitemap on one half of the site; the other half is found by links, over several lists."""
    routes = {f"/review/{n}": Answer(review(f"Film {n}"), etag=n % 3 > 0) for n in range(12)}
    lists = [f"/archive/{n}" for n in range(3)]
    for number, path in enumerate(lists):
        routes[path] = site.home(*(f"/review/{n}" for n in range(4 * number, 4 * number + 4)), *lists[number + 1 :])
    routes["/"] = site.home(*lists[:1], head="<title>Reviews</title>")
    return routes


def sitemap_routes(site):
    routes = site_routes(site)
    routes["/sitemap.xml"] = site.sitemap(*(path for path in routes if path != "/"))
    return routes


class Crawls:
    """Begins crawls, each in a process of its own that has loaded all it needs."""

    def __enter__(self):
        self._process = subprocess.Popen(
            [sys.executable, "-c", ARMED],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, env=_environment(), cwd=ROOT,
        )  # fmt: skip
        return self

    def __exit__(self, *_):
        self._process.stdin.close()
        self._process.wait()
        self._process.stdout.close()

    def run(self, point, times, servers, cwd):
        """Crawl the servers into `cwd/data`; gives the exit code and what was said."""
        arguments = [part for server in servers for part in (server.origin, "--allow", server.key)]
        arguments = ["crawl", *arguments, "--data", "data", "--delay", "0.01", "--no-build"]
        asked = {"cwd": str(cwd), "point": point, "times": times, "arguments": arguments}
        self._process.stdin.write(json.dumps(asked) + "\n")
        self._process.stdin.flush()
        return int(self._process.stdout.readline()), (cwd / "stderr").read_text()


def one_crawl(crawls, folder, chance, kills_left):
    """Crawl with kills until it comes to its end; gives the points of the kills, asserts the promises."""
    kills = []
    with Loopback({}) as links, Loopback({}) as listed:
        links.routes, listed.routes = site_routes(links), sitemap_routes(listed)
        servers = (links, listed)
        whole = folder / "whole"
        whole.mkdir()
        code, said = crawls.run("never", 1, servers, whole)
        assert code == 0, said
        for server in servers:
            server.asked.clear()
        while True:
            point = chance.choice(POINTS) if len(kills) < kills_left else "never"
            asked = [len(server.asked) for server in servers]
            committed = pages(folder)
            code, said = crawls.run(point, chance.randint(1, 12), servers, folder)
            again = [again_asked(server.asked, before) for server, before in zip(servers, asked, strict=True)]
            assert all(len(paths) <= 1 for paths in again), (point, again)
            assert committed <= pages(folder), "committed rows were lost"
            if code != -signal.SIGKILL:
                assert code == 0, said
                break
            kills.append(point)
            for server in servers:
                if server.key not in unfinished(folder):
                    server.asked.clear()  # the kill came after its crawl was whole: the next one begins anew
        same_outcome(folder, whole)
    return kills


def again_asked(asked, before):
    """What a run asked for although an earlier run had been answered; robots.txt is kept for a day as well."""
    earlier = Counter(asked[:before])
    return [path for path in asked[before:] if earlier[path]]


def unfinished(folder):
    """Sources whose crawl is to go on; all of them before there is a store."""
    with contextlib.suppress(Exception), open_store(folder / "data", create=False, read_only=True) as store:
        with store.reading() as connection:
            rows = connection.exec_driver_sql("SELECT source FROM crawls WHERE finished_at IS NOT NULL").all()
        return _Without({row[0] for row in rows})
    return _Without(set())


class _Without(frozenset):
    """Everything but these."""

    def __contains__(self, name):
        return not super().__contains__(name)


def pages(folder):
    with contextlib.suppress(Exception), open_store(folder / "data", create=False, read_only=True) as store:
        return {page["url"] for page in store.iter_pages()}
    return set()


def same_outcome(folder, whole):
    assert rows(folder, times=False) == rows(whole, times=False)
    assert visited(folder) == visited(whole)
    archives = [
        Counter(page.final_url for page in iter_responses(one / "data" / "archive", lists=True))
        for one in (folder, whole)
    ]
    assert set(archives[0]) == set(archives[1])
    kept = Counter(page.final_url for page in iter_responses(folder / "data" / "archive"))
    assert set(kept.values()) == {1}, "a page was archived twice"
    assert list((folder / "data" / "archive").glob("*.open")) == []


def visited(folder):
    with open_store(folder / "data", create=False, read_only=True) as store, store.reading() as connection:
        return set(connection.exec_driver_sql("SELECT source, url, state FROM frontier").all())


def rounds(number, seed):
    """So many kills over as many crawls as it takes; gives how often each point was hit."""
    chance = random.Random(seed)
    hit = Counter()
    with Crawls() as crawls:
        while hit.total() < number:
            with tempfile.TemporaryDirectory() as folder:
                hit.update(one_crawl(crawls, Path(folder), chance, min(number - hit.total(), 25)))
            print(f"{hit.total()} of {number} kills, all as after a crawl that nobody killed", flush=True)
    return hit


if __name__ == "__main__":
    sys.path.insert(0, str(ROOT))
    print(rounds(int(sys.argv[1]), sys.argv[2] if len(sys.argv) > 2 else "kill"))
