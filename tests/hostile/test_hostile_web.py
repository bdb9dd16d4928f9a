"""The hostile web, crawled by the real command and judged from the servers' logs."""

import json
import subprocess
import sys

from aggregator import __version__
from aggregator.archive import iter_responses
from aggregator.store import open_store
from tests.hostile import judge
from tests.hostile.web import HOSTS, Web
from tests.spiders.loopback import _environment

DELAY = 0.1
TIMEOUT = 2
"""Seconds that one answer may take; a minute for users, and too long for a test."""
MEMORY = 512
"""MiB."""
COMMAND = f"""
import atexit, json, os, resource, sys
from aggregator import settings
settings.DOWNLOAD_TIMEOUT = {TIMEOUT}
def note():
    with open("used.json", "w") as file:
        json.dump({{"mib": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024}}, file)
atexit.register(note)
from aggregator.cli import main
main()
"""


def run_crawl(folder, starts, hosts, *options, timeout=300):
    """The crawl command on these start addresses; gives the finished process."""
    allowed = [part for host in hosts for part in ("--allow", host.key)]
    return subprocess.run(
        [sys.executable, "-c", COMMAND, "crawl", *starts, *allowed, "--data", "data", "--no-build", *options],
        cwd=folder, env=_environment(), capture_output=True, text=True, timeout=timeout, check=False,
    )  # fmt: skip


def test_the_whole_web(tmp_path):
    """One crawl of all hosts: it takes a while, most of it spent waiting between two tries."""
    with Web() as web:
        done = run_crawl(
            tmp_path, [host.origin + "/" for host in web.hosts.values()], web.hosts.values(),
            "--delay", str(DELAY), "--user-agent", "FooBot", "--limit", "shape=6", "--limit", "depth=12",
        )  # fmt: skip
        assert {name: wrong for name in HOSTS if (wrong := breaches(web, name))} == {}
        assert {name: wrong for name in HOSTS if (wrong := wrongly_stored(web, name, tmp_path))} == {}
        assert web.canary.reached == 0
    assert done.returncode == 1
    assert "Traceback" not in done.stderr, done.stderr
    assert json.loads((tmp_path / "used.json").read_text())["mib"] < MEMORY
    for limit in ("same_shape", "repeating_path"):
        assert f"limit reached: {limit}" in done.stderr


def breaches(web, name):
    """What the host's log shows that must not be."""
    host, wanted = web.hosts[name], web.wanted[name]
    found = judge.polite(host, delay=DELAY, agent=f"FooBot/{__version__} (+no contact given)")
    found += [f"{path} was asked for" for path in host.paths() if wanted.never and path.startswith(wanted.never)]
    if wanted.once:
        found += [f"{path} was asked for again" for path in set(host.paths()) if len(host.asked(path)) > 1]
    return found


def wrongly_stored(web, name, folder):
    """Pages in the store or the archive that should not be there, and the other way round."""
    origin, wanted = web.hosts[name].origin, web.wanted[name]
    with open_store(folder / "data", create=False, read_only=True) as store:
        read = {page["url"].removeprefix(origin): page for page in store.iter_pages() if page["url"].startswith(origin)}
        held = {one.page_url.removeprefix(origin) for one in store.iter_reviews() if one.page_url.startswith(origin)}
    found = [f"{path} not stored" for path in wanted.read - held]
    found += [f"{path} stored" for path in held - wanted.read - wanted.part]
    found += [f"{path} is not marked partial" for path in wanted.part & held if not read[path]["partial"]]
    kept = {page.final_url.removeprefix(origin) for page in iter_responses(folder / "data" / "archive")}
    return found + [f"{path} archived" for path in kept - set(read) if path.startswith("/")]
