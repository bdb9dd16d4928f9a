"""Feeds of comments."""

import pytest

from aggregator.errors import UnreadableInputError
from aggregator.parse.comments import from_feed

RSS = """<?xml version="1.0" encoding="UTF-8"?>
<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:dc="http://purl.org/dc/elements/1.1/">
<channel><title>Comments on: The Lodger</title><link>https://s.example/the-lodger/</link>
<item><title>By: Edda</title><link>https://s.example/the-lodger/#comment-8</link><dc:creator><![CDATA[Edda]]></dc:creator>
<pubDate>Sat, 05 May 2012 14:12:00 +0000</pubDate><guid isPermaLink="false">https://s.example/?p=1#comment-8</guid>
<description>In reply to &lt;a href="https://s.example/the-lodger/#comment-7"&gt;Bo&lt;/a&gt;.</description>
<content:encoded><![CDATA[<p>In reply to <a href="https://s.example/the-lodger/#comment-7">Bo</a>.</p>
<p>In the cellar.</p><p>It&#8217;s dark.</p>]]></content:encoded></item>
<item><title>By: Bo</title><link>https://s.example/the-lodger/#comment-7</link><dc:creator>Bo</dc:creator>
<pubDate>Sat, 05 May 2012 13:00:00 +0000</pubDate><guid isPermaLink="false">https://s.example/?p=1#comment-7</guid>
<description>Where?</description></item>
<item><title>By: Weekly</title><guid>https://s.example/?p=1#comment-6</guid>
<description>[&#8230;] seen at [&#8230;]</description></item>
</channel></rss>"""

ATOM = """<feed xmlns="http://www.w3.org/2005/Atom" xmlns:thr="http://purl.org/syndication/thread/1.0">
<title>Comments on The Lodger</title>
<entry><id>tag:blogger.com,1999:blog-1.post-501</id><published>2012-05-05T10:05:00.000+02:00</published>
<title type="text">Is it suitable?</title><content type="html">Is it suitable?&lt;br /&gt;I ask.</content>
<link rel="alternate" href="https://s.example/l.html?showComment=1336208700000#c501"/>
<author><name>Tilda</name></author><thr:in-reply-to ref="tag:blogger.com,1999:blog-1.post-9" href="https://s.example/l.html"/></entry>
<entry><id>tag:blogger.com,1999:blog-1.post-502</id><published>2012-05-05T11:05:00.000+02:00</published>
<title type="text">Yes.</title><content type="html">Yes.</content><author><name>Edda</name></author>
<link rel="related" href="https://s.example/feeds/9/comments/default/501"/></entry>
<entry><id>tag:blogger.com,1999:blog-1.post-503</id><published>2012-05-05T12:05:00.000+02:00</published>
<title type="text">Who?</title><content type="html">Who?</content><author><name>Gus</name></author>
<link rel="related" href="https://s.example/feeds/9/comments/default/400"/></entry>
</feed>"""


@pytest.mark.parametrize("body", [RSS, RSS.encode()])
def test_rss(body: str | bytes) -> None:
    thread = from_feed(body)
    assert [(c["id"], c["author"], c["published"], c["text"]) for c in thread.comments] == [
        ("comment-8", "Edda", "2012-05-05T14:12:00+00:00", "In the cellar.\n\nIt’s dark."),
        ("comment-7", "Bo", "2012-05-05T13:00:00+00:00", "Where?"),
    ]
    assert [c["parent"] for c in thread.comments] == ["comment-7", None]


def test_atom() -> None:
    thread = from_feed(ATOM)
    assert [(c["id"], c["author"], c["parent"], c["parent_missing"]) for c in thread.comments] == [
        ("comment-501", "Tilda", None, False),
        ("comment-502", "Edda", "comment-501", False),
        ("comment-503", "Gus", None, True),
    ]
    assert thread.comments[0]["text"] == "Is it suitable?\nI ask."
    assert thread.comments[0]["published"] == "2012-05-05T10:05:00+02:00"


def test_empty_feed() -> None:
    assert from_feed("<rss><channel><title>Comments</title></channel></rss>").comments == []


@pytest.mark.parametrize("body", ["", "no feed", "<html><body><p>x</p></body></html>", b"\x00\xff", "{}"])
def test_no_feed(body: str | bytes) -> None:
    with pytest.raises(UnreadableInputError, match="RSS or Atom"):
        from_feed(body)


def test_entities_are_not_expanded() -> None:
    bomb = (
        '<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;"><!ENTITY c SYSTEM "file:///etc/passwd">]>'
    )
    body = bomb + "<rss><channel><item><title>By: Bo</title><description>&b;&c; hm</description></item></channel></rss>"
    texts = [c["text"] for c in from_feed(body).comments]
    assert "root:" not in str(texts)
    assert "aaaaaaaaaaaaaaa" not in str(texts)
