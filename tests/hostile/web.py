"""A small hostile web: each host is a function that lays its traps and says by hand what a crawl must make of them.

A new trap is a route on one of the hosts, or a host of its own in `HOSTS`; `Wanted` says what the server's log and
the store must show.
"""

import socket
import threading

from tests.hostile import server
from tests.hostile.bodies import bombs, cut, headless, lying, slow
from tests.hostile.pages import film, links, moved, reviews, robots, sitemap
from tests.hostile.server import Host, Page, head_of, words
from tests.hostile.wanted import Wanted
from tests.spiders.loopback import review


class Web:
    """All hosts, and one more that nobody may ever reach: it listens on every address of this machine."""

    def __init__(self):
        self.canary = _Canary()
        self.hosts = {}
        self.wanted = {}
        for name, build in HOSTS.items():
            self.hosts[name] = host = Host()
            self.wanted[name] = build(host, self)

    def __enter__(self):
        return self

    def __exit__(self, *_):
        for host in self.hosts.values():
            host.close()
        self.canary.close()

    def other(self, name):
        """The origin of a host further down the table."""
        return self.hosts[name].origin


class _Canary:
    """Counts connections from anywhere on this machine, over IPv4 and IPv6."""

    def __init__(self):
        self.reached = 0
        self._listener = socket.create_server(("::", 0), family=socket.AF_INET6, dualstack_ipv6=True)
        self.port = self._listener.getsockname()[1]
        threading.Thread(target=self._count, daemon=True).start()

    def _count(self):
        while True:
            try:
                connection, _ = self._listener.accept()
            except OSError:
                return
            self.reached += 1
            connection.close()

    def close(self):
        self._listener.close()


def calendar(host, _web):
    """A calendar without end, facets, session ids, a path that repeats itself, paging that never stops."""

    def endless(path):
        if path.startswith("/calendar/"):
            number = int(path.rpartition("/")[2])
            return links(*(f"/calendar/{number + step}" for step in (1, 2, 30)))
        if path.startswith("/shop?"):
            return links(
                *(f"{path}&colour={n}" for n in range(4)), *(f"/shop?size={n}&colour={len(path)}" for n in "sml")
            )
        if path.startswith("/archive?page="):
            return links(f"/archive?page={int(path.rpartition('=')[2]) + 1}")
        if path.endswith("/more/"):
            return links(f"{path}more/", f"{path}even/more/")
        if path.startswith("/s/"):
            return links(
                *(f"/reviews/{n}?PHPSESSID={len(path)}{n}" for n in range(5)), f"/s/{len(path)}?sid={path[-1]}x"
            )
        return None

    host.fallback = endless
    paths = reviews(host, 5)
    host.routes["/"] = links("/calendar/1", "/shop?size=s", "/archive?page=1", "/more/", "/s/1", *paths[:2])
    return Wanted(set(paths))


def flaky(host, _web):
    """Errors that pass: 503, 500, resets, broken bodies; one that never does; Retry-After in seconds and as a date."""
    paths = reviews(host, 9)
    good = dict(host.routes)

    def at_first(times, bad, path):
        return lambda number: bad if number <= times else good[path]

    whole = review("Torn")
    torn = head_of(200, {"Content-Type": "text/html", "Content-Length": str(len(whole))}) + whole[:-700]
    chunk = head_of(200, {"Content-Type": "text/html", "Transfer-Encoding": "chunked"})
    soon = server.email.utils.formatdate(server.time.time() + 2, usegmt=True)
    host.routes |= {
        paths[0]: at_first(1, Page(status=503), paths[0]),
        paths[1]: at_first(4, Page(status=500), paths[1]),
        paths[2]: at_first(2, Page(raw=server.reset), paths[2]),
        paths[3]: at_first(1, Page(raw=words(torn)), paths[3]),
        paths[4]: at_first(1, Page(raw=words(chunk, b"40\r\n", whole[:20])), paths[4]),
        paths[5]: at_first(1, Page(status=429, headers={"Retry-After": "1"}), paths[5]),
        paths[6]: at_first(1, Page(status=503, headers={"Retry-After": soon}), paths[6]),
        paths[7]: at_first(3, Page(status=502, headers={"Retry-After": "0"}), paths[7]),
        "/never/500": Page(status=500),
        "/never/reset": Page(raw=server.reset),
    }
    host.routes["/"] = links(*paths, "/never/500", "/never/reset")
    return Wanted(set(paths), once=False)


