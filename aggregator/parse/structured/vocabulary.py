"""schema.org's words and their older spellings, from data/vocabulary.toml; add an alias there, not here."""

import re
import tomllib
from functools import cache, lru_cache
from importlib import resources
from typing import Any

_SCHEMA = re.compile(
    r"(?:https?://)?(?:www\.|m\.)?(?:schema\.org|(?:rdf\.)?data-vocabulary\.org)/*#?/*([\w-]+)/?\Z",
    re.IGNORECASE,
)
_PREFIXED = re.compile(r"(?:schema|sdo|schema-org):([\w-]+)\Z", re.IGNORECASE)
_LONGEST = 200
"""Characters of a name; longer ones are no names and would fill the caches."""
_PLAIN = re.compile(r"[A-Za-z][\w-]*\Z")


@cache
def tables() -> dict[str, Any]:
    """The vocabulary file as it stands."""
    path = resources.files("aggregator.parse.structured").joinpath("data/vocabulary.toml")
    return tomllib.loads(path.read_text("utf-8"))


@cache
def names(field: str) -> tuple[str, ...]:
    """Property names, lower case, of `table.field` in the vocabulary."""
    table, _, key = field.partition(".")
    return tuple(tables()[table][key])


@cache
def kinds() -> dict[str, frozenset[str]]:
    """Kind of thing -> its schema types."""
    return {kind: frozenset(types) for kind, types in tables()["kinds"].items()}


@cache
def _spelling() -> dict[str, str]:
    return {name.lower(): name for types in tables()["kinds"].values() for name in types}


def type_name(raw: str) -> str | None:
    """The schema.org type `raw` names (an address, `schema:X` or a bare word), None if it is another's."""
    return _type_name(raw.strip()) if len(raw) < _LONGEST else None


def prop_name(raw: str) -> str | None:
    """The property `raw` names, lower case, None if it is another vocabulary's."""
    return _prop_name(raw.strip()) if len(raw) < _LONGEST else None


@lru_cache(maxsize=4096)
def _type_name(raw: str) -> str | None:
    known: str | None = tables()["rdf_types"].get(raw)
    if known:
        return known
    local = _local(raw)
    return _spelling().get(local.lower(), local) if local else None


@lru_cache(maxsize=4096)
def _prop_name(raw: str) -> str | None:
    known: str | None = tables()["rdf_properties"].get(raw)
    if known:
        return known
    local = _local(raw)
    return local.lower() if local else None


def _local(raw: str) -> str | None:
    if _PLAIN.match(raw):
        return raw
    found = _SCHEMA.match(raw) or _PREFIXED.match(raw)
    return found.group(1) if found else None
