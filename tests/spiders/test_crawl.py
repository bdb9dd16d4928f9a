"""Crawls of real servers on loopback, each in a process of its own as a user would run it."""

import gzip
import os
import signal
import threading
import time
from itertools import pairwise

import pytest
from scrapy.settings import Settings
from scrapy.spiderloader import SpiderLoader

from aggregator.archive import iter_responses, mend
from aggregator.cli import main
from aggregator.store import open_store
from tests.spiders.kill_rounds import rounds
from tests.spiders.loopback import Answer, Loopback, crawl, review, rows, run, scrapy, start


def archived(folder):
    return sorted(page.final_url for page in iter_responses(folder / "data" / "archive"))


def test_sitemap_feed_and_links_are_found(tmp_path):
    """Three sites, three ways to their pages, and each page asked for once."""
    with Loopback({}) as by_sitemap, Loopback({}) as by_feed, Loopback({}) as by_links:
        packed = gzip.compress(by_sitemap.sitemap("/reviews/moon", "/reviews/moon#again", "/poster.jpg").body)
        by_sitemap.routes = {
            "/": by_sitemap.home("/about"),
            "/robots.txt": Answer(f"Sitemap: {by_sitemap.origin}/index.xml".encode(), kind="text/plain"),
            "/index.xml": Answer(b"<sitemapindex><sitemap><loc>/pages.xml.gz</loc></sitemap></sitemapindex>"),
            "/pages.xml.gz": Answer(packed, kind="application/gzip"),
            "/reviews/moon": Answer(review("Moon")),
        }
        link = '<link rel="alternate" type="application/rss+xml" href="/posts.rss">'
        by_feed.routes = {
            "/": by_feed.home(head=link),
            "/posts.rss": by_feed.feed("/2019/12/a/", "/2020/01/b/"),
            "/2019/12/a/": Answer(review("1917")),
            "/2020/01/b/": Answer(review("Parasite")),
        }
        by_links.routes = {
            "/": by_links.home("/archive/", "https://elsewhere.example/x", "/image.png"),
            "/archive/": by_links.home("/suspiria.html", "/"),
            "/suspiria.html": Answer(review("Suspiria")),
        }
        done = crawl(by_sitemap, by_feed, by_links, cwd=tmp_path)
        assert done.code == 0, done.stderr
        assert "; 4 reviews" in done.last_line
        assert by_sitemap.asked[:2] == ["/robots.txt", "/"]
        assert "/about" not in by_sitemap.asked
        for server in (by_sitemap, by_feed, by_links):
            assert server.asked[0] == "/robots.txt"
            assert len(server.asked) == len(set(server.asked)), server.asked
        wanted = {
            by_sitemap: ["/", "/reviews/moon"],
            by_feed: ["/", "/2019/12/a/", "/2020/01/b/"],
            by_links: ["/", "/archive/", "/suspiria.html"],
        }
        assert archived(tmp_path) == sorted(server.origin + path for server in wanted for path in wanted[server])
    with open_store(tmp_path / "data", read_only=True) as store:
        assert {one.data["film"]["title"] for one in store.iter_reviews()} == {"Moon", "1917", "Parasite", "Suspiria"}
        assert {one.data["source"] for one in store.iter_reviews()} == {s.key for s in (by_sitemap, by_feed, by_links)}


