"""A web server that may break every rule of HTTP, and writes down exactly what it was asked, when, and by how many."""

import contextlib
import dataclasses
import email.utils
import select
import socket
import struct
import threading
import time
from collections.abc import Callable

LAST_MODIFIED = "Mon, 05 Jan 2026 08:00:00 GMT"


@dataclasses.dataclass
class Exchange:
    """One request as the server saw it: `start` when its head had come, `open` how many were in hand with it."""

    start: float
    path: str
    headers: dict[str, str]
    open: int
    status: int | None = None
    end: float | None = None

    @property
    def conditional(self):
        return bool({"if-none-match", "if-modified-since"} & self.headers.keys())


@dataclasses.dataclass
class Page:
    """An answer that keeps the rules, unless `raw` says otherwise.

    `tag` is its ETag, `dated` gives it a Last-Modified; either is answered with 304 where it is asked for.
    `pause` waits before the answer. `raw` gets the socket and writes what it likes.
    """

    body: bytes = b""
    status: int = 200
    headers: dict[str, str] = dataclasses.field(default_factory=dict)
    kind: str = "text/html; charset=utf-8"
    tag: str | None = None
    dated: bool = False
    pause: float = 0.0
    raw: Callable[[socket.socket], None] | None = None

    def unchanged(self, asked):
        return (self.tag is not None and asked.get("if-none-match") == self.tag) or (
            self.dated and asked.get("if-modified-since") == LAST_MODIFIED
        )


class Host:
    """One host:port of the web; `routes` maps a path to a Page or to a function of (path, how-manieth request)."""

    def __init__(self, address="127.0.0.1", *, context=None):
        self.routes = {}
        self.log = []
        self.fallback = None
        self._open = 0
        self._lock = threading.Lock()
        self._context = context
        self._listener = socket.create_server((address, 0), backlog=64)
        self.port = self._listener.getsockname()[1]
        self.key = f"{address}:{self.port}"
        self.origin = f"{'https' if context else 'http'}://{self.key}"
        self._closing = threading.Event()
        threading.Thread(target=self._accept, daemon=True).start()

    def close(self):
        self._closing.set()
        self._listener.close()

    def paths(self):
        return [one.path for one in self.log]

    def asked(self, path):
        return [one for one in self.log if one.path == path]

    def _accept(self):
        while not self._closing.is_set():
            try:
                connection, _ = self._listener.accept()
            except OSError:
                return
            threading.Thread(target=self._serve, args=(connection,), daemon=True).start()

    def _serve(self, connection):
        with contextlib.suppress(OSError, ValueError):
            if self._context is not None:
                connection = self._context.wrap_socket(connection, server_side=True)
            while (head := _head(connection)) is not None:
                if not self._exchange(connection, head):
                    break
        connection.close()

    def _exchange(self, connection, head):
        lines = head.decode("latin-1").split("\r\n")
        headers = {
            name.strip().lower(): value.strip() for name, _, value in (line.partition(":") for line in lines[1:])
        }
        with self._lock:
            self._open += 1
            exchange = Exchange(time.monotonic(), lines[0].split(" ")[1], headers, self._open)
            self.log.append(exchange)
            number = sum(one.path == exchange.path for one in self.log)
        try:
            return self._answer(connection, exchange, number)
        finally:
            with self._lock:
                self._open -= 1
                exchange.end = time.monotonic()

    def _answer(self, connection, exchange, number):
        found = self.routes.get(exchange.path) or (self.fallback and self.fallback(exchange.path))
        if callable(found):
            found = found(number)
        page = found or Page(b"<title>Not found</title><p>No such page.</p>", 404)
        if page.pause and not hold(connection, page.pause):
            return False
        if page.raw is not None:
            page.raw(connection)
            return False
        if page.unchanged(exchange.headers):
            page = Page(status=304, tag=page.tag, dated=page.dated)
        exchange.status = page.status
        connection.sendall(response(page))
        return True


def _head(connection):
    """The head of the next request; None when the other side has gone."""
    data = b""
    while b"\r\n\r\n" not in data:
        more = connection.recv(65536)
        if not more:
            return None
        data += more
    return data.partition(b"\r\n\r\n")[0]


def hold(connection, seconds):
    """Wait without a word; false as soon as the other side hangs up."""
    readable, _, _ = select.select([connection], [], [], seconds)
    return not readable


def response(page):
    lines = {"Content-Type": page.kind, "Date": email.utils.formatdate(usegmt=True)}
    if page.status != 304:
        lines["Content-Length"] = str(len(page.body))
    if page.tag:
        lines["ETag"] = page.tag
    if page.dated:
        lines["Last-Modified"] = LAST_MODIFIED
    return head_of(page.status, lines | page.headers) + (b"" if page.status == 304 else page.body)


def head_of(status, headers):
    lines = "".join(f"{name}: {value}\r\n" for name, value in headers.items())
    return f"HTTP/1.1 {status} X\r\n{lines}\r\n".encode("latin-1")


# ways to break off or to dawdle
def reset(connection):
    """The connection breaks with a reset, as when a server dies."""
    connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    connection.close()


def words(*pieces, every=0.0):
    """Write exactly these bytes, one piece after the other, and hang up."""

    def raw(connection):
        for piece in pieces:
            connection.sendall(piece)
            if every and not hold(connection, every):
                return

    return raw


def drip(body, every=0.05):
    """A body that comes byte by byte for ever."""

    def raw(connection):
        connection.sendall(head_of(200, {"Content-Type": "text/html", "Content-Length": str(len(body))}))
        for byte in body:
            connection.sendall(bytes([byte]))
            if not hold(connection, every):
                return

    return raw


def silence(connection):
    """Nothing at all, until the other side gives up."""
    hold(connection, 600)
