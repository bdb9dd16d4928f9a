"""Where each line of a page stands: headline, text, what follows it, comments, captions, teasers and menus."""

from pathlib import Path

import pytest

from aggregator.parse.document import Document
from aggregator.parse.regions import Region, cut, is_prose, site_names, weight

SITES = Path(__file__).parents[2] / "fixtures" / "sites"
FIXTURES = sorted(path for path in SITES.glob("*/*/page.*") if path.name != "page.json")
P = "<p>The film is slow and patient, and Anna Weber plays the widow as few actors would, with her back to us.</p>"
Q = "<p>Nothing happens for an hour, and then everything does, in a kitchen, at night, without a single word said.</p>"


def cut_page(inner, head="<title>Moon | The Outlet</title>", url="http://www.outlet.example/2011/moon/"):
    doc = Document(f"<!doctype html><html><head>{head}</head><body>{inner}</body></html>", url)
    return doc, cut(doc)


def stands(inner, **options):
    """Text of each line -> region, and the regions themselves."""
    doc, regions = cut_page(inner, **options)
    return {block.text: regions.of[block.index] for block in doc.blocks}, regions


def test_a_plain_article():
    where, regions = stands(
        f"<div class=masthead><a href='/'>The Outlet</a></div><ul class=nav><li><a href=/a>Reviews</a></li></ul>"
        f"<div><h1>Moon</h1><p>by Anna Weber</p>{P}<h3>The end</h3>{Q}<p>Rating: 4/5</p></div>"
        "<div id=footer>© 2011 The Outlet</div>"
    )
    assert regions.headline.text == "Moon"
    assert where["by Anna Weber"] is Region.HEAD
    assert [text[:8] for text, region in where.items() if region is Region.BODY] == ["The film", "The end", "Nothing "]
    assert where["Rating: 4/5"] is Region.TAIL
    assert where["Reviews"] is where["The Outlet"] is where["© 2011 The Outlet"] is Region.CHROME


@pytest.mark.parametrize(
    ("markup", "region"),
    [
        ("<div class='comments'><p>{}</p></div>", Region.COMMENT),
        ("<section id=disqus_thread><div>{}</div></section>", Region.COMMENT),
        ("<h3>3 Comments</h3><p>{}</p>", Region.COMMENT),
        ("<div class='related-posts'><p>{}</p></div>", Region.RELATED),
        ("<aside><p>{}</p></aside>", Region.CHROME),
        ("<nav><p>{}</p></nav>", Region.CHROME),
        ("<div class='author-bio'><p>{}</p></div>", Region.CHROME),
        ("<div class='newsletter signup'><p>{}</p></div>", Region.CHROME),
        ("<footer><p>{}</p></footer>", Region.CHROME),
        ("<figure><img src=a><figcaption>{}</figcaption></figure>", Region.CAPTION),
        ("<div class=wp-caption><p>{}</p></div>", Region.CAPTION),
    ],
)
def test_what_is_not_the_article_is_told_by_its_markup(markup, region):
    line = (
        "This is a line that is long enough to be a paragraph, and yet it is none of the article that it stands behind."
    )
    where, _ = stands(f"<div><h1>Moon</h1>{P}{Q}{P.replace('film', 'scene')}</div>{markup.format(line)}")
    assert where[line] is region


def test_the_sites_own_name_is_no_headline():
    _, regions = stands(f"<h1><a href='/'>The Outlet</a></h1><div><h2>Moon</h2>{P}{Q}</div>")
    assert regions.headline.text == "Moon"


def test_a_headline_that_the_title_repeats_beats_one_that_it_does_not():
    _, regions = stands(f"<div><h2>Welcome</h2><h2>Moon</h2><h2>Share this</h2>{P}{Q}</div>")
    assert regions.headline.text == "Moon"


def test_a_teasers_heading_below_the_text_is_no_headline():
    _, regions = stands(f"<div><p class=title>Moon</p>{P}{Q}<h2>Other films: Sun</h2></div>")
    assert regions.headline.text == "Moon"


def test_a_page_without_a_heading_has_none():
    _, regions = stands(f"<div>{P}{Q}</div>", head="")
    assert regions.headline is None


def test_the_heading_of_the_comments_may_quote_the_headline():
    _, regions = stands(f"<div>{P}{Q}</div><h3>2 Responses to “Moon and sun”</h3><p>Nice.</p>", head="")
    block, start, end = regions.quoted_headline
    assert block.text[start:end] == "Moon and sun"


@pytest.mark.parametrize(
    ("inner", "head", "name"),
    [
        ("", '<meta property="og:site_name" content="Night Post">', "night post"),
        ("<div class=site-title>Night Post</div>", "", "night post"),
        ("<h1><a href='http://www.outlet.example/'>Night Post</a></h1>", "", "night post"),
        ("", "", "outlet.example"),
        ("", "", "outlet"),
    ],
)
def test_what_the_site_calls_itself(inner, head, name):
    doc, _ = cut_page(inner + P, head=head)
    assert name in site_names(doc)


def test_menu_words_are_no_site_name():
    doc, _ = cut_page(f"<div id=header><a href='/'>Home</a></div>{P}")
    assert "home" not in site_names(doc)


