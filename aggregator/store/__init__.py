"""Pages, reviews, frontier and run log in SQLite or PostgreSQL; tables are in schema.py, steps on Store."""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
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
_ELSEWHERE = {
    "StoreDownError": "engine",
    "Built": "results",
    "Note": "results",
    "Store": "store",
    "open_store": "store",
}


def __getattr__(name: str) -> Any:
    """Load what is asked for: a process that only names records needs no database."""
    if name not in __all__:
        raise AttributeError(f"module 'aggregator.store' has no attribute {name!r}")
    return getattr(import_module(f"aggregator.store.{_ELSEWHERE.get(name, 'records')}"), name)
