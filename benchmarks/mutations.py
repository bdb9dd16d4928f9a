"""Ways to make a page another one, as redesigns, bad software and bad luck do; a new way is a row of MUTATIONS."""

import re
from collections.abc import Callable
from random import Random

from lxml import etree

_TAG = re.compile(rb"<(/?)([a-zA-Z][\w:-]*)([^<>]*)>")
_NAMES = re.compile(rb"\b(class|id)\s*=\s*(\"[^\"]*\"|'[^']*'|[^\s>]+)", re.IGNORECASE)
_LD = re.compile(rb"<script[^>]*ld\+json[^>]*>.*?</script>", re.DOTALL | re.IGNORECASE)
_WORDS = (
    "main inner box panel c-1a2b3 wrap outer sc-block module node item unit col part grid css-x9 jss12 hero".split()
)
_CHARSETS = ("utf-16", "cp1252", "cp1251", "cp932", "euc_kr", "gb18030", "iso8859-2", "koi8-r", "utf-8-sig")
_NOISE = tuple(
    line.strip().encode()
    for line in """
<aside class='sidebar widget'><h3>Recent posts</h3><ul><li><a href='/a/'>The Silent Harbour (2011) review: 2/5</a></li></ul></aside>
<div class='related'><h3>You may also like</h3><a href='/c/'><h4>Winter Bridge ***</h4></a><p>By Tom Ashdown, 3 May 2001</p></div>
<div class='cookie-consent'><p>We and our 312 partners use cookies to show you what we think you should see.</p></div>
<p class='advert'>ADVERTISEMENT</p>
<form class='newsletter'><p>Get our newsletter! Rated 5/5 by 1,204 readers.</p><input><button>Sign up</button></form>
<!-- <p>Rating: 1/10</p><p>Rating: 1/10</p> -->
<div style='display:none'><p>Rating: 1/10</p><p>Directed by Nobody Atall</p></div>
""".strip().splitlines()  # noqa: E501 - a line a piece
)
"""What sites put around and into articles; its values are of other films, so that reading one of them is an error."""


def _tree(source: bytes) -> etree._Element | None:
    try:
        return etree.fromstring(source, etree.HTMLParser(huge_tree=True))
    except etree.XMLSyntaxError:
        return None


def _written(root: etree._Element) -> bytes:
    return b"<!doctype html>" + etree.tostring(root, method="html", encoding="utf-8")


def _blocks(root: etree._Element) -> list[etree._Element]:
    """Elements that may stand elsewhere or twice: those with brothers, in the body."""
    body = root.find("body")
    return [] if body is None else [n for n in body.iterdescendants(etree.Element) if _has_brothers(n)]


def _has_brothers(node: etree._Element) -> bool:
    return node.getnext() is not None or node.getprevious() is not None


def rename_classes(random: Random, source: bytes) -> bytes:
    """Another stylesheet: every class and id gets a name that says nothing."""
    names: dict[bytes, bytes] = {}

    def renamed(match: re.Match[bytes]) -> bytes:
        name = names.setdefault(match[2], f"{random.choice(_WORDS)}-{random.randrange(1000)}".encode())
        return match[1] + b'="' + name + b'"'

    return _NAMES.sub(renamed, source)


def drop_classes(_: Random, source: bytes) -> bytes:
    """No classes at all."""
    return _NAMES.sub(b"", source)


def drop_json_ld(_: Random, source: bytes) -> bytes:
    """The plug-in that wrote structured data is gone."""
    return _LD.sub(b"", source)


def drop_attributes(random: Random, source: bytes) -> bytes:
    """A third of all tags lose their attributes."""
    return _TAG.sub(lambda m: b"<" + m[1] + m[2] + b">" if random.random() < 0.3 else m[0], source)


def break_json_ld(random: Random, source: bytes) -> bytes:
    """Structured data cut somewhere."""

    def broken(match: re.Match[bytes]) -> bytes:
        at = random.randrange(len(match[0]))
        return match[0][:at] + match[0][at + random.randrange(1, 30) :]

    return _LD.sub(broken, source)


def reorder_blocks(random: Random, source: bytes) -> bytes:
    """Some block stands elsewhere among its brothers."""
    root = _tree(source)
    found = _blocks(root) if root is not None else []
    for node in random.sample(found, min(3, len(found))):
        parent = node.getparent()
        if parent is not None:
            parent.insert(random.randrange(len(parent)), node)
    return _written(root) if root is not None else source


def double_block(random: Random, source: bytes) -> bytes:
    """Some block stands there twice, as for print and screen."""
    root = _tree(source)
    found = _blocks(root) if root is not None else []
    if root is None or not found:
        return source
    node = random.choice(found)
    copy = etree.fromstring(etree.tostring(node), etree.XMLParser(recover=True))
    if copy is not None:
        node.addnext(copy)
    return _written(root)


def drop_block(random: Random, source: bytes) -> bytes:
    """Some block is gone."""
    root = _tree(source)
    found = _blocks(root) if root is not None else []
    if root is None or not found:
        return source
    node = random.choice(found)
    node.getparent().remove(node)
    return _written(root)


def wrap_tables(random: Random, source: bytes) -> bytes:
    """Set in tables, as pages once were."""
    cells = b"<table><tr><td>" * random.randrange(1, 4)
    return re.sub(rb"(?i)(<body[^>]*>)", rb"\1" + cells, source)


def divs_only(_: Random, source: bytes) -> bytes:
    """Headings, paragraphs and sections are all divs."""
    return re.sub(rb"(?i)<(/?)(?:h[1-6]|p|section|article|main|header|footer|aside|nav|figure)\b", rb"<\1div", source)


