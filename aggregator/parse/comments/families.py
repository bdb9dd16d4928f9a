"""The registry of comment markup, read from data/comments.toml; a new system is a table there, not code here."""

import re
import tomllib
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib import resources
from typing import Any

from aggregator.notation.languages import fold
from aggregator.parse.blocks import Element
from aggregator.parse.document import Document

ROLES = ("skip", "name", "author", "date", "body", "meta", "replies", "badge", "reply_to")
_SELECTOR = re.compile(r"^(?P<tag>[\w-]+)?(?P<rest>(?:[.#][\w-]+|\[[^\]]+\])*)$")
_PART = re.compile(r"([.#])([\w-]+)|\[([\w:-]+)(?:([\^*]?=)([^\]]+))?\]")
_PIECES = re.compile(r"[^0-9A-Za-z]+|(?<=[a-z])(?=[A-Z])")
_WHOLE_THING = frozenset(("reply", "respond"))
_TELLS = frozenset(("body", "date", "name", "author"))
_BY_TAG = {"cite": "name", "time": "date"}


@dataclass(frozen=True, slots=True)
class Selector:
    """One element by tag, classes and attributes: `li.comment`, `#comments`, `a[href*=/comment/]`."""

    tag: str | None
    classes: tuple[str, ...]
    attributes: tuple[tuple[str, str, str], ...]

    def matches(self, node: Element) -> bool:
        """Whether `node` is one of these."""
        if self.tag is not None and node.tag != self.tag:
            return False
        if self.classes:
            own = (node.get("class") or "").split()
            if not all(name in own for name in self.classes):
                return False
        return all(_holds(node.get(name), how, value) for name, how, value in self.attributes)


@dataclass(frozen=True, slots=True)
class Family:
    """One way of marking up a thread; see the head of the data file."""

    name: str
    items: tuple[Selector, ...]
    within: tuple[Selector, ...]
    roles: tuple[tuple[Selector, str], ...]
    run: bool
    fallback: bool
    topic_first: bool


@dataclass(frozen=True, slots=True)
class Table:
    """The whole data file."""

    families: tuple[Family, ...]
    whole: dict[str, str]
    words: dict[str, str]
    lists: dict[str, frozenset[str]]
    """Folded word lists by "table.key"."""


def select(text: str) -> Selector:
    """The selector written as `text`; ValueError when it is more than one simple element."""
    match = _SELECTOR.match(text)
    if not text or match is None:
        raise ValueError(f"{text!r} is no selector of one element")
    classes: list[str] = []
    attributes: list[tuple[str, str, str]] = []
    for sign, value, attribute, how, wanted in _PART.findall(match["rest"]):
        if sign == ".":
            classes.append(value)
        elif sign == "#":
            attributes.append(("id", "=", value))
        else:
            attributes.append((attribute, how, wanted))
    return Selector(match["tag"], tuple(classes), tuple(attributes))


@cache
def table() -> Table:
    """The registry, read once."""
    raw = tomllib.loads(resources.files("aggregator.parse").joinpath("data/comments.toml").read_text("utf-8"))
    lists = {
        f"{section}.{key}": frozenset(fold(word) for word in words)
        for section in ("badges", "texts", "bylines", "count")
        for key, words in raw[section].items()
    }
    lists |= {f"marks.{key}": frozenset(names) for key, names in raw["marks"].items()}
    return Table(
        families=tuple(_family(name, entry) for name, entry in raw["families"].items()),
        whole={name: role for role, names in raw["roles"]["whole"].items() for name in names},
        words={name: role for role, names in raw["roles"]["word"].items() for name in names},
        lists=lists,
    )


def _family(name: str, entry: dict[str, Any]) -> Family:
    return Family(
        name=name,
        items=tuple(map(select, entry["items"])),
        within=tuple(map(select, entry.get("within", ()))),
        roles=tuple((select(text), role) for role in ROLES for text in entry.get(role, ())),
        run=bool(entry.get("run")),
        fallback=bool(entry.get("fallback")),
        topic_first=bool(entry.get("topic_first")),
    )


