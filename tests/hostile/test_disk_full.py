"""A disk that is full: what was stored stays whole, the run says so, and the next one goes on."""

import os
import resource
import subprocess
import sys

import pytest
from fastwarc.warc import ArchiveIterator

from aggregator.store import open_store
from tests.hostile.pages import links, sitemap
from tests.hostile.server import Host, Page
from tests.spiders.loopback import MAIN, _environment, review, rows

PAGES = 60


@pytest.fixture
def site():
    host = Host()
    for number in range(PAGES):
        host.routes[f"/reviews/{number}"] = Page(review(f"Film {number}"), tag=f'"{number}"')
    host.routes["/"] = links("/about")
    host.routes["/sitemap.xml"] = sitemap(*(f"{host.origin}/reviews/{n}" for n in range(PAGES)))
    yield host
    host.close()


def crawl(folder, host, largest=None):
    """A crawl whose files may grow to `largest` bytes, as on a disk that is then full."""

    def limit():
        if largest is not None:
            resource.setrlimit(resource.RLIMIT_FSIZE, (largest, largest))

    return subprocess.run(
        [sys.executable, "-c", MAIN, "crawl", host.origin + "/", "--allow", host.key, "--data", "data",
         "--delay", "0.01", "--no-build"],
        cwd=folder, env=_environment(), capture_output=True, text=True, timeout=400, check=False, preexec_fn=limit,
    )  # fmt: skip


@pytest.mark.parametrize(("noise", "reason"), [(0, "store_error"), (100_000, "archive_error")])
def test_a_full_disk_ends_the_crawl_and_leaves_everything_whole(tmp_path, site, noise, reason):
    """What packs well fills the store first, what does not the archive."""
    for path, page in site.routes.items():
        if path.startswith("/reviews"):
            page.body += f"<!-- {os.urandom(noise).hex()} -->".encode()
    full = crawl(tmp_path, site, 900_000)
    assert full.returncode == 1
    assert "Traceback" not in full.stderr, full.stderr
    assert f"ended early ({reason})" in full.stderr
    assert "aggregator: 1 pages not stored" in full.stderr
    asked = site.paths()
    assert len(asked) < PAGES, "went on asking for pages that could not be kept"
    site.log.clear()
    with open_store(tmp_path / "data", create=False, read_only=True) as store:
        assert store.check() == []
        kept = {page["url"].removeprefix(site.origin) for page in store.iter_pages()}
    done = crawl(tmp_path, site)
    assert done.returncode == 0, done.stderr
    # what was kept is not fetched anew, but for the page that was in hand
    assert len({path for path in site.paths() if path in asked and path in kept}) <= 1
    (tmp_path / "whole").mkdir()
    assert crawl(tmp_path / "whole", site).returncode == 0
    assert rows(tmp_path, times=False) == rows(tmp_path / "whole", times=False)
    for path in (tmp_path / "data" / "archive").iterdir():
        with path.open("rb") as file:
            for record in ArchiveIterator(file, parse_http=False):
                record.freeze()
                assert record.verify_block_digest()
