"""Addresses of pages that each are about one film, in data/film_pages.toml: which there are, and the film's number."""

import re
import tomllib
from functools import cache
from importlib import resources


def is_film_page(url: str) -> bool:
    """Whether an address is that of a page about one film."""
    return _every().search(url) is not None


def film_numbers(url: str) -> list[tuple[str, str]]:
    """The catalogue numbers that an address holds, like ("imdb", "tt0114709")."""
    return [(system, found[1]) for system, pattern in _numbered().items() if (found := pattern.search(url))]


@cache
def _table() -> dict[str, dict[str, str]]:
    return tomllib.loads(resources.files("aggregator.notation").joinpath("data/film_pages.toml").read_text("utf-8"))


@cache
def _every() -> re.Pattern[str]:
    return re.compile("|".join([*_table()["numbered"].values(), *_table()["other"].values()]), re.IGNORECASE)


@cache
def _numbered() -> dict[str, re.Pattern[str]]:
    return {system: re.compile(rf"\b{form}", re.IGNORECASE) for system, form in _table()["numbered"].items()}
