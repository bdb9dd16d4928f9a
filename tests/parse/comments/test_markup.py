"""Markup of single systems and of none: what is a comment, what is not, and who answers whom."""

import pytest

from tests.parse.comments.pages import REVIEW, below, thread


def who(found: object) -> list[object]:
    return [(c["author"], c["text"], c["parent"]) for c in found.comments]  # type: ignore[attr-defined]


def test_block_theme() -> None:
    found = below(
        '<ol class="wp-block-comment-template"><li id="comment-2" class="comment depth-1">'
        '<div class="wp-block-comment-author-name"><a href="https://x.example">Name One</a></div>'
        '<div class="wp-block-comment-date"><time datetime="2022-02-01T10:00:00+00:00"><a href="#comment-2">February 1'
        '</a></time></div><div class="wp-block-comment-edit-link"><a>Edit</a></div>'
        '<div class="wp-block-comment-content"><p>Lovely. <em>Really</em>.</p></div><div'
        ' class="wp-block-comment-reply-link"><a href="#">Reply</a></div><ol><li id="comment-3"'
        ' class="comment depth-2">'
        '<div class="wp-block-comment-author-name">Two</div><div class="wp-block-comment-content"><p>Agreed</p></div>'
        "</li></ol></li></ol>"
    )
    assert who(found) == [("Name One", "Lovely. Really.", None), ("Two", "Agreed", "comment-2")]
    assert found.comments[0]["published"] == "2022-02-01T10:00:00+00:00"


def test_definition_list_with_one_pair_a_comment() -> None:
    found = below(
        '<dl class="comment_list"><dt class="comment" id="comment-1"><span class="comment_author">Al</span> <span'
        ' class="comment_time"><a href="#comment-1">May 5, 2012 at 3:00 pm</a></span></dt><dd class="comment"><div'
        ' class="format_text"><p>Hi</p><p>there</p></div></dd><dt class="comment" id="comment-2"><span'
        ' class="comment_author">Bo</span></dt><dd class="comment"><div class="format_text"><p>Ho</p></div></dd></dl>'
    )
    assert who(found) == [("Al", "Hi\n\nthere", None), ("Bo", "Ho", None)]


def test_reply_named_by_a_link_to_a_later_comment() -> None:
    found = below(
        '<div class="comments"><div class="comment" id="comment-23"><div class="comment-header"><span'
        ' class="author">Quin</span> <a href="#comment-22">replied to comment from Pat</a></div><div'
        ' class="comment-content">Bye</div></div>'
        '<div class="comment" id="comment-22"><div class="comment-header"><span class="author">Pat</span></div><div'
        ' class="comment-content">Hello</div></div></div>'
    )
    assert who(found) == [("Quin", "Bye", "comment-22"), ("Pat", "Hello", None)]


def test_reply_to_what_is_not_on_the_page() -> None:
    found = below(
        '<div class="comments"><div class="comment" id="comment-23"><div class="comment-header"><span'
        ' class="author">Quin</span> <a href="#comment-22">in reply to Pat</a></div><div'
        ' class="comment-content">Bye</div></div></div>'
    )
    assert found.comments[0]["parent"] is None
    assert found.comments[0]["parent_missing"] is True


def test_reply_to_a_removed_comment() -> None:
    item = (
        '<li class="comment" id="comment-{0}"><cite class="fn">{1}</cite><div class="comment-content">{2}</div>{3}</li>'
    )
    inner = '<ol class="children">' + item.format(2, "B", "why?", "") + "</ol>"
    found = below('<ol class="commentlist">' + item.format(1, "A", "This comment has been deleted.", inner) + "</ol>")
    assert who(found) == [("B", "why?", None)]
    assert found.comments[0]["parent_missing"] is True


def test_same_words_twice_are_two_comments() -> None:
    item = '<li class="comment"><cite class="fn">Pip</cite><div class="comment-content">first</div></li>'
    assert len(below(f'<ol class="commentlist">{item * 3}</ol>').comments) == 3


def test_same_thread_in_two_kinds_of_markup_is_one() -> None:
    found = below(
        '<ol class="commentlist"><li class="comment" id="comment-1"><cite class="fn">Pip</cite><div'
        ' class="comment-content">first</div></li></ol><div id="disqus_thread"><div id="dsq-content"><ul>'
        '<li class="post" id="post-9"><span class="author">Pip</span><div class="post-message">first</div></li></ul>'
        "</div></div>"
    )
    assert [c["id"] for c in found.comments] == ["comment-1"]


def test_paragraphs_with_a_bold_name() -> None:
    found = below(
        "<hr><h2>Your comments</h2><p><b>Jim Smith</b> (Leeds, UK) wrote:<br>I was in it, third from the left.</p>"
        '<p><b>Sue</b> wrote:<br>I was second, Jim.</p><hr><p><a href="/">Home</a> | <a href="/films">Films</a></p>'
    )
    assert who(found) == [
        ("Jim Smith (Leeds, UK)", "I was in it, third from the left.", None),
        ("Sue", "I was second, Jim.", None),
    ]


def test_date_in_another_language_than_the_review() -> None:
    found = below(
        '<div id="kommentare"><div class="k" id="k1"><span>Uwe</span> sagt: <span>5. Mai 2012 um 14:12 Uhr</span><p>'
        'Steil.</p></div><div class="k" id="k2"><span>Ute</span> sagt: <span>6. Mai 2012 um 9:12 Uhr</span><p>Ja.</p>'
        "</div></div>"
    )
    assert [(c["id"], c["author"], c["published"]) for c in found.comments] == [
        ("k1", "Uwe", "2012-05-05T14:12"),
        ("k2", "Ute", "2012-05-06T09:12"),
    ]


