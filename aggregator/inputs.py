"""Files a user names, opened as pages: HTML, text, MHTML, WordPress JSON, gzip, WARC, folders, standard input.

A new kind of file is one reader and one line in READERS.
"""

import codecs
import email
import gzip
import json
import os
import sys
import zlib
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from email import policy
from html import escape
from io import BytesIO
from pathlib import Path
from typing import Any

from aggregator.archive import BODY_LIMIT, FetchedPage, iter_responses
from aggregator.archive.reader import is_archive
from aggregator.errors import UnreadableInputError
from aggregator.parse.encoding import decode

HTML = (".html", ".htm", ".xhtml")
LABELS = ("page.json", "expected.json", "site.json")
_MAX_THREAD = 50
"""Levels of answers to answers that are kept."""
_PAGE_TYPES = ("text/html", "application/xhtml+xml", "text/plain", "")


@dataclass(frozen=True, slots=True)
class Input:
    """One page found in what the user named; `error` says in one line why it could not be opened."""

    path: str
    body: bytes = b""
    url: str | None = None
    fetched_at: str | None = None
    error: str | None = None


class _NoPageError(UnreadableInputError):
    """A file that is whole, but holds something else than a page."""


def read_inputs(paths: list[str]) -> Iterator[Input]:
    """Every page in files, folders or `-`, in order of name; a file that cannot be read is an Input with `error`."""
    for name in paths:
        if name == "-":
            yield from _opened("-", _standard_input)
        elif os.path.isdir(name):  # noqa: PTH112 - Path.is_dir raises where a folder above is shut
            yield from _folder(Path(name))
        else:
            yield from read_file(Path(name))


def read_file(path: Path) -> Iterator[Input]:
    """Every page in one file."""
    return _file(path, named=True)


def _file(path: Path, *, named: bool) -> Iterator[Input]:
    name = _name(path)
    if is_archive(path):
        yield from _opened(name, lambda: _archive(path), named=named)
        return
    suffixes = [suffix.lower() for suffix in path.suffixes]
    suffix = suffixes[-2] if suffixes[-1:] == [".gz"] and len(suffixes) > 1 else "".join(suffixes[-1:])
    reader = READERS.get(suffix)
    if reader is not None:
        yield from _opened(name, lambda: reader(path, _bytes(path)), named=named)
    elif not os.path.lexists(path):
        yield Input(name, error=f"{name}: no such file or folder; check the path")
    else:
        known = " ".join(sorted(READERS))
        kind = suffix or "(none)"
        way_out = f"readable are {known} .gz .warc .warc.gz .wacz"
        if suffix == ".opml":
            way_out = f"`aggregator source import {name}` takes subscriptions"
        yield Input(name, error=f"{name}: unknown file type {kind}; {way_out}")


def _folder(folder: Path) -> Iterator[Input]:
    name = _name(folder)
    shut: list[OSError] = []
    inside = [Path(parent, file) for parent, _, files in os.walk(folder, onerror=shut.append) for file in files]
    found = False
    for path in sorted(path for path in inside if _wanted(path)):
        for page in _file(path, named=False):
            found = True
            yield page
    for error in shut:
        where = _name(Path(error.filename or name))
        yield Input(where, error=f"{where}: {error.strerror or error}; check the permissions of the folder")
    if not found and not shut:
        yield Input(name, error=f"{name}: no page in this folder; it needs {', '.join(sorted(READERS))} files")


def _opened(name: str, read: Callable[[], Iterator[Input]], *, named: bool = True) -> Iterator[Input]:
    """What a reader finds; whatever stops it becomes one line. Only a file the user named must hold a page."""
    try:
        for item in read():
            if item.error:
                yield item
            elif not item.body.strip():
                yield Input(item.path, error=f"{item.path}: empty; save the page again")
            elif len(item.body) > BODY_LIMIT:
                yield Input(item.path, error=f"{item.path}: larger than {BODY_LIMIT} bytes; a page is not that large")
            else:
                yield item
    except _NoPageError as error:
        if named:
            yield Input(name, error=f"{name}: {error}")
    except (gzip.BadGzipFile, zlib.error, EOFError) as error:
        yield Input(name, error=f"{name}: broken or incomplete gzip file ({_line(error)}); fetch it again")
    except OSError as error:
        yield Input(name, error=f"{name}: {error.strerror or error}; check the path and its permissions")
    except (UnreadableInputError, ValueError, RecursionError) as error:
        yield Input(name, error=f"{name}: not readable as its name says ({_line(error)})")


