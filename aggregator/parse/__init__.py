"""Reads one page into the contract's records: document, structured data, regions, fields, rank.

The package itself can be called: `aggregator.parse(body, url)` is `aggregator.parse.parse(body, url)`, because the
library function and the folder carry the same name.
"""

import sys
from types import ModuleType
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from aggregator.model import ParsedPage
    from aggregator.parse.engine import Explained, ProfileChoice

__all__ = ["explain", "parse"]


def parse(
    body: bytes | str, url: str | None = None, *, fetched_at: str | None = None, profile: "ProfileChoice" = None
) -> "ParsedPage":
    """Read one page; see `engine.parse`."""
    from aggregator.parse import engine

    return engine.parse(body, url, fetched_at=fetched_at, profile=profile)


def explain(
    body: bytes | str, url: str | None = None, *, fetched_at: str | None = None, profile: "ProfileChoice" = None
) -> "Explained":
    """Read one page and keep every candidate; see `engine.explain`."""
    from aggregator.parse import engine

    return engine.explain(body, url, fetched_at=fetched_at, profile=profile)


class _CallablePackage(ModuleType):
    def __call__(self, body: bytes | str, url: str | None = None, **options: Any) -> "ParsedPage":
        return parse(body, url, **options)


sys.modules[__name__].__class__ = _CallablePackage
