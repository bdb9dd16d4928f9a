"""Dates of one thread of comments: the shape and the day order of a few samples are used for all."""

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from aggregator.notation.date_forms import Found, Shape, matches, scan, shapes
from aggregator.notation.date_settle import is_all, plain, resolve, shown_order
from aggregator.notation.date_words import base_code
from aggregator.notation.hint import Hint

MAX_TEXT = 200
"""A longer text is not a date."""
_SAMPLES = 40
"""So many texts show how a thread writes its dates."""


@dataclass(frozen=True, slots=True)
class Thread:
    """How one thread writes its dates: `shapes` are tried first, `fallback` reads what they do not."""

    hint: Hint
    code: str | None
    shapes: tuple[Shape, ...]
    fallback: Callable[[str, Hint], str | None]

    @classmethod
    def of(cls, samples: Sequence[str], hint: Hint, fallback: Callable[[str, Hint], str | None]) -> "Thread":
        """Learn from the first samples; with none the thread reads as `fallback` does."""
        code = base_code(hint.language)
        found = [item for text in samples[:_SAMPLES] if (item := _only(text, code))]
        if hint.order is None and (order := shown_order(found)):
            hint = replace(hint, order=order)
        # ISO is left to the fallback, which has a faster path for it
        seen = [name for name, _ in Counter(f.shape for f in found if f.shape != "iso").most_common(2)]
        known = {shape.name: shape for shape in shapes(code)}
        return cls(hint, code, tuple(known[name] for name in seen), fallback)

    def read(self, text: str) -> str | None:
        """The ISO date of one text of the thread, as `parse_date` gives it."""
        spelled = plain(text).strip()
        for shape in self.shapes if len(spelled) <= MAX_TEXT else ():
            item = next(matches(spelled, shape, self.code), None)
            if item and is_all(spelled, item, self.code):
                return resolve(item, self.hint)
        return self.fallback(text, self.hint)


def _only(text: str, code: str | None) -> Found | None:
    spelled = plain(text[:MAX_TEXT]).strip()
    found = scan(spelled, code, alone=True)
    return found[0] if len(found) == 1 and is_all(spelled, found[0], code) else None
