"""A web server whose every answer a test decides, and a crawl of it in a process of its own."""

import dataclasses
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

ROOT = Path(__file__).parent.parent.parent
REVIEW = """<!doctype html><html lang="en"><head><meta charset="utf-8"><title>{title} review</title>
<script type="application/ld+json">{{"@context": "https://schema.org", "@type": "Review", "headline": "{title} review",
"author": {{"@type": "Person", "name": "Ada Quill"}}, "datePublished": "2020-01-09",
"itemReviewed": {{"@type": "Movie", "name": "{title}", "dateCreated": "2009"}},
"reviewRating": {{"@type": "Rating", "ratingValue": "4", "bestRating": "5"}}}}</script></head>
<body><article><h1>{title} review</h1><p class="byline">By Ada Quill</p>{prose}</article></body></html>"""
PROSE = (
    "<p>"
    + "The film keeps its camera low and its voices lower, and every corridor seems to be listening. " * 12
    + "</p>"
)


def review(title):
    """A page with one review of a film."""
    return REVIEW.format(title=title, prose=PROSE * 3).encode()


@dataclasses.dataclass
class Answer:
    body: bytes = b""
    status: int = 200
    headers: dict[str, str] = dataclasses.field(default_factory=dict)
    kind: str = "text/html; charset=utf-8"
    pause: float = 0.0
    drip: float = 0.0
    etag: bool = False
    hang_up: bool = False
    no_length: bool = False


class Loopback:
    """Serves `routes` (path -> Answer or function of the how-manieth request); notes what was asked, and when."""

    def __init__(self, routes):
        self.routes = dict(routes)
        self.asked = []
        self.times = []
        self.headers = []
        self.server = ThreadingHTTPServer(("127.0.0.1", 0), _Handler)
        self.server.daemon_threads = True
        self.server.owner = self
        self.server.handle_error = lambda *_: None
        self.thread = threading.Thread(target=self.server.serve_forever, args=(0.02,), daemon=True)

    def __enter__(self):
        self.thread.start()
        return self

    def __exit__(self, *_):
        self.server.shutdown()
        self.thread.join()
        self.server.server_close()

    @property
    def key(self):
        return f"127.0.0.1:{self.server.server_address[1]}"

    @property
    def origin(self):
        return f"http://{self.key}"

    def sitemap(self, *paths):
        rows = "".join(f"<url><loc>{self.origin}{path}</loc></url>" for path in paths)
        return Answer(f'<?xml version="1.0"?><urlset>{rows}</urlset>'.encode(), kind="application/xml")

    def feed(self, *paths):
        rows = "".join(f"<item><link>{self.origin}{path}</link></item>" for path in paths)
        return Answer(f'<rss version="2.0"><channel><title>x</title>{rows}</channel></rss>'.encode(), kind="text/xml")

    def home(self, *paths, head=""):
        rows = "".join(f'<a href="{path}">{path}</a>' for path in paths)
        return Answer(f"<html><head><title>Home</title>{head}</head><body>{rows}</body></html>".encode())


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def do_GET(self):
        owner = self.server.owner
        owner.asked.append(self.path)
        owner.times.append(time.monotonic())
        owner.headers.append(dict(self.headers))
        found = owner.routes.get(self.path, Answer(b"no such page", 404))
        if isinstance(found, Callable):
            found = found(owner.asked.count(self.path))
        time.sleep(found.pause)
        if found.hang_up:
            self.close_connection = True
            return
        tag = f'"{hash(found.body)}"' if found.etag else None
        if tag and self.headers.get("If-None-Match") == tag:
            found = Answer(status=304)
        self.send_response(found.status)
        headers = {"Content-Type": found.kind, "Content-Length": str(len(found.body))} | found.headers
        if tag:
            headers["ETag"] = tag
        if found.no_length:
            del headers["Content-Length"]
            headers["Connection"] = "close"
        for name, value in headers.items():
            self.send_header(name, value)
        self.end_headers()
        if not found.drip:
            self.wfile.write(found.body)
        for byte in found.body if found.drip else b"":
            self.wfile.write(bytes([byte]))
            time.sleep(found.drip)
        if headers.get("Content-Length") != str(len(found.body)):
            self.close_connection = True

    def log_message(self, *_):
        pass


@dataclasses.dataclass
class Result:
    code: int
    stdout: str
    stderr: str

    @property
    def last_line(self):
        return self.stderr.strip().splitlines()[-1]


def _environment():
    kept = {name: value for name, value in os.environ.items() if not name.startswith("AGGREGATOR_")}
    return kept | {"PYTHONPATH": str(ROOT), "PYTHONWARNINGS": "error::ResourceWarning"}


MAIN = "from aggregator.cli import main; main()"


def start(*arguments, cwd):
    """An `aggregator` command under way."""
    return subprocess.Popen(
        [sys.executable, "-c", MAIN, *map(str, arguments)],
        cwd=cwd, env=_environment(), stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
    )  # fmt: skip


def run(*arguments, cwd, timeout=240):
    """An `aggregator` command run to its end."""
    process = start(*arguments, cwd=cwd)
    try:
        out, err = process.communicate(timeout=timeout)
    except subprocess.TimeoutExpired:
        process.send_signal(signal.SIGKILL)
        process.communicate()
        raise
    return Result(process.returncode, out, err)


def crawl(*servers, cwd, options=("--no-build",), start_path="/"):
    """Crawl the servers politely but quickly into `cwd/data`."""
    targets = [server.origin + start_path for server in servers]
    allowed = [part for server in servers for part in ("--allow", server.key)]
    return run("crawl", *targets, *allowed, "--data", "data", "--delay", "0.02", *options, cwd=cwd)


def scrapy(*arguments, cwd):
    """A `scrapy` command in the project."""
    done = subprocess.run(
        [sys.executable, "-m", "scrapy", *map(str, arguments)],
        cwd=cwd, env=_environment() | {"SCRAPY_SETTINGS_MODULE": "aggregator.settings"},
        capture_output=True, text=True, timeout=90, check=False,
    )  # fmt: skip
    return Result(done.returncode, done.stdout, done.stderr)


def rows(folder, *, times=True):
    """Everything a re-crawl of an unchanged site must leave as it is."""
    from aggregator.store import open_store

    left_out = set() if times else {"fetched_at", "first_seen", "archive_file", "archive_offset", "id"}
    with open_store(folder / "data", create=False, read_only=True) as store:
        pages = sorted(
            (sorted((k, repr(v)) for k, v in page.items() if k not in left_out) for page in store.iter_pages()),
        )
        reviews = [
            (one.page_url, one.status, {k: v for k, v in one.data.items() if k not in left_out})
            for one in store.iter_reviews()
        ]
    return pages, reviews
