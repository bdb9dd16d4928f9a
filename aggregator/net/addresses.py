"""Which addresses a crawl may reach; the ranges are in special.txt, the decision in `AddressGuard`."""

import ipaddress
import re
import unicodedata
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib import resources
from urllib.parse import unquote, urlsplit

from aggregator.errors import UsageError

_IPAddress = ipaddress.IPv4Address | ipaddress.IPv6Address
_DEFAULT_PORTS = {"http": 80, "https": 443}
_GLOBAL_V6 = ipaddress.ip_network("2000::/3")
_NAT64 = ipaddress.ip_network("64:ff9b::/96")
_LOCAL_NAMES = ("localhost", "local", "internal", "localdomain", "home.arpa", "lan", "onion")
_UNPLAIN = re.compile(r"[\x00-\x20\x7f\\]")
_NUMBER_PART = re.compile(r"0x[0-9a-f]*|[0-9]+")


class AddressRefusedError(ValueError):
    """An address that a crawl must not reach; the text says why."""


@cache
def _special() -> tuple[ipaddress.IPv4Network | ipaddress.IPv6Network, ...]:
    text = (resources.files("aggregator.net") / "special.txt").read_text(encoding="utf-8")
    lines = [line.split()[0] for line in text.splitlines() if line and not line.startswith("#")]
    return tuple(ipaddress.ip_network(line) for line in lines)


def is_public(ip: str | _IPAddress) -> bool:
    """Whether an IP address is on the public internet; an IPv4 address inside an IPv6 one decides for it.

    Text that is no plain IP address is not public.
    """
    try:
        address = ipaddress.ip_address(ip)
    except ValueError:
        return False
    if isinstance(address, ipaddress.IPv6Address):
        inner = _inner_v4(address)
        if inner is not None:
            return is_public(inner)
        if address.scope_id is not None or address not in _GLOBAL_V6:
            return False
    return not any(address in network for network in _special() if network.version == address.version)


def _inner_v4(address: ipaddress.IPv6Address) -> ipaddress.IPv4Address | None:
    if address.ipv4_mapped is not None:
        return address.ipv4_mapped
    if address.sixtofour is not None:
        return address.sixtofour
    if address in _NAT64:
        return ipaddress.IPv4Address(address.packed[-4:])
    return None


@dataclass(frozen=True, slots=True)
class Endpoint:
    """Scheme, host (lower case, ASCII) and port of an address; `ip` when the host is an IP literal."""

    scheme: str
    host: str
    port: int
    ip: _IPAddress | None = None

    @property
    def key(self) -> str:
        """`host:port`, with brackets round an IPv6 host: the form `--allow` takes."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        return f"{host}:{self.port}"


def endpoint(url: str) -> Endpoint:
    """Where a request for `url` would go. Raises AddressRefusedError unless it is a plain http(s) address.

    Refused: other schemes, user names, spaces and control characters, hosts that are a number in an odd
    form (`127.1`, `0x7f.1`, `2130706433`), ports outside 1..65535.
    """
    if _UNPLAIN.search(url):
        raise AddressRefusedError("spaces, control characters or backslashes in the address")
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError as error:
        raise AddressRefusedError(f"not an address: {error}") from error
    scheme = parts.scheme.lower()
    if scheme not in _DEFAULT_PORTS:
        raise AddressRefusedError(f"only http and https are fetched, not {scheme[:20]!r}")
    if "@" in parts.netloc:
        raise AddressRefusedError("user names in an address are not sent")
    if port == 0:
        raise AddressRefusedError("port 0")
    host, ip = _host(parts.hostname or "")
    return Endpoint(scheme, host, port or _DEFAULT_PORTS[scheme], ip)


@lru_cache(maxsize=4096)
def _host(text: str) -> tuple[str, _IPAddress | None]:
    # full-width digits, percent signs and ideographic dots all end as something a resolver may read as a number
    host = unicodedata.normalize("NFKC", unquote(text)).lower().replace("\u3002", ".").rstrip(".")
    if not host:
        raise AddressRefusedError("no host")
    if ":" in host:
        return _literal(host)
    if not host.isascii():
        try:
            host = host.encode("idna").decode("ascii")
        except UnicodeError as error:
            raise AddressRefusedError("not a host name") from error
    if _NUMBER_PART.fullmatch(host.rpartition(".")[2]):
        # a last label that is a number makes the whole host an IPv4 address, as browsers read it
        return _literal(host)
    if not re.fullmatch(r"[a-z0-9_]([a-z0-9_.-]{0,251}[a-z0-9_])?", host) or ".." in host:
        raise AddressRefusedError("not a host name")
    return host, None


def _literal(host: str) -> tuple[str, _IPAddress]:
    try:
        ip = ipaddress.ip_address(host)
    except ValueError as error:
        raise AddressRefusedError(f"host {host[:60]!r} is a number in an odd form") from error
    return str(ip), ip


class AddressGuard:
    """Decides whether an address may be reached: public, or named exactly in `allow` as `host:port`."""

    def __init__(self, allow: set[str] | frozenset[str] = frozenset()) -> None:
        self.allow = frozenset(allow_key(entry) for entry in allow)

    def allows_by_name(self, where: Endpoint) -> bool:
        """Whether this exact host:port was allowed by the user."""
        return where.key in self.allow

    def check_url(self, url: str) -> Endpoint:
        """The endpoint of an address that may be asked for. Raises AddressRefusedError when it may not."""
        where = endpoint(url)
        if self.allows_by_name(where):
            return where
        if where.ip is not None and not is_public(where.ip):
            raise AddressRefusedError(f"{where.key} is not a public address (--allow {where.key} permits it)")
        last = where.host.split(".")
        if where.ip is None and any(last[-len(n.split(".")) :] == n.split(".") for n in _LOCAL_NAMES):
            raise AddressRefusedError(f"{where.key} is a local name (--allow {where.key} permits it)")
        return where

    def allows_resolved(self, host: str, port: int, ip: str) -> bool:
        """Whether a connection to `host:port` may go to the address `ip` that its name resolved to."""
        bare = host.strip("[]").rstrip(".").lower()
        key = f"[{bare}]:{port}" if ":" in bare else f"{bare}:{port}"
        return key in self.allow or is_public(ip)


def allow_key(entry: str) -> str:
    """The normal form of one `--allow HOST:PORT`. Raises UsageError when it is not exactly that."""
    try:
        where = endpoint(f"http://{entry}")
        exact = urlsplit(f"http://{entry}").port is not None and "/" not in entry and "?" not in entry
    except AddressRefusedError as error:
        raise UsageError(f"--allow {entry}: {error}; give HOST:PORT") from error
    if not exact or "#" in entry:
        raise UsageError(f"--allow {entry}: give one HOST:PORT, for example 127.0.0.1:8000")
    return where.key
