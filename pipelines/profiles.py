"""The site profile with which the pages of a source are read, as its configuration says."""

from collections.abc import Mapping
from typing import Any

from aggregator.archive import FetchedPage
from aggregator.sites import Profile, find_profile


class Profiles:
    """`by_source` maps a source's name to its `profile` (a name or a .toml file) and `language`, either may be missing.

    Raises UsageError for a profile that does not exist, when it is made.
    """

    def __init__(self, by_source: Mapping[str, Mapping[str, Any]]) -> None:
        self.by_source = {name: dict(told) for name, told in by_source.items()}
        self._named = {
            name: find_profile(None, told["profile"]) for name, told in by_source.items() if told.get("profile")
        }

    def of(self, page: FetchedPage) -> Profile | None:
        """The profile for a page; None leaves it to the parser, which knows those of the page's host."""
        told = self.by_source.get(page.source or "")
        if told is None:
            return None
        profile = self._named.get(page.source or "")
        if not told.get("language"):
            return profile
        base = profile or find_profile(page.final_url) or Profile(name=page.source or "source")
        return base.model_copy(update={"language": told["language"]})
