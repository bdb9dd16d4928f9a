"""Serves the demo's sites on loopback, each on a port of its own, and remembers what it was asked for."""

import hashlib
import re
import threading
import time
from collections.abc import Mapping
from dataclasses import dataclass
from email.utils import formatdate, parsedate_to_datetime
from html import escape
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from types import TracebackType
from typing import Any, ClassVar, Self
from urllib.parse import urljoin, urlsplit

from aggregator.demo.rewriting import rewritten
from aggregator.demo.sites import Site
from aggregator.errors import UsageError

HOST = "127.0.0.1"
_MODIFIED = 1_772_431_200.0  # 2026-03-02T06:00:00Z, when the pages were saved
_HOLD = 0.005  # seconds in which a second request at the same time would be noticed
_FEED_LINK = re.compile(rb"<link\b[^>]*application/(?:rss|atom)\+xml[^>]*>", re.IGNORECASE)
_HREF = re.compile(rb"\bhref=[\"']([^\"']+)", re.IGNORECASE)
_XML = "application/xml; charset=utf-8"


@dataclass(frozen=True, slots=True)
class Document:
    """Something a site serves."""

    body: bytes
    kind: str = "text/html"

    @property
    def etag(self) -> str:
        """A strong validator of the body."""
        return f'"{hashlib.sha1(self.body, usedforsecurity=False).hexdigest()[:16]}"'


def documents_of(site: Site, origins: Mapping[str, str]) -> dict[str, Document]:
    """Everything a site serves, by path: its pages, robots.txt, and what lists its pages."""
    origin = origins[site.host]
    served = {path: Document(rewritten(page.body, origins)) for path, page in site.pages.items()}
    robots = site.robots.replace("{origin}", origin)
    served["/robots.txt"] = Document(robots.encode(), "text/plain; charset=utf-8")
    links = [urljoin(origin, path) for path in site.pages]
    if site.discovery == "sitemap":
        for path in _sitemap_paths(robots) or ["/sitemap.xml"]:
            served[path] = Document(_sitemap(links), _XML)
    feeds = (_feed_paths(site) or ["/feed.xml"]) if site.discovery == "feed" else []
    served |= {path: Document(_feed(site, origin, links), "application/rss+xml; charset=utf-8") for path in feeds}
    served.setdefault("/", Document(_home(site, links, feeds)))
    return served


def _sitemap_paths(robots: str) -> list[str]:
    found = re.findall(r"^sitemap:\s*(\S+)", robots, re.IGNORECASE | re.MULTILINE)
    return [urlsplit(url).path for url in found]


def _feed_paths(site: Site) -> list[str]:
    """The feed that each page names first; further ones are of comments."""
    paths: dict[str, None] = {}
    for page in site.pages.values():
        tag = _FEED_LINK.search(page.body)
        href = _HREF.search(tag[0]) if tag else None
        if href:
            parts = urlsplit(href[1].decode("utf-8", "replace"))
            if parts.netloc in {"", site.host} and parts.path.startswith("/"):
                paths[parts.path + (f"?{parts.query}" if parts.query else "")] = None
    return list(paths)


def _sitemap(links: list[str]) -> bytes:
    rows = "".join(f"<url><loc>{escape(link)}</loc></url>" for link in links)
    head = '<?xml version="1.0" encoding="UTF-8"?><urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">'
    return f"{head}{rows}</urlset>".encode()


def _feed(site: Site, origin: str, links: list[str]) -> bytes:
    rows = "".join(f"<item><link>{escape(link)}</link><guid>{escape(link)}</guid></item>" for link in links)
    head = f"<title>{escape(site.title)}</title><link>{escape(origin)}/</link><description></description>"
    return f'<?xml version="1.0"?><rss version="2.0"><channel>{head}{rows}</channel></rss>'.encode()


