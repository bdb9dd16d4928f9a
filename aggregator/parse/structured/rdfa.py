"""RDFa as far as content systems write it: vocab, typeof, property, resource, content, and rel of RDFa 1.0."""

import re

from aggregator.parse.blocks import Element
from aggregator.parse.candidate import Place
from aggregator.parse.structured.dom import absolute, element_fact, select
from aggregator.parse.structured.items import MAX_ITEMS, Found, Item
from aggregator.parse.structured.records import Fact
from aggregator.parse.structured.vocabulary import prop_name, tables, type_name

# a bare rel is a link type of HTML; only prefixed ones are statements
_MARKED = select("//*[@typeof or @property or @about or contains(@rel, ':')]")
_XMLNS = re.compile(r"xmlns:([\w-]+)\s*=\s*[\"']([^\"'\s]+)[\"']")
_PREFIX = re.compile(r"prefix\s*=\s*[\"']([^\"']{3,4000})[\"']")
_PAIR = re.compile(r"([\w-]+):\s+(\S+)")


def read(root: Element, text: str, base: str | None) -> Found:
    """All items of the page in order, nested ones after the one they stand in; `text` is the page's source."""
    reader = _Reader(prefixes(text), base)
    marked = _MARKED(root)
    for node in marked[:MAX_ITEMS]:
        reader.element(node)
    return Found(reader.items, cut=len(marked) > MAX_ITEMS)


def prefixes(text: str) -> dict[str, str]:
    """Prefix -> vocabulary address: RDFa's initial ones and those the page declares anywhere."""
    found: dict[str, str] = dict(tables()["rdf_prefixes"])
    declared = [match.groups() for match in _XMLNS.finditer(text[:200_000])]
    for match in _PREFIX.finditer(text[:200_000]):
        declared += _PAIR.findall(match.group(1))
    for name, address in declared[:200]:
        found[name.lower()] = address
    return found


class _Reader:
    """Goes through the marked elements in order and knows the item and the open `rel` around each."""

    def __init__(self, known: dict[str, str], base: str | None) -> None:
        self.items: list[Item] = []
        self._prefixes = known
        self._base = base
        self._subjects: dict[Element, Item] = {}
        self._open: dict[Element, list[str]] = {}
        self._vocabs: dict[Element | None, str] = {}

    def element(self, node: Element) -> None:
        """Read one element with typeof, about, property or rel."""
        subject, via = self._around(node)
        properties = self._names(node, "property")
        links = self._names(node, "rel")
        item = self._typed(node)
        if item is not None:
            # with an address of its own, or a content, the property says something of the item itself
            own = node.get("about") is not None or node.get("content") is not None or node.get("datatype") is not None
            for name in [*via, *links, *([] if own else properties)]:
                if subject is not None:
                    subject.add(name, item)
            if own:
                self._literal(node, item, properties)
            return
        if node.get("about"):
            subject = self._spoken_of(node, subject, via)
        if subject is None:
            return
        self._literal(node, subject, properties)
        if links:
            self._link(node, subject, links)

    def _typed(self, node: Element) -> Item | None:
        raw = node.get("typeof")
        if raw is None:
            return None
        types = tuple(name for term in raw.split() if (iri := self._expand(term, node)) and (name := type_name(iri)))
        address = node.get("about") or node.get("resource")
        if not address and node.get("property") is None:
            address = node.get("href") or node.get("src")
        item = Item(types, Place(node), "rdfa", absolute(self._base, address) if address else None)
        self._subjects[node] = item
        self.items.append(item)
        return item

    def _spoken_of(self, node: Element, around: Item | None, via: list[str]) -> Item:
        """The thing at the address in `about`: what follows is said of it, wherever its type stands."""
        item = Item((), Place(node), "rdfa", absolute(self._base, node.get("about") or ""))
        self._subjects[node] = item
        self.items.append(item)
        if around is not None:
            for name in via:
                around.add(name, item)
        return item

    def _literal(self, node: Element, item: Item, properties: list[str]) -> None:
        fact = element_fact(node, "rdfa", self._base) if properties else None
        resource = node.get("resource")
        if properties and resource and (fact is None or not fact.url):
            url = absolute(self._base, resource)
            fact = Fact(fact.value if fact else url, Place(node), "rdfa", url)
        if fact is None:
            return
        for name in properties:
            item.add(name, fact)

    def _link(self, node: Element, item: Item, links: list[str]) -> None:
        address = node.get("resource") or node.get("href") or node.get("src")
        if address:
            url = absolute(self._base, address)
            for name in links:
                item.add(name, Fact(url, Place(node), "rdfa", url))
        else:
            self._open[node] = links

    def _around(self, node: Element) -> tuple[Item | None, list[str]]:
        """The item `node` stands in, and the relations opened between that item and `node`."""
        via: list[str] = []
        above = node.getparent()
        while above is not None:
            if above in self._subjects:
                return self._subjects[above], via
            via = via or self._open.get(above, via)
            above = above.getparent()
        return None, via

    def _names(self, node: Element, attribute: str) -> list[str]:
        raw = node.get(attribute)
        if not raw:
            return []
        terms = raw.split()
        if attribute == "rel":
            terms = [term for term in terms if ":" in term]
        return [name for term in terms if (iri := self._expand(term, node)) and (name := prop_name(iri))]

    def _expand(self, term: str, node: Element) -> str | None:
        """`term` as a full address; None if nothing says whose word it is."""
        if term.startswith(("http://", "https://")):
            return term
        prefix, colon, local = term.partition(":")
        if colon:
            start = self._prefixes.get(prefix.lower())
            return start + local if start else None
        vocab = self._vocab(node)
        return vocab + term if vocab else None

    def _vocab(self, node: Element) -> str:
        """The vocabulary in force at `node`, empty if there is none."""
        own = node.get("vocab")
        if own is not None:
            own = own.strip()
            return own if not own or own.endswith(("/", "#")) else own + "/"
        parent = node.getparent()
        above = parent
        while above is not None and above not in self._vocabs and above.get("vocab") is None:
            above = above.getparent()
        if above in self._vocabs:
            self._vocabs[parent] = self._vocabs[above]
        else:
            self._vocabs[parent] = "" if above is None else self._vocab(above)
        return self._vocabs[parent]
