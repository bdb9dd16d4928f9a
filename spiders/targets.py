"""What a crawl is aimed at: a source with its start address, the hosts that belong to it, and how far it has come."""

import heapq
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any
from urllib.parse import urldefrag, urljoin, urlsplit

from w3lib.url import canonicalize_url, safe_url_string

from aggregator.net.addresses import AddressRefusedError, endpoint
from aggregator.store import Link

_SESSION = re.compile(
    r";jsessionid=[^/?#]*|(?<=[?&])(?:phpsessid|jsessionid|aspsessionid\w*|sessionid|session_id|sid|osCsid|zenid|"
    r"cfid|cftoken|utm_\w+|fbclid|gclid|mc_[ce]id)=[^&#]*&?",
    re.IGNORECASE,
)

_FULL = re.compile(r"https?://", re.IGNORECASE)
_ORIGIN = re.compile(r"https?://[^/?#]+", re.IGNORECASE)
_ROOTED = re.compile(r"/(?!/)")


@dataclass(slots=True)
class Queue:
    """Links to visit: the highest priority first, then nearest to the start, then as they were met."""

    heap: list[tuple[int, int, int, Link]] = field(default_factory=list)

    def push(self, links: Iterable[Link]) -> None:
        """Take links in."""
        for link in links:
            heapq.heappush(self.heap, (-link.priority, link.depth, link.place, link))

    def pop(self) -> Link:
        """The next link; IndexError when there is none."""
        return heapq.heappop(self.heap)[-1]

    def first(self) -> Link | None:
        """The next link, left where it is."""
        return self.heap[0][-1] if self.heap else None

    def __len__(self) -> int:
        return len(self.heap)

    def __iter__(self) -> Iterator[Link]:
        return (entry[-1] for entry in self.heap)


@dataclass(slots=True)
class Target:
    """One source under way.

    `hosts` are the host:ports whose pages belong to it, learnt from the start pages; `asked` counts the pages
    asked for; `follow` says that links on its pages are followed. `way` is the place in `ways` that discovery
    has come to, `found` how many pages the ways so far have named, `hints` what the start page says of feeds,
    interface and links, needed until discovery is through. `failures` counts those in a row, `left` is what an
    earlier crawl did not come to, `ended_by` why nothing more is asked in this run.
    """

    name: str
    starts: list[str]
    max_pages: int
    ways: tuple[str, ...] = ()
    thorough: bool = False
    hosts: set[str] = field(default_factory=set)
    seen: set[str] = field(default_factory=set)
    queue: Queue = field(default_factory=Queue)
    under_way: Link | None = None
    asked: int = 0
    follow: bool = False
    way: int = -1
    found: int = 0
    documents: int = 0
    place: int = 0
    hints: dict[str, Any] = field(default_factory=dict)
    left: tuple[Link, ...] = ()
    failures: int = 0
    limits: dict[str, Any] = field(default_factory=dict)
    ended_by: str | None = None

    def __post_init__(self) -> None:
        for start in self.starts:
            self.adopt(start)

    @property
    def start(self) -> str:
        """The first start address."""
        return self.starts[0]

    @property
    def through(self) -> bool:
        """Whether every way to find pages has been gone."""
        return self.way >= len(self.ways)

    @property
    def hints_needed(self) -> bool:
        """Whether discovery may still ask what the start page said."""
        return not self.through or "left_out" in self.hints

    def adopt(self, url: str) -> None:
        """Count the host of `url` as the source's own, with and without `www.`."""
        where = endpoint(url)
        bare = where.host.removeprefix("www.")
        for host in (where.host, bare, f"www.{bare}"):
            # a site may answer on http and https alike; any other port is another site
            ports = {80, 443} if where.port in {80, 443} else {where.port}
            self.hosts.update(f"[{host}]:{port}" if ":" in host else f"{host}:{port}" for port in ports)

    def owns(self, url: str) -> bool:
        """Whether the address lies on the source's own site."""
        try:
            return endpoint(url).key in self.hosts
        except AddressRefusedError:
            return False

    def is_new(self, url: str) -> bool:
        """Whether this address was not yet met in this crawl; it counts as met from now on."""
        key = same_address_key(url)
        if key in self.seen:
            return False
        self.seen.add(key)
        return True

    def met(self, url: str) -> bool:
        """Whether this address was met in this crawl."""
        return same_address_key(url) in self.seen

    def link(self, url: str, found_by: str, *, kind: str = "page", depth: int = 0, priority: int = 0) -> Link:
        """A link to visit, numbered in the order met."""
        self.place += 1
        return Link(url, depth, found_by, kind, priority, self.place)

    def state(self) -> dict[str, Any]:
        """How far the crawl has come, as JSON; `restore` takes it back."""
        kept = ("asked", "follow", "way", "found", "documents", "place")
        state: dict[str, Any] = {name: getattr(self, name) for name in kept}
        return state | {"hosts": sorted(self.hosts), "hints": self.hints if self.hints_needed else {}}

    def restore(self, state: Mapping[str, Any]) -> None:
        """Go on where a broken-off crawl stood."""
        for name in ("asked", "follow", "way", "found", "documents", "place"):
            setattr(self, name, state.get(name, getattr(self, name)))
        self.hosts.update(state.get("hosts", ()))
        self.hints = dict(state.get("hints", {}))


def same_address_key(url: str) -> str:
    """One text for all spellings of an address: order of the query, encoding, default port, http or https."""
    parts = urlsplit(canonicalize_url(url))
    default = {"http": ":80", "https": ":443"}.get(parts.scheme, "")
    host = parts.netloc.removesuffix(default)
    return f"{host}{parts.path}?{parts.query}"


def absolute(base: str, link: str) -> str | None:
    """A link as the absolute http(s) address it leads to, without fragment, session id and campaign marks; None
    when it is none.
    """
    link = link.strip()
    # most links of a page lead to the same places as those of the page before
    start = _FULL.match(link) or (_ORIGIN.match(base) if _ROOTED.match(link) else None)
    return _absolute(start[0] if start else base, link)


@lru_cache(maxsize=20_000)
def _absolute(base: str, link: str) -> str | None:
    try:
        url = urldefrag(urljoin(base, link)).url
        url = safe_url_string(url)
        if _SESSION.search(url):
            url = _SESSION.sub("", url).rstrip("?&")
        endpoint(url)
    except (ValueError, UnicodeError):
        return None
    return url


def source_name(url: str) -> str:
    """The name of a source that has none: its host without `www.`, with the port when it is an odd one."""
    where = endpoint(url)
    host = where.host.removeprefix("www.")
    return host if where.port in {80, 443} else where.key.removeprefix("www.")
