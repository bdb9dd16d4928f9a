"""`scrapy crawl saved -a path=…`: pages saved as files, folders of them, WARC and WACZ; no network at all."""

import dataclasses
import re
from collections.abc import AsyncIterator, Iterator, Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from aggregator.archive import FetchedPage, iter_responses
from aggregator.archive.reader import is_archive
from aggregator.errors import AggregatorError, UsageError
from aggregator.inputs import LABELS, READERS, Input, read_file
from spiders import counts
from spiders.base import ReviewSpider
from spiders.targets import absolute, source_name

_HTML = ("text/html", "application/xhtml+xml")
# what browsers write at the top of a saved page, and what pages say of their own address
_SAVED_FROM = re.compile(rb"<!-- saved from url=\(\d+\)(\S+) -->")
_CANONICAL = (
    re.compile(rb"<link\b[^>]*\brel=[\"']?canonical\b[^>]*>", re.IGNORECASE),
    re.compile(rb"<meta\b[^>]*\bproperty=[\"']?og:url\b[^>]*>", re.IGNORECASE),
)
_ADDRESS = re.compile(rb"\b(?:href|content)=[\"']?(https?://[^\s\"'>]+)", re.IGNORECASE)


class SavedSpider(ReviewSpider):
    """Yields saved pages as if they had been fetched.

    A page's address is the one saved with it (`page.json`, WARC, MHTML), else what the page says of itself
    (browsers' "saved from" note, canonical link); without any the file's own.
    """

    name = "saved"

    def __init__(
        self,
        path: str = "",
        source: str | None = None,
        paths: tuple[str, ...] = (),
        names: Mapping[str, str] | None = None,
        **kwargs: Any,
    ) -> None:
        super().__init__(source=source, **kwargs)
        self.source = source
        self.names = dict(names or {})
        self.paths = [Path(text) for text in (paths or tuple(path.split(","))) if str(text).strip()]
        if not self.paths:
            raise UsageError("spider saved: give it -a path=FILE")

    async def start(self) -> AsyncIterator[Any]:
        """Every page of every path, in the order given."""
        for path in self.paths:
            for file in files_of(path):
                for page in self._archived(file) if is_archive(file) else self._saved(file, named=file == path):
                    self.stats.inc_value(counts.FETCHED)
                    yield with_source(page, self.source, self.names)

    def _archived(self, file: Path) -> Iterator[FetchedPage]:
        try:
            for page in iter_responses(file, self._broken):
                kind = (page.header("Content-Type") or "text/html").partition(";")[0].strip().lower()
                if page.status == 200 and kind in _HTML:
                    yield page
                else:
                    self.stats.inc_value(counts.NOT_HTML)
        except (AggregatorError, OSError) as error:
            self._broken(f"{file}: {error}")

    def _saved(self, file: Path, *, named: bool) -> Iterator[FetchedPage]:
        for found in read_file(file):
            if found.error and file.suffix == ".json" and not named:
                self.stats.inc_value(counts.NOT_HTML)  # JSON of any kind lies about in folders
            elif found.error:
                self._broken(found.error)
            else:
                yield saved_page(file, found)

    def _broken(self, message: str) -> None:
        self.stats.inc_value(counts.FAILED)
        self.logger.warning("not read: %s", message)


def files_of(path: Path) -> list[Path]:
    """The file itself, or every page and archive under a folder, in order of name."""
    if path.is_dir():
        return sorted(child for child in path.rglob("*") if child.is_file() and _is_input(child))
    return [path]


def _is_input(path: Path) -> bool:
    name = path.name.lower().removesuffix(".gz")
    return is_archive(path) or (path.name not in LABELS and name.endswith(tuple(READERS)))


def saved_page(file: Path, found: Input) -> FetchedPage:
    """One saved page; a file without a date was fetched when it was last written."""
    url = found.url or own_address(found.body) or file.resolve().as_uri() + found.path.removeprefix(str(file))
    when = found.fetched_at or datetime.fromtimestamp(int(file.stat().st_mtime), UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    kind = "text/plain" if file.name.lower().endswith((".txt", ".txt.gz")) else "text/html"
    return FetchedPage(url, url, 200, (("Content-Type", kind),), found.body, when, found_by=f"file {file.name}")


def own_address(body: bytes) -> str | None:
    """The http(s) address that a saved page names as its own, or None."""
    saved = _SAVED_FROM.search(body[:4096])
    if saved and (url := absolute("", saved[1].decode("utf-8", "replace"))):
        return url
    for pattern in _CANONICAL:
        tag = pattern.search(body[:200_000])
        address = _ADDRESS.search(tag[0]) if tag else None
        if address and (url := absolute("", address[1].decode("utf-8", "replace").replace("&amp;", "&"))):
            return url
    return None


def with_source(page: FetchedPage, source: str | None, names: Mapping[str, str]) -> FetchedPage:
    """The page with its source: the one given, the one it has, or its host, which `names` may call otherwise."""
    name = source or page.source
    if name is None:
        host = source_name(page.final_url) if page.final_url.startswith("http") else "saved"
        name = names.get(host, host)
    return dataclasses.replace(page, source=name, place=None)
