"""Application state: the JSON a page's own scripts start from (Next, Nuxt, Apollo, Redux).

It holds whatever the site shows around the page too, so a thing is read only when it is the page's: its address or
its headline is. What the words of such data mean stands in the vocabulary.
"""

import json
import re
from collections.abc import Iterator
from functools import cache, lru_cache
from typing import Any
from urllib.parse import unquote, urlsplit

from aggregator.notation.languages import fold
from aggregator.parse.blocks import Element
from aggregator.parse.candidate import Place
from aggregator.parse.document import Document
from aggregator.parse.structured.items import MAX_ITEMS, Found, Item
from aggregator.parse.structured.jsontext import read_json
from aggregator.parse.structured.payload import unflattened
from aggregator.parse.structured.records import Fact
from aggregator.parse.structured.text import plain
from aggregator.parse.structured.vocabulary import tables

SYNTAX = "state"
_MAX_SCRIPTS = 20
_MAX_TEXT = 4_000_000
_MAX_DEPTH = 30
_MAX_LIST = 50
_ASSIGNED = re.compile(r"\b__[A-Z][A-Z_]{3,30}__[\"']?\]?\s*=\s*(?:JSON\.parse\(\s*)?(?=[{\"])")
_TYPE_KEYS = ("__typename", "_type", "@type", "contentType", "content_type", "type")
_TELLING_TITLE = 8
"""Letters of a headline that tell by themselves that a thing is the page's."""


def read(document: Document, scripts: list[Element]) -> Found:
    """The page's own review, film and article of its state, each followed by what is nested in it."""
    items: list[Item] = []
    states = [script for script in scripts if _is_state(script)]
    for script in states[:_MAX_SCRIPTS]:
        reader = _Reader(script, _value(script))
        for thing in _own(document, reader.things):
            reader.item(thing, tables()["state_types"][_kind(thing)], 0)
        items += reader.items
        if reader.left <= 0:
            return Found(items, cut=True)
    return Found(items, cut=len(states) > _MAX_SCRIPTS)


def _is_state(script: Element) -> bool:
    text = script.text or ""
    kind = (script.get("type") or "").strip().lower()
    if not 2 < len(text) <= _MAX_TEXT:
        return False
    return kind == "application/json" or (
        kind in ("", "text/javascript") and "__" in text and _ASSIGNED.search(text) is not None
    )


def _value(script: Element) -> Any:
    """The JSON of a script, every number as its written text; None where it is a program."""
    text = script.text or ""
    if found := _ASSIGNED.search(text):
        try:
            value, end = json.JSONDecoder(strict=False).raw_decode(text, found.end())
        except (ValueError, RecursionError):
            return None
        text = value if isinstance(value, str) else text[found.end() : end]
    reading = read_json(text, last_resort=False)
    value = None if reading.repaired else reading.value
    if isinstance(value, list) and (script.get("id") == "__NUXT_DATA__" or script.get("data-nuxt-data") is not None):
        return unflattened(value)
    return value


def _own(document: Document, things: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Of each kind the thing that is the page's own and says most: by its address, else by its headline."""
    slugs = {slug for url in (document.url, document.link("canonical")) if url and (slug := _slug(url))}
    title = fold(document.title)
    own = [thing for thing in things if any(_slug(text) in slugs for text in _texts(thing, "address"))]
    if not own:
        own = [
            thing
            for thing in things
            if any(len(text) >= _TELLING_TITLE and title.startswith(fold(text)) for text in _texts(thing, "headline"))
        ]
    best: dict[str, dict[str, Any]] = {}
    for thing in own:
        kind = tables()["state_types"][_kind(thing)]
        if len(thing) > len(best.get(kind, ())):
            best[kind] = thing
    return list(best.values())


def _texts(thing: dict[str, Any], key: str) -> Iterator[str]:
    """What an object says under the names for its address or its headline; a CMS wraps a slug in an object."""
    for name in tables()["state_own"][key]:
        value = thing.get(name)
        value = value.get("current") if isinstance(value, dict) else value
        if isinstance(value, str) and value:
            yield value


def _slug(address: str) -> str:
    """The last part of an address that names a page, without its ending."""
    try:
        path = unquote(urlsplit(address).path)
    except ValueError:
        return ""
    return path.rstrip("/").rsplit("/", 1)[-1].rsplit(".", 1)[0].lower()


def _kind(thing: dict[str, Any]) -> str:
    """The type an object states, lower case without word breaks; empty if it is none we know."""
    stated = next((thing[key] for key in _TYPE_KEYS if isinstance(thing.get(key), str)), "")
    return _known_kind(stated) if stated else ""


@lru_cache(maxsize=1024)
def _known_kind(stated: str) -> str:
    kind = re.sub(r"[\W_]+", "", stated).lower()
    return kind if kind in tables()["state_types"] else ""


@cache
def _words(kind: str) -> dict[str, str]:
    """Name in a state, lower case without word breaks -> schema.org's name, for one type."""
    table = tables()["state_words"][kind]
    return {name: meaning for meaning, names in table.items() for name in names}


class _Reader:
    """Turns objects of one state into items; objects kept apart under a key are found by their references."""

    def __init__(self, script: Element, value: Any) -> None:
        self.items: list[Item] = []
        self.things: list[dict[str, Any]] = []
        self.left = MAX_ITEMS
        self._place = Place(script)
        self._by_key: dict[str, dict[str, Any]] = {}
        self._search(value, 0)

    def _search(self, value: Any, depth: int) -> None:
        self.left -= 1
        if depth > _MAX_DEPTH or self.left <= 0:
            return
        if isinstance(value, dict):
            if _kind(value):
                self.things.append(value)
            for key, inner in value.items():
                if isinstance(inner, dict):
                    self._by_key.setdefault(key, inner)
                self._within(inner, depth)
        elif isinstance(value, list):
            for inner in value:
                self._within(inner, depth)

    def _within(self, inner: Any, depth: int) -> None:
        if isinstance(inner, dict | list):
            self._search(inner, depth + 1)
        else:
            self.left -= 1

    def item(self, thing: dict[str, Any], kind: str, depth: int) -> Item:
        """An object as an item of a schema.org type."""
        item = Item((kind,), self._place, SYNTAX)
        self.items.append(item)
        for key, value in thing.items():
            if name := _words(kind).get(re.sub(r"[\W_]+", "", key).lower()):
                for inner in value[:_MAX_LIST] if isinstance(value, list) else [value]:
                    self._add(item, name, inner, depth + 1)
        return item

    def _add(self, item: Item, name: str, value: Any, depth: int) -> None:
        if isinstance(value, str) and (text := plain(value)):
            url = text if text.startswith(("http://", "https://", "/")) else None
            item.add(name, Fact(text, self._place, SYNTAX, url))
        elif isinstance(value, dict) and depth < 5 and (kind := tables()["state_nested"].get(name)):
            item.add(name, self.item(self._by_key.get(str(value.get("__ref")), value), kind, depth))
