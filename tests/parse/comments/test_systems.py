"""Comment systems and forums whose markup the registry knows: one comment and one reply each."""

import pytest

from aggregator.parse.comments.families import table
from tests.parse.comments.pages import below, thread

SYSTEMS = {
    "intensedebate": (
        '<div id="idc-container"><div class="idc-c" id="IDComment71"><div class="idc-c-h"><div'
        ' class="idc-v">+1</div><p><a class="idc-a" href="http://a.example">Ann</a> · <a href="#IDComment71"'
        ' class="idc-time" title="May 5, 2012 at 14:12">4 years ago</a></p></div><div class="idc-c-t">'
        '<p>One.</p></div><div class="idc-c-b"><a>Reply</a></div></div><div class="idc-thread"><div'
        ' class="idc-c" id="IDComment72"><div class="idc-c-h"><p><span class="idc-a">Bob</span></p></div><div'
        ' class="idc-c-t"><p>Two.</p></div></div></div></div>'
    ),
    "isso": (
        '<section id="isso-thread"><h4>2 Comments</h4><div id="isso-root"><div class="isso-comment"'
        ' id="isso-71"><div class="isso-avatar"></div><div class="isso-text-wrapper"><div'
        ' class="isso-comment-header" role="meta"><span class="isso-author">Ann</span><span'
        ' class="isso-spacer">•</span><a class="isso-permalink" href="#isso-71"><time'
        ' datetime="2012-05-05T14:12:00Z">4 years ago</time></a></div><div class="isso-text"><p>One.</p></div>'
        '<div class="isso-comment-footer"><span class="isso-votes">1</span><a class="isso-reply">Reply</a></div>'
        '</div><div class="isso-follow-up"><div class="isso-comment" id="isso-72"><div'
        ' class="isso-comment-header"><span class="isso-author">Bob</span></div><div class="isso-text">'
        "<p>Two.</p></div></div></div></div></div></section>"
    ),
    "commento": (
        '<div id="commento"><div class="commento-card" id="commento-comment-card-71"><div'
        ' class="commento-header"><div class="commento-options"><button>Reply</button></div><div'
        ' class="commento-name">Ann</div><div class="commento-subtitle"><div class="commento-timeago" title="Sat'
        ' May 05 2012 14:12:00 GMT+0000">4 years ago</div></div></div><div class="commento-body"><p>One.</p>'
        '</div><div class="commento-card-children"><div class="commento-card" id="commento-comment-card-72"><div'
        ' class="commento-header"><div class="commento-name">Bob</div></div><div class="commento-body">'
        "<p>Two.</p></div></div></div></div></div>"
    ),
    "guardian": (
        '<ul class="d-thread"><li class="d-comment" id="comment-71"><div class="d-comment__inner"><div'
        ' class="d-comment__meta"><a class="d-comment__author" href="/u">Ann</a> <a href="#comment-71"><time'
        ' datetime="2012-05-05T14:12:00Z">5 May</time></a></div><div class="d-comment__recommend">3</div><div'
        ' class="d-comment__body"><p>One.</p></div></div><ul class="d-thread--responses"><li class="d-comment"'
        ' id="comment-72"><a class="d-comment__author" href="/u">Bob</a><div class="d-comment__body"><p>Two.</p>'
        "</div></li></ul></li></ul>"
    ),
    "livejournal": (
        '<div id="comments"><div id="t71" class="b-leaf" style="margin-left:0px"><span class="ljuser i-ljuser">'
        '<a><b>Ann</b></a></span> <span class="b-leaf-createdtime">May 5 2012, 14:12</span><div'
        ' class="b-leaf-article">One.</div><div class="b-leaf-actions">Reply</div></div><div id="t72"'
        ' class="b-leaf" style="margin-left:30px"><span class="ljuser"><a><b>Bob</b></a></span><div'
        ' class="b-leaf-article">Two.</div></div></div>'
    ),
    "mastodon": (
        '<div id="mastodon-comments-list"><div class="mastodon-comment" id="m71" style="margin-left: 0px"><div'
        ' class="author"><div class="details"><a class="name" href="/a">Ann</a><a class="user">@ann@x.example</a></div>'
        '<a class="date" href="/1">2012-05-05, 14:12</a></div><div class="content"><p>One.</p></div></div><div'
        ' class="mastodon-comment" id="m72" style="margin-left: 16px"><div class="author"><a class="name">Bob</a></div>'
        '<div class="content"><p>Two.</p></div></div></div>'
    ),
    "dreamwidth": (
        '<div id="comments"><div class="comment-thread"><div id="cmt71" class="dwexpcomment" style="margin-left:0px">'
        '<div class="header"><span class="poster"><span class="from-label">From: </span><span class="ljuser"><a><b>Ann'
        '</b></a></span></span> <span class="datetime"><span class="datetime-label">Date: </span>2012-05-05 02:12 pm'
        '</span></div><div class="comment-content">One.</div></div></div><div class="comment-thread"><div id="cmt72"'
        ' class="dwexpcomment" style="margin-left:25px"><span class="ljuser"><a><b>Bob</b></a></span><div'
        ' class="comment-content">Two.</div></div></div></div>'
    ),
    "facebook before 2015": (
        '<ul class="uiList fbFeedbackPosts"><li class="fbFeedbackPost" id="fbc_71"><a class="profileName"'
        ' href="/u">Ann</a><div class="postText">One.</div><div class="action_links">Reply · Like · <abbr'
        ' class="timestamp livetimestamp" title="x" data-utime="1336227120"></abbr></div><ul'
        ' class="fbFeedbackReplies"><li class="fbFeedbackPost" id="fbc_72"><a class="profileName"'
        ' href="/u">Bob</a><div class="postText">Two.</div></li></ul></li></ul>'
    ),
    "overblog": (
        '<div class="ob-comments"><div class="ob-comment" id="ob-71"><div class="ob-info"><span'
        ' class="ob-name">Ann</span> <span class="ob-date">05/05/2012 14:12</span></div><div'
        ' class="ob-text">One.</div><div class="ob-reply-link"><a>Répondre</a></div><div class="ob-replies"><div'
        ' class="ob-comment" id="ob-72"><span class="ob-name">Bob</span><div class="ob-text">Two.</div></div>'
        "</div></div></div>"
    ),
    "typecho": (
        '<ol class="comment-list"><li id="comment-71" class="comment-body comment-parent"><div'
        ' class="comment-author"><cite class="fn">Ann</cite></div><div class="comment-meta"><a'
        ' href="#comment-71">2012-05-05 14:12</a></div><div class="comment-content"><p>One.</p></div><div'
        ' class="comment-reply"><a>回复</a></div><div class="comment-children"><ol class="comment-list"><li'
        ' id="comment-72" class="comment-body comment-child"><div class="comment-author"><cite'
        ' class="fn">Bob</cite></div><div class="comment-content"><p>Two.</p></div></li></ol></div></li></ol>'
    ),
}