def test_day_order_is_learned_from_the_thread() -> None:
    item = '<li class="comment"><cite class="fn">P{0}</cite><a href="#c">{1}</a><p>x{0}</p></li>'
    items = item.format(1, "02/03/2010") + item.format(2, "26/03/2010")
    found = below(f'<ol class="commentlist">{items}</ol>')
    assert [c["published"] for c in found.comments] == ["2010-03-02", "2010-03-26"]


def test_an_open_date_stays_unknown() -> None:
    item = '<li class="comment"><cite class="fn">P</cite> <a href="#c">02/03/2010</a><p>x</p></li>'
    assert below(f'<ol class="commentlist">{item}</ol>').comments[0]["published"] is None


ALIKE = {
    "subheadings": "<h2>3 Thoughts on the Ending</h2><h3>The bridge</h3><p>It is long.</p><h3>The bag</h3><p>Shut.</p>",
    "bold labels": "<h2>Thoughts on the score</h2><p><b>Strings</b></p><p>Too many.</p><p><b>Brass</b></p><p>Few.</p>",
    "interview": "<h2>Discussion</h2><p><strong>Anna:</strong> What was it?</p><p><strong>Ben:</strong> I fell.</p>",
    "user reviews": (
        '<div class="user-reviews"><h3>User reviews</h3><div><b>Tom</b> <span>May 5, 2012</span><p>Nice.</p></div>'
        "<div><b>Tim</b> <span>May 6, 2012</span><p>OK.</p></div></div>"
    ),
    "praise": '<div class="testimonials"><blockquote><p>Steep.</p><cite>Daily, May 2, 2012</cite></blockquote></div>',
    "notes": '<div id="notes"><h3>23 notes</h3><ol class="notes"><li class="note"><a>u1</a> likes</li></ol></div>',
    "other posts in place of comments": (
        '<div id="comments"><p>No comments yet.</p><h4>Latest reviews</h4><div><a href="/a">Ladders</a><span>12 May'
        " 2012</span><p>Up.</p></div><div><a href='/b'>Lifts</a><span>13 May 2012</span><p>Up.</p></div></div>"
    ),
    "side column": '<div class="sidebar"><ul><li class="comment"><cite class="fn">Pip</cite><p>So</p></li></ul></div>',
    "recent comments": (
        '<aside class="widget"><h3>Recent Comments</h3><ul id="recentcomments"><li class="recentcomments comment"><span'
        ' class="comment-author-link">Gus</span> on <a href="/x/#comment-3">Lift</a></li></ul></aside>'
    ),
    "older post": (
        '<div class="post" id="post-188"><h2><a href="/b">Lifts</a></h2><small>May 5, 2012</small><div class="entry">'
        "<p>A film about lifts, which go up and down and never arrive.</p></div></div>"
    ),
    "form": (
        '<div id="respond"><h3>Leave a Reply</h3><form id="commentform"><p>You are commenting using your account. '
        "<strong>Name</strong> (required)</p></form></div>"
    ),
    "loaded by a script": '<div id="comments"><div class="fb-comments" data-href="x" data-numposts="5"></div></div>',
}


@pytest.mark.parametrize("name", ALIKE)
def test_no_comments(name: str) -> None:
    assert below(ALIKE[name]).comments == []


def test_the_post_itself_is_no_comment() -> None:
    byline = '<p class="byline">By <a rel="author" href="/edda">Edda</a> on May 4, 2012</p>'
    assert thread(f'<title>The Lodger</title><div class="post comments-open">{byline}{REVIEW}</div>').comments == []
    assert thread(f'<title>The Lodger</title><article class="comment hentry">{byline}{REVIEW}</article>').comments == []


def test_ids_are_the_pages_own_and_unique() -> None:
    item = '<li class="comment" id="{0}"><cite class="fn">{1}</cite><div class="comment-content">{1}</div></li>'
    items = item.format("li-comment-7", "A") + item.format("c2", "B") + item.format("x5", "C") + item.format("x5", "D")
    found = below(f'<ol class="commentlist">{items}</ol>')
    assert [c["id"] for c in found.comments][:2] == ["comment-7", "c2"]
    assert len({c["id"] for c in found.comments}) == 4


GLUED = (
    '<li id="comment-{id}"><cite>{name}<a href="#comment-{id}">{date}</a></cite><p>{text}</p></li>',
    "<li><b>{name}</b><span>{date}</span><p>{text}</p></li>",
    "<li><div class=who>{name}<em>{date}</em></div><p>{text}</p></li>",
    "<li><p><strong>{name}</strong><small>{date}</small></p><p>{text}</p></li>",
)
SAID = (
    ("Milo", "14.09.2008, 23:12", "I liked it far less than you did."),
    ("i0", "15.09.2008, 14:36", "On 15.09.2008 I saw it in a hall of 12 seats."),
    ("anna7", "16.09.2008, 0:48", "The song is too long."),
)


@pytest.mark.parametrize("item", GLUED)
def test_a_name_that_ends_in_a_figure_stands_right_before_its_date(item: str) -> None:
    items = "".join(item.format(id=n, name=name, date=date, text=text) for n, (name, date, text) in enumerate(SAID, 1))
    found = below(f"<h3 id=comments>Comments</h3><ul>{items}</ul>").comments
    assert [(c["author"], c["text"]) for c in found] == [(name, text) for name, _, text in SAID]
    assert [c["published"] for c in found] == ["2008-09-14T23:12", "2008-09-15T14:36", "2008-09-16T00:48"]