def test_robots_decide(tmp_path):
    """A forbidding, a failing and a missing robots.txt: a refusal is counted, not knowing is a failure."""
    with Loopback({}) as forbids, Loopback({}) as fails, Loopback({}) as misses:
        forbids.routes = {
            "/robots.txt": Answer(b"User-agent: *\nDisallow: /secret\nCrawl-delay: 0.3\n", kind="text/plain"),
            "/": forbids.home("/moon", "/secret/preview", "/moved"),
            "/moon": Answer(review("Moon")),
            "/moved": Answer(status=302, headers={"Location": "/secret/other"}),
            "/secret/preview": Answer(review("Secret")),
        }
        fails.routes = {"/robots.txt": Answer(b"", 503), "/": fails.home("/x"), "/x": Answer(review("X"))}
        misses.routes = {"/": misses.home("/x"), "/x": Answer(review("Moon"))}
        done = crawl(forbids, fails, misses, cwd=tmp_path)
        assert not [path for path in forbids.asked if path.startswith("/secret")]
        # one gap as the server sees it can be a little short when the request before came late
        times = forbids.times[1:]
        assert times[-1] - times[0] >= 0.29 * (len(times) - 1)
        assert min(b - a for a, b in pairwise(times)) >= 0.2
        assert set(fails.asked) == {"/robots.txt"}
        assert len(fails.asked) == 5
        assert "/x" in misses.asked
        assert done.code == 1
        assert "2 refused by robots.txt, 1 failed" in done.last_line
        assert "robots_unreadable 1" in done.stderr


def test_bodies_that_are_not_kept(tmp_path):
    """Too large, bombs, torn, of another kind, marked noindex: none of them is archived."""
    with Loopback({}) as site:
        bomb = gzip.compress(b"\0" * 60_000_000, 1)
        whole = review("Moon")
        noindex = whole.replace(b"<head>", b'<head><meta name="robots" content="noindex">')
        site.routes = {
            "/": site.home("/moon", "/large", "/bomb", "/torn", "/short", "/pdf", "/noindex", "/layers", "/gone"),
            "/moon": Answer(gzip.compress(whole), headers={"Content-Encoding": "gzip"}),
            "/large": Answer(b"<p>" + b"x" * (16 * 1024 * 1024)),
            "/bomb": Answer(bomb, headers={"Content-Encoding": "gzip"}),
            "/torn": Answer(gzip.compress(whole)[:-9], headers={"Content-Encoding": "gzip"}),
            "/short": Answer(whole, headers={"Content-Length": str(len(whole) + 50)}),
            "/layers": Answer(whole, headers={"Content-Encoding": "gzip, gzip, gzip"}),
            "/pdf": Answer(b"%PDF-1.4", kind="application/pdf"),
            "/noindex": Answer(noindex),
        }
        done = crawl(site, cwd=tmp_path)
        assert archived(tmp_path) == [f"{site.origin}/", f"{site.origin}/moon"]
        assert done.code == 1
        assert "5 failed, 1 not found, 1 no HTML, 1 noindex" in done.last_line
        assert "body 3" in done.stderr
        assert "too_large 1" in done.stderr


def test_only_what_is_allowed_is_reached(tmp_path):
    """Redirects, sitemaps and links to other addresses of this machine lead nowhere."""
    with Loopback({}) as private, Loopback({}) as site:
        private.routes = {"/": Answer(review("Inside")), "/x": Answer(review("Inside"))}
        number = private.key.replace("127.0.0.1", "2130706433")
        site.routes = {
            "/": site.home("/a", "/b", "/c", "/d", "/e", "/moon", f"http://{private.key}/x"),
            "/a": Answer(status=302, headers={"Location": f"{private.origin}/"}),
            "/b": Answer(status=301, headers={"Location": f"http://{number}/"}),
            "/c": Answer(status=307, headers={"Location": f"http://localhost:{private.key.split(':')[1]}/"}),
            "/d": Answer(b'<meta http-equiv="refresh" content="0; url=' + private.origin.encode() + b'/x"><p>x</p>'),
            "/e": Answer(status=302, headers={"Location": "file:///etc/passwd"}),
            "/moon": Answer(review("Moon")),
            "/sitemap.xml": Answer(
                f"<sitemapindex><sitemap><loc>{private.origin}/x</loc></sitemap></sitemapindex>".encode()
            ),
        }
        done = crawl(site, cwd=tmp_path)
        assert private.asked == []
        assert done.code == 1
        assert "address 4" in done.stderr
        refused = run("crawl", site.origin, "--data", "other", cwd=tmp_path)
        assert refused.code == 2
        assert f"--allow {site.key}" in refused.stderr
        assert not (tmp_path / "other").exists()


