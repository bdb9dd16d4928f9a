"""Refuses requests to addresses that are not public or not http(s), and public ones without a contact."""

from typing import Self

from scrapy import Request
from scrapy.crawler import Crawler
from scrapy.http import Response

from aggregator.net.addresses import AddressGuard, AddressRefusedError
from aggregator.net.contact import contact_problem
from spiders.refusals import AddressNotAllowedError, CircleError

ENDPOINT = "aggregator_endpoint"
"""Key of the request's meta under which its `host:port` is found by the other middlewares."""


class GuardMiddleware:
    """Stands first in line, so that redirects, robots.txt and sitemaps pass it too."""

    def __init__(self, allow: set[str], contact: str) -> None:
        self._guard = AddressGuard(allow)
        self._contact_problem = contact_problem(contact)

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Scrapy's way to make one."""
        return cls(set(crawler.settings.getlist("AGGREGATOR_ALLOW")), crawler.settings.get("AGGREGATOR_CONTACT") or "")

    def process_request(self, request: Request) -> None:
        """Refuse, or note where the request goes: the download slot is host and port."""
        try:
            where = self._guard.check_url(request.url)
        except AddressRefusedError as error:
            raise AddressNotAllowedError(str(error)) from error
        if self._contact_problem and not self._guard.allows_by_name(where):
            raise AddressNotAllowedError(self._contact_problem)
        if request.url in request.meta.get("redirect_urls", ()):
            raise CircleError(f"{request.url} redirects to itself")
        request.meta["download_slot"] = request.meta[ENDPOINT] = where.key

    def process_response(self, request: Request, response: Response) -> Response:
        """Look once more at the address that really answered."""
        host, _, port = str(request.meta[ENDPOINT]).rpartition(":")
        if response.ip_address is not None and not self._guard.allows_resolved(
            host, int(port), str(response.ip_address)
        ):
            raise AddressNotAllowedError(f"{host} answered from {response.ip_address}, which is not public")
        return response
