"""Where the crawl of each source stands, robots.txt as last read, and the index of the archive."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict
from typing import Any

import sqlalchemy as sa

from aggregator.store import frontier
from aggregator.store.records import Capture, CrawlState
from aggregator.store.runlog import now
from aggregator.store.schema import captures, crawls, robots
from aggregator.store.staging import scrub, url_key

# made once, as in staging.py
_NOTE = sa.update(crawls).where(crawls.c.source == sa.bindparam("here"))
_AT = sa.select(captures.c.id).where(
    captures.c.archive_file == sa.bindparam("file"), captures.c.archive_offset == sa.bindparam("offset")
)
_CAPTURED = sa.insert(captures)


def begin(connection: sa.Connection, source: str) -> CrawlState:
    """Go on with the crawl of `source` that was broken off, or begin a new one."""
    row = connection.execute(sa.select(crawls).where(crawls.c.source == source)).first()
    if row is not None and row.finished_at is None:
        pending = tuple(frontier.pending(connection, source))
        left = tuple(frontier.pending(connection, source, "left"))
        return CrawlState(True, row.started_at, row.state or {}, pending, frontier.met(connection, source), left)
    frontier.begin_again(connection, source)
    values = {"started_at": now(), "finished_at": None, "state": None}
    if row is None:
        connection.execute(sa.insert(crawls).values(source=source, **values))
    else:
        connection.execute(sa.update(crawls).where(crawls.c.source == source).values(**values))
    return CrawlState(False, str(values["started_at"]), {}, left=tuple(frontier.pending(connection, source, "left")))


def note(connection: sa.Connection, source: str, state: Mapping[str, Any]) -> None:
    """Write down how far a crawl has come."""
    connection.execute(_NOTE, {"here": source, "state": dict(state)})


def times(connection: sa.Connection) -> dict[str, tuple[str, str | None]]:
    """When the last crawl of each source began and ended; null for one that was broken off or is under way."""
    rows = connection.execute(sa.select(crawls.c.source, crawls.c.started_at, crawls.c.finished_at))
    return {row.source: (row.started_at, row.finished_at) for row in rows}


def end(connection: sa.Connection, source: str) -> None:
    """Note that the crawl came to its end; the next one begins anew."""
    connection.execute(sa.update(crawls).where(crawls.c.source == source).values(finished_at=now(), state=None))


def get_robots(connection: sa.Connection, endpoint: str) -> tuple[str, int, bytes] | None:
    """When robots.txt of `scheme://host:port` was read, with status and body; null when it never was."""
    row = connection.execute(sa.select(robots).where(robots.c.endpoint == endpoint)).first()
    return None if row is None else (row.fetched_at, row.http_status, bytes(row.body))


def put_robots(connection: sa.Connection, endpoint: str, fetched_at: str, status: int, body: bytes) -> None:
    """Keep robots.txt as read now."""
    connection.execute(sa.delete(robots).where(robots.c.endpoint == endpoint))
    row = {"endpoint": endpoint, "fetched_at": fetched_at, "http_status": status, "body": body}
    connection.execute(sa.insert(robots).values(**row))


def captured(connection: sa.Connection, found: Iterable[Capture]) -> None:
    """Enter answers into the index of the archive; those already there stay."""
    for one in found:
        if connection.execute(_AT, {"file": one.archive_file, "offset": one.archive_offset}).first() is None:
            connection.execute(_CAPTURED, asdict(one) | {"url": scrub(one.url), "url_key": url_key(one.url)})


def iter_captures(connection: sa.Connection) -> Iterator[Capture]:
    """The index in the order of time, so that contents of one address come oldest first."""
    columns = [captures.c[name] for name in Capture.__slots__]
    ordered = sa.select(*columns).order_by(captures.c.fetched_at, captures.c.id)
    for row in connection.execute(ordered):
        yield Capture(*row)
