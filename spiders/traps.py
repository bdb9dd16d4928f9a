"""Signs that a site's links lead round in circles (calendars, facets, endless paging), each ended by a budget."""

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from typing import Any
from urllib.parse import parse_qsl, urlsplit

SAME_SHAPE = 100
"""Pages of one shape that may lead nowhere: neither to a review nor to an address of another shape."""
FRUITLESS = 1000
"""Pages in a row without a review, when only links are left to go by."""
_DIGITS = re.compile(r"\d+")


def shape(url: str) -> str:
    """What addresses of one kind share: `/calendar/2024/05?view=day` is `/calendar/0/0?view`."""
    parts = urlsplit(url)
    folder, _, leaf = _DIGITS.sub("0", parts.path).rpartition("/")
    query = ",".join(sorted({name for name, _ in parse_qsl(parts.query, keep_blank_values=True)}))
    # the last word of a path is the page itself; a number alone is a page of a list
    return f"{folder}/{leaf if not leaf.strip('0-_.') else '*'}?{query}"


class Traps:
    """Counts, for one source, which shapes of addresses bear fruit; `limits` may hold `shape` and `fruitless`."""

    def __init__(self, limits: Mapping[str, Any]) -> None:
        self._most = int(limits.get("shape", SAME_SHAPE))
        self._most_fruitless = int(limits.get("fruitless", FRUITLESS))
        self._barren: Counter[str] = Counter()
        self.since_review = 0

    def seen(self, url: str, fresh: Iterable[str]) -> None:
        """Note a page that was read and the addresses it named first."""
        own = shape(url)
        self.since_review += 1
        if any(shape(one) != own for one in fresh):
            self._barren[own] = 0
        else:
            self._barren[own] += 1

    def review(self, url: str) -> None:
        """Note that a page held a review."""
        self._barren[shape(url)] = 0
        self.since_review = 0

    def limit_for(self, url: str) -> str | None:
        """The limit that keeps us from following this link, or None; names of one path said again and again are one."""
        parts = [part for part in urlsplit(url).path.split("/") if part]
        if parts and max(Counter(parts).values()) > 3:
            return "repeating_path"
        return "same_shape" if self._barren[shape(url)] >= self._most else None

    @property
    def fruitless(self) -> bool:
        """Whether nothing but chaff came for too long."""
        return self.since_review >= self._most_fruitless
