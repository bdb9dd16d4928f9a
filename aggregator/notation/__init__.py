"""Readers of notations: each takes a text and a hint and returns a value, or None when it is not sure."""

from importlib import import_module
from typing import TYPE_CHECKING, Any

from aggregator.notation.hint import Hint

if TYPE_CHECKING:
    from aggregator.notation.certificates import parse_certificate
    from aggregator.notation.dates import parse_date
    from aggregator.notation.people import parse_people
    from aggregator.notation.ratings import parse_rating
    from aggregator.notation.runtimes import parse_runtime
    from aggregator.notation.titles import parse_title

_HOMES = {
    "parse_certificate": "certificates",
    "parse_date": "dates",
    "parse_people": "people",
    "parse_rating": "ratings",
    "parse_runtime": "runtimes",
    "parse_title": "titles",
}

__all__ = [
    "Hint",
    "parse_certificate",
    "parse_date",
    "parse_people",
    "parse_rating",
    "parse_runtime",
    "parse_title",
]


def __getattr__(name: str) -> Any:
    """Load a reader when it is first asked for, so that each can be used without the tables of the others."""
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    globals()[name] = reader = getattr(import_module(f"{__name__}.{_HOMES[name]}"), name)
    return reader
