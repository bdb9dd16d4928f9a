"""Reader comments of a page, a feed or a WordPress answer; a new kind of markup is a table in data/comments.toml."""

from aggregator.parse.blocks import within
from aggregator.parse.candidate import Place
from aggregator.parse.comments.counting import declared
from aggregator.parse.comments.critic import find_critic, mark_critic
from aggregator.parse.comments.feed import from_feed
from aggregator.parse.comments.generic import read_generic
from aggregator.parse.comments.marked import read_marked
from aggregator.parse.comments.pages import next_page
from aggregator.parse.comments.plain import read_plain
from aggregator.parse.comments.settle import comments_of, without_copies
from aggregator.parse.comments.structured import read_structured
from aggregator.parse.comments.thread import MAX_COMMENTS, MAX_DEPTH, Found, Thread
from aggregator.parse.comments.wordpress import from_wordpress_json
from aggregator.parse.comments.zones import Zone
from aggregator.parse.reading import Reading

__all__ = [
    "MAX_COMMENTS",
    "MAX_DEPTH",
    "Thread",
    "from_feed",
    "from_wordpress_json",
    "mark_critic",
    "read_comments",
]


def read_comments(reading: Reading) -> Thread:
    """The reader comments of a page, with the number the page declares; an empty thread when there are none."""
    found, zone, cut = _read(reading)
    found = without_copies(found)
    first = min((item.first for item in found if item.first >= 0), default=len(reading.doc.blocks))
    number = declared(reading, zone.heading if zone else None, first)
    if not found:
        return Thread(declared=number, complete=not number)
    find_critic(reading, found)
    comments, bounded = comments_of(found, reading.hint)
    further = next_page(reading, first, max(item.first for item in found))
    truncated = cut or bounded
    # sites count trackbacks among the responses
    pings = sum(item.ping for item in found)
    return Thread(
        comments=comments,
        declared=number,
        place=_place(found),
        next_page=further,
        complete=not truncated and further is None and (number is None or len(comments) + pings >= number),
        truncated=truncated,
    )


def _read(reading: Reading) -> tuple[list[Found], Zone | None, bool]:
    if reading.doc.root is None:
        return *read_plain(reading), False
    found, cut = read_marked(reading)
    if any(not item.ping for item in found):
        return found, None, cut
    found, zone = read_generic(reading)
    return found or read_structured(reading), zone, False


def _place(found: list[Found]) -> Place | None:
    """What holds the thread: a line of a text file, or the element around first and last comment."""
    first, last = found[0], found[-1]
    if first.line is not None:
        return Place(fixed=f"text:{first.line}")
    if first.node is None or last.node is None:
        return Place(fixed="jsonld")
    holder = first.node.getparent()
    while holder is not None and not within(last.node, holder):
        holder = holder.getparent()
    return Place(holder if holder is not None else first.node)
