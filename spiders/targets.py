"""What a crawl is aimed at: a source with its start address, the hosts that belong to it, and its budgets."""

from dataclasses import dataclass, field
from urllib.parse import urldefrag, urljoin, urlsplit

from w3lib.url import canonicalize_url, safe_url_string

from aggregator.net.addresses import AddressRefusedError, endpoint


@dataclass(slots=True)
class Target:
    """One source under way.

    `hosts` are the host:ports whose pages belong to it, learnt from the start page; `asked` counts the pages
    asked for; `follow` says that links on its pages are followed, because nothing lists them all.
    """

    name: str
    start: str
    max_pages: int
    hosts: set[str] = field(default_factory=set)
    seen: set[str] = field(default_factory=set)
    asked: int = 0
    follow: bool = False

    def __post_init__(self) -> None:
        self.adopt(self.start)

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
        """Whether this address was not yet met in this run; it counts as met from now on."""
        key = same_address_key(url)
        if key in self.seen:
            return False
        self.seen.add(key)
        return True


def same_address_key(url: str) -> str:
    """One text for all spellings of an address: order of the query, encoding, default port, http or https."""
    parts = urlsplit(canonicalize_url(url))
    default = {"http": ":80", "https": ":443"}.get(parts.scheme, "")
    host = parts.netloc.removesuffix(default)
    return f"{host}{parts.path}?{parts.query}"


def absolute(base: str, link: str) -> str | None:
    """A link as the absolute http(s) address it leads to, without fragment; None when it is none."""
    try:
        url = urldefrag(urljoin(base, link.strip())).url
        url = safe_url_string(url)
        endpoint(url)
    except (ValueError, UnicodeError):
        return None
    return url


def source_name(url: str) -> str:
    """The name of a source that has none: its host without `www.`, with the port when it is an odd one."""
    where = endpoint(url)
    host = where.host.removeprefix("www.")
    return host if where.port in {80, 443} else where.key.removeprefix("www.")
