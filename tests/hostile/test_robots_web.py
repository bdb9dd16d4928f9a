"""Every answer to /robots.txt that a server may think of, judged by what it was asked for afterwards."""

import contextlib

from tests.hostile.robots_web import AGENT, public_cases, variants
from tests.hostile.test_hostile_web import run_crawl


def crawled(folder, ruled, *extra):
    done = run_crawl(
        folder, [one.start for one in ruled.values()], [*(one.host for one in ruled.values()), *extra],
        "--delay", "0.02", "--user-agent", AGENT,
    )  # fmt: skip
    for one in (*(one.host for one in ruled.values()), *extra):
        one.close()
    assert "Traceback" not in done.stderr, done.stderr
    return {name: one.verdict() for name, one in ruled.items() if one.verdict()}


def test_no_forbidden_page_is_asked_for_whatever_robots_txt_looks_like(tmp_path):
    ruled, other = variants()
    with contextlib.closing(other):
        assert crawled(tmp_path, ruled, other) == {}


def test_the_public_cases_hold_on_the_wire(tmp_path):
    ruled = public_cases()
    assert len(ruled) > 50
    assert crawled(tmp_path, ruled) == {}
