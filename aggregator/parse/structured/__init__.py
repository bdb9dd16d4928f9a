"""Structured data of a page in every syntax, as one set of records; a new syntax is a module that makes items."""

from collections.abc import Iterator

from aggregator.parse.blocks import Element
from aggregator.parse.document import Document
from aggregator.parse.structured import hreview, jsonld, meta, mf2, microdata, rdfa, state
from aggregator.parse.structured.dom import absolute
from aggregator.parse.structured.interpret import Records, interpret
from aggregator.parse.structured.items import Found
from aggregator.parse.structured.records import (
    Fact,
    StructuredAggregate,
    StructuredArticle,
    StructuredComment,
    StructuredData,
    StructuredMeta,
    StructuredMovie,
    StructuredPerson,
    StructuredRating,
    StructuredRelease,
    StructuredReview,
)

__all__ = [
    "Fact",
    "StructuredAggregate",
    "StructuredArticle",
    "StructuredComment",
    "StructuredData",
    "StructuredMeta",
    "StructuredMovie",
    "StructuredPerson",
    "StructuredRating",
    "StructuredRelease",
    "StructuredReview",
    "at",
    "read",
]


_MAX_PROBLEMS = 20


def read(document: Document) -> StructuredData:
    """Everything the page states in structured form; never raises, whatever the page holds.

    A syntax is read only when the source hints at it. Values stand as written (dates, numbers, durations are not
    parsed), no default scale is added, and nothing is compared with the visible page.
    """
    root = document.root
    nodes = _head(document)
    base = _base(document, nodes)
    records = Records()
    items, problems = jsonld.read(_texts(document, nodes))
    interpret(Found(items), base, records)
    if root is not None:
        for found in _marked_up(document, root, base):
            interpret(found, base, records)
        interpret(state.read(document, [node for node in nodes if node.tag == "script"]), base, records)
    return StructuredData(
        reviews=_critics(records.reviews),
        movies=tuple(records.movies),
        articles=tuple(records.articles),
        aggregates=tuple(records.aggregates),
        comments=tuple(records.comments),
        breadcrumbs=tuple(records.breadcrumbs),
        sites=tuple(records.sites),
        meta=meta.read(nodes, base),
        types=frozenset(records.types),
        problems=(*problems[:_MAX_PROBLEMS], *records.problems),
    )


def _critics(reviews: list[StructuredReview]) -> tuple[StructuredReview, ...]:
    """The reviews without those of readers that stand beside a critic's."""
    return tuple([review for review in reviews if "UserReview" not in review.types] or reviews)


def at(document: Document, locator: str) -> str | None:
    """Text of the value a `jsonld:BLOCK#POINTER` locator names; None for other locators and lost places."""
    if not locator.startswith("jsonld:"):
        return None
    return jsonld.at(_texts(document, _head(document)), locator)


def _head(document: Document) -> list[Element]:
    """Elements that speak about the page, wherever they stand: hidden parts hold scripts and metas too."""
    root = document.root
    return [] if root is None else list(root.iter("base", "meta", "link", "script"))


def _texts(document: Document, nodes: list[Element]) -> list[str]:
    """Source of each JSON-LD block; a file that is nothing but JSON-LD is one block."""
    if document.root is not None:
        return [jsonld.block_text(node) for node in nodes if node.tag == "script" and jsonld.is_block(node)]
    start = document.text[:1000].lstrip("\ufeff \t\r\n")
    return [document.text] if start[:1] in ("{", "[") and "@context" in start else []


def _base(document: Document, nodes: list[Element]) -> str | None:
    """The address that links are relative to."""
    href = next((href for node in nodes if node.tag == "base" and (href := node.get("href"))), None)
    return absolute(document.url, href) if href else document.url


def _marked_up(document: Document, root: Element, base: str | None) -> Iterator[Found]:
    """What the page holds in each syntax it shows a sign of."""
    text = document.text
    if "itemscope" in text:
        yield microdata.read(root, base)
    if "typeof=" in text:
        yield rdfa.read(root, text, base)
    classes = document.lines.classes.names
    if not classes.keys().isdisjoint(hreview.ROOTS):
        yield hreview.read(document, base)
    if not classes.keys().isdisjoint(mf2.ROOTS):
        yield mf2.read(root, base)
