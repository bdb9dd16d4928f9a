"""Turns critics' sites and blogs into one honest, deduplicated per-film dataset; see README.md.

`parse(body, url=None, *, fetched_at=None, profile=None)` reads one page, `open_dataset(dir)` a built dataset.
"""

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from aggregator.dataset import open_dataset
    from aggregator.parse import parse

__version__ = "0.1.0"
__all__ = ["__version__", "open_dataset", "parse"]


def __getattr__(name: str) -> Any:
    """Load the two library functions when first asked for, so that `aggregator --help` stays quick."""
    if name == "parse":
        from aggregator.parse import parse

        return parse
    if name == "open_dataset":
        from aggregator.dataset import open_dataset

        return open_dataset
    raise AttributeError(f"module 'aggregator' has no attribute {name!r}")
