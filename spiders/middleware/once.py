"""Each page once a crawl, redirects included: one that leads to an address this crawl has met is not followed."""

from scrapy import Request

from spiders.base import TARGET
from spiders.refusals import KnownAlreadyError
from spiders.targets import Target, same_address_key


class OnceMiddleware:
    """Sites send what they no longer have to their front page; it need not be asked for a hundred times."""

    def process_request(self, request: Request) -> None:
        """Refuse the target of a redirect that is asked for anyway; another spelling of an address is no other."""
        came_from = request.meta.get("redirect_urls")
        target: Target | None = request.meta.get(TARGET)
        if not came_from or target is None or not target.met(request.url):
            return
        if same_address_key(request.url) not in {same_address_key(url) for url in came_from}:
            raise KnownAlreadyError(f"{came_from[0]} leads to {request.url}, which is met already")
