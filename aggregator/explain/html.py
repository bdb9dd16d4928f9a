"""The page itself with its evidence marked: one safe HTML file, no script, nothing loaded from elsewhere."""

import re
from copy import deepcopy
from functools import cache
from html import escape
from importlib import resources

from lxml import etree

from aggregator.explain.table import Row, placed_rows
from aggregator.parse.blocks import Element
from aggregator.parse.engine import Explained
from aggregator.parse.walk import BLOCK_TAGS, MARK_TAGS

Placed = tuple[Row, Element | None]

# elements whose content is no text of the page; they go with all that is in them (not <embed>, <source> or <track>:
# lxml does not know that they are empty, and puts into them what follows)
_DROP = frozenset(
    """script style link meta base iframe frame frameset object applet input select textarea svg math video audio
    canvas noscript template title head""".split()
)
# elements that are harmless once they have no attributes; all others become a plain one, because a browser may give a
# name a meaning of its own (<plaintext> swallows the rest of the page, <details> hides what is in it)
_SAFE = (BLOCK_TAGS | MARK_TAGS | frozenset("br ruby rt rp mark code var kbd samp tt col colgroup".split())) - (
    frozenset("html body form dialog details option".split())
)
_KEEP_ATTRIBUTES = frozenset(("colspan", "rowspan", "title", "lang", "dir", "datetime"))
_POLICY = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'"
_COLOURS = ("#ffe08a", "#b8e6c1", "#bcd9ff", "#f6c1d0", "#dcc9ff", "#ffd0a8", "#c8eef0", "#e3e7a1")


def render(explained: Explained) -> str:
    """One HTML file: at the left the candidates, at the right the page with every winner marked where it stands."""
    table = list(placed_rows(explained))
    fields = dict.fromkeys(row.field for row, _ in table)
    colours = {name: _COLOURS[n % len(_COLOURS)] for n, name in enumerate(fields)}
    body = _marked_page(explained, table, colours)
    title = escape(explained.page.url or "page")
    return (
        "<!doctype html><html lang='en'><head><meta charset='utf-8'>"
        f'<meta http-equiv="Content-Security-Policy" content="{_POLICY}">'
        f"<title>Evidence of {title}</title><style>{_style()}</style></head><body><aside>"
        f"<h1>{escape(explained.verdict.page_type)}: {title}</h1>{_points(explained)}"
        f"{_list(table, colours, body)}</aside><main>{body}</main></body></html>\n"
    )


@cache
def _style() -> str:
    return resources.files("aggregator.explain").joinpath("data/page.css").read_text("utf-8")


def _points(explained: Explained) -> str:
    items = "".join(
        f"<div class='c'>{point.points:+.1f} {escape(point.name)}<small>{escape(point.raw[:100])}</small></div>"
        for point in explained.verdict.points
    )
    problems = "".join(
        f"<div class='c'>{escape(problem.code)}<small>{escape(problem.message)}</small></div>"
        for problem in explained.page.problems
    )
    return f"<h2>Page type, {explained.verdict.total:+.1f} points</h2>{items}" + (
        f"<h2>Problems</h2>{problems}" if problems else ""
    )


def _list(table: list[Placed], colours: dict[str, str], body: str) -> str:
    out: list[str] = []
    field = None
    for row, _ in table:
        if (row.review, row.field) != field:
            field = (row.review, row.field)
            out.append(f"<h2>{escape(row.field)}</h2>")
        won = " won" if row.mark else ""
        link = f" <a href='#{_anchor(row)}'>show</a>" if row.mark and f'id="{_anchor(row)}"' in body else ""
        out.append(
            f"<div class='c{won}' style='border-color:{colours[row.field] if row.mark else 'transparent'}'>"
            f"{escape(row.value[:200])}{link}<small>{row.weight:.2f} {escape(row.rule)} · {escape(row.tier)} · "
            f"{escape(row.locator)}</small></div>"
        )
    return "".join(out)


def _anchor(row: Row) -> str:
    # several values of one element share its one place
    spot = row.locator.partition(" text:")[0]
    return "e" + re.sub(r"\W+", "-", f"{row.review}-{row.field}-{spot}")


def _marked_page(explained: Explained, table: list[Placed], colours: dict[str, str]) -> str:
    root = explained.reading.doc.root
    if root is None:
        return _marked_text(explained, [row for row, _ in table], colours)
    copy = deepcopy(root)
    twins = dict(zip(root.iter(), copy.iter(), strict=True))
    marked = [(row, twins[node]) for row, node in table if row.mark and node is not None and node in twins]
    _clean(copy)
    for row, node in marked:
        if node.getroottree().getroot() is copy:
            _mark(row, node, colours[row.field])
    return etree.tostring(copy, method="html", encoding="unicode")


def _mark(row: Row, node: Element, colour: str) -> None:
    tag = etree.Element("span", {"class": "tag"})
    tag.text = row.field
    if any(child.get("class") == "tag" and child.text == row.field for child in node):
        return
    if node.get("class") != "e":
        node.set("class", "e")
        node.set("style", f"--k:{colour}")
        node.set("id", _anchor(row))
    else:
        tag.set("id", _anchor(row))
    if node.tag in ("br", "hr"):
        parent = node.getparent()
        if parent is not None:
            parent.insert(parent.index(node), tag)
        return
    tag.tail, node.text = node.text, None
    node.insert(0, tag)


def _clean(root: Element) -> None:
    """Leave text and structure: no script, style, frame or form, no attribute that loads or runs anything."""
    for node in list(root.iter()):
        if not isinstance(node.tag, str) or node.tag in _DROP:
            _remove(node)
            continue
        if node.tag == "img":
            # in words: an element that may load nothing shows as broken
            node.tag = "span"
            node.text = f"[image: {node.get('alt') or (node.get('src') or '').rsplit('/', 1)[-1][:60]}]"
        elif node.tag not in _SAFE:
            node.tag = "div" if node.tag in BLOCK_TAGS else "span"
        for name in list(node.attrib):
            if name not in _KEEP_ATTRIBUTES:
                del node.attrib[name]


def _remove(node: Element) -> None:
    """Take an element out and leave the text behind it."""
    parent = node.getparent()
    if parent is None:
        return
    previous = node.getprevious()
    if node.tail and previous is not None:
        previous.tail = (previous.tail or "") + node.tail
    elif node.tail:
        parent.text = (parent.text or "") + node.tail
    parent.remove(node)


def _marked_text(explained: Explained, table: list[Row], colours: dict[str, str]) -> str:
    by_line: dict[int, list[Row]] = {}
    for row in table:
        if row.mark and row.locator.startswith("text:"):
            by_line.setdefault(int(row.locator.removeprefix("text:").split("-")[0]), []).append(row)
    out = []
    for number, line in enumerate(explained.reading.doc.text.splitlines(), start=1):
        found = by_line.get(number, [])
        anchors = {_anchor(row): row.field for row in found}
        tags = "".join(f"<span class='tag' id=\"{name}\">{escape(field)}</span>" for name, field in anchors.items())
        style = f" class='e' style='--k:{colours[found[0].field]}'" if found else ""
        out.append(f"<div{style}>{tags}{escape(line) or '&nbsp;'}</div>")
    return "".join(out)