def inward(host, web):
    """Every way to lead a crawl to this machine's own addresses: the canary must not see one connection."""
    port = web.canary.port
    spellings = [
        "127.0.0.1", "127.1", "127.0.0.2", "0x7f.0.0.1", "0x7f000001", "2130706433", "017700000001", "0177.0.0.1", "0",
        "0.0.0.0", "localhost", "localhost.", "LOCALHOST", "foo.localhost", "127.0.0.1.", "[::1]", "[::]",
        "[::ffff:127.0.0.1]", "[::ffff:7f00:1]", "[0:0:0:0:0:0:0:1]", "[64:ff9b::7f00:1]", "[2002:7f00:1::]",
        "①②⑦.⓪.⓪.①", "127。0。0。1", "%31%32%37.0.0.1", "169.254.169.254", "10.0.0.1", "metadata.google.internal",
        f"user:secret@127.0.0.1:{port}/?", f"{host.key}@127.0.0.1", "127.0.0.1%00.example.org",
        "127.0.0.1\\.example.org",
    ]  # fmt: skip
    urls = [f"http://{one}:{port}/reviews/{n}" for n, one in enumerate(spellings)]
    urls += [
        f"https://127.0.0.1:{port}/x",
        f"ftp://127.0.0.1:{port}/x",
        f"gopher://127.0.0.1:{port}/x",
        f"//127.0.0.1:{port}/x",
    ]
    urls += ["file:///etc/passwd", "data:text/html,<p>x</p>", "s3://bucket/x", "javascript:alert(1)"]
    private = f"http://127.0.0.1:{port}"
    for number, url in enumerate(urls):
        host.routes[f"/redirect/{number}"] = moved(url.encode().decode("latin-1"))
        host.routes[f"/refresh/{number}"] = Page(f'<meta http-equiv="refresh" content="0; url={url}"><p>x</p>'.encode())
    host.routes["/robots.txt"] = robots(f"Sitemap: {private}/sitemap.xml\nSitemap: {host.origin}/index.xml\n")
    host.routes["/index.xml"] = Page(
        f"<sitemapindex><sitemap><loc>{private}/map.xml</loc></sitemap>"
        "<sitemap><loc>/map.xml</loc></sitemap></sitemapindex>".encode()
    )
    inside = [path for path in host.routes if path.startswith(("/redirect", "/refresh"))]
    every = [host.origin + path for path in ("/based", "/reviews/moon", "/canonical")]
    host.routes["/map.xml"] = sitemap(*urls, *(host.origin + path for path in inside), *every)
    host.routes["/"] = links(*urls, head=f"<base href='{private}/'>")
    host.routes["/based"] = Page(f"<base href='{private}/'><a href='/reviews/1'>review</a>{'<p>x</p>' * 99}".encode())
    more = (
        '<a rel="next" href="{0}/page/2">next</a><link rel="next" href="{0}/page/2"><link rel="canonical" href="{0}/c">'
    )
    host.routes["/canonical"] = Page(
        review("Canonical").replace(b"</body>", more.format(private).encode() + b"</body>")
    )
    host.routes["/reviews/moon"] = film("Moon")
    return Wanted({"/reviews/moon", "/canonical"})


def interfaces(host, web):
    """A start page whose interface, feed and links are inside; no sitemap stands before them."""
    private = f"http://127.0.0.1:{web.canary.port}"
    rel = f'<link rel="https://api.w.org/" href="{private}/wp-json/">'
    rel += (
        f'<link rel="alternate" type="application/rss+xml" href="{private}/feed"><link rel="next" href="{private}/2">'
    )
    host.routes["/"] = links("/feed-review", f"{private}/review", f"//127.0.0.1:{web.canary.port}/review", head=rel)
    shown = f'<h2 class="comments-title">99 thoughts</h2><link rel="shortlink" href="{private}/?p=7">{rel}'
    host.routes["/feed-review"] = Page(
        review("Interfaces")
        .replace(b"</head>", rel.encode() + b"</head>")
        .replace(b"</article>", b"</article>" + shown.encode())
    )
    return Wanted({"/feed-review"})