def _holds(value: str | None, how: str, wanted: str) -> bool:
    if value is None:
        return False
    if how == "=":
        return value == wanted or wanted in value.split()
    if how == "^=":
        # ids of comments are numbered: comment-12, not comment-form
        return value.startswith(wanted) and any(map(str.isdigit, value))
    return how == "" or wanted in value


class Roles:
    """What a part of a comment is for, by the family's selectors, then by common class names."""

    def __init__(self, family: Family | None = None) -> None:
        rules = family.roles if family else ()
        self._knows_body = any(role == "body" for _, role in rules)
        self._rules: dict[str | None, list[tuple[Selector, str]]] = {None: []}
        for selector, _ in rules:
            self._rules[selector.tag] = [r for r in rules if r[0].tag in (selector.tag, None)]
        # what besides tag and class decides, by tag: links differ all the time, list items do not
        self._attributes = {
            tag: tuple(sorted({name for selector, _ in own for name, _, _ in selector.attributes}))
            for tag, own in self._rules.items()
        }
        self._known: dict[tuple[str | None, ...], tuple[str, bool]] = {}

    def of(self, node: Element) -> str:
        """The role of `node` itself, or ""."""
        return self.look(node)[0]

    def look(self, node: Element) -> tuple[str, bool]:
        """The role of `node`, and whether the family itself names it."""
        tag, get = node.tag, node.get
        wanted = self._attributes.get(tag)
        if wanted is None:
            wanted = self._attributes[None]
        key: tuple[str | None, ...] = (tag, get("class"))
        if wanted:
            key = (*key, *map(get, wanted))
        found = self._known.get(key)
        if found is None:
            found = self._known[key] = self._find(node)
        return found

    def _find(self, node: Element) -> tuple[str, bool]:
        for rule, role in self._rules.get(node.tag) or self._rules[None]:
            if rule.matches(node):
                return role, True
        role = _by_names((node.get("class") or "")[:300])
        if role == "body" and self._knows_body:
            # where a family says what the text is, no other name does
            return "", False
        if not role and "author" in (node.get("rel") or "").split():
            role = "name"
        return role or _BY_TAG.get(node.tag, ""), False


@lru_cache(maxsize=10_000)
def _by_names(classes: str) -> str:
    """The role that common class names mean."""
    known = table()
    names = classes.split()
    for name in names:
        if name in known.whole:
            return known.whole[name]
    for name in names:
        pieces = [piece.lower() for piece in _PIECES.split(name)]
        if pieces[-1] in _WHOLE_THING and len(pieces) > 1 and (role := known.words.get(pieces[-2], "")) in _TELLS:
            return role  # "txt_reply" is the reply's text, "comment-reply" the button
        for piece in pieces[:-3:-1]:
            if role := known.words.get(piece, ""):
                return role
    return ""


def find_items(doc: Document, family: Family) -> list[Element]:
    """Elements of the page that are one comment each by this family's markup, in no certain order."""
    found: dict[Element, None] = {}
    for selector in family.items:
        for node in _nodes(doc, selector):
            if node not in found and selector.matches(node):
                found[node] = None
    if found and family.within:
        known: dict[Element, bool] = {}
        return [node for node in found if _is_within(node, family.within, known)]
    return list(found)


def _is_within(node: Element, selectors: tuple[Selector, ...], known: dict[Element, bool]) -> bool:
    """Whether an ancestor of `node` is one of these; `known` remembers what was seen, siblings share their parents."""
    climbed: list[Element] = []
    around = node.getparent()
    answer = False
    while around is not None:
        if around in known:
            answer = known[around]
            break
        climbed.append(around)
        if any(selector.matches(around) for selector in selectors):
            answer = True
            break
        around = around.getparent()
    known.update(dict.fromkeys(climbed, answer))
    return answer


def _nodes(doc: Document, selector: Selector) -> list[Element]:
    """A short list that holds all elements the selector can match."""
    if selector.classes:
        return doc.by_class(selector.classes[0])
    if any(name in ("itemtype", "itemprop") for name, _, _ in selector.attributes):
        return doc.lines.items
    if any(name == "id" and "comment" in value for name, _, value in selector.attributes):
        # such a name is a hint, so that its element opened a scope
        return [node for node in doc.lines.scopes if node.get("id")]
    return list(doc.root.iter(selector.tag)) if doc.root is not None and selector.tag else []
