"""Pages, reviews, frontier and run log in SQLite or PostgreSQL; tables are in schema.py, steps on Store."""

from aggregator.store.engine import StoreDownError
from aggregator.store.records import (
    Capture,
    CrawlState,
    Link,
    PageRecord,
    Staged,
    StagedReview,
    StagedRow,
    Validators,
    Visit,
)
from aggregator.store.results import Built, Note
from aggregator.store.store import Store, open_store

__all__ = [
    "Built",
    "Capture",
    "CrawlState",
    "Link",
    "Note",
    "PageRecord",
    "Staged",
    "StagedReview",
    "StagedRow",
    "Store",
    "StoreDownError",
    "Validators",
    "Visit",
    "open_store",
]
