"""Pages, reviews, frontier and run log in SQLite or PostgreSQL; tables are in schema.py, steps on Store."""

from aggregator.store.records import Link, PageRecord, Staged, StagedReview, Validators
from aggregator.store.results import Built, Note
from aggregator.store.store import Store, open_store

__all__ = ["Built", "Link", "Note", "PageRecord", "Staged", "StagedReview", "Store", "Validators", "open_store"]
