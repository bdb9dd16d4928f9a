"""What store tests share."""

import sqlalchemy as sa

from aggregator.store import Store
from aggregator.store.schema import metadata

RUN_LOG = {"runs", "fetches", "crawls", "robots", "captures"}


def rows(store: Store, *, without: set[str] = RUN_LOG) -> dict[str, list[tuple[object, ...]]]:
    """Every row of every table outside the run log."""
    with store.reading() as connection:
        return {
            table.name: [tuple(row) for row in connection.execute(sa.select(table).order_by(*table.primary_key))]
            for table in metadata.sorted_tables
            if table.name not in without
        }
