"""Which reviews people call reviews of two films, so that neither is folded into the other as its copy."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from itertools import combinations, product, starmap

from aggregator.dedupe.fold import Parted
from aggregator.dedupe.judge import may_be_copies
from aggregator.dedupe.traits import Traits
from aggregator.dedupe.urls import address_key
from aggregator.resolve.decisions import Decision
from aggregator.resolve.pairs import Names


def parted(reviews: Mapping[int, Traits], decisions: Iterable[Decision]) -> Parted:
    """The pairs that `different` decisions keep apart, from all reviews by number.

    A name that means no review or several parts nobody. What says that it is a view or a copy of one of two parted
    reviews is parted from the other one too.
    """
    decisions = list(decisions)
    if not decisions:
        return frozenset()
    known = _Known(reviews)
    found: set[frozenset[int]] = set()
    for decision in decisions:
        for one, other in combinations([known.meant(name) for name in decision.reviews], 2):
            left, right = known.with_views(one) - other, known.with_views(other) - one
            found |= {frozenset(pair) for pair in product(left - right, right - left)}
    return frozenset(found)


class _Known:
    """Reviews by everything that they may be named by."""

    def __init__(self, reviews: Mapping[int, Traits]) -> None:
        self._reviews = reviews
        self._names = Names(address_key)
        self._named = {review.name: review for review in reviews.values()}
        self._views: defaultdict[tuple[str, int], set[int]] = defaultdict(set)
        for number, review in reviews.items():
            copies = [{"url": url} for url in (review.page_url, *review.copied_to)]
            addresses = {"url": review.url, "canonical_url": review.canonical_url, "copies": copies}
            self._names.add(review.name, addresses, [review.id])
            for key in {review.url_key, review.page_key, *map(address_key, review.copied_to)}:
                self._views[key, review.place].add(number)

    def meant(self, name: str) -> set[int]:
        """The review of that id or address, more than one number only where they are views of one page."""
        found = [self._named[one] for one in self._names.find(name)]
        address = address_key(name)
        # not what only counts this page among its copies, or has the id of the page that it names as canonical
        own = [review for review in found if address in (review.url_key, address_key(review.page_url))]
        own = own or [review for review in found if review.id == name and review.url_key == review.page_key] or found
        return {review.number for review in own} if all(starmap(_one_review, combinations(own, 2))) else set()

    def with_views(self, numbers: set[int]) -> set[int]:
        """These and all that say to be views or copies of their pages."""
        keys = {(self._reviews[number].url_key, self._reviews[number].place) for number in numbers}
        return numbers.union(*(self._views[key] for key in keys))


def _one_review(a: Traits, b: Traits) -> bool:
    one_page = a.url_key == b.url_key or a.page_key == b.page_key
    return one_page and a.place == b.place and may_be_copies(a, b)
