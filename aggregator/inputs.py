"""Files a user names, opened as pages: HTML, text, MHTML, WordPress JSON, gzip, WARC, folders, standard input.

A new kind of file is one reader and one line in READERS.
"""

import email
import gzip
import json
import sys
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from email import policy
from html import escape
from io import BytesIO
from pathlib import Path
from typing import Any

from aggregator.archive import BODY_LIMIT, iter_responses
from aggregator.archive.reader import is_archive
from aggregator.errors import UnreadableInputError

HTML = (".html", ".htm", ".xhtml")
LABELS = ("page.json", "expected.json")


@dataclass(frozen=True, slots=True)
class Input:
    """One page found in what the user named; `error` says in one line why it could not be opened."""

    path: str
    body: bytes = b""
    url: str | None = None
    fetched_at: str | None = None
    error: str | None = None


def read_inputs(paths: list[str]) -> Iterator[Input]:
    """Every page in files, folders or `-`, in order of name; a file that cannot be read is an Input with `error`."""
    for name in paths:
        if name == "-":
            yield from _opened("-", lambda: [Input("-", sys.stdin.buffer.read(BODY_LIMIT + 1))])
        elif Path(name).is_dir():
            files = [path for path in sorted(Path(name).rglob("*")) if path.is_file() and _wanted(path)]
            if not files:
                yield Input(name, error=f"{name}: no page in this folder; it needs {', '.join(sorted(READERS))} files")
            for path in files:
                yield from read_file(path)
        else:
            yield from read_file(Path(name))


def read_file(path: Path) -> Iterator[Input]:
    """Every page in one file."""
    suffix = path.suffix.lower()
    if suffix == ".gz" and not is_archive(path):
        suffix = Path(path.stem).suffix.lower()
    if is_archive(path):
        yield from _opened(str(path), lambda: _archive(path))
        return
    reader = READERS.get(suffix)
    if reader is None:
        known = " ".join(sorted(READERS))
        yield Input(
            str(path), error=f"{path}: unknown file type {suffix or '(none)'}; readable are {known} .warc.gz .wacz"
        )
        return
    yield from _opened(str(path), lambda: reader(path, _bytes(path)))


def _opened(name: str, read: Callable[[], Any]) -> Iterator[Input]:
    try:
        for item in read():
            if not item.body.strip():
                yield Input(name, error=f"{name}: empty; save the page again")
            elif len(item.body) > BODY_LIMIT:
                yield Input(name, error=f"{name}: larger than {BODY_LIMIT} bytes; a page is not that large")
            else:
                yield item
    except OSError as error:
        yield Input(name, error=f"{name}: {error.strerror or error}; check the path and its permissions")
    except (UnreadableInputError, zlib.error, EOFError, ValueError) as error:
        yield Input(name, error=f"{name}: not readable as its name says ({error})")


def _bytes(path: Path) -> bytes:
    if path.suffix.lower() != ".gz":
        with path.open("rb") as plain:
            return plain.read(BODY_LIMIT + 1)
    with gzip.open(path) as file:
        return file.read(BODY_LIMIT + 1)


def _wanted(path: Path) -> bool:
    suffixes = [suffix.lower() for suffix in path.suffixes[-2:]]
    if path.name in LABELS:
        return False
    return is_archive(path) or bool(suffixes and (suffixes[-1] in READERS or suffixes[-1] == ".gz"))


def _page(path: Path, body: bytes) -> Iterator[Input]:
    url = fetched_at = None
    about = path.parent / "page.json"
    if path.stem == "page" and about.is_file():
        facts = json.loads(about.read_text(encoding="utf-8"))
        url, fetched_at = facts.get("url"), facts.get("fetched_at")
    yield Input(str(path), body, url, fetched_at)


def _archive(path: Path) -> Iterator[Input]:
    problems: list[str] = []
    for page in iter_responses(path, problems.append):
        if page.body.strip() and page.status < 400:
            yield Input(f"{path}#{page.url}", page.body, page.final_url, page.fetched_at)
    for problem in problems:
        yield Input(str(path), error=problem)


def _mhtml(path: Path, body: bytes) -> Iterator[Input]:
    message = email.message_from_binary_file(BytesIO(body), policy=policy.default)
    for part in message.walk():
        if part.get_content_type() in ("text/html", "application/xhtml+xml"):
            payload = part.get_payload(decode=True)
            url = part.get("Content-Location") or message.get("Snapshot-Content-Location")
            yield Input(str(path), payload if isinstance(payload, bytes) else b"", str(url) if url else None)
            return
    raise UnreadableInputError("no HTML part inside")


def _wordpress(path: Path, body: bytes) -> Iterator[Input]:
    loaded = json.loads(body)
    posts = loaded if isinstance(loaded, list) else [loaded]
    for number, post in enumerate(posts):
        if not isinstance(post, dict) or "content" not in post or "title" not in post:
            raise UnreadableInputError("no WordPress REST post inside")
        name = str(path) if len(posts) == 1 else f"{path}#{number}"
        yield Input(name, wordpress_html(post).encode(), post.get("link"))


def wordpress_html(post: dict[str, Any]) -> str:
    """A post of the WordPress REST API as the plain page a theme would make of it."""

    def text(key: str) -> str:
        value = post.get(key)
        return str(value.get("rendered", "")) if isinstance(value, dict) else str(value or "")

    metas = "".join(
        f'<meta property="{name}" content="{escape(str(post[key]))}">'
        for name, key in (("article:published_time", "date"), ("article:modified_time", "modified"))
        if post.get(key)
    )
    embedded = post.get("_embedded") or {}
    authors = [author.get("name") for author in embedded.get("author", []) if isinstance(author, dict)]
    byline = f'<p class="byline">By <a rel="author">{escape(str(authors[0]))}</a></p>' if authors and authors[0] else ""
    link = f'<link rel="canonical" href="{escape(str(post["link"]))}">' if post.get("link") else ""
    return (
        f"<!doctype html><html><head><title>{text('title')}</title>{metas}{link}</head><body><article>"
        f'<h1 class="entry-title">{text("title")}</h1>{byline}'
        f'<div class="entry-content">{text("content")}</div></article></body></html>'
    )


READERS: dict[str, Callable[[Path, bytes], Iterator[Input]]] = {
    **dict.fromkeys(HTML, _page),
    ".txt": _page,
    ".mhtml": _mhtml,
    ".mht": _mhtml,
    ".json": _wordpress,
}
