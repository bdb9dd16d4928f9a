"""JSON-LD, block by block: a broken block loses nothing else; values keep a pointer to where they stand."""

from typing import Any

from aggregator.model.page import Problem
from aggregator.parse.blocks import Element
from aggregator.parse.candidate import Place
from aggregator.parse.encoding import clean
from aggregator.parse.structured.items import MAX_ITEMS, Item
from aggregator.parse.structured.jsontext import Reading, read_json
from aggregator.parse.structured.records import Fact
from aggregator.parse.structured.text import plain
from aggregator.parse.structured.vocabulary import prop_name, type_name

MAX_BLOCKS = 200
MAX_DEPTH = 40
_MAX_REPAIRS = 8
_TYPES = frozenset({"application/ld+json", "application/json+ld", "application/ld-json", "text/ld+json"})


def is_block(script: Element) -> bool:
    """Whether a script element holds JSON-LD; types come in capitals and with a charset."""
    kind = script.get("type")
    return bool(kind) and (kind or "").split(";")[0].strip().lower() in _TYPES


def block_text(script: Element) -> str:
    """Source text of a script element."""
    return script.text or "" if len(script) == 0 else "".join(map(str, script.itertext()))


def read(texts: list[str]) -> tuple[list[Item], list[Problem]]:
    """All items of the blocks, nested ones after the one they stand in, and what could not be read.

    A block's number in locators is its index in `texts`.
    """
    items: list[Item] = []
    problems: list[Problem] = []
    reader = _Reader(items)
    for number, text in enumerate(texts[:MAX_BLOCKS]):
        reading = read_json(text, last_resort=len(problems) < _MAX_REPAIRS)
        if problem := _problem(number, reading):
            problems.append(problem)
        if reading.value is not None:
            reader.top(reading.value, f"jsonld:{number}#", 0)
    if reader.left <= 0 or len(texts) > MAX_BLOCKS:
        problems.append(
            Problem(
                code="structured-cut", message=f"JSON-LD beyond {MAX_BLOCKS} blocks or {MAX_ITEMS} values was not read"
            )
        )
    return items, problems


def at(texts: list[str], locator: str) -> str | None:
    """Text of the value a `jsonld:BLOCK#POINTER` locator names, None if it is not there (any more)."""
    number, _, pointer = locator.removeprefix("jsonld:").partition("#")
    if not number.isdecimal() or int(number) >= len(texts):
        return None
    value = read_json(texts[int(number)]).value
    for part in pointer.split("/")[1:]:
        key = part.replace("~1", "/").replace("~0", "~")
        if isinstance(value, dict) and key in value:
            value = value[key]
        elif isinstance(value, list) and key.isdecimal() and int(key) < len(value):
            value = value[int(key)]
        else:
            return None
    return _scalar(value)


def _problem(number: int, reading: Reading) -> Problem | None:
    if reading.lost:
        return Problem(code="jsonld-lost", message=f"JSON-LD block {number} is broken and could not be read")
    if reading.repaired:
        return Problem(code="jsonld-repaired", message=f"JSON-LD block {number} is broken and was repaired")
    return None


def _scalar(value: Any) -> str | None:
    if isinstance(value, bool):
        return "true" if value else "false"
    return (plain(value) or None) if isinstance(value, str) else None


class _Reader:
    """Turns JSON values into items, up to a number of values and a depth."""

    def __init__(self, items: list[Item]) -> None:
        self.items = items
        self.left = MAX_ITEMS

    def top(self, value: Any, pointer: str, depth: int) -> None:
        """Read a value that stands on its own: an object, a list of them, a graph."""
        if depth > MAX_DEPTH:
            return
        if isinstance(value, list):
            for index, inner in enumerate(value):
                self.top(inner, f"{pointer}/{index}", depth + 1)
        elif isinstance(value, dict):
            if "@graph" in value:
                self.top(value["@graph"], f"{pointer}/@graph", depth + 1)
            self.item(value, pointer, depth)

    def item(self, value: dict[str, Any], pointer: str, depth: int) -> Item | None:
        """One object as an item; None if it says nothing."""
        self.left -= 1
        if self.left <= 0:
            return None
        raw_types = value.get("@type")
        raw_types = raw_types if isinstance(raw_types, list) else [raw_types]
        types = tuple(name for raw in raw_types if isinstance(raw, str) and (name := type_name(raw)))
        identifier = value.get("@id")
        identifier = clean(identifier).strip() if isinstance(identifier, str) else None
        item = Item(types, Place(fixed=pointer), "jsonld", identifier or None)
        self.items.append(item)
        for key, inner in value.items():
            if key[:1] != "@" and inner is not None and (name := prop_name(key)):
                self.values(item, name, inner, f"{pointer}/{_escaped(key)}", depth + 1)
        if not (item.types or item.props or item.id):
            # an item without properties has none nested in it, so it is still the last
            self.items.pop()
            return None
        return item

    def values(self, item: Item, name: str, value: Any, pointer: str, depth: int) -> None:
        """Add a JSON value, or each of a list, to a property."""
        self.left -= 1
        if depth > MAX_DEPTH or self.left <= 0:
            return
        if isinstance(value, list):
            for index, inner in enumerate(value):
                self.values(item, name, inner, f"{pointer}/{index}", depth + 1)
            return
        if isinstance(value, dict):
            for wrapper in ("@value", "@list", "@set"):
                if wrapper in value:
                    self.values(item, name, value[wrapper], f"{pointer}/{wrapper}", depth + 1)
                    return
            if inner_item := self.item(value, pointer, depth):
                item.add(name, inner_item)
            return
        if text := _scalar(value):
            url = text if text.startswith(("http://", "https://", "#", "/")) else None
            item.add(name, Fact(text, Place(fixed=pointer), "jsonld", url))


def _escaped(key: str) -> str:
    return key.replace("~", "~0").replace("/", "~1") if "~" in key or "/" in key else key
