"""What the demo should come to, by the fixtures' labels, and how that differs from what it came to."""

from collections import Counter
from collections.abc import Collection, Iterable
from urllib.parse import urljoin

from aggregator.demo.server import SiteServer
from aggregator.net.contact import AGENT_NAME
from aggregator.net.robots import Robots


def robots_of(server: SiteServer) -> Robots:
    """The site's robots.txt as served."""
    return Robots.parse(server.documents["/robots.txt"].body)


def expected_reviews(server: SiteServer) -> dict[str, int]:
    """Address -> number of reviews, for every labelled page that the site lets us take."""
    robots = robots_of(server)
    return {
        urljoin(server.origin, path): page.reviews
        for path, page in server.site.pages.items()
        if page.reviews is not None and not page.noindex and robots.allowed(urljoin(server.origin, path), AGENT_NAME)
    }


def differences(
    servers: Iterable[SiteServer], found: Counter[str], pages: set[str], robots_known: Collection[str] = ()
) -> list[str]:
    """One line for everything that is not as the labels say; empty when all is.

    `found` counts the staged reviews by page address, `pages` are the addresses of the staged pages;
    `robots_known` are the origins whose robots.txt was read in an earlier run and still counts.
    """
    lines: list[str] = []
    for server in servers:
        lines += _manners(server, robots_known)
        wanted = expected_reviews(server)
        for url, number in wanted.items():
            if url not in pages:
                lines.append(f"{server.site.name}: {url} was not read")
            elif found[url] != number:
                lines.append(f"{server.site.name}: {url} has {number} reviews, {found[url]} were found")
        own = {url for url in found if url.startswith(f"{server.origin}/")}
        lines += [
            f"{server.site.name}: {url} has no review, {found[url]} were found" for url in sorted(own - set(wanted))
        ]
    return lines


def _manners(server: SiteServer, robots_known: Collection[str]) -> list[str]:
    robots = robots_of(server)
    forbidden = [p for p in server.asked if not robots.allowed(urljoin(server.origin, p), AGENT_NAME)]
    lines = [f"{server.site.name}: {path} was asked for although robots.txt forbids it" for path in forbidden]
    if server.asked[:1] not in ([], ["/robots.txt"]) and server.origin not in robots_known:
        lines.append(f"{server.site.name}: {server.asked[0]} was asked for before robots.txt")
    if server.most_at_once > 1:
        lines.append(f"{server.site.name}: {server.most_at_once} requests at one time")
    return lines
