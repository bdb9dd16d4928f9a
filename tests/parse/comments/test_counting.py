"""How many comments a page says it has."""

import pytest

from aggregator.parse.comments.counting import count_in, is_heading
from tests.parse.comments.pages import below

COUNTS = [
    ("15 Responses to “0078 | Never Let Me Go”", 15),
    ("One Response to Moon", 1),
    ("1 thought on “Yes Man”", 1),
    ("3 comments:", 3),
    ("2 comments", 2),
    ("No comments yet", 0),
    ("0 comments:", 0),
    ("Comments (12)", 12),
    ("Reader comments: 4", 4),
    ("1,204 Comments", 1204),
    ("There are 3 comments", 3),
    ("1 response so far", 1),
    ("“Never Let Me Go” has 3 comments", 3),
    ("11 Kommentare", 11),
    ("Ein Kommentar zu „Moon“", 1),
    ("Keine Kommentare", 0),
    ("5 Gedanken zu „1917“", 5),
    ("3 réflexions sur « Moon »", 3),
    ("Une réflexion sur « Moon »", 1),
    ("Aucun commentaire", 0),
    ("4 comentarios en “1917”", 4),
    ("2 comentários sobre “Lua”", 2),
    ("Commenti: 7", 7),
    ("3 reacties op “Maan”", 3),
    ("6 Yorum to “Once”", 6),
    ("3 komentarze", 3),
    ("コメント 3 件", 3),
    ("コメント(0)", 0),
    ("「1917」への3件のフィードバック", 3),
    ("댓글 5개", 5),
    ("3 条评论", 3),
    ("评论 (8)", 8),
    ("2 комментария", 2),
    ("Comments", None),
    ("1917", None),
    ("Comments on 1917", None),
    ("12 Angry Men", None),
    ("Leave a comment", None),
    ("The two of them reply to 3 letters in the film and say nothing more about it.", None),
    ("Rated 5 out of 10", None),
]


@pytest.mark.parametrize(("text", "count"), COUNTS)
def test_count(text: str, count: int | None) -> None:
    assert count_in(text) == count


@pytest.mark.parametrize("text", ["Comments", "Reader Comments", "Kommentare", "Comments on The Lodger", "Yorumlar"])
def test_heading(text: str) -> None:
    assert is_heading(text) is (text != "Yorumlar")


@pytest.mark.parametrize("text", ["Thoughts on the ending", "Leave a Reply", "Discussion", "Comment by Bob on Friday"])
def test_no_heading(text: str) -> None:
    assert not is_heading(text)


def test_link_to_the_pages_own_comments() -> None:
    link = '<p><a href="{0}#comments">{1}</a></p>'
    own = "https://stairwell.example/2012/05/the-lodger/"
    assert below(link.format(own, "15 Comments")).declared == 15
    assert below(link.format("", "15")).declared == 15
    assert below(link.format("/2012/05/the-lodger/", "One comment")).declared == 1
    assert below(link.format("/2011/ladders/", "9 Comments")).declared is None


def test_links_of_a_list_of_posts_say_nothing_of_one() -> None:
    links = '<p><a href="/a/#comments">9 Comments</a></p><p><a href="/b/#comments">3 Comments</a></p>'
    assert below(links, url=None).declared is None


def test_counter_that_a_script_fills_is_not_zero() -> None:
    assert below('<div class="box"><span class="comments-count">0</span></div>').declared is None
    assert below('<div class="box"><span class="comments-count">4</span></div>').declared == 4


def test_incomplete_when_fewer_are_shown() -> None:
    item = '<li class="comment"><cite class="fn">P</cite><div class="comment-content">x</div></li>'
    ping = '<li class="pingback"><p>Pingback: <a href="http://a.example">Other post</a></p></li>'
    shown = '<div id="comments"><h3>2 Responses</h3><ol class="commentlist">{0}</ol></div>'
    assert below(shown.format(item)).complete is False
    # sites count trackbacks among the responses
    assert below(shown.format(item + ping)).complete is True
    loaded_later = below('<div id="comments"><h3>4 comments</h3></div>')
    assert (loaded_later.declared, loaded_later.complete) == (4, False)
