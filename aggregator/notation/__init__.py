"""Readers of notations: each takes a text and a hint and returns a value, or None when it is not sure."""

from importlib import import_module
from typing import Any

from aggregator.notation.hint import Hint

_HOMES = {
    "parse_rating": "ratings",
    "parse_date": "dates",
    "parse_runtime": "runtimes",
    "parse_certificate": "certificates",
    "parse_people": "people",
    "parse_title": "titles",
}

__all__ = ["Hint"]


def __getattr__(name: str) -> Any:
    """Load a reader when it is first asked for."""
    if name in _HOMES:
        return getattr(import_module(f"aggregator.notation.{_HOMES[name]}"), name)
    raise AttributeError(name)
