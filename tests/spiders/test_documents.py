import contextlib
import gzip
from functools import partial

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from spiders.documents import (
    UnreadableListingError,
    looks_like_feed,
    looks_like_sitemap,
    read_feed,
    read_sitemap,
)

# no time stamp inside, so that the names of the cases are the same in every process
pack = partial(gzip.compress, mtime=0)

NAMESPACE = 'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"'
SITEMAP = f"""<?xml version="1.0" encoding="UTF-8"?>
<urlset {NAMESPACE} xmlns:image="http://www.google.com/schemas/sitemap-image/1.1">
<url><loc> https://a.example/1 </loc><image:image><image:loc>https://a.example/1.jpg</image:loc></image:image></url>
<url><lastmod>2020-01-01</lastmod><loc>https://a.example/2?a=1&amp;b=2</loc></url>
<url><lastmod>2020-01-01</lastmod></url>
</urlset>""".encode()


@pytest.mark.parametrize("body", [SITEMAP, pack(SITEMAP), b"\xef\xbb\xbf" + SITEMAP, b"\n" + SITEMAP[39:]])
def test_a_sitemap(body):
    assert read_sitemap(body).pages == ("https://a.example/1", "https://a.example/2?a=1&b=2")
    assert read_sitemap(body).sitemaps == ()


def test_an_index():
    body = f"<sitemapindex {NAMESPACE}><sitemap><loc>/s1.xml</loc></sitemap><sitemap><loc>https://a.example/s2.xml.gz</loc></sitemap></sitemapindex>"
    assert read_sitemap(body.encode()).sitemaps == ("/s1.xml", "https://a.example/s2.xml.gz")
    assert read_sitemap(body.encode()).pages == ()


def test_without_namespace_and_broken_at_the_end():
    body = b"<urlset><url><loc>https://a.example/1</loc></url><url><loc>https://a.example/2</lo"
    assert read_sitemap(body).pages[0] == "https://a.example/1"


def test_a_plain_list():
    assert read_sitemap(b"https://a.example/1\r\n\r\nhttp://a.example/2\nnot an address\n").pages == (
        "https://a.example/1",
        "http://a.example/2",
    )


def test_entities_stay_unexpanded():
    body = b"""<!DOCTYPE urlset [<!ENTITY a "https://a.example/secret"><!ENTITY f SYSTEM "file:///etc/passwd">]>
    <urlset><url><loc>&f;</loc></url><url><loc>https://a.example/1</loc></url></urlset>"""
    assert read_sitemap(body).pages == ("https://a.example/1",)


def test_a_billion_laughs():
    body = b'<!DOCTYPE u [<!ENTITY a "aaaaaaaaaa">' + b"".join(
        b'<!ENTITY %c "%s">' % (98 + n, b"&%c;" % (97 + n) * 10) for n in range(9)
    )
    body += b"]><urlset><url><loc>&j;</loc></url><url><loc>https://a.example/1</loc></url></urlset>"
    with pytest.raises(UnreadableListingError):
        read_sitemap(body)


def test_too_many_entries_are_cut_and_told():
    body = b"<urlset>" + b"<url><loc>https://a.example/</loc></url>" * 50_001 + b"</urlset>"
    assert len(read_sitemap(body).pages) == 50_000
    assert read_sitemap(body).cut


@pytest.mark.parametrize("body", [b"", b"no sitemap at all", pack(SITEMAP)[:50], b"\x1f\x8b\x08", b"\0\0\0"])
def test_no_sitemap(body):
    with pytest.raises(UnreadableListingError):
        read_sitemap(body)


def test_a_gzip_bomb_is_refused():
    with pytest.raises(UnreadableListingError, match="larger"):
        read_sitemap(pack(b" " * 40_000_000, 1))


RSS = b'<?xml version="1.0"?><rss version="2.0"><channel><title>x</title><item><link>https://a.example/1</link></item>'
RSS += b"<item><title>no link</title></item><item><link> https://a.example/2 </link></item></channel></rss>"
ATOM = b'<feed xmlns="http://www.w3.org/2005/Atom"><entry>'
ATOM += b'<link rel="self" href="https://a.example/self"/><link rel="alternate" type="text/html" href="https://a.example/1"/></entry></feed>'


def test_feeds():
    assert read_feed(RSS).pages == ("https://a.example/1", "https://a.example/2")
    assert read_feed(pack(RSS)).pages == ("https://a.example/1", "https://a.example/2")
    assert read_feed(ATOM).pages == ("https://a.example/1",)


@pytest.mark.parametrize("body", [b"", b"<html><body>no feed</body></html>", b"{}"])
def test_no_feed(body):
    with pytest.raises(UnreadableListingError):
        read_feed(body)


def test_what_a_document_looks_like():
    assert looks_like_sitemap(SITEMAP)
    assert not looks_like_sitemap(RSS)
    assert looks_like_feed(RSS)
    assert looks_like_feed(ATOM)
    assert not looks_like_feed(b"<html><body>&lt;rss</body></html>")


@given(st.binary(max_size=200))
@example(b"<:")
def test_any_bytes(body):
    for reader in (read_sitemap, read_feed):
        with contextlib.suppress(UnreadableListingError):
            assert reader(body) is not None
