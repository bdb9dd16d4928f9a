"""Addresses of the demo's sites turned into addresses of this machine, in whatever spelling a page has them."""

import re
from collections.abc import Mapping


def rewritten(body: bytes, origins: Mapping[str, str]) -> bytes:
    r"""`body` with every `https://HOST` (also `http://`, `//`, `https:\/\/` and `https%3A%2F%2F`) replaced.

    `origins` maps a host to its new origin, such as `http://127.0.0.1:8001`. Bytes in, bytes out: the page's
    encoding is of no concern. Bare host names without a scheme stay.
    """
    if not origins:
        return body
    hosts = b"|".join(re.escape(host.encode("idna")) for host in sorted(origins, key=len, reverse=True))
    # the host must end there: another host may begin with the same letters
    spelt = re.compile(
        rb"(?:https?:)?(?P<slash>//|\\/\\/)(?P<host>" + hosts + rb")(?![A-Za-z0-9.-])"
        rb"|https?(?P<encoded>%3A%2F%2F)(?P<host2>" + hosts + rb")(?![A-Za-z0-9.-])",
        re.IGNORECASE,
    )

    def replace(found: re.Match[bytes]) -> bytes:
        host = (found["host"] or found["host2"]).decode("ascii").lower()
        scheme, _, place = origins[host].partition("://")
        if found["encoded"]:
            return f"{scheme}%3A%2F%2F{place.replace(':', '%3A')}".encode()
        return f"{scheme}:".encode() + found["slash"] + place.encode()

    return spelt.sub(replace, body)
