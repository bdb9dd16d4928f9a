import pytest

from spiders.links import likeness, may_be_page, page_links
from spiders.targets import Target, absolute, same_address_key, source_name

PAGE = b"""<!doctype html><html><head><base href="/blog/"><meta name="robots" content="index, nofollow">
<link rel="alternate" type="application/rss+xml" href="feed.xml" title="Posts">
<link rel="alternate" type="application/rss+xml" href="/comments/feed/" title="Comments">
<link rel="alternate" hreflang="de" href="/de/"></head><body>
<a href="moon.html#top">Moon <b>review</b></a> <a href="moon.html">again</a> <a href="https://b.example/x">other</a>
<a href="javascript:alert(1)">no</a> <a href="mailto:a@b.example">no</a> <a href="">no</a> <a href="http://[bad">no</a>
<a rel="nofollow" href="/ad">ad</a> <map><area href="/area"></map></body></html>"""


def test_links_of_a_page():
    found = page_links(PAGE, "https://a.example/index.html")
    assert [(link.url, link.text) for link in found.links] == [
        ("https://a.example/blog/moon.html", "Moon review"),
        ("https://b.example/x", "other"),
        ("https://a.example/area", ""),
    ]
    assert found.feeds == ("https://a.example/blog/feed.xml",)
    assert found.nofollow
    assert not found.noindex


@pytest.mark.parametrize(
    ("header", "noindex", "nofollow"),
    [("noindex", True, False), ("none", True, True), ("googlebot: nofollow", False, True), ("all", False, False),
     (None, False, False)],
)  # fmt: skip
def test_robots_header(header, noindex, nofollow):
    found = page_links(b"<p>x</p>", "https://a.example/", header)
    assert (found.noindex, found.nofollow) == (noindex, nofollow)


@pytest.mark.parametrize("body", [b"", b"   ", b"\0\0", b"<" * 5000, b"<a href=x>" * 3000, b"\xff\xfe<"])
def test_broken_pages_give_what_is_there(body):
    assert page_links(body, "https://a.example/") is not None


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
@pytest.mark.parametrize(
    "killer",
    ["<p " + " ".join(f"a{n}=1" for n in range(100_000)) + ">x</p>", "<div>" * 30_000],
    ids=["attributes", "depth"],
)
def test_pages_that_would_hold_up_the_parser_are_cut_first(killer, encoding):
    """Read as they stand, the attributes take a minute, and of the deep page the link is lost."""
    found = page_links(f"<body>{killer}<a href='/moon'>review</a></body>".encode(encoding), "https://a.example/")
    assert [link.url for link in found.links] == ["https://a.example/moon"]


@pytest.mark.parametrize(
    ("url", "answer"),
    [
        ("https://a.example/2010/10/moon/", True),
        ("https://a.example/moon.html", True),
        ("https://a.example/index.php?p=12", True),
        ("https://a.example/poster.JPG", False),
        ("https://a.example/a.tar.gz", False),
        ("https://a.example/wp-login.php", False),
        ("https://a.example/moon/?replytocom=7", False),
        ("https://a.example/moon/?share=facebook", False),
        ("https://a.example/feed/", False),
        ("https://a.example/sitemap.xml", False),
        ("https://a.example/feeding-ground", True),
    ],
)
def test_may_be_page(url, answer):
    assert may_be_page(url) is answer


@pytest.mark.parametrize(
    ("url", "text", "score"),
    [
        ("https://a.example/reviews/moon", "Moon", 2),
        ("https://a.example/reviews/", "Reviews", 1),
        ("https://a.example/x", "Read the review", 2),
        ("https://a.example/kritik/parasite.html", "", 2),
        ("https://a.example/2010/10/moon/", "", 2),
        ("https://a.example/2010/10/", "", 1),
        ("https://a.example/category/horror/", "", 1),
        ("https://a.example/about", "About", 0),
        ("https://a.example/x", "映画の感想", 2),
    ],
)
def test_likeness(url, text, score):
    assert likeness(url, text) == score


def test_absolute():
    assert absolute("https://a.example/b/", " c d#x ") == "https://a.example/b/c%20d"
    assert absolute("https://a.example/", "//b.example/x") == "https://b.example/x"
    assert absolute("https://a.example/", "/b%C3%BCch") == "https://a.example/b%C3%BCch"
    assert absolute("https://a.example/", "/büch") == "https://a.example/b%C3%BCch"
    for link in ("javascript:x", "mailto:a@b.example", "ftp://a.example/", "http://", "http://u:p@a.example/", "tel:1"):
        assert absolute("https://a.example/", link) is None


def test_one_address_in_many_spellings():
    forms = ["http://a.example/x?b=2&a=1", "https://a.example:443/x?a=1&b=2", "HTTP://A.example:80/x?a=1&b=2#top"]
    assert len({same_address_key(form) for form in forms}) == 1
    assert same_address_key("https://a.example/x") != same_address_key("https://a.example/y")
    assert same_address_key("https://a.example:8443/x") != same_address_key("https://a.example/x")


def test_a_target_owns_its_site():
    target = Target("a", ["https://www.a.example/start"], 10)
    assert target.owns("http://a.example/x")
    assert target.owns("https://www.a.example/x")
    assert not target.owns("https://b.a.example/x")
    assert not target.owns("https://a.example:8443/")
    assert not target.owns("https://a.example.evil.example/")
    target.adopt("https://new.example/")
    assert target.owns("https://new.example/y")
    assert target.is_new("https://a.example/x")
    assert not target.is_new("http://a.example:80/x#y")


def test_source_names():
    assert source_name("https://www.a.example/x") == "a.example"
    assert source_name("http://127.0.0.1:8000/") == "127.0.0.1:8000"
