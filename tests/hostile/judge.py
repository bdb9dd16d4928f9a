"""Judges a crawl by what its servers wrote down, and by nothing that the crawl says of itself."""

from itertools import pairwise

from tests.hostile.server import Host

SLACK = 0.15
"""Seconds by which a busy machine may let a server see two requests nearer to each other than they were sent."""
NEVER_SENT = {"cookie", "authorization", "referer", "proxy-authorization"}


def polite(host: Host, *, delay: float, agent: str) -> list[str]:
    """Every breach of what holds for all hosts and in all weathers; empty when there is none."""
    log = host.log
    found = []
    if log and log[0].path != "/robots.txt":
        found.append(f"{log[0].path} was asked for before robots.txt")
    found += [f"{one.open} requests open at once: {one.path}" for one in log if one.open > 1]
    found += [f"{one.path}: sent {name}" for one in log for name in NEVER_SENT & one.headers.keys()]
    found += [
        f"{one.path}: another agent, {one.headers.get('user-agent')}"
        for one in log
        if one.headers.get("user-agent") != agent
    ]
    found += gaps(host, delay)
    return found + retries(host, delay)


def gaps(host: Host, least: float) -> list[str]:
    """Starts nearer than `least` seconds to each other, one by one and over any ten in a row."""
    log = host.log
    near = [
        f"{before.path} -> {after.path}: {after.start - before.start:.3f} s"
        for before, after in pairwise(log)
        if after.start - before.start < least - SLACK
    ]
    near += [
        f"{log[at].path} and the nine after it: {log[at + 9].start - log[at].start:.3f} s"
        for at in range(len(log) - 9)
        if log[at + 9].start - log[at].start < 9 * least - SLACK
    ]
    return near


def retries(host: Host, delay: float, most: int = 5) -> list[str]:
    """Addresses tried too often, or too soon: each wait is promised to be at least twice the least of the one before.

    Waits are not compared with each other, for a busy machine may lengthen any of them.
    """
    found = []
    for path in dict.fromkeys(host.paths()):
        tries = host.asked(path)
        if len(tries) > most:
            found.append(f"{path} was tried {len(tries)} times")
        waits = [after.start - before.start for before, after in pairwise(tries)]
        least = [delay * 2 ** (number + 1) for number in range(len(waits))]
        found += [
            f"{path}: wait {number + 1} was {wait:.2f} s, not {wanted:.2f}"
            for number, (wait, wanted) in enumerate(zip(waits, least, strict=True))
            if wait < wanted - SLACK
        ]
    return found