def wishes(host, _web):
    """Pages that ask not to be kept, in every way there is, and pages and links that ask not to be followed."""
    secret = review("Not To Be Kept")

    def marked(content, name="robots", **more):
        return Page(secret.replace(b"<head>", f'<head><meta name="{name}" content="{content}">'.encode()), **more)

    deep = secret.replace(b"<head>", b'<head><META CONTENT="NOINDEX" NAME=ROBOTS>').replace(b"<p>", b"<div>" * 9000)
    host.routes |= {
        "/reviews/noindex": marked("noindex"),
        "/reviews/upper": marked("NoIndex, Follow", "ROBOTS"),
        "/reviews/none": marked("none"),
        "/reviews/header": Page(secret, headers={"X-Robots-Tag": "noindex"}),
        "/reviews/second": Page(
            secret, headers={"X-Robots-Tag": "noarchive", "x-robots-tag": "otherbot: nofollow, noindex"}
        ),
        "/reviews/deep": Page(deep),
        "/reviews/wide": Page(
            secret.decode().replace("<head>", '<head><meta name="robots" content="noindex">').encode("utf-16")
        ),
        "/reviews/nofollow": marked("nofollow, max-image-preview:large"),
        "/reviews/plain": film("Plain"),
        "/list": links("/hidden/1", head='<meta name="robots" content="nofollow">'),
        "/other": Page(b'<p><a rel="nofollow ugc" href="/hidden/2">review</a></p>'),
        "/third": Page(links("/hidden/3").body, headers={"X-Robots-Tag": "nofollow"}),
    }
    host.routes["/hidden/1"] = host.routes["/hidden/2"] = host.routes["/hidden/3"] = film("Hidden")
    host.routes["/"] = links(*(path for path in host.routes if not path.startswith("/hidden")))
    return Wanted({"/reviews/nofollow", "/reviews/plain"}, never=("/hidden",))


def circles(host, _web):
    """Redirects: a chain that is too long, one that is not, a circle, one to itself, and into what is forbidden."""
    host.routes["/robots.txt"] = robots("User-agent: *\nDisallow: /secret\nCrawl-delay: 0.4\n")
    for number in range(9):
        host.routes[f"/long/{number}"] = moved(f"/long/{number + 1}", 301)
    for number in range(4):
        host.routes[f"/short/{number}"] = moved(f"/short/{number + 1}", 308)
    host.routes["/short/4"] = film("Arrived")
    host.routes["/round/0"], host.routes["/round/1"] = moved("/round/1"), moved("/round/0")
    host.routes["/self"] = moved("/self")
    host.routes["/nowhere"] = Page(status=302)
    host.routes["/trap"] = moved("/secret/a")
    host.routes["/refresh"] = Page(b'<meta http-equiv="refresh" content="1;url=/secret/b"><p>x</p>')
    host.routes["/secret/a"] = host.routes["/secret/b"] = host.routes["/%73ecret/c"] = film("Secret")
    paths = [
        "/long/0",
        "/short/0",
        "/round/0",
        "/self",
        "/nowhere",
        "/trap",
        "/refresh",
        "/secret/review",
        "/%73ecret/c",
    ]
    host.routes["/"] = links(*paths)
    return Wanted({"/short/4"}, never=("/secret", "/%73ecret"), once=False)


def cookies(host, web):
    """Sets cookies, asks for a password, and hands over to another origin; nothing of it may be carried along."""
    away = web.other("stranger")
    given = {"Set-Cookie": "session=abc; Path=/; Domain=127.0.0.1"}
    host.routes["/reviews/1"] = film("Cookie", headers=given)
    host.routes["/reviews/2"] = film("Cookie Two", headers=given)
    host.routes["/basic"] = Page(b"<p>log in</p>", 401, {"WWW-Authenticate": 'Basic realm="x"'})
    host.routes["/away"] = moved(f"{away}/landing", **given)
    host.routes["/user"] = moved(away.replace("http://", "http://user:secret@") + "/user")
    named = host.origin.replace("http://", "http://user:secret@")
    start = links("/reviews/1", "/reviews/2", "/basic", "/away", "/user", f"{named}/named")
    host.routes["/"] = Page(start.body, headers=given)
    return Wanted({"/reviews/1", "/reviews/2"}, never=("/named",), once=False)


def stranger(host, _web):
    """Where others redirect to: a host of its own, with a robots.txt of its own."""
    host.routes["/robots.txt"] = robots("User-agent: *\nDisallow: /landing\n")
    host.routes["/landing"] = host.routes["/user"] = film("Landing")
    host.routes["/reviews/1"] = film("Stranger")
    host.routes["/"] = links("/reviews/1")
    return Wanted({"/reviews/1"}, never=("/landing", "/user"))


HOSTS = {
    "stranger": stranger, "calendar": calendar, "flaky": flaky, "cut": cut, "lying": lying, "headless": headless,
    "slow": slow, "bombs": bombs, "inward": inward, "interfaces": interfaces, "wishes": wishes, "circles": circles,
    "cookies": cookies,
}  # fmt: skip
