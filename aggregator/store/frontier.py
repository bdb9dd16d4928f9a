"""The addresses a crawl still has to visit; ordering rules for the next one to visit belong here.

States: `pending` is to be visited, `done` and `failed` were in this crawl. When the next crawl begins, what was
done or failed becomes `known` and what was still pending becomes `left`; meeting a link again makes it pending.
So a crawl that meets everything again leaves every row as it found it.
"""

from collections.abc import Iterable, Iterator
from typing import Any

import sqlalchemy as sa

from aggregator.store.records import Link, Visit
from aggregator.store.schema import frontier
from aggregator.store.staging import scrub, url_key

_EARLIER = ("known", "left")

# made once, as in staging.py
_HERE = sa.and_(frontier.c.source == sa.bindparam("here"), frontier.c.url_key == sa.bindparam("key"))
_ROW = sa.select(frontier.c.id, frontier.c.state, frontier.c.reason).where(_HERE)
_MARK = sa.update(frontier).where(frontier.c.id == sa.bindparam("row"))
_NEW = sa.insert(frontier)


def add(connection: sa.Connection, source: str, links: Iterable[Link]) -> int:
    """Make links pending that this crawl has not met yet; gives how many they are."""
    fresh = {url_key(link.url): link for link in reversed(list(links))}
    again: list[dict[str, object]] = []
    for some in _in_groups(list(fresh)):
        known = sa.select(frontier.c.id, frontier.c.url_key, frontier.c.state).where(
            frontier.c.source == source, frontier.c.url_key.in_(some)
        )
        for row in connection.execute(known).all():
            link = fresh.pop(row.url_key)
            if row.state in _EARLIER:
                again.append({"b_id": row.id, "b_priority": link.priority, "b_place": link.place, "b_kind": link.kind})
    if again:
        to_visit = sa.update(frontier).where(frontier.c.id == sa.bindparam("b_id"))
        values: dict[str, Any] = {name: sa.bindparam(f"b_{name}") for name in ("priority", "place", "kind")}
        connection.execute(to_visit.values(state="pending", reason=None, **values), again)
    rows = [
        {"url_key": key, "url": scrub(link.url), "depth": link.depth, "found_by": scrub(link.found_by)}
        | {"kind": link.kind, "priority": link.priority, "place": link.place}
        for key, link in reversed(fresh.items())
    ]
    if rows:
        connection.execute(_NEW, [{"source": source, "state": "pending"} | row for row in rows])
    return len(rows) + len(again)


def _in_groups(keys: list[str], size: int = 500) -> Iterator[list[str]]:
    return (keys[start : start + size] for start in range(0, len(keys), size))


def pending(connection: sa.Connection, source: str, state: str | None = "pending") -> list[Link]:
    """Links in one state, or in any: the highest priority first, then nearest to the start, then as they were met."""
    columns = (frontier.c.url, frontier.c.depth, frontier.c.found_by, frontier.c.kind, frontier.c.priority)
    rows = connection.execute(
        sa.select(*columns, frontier.c.place)
        .where(frontier.c.source == source, sa.true() if state is None else frontier.c.state == state)
        .order_by(frontier.c.priority.desc(), frontier.c.depth, frontier.c.place, frontier.c.id)
    )
    return [Link(*row) for row in rows]


def met(connection: sa.Connection, source: str) -> tuple[str, ...]:
    """Every address that this crawl has dealt with or has in hand."""
    rows = sa.select(frontier.c.url).where(frontier.c.source == source, frontier.c.state.not_in(_EARLIER))
    return tuple(connection.execute(rows).scalars())


def any_done(connection: sa.Connection, source: str) -> bool:
    """Whether any address of the source was visited with success in this crawl, its lists included."""
    here = sa.select(frontier.c.id).where(frontier.c.source == source, frontier.c.state == "done")
    return connection.execute(here.limit(1)).first() is not None


def mark(connection: sa.Connection, source: str, url: str, state: str, reason: str | None = None) -> None:
    """Set an address to pending, done or failed; an address the frontier does not hold is added."""
    here = {"here": source, "key": url_key(url)}
    row = connection.execute(_ROW, here).first()
    if row is None:
        add(connection, source, [Link(url)])
        row = connection.execute(_ROW, here).one()
    if (row.state, row.reason) != (state, scrub(reason)):
        connection.execute(_MARK, {"row": row.id, "state": state, "reason": scrub(reason)})


def visited(connection: sa.Connection, visit: Visit) -> None:
    """Mark the visited addresses and add the links found there."""
    for url in dict.fromkeys(visit.urls):
        mark(connection, visit.source, url, visit.outcome, visit.reason)
    add(connection, visit.source, visit.links)


def begin_again(connection: sa.Connection, source: str) -> None:
    """Begin a new crawl: nothing is met yet, what the last one did not come to is `left`."""
    for old, new in (("pending", "left"), ("done", "known"), ("failed", "known")):
        here = sa.and_(frontier.c.source == source, frontier.c.state == old)
        connection.execute(sa.update(frontier).where(here).values(state=new, reason=None))
