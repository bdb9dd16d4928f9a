"""The demo's sites, read from the labelled fixtures; a new layout there is a new site here."""

import json
import re
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from aggregator.errors import UnreadableInputError

_NOINDEX = re.compile(rb"<meta\b[^>]*\bname=[\"']?robots\b[^>]*\bnoindex\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class SitePage:
    """One page: its path and query on the site, its bytes, and how many reviews a careful reader finds on it.

    `reviews` is None where nobody has labelled it; `noindex` says that the page asks machines not to take it.
    """

    path: str
    body: bytes
    fetched_at: str
    reviews: int | None
    noindex: bool = False


@dataclass(frozen=True, slots=True)
class Site:
    """One site. `robots` is its robots.txt with `{origin}` for its own address."""

    name: str
    host: str
    title: str
    discovery: str
    robots: str
    pages: dict[str, SitePage] = field(default_factory=dict)


def sites_folder() -> Path:
    """Where the fixtures are: inside an installed package, or beside it in a checkout."""
    here = Path(__file__).parent
    for folder in (here / "sites", here.parent.parent / "fixtures" / "sites"):
        if folder.is_dir():
            return folder
    raise UnreadableInputError(f"{here}: the demo's sites are missing; reinstall the package")


def load_sites(folder: Path | None = None) -> list[Site]:
    """Every site of the folder, in order of name; pages without an address are left out."""
    root = folder or sites_folder()
    return [_load_site(path.parent) for path in sorted(root.glob("*/site.json"))]


def _load_site(folder: Path) -> Site:
    about = _json(folder / "site.json")
    site = Site(folder.name, about["host"], about["name"], about["discovery"], about["robots"])
    for note in sorted(folder.glob("*/page.json")):
        page = _load_page(note, site.host)
        if page is not None:
            site.pages[page.path] = page
    return site


def _load_page(note: Path, host: str) -> SitePage | None:
    about = _json(note)
    html, labels = note.with_name("page.html"), note.with_name("expected.json")
    if not about.get("url") or not html.is_file():
        return None
    parts = urlsplit(about["url"])
    if parts.netloc != host:
        raise UnreadableInputError(f"{note}: its address is not on {host}")
    reviews = _json(labels)["reviews"] if labels.is_file() else None
    path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    body = html.read_bytes()
    number = None if reviews is None else len(reviews)
    return SitePage(path, body, about["fetched_at"], number, _NOINDEX.search(body) is not None)


def _json(path: Path) -> dict[str, Any]:
    try:
        data = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise UnreadableInputError(f"{path}: {error}") from error
    if not isinstance(data, dict):
        raise UnreadableInputError(f"{path}: not a JSON object")
    return data