@pytest.mark.parametrize("name", SYSTEMS)
def test_system(name: str) -> None:
    found = below(SYSTEMS[name])
    first, second = found.comments
    assert (first["author"], first["text"], first["parent"]) == ("Ann", "One.", None)
    assert (second["author"], second["text"], second["parent"]) == ("Bob", "Two.", first["id"])
    assert "71" in first["id"]
    assert first["published"] is None or first["published"].startswith("2012-05-05T14:12")


FORUMS = {
    "vbulletin": (
        '<ol id="posts"><li class="postbit postcontainer" id="post_70"><div class="posthead"><span'
        ' class="postdate"><span class="date">05-05-2012, 02:00 PM</span></span></div><div class="userinfo"><a'
        ' class="username">Edda</a></div><blockquote class="postcontent">A long review.</blockquote></li><li'
        ' class="postbit postcontainer" id="post_71"><div class="posthead"><span class="date">05-25-2012, 02:12'
        ' PM</span></div><div class="userinfo"><a class="username">Ann</a></div><blockquote'
        ' class="postcontent">One.</blockquote><div class="signature">sig</div></li></ol>'
    ),
    "smf": (
        '<div id="forumposts"><div class="post_wrapper"><div class="poster"><h4><a>Edda</a></h4></div><div'
        ' class="postarea"><div class="post"><div class="inner" id="msg_70">A long review.</div></div></div>'
        '</div><div class="post_wrapper"><div class="poster"><h4><a>Ann</a></h4></div><div class="postarea"><div'
        ' class="post"><div class="inner" id="msg_71">One.</div></div><div class="signature">sig</div></div>'
        "</div></div>"
    ),
    "discourse": (
        '<div id="main-outlet"><div class="topic-body crawler-post" id="post_1"><div class="crawler-post-meta">'
        '<span class="creator" itemprop="author"><a><span itemprop="name">Edda</span></a></span></div><div'
        ' class="post" itemprop="text">A long review.</div></div><div class="topic-body crawler-post"'
        ' id="post_71"><div class="crawler-post-meta"><span class="creator" itemprop="author"><a><span'
        ' itemprop="name">Ann</span></a></span><time datetime="2012-05-05T14:12:00Z" class="post-time">May'
        ' 5</time></div><div class="post" itemprop="text"><p>One.</p></div></div></div>'
    ),
}


@pytest.mark.parametrize("name", FORUMS)
def test_forum(name: str) -> None:
    body = f"<html><head><title>The Lodger</title></head><body><h2>The Lodger</h2>{FORUMS[name]}</body></html>"
    found = thread(body, "https://forum.example/showthread.php?t=1")
    assert [(c["author"], c["text"]) for c in found.comments] == [("Ann", "One.")]


def test_every_family_of_the_registry_is_read_somewhere_here() -> None:
    """A row nobody has tried is a guess: add a page or a case above for a new one."""
    tried = {
        *("substack", "comment", "wordpress_old", "blogger_list", "thesis", "movable_type", "disqus", "disqus_copy"),
        *("facebook", "phpbb", "xenforo", "schema", "microformats"),
        *SYSTEMS,
        *FORUMS,
    }
    assert {family.name for family in table().families} <= tried