def _line(error: Exception) -> str:
    return " ".join(str(error).split())[:200]


def _name(path: Path) -> str:
    """A path as text that can be printed: file names may hold bytes that are no text."""
    return str(path).encode("utf-8", "surrogateescape").decode("utf-8", "replace")


def _bytes(path: Path) -> bytes:
    if path.suffix.lower() != ".gz":
        with path.open("rb") as plain:
            return plain.read(BODY_LIMIT + 1)
    with gzip.open(path) as file:
        return file.read(BODY_LIMIT + 1)


def _wanted(path: Path) -> bool:
    """Whether a file in a folder may hold a page: not a label, nor what a browser saved beside a page."""
    suffixes = [suffix.lower() for suffix in path.suffixes[-2:]]
    kind = suffixes[0] if suffixes[-1:] == [".gz"] else "".join(suffixes[-1:])
    if path.name in LABELS or not (is_archive(path) or kind in READERS):
        return False
    beside = [parent for parent in path.parents if parent.name.endswith("_files")]
    pages = [parent.with_name(parent.name.removesuffix("_files") + suffix) for parent in beside for suffix in HTML]
    return not any(os.path.lexists(page) for page in pages)


def _standard_input() -> Iterator[Input]:
    body = sys.stdin.buffer.read(BODY_LIMIT + 1)
    pages = [Input("-", body)]
    if body.lstrip()[:1] in (b"{", b"["):
        # a text may begin with a bracket as well
        with suppress(UnreadableInputError, ValueError, RecursionError):
            pages = list(_wordpress(Path("-"), body))
    yield from pages


def _page(path: Path, body: bytes) -> Iterator[Input]:
    url = fetched_at = None
    about = path.parent / "page.json"
    if path.name.split(".")[0] == "page" and about.is_file():
        facts = json.loads(about.read_text(encoding="utf-8"))
        if not isinstance(facts, dict):
            raise UnreadableInputError("its page.json is no JSON object")
        url, fetched_at = facts.get("url"), facts.get("fetched_at")
    yield Input(_name(path), body, _text(url), _text(fetched_at))


def _text(value: Any) -> str | None:
    return value if isinstance(value, str) and value else None


def _archive(path: Path) -> Iterator[Input]:
    problems: list[str] = []
    found = False
    for page in iter_responses(path, problems.append):
        if page.body.strip() and page.status < 400 and _kind(page) in _PAGE_TYPES:
            found = True
            body = _as_utf8(page.body, page.header("Content-Type"))
            yield Input(f"{_name(path)}#{page.url}", body, page.final_url, page.fetched_at)
    for problem in problems:
        yield Input(_name(path), error=f"{problem}; the pages before it were read")
    if not found and not problems:
        raise _NoPageError("no page in this archive")


def _kind(page: FetchedPage) -> str:
    return (page.header("Content-Type") or "").partition(";")[0].strip().lower()


def _as_utf8(body: bytes, content_type: str | None) -> bytes:
    """A body whose charset is only stated beside it, made to carry it: from here on a page is bytes alone."""
    if "charset" not in (content_type or "").lower():
        return body
    text, used, _ = decode(body[: BODY_LIMIT + 1], content_type)
    return body if used == "utf-8" else codecs.BOM_UTF8 + text.encode("utf-8")


def _mhtml(path: Path, body: bytes) -> Iterator[Input]:
    message = email.message_from_binary_file(BytesIO(body), policy=policy.compat32)
    for part in message.walk():
        if part.get_content_type() in ("text/html", "application/xhtml+xml"):
            payload = part.get_payload(decode=True)
            url = "".join(str(part.get("Content-Location") or message.get("Snapshot-Content-Location") or "").split())
            page = _as_utf8(payload if isinstance(payload, bytes) else b"", str(part.get("Content-Type") or ""))
            yield Input(_name(path), page, url if url.startswith(("http://", "https://")) else None)
            return
    raise UnreadableInputError("no HTML part inside")


