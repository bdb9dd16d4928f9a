"""What all spiders share: the arguments they take, the data folder, and pages as items."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from scrapy import Spider
from scrapy.exceptions import (
    CannotResolveHostError,
    DownloadCancelledError,
    DownloadTimeoutError,
    IgnoreRequest,
)
from scrapy.http import Response
from scrapy.spidermiddlewares.httperror import HttpError

from aggregator.archive import FetchedPage, utc_now
from aggregator.errors import UsageError
from aggregator.net.addresses import AddressRefusedError
from pipelines.folder import DataFolder
from spiders.refusals import RefusedError
from spiders.targets import Target, source_name

TARGET = "aggregator_target"
LINK = "aggregator_link"
PERMIT = "aggregator_permit"
"""Meta key: what permitted the request, in words."""

MAX_PAGES_PER_SOURCE = 20_000
"""Pages of one source in one run; reaching it is told as a failure, unlike a --max-pages the user gave."""


@dataclass(frozen=True, slots=True)
class Aim:
    """A source to crawl as its configuration has it; `ways` is empty where the spider is to find out by itself."""

    start: str
    name: str | None = None
    max_pages: int | None = None
    ways: tuple[str, ...] = ()
    limits: dict[str, Any] = field(default_factory=dict)


class ReviewSpider(Spider):
    """Turns addresses into FetchedPage items.

    Arguments (`-a`): `url` one or several addresses with commas between, `source` a name for them,
    `max_pages` the most pages to ask for of each.
    """

    ways: tuple[str, ...] = ()
    """Ways to find pages, see spiders/ways.py."""

    def __init__(
        self,
        url: str = "",
        source: str | None = None,
        max_pages: str | int | None = None,
        targets: Iterable[Aim | tuple[str | None, str]] = (),
        **kwargs: Any,
    ) -> None:
        super().__init__(**kwargs)
        self.user_limit = _positive(max_pages)
        aims = [aim if isinstance(aim, Aim) else Aim(aim[1], aim[0]) for aim in targets]
        aims = aims or [Aim(start.strip(), source) for start in url.split(",") if start.strip()]
        self.targets: list[Target] = []
        for aim in aims:
            self._aim_at(aim)

    @property
    def stats(self) -> Any:
        """The crawl's counts."""
        return self.crawler.stats

    @property
    def folder(self) -> DataFolder | None:
        """The run's data folder; None when the extension is switched off."""
        return self.crawler.get_extension(DataFolder)

    def _aim_at(self, aim: Aim) -> None:
        try:
            name = aim.name or source_name(aim.start)
            same = next((target for target in self.targets if target.name == name), None)
            if same is not None:  # two addresses of one site are one source
                same.starts.append(aim.start)
                same.adopt(aim.start)
                return
            target = Target(name, [aim.start], self.user_limit or aim.max_pages or MAX_PAGES_PER_SOURCE)
        except AddressRefusedError as error:
            raise UsageError(f"{aim.start}: {error}") from error
        target.ways = aim.ways or self.ways
        target.thorough = bool(aim.ways)
        target.limits = dict(aim.limits)
        self.targets.append(target)

    def own_limit(self, target: Target) -> bool:
        """Whether the most pages of a target are what the user said."""
        return target.max_pages != MAX_PAGES_PER_SOURCE


def fetched(response: Response, target: Target, kind: str = "page") -> FetchedPage:
    """The response as what the pipelines take."""
    request = response.request
    assert request is not None
    return FetchedPage(
        url=(request.meta.get("redirect_urls") or [response.url])[0],
        final_url=response.url,
        status=response.status,
        headers=_pairs(response.headers),
        body=response.body,
        fetched_at=utc_now(),
        source=target.name,
        found_by=request.meta[LINK].found_by,
        request_headers=_pairs(request.headers),
        kind=kind,
        permitted_by=request.meta.get(PERMIT),
        length_unknown="partial" in response.flags,
    )


_REASONS: tuple[tuple[type[BaseException], str], ...] = (
    (DownloadTimeoutError, "timeout"),
    (DownloadCancelledError, "too_large"),
    (CannotResolveHostError, "unresolved"),
)


def reason_of(error: BaseException | None) -> str:
    """One word for what kept a page from being read, like `http_503`, `timeout`, `robots` or `address`."""
    if isinstance(error, RefusedError):
        return error.reason
    if isinstance(error, HttpError):
        return f"http_{error.response.status}"
    for kind, word in _REASONS:
        if isinstance(error, kind):
            return word
    return "redirects" if isinstance(error, IgnoreRequest) else "connection"


def _pairs(headers: Any) -> tuple[tuple[str, str], ...]:
    return tuple(
        (name.decode("latin-1"), value.decode("latin-1")) for name, values in headers.items() for value in values
    )


def _positive(value: str | int | None) -> int | None:
    if value in (None, ""):
        return None
    try:
        number = int(value)
    except ValueError as error:
        raise UsageError(f"max_pages {value!r}: give a whole number") from error
    if number < 1:
        raise UsageError(f"max_pages {number}: give a number of 1 or more")
    return number
