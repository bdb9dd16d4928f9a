"""The one pass over the tree: lines in reading order, marks true to their text, hints of the markup around them."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from aggregator.parse.document import Document


def doc(inner, head=""):
    return Document(f"<!doctype html><html><head>{head}</head><body>{inner}</body></html>".encode())


def texts(inner):
    return [block.text for block in doc(inner).blocks]


def test_text_comes_in_reading_order_tails_included():
    assert texts("before<p>one</p>between<div>two<p>three</p>four</div>after") == [
        "before",
        "one",
        "between",
        "two",
        "three",
        "four",
        "after",
    ]


def test_inline_elements_do_not_break_words_or_lines():
    assert texts("<p>un<b>believ</b>able, <i>says</i> <a href=x>Anna</a>.</p>") == ["unbelievable, says Anna."]


def test_white_space_is_folded_and_never_starts_or_ends_a_line():
    assert texts("<p>\n  The\t<b> slow </b>\n\n <i> film</i> </p>") == ["The slow film"]
    assert texts("<p>a&nbsp;&nbsp;b\u2003c\u3000d</p><p>&nbsp;</p><p>\n</p>") == ["a b c d"]


@pytest.mark.parametrize(
    ("source", "text"),
    [
        ("T\u00adi\u200btle", "Title"),
        ("\ufeffTitle\u2060", "Title"),
        ("left\u202eright\u202c", "leftright"),
        ("a&#1;b&#x1F;c&#8;", "abc"),
        ("O&#146;Brien", "O\u2019Brien"),
        ("one\u2028two", "one two"),
        ("a&zwj;b", "a\u200db"),
    ],
)
def test_unseen_signs_are_no_text(source, text):
    assert texts(f"<p>{source}</p>") == [text]


def test_a_break_parts_lines_of_one_paragraph():
    lines = doc("<p>Director: Anna<br>Cast: Karl<br><br/>Runtime: 90</p><p>Next</p>").blocks
    assert [line.text for line in lines] == ["Director: Anna", "Cast: Karl", "Runtime: 90", "Next"]
    assert len({line.para for line in lines[:3]}) == 1
    assert lines[3].para != lines[0].para
    assert {line.tag for line in lines} == {"p"}


def test_every_line_knows_its_block_element():
    page = doc("<div>a<section>b</section>c</div><ul><li>d</li></ul><h2>e</h2>")
    assert [(line.text, line.tag, line.node.tag) for line in page.blocks] == [
        ("a", "div", "div"),
        ("b", "section", "section"),
        ("c", "div", "div"),
        ("d", "li", "li"),
        ("e", "h2", "h2"),
    ]
    assert [line.index for line in page.blocks] == list(range(5))


@pytest.mark.parametrize("tag", "script style noscript template iframe object select textarea svg math canvas".split())
def test_what_is_no_text_leaves_its_tail(tag):
    assert texts(f"<p>a<{tag}>hidden</{tag}>b</p><p>c</p>") == ["ab", "c"]


def test_a_markup_comment_leaves_its_tail():
    assert texts("<p>a<!-- x -->b<i>c</i><!-- y --> d</p>e<!-- z -->f") == ["abc d", "ef"]


@pytest.mark.parametrize("how", ["style='display:none'", "style='color:red; DISPLAY : none'", "hidden", 'hidden=""'])
def test_hidden_parts_are_left_out_and_end_where_they_end(how):
    page = doc(f"<p>a</p><div class=sidebar {how}>secret <b>x</b> more</div>tail<p>b</p>")
    assert [line.text for line in page.blocks] == ["a", "tail", "b"]
    assert [set(line.hints) for line in page.blocks] == [set(), set(), set()]
    inline = doc(f"<p>a <span {how}>secret</span> b <i>c</i></p>")
    assert [line.text for line in inline.blocks] == ["a b c"]
    assert [mark.tag for mark in inline.blocks[0].marks] == ["i"]


def test_hidden_parts_still_speak_to_machines():
    page = doc("<div style='display:none'><span itemprop=name class=fn>Moon</span><time>x</time></div><p>a</p>")
    assert [node.get("itemprop") for node in page.lines.items] == ["name"]
    assert len(page.by_class("fn")) == 1
    assert len(page.nodes("time")) == 1


def test_a_page_that_hides_all_its_text_is_read_all_the_same():
    prose = "The film is slow and patient, and so is everybody in it. " * 30
    assert prose.strip() in texts(f"<h1>Moon</h1><div id=app style='display:none'><p>{prose}</p></div>")
    assert texts(f"<body style='display:none'><p>{prose}</p>") == [prose.strip()]


def test_marks_are_spans_of_the_lines_text():
    page = doc("<p>The <i>Third <b>Man</b></i> by <a href='/carol'> Carol Reed </a>, 1949</p>")
    (line,) = page.blocks
    assert line.text == "The Third Man by Carol Reed , 1949"
    assert {(mark.tag, line.text[mark.start : mark.end]) for mark in line.marks} == {
        ("i", "Third Man"),
        ("b", "Man"),
        ("a", "Carol Reed"),
    }
    assert next(iter(line.links()))[:2] == ("Carol Reed", "/carol")
    assert line.link_share() == pytest.approx(10 / len(line.text))


def test_a_mark_over_a_break_marks_both_lines():
    first, second = doc("<p><a href=x>one<br>two</a> three</p>").blocks
    assert [(mark.tag, first.text[mark.start : mark.end]) for mark in first.marks] == [("a", "one")]
    assert [(mark.tag, second.text[mark.start : mark.end]) for mark in second.marks] == [("a", "two")]


def test_empty_marks_are_none():
    assert doc("<p>a<b></b><i> </i><a href=x></a>b</p>").blocks[0].marks == []


def test_pictures_keep_their_place_words_and_address():
    page = doc(
        "<p class='rating'>Rating: <img src=4.png alt='4 of 5'> <i class='fa fa-star'></i> good"
        "<svg aria-label='3 stars'><path/></svg><img data-src=lazy.png></p><p><img src=poster.jpg></p>"
    )
    line, poster = page.blocks
    assert line.text == "Rating: good"
    assert [(icon.kind, icon.pos, icon.alt, icon.src) for icon in line.icons] == [
        ("img", 8, "4 of 5", "4.png"),
        ("i", 8, "", ""),
        ("svg", 12, "3 stars", ""),
        ("img", 12, "", "lazy.png"),
    ]
    assert line.icons[1].names == "fa fa-star  | rating"
    assert (poster.text, len(poster.icons)) == ("", 1)


@pytest.mark.parametrize(
    ("source", "text"),
    [
        ("3<sup>1</sup>/<sub>2</sub> stars", "3 1/2 stars"),
        ("in 2010<sup>7</sup>", "in 2010 7"),
        ("1<sup>st</sup>", "1st"),
        ("H<sub>2</sub>O", "H2O"),
    ],
)
def test_a_figure_set_high_is_no_digit_of_the_one_before(source, text):
    assert texts(f"<p>{source}</p>") == [text]


def test_how_a_sign_is_read_is_no_text():
    assert texts("<p><ruby>千尋<rp>(</rp><rt>ちひろ</rt><rp>)</rp></ruby>の旅</p>") == ["千尋の旅"]


def test_preformatted_text_keeps_short_lines_and_joins_wrapped_ones():
    wrapped = "This is a line as long as they were when letters still were typed by hand,\nand it goes on."
    assert texts(f"<pre>MOON\nDirector: Anna Weber\n\n{wrapped}\n\nThe end</pre><p>a\nb</p>") == [
        "MOON",
        "Director: Anna Weber",
        wrapped.replace("\n", " "),
        "The end",
        "a b",
    ]


def test_hints_come_from_tag_class_id_and_role_and_add_up():
    page = doc(
        "<nav>a</nav><div class='post-comments'><div id=author-bio>b</div>c</div><div role=complementary>d</div>e"
    )
    hints = {line.text: set(line.hints) for line in page.blocks}
    assert hints["a"] == {"nav"}
    assert {"comments", "bio"} <= hints["b"]
    assert "comments" in hints["c"]
    assert "bio" not in hints["c"]
    assert hints["d"] == {"sidebar"}
    assert hints["e"] == set()


def test_a_name_that_only_says_what_is_not_there_hints_at_nothing():
    page = doc("<div class='no-sidebar comments-open'>a</div>")
    assert page.blocks[0].hints == frozenset()


def test_a_sidebar_that_holds_the_pages_prose_is_none():
    prose = "<p>" + "A long paragraph about the film and about nothing else at all. " * 5 + "</p>"
    page = doc(f"<div class=sidebar-wrap><div class=sidebar><p>menu</p></div>{prose}{prose}</div>")
    assert [set(line.hints) for line in page.blocks] == [{"sidebar"}, set(), set()]


def test_lookup_tables_hold_what_fields_ask_for():
    page = doc(
        "<h1 class='x y'>T</h1><div itemscope><b itemprop=name>n</b></div><time>t</time><noscript><p>n</p></noscript>",
        "<meta name=a content=b><link rel=next href=n><script>1</script><title>T</title>",
    )
    assert [len(page.nodes(tag)) for tag in "h1 time meta link script title noscript base".split()] == [1] * 7 + [0]
    assert len(page.lines.items) == 2
    assert page.by_class("x") == page.by_class("y") == page.nodes("h1")


WORDS = st.text("abc xyz\n\u00a0é", max_size=12)
TREES = st.recursive(
    WORDS,
    lambda inner: st.builds(
        lambda tag, parts, attribute: f"<{tag}{attribute}>{''.join(parts)}</{tag}>",
        st.sampled_from("div p b i a span section ul li h2 br table td x-y font".split()),
        st.lists(inner, max_size=4),
        st.sampled_from(
            ["", " class='byline'", " id=comments", " style='display:none'", " itemprop=name", " role=main"]
        ),
    ),
    max_leaves=25,
)


@settings(max_examples=150)
@given(TREES)
def test_whatever_the_tree_nothing_shown_is_lost_or_doubled(inner):
    page = doc(inner)
    shown = "".join(page.root.xpath("//text()[not(ancestor::*[contains(@style, 'none')])]"))
    read = "".join(block.text for block in page.blocks)
    assert sorted("".join(read.split())) == sorted("".join(shown.split()))
    for block in page.blocks:
        assert block.text == " ".join(block.text.split())
        for mark in block.marks:
            assert 0 <= mark.start < mark.end <= len(block.text)
            assert block.text[mark.start : mark.end].strip() == block.text[mark.start : mark.end]
            own = "".join(mark.node.xpath(".//text()[not(ancestor::*[contains(@style, 'none')])]"))
            assert "".join(block.text[mark.start : mark.end].split()) in "".join(own.split())
        assert all(0 <= icon.pos <= len(block.text) + 1 for icon in block.icons)


def test_a_heading_set_in_two_lines_is_one_where_the_page_title_says_it_whole():
    heading = "<h1>The Last Ferry to<br/><em>Holm Island.</em></h1><p>Text.</p>"
    assert [b.text for b in doc(heading, "<title>The Last Ferry to Holm Island | Tide</title>").blocks] == [
        "The Last Ferry to Holm Island.",
        "Text.",
    ]
    assert [b.text for b in doc(heading, "<title>The Last Ferry | Tide</title>").blocks][:2] == [
        "The Last Ferry to",
        "Holm Island.",
    ]
