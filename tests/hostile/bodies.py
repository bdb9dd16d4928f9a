"""Hosts whose answers are broken, slow or far too large; the table of all hosts is in `web`."""

import gzip
import zlib

import brotli

from tests.hostile.pages import film, links, robots
from tests.hostile.server import Page, drip, head_of, silence, words
from tests.hostile.wanted import Wanted
from tests.spiders.loopback import review

BOMB = 1 << 30
"""Bytes that a bomb claims to be once unpacked."""

WHOLE = review("Broken")
LENGTH = {"Content-Type": "text/html", "Content-Length": str(len(WHOLE))}
CHUNKED = {"Content-Type": "text/html", "Transfer-Encoding": "chunked"}
SIZE = f"{len(WHOLE):x}\r\n".encode()


def _bad(host, **pages):
    """A host of answers that are no whole page, however often one asks; none of them may be stored."""
    paths = [f"/reviews/{name}" for name in pages]
    host.routes |= dict(zip(paths, pages.values(), strict=True))
    host.routes["/reviews/whole"] = film("Whole")
    host.routes["/"] = links(*paths[:4], "/reviews/whole", *paths[4:])
    return Wanted({"/reviews/whole"}, once=False)


def cut(host, _web):
    """Bodies that end too early, or that only claim to be whole."""
    return _bad(
        host,
        truncated=Page(raw=words(head_of(200, LENGTH), WHOLE[:-9])),
        chunk_cut=Page(raw=words(head_of(200, CHUNKED), SIZE, WHOLE[:-9])),
        chunk_no_end=Page(raw=words(head_of(200, CHUNKED), SIZE, WHOLE, b"\r\n")),
        part=Page(WHOLE[:-900], 206, {"Content-Range": f"bytes 0-{len(WHOLE) - 901}/{len(WHOLE)}"}),
        empty=Page(b""),
        none=Page(status=204),
        wrong_gzip=Page(WHOLE, headers={"Content-Encoding": "gzip"}),
        torn_gzip=Page(gzip.compress(WHOLE)[:-12], headers={"Content-Encoding": "gzip"}),
        torn_br=Page(brotli.compress(WHOLE)[:-12], headers={"Content-Encoding": "br"}),
        unknown=Page(WHOLE, headers={"Content-Encoding": "rot13"}),
    )


def lying(host, _web):
    """Lengths that cannot be."""
    return _bad(
        host,
        chunk_lies=Page(raw=words(head_of(200, CHUNKED), b"zz\r\n", WHOLE)),
        length_negative=Page(raw=words(head_of(200, LENGTH | {"Content-Length": "-1"}), WHOLE)),
        length_word=Page(raw=words(head_of(200, LENGTH | {"Content-Length": "many"}), WHOLE)),
    )


def headless(host, _web):
    """Heads that are none, or that have no end."""
    return _bad(
        host,
        no_http=Page(raw=words(b"220 mail.example ESMTP\r\n", WHOLE)),
        long_header=Page(raw=words(head_of(200, LENGTH | {"X-Long": "x" * 2_000_000}), WHOLE)),
        endless_header=Page(raw=words(b"HTTP/1.1 200 OK\r\n", *[b"X-A: " + b"z" * 60_000 + b"\r\n"] * 400)),
    )


def slow(host, _web):
    """Answers that take for ever: byte by byte, header by header, or not at all."""
    return _bad(
        host,
        drip=Page(raw=drip(WHOLE)),
        silent=Page(raw=silence),
        head_drip=Page(raw=words(b"HTTP/1.1 200 OK\r\n", *[b"X-A: b\r\n"] * 600, every=0.05)),
    )


def _zeros(make):
    packer = make()
    block = b"\0" * (1 << 20)
    return b"".join(packer(block) for _ in range(BOMB >> 20)) + packer(None)


def _gzip_packer():
    packer = zlib.compressobj(9, zlib.DEFLATED, 31)
    return lambda data: packer.flush() if data is None else packer.compress(data)


def _deflate_packer():
    packer = zlib.compressobj(9, zlib.DEFLATED, 15)
    return lambda data: packer.flush() if data is None else packer.compress(data)


def _brotli_packer():
    packer = brotli.Compressor(quality=1)
    return lambda data: packer.finish() if data is None else packer.process(data)


def bombs(host, _web):
    """A gigabyte in every packing, twice packed, three times packed, and pages that choke a parser."""
    packed = {"gzip": _zeros(_gzip_packer), "deflate": _zeros(_deflate_packer), "br": _zeros(_brotli_packer)}
    packed["gzip, gzip"] = gzip.compress(packed["gzip"])
    packed["gzip, br"] = brotli.compress(packed["gzip"])
    packed["gzip, gzip, gzip"] = gzip.compress(gzip.compress(gzip.compress(review("Layers"))))
    prose = review("Killer")
    killers = {
        "deep": prose.replace(b"<article>", b"<article>" + b"<div>" * 1_000_000),
        "attributes": prose.replace(b"<article", b"<article " + b" ".join(b"a%d=1" % n for n in range(100_000))),
        "text": prose.replace(b"<article>", b"<article><p>" + b"word " * 3_000_000),
        "large": prose + b"x" * (17 << 20),
    }
    for number, (encoding, body) in enumerate(packed.items()):
        host.routes[f"/reviews/bomb-{number}"] = Page(body, headers={"Content-Encoding": encoding})
    for name, body in killers.items():
        host.routes[f"/reviews/killer-{name}"] = Page(body)
    host.routes["/reviews/twice"] = Page(
        brotli.compress(gzip.compress(review("Twice"))), headers={"Content-Encoding": "gzip, br"}
    )
    host.routes["/robots.txt"] = robots(f"Sitemap: {host.origin}/bomb.xml.gz\nSitemap: {host.origin}/laughs.xml\n")
    host.routes["/bomb.xml.gz"] = Page(packed["gzip"], kind="application/gzip")
    entities = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))
    laughs = f'<!DOCTYPE x [<!ENTITY l0 "ha">{entities}<!ENTITY f SYSTEM "file:///etc/hostname">]>'
    host.routes["/laughs.xml"] = Page(
        f"{laughs}<urlset><url><loc>{host.origin}/reviews/&l9;</loc></url><url><loc>{host.origin}/&f;</loc></url></urlset>".encode()
    )
    paths = [path for path in host.routes if path.startswith("/reviews/")]
    host.routes["/"] = links(*paths)
    # robots.txt names sitemaps that give nothing: the links are what is left
    partly = {f"/reviews/killer-{name}" for name in killers if name != "large"}
    return Wanted({"/reviews/twice"}, part=partly, once=False)
