"""Pages, reviews, frontier and run log in SQLite or PostgreSQL; tables are in schema.py, steps on Store."""

from aggregator.store.records import Link, PageRecord, Staged, StagedReview, Validators
from aggregator.store.store import Store, open_store

__all__ = ["Link", "PageRecord", "Staged", "StagedReview", "Store", "Validators", "open_store"]
