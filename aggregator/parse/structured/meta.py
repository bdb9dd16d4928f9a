"""Meta and link elements of the head: Open Graph, Twitter cards, Dublin Core, citation tags and plain names."""

import re
import tomllib
from collections.abc import Iterable
from functools import cache
from importlib import resources
from typing import Any

from aggregator.parse.blocks import Element
from aggregator.parse.candidate import Place
from aggregator.parse.structured.dom import absolute
from aggregator.parse.structured.records import Fact, StructuredMeta
from aggregator.parse.structured.text import plain

_MANY = 100
_LABEL = re.compile(r"twitter:label(\d+)\Z")


@cache
def tables() -> dict[str, Any]:
    """The meta names file as it stands."""
    path = resources.files("aggregator.parse.structured").joinpath("data/meta.toml")
    return tomllib.loads(path.read_text("utf-8"))


@cache
def _wanted() -> dict[str, str]:
    """Every name that is read -> the vocabulary it belongs to."""
    table = tables()
    names = [name for kind in ("one", "many") for field in table[kind].values() for name in field]
    names += [f"twitter:{part}{number}" for part in ("label", "data") for number in range(1, 5)]
    heads = {name: re.split(r"[:._-]", name, maxsplit=1) for name in names}
    return {name: table["syntax"].get(head[0], "meta") if head[1:] else "meta" for name, head in heads.items()}


def read(nodes: Iterable[Element], base: str | None) -> StructuredMeta:
    """What the page's meta elements and canonical link, among `nodes`, say."""
    found: dict[str, list[Fact]] = {}
    canonical: Fact | None = None
    for node in nodes:
        if node.tag == "meta":
            for name in _names(node):
                if value := plain(node.get("content") or ""):
                    found.setdefault(name, []).append(Fact(value, Place(node), _wanted()[name]))
        elif node.tag == "link" and canonical is None:
            canonical = _canonical(node, base)
    fields: dict[str, Any] = {}
    for field, names in tables()["one"].items():
        fields[field] = next((found[name][0] for name in names if name in found), None)
    for field, names in tables()["many"].items():
        fields[field] = tuple(fact for name in names for fact in found.get(name, ()))[:_MANY]
    return StructuredMeta(**fields, canonical=canonical, labels=tuple(_labels(found)))


def _names(node: Element) -> list[str]:
    """Names an element goes by, of those that are read: some carry a property and a name at once."""
    get, wanted = node.get, _wanted()
    names = []
    for stated in (get("property"), get("name"), get("http-equiv")):
        if stated:
            names += [name for word in stated.split()[:5] if (name := word.lower()) in wanted and name not in names]
    prop = get("itemprop")
    if prop and (name := "itemprop:" + prop.strip().lower()) in wanted:
        parent = node.getparent()
        if parent is not None and parent.tag == "head":
            names.append(name)
    return names


def _labels(found: dict[str, list[Fact]]) -> list[tuple[str, Fact]]:
    pairs = []
    for name, labels in found.items():
        if (match := _LABEL.match(name)) and (values := found.get(f"twitter:data{match.group(1)}")):
            pairs.append((labels[0].value, values[0]))
    return pairs


def _canonical(node: Element, base: str | None) -> Fact | None:
    rel, href = node.get("rel"), node.get("href")
    if not rel or not href or "canonical" not in rel.lower().split():
        return None
    url = absolute(base, href)
    return Fact(url, Place(node), "meta", url) if url.startswith(("http://", "https://")) else None
