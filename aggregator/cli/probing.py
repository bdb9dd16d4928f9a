"""Looks at a site before it becomes a source: which way leads to its pages, how many there are, what one says."""

import re
import tempfile
from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from aggregator.cli.running import run_crawl
from aggregator.cli.targets import Plan, for_one
from aggregator.store import open_store
from spiders.base import Aim
from spiders.links import likeness

PAGES = 6
"""Pages that a probe asks for, the start page among them."""


@dataclass(frozen=True, slots=True)
class Probe:
    """What was found: `addresses` of pages by the way that named them, `likely` of them reviews by their address;
    `read` pages were read and held `reviews`, of which `sample` is the first; `problems` says what went wrong.
    """

    addresses: Counter[str]
    likely: int
    read: int
    reviews: int
    sample: dict[str, Any] | None
    problems: list[str]

    def lines(self) -> list[str]:
        """For a person to read."""
        ways = ", ".join(f"{number} by {way}" for way, number in self.addresses.most_common()) or "none"
        lines = [
            f"addresses found: {ways}; {self.likely} of them look like reviews",
            f"pages read: {self.read}, with {self.reviews} reviews",
        ]
        return (
            lines + (_sample_lines(self.sample) if self.sample else []) + [f"problem: {one}" for one in self.problems]
        )


def _sample_lines(review: dict[str, Any]) -> list[str]:
    film, rating = review["film"], review.get("rating") or {}
    told = (
        ("address", review.get("url")),
        ("film", film.get("title") and f"{film['title']} ({film.get('year') or 'year not stated'})"),
        ("critic", ", ".join(review.get("critics") or [])),
        ("published", review.get("published")),
        ("rating", _rating(rating) or review.get("rating_status")),
        ("text", f"{len((review.get('body') or '').split())} words, {len(review.get('comments') or [])} comments"),
    )
    return ["a review as it is read:"] + [f"  {name:10}{value or '-'}" for name, value in told]


def _rating(rating: dict[str, Any]) -> str | None:
    """The rating as the page says it, with the best value where the page says that apart."""
    raw, best = rating.get("raw"), rating.get("best")
    bare = raw is not None and best is not None and re.fullmatch(r"\d+(?:[.,]\d+)?", raw)
    return f"{raw} (of {best:g})" if bare else raw


def probe(plan: Plan) -> Probe:
    """Crawl a few pages of the plan's one source into a folder that is thrown away."""
    (aim,) = plan.aims
    few = Aim(aim.start, aim.name, PAGES, aim.ways, aim.limits)
    with tempfile.TemporaryDirectory(prefix="aggregator-probe-") as place:
        told = for_one(plan, [few], data=Path(place), store=None, archive=None, build=False)
        summary = run_crawl("site", {"targets": [few]}, told.options)
        with open_store(place, create=False, read_only=True) as store:
            found = store.frontier_all(str(aim.name))
            pages = [page for page in store.iter_pages() if page["status"] == "live"]
            reviews = [one.data for one in store.iter_reviews()]
    addresses = Counter(_way(link.found_by) for link in found if link.kind == "page")
    likely = sum(likeness(link.url) == 2 for link in found if link.kind == "page")
    return Probe(addresses, likely, len(pages), len(reviews), _best(reviews), summary.reasons)


def _way(found_by: str | None) -> str:
    word = (found_by or "").partition(" ")[0]
    return {"interface": "WordPress interface", "link": "links"}.get(word, word or "links")


def _best(reviews: list[dict[str, Any]]) -> dict[str, Any] | None:
    return max(reviews, key=lambda one: sum(bool(value) for value in one.values()), default=None)
