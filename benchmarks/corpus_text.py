"""Made-up running text with the statistics of real reviews: few words very often, most hardly ever."""

import random
from collections.abc import Sequence
from itertools import accumulate, product

_HEADS = "b br c d dr f fl g gr h j k l m n p pr r s st t tr v w".split()
_VOWELS = "a e i o u ea ou".split()
_TAILS = ["", "n", "r", "s", "l", "nd", "st", "m"]
_SYLLABLES = ["".join(parts) for parts in product(_HEADS, _VOWELS, _TAILS)]
_SIGNS = [chr(code) for code in range(0x4E00, 0x4E00 + 2000)]
_SHORT = 400
"""Words of one syllable: the commonest."""

MEDIAN_WORDS, SPREAD = 340, 0.75
"""Length of a review, log-normal: on saved pages of critics half have less than 340 words, one in ten over 1,000."""


def words(count: int, rng: random.Random) -> list[str]:
    """Different pronounceable words, short ones first."""
    found: dict[str, None] = {}
    while len(found) < count:
        syllables = 1 if len(found) < _SHORT else 2 if rng.random() < 0.7 else 3
        found["".join(rng.choices(_SYLLABLES, k=syllables))] = None
    return list(found)


class Prose:
    """Draws words by Zipf's law from a vocabulary of 20,000, or signs where words are not spaced."""

    def __init__(self, rng: random.Random) -> None:
        self._rng = rng
        self._words = words(20_000, rng)
        self._weights = list(accumulate(1 / (place + 2.7) for place in range(len(self._words))))
        self._sign_weights = list(accumulate(1 / (place + 8) for place in range(len(_SIGNS))))

    def text(self, *, unspaced: bool = False) -> str:
        """Paragraphs of a review."""
        length = max(12, int(self._rng.lognormvariate(0, SPREAD) * MEDIAN_WORDS))
        if unspaced:
            return "".join(self._rng.choices(_SIGNS, cum_weights=self._sign_weights, k=2 * length))
        drawn = self._rng.choices(self._words, cum_weights=self._weights, k=length)
        return _paragraphs(drawn)

    def sentence(self, length: int = 18) -> str:
        """A few words, for comments and notices."""
        return " ".join(self._rng.choices(self._words, cum_weights=self._weights, k=length)).capitalize() + "."

    def edited(self, text: str, share: float = 0.04) -> str:
        """A copy as another outlet prints it: one word in 25 another, and the end cut off at times."""
        held = text.split(" ")
        for place in self._rng.sample(range(len(held)), int(share * len(held))):
            held[place] = self._rng.choice(self._words)
        kept = len(held) if self._rng.random() < 0.7 else max(40, int(0.75 * len(held)))
        return " ".join(held[:kept])


def _paragraphs(drawn: Sequence[str], sentence: int = 16, paragraph: int = 5) -> str:
    sentences = [" ".join(drawn[at : at + sentence]).capitalize() + "." for at in range(0, len(drawn), sentence)]
    return "\n\n".join(" ".join(sentences[at : at + paragraph]) for at in range(0, len(sentences), paragraph))
