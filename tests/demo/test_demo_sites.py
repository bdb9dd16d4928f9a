import json
import urllib.error
import urllib.request
from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aggregator.demo.outcome import differences, expected_reviews
from aggregator.demo.rewriting import rewritten
from aggregator.demo.server import Servers, SiteServer
from aggregator.demo.sites import load_sites
from aggregator.errors import UnreadableInputError, UsageError

ORIGINS = {"www.a.example": "http://127.0.0.1:8001", "a.example": "http://127.0.0.1:8002"}


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ('<a href="https://www.a.example/x">', '<a href="http://127.0.0.1:8001/x">'),
        ('<a href="HTTP://WWW.A.example">', '<a href="http://127.0.0.1:8001">'),
        ('src="//a.example/y.js"', 'src="http://127.0.0.1:8002/y.js"'),
        (r'"url":"https:\/\/www.a.example\/x"', r'"url":"http:\/\/127.0.0.1:8001\/x"'),
        ("u=https%3A%2F%2Fa.example%2Fx", "u=http%3A%2F%2F127.0.0.1%3A8002%2Fx"),
        ("https://a.example.org/ https://a.example.", "https://a.example.org/ https://a.example."),
        ("https://xa.example/ www.a.example", "https://xa.example/ www.a.example"),
    ],
)
def test_addresses_are_rewritten_in_every_spelling(text, wanted):
    assert rewritten(text.encode(), ORIGINS) == wanted.encode()


@given(st.binary(max_size=200))
def test_other_bytes_stay(body):
    assert rewritten(body, ORIGINS) == body or b"a.example" in body.lower()


def fixture_site(folder, discovery="sitemap", robots="User-agent: *\nDisallow: /no\n\nSitemap: {origin}/map.xml\n"):
    site = folder / "one"
    about = {"host": "www.a.example", "name": "A & B", "title": "t", "discovery": discovery, "robots": robots}
    (site / "moon").mkdir(parents=True)
    (site / "site.json").write_text(json.dumps(about))
    page = {"url": "https://www.a.example/moon?p=1&q=2", "fetched_at": "2026-03-02T06:00:00Z"}
    (site / "moon" / "page.json").write_text(json.dumps(page))
    feed = '<link rel="alternate" type="application/rss+xml" href="https://www.a.example/posts?alt=rss">'
    (site / "moon" / "page.html").write_text(f'{feed}<a href="https://www.a.example/">home</a>')
    (site / "moon" / "expected.json").write_text(json.dumps({"reviews": [{"film": {"title": "Moon"}}]}))
    (site / "text").mkdir()
    (site / "text" / "page.json").write_text(json.dumps({"url": None, "fetched_at": "2026-03-02T06:00:00Z"}))
    return load_sites(folder)


def get(url, **headers):
    with urllib.request.urlopen(urllib.request.Request(url, headers=headers), timeout=5) as answer:
        return answer.status, answer.read().decode(), answer.headers


def test_a_site_is_served(tmp_path):
    with Servers(fixture_site(tmp_path)) as servers:
        (server,) = servers.all
        status, body, headers = get(f"{server.origin}/moon?p=1&q=2")
        assert f'href="{server.origin}/"' in body
        assert f"Sitemap: {server.origin}/map.xml" in get(f"{server.origin}/robots.txt")[1]
        assert f"<loc>{server.origin}/moon?p=1&amp;q=2</loc>" in get(f"{server.origin}/map.xml")[1]
        assert f'href="{server.origin}/moon?p=1&amp;q=2"' in get(f"{server.origin}/")[1]
        for condition in ({"If-None-Match": headers["ETag"]}, {"If-Modified-Since": headers["Last-Modified"]}):
            with pytest.raises(urllib.error.HTTPError, match="304"):
                get(f"{server.origin}/moon?p=1&q=2", **condition)
        assert get(f"{server.origin}/moon?p=1&q=2", **{"If-None-Match": '"old"'})[0] == status == 200
        with pytest.raises(urllib.error.HTTPError, match="404"):
            get(f"{server.origin}/moon")
        assert server.asked[0] == "/moon?p=1&q=2"
        assert server.most_at_once == 1


def test_a_feed_is_served_where_the_pages_say(tmp_path):
    with Servers(fixture_site(tmp_path, discovery="feed")) as servers:
        (server,) = servers.all
        assert f"<link>{server.origin}/moon?p=1&amp;q=2</link>" in get(f"{server.origin}/posts?alt=rss")[1]
        assert 'href="/posts?alt=rss"' in get(f"{server.origin}/")[1]
        with pytest.raises(urllib.error.HTTPError, match="404"):
            get(f"{server.origin}/map.xml")


def test_a_busy_port_is_named(tmp_path):
    (site,) = fixture_site(tmp_path)
    server = SiteServer(site)
    try:
        with pytest.raises(UsageError, match=f"port {server.port} is in use"):
            Servers([site], {"one": server.port})
    finally:
        server.stop()


def test_differences_are_found(tmp_path):
    (site,) = fixture_site(tmp_path)
    server = SiteServer(site)
    server.stop()
    with Servers([site]) as servers:
        (server,) = servers.all
        url = f"{server.origin}/moon?p=1&q=2"
        assert expected_reviews(server) == {url: 1}
        assert differences([server], Counter({url: 1}), {url}) == []
        assert "was not read" in differences([server], Counter(), set())[0]
        assert "has 1 reviews, 2 were found" in differences([server], Counter({url: 2}), {url})[0]
        extra = f"{server.origin}/x"
        assert "has no review" in differences([server], Counter({url: 1, extra: 1}), {url, extra})[0]
        server.asked += ["/no/entry"]
        lines = differences([server], Counter({url: 1}), {url})
        assert any("robots.txt forbids" in line for line in lines)
        assert any("before robots.txt" in line for line in lines)
        server.most_at_once = 2
        assert any("at one time" in line for line in differences([server], Counter({url: 1}), {url}))


def test_forbidden_and_noindex_pages_are_not_expected(tmp_path):
    (site,) = fixture_site(tmp_path, robots="User-agent: *\nDisallow: /moon\n")
    with Servers([site]) as servers:
        assert expected_reviews(servers.all[0]) == {}


def test_a_page_of_another_host_is_refused(tmp_path):
    fixture_site(tmp_path)
    note = tmp_path / "one" / "moon" / "page.json"
    note.write_text(json.dumps({"url": "https://b.example/", "fetched_at": "2026-03-02T06:00:00Z"}))
    with pytest.raises(UnreadableInputError, match=r"not on www\.a\.example"):
        load_sites(tmp_path)


def test_the_shipped_sites():
    sites = load_sites()
    assert len(sites) >= 10
    assert len({site.host for site in sites}) == len(sites)
    assert {site.discovery for site in sites} == {"sitemap", "feed", "listing"}