def _home(site: Site, links: list[str], feeds: list[str]) -> bytes:
    heads = "".join(f'<link rel="alternate" type="application/rss+xml" href="{escape(path)}">' for path in feeds[:1])
    rows = "".join(f'<li><a href="{escape(link)}">{escape(urlsplit(link).path)}</a></li>' for link in links)
    title = escape(site.title)
    return (
        f"<!doctype html><html><head><title>{title}</title>{heads}</head><body><ul>{rows}</ul></body></html>".encode()
    )


class SiteServer:
    """One site on its port. `asked` lists every path asked for; `most_at_once` the most requests at one time."""

    def __init__(self, site: Site, port: int = 0) -> None:
        self.site = site
        self.documents: dict[str, Document] = {}
        self.asked: list[str] = []
        self.most_at_once = 0
        self._now = 0
        self._lock = threading.Lock()
        try:
            self._server = _Server((HOST, port), _Handler)
        except (OSError, OverflowError) as error:
            raise UsageError(f"port {port} is in use or not ours to take; give another --port or --data") from error
        self._server.owner = self
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.05,), daemon=True)

    @property
    def port(self) -> int:
        """The port it listens on."""
        return int(self._server.server_address[1])

    @property
    def origin(self) -> str:
        """`http://127.0.0.1:PORT`."""
        return f"http://{HOST}:{self.port}"

    def start(self) -> None:
        """Begin to answer."""
        self._thread.start()

    def stop(self) -> None:
        """Stop answering and free the port."""
        if self._thread.is_alive():
            self._server.shutdown()
            self._thread.join()
        self._server.server_close()

    def begin(self, path: str) -> None:
        """Note that a request came in."""
        with self._lock:
            self.asked.append(path)
            self._now += 1
            self.most_at_once = max(self.most_at_once, self._now)

    def end(self) -> None:
        """Note that it is answered."""
        with self._lock:
            self._now -= 1


class Servers:
    """All sites at once, for `with`; `ports` fixes the port of a site by its name, the others get free ones."""

    def __init__(self, sites: list[Site], ports: Mapping[str, int] | None = None) -> None:
        self.all: list[SiteServer] = []
        try:
            for site in sites:
                self.all.append(SiteServer(site, (ports or {}).get(site.name, 0)))
        except UsageError:
            self._stop()
            raise
        self.origins = {server.site.host: server.origin for server in self.all}
        for server in self.all:
            server.documents = documents_of(server.site, self.origins)

    def __enter__(self) -> Self:
        for server in self.all:
            server.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._stop()

    def _stop(self) -> None:
        for server in self.all:
            server.stop()


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    allow_reuse_address = True
    owner: SiteServer

    def handle_error(self, request: Any, client_address: Any) -> None:
        """A client that hangs up is no news."""


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    timeout: ClassVar[float] = 30
    server: _Server

    def do_GET(self) -> None:
        owner = self.server.owner
        owner.begin(self.path)
        time.sleep(_HOLD)
        owner.end()  # before the answer goes out: whoever has it may rightly ask for the next page
        self._answer(owner.documents.get(self.path))

    def _answer(self, document: Document | None) -> None:
        if document is None:
            self._send(404, Document(b"<!doctype html><title>Not found</title><p>Not found.</p>"))
        elif self._unchanged(document):
            self._send(304, Document(b"", document.kind), document.etag)
        else:
            self._send(200, document, document.etag)

    def _unchanged(self, document: Document) -> bool:
        wanted = self.headers.get("If-None-Match")
        if wanted is not None:
            return document.etag in {tag.strip().removeprefix("W/") for tag in wanted.split(",")}
        since = self.headers.get("If-Modified-Since")
        try:
            return since is not None and parsedate_to_datetime(since).timestamp() >= _MODIFIED
        except ValueError:
            return False

    def _send(self, status: int, document: Document, etag: str | None = None) -> None:
        self.send_response(status)
        if etag:
            self.send_header("ETag", etag)
            self.send_header("Last-Modified", formatdate(_MODIFIED, usegmt=True))
        if status != 304:
            self.send_header("Content-Type", document.kind)
            self.send_header("Content-Length", str(len(document.body)))
        self.end_headers()
        self.wfile.write(document.body)

    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002
        """Nothing is printed."""
