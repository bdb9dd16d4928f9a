"""Coming back: what is asked again and how, what a changed answer does to the data we hold, judged from the log."""

import re
import sqlite3

import pytest
from fastwarc.warc import ArchiveIterator

from aggregator.store import open_store
from tests.hostile import judge
from tests.hostile.pages import film, links, moved, robots, sitemap
from tests.hostile.server import Host, Page
from tests.hostile.test_hostile_web import run_crawl
from tests.spiders.loopback import review, rows

COUNT = 40


@pytest.fixture
def site():
    """Reviews with an ETag, a Last-Modified, both or neither, named by a sitemap."""
    host = Host()
    for number in range(COUNT):
        marks = {"tag": f'"{number}"' if number % 4 < 2 else None, "dated": number % 4 in {1, 2}}
        host.routes[f"/reviews/{number}"] = film(f"Film {number}", **marks)
    host.routes["/"] = links("/about")
    host.routes["/sitemap.xml"] = sitemap(*(f"{host.origin}/reviews/{n}" for n in range(COUNT)))
    yield host
    host.close()


def crawl(folder, host, *options):
    """A crawl of one host with a log of its own."""
    host.log.clear()
    done = run_crawl(folder, [host.origin + "/"], [host], "--delay", "0.02", *options)
    assert "Traceback" not in done.stderr, done.stderr
    assert judge.retries(host, 0.02, most=1) == []
    return done


def later(folder, hours):
    """Let time go by: every time in the store is set back."""
    with sqlite3.connect(folder / "data" / "store.sqlite") as store:
        for table, columns in {
            "fetches": ["fetched_at"], "pages": ["first_seen", "fetched_at", "gone_at"], "robots": ["fetched_at"],
            "reviews": ["first_seen", "changed_at"], "crawls": ["started_at", "finished_at"],
        }.items():  # fmt: skip
            for column in columns:
                shifted = f"strftime('%Y-%m-%dT%H:%M:%SZ', {column}, '-{hours} hours')"
                store.execute(f"UPDATE {table} SET {column} = {shifted} WHERE {column} IS NOT NULL")
    store.close()


def held(folder):
    """Film title -> (rating, status of review, number of versions)."""
    with open_store(folder / "data", create=False, read_only=True) as store:
        return {
            one.data["film"]["title"]: (one.data["rating"]["value"], one.status, len(one.versions))
            for one in store.iter_reviews()
        }


def record_kinds(folder):
    kinds = []
    for path in sorted((folder / "data" / "archive").glob("*.warc.gz")):
        with path.open("rb") as file:
            kinds += [record.headers["WARC-Type"] for record in ArchiveIterator(file)]
    return kinds


def test_known_pages_are_asked_conditionally_and_an_unchanged_site_changes_no_row(tmp_path, site):
    assert crawl(tmp_path, site).returncode == 0
    assert not any(one.conditional for one in site.log)
    before, responses = rows(tmp_path), record_kinds(tmp_path).count("response")
    done = crawl(tmp_path, site)
    assert done.returncode == 0, done.stderr
    again = [one for one in site.log if one.path.startswith("/reviews/")]
    assert len(again) == len({one.path for one in again}) == COUNT
    assert sum(one.conditional for one in again) >= 0.99 * COUNT
    # the server's own validators where it gave any, each for its own page
    for one in again:
        number = int(one.path.rpartition("/")[2])
        assert one.headers.get("if-none-match") == (f'"{number}"' if number % 4 < 2 else None)
    assert rows(tmp_path) == before
    kinds = record_kinds(tmp_path)
    # sitemaps are read anew each time; of the pages nothing was kept twice
    assert kinds.count("response") <= responses + 2
    assert kinds.count("revisit") == COUNT + 1


def test_robots_txt_is_read_again_after_a_day_in_whichever_run(tmp_path, site):
    site.routes["/robots.txt"] = robots("")
    crawl(tmp_path, site, "--max-pages", "3")
    assert site.paths().count("/robots.txt") == 1
    site.routes["/robots.txt"] = robots("User-agent: *\nDisallow: /reviews\n")
    later(tmp_path, 23)
    crawl(tmp_path, site, "--max-pages", "3")
    assert "/robots.txt" not in site.paths()
    later(tmp_path, 2)
    done = crawl(tmp_path, site, "--max-pages", "3")
    assert site.paths()[0] == "/robots.txt"
    assert not [path for path in site.paths() if path.startswith("/reviews")]
    assert "refused by robots.txt" in done.stderr
    with open_store(tmp_path / "data", create=False, read_only=True) as store:
        assert {one.status for one in store.iter_reviews()} == {"live"}  # forbidden is not gone


