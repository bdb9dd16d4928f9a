"""Reads the archive again with today's parser, on all cores, each page in a worker process under hard limits."""

from collections import Counter
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

from aggregator.archive import PAGES, iter_responses
from pipelines import steps
from pipelines.workers import Pool, Reread

if TYPE_CHECKING:
    from pipelines.folder import DataFolder

Tell = Callable[[str], None]


def index_archive(folder: "DataFolder", tell: Tell) -> None:
    """Enter what the archive holds and its index does not know: everything, after the store was lost."""
    known = {(one.archive_file, one.archive_offset) for one in folder.store.iter_captures()}
    files = {name for name, _ in known}
    for path in sorted(folder.archive_folder.glob("**/*.warc*")):
        if path.name in files:
            continue
        fresh = [steps.capture_of(page, page.place) for page in iter_responses(path, tell, lists=True) if page.place]
        folder.store.captured(fresh)


def reread(folder: "DataFolder", tell: Tell, *, source: str | None = None, workers: int = 1) -> Iterator[Reread]:
    """Every archived page with its reading, contents of one address oldest first whichever worker read them.

    A page that takes too long or too much memory is given with a `crash` problem instead of reviews; its
    neighbours are unharmed.
    """
    index_archive(folder, tell)
    wanted = [one for one in folder.store.iter_captures() if one.kind in PAGES and one.http_status == 200]
    if source is not None:
        own = {page["url"] for page in folder.store.iter_pages() if page["source"] == source}
        wanted = [one for one in wanted if one.url in own]
    pool = Pool(folder.archive_folder, folder.profiles.by_source, wanted, workers)
    waiting: dict[int, Reread] = {}
    ready = 0
    try:
        for done in pool.results():
            waiting[done.index] = done
            while ready in waiting:
                yield waiting.pop(ready)
                ready += 1
    finally:
        pool.close()


def read_again(folder: "DataFolder", tell: Tell, *, source: str | None = None, workers: int = 1) -> Counter[str]:
    """Parse and stage every archived page; counts pages, outcomes, reviews, broken pages.

    `tell` gets a line for every record that cannot be read. Needs no network.
    """
    figures: Counter[str] = Counter()
    for done in reread(folder, tell, source=source, workers=workers):
        if done.page is None:
            tell(done.error or "unreadable")
            continue
        assert done.page.parsed is not None
        figures.update(["pages", folder.stage(done.page).partition("/")[0]])
        figures["reviews"] += len(done.page.parsed.reviews)
        if steps.broke(done.page.parsed):
            figures["broke"] += 1
            tell(f"broke the parser: {done.page.final_url}")
    return figures
