"""Connections: where a store is, how SQLite and PostgreSQL are set up, and database errors in plain words."""

import json
import os
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from sqlalchemy import event
from sqlalchemy.exc import DBAPIError, IntegrityError, SQLAlchemyError

from aggregator.errors import StoreError

FILE_NAME = "store.sqlite"


class StoreDownError(StoreError):
    """Nothing can be stored now, whatever it is: the disk is full, the database locked or out of reach."""


class ConflictError(StoreError):
    """Another run stored the same thing between our look and our insert; trying again settles it."""


def store_url(target: str | Path) -> sa.URL:
    """The database address of `target`: a URL, a .sqlite or .db file, or the folder that holds store.sqlite."""
    if "://" in str(target):
        try:
            url = sa.make_url(str(target))
        except sa.exc.ArgumentError as error:
            raise StoreError(f"{target}: not a database address; write postgresql://HOST/NAME") from error
        return url.set(drivername="postgresql+psycopg") if url.drivername == "postgresql" else url
    path = Path(target)
    if path.suffix not in {".sqlite", ".db"}:
        path /= FILE_NAME
    return sa.URL.create("sqlite", database=str(path))


def display(url: sa.URL) -> str:
    """`url` as users know it: the file of an SQLite store, else the address without its password."""
    if url.get_backend_name() == "sqlite":
        return str(url.database)
    return url.render_as_string(hide_password=True)


class Encoded(str):
    """Text that is JSON already, for a JSON column."""

    __slots__ = ()


def _dumps(value: Any) -> str:
    if isinstance(value, Encoded):
        return value
    return json.dumps(value, ensure_ascii=False, allow_nan=False, separators=(",", ":"))


def make_engine(url: sa.URL, *, timeout_s: float, read_only: bool) -> sa.Engine:
    """An engine whose SQLite connections use WAL, foreign keys and a busy timeout of `timeout_s` seconds."""
    if url.get_backend_name() != "sqlite":
        try:
            return sa.create_engine(url, json_serializer=_dumps)
        except (ImportError, SQLAlchemyError) as error:
            way_out = "use sqlite or install the extra: pip install 'film-review-aggregator[postgres]'"
            raise StoreError(f"{display(url)}: no driver for this kind of database; {way_out}") from error
    if read_only:
        url = _unwritable_place(url)
    engine = sa.create_engine(url, json_serializer=_dumps, connect_args={"timeout": timeout_s})

    @event.listens_for(engine, "connect")
    def _set_up(connection: sqlite3.Connection, _record: Any) -> None:
        connection.isolation_level = None  # we say BEGIN ourselves, see _begin
        if read_only:
            connection.execute("PRAGMA query_only=ON")
        else:
            connection.execute("PRAGMA journal_mode=WAL")
            connection.execute("PRAGMA synchronous=NORMAL")  # WAL stays whole; only power loss can drop commits
        connection.execute("PRAGMA foreign_keys=ON")

    @event.listens_for(engine, "begin")
    def _begin(connection: sa.Connection) -> None:
        # a writer takes the lock at once: upgrading a read lock later fails without waiting
        writes = connection.get_execution_options().get("writes")
        connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")

    return engine


@contextmanager
def plain_errors(url: sa.URL) -> Iterator[None]:
    """Turn database errors into one-line StoreErrors that name the store and the way out."""
    try:
        yield
    except IntegrityError as error:
        raise ConflictError(f"{display(url)} refused the step: {error.orig}") from error
    except DBAPIError as error:
        words = _in_plain_words(str(error.orig or error))
        if words is not None:
            raise StoreDownError(f"{display(url)} {words}") from error
        first = str(error.orig or error).splitlines()[0]
        raise StoreError(f"{display(url)} refused the step: {first}") from error


def _unwritable_place(url: sa.URL) -> sa.URL:
    """`url`, or on a read-only disk, where WAL cannot make its side files, the file taken as fixed."""
    path = Path(str(url.database)).absolute()
    pending = path.with_name(path.name + "-wal")
    if os.access(path.parent, os.W_OK) or pending.exists():
        return url
    return url.set(database=f"{path.as_uri()}?immutable=1", query={"uri": "true"})


_PLAIN = (
    ("database is locked", "is locked by another run; wait or stop it"),
    ("unable to open database file", "cannot be opened; check that its folder exists and may be written"),
    ("readonly database", "cannot be written; check its rights, or give another --data folder"),
    ("not a database", "is not a store (or is damaged); move it away, or give another --data folder"),
    ("malformed", "is damaged; move it away and rebuild it from the archive with `aggregator reparse`"),
    ("disk is full", "cannot grow: the disk is full; nothing of this step was stored"),
    ("disk i/o error", "cannot be written: disk error; nothing of this step was stored"),
    ("lock timeout", "is locked by another run; wait or stop it"),
    ("connection", "cannot be reached; check that the server runs and the address is right"),
)


def _in_plain_words(message: str) -> str | None:
    folded = message.casefold()
    for sign, words in _PLAIN:
        if sign in folded:
            return words
    return None
