"""The sites that benchmarks.crawl crawls: our own reviews, grown to the size of real ones, from another process."""

import asyncio
import hashlib
import multiprocessing
import random
from collections.abc import Iterator
from contextlib import contextmanager
from multiprocessing.connection import Connection
from pathlib import Path

FIXTURES = Path(__file__).parent.parent / "fixtures" / "sites"
SIZE = 60_000
"""Bytes of a page: what a review on the web has at the median."""
_WORDS = (
    "the a of and to in it is that film scene camera light house road night actor score silence frame story again over"
    " under between slowly quietly never always perhaps window river mother brother winter letter garden station crowd"
).split()


def pages(number: int, size: int = SIZE, seed: int = 7) -> list[bytes]:
    """So many different pages of about `size` bytes, made of the fixtures' pages and of chance words around them."""
    chance = random.Random(seed)
    sources = [path.read_bytes() for path in sorted(FIXTURES.glob("*/*/page.html")) if path.stat().st_size > 2000]
    return [_grown(sources[n % len(sources)], n, size, chance) for n in range(number)]


def _grown(source: bytes, number: int, size: int, chance: random.Random) -> bytes:
    rows = []
    missing = size - len(source)
    while missing > 0:
        words = " ".join(chance.choices(_WORDS, k=12))
        path = "-".join(words.split()[:3])
        link = f'<a href="/other/{number}/{path}">{words[:40]}</a>'
        row = f'<li class="teaser t{len(rows)}">{link}<span>{words}</span></li>\n'
        rows.append(row)
        missing -= len(row)
    chrome = f'<aside class="more"><ul>{"".join(rows)}</ul></aside><!-- page {number} -->'.encode()
    head, body, tail = source.rpartition(b"</body>")
    return head + chrome + body + tail if body else source + chrome


@contextmanager
def served(hosts: int, number: int, size: int) -> Iterator[list[str]]:
    """Origins of so many sites, each with `number` pages named by its sitemap."""
    context = multiprocessing.get_context("spawn")
    ours, theirs = context.Pipe()
    process = context.Process(target=_serve, args=(theirs, hosts, number, size), daemon=True)
    process.start()
    try:
        yield ours.recv()
    finally:
        process.kill()
        process.join()


def _serve(told: Connection, hosts: int, number: int, size: int) -> None:
    asyncio.run(_run(told, hosts, number, size))


async def _run(told: Connection, hosts: int, number: int, size: int) -> None:
    origins = []
    servers = []
    for host in range(hosts):
        bodies = pages(number, size, seed=host)
        answers = {f"/review/{n}": body for n, body in enumerate(bodies)}
        server = await asyncio.start_server(_answering(answers), "127.0.0.1", 0)
        origin = f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}"
        rows = "".join(f"<url><loc>{origin}{path}</loc></url>" for path in answers)
        answers["/sitemap.xml"] = f"<urlset>{rows}</urlset>".encode()
        answers["/"] = b"<html><head><title>Reviews</title></head><body><p>Reviews</p></body></html>"
        origins.append(origin)
        servers.append(server)
    told.send(origins)
    await asyncio.gather(*(server.serve_forever() for server in servers))


def _answering(answers: dict[str, bytes]):  # type: ignore[no-untyped-def]
    tags = {path: f'"{hashlib.sha1(body).hexdigest()}"' for path, body in answers.items()}

    async def answer(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            while head := await reader.readuntil(b"\r\n\r\n"):
                path = head.split(b" ", 2)[1].decode()
                body, tag = answers.get(path), tags.get(path, "")
                if body is None:
                    writer.write(b"HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n")
                elif tag and tag.encode() in head:
                    writer.write(f"HTTP/1.1 304 Not Modified\r\nETag: {tag}\r\n\r\n".encode())
                else:
                    kind = "application/xml" if path.endswith(".xml") else "text/html; charset=utf-8"
                    lines = f"Content-Type: {kind}\r\nContent-Length: {len(body)}\r\nETag: {tag}\r\n"
                    writer.write(f"HTTP/1.1 200 OK\r\n{lines}\r\n".encode() + body)
                await writer.drain()
        except (asyncio.IncompleteReadError, ConnectionError):
            writer.close()

    return answer
