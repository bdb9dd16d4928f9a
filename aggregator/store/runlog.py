"""The run log: what was started, how it ended, and which page was fetched when."""

from collections.abc import Mapping
from dataclasses import asdict
from datetime import UTC, datetime
from typing import Any

import sqlalchemy as sa

from aggregator.store.records import Fetch
from aggregator.store.schema import fetches, runs

_NEW_FETCH = sa.insert(fetches)  # made once, as in staging.py


def now() -> str:
    """The time as the store writes it: ISO 8601, UTC, whole seconds."""
    return datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def start(connection: sa.Connection, kind: str, source: str | None, at: str | None) -> int:
    """Begin a run; gives its id. Without an end it counts as killed."""
    values = {"kind": kind, "source": source, "started_at": at or now()}
    return new_id(connection.execute(sa.insert(runs).values(**values)))


def new_id(result: sa.CursorResult[Any]) -> int:
    """The id that an insert of one row was given."""
    key = result.inserted_primary_key
    assert key is not None
    return int(key[0])


def finish(connection: sa.Connection, run_id: int, outcome: str, counts: Mapping[str, Any], at: str | None) -> None:
    """End a run with its outcome in a word and its counts."""
    values = {"finished_at": at or now(), "outcome": outcome, "counts": dict(counts)}
    connection.execute(sa.update(runs).where(runs.c.id == run_id).values(**values))


def log_fetch(connection: sa.Connection, fetch: Fetch) -> None:
    """Write down one answer of a server."""
    connection.execute(_NEW_FETCH, asdict(fetch))


def latest(connection: sa.Connection, limit: int) -> list[dict[str, Any]]:
    """The newest runs, newest first."""
    rows = connection.execute(sa.select(runs).order_by(runs.c.id.desc()).limit(limit))
    return [dict(row._mapping) for row in rows]  # noqa: SLF001  the documented way to a row's mapping
