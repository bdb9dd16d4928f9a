"""Small pages for the tests of comments: a review with something below it."""

from aggregator.parse.comments import Thread, read_comments
from aggregator.parse.document import Document
from aggregator.parse.reading import Reading

URL = "https://stairwell.example/2012/05/the-lodger/"
REVIEW = (
    "<h1>The Lodger</h1><p>The lodger of the title arrives with one suitcase and pays in coins, and for an hour"
    " nothing else happens that you could swear to in court. It is the best hour of the winter.</p><p>The director"
    " films stairs the way other people film faces, and you know which one of the fourteen treads creaks.</p>"
)


def page(below: str, *, head: str = "", around: str = "post", lang: str = "en") -> str:
    """A whole page with `below` behind its review."""
    return (
        f'<!DOCTYPE html><html lang="{lang}"><head><meta charset="utf-8"><title>The Lodger</title>{head}</head><body>'
        f'<div id="main"><div class="{around}">{REVIEW}</div>{below}</div>'
        '<div id="footer"><p>All rights reserved.</p></div></body></html>'
    )


def thread(body: str, url: str | None = URL) -> Thread:
    """The comments of a page given as text."""
    return read_comments(Reading(Document(body, url), fetched_at="2016-03-01T12:00:00Z"))


def below(markup: str, *, head: str = "", around: str = "post", lang: str = "en", url: str | None = URL) -> Thread:
    """The comments of a page with `markup` below its review."""
    return thread(page(markup, head=head, around=around, lang=lang), url)
