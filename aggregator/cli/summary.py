"""What a crawl's counts mean: its exit code, the reasons for it, and the one line that sums it up."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from spiders import counts

_OWN_LIMIT = counts.BUDGET + "max_pages"
_FAILURES = {
    counts.FAILED: "pages not read",
    counts.OBSTRUCTED: "pages not taken over, what we hold stays",
    counts.DISCOVERY_FAILED: "sitemaps or feeds not read",
    counts.PARSER_BROKE: "pages that broke the parser",
    counts.PARTIAL: "pages read only in part",
    counts.NOT_STORED: "pages not stored",
    counts.BUILD_FAILED: "build failed",
    "spider_exceptions/count": "errors while looking for pages",
}


@dataclass(frozen=True, slots=True)
class Summary:
    """The outcome of a crawl. `reasons` is why it is no success; empty when it is one."""

    counts: Mapping[str, int]
    reasons: list[str] = field(default_factory=list)

    @property
    def exit_code(self) -> int:
        """0 done; 1 something that should have been read or stored was not."""
        return 1 if self.reasons else 0

    @property
    def line(self) -> str:
        """The counts in one line."""
        get = self.counts.get
        reviews = sum(number for key, number in self.counts.items() if key.startswith(counts.REVIEWS))
        parts = [
            f"{get(counts.FETCHED, 0)} pages read ({get(counts.NEW, 0)} new, {get(counts.UPDATED, 0)} updated)",
            f"{get(counts.UNMODIFIED, 0)} unmodified",
            f"{get(counts.GONE, 0)} gone",
            f"{get(counts.ROBOTS, 0)} refused by robots.txt",
            f"{get(counts.FAILED, 0)} failed",
        ]
        optional = (
            (counts.NOT_FOUND, "not found"),
            (counts.NOT_HTML, "no HTML"),
            (counts.NOINDEX, "noindex"),
            (counts.PARSER_BROKE, "broke the parser"),
            (_OWN_LIMIT, "left out by --max-pages"),
            (counts.NOT_DUE, "not due"),
            (counts.ADOPTED, "taken over from a broken-off run"),
        )
        parts += [f"{get(key, 0)} {words}" for key, words in optional if get(key, 0)]
        return f"{', '.join(parts)}; {reviews} reviews"


def summarise(stats: Mapping[str, Any], new_sources: list[str]) -> Summary:
    """Judge a crawl by Scrapy's stats; `new_sources` had no page before it.

    Scrapy itself calls a crawl finished whose callbacks all failed, so its own word counts for nothing here.
    """
    numbers = {key: value for key, value in stats.items() if isinstance(value, int) and not isinstance(value, bool)}
    reasons = [f"{numbers[key]} {words}{_why(key, numbers)}" for key, words in _FAILURES.items() if numbers.get(key)]
    limits = sorted(key for key in numbers if key.startswith(counts.BUDGET) and key != _OWN_LIMIT)
    reasons += [f"limit reached: {key.removeprefix(counts.BUDGET)}" for key in limits]
    reasons += [f"no reviews from {name}" for name in new_sources if not numbers.get(counts.REVIEWS + name)]
    finished = stats.get("finish_reason")
    if finished != "finished":
        reasons.append("interrupted" if finished == "shutdown" else f"ended early ({finished})")
    return Summary(numbers, reasons)


def _why(key: str, numbers: Mapping[str, int]) -> str:
    details = [
        f"{name.removeprefix(key + '/')} {n}" for name, n in sorted(numbers.items()) if name.startswith(key + "/")
    ]
    return f" ({', '.join(details)})" if details else ""