def test_a_busy_server_is_left_alone_and_asked_again(tmp_path):
    with Loopback({}) as site, Loopback({}) as closed:
        site.routes = {
            "/": site.home("/moon", "/other"),
            "/moon": lambda n: Answer(b"busy", 503, {"Retry-After": "1"}) if n == 1 else Answer(review("Moon")),
            "/other": Answer(review("1917")),
        }
        closed.routes = {
            "/": closed.home("/a", "/b", "/c"),
            "/a": Answer(b"", 429, {"Retry-After": "86400"}),
            "/b": Answer(b"", 429, {"Retry-After": "86400"}),
            "/c": Answer(b"", 429, {"Retry-After": "86400"}),
        }
        done = crawl(site, closed, cwd=tmp_path)
        at = site.asked.index("/moon")
        assert site.times[at + 1] - site.times[at] >= 1.0
        assert site.asked.count("/moon") == 2
        assert len([path for path in closed.asked if len(path) == 2]) == 1
        assert done.code == 1
        assert "retry_after 3" in done.stderr


def test_a_second_crawl_changes_nothing(tmp_path):
    """Unchanged pages answer 304 or the same bytes; the store stays as it was, and the archive grows by nothing."""
    with Loopback({}) as site:
        site.routes = {
            "/": site.home("/moon", "/1917", "/list"),
            "/moon": Answer(review("Moon"), etag=True),
            "/1917": Answer(review("1917")),
            "/list": Answer(site.home("/deep").body, etag=True),
            "/deep": Answer(review("Suspiria"), etag=True),
        }
        assert crawl(site, cwd=tmp_path).code == 0
        before, files = rows(tmp_path), archived(tmp_path)
        asked = len(site.asked)
        done = crawl(site, cwd=tmp_path)
        assert done.code == 0, done.stderr
        assert "(0 new, 0 updated), 3 unmodified" in done.last_line
        assert rows(tmp_path) == before
        assert archived(tmp_path) == files
        assert "/deep" in site.asked[asked:]
        site.routes["/moon"] = Answer(review("Moon").replace(b'"4"', b'"5"'), etag=True)
        del site.routes["/1917"]
        done = crawl(site, cwd=tmp_path)
        assert done.code == 0
        assert "1 updated), 2 unmodified, 1 gone" in done.last_line
    with open_store(tmp_path / "data", read_only=True) as store:
        held = {one.data["film"]["title"]: one for one in store.iter_reviews()}
        assert held["Moon"].data["rating"]["value"] == 5
        assert held["1917"].status == "gone"


def test_a_killed_crawl_leaves_everything_whole(tmp_path):
    titles = [f"Film {number}" for number in range(16)]
    with Loopback({}) as site:
        site.routes = {f"/review/{n}": Answer(review(title), etag=True) for n, title in enumerate(titles)}
        site.routes["/"] = site.home()
        site.routes["/sitemap.xml"] = site.sitemap(*(f"/review/{n}" for n in range(16)))
        options = [site.origin, "--allow", site.key, "--delay", "0.05", "--no-build", "--data"]
        killed = start("crawl", *options, "data", cwd=tmp_path)
        deadline = time.monotonic() + 240
        while len(site.asked) < 11 and time.monotonic() < deadline:
            time.sleep(0.01)
        os.kill(killed.pid, signal.SIGKILL)
        killed.communicate()
        with open_store(tmp_path / "data", read_only=True) as store:
            committed = {page["url"] for page in store.iter_pages()}
        assert 3 < len(committed) < 16
        (torn,) = (tmp_path / "data" / "archive").glob("*.open")
        with torn.open("ab") as file:  # and the kill came in the middle of a write
            file.write(b"\x1f\x8b\x08\x00half a record")
        resumed = run("crawl", *options, "data", cwd=tmp_path)
        assert resumed.code == 0, resumed.stderr
        assert "torn record cut" in resumed.stderr
        assert run("crawl", *options, "whole/data", cwd=tmp_path).code == 0
    assert list((tmp_path / "data" / "archive").glob("*.open")) == []
    assert rows(tmp_path, times=False) == rows(tmp_path / "whole", times=False)
    assert set(archived(tmp_path)) == set(archived(tmp_path / "whole"))
    assert len(archived(tmp_path)) == len(set(archived(tmp_path)))


