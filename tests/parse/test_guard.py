"""Hostile pages: cut before they cost time or memory, never silently, and real pages untouched."""

import json
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from aggregator.parse import guard as bounds
from aggregator.parse.document import Document
from aggregator.parse.guard import cut, flatten, guard
from benchmarks.bombs import BOMBS, MAX_MEMORY, MIB

ROOT = Path(__file__).parents[2]
FIXTURES = sorted(path for path in (ROOT / "fixtures").rglob("page.*") if path.name != "page.json")
SECONDS = 2.0
SLACK = 3
"""The machine that tests may be slow and busy; what this must catch takes ten times as long and more."""
CUT = [
    "attributes",
    "attributes quoted",
    "attributes many tags",
    "nested div",
    "nested in comments",
    "elements",
    "comments",
    "comments nested",
    "text 50 MB",
    "quotes unclosed",
]
"""One bomb a kind from which something is lost; `python -m benchmarks.bombs` runs them all."""
UNCUT = ["long names", "markup comments", "json-ld deep", "entity laughs"]
"""Bombs from which nothing is lost, so that nothing is to be said."""


def test_no_page_takes_more_than_it_may_and_a_cut_is_said():
    """Each of these bombs is read in a process of its own, limits set."""
    command = [sys.executable, "-m", "benchmarks.bombs", *CUT, *UNCUT]
    run = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=600, check=True)
    outcomes = {row["name"]: row for row in map(json.loads, run.stdout.splitlines())}
    assert list(outcomes) == CUT + UNCUT
    for name, outcome in outcomes.items():
        assert outcome["ended"] == "read", outcome
        assert "crash" not in outcome["detail"], outcome
        assert outcome["mib"] < MAX_MEMORY / MIB, outcome
        assert outcome["seconds"] < SECONDS * SLACK, outcome
        assert outcome["partial"] == (name in CUT), outcome


@pytest.mark.parametrize("path", FIXTURES, ids=lambda path: "/".join(path.parts[-3:-1]))
def test_real_pages_are_untouched(path):
    source = Document(path.read_bytes()).text.encode()
    assert guard(source) == (source, [])
    assert Document(path.read_bytes()).cuts == []
    if path.suffix == ".html":
        assert cut(source) == (source, [])


def depth_of(source):
    """The depth of the deepest element, and whether the last word of the page was read."""
    page = Document(source)
    deepest = max((sum(1 for _ in node.iterancestors()) for node in page.root.iter()), default=0)
    return deepest, "THE END" in "".join(page.root.itertext()), page.cuts


@pytest.mark.parametrize("tag", "div b font ul dl table x-a span blockquote wbr rt".split())
@pytest.mark.parametrize("count", [50, 700, 5000])
def test_depth_is_bounded_and_nothing_behind_it_lost(tag, count):
    deepest, whole, cuts = depth_of(f"<html><body>{f'<{tag}>a' * count}<p>THE END</p></body></html>".encode())
    assert whole
    assert deepest <= bounds.MAX_DEPTH + 10
    assert bool(cuts) == (count > bounds.MAX_DEPTH)


@pytest.mark.parametrize("unit", ["<b><div></b>", "<div></b>", "<div><!-- </div> -->", "<div title='</div>'>"])
def test_depth_that_wrong_tags_hide_is_found(unit):
    deepest, whole, cuts = depth_of(f"<html><body>{unit * 3000}<p>THE END</p></body></html>".encode())
    assert whole
    assert deepest <= bounds.MAX_DEPTH + 10
    assert cuts


@pytest.mark.parametrize(
    "unit", ["<p>a", "<li>a", "<br>", "<img src=a>", "<td>a", "<p>a</p>", "<dt>a<dd>b", "<a name=x>"]
)
def test_many_in_a_row_are_not_deep(unit):
    source = f"<html><body>{unit * 5000}<p>THE END</p></body></html>".encode()
    _, whole, cuts = depth_of(source)
    assert whole
    assert cuts == []
    assert cut(source) == (source, [])


def test_attributes_beyond_the_bound_are_left_out_and_the_rest_kept():
    many = " ".join(f"a{n}='>'" for n in range(20_000))
    source, cuts = guard(f"<html><body><div class=x {many}>text<p id=y>more</p></div></body></html>".encode())
    page = Document(source)
    assert len(page.root.find(".//div").attrib) == bounds.MAX_ATTRIBUTES
    assert page.root.find(".//div").get("class") == "x"
    assert [block.text for block in page.blocks] == ["text", "more"]
    assert len(cuts) == 1


def test_a_picture_written_out_is_left_out_without_a_word():
    picture = "data:image/png;base64," + "A" * 3_000_000
    source, cuts = guard(f"<p>a<img alt='3 stars' src='{picture}'>b</p>".encode())
    assert len(source) < 1000
    assert Document(source).blocks[0].icons[0].alt == "3 stars"
    assert cuts == []


def test_text_is_cut_between_characters_and_says_so():
    source, cuts = guard(b"<p>" + "é".encode() * bounds.MAX_TEXT)
    assert source.decode()
    assert bounds.MAX_TEXT - 10 < len(source) <= bounds.MAX_TEXT + 10
    assert cuts == [f"left out: everything behind {bounds.MAX_TEXT} bytes of text"]


def test_a_long_script_is_no_text():
    source = b"<p>a</p><script>" + b"var a = '<div>';" * 150_000 + b"</script><p>b</p>"
    assert guard(source) == (source, [])
    emptied, cuts = guard(b"<p>a</p><script>" + b"x" * (bounds.MAX_SCRIPT + 1) + b"</script><p>b</p>")
    assert emptied == b"<p>a</p><script></script><p>b</p>"
    assert len(cuts) == 1


def test_flattened_pages_keep_their_text_in_order():
    source, _ = flatten(b"<h1>A <b>b</b></h1><ul><li>c<li>d</ul><a href=x>e</a><br>f<script>if(a<b)</script>")
    assert [block.text for block in Document(source).blocks] == ["A b", "c", "d", "e", "f"]
    assert Document(source).blocks[3].links()


def test_entities_are_not_expanded():
    page = Document(BOMBS["entity laughs"]())
    assert len("".join(page.root.itertext())) < 10_000
    outside = (
        b'<?xml version="1.0"?><!DOCTYPE html [<!ENTITY x SYSTEM "file:///etc/hostname">]><html><p>a&x;b</p></html>'
    )
    assert "".join(Document(outside).root.itertext()).replace("]>", "").strip() == "a&x;b"


PIECES = st.sampled_from(
    "<div> </div> <b> </b> <li> <!-- --> <script> </script> ' \" = < > <a_b=' <title> <![CDATA[ <?x /> text_ é "
    "<x_a=1_b> <svg/> _a= <br>".split()
).map(lambda piece: piece.replace("_", " ").encode())


@settings(max_examples=300)
@given(st.lists(PIECES, max_size=60))
def test_a_page_within_bounds_is_never_changed(pieces):
    source = b"".join(pieces)
    assert cut(source) == (source, [])


@settings(max_examples=100)
@given(st.lists(PIECES, min_size=1, max_size=12), st.integers(200, 3000))
def test_however_a_page_repeats_itself_it_is_read(pieces, times):
    page = Document(b"<html><body>" + b"".join(pieces) * times)
    if page.root is not None:
        assert max(sum(1 for _ in node.iterancestors()) for node in page.root.iter()) <= bounds.MAX_DEPTH + 10
