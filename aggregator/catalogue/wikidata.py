"""Wikidata entities as JSON: a dump (an entity a line), or what Special:EntityData gives; properties in _NUMBERS."""

import json
from collections.abc import Iterator, Mapping
from typing import Any, TextIO

from aggregator.catalogue.tables import Catalogue, Record

_INSTANCE_OF, _TITLE, _DATE, _DIRECTOR, _CAST, _DURATION = "P31", "P1476", "P577", "P57", "P161", "P2047"
_FILMS = frozenset("Q11424 Q24862 Q506240 Q202866 Q93204 Q229390 Q20650540 Q29168811 Q226730 Q24856 Q17517379".split())
"""Film, short, television film, animated film, documentary, 3D, anime film, animated feature, silent film…"""
_HUMAN = "Q5"
_MINUTE = "Q7727"
_NUMBERS = {"imdb": "P345", "tmdb": "P4947", "letterboxd": "P6127"}


def read(catalogue: Catalogue, text: TextIO) -> tuple[int, int]:
    """Enter every film of the file, and the names of people in it, who are credited by number."""
    rows = kept = 0
    for entity in _entities(text):
        rows += 1
        kinds = set(_items(entity, _INSTANCE_OF))
        titles = _titles(entity)
        if _HUMAN in kinds and titles:
            catalogue.add_names([(entity["id"], titles[0])])
        elif kinds & _FILMS and titles:
            catalogue.add(_record(entity, titles))
            kept += 1
    return rows, kept


def _entities(text: TextIO) -> Iterator[dict[str, Any]]:
    """Entities one by one; a file that is one JSON document on several lines is read whole."""
    head = first = text.readline()
    if first.strip() == "[":
        first = text.readline()
        head += first
    try:
        document = json.loads(first.strip().rstrip(","))
    except ValueError:
        yield from _documents(json.loads(head + text.read()))
        return
    yield from _documents(document)
    yield from _lines(text)


def _lines(text: TextIO) -> Iterator[dict[str, Any]]:
    for line in text:
        bare = line.strip().rstrip(",")
        if bare and bare != "]":
            yield from _documents(json.loads(bare))


def _documents(document: Any) -> Iterator[dict[str, Any]]:
    if isinstance(document, dict) and isinstance(document.get("entities"), dict):
        document = list(document["entities"].values())
    for entity in document if isinstance(document, list) else [document]:
        if isinstance(entity, dict) and isinstance(entity.get("id"), str):
            yield entity


def _values(entity: Mapping[str, Any], name: str) -> list[Any]:
    """Values of a property that somebody stands by, preferred ones alone where there are any."""
    claims = [one for one in (entity.get("claims") or {}).get(name) or [] if one.get("rank") != "deprecated"]
    preferred = [one for one in claims if one.get("rank") == "preferred"]
    found = [(one.get("mainsnak") or {}).get("datavalue") for one in preferred or claims]
    return [value["value"] for value in found if value]


def _items(entity: Mapping[str, Any], name: str) -> list[str]:
    return [value["id"] for value in _values(entity, name) if isinstance(value, dict) and "id" in value]


def _titles(entity: Mapping[str, Any]) -> list[str]:
    """Every label and alias, the English label first."""
    labels = {language: one["value"] for language, one in (entity.get("labels") or {}).items()}
    english = labels.get("en") or labels.get("mul")
    aliases = [one["value"] for several in (entity.get("aliases") or {}).values() for one in several]
    return list(dict.fromkeys([*([english] if english else []), *labels.values(), *aliases]))


def _record(entity: Mapping[str, Any], titles: list[str]) -> Record:
    own = [value["text"] for value in _values(entity, _TITLE) if isinstance(value, dict) and value.get("text")]
    numbers = [
        (system, value)
        for system, name in _NUMBERS.items()
        for value in _values(entity, name)
        if isinstance(value, str) and (system != "imdb" or value.startswith("tt"))
    ]
    return Record(
        "wikidata",
        entity["id"],
        titles[0],
        original_title=own[0] if own else None,
        year=_year(entity),
        runtime=_minutes(entity),
        other_titles=[*own[1:], *titles[1:]],
        directors=_items(entity, _DIRECTOR),
        cast=_items(entity, _CAST),
        numbers=numbers,
    )


def _year(entity: Mapping[str, Any]) -> int | None:
    """The year of the first publication."""
    years = [int(value["time"][1:5]) for value in _values(entity, _DATE) if value.get("time", "")[:1] == "+"]
    return min(years, default=None)


def _minutes(entity: Mapping[str, Any]) -> int | None:
    """The length, when all who state it in minutes agree: cuts differ."""
    stated = {
        round(float(value["amount"])) for value in _values(entity, _DURATION) if value.get("unit", "").endswith(_MINUTE)
    }
    return stated.pop() if len(stated) == 1 else None
