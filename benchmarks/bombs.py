"""Hostile pages and what reading them costs: `python -m benchmarks.bombs [NAME…]`; a new one is a line in BOMBS.

Every page is read in a process of its own under hard limits of memory and time, so that none can harm the next.
"""

import json
import os
import resource
import sys
import time
from collections.abc import Callable
from dataclasses import asdict, dataclass

MIB = 1024 * 1024
MAX_MEMORY = 512 * MIB
CPU_LIMIT = 20
"""Seconds after which a reading is killed and counts as hung."""

PROSE = b"<p>" + b"The film moves slowly, and Anna Weber plays the widow with a patience that few actors have. " * 3
PAGE = b"<html><head><title>Moon review</title></head><body><h1>Moon</h1>" + PROSE + b"%s" + PROSE + b"</body></html>"

JSON_LD = b"<script type='application/ld+json'>"


def page(middle: bytes) -> bytes:
    """A small review with `middle` between its two paragraphs."""
    return PAGE.replace(b"%s", middle)


def _numbered(form: str, count: int, join: str = "") -> bytes:
    return join.join(form.format(n=n) for n in range(count)).encode()


def _comments(count: int, *, nested: bool) -> bytes:
    item = "<li class='comment' id='c{n}'><cite>Reader {n}</cite><p>I saw it on day {n} and liked it a lot.</p>"
    body = _numbered(item + ("<ol class='children'>" if nested else "</li>"), count)
    return b"<h2>Comments</h2><ol class='commentlist'>" + body + b"</ol>"


BOMBS: dict[str, Callable[[], bytes]] = {
    # attributes: the parser looks for doubles in a list
    "attributes": lambda: page(b"<div " + _numbered("a{n}=1", 100_000, " ") + b">x</div>"),
    "attributes quoted": lambda: page(b"<div " + _numbered("a{n}='>'", 100_000, " ") + b">x</div>"),
    "attributes angled": lambda: page(b"<div " + _numbered('a{n}="<p"', 100_000, "") + b">x</div>"),
    "attributes bare": lambda: page(b"<div " + _numbered("a{n}", 100_000, "\n") + b">x</div>"),
    "attributes slashed": lambda: page(b"<div/" + _numbered("a{n}", 100_000, "/") + b">x</div>"),
    "attributes unclosed": lambda: page(b"<div " + _numbered("a{n}=1", 100_000, " ") + b"<p>x"),
    "attributes end tag": lambda: page(b"<div></div " + _numbered("a{n}=1", 100_000, " ") + b">"),
    "attributes many tags": lambda: page((b"<div " + _numbered("a{n}=1", 1_500, " ") + b">x</div>") * 1_000),
    "attribute long": lambda: page(b"<div title='" + b"word " * 3_000_000 + b"'>x</div>"),
    "class names": lambda: page(b"<div class='" + _numbered("c{n}", 800_000, " ") + b"'>x</div>"),
    # depth
    "nested div": lambda: page(b"<div>" * 1_000_000),
    "nested div closed": lambda: page(b"<div>" * 700_000 + b"deep" + b"</div>" * 700_000),
    "nested inline": lambda: page(b"<b><i>" * 500_000),
    "nested font": lambda: page(b"<font color='red'>" * 500_000),
    "nested list": lambda: page(b"<ul><li>" * 500_000),
    "nested table": lambda: page(b"<table><tr><td>" * 300_000),
    "nested ruby": lambda: page(b"<ruby><rt>" * 300_000),
    "nested unknown": lambda: page(b"<x-a>" * 600_000),
    "nested upper": lambda: page(b"<DIV\n>" * 600_000),
    "nested in comments": lambda: page(b"<div><!-- </div> -->" * 300_000),
    "nested in strings": lambda: page(b"<div title='</div>'>" * 300_000),
    "nested svg": lambda: page(b"<svg><g>" * 300_000),
    "nested self-closed": lambda: page(b"<div/>" * 700_000),
    "nested end tags": lambda: page(b"</div>" * 1_000_000),
    "nested after 300": lambda: page(b"<div>" * 300 + PROSE + b"</div>" * 300),
    # many of one thing
    "elements": lambda: page(b"<p>a</p>" * 1_500_000),
    "breaks": lambda: page(b"a<br>" * 2_500_000),
    "images": lambda: page(b"<img src=a alt=b>" * 600_000),
    "links": lambda: page(_numbered("<a href='/p/{n}'>Film {n} review (2019)</a> ", 200_000)),
    "headings": lambda: page(_numbered("<h2>Film {n} (2019)</h2><p>Rating: {n}/10</p>", 200_000)),
    "facts": lambda: page(_numbered("<p><b>Director:</b> Anna{n} Weber, Karl Otto</p>", 200_000)),
    "times": lambda: page(_numbered("<time datetime='2019-01-02'>2 January 2019</time> by Anna Weber ", 150_000)),
    "classes": lambda: page(_numbered("<i class='c{n} d{n} rating'></i>", 300_000)),
    "comments": lambda: page(_comments(20_000, nested=False)),
    "comments nested": lambda: page(_comments(20_000, nested=True)),
    "markup comments": lambda: page(b"<!-- a -->" * 1_500_000),
    "processing instructions": lambda: page(b"<?a b?>" * 2_000_000),
    # text
    "text 50 MB": lambda: page(b"word " * 10_000_000),
    "text lines": lambda: page(b"A line about the film.\n" * 700_000),
    "text one word": lambda: page(b"a" * 15_000_000),
    "text paragraphs": lambda: page(PROSE * 45_000),
    "text spaces": lambda: page(b" " * 15_000_000),
    "text capitals": lambda: page(b"Anna Weber Karl Otto " * 700_000),
    "text quotes": lambda: page(b"'\"" * 7_000_000),
    "text digits": lambda: page(b"7" * 15_000_000),
    "text stars": lambda: page("★".encode() * 5_000_000),
    "text brackets": lambda: page(b"((((" * 3_500_000),
    "text plain": lambda: b"Moon\nby Anna Weber\n\n" + b"A line about the film.\n" * 700_000,
    "text plain one line": lambda: b"Moon review. " * 1_200_000,
    # what only a scanner minds
    "angles": lambda: page(b"<" * 15_000_000),
    "angles closing": lambda: page((b">" * 4_100_000 + b"<p>") * 3),
    "long names": lambda: page((b"<" + b"a" * 15_900) * 950),
    "long name": lambda: page(b"<" + b"a" * 15_000_000),
    "scripts unclosed": lambda: page(b"<div>" * 600 + b"<script " * 1_800_000),
    "titles unclosed": lambda: page(b"<div>" * 600 + b"<title>" * 1_800_000),
    "quotes unclosed": lambda: page(b'<a b="' * 2_000_000),
    "cdata": lambda: page(b"<![CDATA[" * 1_600_000),
    "doctypes": lambda: page(b"<!doctype a [" * 1_100_000),
    # structured data, entities, encodings
    "entities": lambda: page(b"&amp;&#x41;&lol;" * 900_000),
    "entity laughs": lambda: (
        b'<?xml version="1.0"?><!DOCTYPE html [<!ENTITY a "lol">'
        + b"".join(b'<!ENTITY a%d "%s">' % (n, b"&a%d;" % (n - 1) * 10 if n else b"&a;" * 10) for n in range(12))
        + b"]><html><body><p>&a11;</p></body></html>"
    ),
    "json-ld deep": lambda: page(JSON_LD + b'{"a":[' * 500_000 + b"</script>"),
    "json-ld wide": lambda: page(JSON_LD + b"[" + b'{"@type":"Review","name":"a"},' * 130_000 + b"0]</script>"),
    "json-ld broken": lambda: page(
        b"<script type='application/ld+json'>" + b'{"a": "b" "c", ' * 300_000 + b"</script>"
    ),
    "json-ld blocks": lambda: page(b'<script type=\'application/ld+json\'>{"@type":"Review"</script>' * 150_000),
    "json-ld number": lambda: page(b"<script type='application/ld+json'>{\"a\":" + b"9" * 5_000_000 + b"}</script>"),
    "microdata": lambda: page(
        b"<div itemscope itemtype='http://schema.org/Review'><span itemprop=name>a</span>" * 150_000
    ),
    "microdata flat": lambda: page(
        b"<div itemscope itemtype='http://schema.org/Review'><span itemprop=name>a</span></div>" * 150_000
    ),
    "rdfa": lambda: page(b"<div vocab='http://schema.org/' typeof='Review'><b property=name>a</b></div>" * 150_000),
    "hreview": lambda: page(b"<div class='hreview'><b class='item fn'>a</b><i class=rating>3</i></div>" * 150_000),
    "metas": lambda: page(b"<meta property='og:title' content='Moon'>" * 350_000),
    "utf-7": lambda: page(b"<meta charset=utf-7>" + b"+ADw-script+AD4-" * 900_000),
    "bytes": lambda: bytes(range(256)) * 60_000,
    "nul": lambda: page(b"\0" * 15_000_000),
    "utf-16": lambda: b"\xff\xfe" + page(PROSE * 20_000).decode().encode("utf-16-le")[:15_000_000],
    "high bytes": lambda: page(b"\xe9\xa4\xb8 " * 3_700_000),
}


