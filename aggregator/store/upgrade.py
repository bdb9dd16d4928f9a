"""Brings a store to the revision this program knows; new steps are files in migrations/versions."""

from pathlib import Path

import sqlalchemy as sa

from aggregator.errors import StoreError
from aggregator.store.engine import display
from aggregator.store.schema import HEAD

_LOCK = 7_305_114_862  # any number of our own: two runs must not create the tables at once


def revision_of(connection: sa.Connection) -> str | None:
    """The store's revision; null for a database that has none of our tables."""
    if not sa.inspect(connection).has_table("alembic_version"):
        return None
    return connection.execute(sa.text("SELECT version_num FROM alembic_version")).scalar()


def bring_up_to_date(engine: sa.Engine) -> None:
    """Create or upgrade the tables; StoreError when the store is newer than this program or foreign."""
    with engine.connect() as connection:
        if revision_of(connection) == HEAD:
            return
    with engine.connect() as opened:
        connection = opened.execution_options(writes=True)
        with connection.begin():
            if connection.dialect.name == "postgresql":
                connection.execute(sa.text("SELECT pg_advisory_xact_lock(:key)"), {"key": _LOCK})
            found = revision_of(connection)  # another run may have upgraded while we waited
            if found != HEAD:
                _upgrade(connection, found)


def _upgrade(connection: sa.Connection, found: str | None) -> None:
    from alembic import command
    from alembic.config import Config
    from alembic.script import ScriptDirectory

    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent / "migrations").replace("%", "%%"))
    known = {script.revision for script in ScriptDirectory.from_config(config).walk_revisions()}
    name = display(connection.engine.url)
    if found is not None and found not in known:
        raise StoreError(f"{name} is from a newer version (revision {found}); upgrade this program to read it")
    if found is None and sa.inspect(connection).get_table_names():
        raise StoreError(f"{name} holds tables of another program; give an empty database or another --data")
    config.attributes["connection"] = connection
    command.upgrade(config, "head")


def refuse_other_revision(engine: sa.Engine) -> None:
    """For readers, who may not upgrade: StoreError unless the store is exactly of our revision."""
    with engine.connect() as connection:
        found = revision_of(connection)
    if found != HEAD:
        name = display(engine.url)
        way_out = "run `aggregator store check` to bring it up to date, or upgrade this program"
        raise StoreError(f"{name} is of revision {found}, not {HEAD}; {way_out}")