def _wordpress(path: Path, body: bytes) -> Iterator[Input]:
    loaded = json.loads(body)
    posts = loaded if isinstance(loaded, list) else [loaded]
    if not any(map(_is_post, posts)):
        raise _NoPageError("no WordPress REST post inside; give the answer of /wp-json/wp/v2/posts")
    for number, post in enumerate(posts):
        name = _name(path) if len(posts) == 1 else f"{_name(path)}#{number}"
        if not _is_post(post):
            yield Input(name, error=f"{name}: no WordPress REST post; the other posts were read")
            continue
        yield Input(name, wordpress_html(post).encode("utf-8", "replace"), _text(post.get("link")))


def _is_post(post: Any) -> bool:
    return isinstance(post, dict) and "content" in post and "title" in post


def _rendered(record: dict[str, Any], key: str) -> str:
    value = record.get(key)
    return str(value.get("rendered") or "") if isinstance(value, dict) else str(value or "")


def wordpress_html(post: dict[str, Any]) -> str:
    """A post of the WordPress REST API as the plain page a theme would make of it, embedded comments included."""
    metas = "".join(
        f'<meta property="{name}" content="{escape(str(post[key]))}">'
        for name, key in (("article:published_time", "date"), ("article:modified_time", "modified"))
        if post.get(key)
    )
    author = next((entry.get("name") for entry in _embedded(post, "author")), None)
    byline = f'<p class="byline">By <a rel="author">{escape(str(author))}</a></p>' if author else ""
    link = f'<link rel="canonical" href="{escape(str(post["link"]))}">' if post.get("link") else ""
    terms = [str(entry["name"]) for entry in _embedded(post, "wp:term") if entry.get("name")]
    tags = f'<p class="post-tags">{", ".join(map(escape, terms))}</p>' if terms else ""
    return (
        f"<!doctype html><html><head><title>{_rendered(post, 'title')}</title>{metas}{link}</head><body><article>"
        f'<h1 class="entry-title">{_rendered(post, "title")}</h1>{byline}'
        f'<div class="entry-content">{_rendered(post, "content")}</div>'
        f"{tags}</article>{_wordpress_comments(post)}</body></html>"
    )


def _embedded(post: dict[str, Any], key: str) -> list[dict[str, Any]]:
    """The records that came with a post under `key`; WordPress groups some of them in lists."""
    embedded = post.get("_embedded")
    groups = embedded.get(key) if isinstance(embedded, dict) else None
    entries = [entry for group in groups or [] for entry in (group if isinstance(group, list) else [group])]
    return [entry for entry in entries if isinstance(entry, dict)]


def _wordpress_comments(post: dict[str, Any]) -> str:
    """Embedded replies as a theme prints them, answers within what they answer."""
    entries = {entry["id"]: entry for entry in _embedded(post, "replies") if isinstance(entry.get("id"), int)}
    answers: dict[int, list[int]] = {}
    for number, entry in entries.items():
        parent = entry.get("parent")
        answers.setdefault(parent if isinstance(parent, int) and parent in entries else 0, []).append(number)
    if not entries:
        return ""
    items = "".join(_comment(entries, answers, number, 1) for number in sorted(answers.get(0, [])))
    return f'<div id="comments"><ol class="commentlist">{items}</ol></div>'


def _comment(entries: dict[int, dict[str, Any]], answers: dict[int, list[int]], number: int, depth: int) -> str:
    entry = entries[number]
    when = escape(str(entry.get("date") or ""))
    below = answers.pop(number, []) if depth < _MAX_THREAD else []
    inner = "".join(_comment(entries, answers, answer, depth + 1) for answer in sorted(below))
    return (
        f'<li class="comment depth-{depth}" id="comment-{number}"><article class="comment-body">'
        '<footer class="comment-meta"><div class="comment-author vcard">'
        f'<b class="fn">{escape(str(entry.get("author_name") or ""))}</b> <span class="says">says:</span></div>'
        f'<div class="comment-metadata"><a href="#comment-{number}"><time datetime="{when}">{when}</time></a></div>'
        f'</footer><div class="comment-content">{_rendered(entry, "content")}</div></article>'
        + (f'<ol class="children">{inner}</ol></li>' if inner else "</li>")
    )


READERS: dict[str, Callable[[Path, bytes], Iterator[Input]]] = {
    **dict.fromkeys(HTML, _page),
    ".txt": _page,
    ".mhtml": _mhtml,
    ".mht": _mhtml,
    ".json": _wordpress,
}
