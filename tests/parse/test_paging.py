"""The pages of one review: which is the first, which goes on, and what only looks like a page."""

import pytest

from aggregator import parse

TEXT = (
    "<p>The lift stops between two floors, and the old man tells the girl what he saw in the war. I was moved by how"
    " little the film explains, and by the way it listens to him breathing.</p>"
) * 3


def pages(url, body="", head=""):
    markup = f"<html><head>{head}</head><body><article><h1>The Lodger (2010) review</h1>{TEXT}{body}</article></body>"
    page = parse(f"{markup}</html>", url, profile=False)
    assert page.page_type == "review"
    return page.part_of, page.next


SITE = "https://lamp.example"


@pytest.mark.parametrize(
    ("url", "body", "part_of", "following"),
    [
        ("/lodger/", "<p>Pages: 1 <a href='/lodger/2/'>2</a></p>", None, "/lodger/2/"),
        ("/lodger/2/", "<p>Pages: <a href='/lodger/'>1</a> 2 <a href='/lodger/3/'>3</a></p>", "/lodger/", "/lodger/3/"),
        ("/lodger/3/", "<p>Page 3 of 3</p>", "/lodger/", None),
        ("/r.php?id=4&page=2", "<p><a href='/r.php?id=4&page=1'>Previous</a></p>", "/r.php?id=4&page=1", None),
        ("/lodger.html", "<p>1 | <a href='lodger-2.html'>2</a> | <a href='lodger-3.html'>3</a></p>", None,
         "/lodger-2.html"),
        ("/lodger-2.html", "<p><a href='lodger.html'>1</a> | 2</p>", "/lodger.html", None),
        ("/lodger?seite=2", "<p><a href='/lodger'>zurück</a></p>", "/lodger", None),
        # the second film, the next post, an archive by number
        ("/lodger-2.html", "<p><a href='/lodger-3.html'>Next</a></p>", None, None),
        ("/lodger/2/", "", None, None),
        ("/reviews/12/", "<p><a href='/reviews/11/'>Previous</a> <a href='/reviews/13/'>Next</a></p>", None, None),
        ("/lodger/", "<p>Rated 4 out of 5, page 4 of the programme</p>", None, None),
    ],
)  # fmt: skip
def test_pages_of_a_review(url, body, part_of, following):
    wanted = tuple(address and SITE + address for address in (part_of, following))
    assert pages(SITE + url, body) == wanted


def test_the_head_counts_only_for_the_same_review():
    links = "<link rel='prev' href='/moonlight/'><link rel='next' href='/lion/'>"
    assert pages(f"{SITE}/lodger/", head=links) == (None, None)
    links = "<link rel='prev' href='/lodger/'><link rel='next' href='/lodger/3/'>"
    assert pages(f"{SITE}/lodger/2/", head=links) == (f"{SITE}/lodger/", f"{SITE}/lodger/3/")


def test_the_next_post_in_time_is_no_page_of_the_review():
    posts = "<link rel='prev' href='/moonlight/'><link rel='next' href='/lion/'>"
    turn = "<p class='post-nav-links'>Pages: <span>1</span> <a href='/lodger/2/'>2</a></p>"
    around = "<nav><a rel='prev' href='/moonlight/'>Moonlight</a> <a rel='next' href='/lion/'>Next: Lion</a></nav>"
    assert pages(f"{SITE}/lodger/", turn + around, posts) == (None, f"{SITE}/lodger/2/")


def test_a_page_of_comments_belongs_to_its_review():
    thread = (
        "<div id='comments'><h3>60 comments</h3><ol class='commentlist'><li id='comment-51' class='comment'><cite"
        " class='fn'>Ines</cite> <a>March 4, 2017 at 9:12 am</a><p>Still nobody talks of the dog.</p></li></ol>"
        "<a href='/lodger/comment-page-1/#comments'>Older Comments</a></div>"
    )
    links = "<link rel='canonical' href='/lodger/'>"
    assert pages(f"{SITE}/lodger/comment-page-2/", thread, links) == (
        f"{SITE}/lodger/",
        f"{SITE}/lodger/comment-page-1/",
    )
