"""Says which comments are by the one who wrote the review: marked so, of the same name, or answering everybody."""

from collections import Counter
from urllib.parse import urljoin, urlsplit

from aggregator.notation.languages import fold
from aggregator.parse.comments.thread import Comment, Found
from aggregator.parse.reading import Reading
from aggregator.parse.regions import Region

_ANSWERED = 3
"""Whoever answers so many top-level comments, and none is left unanswered, is the host."""


def mark_critic(comments: list[Comment], names: list[str]) -> None:
    """Set `by_critic` on the comments whose author has one of these names."""
    wanted = {fold(name) for name in names}
    for comment in comments:
        if comment["author"] and fold(comment["author"]) in wanted:
            comment["by_critic"] = True


def find_critic(reading: Reading, found: list[Found]) -> None:
    """Set `by_critic` by the post's author, by the host's link, or by who answers everybody."""
    authors = post_authors(reading)
    for item in found:
        if item.name is not None and fold(item.name) in authors:
            item.by_critic = True
    marked = {fold(item.name) for item in found if item.by_critic and item.name}
    if not marked:
        marked = _host(reading, found, authors) or _answers_all(found)
    for item in found:
        if item.name is not None and fold(item.name) in marked:
            item.by_critic = True


def post_authors(reading: Reading) -> set[str]:
    """Names the page gives as author of the post, folded."""
    names: list[str] = []
    if meta := reading.doc.meta("author", "article:author", "dc.creator"):
        names.append(meta[0])
    for people in (*(r.critics for r in reading.data.reviews), *(a.critics for a in reading.data.articles)):
        names += [person.name.value for person in people]
    for block in reading.blocks(Region.HEAD, Region.BODY, Region.TAIL, Region.OUTSIDE):
        for mark in block.marks if len(block.text) < 200 else ():
            if mark.tag == "a" and "author" in (mark.node.get("rel") or "").split():
                names.append(block.text[mark.start : mark.end])
    return {fold(name) for name in names if 1 < len(name) <= 60 and not name.startswith("http")}


def _host(reading: Reading, found: list[Found], authors: set[str]) -> set[str]:
    """The one commenter whose name links to the site's own front page, unless the post names somebody else."""
    own = (urlsplit(reading.doc.link("canonical") or reading.doc.url or "").hostname or "").removeprefix("www.")
    if not own:
        return set()
    names = set()
    for item in found:
        if item.link is None or item.name is None or not (item.link.startswith("/") or own in item.link):
            continue
        try:
            address = urlsplit(urljoin(reading.doc.base or f"https://{own}/", item.link))
        except ValueError:
            continue
        host = (address.hostname or "").removeprefix("www.")
        if host == own and address.path.strip("/") in ("", "index.html") and not address.query:
            names.add(fold(item.name))
    if len(names) != 1 or (authors and not any(_share_word(name, authors) for name in names)):
        return set()
    return names


def _share_word(name: str, authors: set[str]) -> bool:
    words = {word for word in name.split() if len(word) > 2}
    return any(words & set(author.split()) for author in authors)


def _answers_all(found: list[Found]) -> set[str]:
    """The name of a replier who answers every top-level comment of others, and at least three."""
    tops = [item for item in found if item.parent is None and not item.orphan]
    answered: Counter[str] = Counter()
    for item, name in {(item.parent, fold(item.name)): None for item in found if item.parent and item.name}:
        if item is not None and item.parent is None and not item.orphan and fold(item.name or "") != name:
            answered[name] += 1
    hosts = set()
    for name, count in answered.items():
        others = sum(fold(item.name or "") != name for item in tops)
        if count >= max(_ANSWERED, others):
            hosts.add(name)
    return hosts if len(hosts) == 1 else set()
