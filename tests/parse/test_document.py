"""A page opened for reading: what is markup, what it says about itself, and where its links lead."""

import pytest

from aggregator.parse.document import Document, json_or_none, looks_like_html, soup
from aggregator.parse.guard import MAX_LINES, MAX_TEXT


@pytest.mark.parametrize(
    "text",
    [
        "<!DOCTYPE html><p>a",
        "\n\n   <html lang=de>",
        "\ufeff<!-- saved by hand --><p>a",
        "<?xml version='1.0'?><html xmlns='http://www.w3.org/1999/xhtml'/>",
        "<h2>Moon</h2>",
        "<p class='intro'>Moon</p>",
        "\n" * 5000 + "<html><body>late</body></html>",
        "Warning: include() failed in index.php <br />\n<html><body><p>a</p></body></html>",
    ],
)
def test_markup_is_told_from_text(text):
    assert looks_like_html(text)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "   \n",
        "Moon\n\nA film I <3, with 2 < 3 reasons > none.",
        "He said <sigh> and left. <br> is how a line breaks.",
        "{'a': 1}",
        "Review: <Moon> by Anna",
    ],
)
def test_text_is_told_from_markup(text):
    assert not looks_like_html(text)


def test_a_text_file_is_read_line_by_line():
    page = Document(b"Moon\r\nby  Anna Weber\n\nThe film is slow.\nVery slow.\n")
    assert page.root is None
    assert [(block.line, block.text, block.para) for block in page.blocks] == [
        (1, "Moon", 0),
        (2, "by Anna Weber", 0),
        (4, "The film is slow.", 1),
        (5, "Very slow.", 1),
    ]
    assert page.lang is None
    assert page.title == ""
    assert page.metas == []


def test_a_page_is_the_same_as_text_and_as_bytes():
    source = "<html><head><title>Amélie</title></head><body><p>Déjà vu</p></body></html>"
    as_text, as_bytes = Document(source), Document(source.encode())
    assert [b.text for b in as_text.blocks] == [b.text for b in as_bytes.blocks] == ["Déjà vu"]
    assert as_text.title == as_bytes.title == "Amélie"


@pytest.mark.parametrize(
    "body", [b"", b" ", b"<", b"<!-- -->", b"<!doctype html>", b"<html>", b"\0", b"\xff\xfe", "\ud800", ""]
)
def test_next_to_nothing_is_read_as_nothing(body):
    page = Document(body)
    assert [block.text for block in page.blocks] == (["<"] if body == b"<" else [])
    assert page.cuts == []


def test_what_the_head_says():
    page = Document(
        """<html xml:lang="pt-BR"><head><base href="http://a.example/x/">
        <title> Moon \n | Site </title><meta NAME="Author" content=" Anna  Weber ">
        <meta property="og:title" content="M"><meta name=empty content=" ">
        <link rel="alternate CANONICAL" href="../moon">
        <link rel=next href="?page=2">
        <link rel=prev></head><body><svg><title>star</title></svg><p>a</p></body></html>""",
        "http://b.example/",
    )
    assert page.title == "Moon | Site"
    assert page.meta("author")[0] == "Anna Weber"
    assert page.meta("twitter:title", "og:title")[0] == "M"
    assert page.meta("empty") is None
    assert page.link("canonical") == "http://a.example/moon"
    assert page.link("next") == "http://a.example/x/?page=2"
    assert page.link("prev") is None
    assert page.lang == "pt"


def test_the_title_of_a_drawing_is_not_the_pages():
    assert Document("<html><body><svg><title>star</title></svg><p>a</p></body></html>").title == ""


@pytest.mark.parametrize(
    ("href", "address"),
    [
        ("b", "http://a.example/x/b"),
        (" /b ", "http://a.example/b"),
        ("//c.example/", "http://c.example/"),
        ("https://c.example", "https://c.example"),
        ("javascript:alert(1)", None),
        ("mailto:a@b.example", None),
        ("data:text/html,x", None),
        ("http://[::1", None),
        ("", "http://a.example/x/y"),
    ],
)
def test_addresses_are_absolute_and_of_the_web(href, address):
    assert Document("<p>a</p>", "http://a.example/x/y").absolute(href) == address


def test_without_an_address_of_its_own_relative_links_lead_nowhere():
    assert Document("<p>a</p>").absolute("b") is None
    assert Document("<base href='/x/'><p>a</p>").absolute("b") is None


def test_soup_keeps_the_place_of_every_tag():
    page = Document("<html><body><div><p>x</p><div id=f><b>k</b><ul><li>1<li>2</ul></div></div></body></html>")
    made = soup(page.root.find(".//div[@id]"))
    assert [li.text for li in made.select("li")] == ["1", "2"]
    tree = page.root.getroottree()
    for tag in made.find_all(attrs={"data-xpath": True}):
        assert tree.xpath(tag["data-xpath"])[0].tag == tag.name
    assert made.find("b")["data-xpath"] == "/html/body/div/div/b"


def test_strict_json_or_nothing():
    assert json_or_none('{"a": [1]}') == {"a": [1]}
    assert json_or_none("{'a': 1}") is None
    assert json_or_none("[" * 100_000) is None


def test_a_text_file_beyond_bounds_is_cut_and_says_so():
    long = Document(("word " * 100 + "\n").encode() * 4000)
    assert len(long.text) <= MAX_TEXT
    assert len(long.cuts) == 1
    many = Document(b"a\n" * (MAX_LINES + 10))
    assert len(many.blocks) == MAX_LINES
    assert len(many.cuts) == 1
    assert Document(b"a\n" * 1000).cuts == []


def test_no_control_sign_reaches_the_tree():
    page = Document(b"<p title='a&#8;b\x01'>a\x00b\x0bc&#x1b;d&#0000007;e</p>")
    assert page.root.find(".//p").get("title") == "ab"
    assert page.root.find(".//p").text == "abcde"
    assert Document(b"<p>&#80; &#x41; &#13; &#10; &#9;&#127;</p>").blocks[0].text == "P A"


@pytest.mark.parametrize(
    "page",
    [
        "<html lang=en /><head><title>Moon</title></head><body><p>first</p><p>last</p></body></html>",
        "<html lang=en><head><title>Moon</title></html></html><body><p>first</p><p>last</p></body></html>",
        "<HTML lang=en><title>Moon</title></HTML ><body><p>first</p><div>last</div></body></html>",
    ],
)
def test_what_stands_behind_an_end_of_the_page_before_its_body_is_read(page):
    doc = Document(page)
    assert [block.text for block in doc.blocks if block.tag != "title"] == ["first", "last"]
    assert (doc.title, doc.lang) == ("Moon", "en")


@pytest.mark.parametrize(
    "behind",
    [
        "<html><head><title>Fargo</title></head><body><p>second</p></body></html>",
        "<!doctype html><p>second</p>",
        "<p>second</p><script>ads()</script>",
    ],
)
def test_what_stands_behind_a_whole_page_is_not_its_own(behind):
    doc = Document(f"<html lang=en><head><title>Moon</title></head><body><p>first</p></body></html>{behind}")
    assert [block.text for block in doc.blocks if block.tag != "title"] == ["first"]
    assert doc.title == "Moon"