def test_a_text_file_has_regions_too():
    doc = Document(
        "Moon\n\nby Anna Weber\n\n" + "\n\n".join([P[3:-4], Q[3:-4]] * 3) + "\n\nComments (2)\n\nAda: I liked it."
    )
    regions = cut(doc)
    where = {block.text: regions.of[block.index] for block in doc.blocks}
    assert where[P[3:-4]] is Region.BODY
    assert where["Ada: I liked it."] is Region.COMMENT


def test_a_sign_of_an_east_asian_script_says_more_than_a_letter():
    assert weight("abcd") == 4
    assert weight("映画の話") == 10
    assert weight("é") == 1


def test_prose_is_long_and_not_a_list_of_links():
    long, links, short, heading = Document(
        f"{P}<p><a href=a>{'One link after another. ' * 6}</a></p><p>Short.</p><h2>{'A long heading it is ' * 6}</h2>"
    ).blocks
    assert is_prose(long)
    assert not is_prose(links)
    assert not is_prose(short)
    assert not is_prose(heading)


def test_paragraphs_set_as_headings_are_prose():
    (text,) = Document(f"<h4>{'A film is told in large letters. ' * 5}</h4>").blocks
    assert is_prose(text)


@pytest.mark.parametrize("body", ["", "<p>", "x", "<h1>a</h1>", "<div></div>" * 50, "<p>" + "a " * 40_000])
def test_any_page_has_regions(body):
    doc = Document(body)
    regions = cut(doc)
    assert len(regions.of) == len(doc.blocks)


@pytest.mark.parametrize("path", FIXTURES, ids=lambda path: "/".join(path.parts[-3:-1]))
def test_of_every_fixture(path):
    doc = Document(path.read_bytes())
    regions = cut(doc)
    assert len(regions.of) == len(doc.blocks)
    body = [index for index, region in enumerate(regions.of) if region is Region.BODY]
    head = [index for index, region in enumerate(regions.of) if region is Region.HEAD]
    if body:
        assert regions.first == min(body)
        assert regions.last == max(body)
        assert all(index < regions.first for index in head)
    for region in Region:
        found = regions.among(doc.blocks, (region,))
        assert [regions.of[block.index] for block in found] == [region] * regions.of.count(region)


LONG = (
    "The house stands at the end of a lane that nobody seems to use, and the clock in it has stopped.",
    "Anna Weber plays the elder sister with a patience that few have, and the camera hardly moves for her.",
    "It is not a thriller, although it could have been one, and its quiet is what stays with the rest of us.",
    "Karl Otto stamps everything twice as the man at the counter and says nothing at all for two whole hours.",
)


@pytest.mark.parametrize(
    "markup",
    [
        '<a href="/blog"><h1>Night Post</h1><section><div>{}</div></section>',
        '<h1>Night Post</h1><a name="top"><div>{}</div></a>',
    ],
)
def test_a_link_left_open_around_the_article_makes_no_link_of_it(markup):
    text = "".join(f'<p>{line} <a href="/tag/x">More</a></p>' for line in LONG)
    doc = Document(f"<html><body><article>{markup.format(text)}</article></body></html>")
    body = cut(doc).among(doc.blocks, (Region.BODY,))
    assert [block.text.removesuffix(" More") for block in body] == list(LONG)
    assert {text for block in body for text, _, _ in block.links()} == {"More"}


def test_a_card_that_is_one_link_stays_one():
    cards = "".join(f'<a href="/{at}"><h3>Card {at}</h3><p>{line}</p></a>' for at, line in enumerate(LONG))
    doc = Document(f"<html><body><main>{cards}</main></body></html>")
    assert cut(doc).among(doc.blocks, (Region.BODY,)) == []


@pytest.mark.parametrize("tag", ["h3", "h5"])
def test_a_text_set_in_headings_is_a_text(tag):
    lines = "".join(f"<{tag}>{line}</{tag}>" for line in LONG)
    doc = Document(f"<html><body><div><h1>Night Post</h1>{lines}</div></body></html>")
    assert [block.text for block in cut(doc).among(doc.blocks, (Region.BODY,))] == list(LONG)


def test_a_text_of_short_sentences_is_a_text():
    short = [f"{part.strip().capitalize()}." for line in LONG for part in line.rstrip(".").split(" and ")]
    lines = "".join(f"<p>{line}</p>" for line in short)
    doc = Document(f"<html><body><ul><li>Home</li></ul><div><h1>Night Post</h1>{lines}</div></body></html>")
    body = [block.text for block in cut(doc).among(doc.blocks, (Region.BODY,))]
    assert body
    assert set(body) >= {line for line in short if len(line) >= 40}


def test_a_headline_in_a_page_header_is_not_the_sites_name():
    doc, regions = cut_page(
        f"<div class=nav><a href='/'>Ana's log</a></div><article><div class=page-header>Ex Machina</div>"
        f"<div class=meta>Posted on 2016-01-15</div>{P}{Q}</article>",
        head="<title>Ex Machina</title><meta property=og:title content='Ex Machina'>",
        url="http://ana.example/ex-machina/",
    )
    assert regions.headline is not None
    assert regions.headline.text == "Ex Machina"
    assert "ex machina" not in site_names(doc)
