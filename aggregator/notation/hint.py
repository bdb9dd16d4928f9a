"""What a caller knows about a text before it is read; add a field here when a notation needs to know more."""

from dataclasses import dataclass, replace
from functools import lru_cache


@dataclass(frozen=True, slots=True)
class Hint:
    """Context of a text: every field None when nothing is known, and nothing is assumed from a None.

    `language` is a code such as "de"; `order` the numeric day order ("DMY", "MDY" or "YMD"); `base` the ISO
    moment the page was fetched, against which relative dates count; `best` and `worst` the ends of the house
    rating scale; `label` the key of the label the text stood under ("runtime", "release", "certificate", …);
    `country` an ISO 3166 code.
    """

    language: str | None = None
    order: str | None = None
    base: str | None = None
    best: float | None = None
    worst: float | None = None
    label: str | None = None
    country: str | None = None

    def under(self, label: str | None) -> "Hint":
        """The same hint for a text that stood under this label."""
        return _under(self, label)


@lru_cache(maxsize=1024)
def _under(hint: Hint, label: str | None) -> Hint:
    return replace(hint, label=label)
