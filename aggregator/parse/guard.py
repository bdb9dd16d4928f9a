"""A look at the source before the parser: what would hang it or be lost silently is cut, and said.

The bounds are generous to real pages; each cut marks the page partial. A new danger is a bound here and a page in
benchmarks/bombs.py that shows it.
"""

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field

MAX_BYTES = 16 * 1024 * 1024
MAX_TEXT = 1024 * 1024
"""Bytes of text, about two novels."""
MAX_SCRIPT = 4 * 1024 * 1024
"""Bytes of one script, style or title."""
MAX_TAGS = 100_000
"""Start and end tags; a page of a thousand comments has about 20,000."""
MAX_LINES = 20_000
"""Lines of a page, as its flow breaks them."""
MAX_DEPTH = 500
MAX_ATTRIBUTES = 300
MAX_VALUE = 64 * 1024
"""Bytes of one attribute."""
_SMALL = 64 * 1024
"""Bytes below which a page can do no harm but by its depth."""

_VALUE = rb"""(?:"[^"]*+(?:"|\Z)|'[^']*+(?:'|\Z)|[^\s>"'][^\s>]*+)"""
_ATTRIBUTE = rb"[^\s/>][^\s/>=]*+(?:\s*+=\s*+" + _VALUE + rb"?)?"
# every alternative runs forward only and always ends, at the latest with the page: no input makes it slow
_TOKEN = re.compile(
    rb"(?P<text>(?:<(?=<))++)|<(?:!--(?:-?>|.*?(?:--!?>|\Z))"
    rb"|(?P<raw>script|style|textarea|title|xmp|iframe|noembed|noframes)(?=[\s/>])(?:[\s/]++|" + _ATTRIBUTE + rb")*+>?"
    rb"(?P<inside>.*?)(?:</(?P=raw)(?=[\s/>])[^>]*+>?|\Z)"
    rb"|(?P<end>/?)(?P<name>[a-zA-Z][^\s/>]*+)(?P<attributes>(?:[\s/]++|" + _ATTRIBUTE + rb")*+)>?"
    rb"|[!?/][^>]*+>?)",
    re.DOTALL | re.IGNORECASE,
)
_ONE = re.compile(_ATTRIBUTE)
# a page of which this matches the whole has no tag worth counting attributes in; written to be quick, not to be right
_TAME = re.compile(
    rb"(?:[^<]++|<!--[^-]*+(?:-(?!->)[^-]*+)*+|<(?:script|style)\b[^>]{0,1000}+>[^<]*+(?:<(?!/s)[^<]*+)*+"
    rb"|</?[a-zA-Z](?:[^>=]{0,250}+(?<![\s=/])=(?:\"[^\"]*+\"|'[^']*+'|(?![\"'\s]))){0,100}+[^>=]{0,250}+>"
    rb"|<(?!/?[a-zA-Z]))*+",
    re.IGNORECASE,
)
_VOID = frozenset(b"area base basefont br col frame hr img input isindex link meta param".split())
# what the parser closes when one of these opens, so that a thousand in a row are not nested
_CLOSED_BY = {**{name: name for name in b"p li tr td th option a tbody colgroup".split()}, b"dt": b"dd", b"dd": b"dt"}


def guard(source: bytes) -> tuple[bytes, list[str]]:
    """The UTF-8 source that may be parsed, and one line for every cut; depth is not looked at (see `cut`)."""
    if len(source) <= _SMALL:
        return source, []
    if len(source) <= MAX_TEXT and source.count(b"<") <= MAX_TAGS and _TAME.fullmatch(source):
        return source, []
    return cut(source)


def cut(source: bytes) -> tuple[bytes, list[str]]:
    """The source within all bounds, depth included, and one line for every cut."""
    work = _Cutter(source)
    return work.run(), work.said()