def test_what_was_archived_but_not_stored_is_taken_over(tmp_path):
    """The kill came between the archive and the store: nothing is fetched again, nothing is lost."""
    with Loopback({}) as site:
        site.routes = {"/": site.home("/moon"), "/moon": Answer(review("Moon"), etag=True)}
        assert crawl(site, cwd=tmp_path).code == 0
        data = tmp_path / "data"
        before = rows(tmp_path)
        (file,) = (data / "archive").iterdir()
        file.rename(file.with_name(file.name + ".open"))
        for part in data.glob("store.sqlite*"):
            part.unlink()
        done = crawl(site, cwd=tmp_path)
        assert done.code == 0, done.stderr
        assert "2 taken over" in done.last_line
        assert rows(tmp_path) == before
        assert mend(data / "archive") == []


def test_ctrl_c_ends_soon_and_cleanly_and_the_next_run_goes_on(tmp_path):
    """Even while a server keeps us waiting; nothing is asked for again but the page that was in hand."""
    with Loopback({}) as site:
        site.routes = {f"/review/{n}": Answer(review(f"Film {n}")) for n in range(20)}
        site.routes["/review/7"] = lambda times: Answer(review("Film 7"), pause=200 if times == 1 else 0)
        site.routes["/"] = site.home()
        site.routes["/sitemap.xml"] = site.sitemap(*(f"/review/{n}" for n in range(20)))
        options = [site.origin, "--allow", site.key, "--delay", "0.05", "--no-build", "--data", "data"]
        process = start("crawl", *options, cwd=tmp_path)
        while "/review/7" not in site.asked:
            time.sleep(0.01)
        process.send_signal(signal.SIGINT)
        _, err = process.communicate(timeout=100)  # long before the server answers
        assert process.returncode == 1
        assert "aggregator: interrupted" in err
        assert "pages read" in err.strip().splitlines()[-1]
        assert "Traceback" not in err
        assert list((tmp_path / "data" / "archive").glob("*.open")) == []
        before = set(site.asked)
        asked = len(site.asked)
        done = run("crawl", *options, cwd=tmp_path)
        assert done.code == 0, done.stderr
        assert before & set(site.asked[asked:]) == {"/review/7"}
        assert len(archived(tmp_path)) == 21


def test_kills_aimed_at_writes_lose_nothing():
    """A few rounds of kill_rounds.py, which is run by hand for a hundred."""
    assert rounds(3, "suite").total() == 3


def test_two_runs_on_one_folder_exclude_each_other(tmp_path):
    with Loopback({}) as site:
        second_is_done = threading.Event()

        def home(_):
            second_is_done.wait(50)
            return site.home("/moon")

        site.routes = {"/": home, "/moon": Answer(review("Moon"))}
        options = [site.origin, "--allow", site.key, "--delay", "0.05", "--no-build", "--data", "data"]
        first = start("crawl", *options, cwd=tmp_path)
        while "/" not in site.asked:
            time.sleep(0.01)
        second = run("crawl", *options, cwd=tmp_path)
        second_is_done.set()
        first.communicate(timeout=30)
        assert second.code == 1
        assert f"in use by another run (process {first.pid})" in second.last_line
        assert first.returncode == 0


@pytest.mark.parametrize(
    ("arguments", "word"),
    [
        (("crawl", "https://reviews.museum/"), "contact"),
        (("crawl", "https://reviews.museum/", "--contact", "you@example.com"), "placeholder"),
        (("crawl", "nowhere"), "nowhere"),
        (("crawl", "file:///etc/passwd"), "http"),
        (("crawl", "http://127.0.0.1:9/"), "--allow 127.0.0.1:9"),
        (("crawl", "http://127.0.0.1:9/", "--allow", "127.0.0.1"), "HOST:PORT"),
        (("import", "missing.warc.gz"), "missing.warc.gz"),
        (("reparse", "--data", "nothing"), "nothing"),
    ],
)
def test_wrong_use(tmp_path, monkeypatch, capsys, arguments, word):
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("AGGREGATOR_CONTACT", raising=False)
    monkeypatch.setattr("sys.argv", ["aggregator", *arguments])
    with pytest.raises(SystemExit) as ended:
        main()
    assert ended.value.code == 2
    (line,) = capsys.readouterr().err.splitlines()
    assert word in line
    assert list(tmp_path.iterdir()) == []


