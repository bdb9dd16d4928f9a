"""Addresses brought to one form; what may differ without meaning another page is listed in data/urls.toml."""

import re
import tomllib
from functools import lru_cache
from importlib.resources import files
from urllib.parse import SplitResult, parse_qsl, quote, urlencode, urlsplit

_TABLE = tomllib.loads(files("aggregator.dedupe").joinpath("data/urls.toml").read_text(encoding="utf-8"))
_DROP = frozenset(name for name in _TABLE["query"]["drop"] if not name.endswith("*"))
_DROP_PREFIXES = tuple(name[:-1] for name in _TABLE["query"]["drop"] if name.endswith("*"))
_VIEWS: dict[str, list[str]] = _TABLE["query"]["views"]
_VIEW_PARTS = frozenset(_TABLE["path"]["views"])
_INDEXES = frozenset(_TABLE["path"]["indexes"])
_ENDINGS: list[list[str]] = _TABLE["path"]["endings"]
_HOST_LABELS = frozenset(_TABLE["host"]["drop"])
_CACHED = re.compile(
    "^https?://(?:[^/]*"
    + "|".join(re.escape(cache) for cache in _TABLE["host"]["caches"])
    + r")/(?:[a-z]/)?(s/)?(?=\w)"
)
_DEFAULT_PORTS = {"http": 80, "https": 443}
_SAFE = "/:@!$&'()*+,;=~-._%"
_LATELY = 4096
"""Addresses remembered: each is asked for several times, but hardly again when many others have been."""
_ESCAPE = re.compile("%([0-9A-Fa-f]{2})")


@lru_cache(maxsize=_LATELY)
def canonicalise(url: str) -> str:
    """`url` without what does not change the page: fragment, trackers, default port, print and AMP views, index.

    Scheme and host in lower case, percent signs normalised, the order of other parameters kept. What is not an
    http address comes back stripped of spaces only. Applying it twice changes nothing more.
    """
    text, before = url.strip().encode("utf-8", "replace").decode("utf-8"), ""
    while text != before:  # a cached copy of an AMP page of…: each round takes one layer off
        before, text = text, _canonicalise_once(text)
    return text


def _canonicalise_once(url: str) -> str:
    cached = _CACHED.match(url)
    if cached:
        return ("https://" if cached[1] or url.startswith("https") else "http://") + url[cached.end() :]
    parts = _split(url)
    if parts is None or not parts.hostname:
        return url
    scheme, port = parts.scheme.lower(), parts.port
    host = f"[{parts.hostname}]" if ":" in parts.hostname else _ascii_host(parts.hostname.rstrip("."))
    if port is not None and port != _DEFAULT_PORTS[scheme]:
        host += f":{port}"
    return SplitResult(scheme, host, _path(parts.path), _query(parts.query), "").geturl()


def _split(url: str) -> SplitResult | None:
    """The parts of an http address; null for anything else."""
    try:
        parts = urlsplit(url)
        parts.port  # noqa: B018  an impossible port shows only when asked for
    except ValueError:
        return None
    return parts if parts.scheme.lower() in _DEFAULT_PORTS else None


def _ascii_host(host: str) -> str:
    try:
        return host if host.isascii() else host.encode("idna").decode("ascii")
    except UnicodeError:
        return host


def _path(path: str) -> str:
    if len(path) > 1:
        path = re.sub(r"/{2,}", "/", path)
    parts = quote(_ESCAPE.sub(_needed_escape, path), safe=_SAFE, errors="replace").split("/")
    if parts[-1].lower() in _INDEXES:
        parts[-1] = ""
    parts = _without_views(parts)
    text = "/".join(parts) or "/"
    for ending, plain in _ENDINGS:
        if text.lower().endswith(ending) and len(text) > len(ending) + 1:
            return text[: -len(ending)] + plain
    return text if text.startswith("/") else "/" + text


def _without_views(parts: list[str]) -> list[str]:
    """/review/print/ is /review/, /amp/review is /review, but a lone /amp is a page of its own."""
    shown = [part for part in parts if part]
    while len(shown) > 1 and shown[-1].lower() in _VIEW_PARTS:
        del shown[-1]
        parts = ["", *shown, ""]
    while len(shown) > 1 and shown[0].lower() == "amp":
        del shown[0]
        parts = ["", *shown] if parts[-1] else ["", *shown, ""]
    return parts


def _needed_escape(escape: re.Match[str]) -> str:
    """`%7E` is `~`, but `%2F` is no `/`."""
    character = chr(int(escape[1], 16))
    return character if character.isascii() and (character.isalnum() or character in "-._~") else escape[0].upper()


def _query(query: str) -> str:
    pairs = parse_qsl(query, keep_blank_values=True, max_num_fields=None)
    kept = [(name, value) for name, value in pairs if not _does_not_matter(name.lower(), value.lower())]
    return urlencode(kept)


def _does_not_matter(name: str, value: str) -> bool:
    return name in _DROP or name.startswith(_DROP_PREFIXES) or value in _VIEWS.get(name, ())


@lru_cache(maxsize=_LATELY)
def _parts_of(url: str) -> SplitResult | None:
    return _split(canonicalise(url))


@lru_cache(maxsize=_LATELY)
def address_key(url: str) -> str:
    """What all addresses of one page share: also scheme, www. and the like, final slash and parameter order."""
    parts = _parts_of(url)
    if parts is None:
        return canonicalise(url)
    query = urlencode(sorted(parse_qsl(parts.query, keep_blank_values=True)))
    return f"{site_key(url)}{parts.path.rstrip('/')}" + (f"?{query}" if query else "")


def site_key(url: str) -> str:
    """The host (and odd port) of an address without www., m. and the like; empty when it has none."""
    parts = _parts_of(url)
    if parts is None:
        return ""
    labels = parts.netloc.split(".")
    while len(labels) > 2 and labels[0] in _HOST_LABELS:
        del labels[0]
    return ".".join(labels)
