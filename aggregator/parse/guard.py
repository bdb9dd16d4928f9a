"""A look at the bytes before the parser: what would hang it or be lost silently is cut, and said.

Bounds are generous to real pages; each cut marks the page partial.
"""

import re
from itertools import accumulate

MAX_BYTES = 16 * 1024 * 1024
MAX_DEPTH = 500
MAX_ATTRIBUTES = 2_000
MAX_TEXT = 4 * 1024 * 1024
_BIG_TAG = re.compile(rb"<([a-zA-Z][\w:-]*)([^<>]{16000,})>?")
_BIG_TEXT = re.compile(rb"(?<=>)[^<]{%d}[^<]+" % MAX_TEXT)
_TAG = re.compile(rb"<(/?)([a-zA-Z][\w:-]*)[^<>]*?(/?)>")
_VOID = frozenset(b"area base br col embed hr img input link meta param source track wbr".split())
# these close themselves when the next one opens, so a thousand in a row are not nested
_IMPLIED_END = frozenset(b"p li dt dd tr td th option thead tbody tfoot rt rp colgroup".split())
_RAW = re.compile(rb"<(script|style|textarea|title)\b[^>]*>.*?(</\1|\Z)", re.DOTALL | re.IGNORECASE)


def guard(body: bytes) -> tuple[bytes, list[str]]:
    """The bytes that may be parsed, and one line for every cut."""
    cuts: list[str] = []
    if len(body) > MAX_BYTES:
        cuts.append(f"page of {len(body)} bytes cut at {MAX_BYTES}")
        body = body[:MAX_BYTES]
    body = _cut_attributes(body, cuts)
    if len(body) > MAX_TEXT:
        body, count = _BIG_TEXT.subn(lambda match: match.group(0)[:MAX_TEXT], body)
        if count:
            cuts.append(f"{count} text of over {MAX_TEXT} bytes cut")
    if _may_be_deep(body):
        body = _cut_depth(body, cuts)
    return body, cuts


def _cut_attributes(body: bytes, cuts: list[str]) -> bytes:
    if len(body) < 16_000:
        return body

    def shorten(match: re.Match[bytes]) -> bytes:
        if match.group(2).count(b"=") + match.group(2).count(b" ") <= MAX_ATTRIBUTES:
            return match.group(0)
        # a long style or data attribute has many spaces too: count only what stands outside quotes
        outside = re.sub(rb"\"[^\"]*\"|'[^']*'", b"", match.group(2))
        if len(outside.split()) <= MAX_ATTRIBUTES:
            return match.group(0)
        cuts.append(f"a <{match.group(1).decode('ascii', 'replace')}> tag with over {MAX_ATTRIBUTES} attributes")
        return b"<" + match.group(1) + b">"

    return _BIG_TAG.sub(shorten, body)


def _may_be_deep(body: bytes) -> bool:
    """A cheap upper bound of the depth: every tag that is not an end tag counts as nested."""
    steps = (-1 if piece[:1] == b"/" else 1 for piece in body.split(b"<"))
    return max(accumulate(steps), default=0) > MAX_DEPTH


def _cut_depth(body: bytes, cuts: list[str]) -> bytes:
    """Drop the tags (not the text) that open below MAX_DEPTH."""
    out: list[bytes] = []
    depth, last, dropped = 0, 0, 0
    raw_ends = {match.start(): match.end() for match in _RAW.finditer(body)}
    skip_until = 0
    for match in _TAG.finditer(body):
        if match.start() < skip_until:
            continue
        if match.start() in raw_ends:
            skip_until = raw_ends[match.start()]
        name = match.group(2).lower()
        if match.group(3) or name in _VOID or name in _IMPLIED_END or match.start() in raw_ends:
            continue
        if match.group(1):
            depth = max(0, depth - 1)
            drop = depth >= MAX_DEPTH
        else:
            drop = depth >= MAX_DEPTH
            depth += 1
        if drop:
            out.append(body[last : match.start()])
            last = match.end()
            dropped += 1
    if not dropped:
        return body
    cuts.append(f"{dropped} tags below depth {MAX_DEPTH} dropped")
    out.append(body[last:])
    return b"".join(out)
