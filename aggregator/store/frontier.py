"""The addresses a crawl still has to visit; ordering rules for the next one to visit belong here."""

from collections.abc import Iterable, Iterator

import sqlalchemy as sa

from aggregator.store.records import Link
from aggregator.store.schema import frontier
from aggregator.store.staging import scrub, url_key


def add(connection: sa.Connection, source: str, links: Iterable[Link]) -> int:
    """Add links that the source's frontier does not know yet; gives how many were new."""
    fresh = {url_key(link.url): link for link in reversed(list(links))}
    for some in _in_groups(list(fresh)):
        known = sa.select(frontier.c.url_key).where(frontier.c.source == source, frontier.c.url_key.in_(some))
        for key in connection.execute(known).scalars():
            del fresh[key]
    rows = [
        {"url_key": key, "url": scrub(link.url), "depth": link.depth, "found_by": scrub(link.found_by)}
        for key, link in reversed(fresh.items())
    ]
    if rows:
        connection.execute(sa.insert(frontier).values(source=source, state="pending"), rows)
    return len(rows)


def _in_groups(keys: list[str], size: int = 500) -> Iterator[list[str]]:
    return (keys[start : start + size] for start in range(0, len(keys), size))


def pending(connection: sa.Connection, source: str) -> list[Link]:
    """Links not visited yet, nearest to the start first, then in the order they were found."""
    rows = connection.execute(
        sa.select(frontier.c.url, frontier.c.depth, frontier.c.found_by)
        .where(frontier.c.source == source, frontier.c.state == "pending")
        .order_by(frontier.c.depth, frontier.c.id)
    )
    return [Link(row.url, row.depth, row.found_by) for row in rows]


def mark(connection: sa.Connection, source: str, url: str, state: str, reason: str | None = None) -> None:
    """Set an address to pending, done or failed; an address the frontier does not hold is added."""
    here = sa.and_(frontier.c.source == source, frontier.c.url_key == url_key(url))
    row = connection.execute(sa.select(frontier.c.state, frontier.c.reason).where(here)).first()
    if row is None:
        add(connection, source, [Link(url)])
    if row is None or (row.state, row.reason) != (state, scrub(reason)):
        connection.execute(sa.update(frontier).where(here).values(state=state, reason=scrub(reason)))


def restart(connection: sa.Connection, source: str) -> None:
    """Make every address of the source pending again, for a new crawl after a finished one."""
    connection.execute(
        sa.update(frontier)
        .where(frontier.c.source == source, frontier.c.state != "pending")
        .values(state="pending", reason=None)
    )