WALLS = {
    "not_found": b"<title>Oops</title><h1>404</h1><p>The page you are looking for could not be found.</p>",
    "login": b"<title>Sign in</title><h1>Members only</h1><form>Please sign in to read on.<input type=password></form>",
    "captcha": b"<title>One moment</title><p>Please solve the captcha to show that you are human.</p>",
    "consent": b"<title>Your privacy</title><p>We and our partners use cookies.</p><button>Accept all</button>",
    "empty": b"<html><body></body></html>",
}


def test_what_stands_before_a_page_never_replaces_what_we_hold(tmp_path, site):
    """Edits become versions, 404 and 410 mark as gone, and everything else leaves the data as it is and is counted."""
    crawl(tmp_path, site)
    before = held(tmp_path)
    change = {number: f"Film {number}" for number in range(12)}
    for number, wall in enumerate(WALLS.values()):
        site.routes[f"/reviews/{number}"] = Page(wall)
    site.routes |= {
        "/reviews/5": moved("/login?next=/reviews/5"),
        "/reviews/6": moved("/"),
        "/reviews/7": Page(WALLS["captcha"], 403),
        "/reviews/8": Page(WALLS["captcha"], 202),
        "/reviews/9": Page(status=404),
        "/reviews/10": Page(status=410),
        "/reviews/11": Page(review("Film 11").replace(b'"4"', b'"2"'), tag='"new"'),
        "/login?next=/reviews/5": Page(WALLS["login"]),
        "/reviews/12": moved("/reviews/13", 301),  # a new address for an old review is no wall
    }
    done = crawl(tmp_path, site)
    assert done.returncode == 1
    assert f"{len(WALLS) + 2} pages not taken over, what we hold stays" in done.stderr
    assert "2 gone" in done.stderr
    now = held(tmp_path)
    for number, title in change.items():
        if number < 9:
            assert now[title] == before[title], title
    assert now["Film 9"] == now["Film 10"] == (4, "gone", 0)
    assert now["Film 11"] == (2, "live", 1)
    assert len(now) == COUNT
    # and back again: what was gone lives, and is no edit
    for number in range(12):
        site.routes[f"/reviews/{number}"] = film(f"Film {number}")
    assert crawl(tmp_path, site).returncode == 0
    back = held(tmp_path)
    assert back["Film 9"] == back["Film 10"] == (4, "live", 0)
    assert back["Film 11"] == (4, "live", 2)


def dated(title, published, comments=0):
    said = "".join(
        f'<li class="comment" id="comment-{n}"><cite class="fn">Reader {n}</cite><div class="comment-content">'
        f"<p>Comment number {n}, which has something to say.</p></div></li>"
        for n in range(comments)
    )
    thread = f'<section id="comments"><ol class="comment-list">{said}</ol></section>' if comments else ""
    body = review(title).decode().replace("2020-01-09", published).replace("</article>", f"</article>{thread}")
    return Page(body.encode())


def test_young_reviews_and_growing_threads_are_asked_often_and_quiet_ones_rarely(tmp_path, site):
    """`--revisit due`, day after day: how often each page is asked follows from how long it has been quiet."""
    from datetime import UTC, datetime, timedelta

    site.routes = {
        "/": links("/about"),
        "/reviews/young": dated("Young", f"{datetime.now(UTC) - timedelta(days=3):%Y-%m-%d}"),
        "/reviews/quiet": dated("Quiet", "2009-05-12"),
        "/reviews/growing": dated("Growing", "2009-05-12", 1),
        "/sitemap.xml": sitemap(*(f"{site.origin}/reviews/{name}" for name in ("young", "quiet", "growing"))),
    }
    crawl(tmp_path, site)
    later(tmp_path, 24 * 30)  # a month of silence: all of them are quiet, one moves now
    site.routes["/reviews/growing"] = dated("Growing", "2009-05-12", 2)
    crawl(tmp_path, site)
    asked = {"young": 0, "quiet": 0, "growing": 0}
    for _ in range(3):
        later(tmp_path, 25)
        done = crawl(tmp_path, site, "--revisit", "due")
        assert done.returncode == 0, done.stderr
        for path in site.paths():
            if found := re.fullmatch(r"/reviews/(\w+)", path):
                asked[found[1]] += 1
    assert asked == {"young": 3, "quiet": 0, "growing": 3}