@dataclass(frozen=True, slots=True)
class Outcome:
    """What reading one hostile page took: CPU seconds, peak memory in MiB, and whether the page says it was cut."""

    name: str
    ended: str
    seconds: float
    mib: float
    partial: bool
    size: int
    detail: str = ""


def run(name: str) -> Outcome:
    """Read one bomb in a forked process under MAX_MEMORY and CPU_LIMIT."""
    body = BOMBS[name]()
    read_end, write_end = os.pipe()
    child = os.fork()
    if child == 0:
        _read(body, write_end)
    os.close(write_end)
    with os.fdopen(read_end, "rb") as pipe:
        said = pipe.read()
    _, status, usage = os.wait4(child, 0)
    told = json.loads(said) if said else {}
    ended = told.get("ended") or f"killed by signal {os.waitstatus_to_exitcode(status)}"
    seconds = told.get("seconds", usage.ru_utime + usage.ru_stime)
    return Outcome(
        name, ended, seconds, usage.ru_maxrss / 1024, told.get("partial", False), len(body), told.get("detail", "")
    )


def _read(body: bytes, pipe: int) -> None:
    from aggregator.parse import parse

    resource.setrlimit(resource.RLIMIT_DATA, (MAX_MEMORY, MAX_MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (CPU_LIMIT, CPU_LIMIT))
    told: dict[str, object] = {}
    started = time.process_time()
    try:
        result = parse(body, "http://bomb.example/2019/moon-review/")
        told = {
            "ended": "read",
            "partial": result.partial,
            "detail": "; ".join(f"{p.code} {p.message}" for p in result.problems)[:300],
        }
    except BaseException as error:  # noqa: BLE001 - whatever it is, it is the outcome
        told = {"ended": f"{type(error).__name__}: {str(error)[:200]}"}
    told["seconds"] = time.process_time() - started
    os.write(pipe, json.dumps(told).encode())
    os._exit(0)


def main(names: list[str]) -> None:
    """Run the named bombs, or all, one JSON object a line."""
    from aggregator.parse import parse

    parse(page(b""))  # imports and tables are not what is measured
    for name in names or BOMBS:
        sys.stdout.write(json.dumps(asdict(run(name))) + "\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main(sys.argv[1:])
