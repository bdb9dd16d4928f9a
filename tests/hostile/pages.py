"""The pages the hostile hosts are made of: a film's review, lists of links, sitemaps, redirects."""

from tests.hostile.server import Page
from tests.spiders.loopback import review


def film(title, **more):
    return Page(review(title), **more)


def links(*paths, head=""):
    rows = "".join(f'<p><a href="{path}">Review {number}</a></p>' for number, path in enumerate(paths))
    return Page(f"<html><head><title>Film reviews</title>{head}</head><body>{rows}</body></html>".encode())


def sitemap(*urls):
    rows = "".join(f"<url><loc>{url}</loc></url>" for url in urls)
    return Page(f'<?xml version="1.0"?><urlset>{rows}</urlset>'.encode(), kind="application/xml")


def robots(text, **more):
    return Page(text.encode() if isinstance(text, str) else text, kind="text/plain", **more)


def moved(to, status=302, **headers):
    return Page(status=status, headers={"Location": to} | headers)


def reviews(host, count, path="/reviews/{}"):
    paths = [path.format(number) for number in range(count)]
    for number, one in enumerate(paths):
        host.routes[one] = film(f"Film {host.port} {number}")
    return paths