def cut_page(random: Random, source: bytes) -> bytes:
    """The connection broke."""
    return source[: random.randrange(len(source) // 4, len(source))]


def cut_head(_: Random, source: bytes) -> bytes:
    """Only the article was saved."""
    return re.sub(rb"(?is)<head.*?</head>", b"", source)


def double_page(_: Random, source: bytes) -> bytes:
    """Saved twice into one file."""
    return source + source


def random_bytes(random: Random, source: bytes) -> bytes:
    """A few bytes are others."""
    changed = bytearray(source)
    for _ in range(random.randrange(1, 20)):
        changed[random.randrange(len(changed))] = random.randrange(256)
    return bytes(changed)


def insert_bytes(random: Random, source: bytes) -> bytes:
    """Rubbish stands within."""
    at = random.randrange(len(source))
    return source[:at] + random.randbytes(random.randrange(1, 200)) + source[at:]


def flip_quotes(random: Random, source: bytes) -> bytes:
    """Quotes of attributes are others, missing, or doubled."""
    swap = {b'"': b"'", b"'": b'"'}
    kind = random.randrange(3)

    def flipped(match: re.Match[bytes]) -> bytes:
        rest = match[3]
        if kind == 0:
            rest = re.sub(rb"[\"']", lambda quote: swap[quote[0]], rest)
        elif random.random() < 0.1:
            rest = re.sub(rb"[\"']", b"", rest, count=1) if kind == 1 else re.sub(rb"([\"'])", rb"\1\1", rest, count=1)
        return b"<" + match[1] + match[2] + rest + b">"

    return _TAG.sub(flipped, source)


def unclose_tags(random: Random, source: bytes) -> bytes:
    """End tags are missing."""
    share = random.choice((0.05, 0.3, 1.0))
    return _TAG.sub(lambda m: b"" if m[1] and m[2].lower() != b"script" and random.random() < share else m[0], source)


def misplace_tags(random: Random, source: bytes) -> bytes:
    """Tags stand where they do not belong."""
    tags = list(_TAG.finditer(source))
    out = source
    for match in sorted(random.sample(tags, min(8, len(tags))), key=lambda m: -m.start()):
        other = random.choice(tags)[0]
        out = out[: match.start()] + other + out[match.start() :]
    return out


def upper_case(_: Random, source: bytes) -> bytes:
    """Tags are shouted."""
    return _TAG.sub(lambda m: b"<" + m[1] + m[2].upper() + m[3] + b">", source)


def swap_charset(random: Random, source: bytes) -> bytes:
    """Written in another charset, which it declares, or denies."""
    name = random.choice(_CHARSETS)
    text = source.decode("utf-8", "replace")
    if random.random() < 0.5:
        text = re.sub(r"(?i)charset=([\"']?)[\w-]+", rf"charset=\g<1>{name.replace('_', '-')}", text)
    return text.encode(name, "xmlcharrefreplace")


def nest_deeply(random: Random, source: bytes) -> bytes:
    """Some tag was opened a thousand times and never closed."""
    tag = random.choice((b"div", b"b", b"font", b"blockquote", b"span", b"table"))
    at = random.choice([match.start() for match in _TAG.finditer(source)] or [0])
    return source[:at] + (b"<" + tag + b">") * random.choice((30, 400, 3000)) + source[at:]


def add_noise(random: Random, source: bytes) -> bytes:
    """Teasers, banners and forms stand between the blocks."""
    places = [match.end() for match in re.finditer(rb"(?i)</(?:p|div|h[1-3]|ul|table|section|article)>", source)]
    out = source
    for at in sorted(random.sample(places, min(3, len(places))), reverse=True):
        out = out[:at] + random.choice(_NOISE) + out[at:]
    return out


def minify(_: Random, source: bytes) -> bytes:
    """No white space between tags."""
    return re.sub(rb">\s+<", b"><", source)


def spread(_: Random, source: bytes) -> bytes:
    """White space between all tags."""
    return re.sub(rb"(</?(?:p|div|h[1-6]|li|ul|ol|table|tr|td|section|article)\b[^<>]*>)", rb"\n\n  \1\n\n", source)


def escape_letters(_: Random, source: bytes) -> bytes:
    """Letters written as character references."""
    text = source.decode("utf-8", "replace")
    parts = re.split(r"(<script.*?</script>|<style.*?</style>|<[^>]*>)", text, flags=re.DOTALL)
    out = [
        part if part.startswith("<") else re.sub(r"[^\x00-\x7f'&]", lambda m: f"&#{ord(m[0])};", part) for part in parts
    ]
    return "".join(out).encode()


MUTATIONS: dict[str, Callable[[Random, bytes], bytes]] = {
    function.__name__.replace("_", " "): function
    for function in (
        rename_classes,
        drop_classes,
        drop_json_ld,
        drop_attributes,
        break_json_ld,
        reorder_blocks,
        double_block,
        drop_block,
        wrap_tables,
        divs_only,
        cut_page,
        cut_head,
        double_page,
        random_bytes,
        insert_bytes,
        flip_quotes,
        unclose_tags,
        misplace_tags,
        upper_case,
        swap_charset,
        nest_deeply,
        add_noise,
        minify,
        spread,
        escape_letters,
    )
}
HARMLESS = "upper case, swap charset, minify, spread, escape letters, add noise, double page".split(", ")
"""Ways that leave every value of a page where a reader finds it."""