def test_max_pages_is_no_failure_and_the_store_may_lie_elsewhere(tmp_path):
    with Loopback({}) as site:
        site.routes = {f"/review/{n}": Answer(review(f"Film {n}")) for n in range(9)}
        site.routes["/"] = site.home("/about", *(f"/review/{n}" for n in range(9)))
        done = crawl(
            site,
            cwd=tmp_path,
            options=("--no-build", "--max-pages", "4", "--store", f"sqlite:///{tmp_path}/other.sqlite"),
        )
        assert done.code == 0, done.stderr
        assert len(archived(tmp_path)) == 4
        assert "/about" not in site.asked
        assert "left out by --max-pages" in done.last_line
    with open_store(tmp_path / "other.sqlite", create=False, read_only=True) as store:
        assert len(list(store.iter_pages())) == 4
    assert not (tmp_path / "data" / "store.sqlite").exists()


def test_scrapy_finds_the_spiders():
    settings = Settings()
    settings.setmodule("aggregator.settings")
    assert sorted(SpiderLoader.from_settings(settings).list()) == ["feed", "listing", "saved", "site", "sitemap"]


def test_scrapy_itself_crawls(tmp_path):
    with Loopback({}) as site:
        site.routes = {
            "/feed.xml": site.feed("/moon", "/slow", "/silent"),
            "/moon": Answer(review("Moon")),
            "/slow": Answer(review("Slow"), drip=0.05),
            "/silent": Answer(review("Silent"), pause=120),
        }
        done = scrapy(  # which gives up after 90 s: less than either page takes to come
            "crawl", "feed", "-a", f"url={site.origin}/feed.xml", "-s", f"AGGREGATOR_ALLOW={site.key}",
            "-s", "AGGREGATOR_DATA=data", "-s", "DOWNLOAD_DELAY=0.05", "-s", "AGGREGATOR_BUILD=0",
            "-s", "DOWNLOAD_TIMEOUT=1", "-s", "RETRY_TIMES=0", cwd=tmp_path,
        )  # fmt: skip
        assert archived(tmp_path) == [f"{site.origin}/moon"]
        assert "'pages/failed/timeout': 2" in done.stderr


def test_a_sitemap_by_scrapy(tmp_path):
    with Loopback({}) as site:
        site.routes = {"/map.xml": site.sitemap("/moon"), "/moon": Answer(review("Moon"))}
        scrapy(
            "crawl", "sitemap", "-a", f"url={site.origin}/map.xml", "-s", f"AGGREGATOR_ALLOW={site.key}",
            "-s", "AGGREGATOR_DATA=data", "-s", "DOWNLOAD_DELAY=0.05", "-s", "AGGREGATOR_BUILD=0", cwd=tmp_path,
        )  # fmt: skip
        assert archived(tmp_path) == [f"{site.origin}/moon"]


def test_an_archive_that_cannot_be_written_ends_the_crawl(tmp_path):
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / "archive").write_text("a file stands where the folder should be")
    with Loopback({}) as site:
        site.routes = {f"/review/{n}": Answer(review(f"Film {n}")) for n in range(30)}
        site.routes["/"] = site.home(*(f"/review/{n}" for n in range(30)))
        done = crawl(site, cwd=tmp_path)
        assert done.code == 1
        assert "pages not stored" in done.stderr
        assert "archive_error" in done.stderr
        assert len(site.asked) < 30
    with open_store(tmp_path / "data", read_only=True) as store:
        assert list(store.iter_pages()) == []
