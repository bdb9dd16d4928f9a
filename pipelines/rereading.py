"""Reads the archive again with today's parser."""

from collections import Counter
from collections.abc import Callable

from aggregator.archive import iter_responses
from pipelines import steps
from pipelines.folder import ARCHIVE, DataFolder


def read_again(folder: DataFolder, tell: Callable[[str], None]) -> Counter[str]:
    """Parse and stage every archived page, in the order fetched; counts pages, outcomes, reviews, broken pages.

    `tell` gets a line for every record that cannot be read. Needs no network.
    """
    figures: Counter[str] = Counter()
    for page in iter_responses(folder.root / ARCHIVE, tell):
        again = steps.with_reading(page, folder.profiles.of(page))
        assert again.parsed is not None
        figures.update(["pages", folder.stage(again)])
        figures["reviews"] += len(again.parsed.reviews)
        if steps.broke(again.parsed):
            figures["broke"] += 1
            tell(f"broke the parser: {page.final_url}")
    return figures