@dataclass(slots=True)
class _Cutter:
    """Goes through the tags of a page once and leaves out what is beyond the bounds."""

    source: bytes
    out: list[bytes] = field(default_factory=list)
    last: int = 0
    """Where the part begins that is not in `out` yet."""
    text: int = 0
    tags: int = 0
    open: list[tuple[bytes, bool]] = field(default_factory=list)
    """Names of the open elements, and whether their tags were kept."""
    names: Counter[bytes] = field(default_factory=Counter)
    """How many elements of a name are open."""
    cuts: Counter[str] = field(default_factory=Counter)
    pictures: int = 0
    """How many pictures written out in an attribute were left out, which is no loss to a reader of text."""

    def run(self) -> bytes:
        end = 0
        for token in _TOKEN.finditer(self.source):
            self.text += token.start() - end
            if self.text > MAX_TEXT:
                return self._stop(token.start() - (self.text - MAX_TEXT), f"everything behind {MAX_TEXT} bytes of text")
            end = token.end()
            if token["text"]:
                end = token.start()
            elif token["raw"]:
                self._raw(token)
            elif token["name"]:
                self.tags += 1
                if self.tags > MAX_TAGS:
                    return self._stop(token.start(), f"everything behind {MAX_TAGS} tags")
                self._tag(token, token["name"].lower())
        self.text += len(self.source) - end
        if self.text > MAX_TEXT:
            return self._stop(len(self.source) - (self.text - MAX_TEXT), f"everything behind {MAX_TEXT} bytes of text")
        return b"".join([*self.out, self.source[self.last :]])

    def said(self) -> list[str]:
        """What was left out, a line a kind."""
        return [f"left out: {what}" + (f" ({count} times)" if count > 1 else "") for what, count in self.cuts.items()]

    def _stop(self, at: int, what: str) -> bytes:
        self.cuts[what] += 1
        # not within a character
        while at > self.last and self.source[at] & 0xC0 == 0x80:
            at -= 1
        return b"".join([*self.out, self.source[self.last : at]])

    def _replace(self, start: int, end: int, by: bytes) -> None:
        self.out += (self.source[self.last : start], by)
        self.last = end

    def _raw(self, token: re.Match[bytes]) -> None:
        if token.end("inside") - token.start("inside") > MAX_SCRIPT:
            self._replace(token.start("inside"), token.end("inside"), b"")
            self.cuts[f"a <{token['raw'].decode()}> of over {MAX_SCRIPT} bytes"] += 1

    def _tag(self, token: re.Match[bytes], name: bytes) -> None:
        closing = bool(token["end"])
        keep = self._close(name) if closing else self._open(name)
        if not keep:
            self._replace(token.start(), token.end(), b"")
            self.cuts[f"tags below depth {MAX_DEPTH}"] += 1
        elif len(token["attributes"]) > 4 * MAX_ATTRIBUTES:
            before = sum(self.cuts.values()), self.pictures
            kept = list(self._attributes(token["attributes"]))
            if before != (sum(self.cuts.values()), self.pictures):
                self._replace(token.start("attributes"), token.end("attributes"), b" " + b" ".join(kept))

    def _attributes(self, source: bytes) -> Iterator[bytes]:
        for number, attribute in enumerate(_ONE.finditer(source)):
            if number == MAX_ATTRIBUTES:
                self.cuts[f"attributes of a tag with over {MAX_ATTRIBUTES}"] += 1
                return
            if attribute.end() - attribute.start() <= MAX_VALUE:
                yield attribute[0]
            elif b"data:" in attribute[0][:100]:
                self.pictures += 1
            else:
                self.cuts[f"an attribute of over {MAX_VALUE} bytes"] += 1

    def _open(self, name: bytes) -> bool:
        if name in _VOID:
            return True
        if self.open and self.open[-1][0] == _CLOSED_BY.get(name):
            self.names[self.open.pop()[0]] -= 1
        keep = len(self.open) < MAX_DEPTH
        self.open.append((name, keep))
        self.names[name] += 1
        return keep

    def _close(self, name: bytes) -> bool:
        if not self.names[name]:
            return True
        while self.open:
            inner, kept = self.open.pop()
            self.names[inner] -= 1
            if inner == name:
                return kept
        return True


_BLOCK_TAG = re.compile(
    rb"p|div|li|tr|td|th|dd|dt|h[1-6]|section|article|blockquote|center|ul|ol|table|pre", re.IGNORECASE
)
_FLAT = frozenset(b"br img a title meta link html head body base".split())


def flatten(source: bytes) -> tuple[bytes, list[str]]:
    """The source with next to no nesting left: for pages whose wrong tags nest deeper than counting them tells."""
    out: list[bytes] = []
    last = 0
    for token in _TOKEN.finditer(source):
        name = (token["name"] or b"").lower()
        if not name or name in _FLAT:
            continue
        out += (source[last : token.start()], b"<p>" if _BLOCK_TAG.fullmatch(name) else b"")
        last = token.end()
    return b"".join([*out, source[last:]]), ["left out: what nests too deeply to be read"]
