"""Hosts that differ in nothing but their robots.txt, each with what may be asked of it."""

import dataclasses
import gzip
import re
from pathlib import Path
from urllib.parse import quote

from tests.hostile.pages import film, links, moved, robots
from tests.hostile.server import Host, Page, reset, silence, words

AGENT = "FooBot"
CASES = Path(__file__).parent.parent / "net" / "robots_cases.txt"


@dataclasses.dataclass
class Ruled:
    """A host and the paths of its pages; `forbidden` ones must never be asked for, `allowed` ones must."""

    host: Host
    allowed: list[str]
    forbidden: list[str]

    @property
    def start(self):
        return self.host.origin + next(iter(self.allowed or self.forbidden))

    def verdict(self):
        """What the log shows that should not be; empty when all is well."""
        asked = [_plain(path) for path in self.host.paths()]
        found = [f"{path} was asked for" for path in self.forbidden if _plain(path) in asked]
        found += [f"{path} was left out" for path in self.allowed if _plain(path) not in asked]
        if asked[:1] != ["/robots.txt"]:
            found.append(f"robots.txt did not come first: {asked[:2]}")
        return found


def _plain(path):
    """A path with its octets spelt in one way: those that never need percent-encoding bare, all others encoded."""

    def octet(found):
        char = chr(int(found[1], 16))
        return char if char.isascii() and (char.isalnum() or char in "-._~") else found[0].upper()

    return re.sub(r"%([0-9A-Fa-f]{2})", octet, quote(path, safe="/?#[]@!$&'()+,;=:%")) or "/"


def ruled(page, allowed=(), forbidden=()):
    host = Host()
    every = [*allowed, *forbidden]
    host.routes["/robots.txt"] = page
    start = links(*(_href(path) for path in every)).body
    # the page asked first is the start: it is a review and leads to the others
    host.fallback = lambda path: _leaf(host, every, start, path)
    return Ruled(host, list(allowed), list(forbidden))


def _leaf(host, every, start, path):
    if _plain(path) not in {_plain(one) for one in every}:
        return None
    body = film(f"Film {quote(path)}").body
    return Page(body.replace(b"</body>", start + b"</body>"))


def _href(path):
    return quote(path, safe="/?#[]@!$&'()*+,;=:%").replace("&", "&amp;").replace("'", "&#39;")


BOM = b"\xef\xbb\xbf"
RULE = "User-agent: *\nDisallow: /secret\n"
OPEN, SECRET = ["/reviews/1", "/reviews/2"], ["/secret/review"]


def variants():
    """What comes back instead of a plain robots.txt; name -> Ruled."""
    filler = b"# " + b"x" * 97 + b"\n"
    padding = filler * (600 * 1024 // len(filler))
    with_rule = robots(RULE)
    other = Host()
    other.routes["/robots.txt"] = other.routes["/moved"] = with_rule
    chain = {f"/r/{n}": moved(f"/r/{n + 1}") for n in range(7)}
    found = {
        "missing": ruled(Page(b"no", 404), OPEN + SECRET),
        "gone": ruled(Page(b"no", 410), OPEN + SECRET),
        "unauthorised": ruled(Page(b"no", 401), OPEN),
        "forbidden": ruled(Page(b"no", 403), OPEN),
        "empty": ruled(robots(""), OPEN + SECRET),
        "too many requests": ruled(Page(b"", 429), [], OPEN),
        "500": ruled(Page(b"", 500), [], OPEN),
        "503": ruled(Page(RULE.encode(), 503), [], OPEN),
        "503, then fine": ruled(lambda n: Page(b"", 503) if n == 1 else with_rule, OPEN, SECRET),
        "599": ruled(Page(b"", 599), [], OPEN),
        "reset": ruled(Page(raw=reset), [], OPEN),
        "reset, then fine": ruled(lambda n: Page(raw=reset) if n == 1 else with_rule, OPEN, SECRET),
        "silence": ruled(Page(raw=silence), [], OPEN),
        "cut off": ruled(Page(raw=words(b"HTTP/1.1 200 OK\r\nContent-Length: 999\r\n\r\n", RULE.encode())), [], OPEN),
        "600 KiB, rule first": ruled(robots(RULE.encode() + padding), OPEN, SECRET),
        "600 KiB, rule beyond": ruled(robots(b"User-agent: *\n" + padding + b"Disallow: /secret\n"), OPEN + SECRET),
        "byte order mark": ruled(robots(BOM + RULE.encode()), OPEN, SECRET),
        "half a byte order mark": ruled(robots(BOM[:2] + RULE.encode()), OPEN, SECRET),
        "carriage returns": ruled(robots(RULE.replace("\n", "\r")), OPEN, SECRET),
        "a web page": ruled(Page(b"<html><body><p>User-agent: *</p><p>Disallow: /</p></body></html>"), OPEN + SECRET),
        "packed": ruled(robots(gzip.compress(RULE.encode()), headers={"Content-Encoding": "gzip"}), OPEN, SECRET),
        "torn while packed": ruled(
            robots(gzip.compress(RULE.encode())[:-9], headers={"Content-Encoding": "gzip"}), [], OPEN
        ),
        "redirected": ruled(moved("/r/5"), OPEN, SECRET),
        "redirected elsewhere": ruled(moved(f"{other.origin}/moved"), OPEN, SECRET),
        "redirected too often": ruled(moved("/r/0"), [], OPEN),
        "redirected to itself": ruled(moved("/robots.txt"), [], OPEN),
        "redirected inwards": ruled(moved("http://localhost:1/robots.txt"), [], OPEN),
        "redirected nowhere": ruled(Page(status=301), [], OPEN),
    }
    for name, one in found.items():
        one.host.routes |= chain | {"/r/7": with_rule} if name.startswith("redirected") else {}
    return found, other


def public_cases():
    """The cases of the table that name our agent, each file on a host of its own; name -> Ruled."""
    found = {}
    for block in CASES.read_text(encoding="utf-8").split("\n=== ")[1:]:
        head, _, wanted = block.partition("---\n")
        name, _, text = head.partition("\n")
        lines = [[part.strip() for part in line.split(" |")] for line in wanted.splitlines()]
        rows = [(path or "/", answer == "yes") for agent, path, answer in lines if agent == AGENT]
        # the file itself is no page, and neither is the door to a site's administration
        rows = [(path.partition("#")[0], may) for path, may in rows if path not in {"/robots.txt", "/wp-admin"}]
        if rows:
            found[name] = ruled(
                robots(_body(text)), [path for path, may in rows if may], [path for path, may in rows if not may]
            )
    return found


def _body(text):
    body = text.replace("Crawl-delay: 5", "Crawl-delay: 0.05").encode()
    for sign, byte in ((rb"\r", b"\r"), (rb"\n", b"\n"), (rb"\t", b"\t")):
        body = body.replace(sign, byte)
    return re.sub(rb"\\x([0-9a-f]{2})", lambda found: bytes([int(found[1], 16)]), body)
