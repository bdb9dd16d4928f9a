"""How much of one text is in another: hashed word triples, or runs of characters where words are not spaced."""

import math
import re
import zlib
from array import array
from bisect import bisect_left
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import chain, compress, repeat
from operator import getitem
from typing import NamedTuple

WORDS = 3
CHARACTERS = 6
"""Width of a shingle in words, and in characters for Chinese, Japanese and Korean."""

MIN_SHINGLES = 30
"""Shorter texts (blurbs, notices that a page has moved) prove nothing by being alike."""

LEAST_WORDS = 8
"""Fewer words ("Not much to say about this one") may be written twice."""

_LONG = 5
"""Bytes of a long word. Of 73 reviews in a dozen languages between 6% and 20% of the shingles are sampled."""

SHORT = 150
"""Words, or signs, below which all shingles are looked at: of so few words none may begin a sampled shingle."""

_PARTS = 16
"""Sampled shingles are gone through in so many parts, each with its table."""

_KNOWN_WORDS = 10_000
"""Words, the first met, of which it is remembered whether shingles that begin with them are sampled."""

# Han, kana and Hangul; the rest is read by words
_UNSPACED = "\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7af\uf900-\ufaff"
_TOKEN = re.compile(rf"[{_UNSPACED}]|(?:(?![{_UNSPACED}])\w)+")
_UNSPACED_TOKEN = re.compile(f"[{_UNSPACED}]")
_WORD = re.compile(r"\w+")
_ASCII_WORDS = bytes(code if chr(code).isalnum() or chr(code) == "_" else 32 for code in range(128)) + bytes(128)


@dataclass(frozen=True, slots=True)
class Likeness:
    """Shares (0..1): of the shorter text found in the other, and of both together."""

    containment: float
    resemblance: float


def shingles(text: str) -> frozenset[int]:
    """The hashed shingles of a text; the same in every process."""
    return frozenset(_hashed(zip(*_shifted(*_tokens(text.casefold())), strict=False)))


def _hashed(shingles: Iterable[tuple[bytes, ...]]) -> Iterator[int]:
    # nothing but C here: this is done for every word of many reviews
    return map(zlib.crc32, map(b" ".join, shingles))


def _shifted(tokens: Sequence[bytes], width: int) -> list[Sequence[bytes]]:
    """The tokens, the tokens from the second on, and so on, which side by side are the shingles."""
    return [tokens[start:] for start in range(width)]


def _tokens(text: str) -> tuple[list[bytes], int]:
    """The words of a text, or its characters where words are not spaced, and how many make a shingle."""
    if text.isascii():
        return text.encode("ascii").translate(_ASCII_WORDS).split(), WORDS
    unspaced = _UNSPACED_TOKEN.findall(text)
    tokens = (_TOKEN if unspaced else _WORD).findall(text)
    width = CHARACTERS if 2 * len(unspaced) > len(tokens) else WORDS
    return [token.encode("utf-8", "replace") for token in tokens], width


class Sketch(NamedTuple):
    """What stands for a text while all are held at once.

    `sample` are its sampled shingles and `whole`, of a text of fewer than `SHORT` words, all of them; both sorted.
    `capsule` is a hash of all words of a text with too few shingles to be alike to others, which has neither, and
    null when its words are so few that chance makes two of them equal. Arrays are of unsigned integers.
    """

    sample: "array[int]"  # array takes no type at run time before 3.12
    whole: "array[int]"
    capsule: int | None


_NONE = array("I")


def sketch(text: str) -> Sketch:
    """The sketch of a text. Copies choose the same shingles, because words choose them."""
    tokens, width = _tokens(text.casefold())
    shifted = _shifted(tokens, width)
    whole = _NONE
    # hardly more words than shingles are different ones: a long text may say one line again and again
    if len(tokens) < SHORT or len(set(tokens)) < MIN_SHINGLES + width:
        whole = array("I", sorted(set(_hashed(zip(*shifted, strict=False)))))
        if len(whole) < MIN_SHINGLES:
            return Sketch(_NONE, _NONE, zlib.crc32(b" ".join(tokens)) if len(tokens) >= LEAST_WORDS else None)
    chosen = compress(zip(*shifted, strict=False), map(_sampled.__getitem__, tokens))
    return Sketch(array("I", sorted(set(_hashed(chosen)))), whole, None)


class _Sampled(dict[bytes, bool]):
    """Whether shingles that begin with a word are sampled: with one long word in four, or one sign in eight.

    What begins with a short word ("of the same") is in many texts.
    """

    def __missing__(self, word: bytes) -> bool:
        long = len(word) >= _LONG
        unspaced = not long and not word.isascii() and _UNSPACED_TOKEN.match(word.decode("utf-8", "replace"))
        chosen = not zlib.crc32(word) % (4 if long else 8) if long or unspaced else False
        if len(self) < _KNOWN_WORDS:
            self[word] = chosen
        return chosen


_sampled = _Sampled()


def likeness(a: frozenset[int], b: frozenset[int]) -> Likeness:
    """How alike two sets of shingles are; nothing when either text is too short to tell."""
    if min(len(a), len(b)) < MIN_SHINGLES:
        return Likeness(0.0, 0.0)
    shared = len(a & b)
    return Likeness(shared / min(len(a), len(b)), shared / (len(a) + len(b) - shared))


def candidate_pairs(samples: Sequence["array[int]"], *, crowd: int = 100) -> Iterator[tuple[int, int]]:
    """Places (smaller first) of texts of which half of the shorter may stand in the other, by their shingles.

    `samples` are all `Sketch.sample` or all `Sketch.whole`. A shingle of more than `crowd` texts is boilerplate and
    ignored. Of sampled texts of `SHORT` words and more one in a thousand is missed of copies that are half alike,
    hardly any of those with one word in ten replaced; shorter texts need to be looked for whole.
    """
    often = _recurring(samples, crowd)
    held = [array("I", filter(often.__contains__, own)) for own in samples]
    holders = {shingle: array("I") for shingle in often}
    for place, own in enumerate(held):
        for shingle in own:
            holders[shingle].append(place)
    for place, own in enumerate(held):
        size = len(samples[place])
        least = _least_shared(size)
        if len(own) < least:
            continue
        # who shares `least` of these shares one of any so many: the rarest have the fewest other holders
        rarest = sorted(own, key=often.__getitem__)[: len(own) - least + 1]
        mine = frozenset(own)
        for other in set(chain.from_iterable(map(holders.__getitem__, rarest))):
            longer = (len(samples[other]), other) > (size, place)  # each pair is looked for from its shorter text
            if longer and len(mine.intersection(held[other])) >= least:
                yield min(place, other), max(place, other)


def _least_shared(size: int) -> int:
    """How many of `size` sampled shingles at least are in a text that holds half of all: three deviations below it."""
    return max(1, size // 10 + 1, math.ceil(size / 2 - 1.5 * math.sqrt(size)))


def _recurring(samples: Sequence["array[int]"], crowd: int) -> dict[int, int]:
    """Each shingle that 2 to `crowd` texts hold, and how many do."""
    found: dict[int, int] = {}
    ends = [0] * len(samples)
    for part in range(1, _PARTS + 1):  # one after the other, since most shingles occur once
        starts = ends
        ends = list(map(bisect_left, samples, repeat((part << 32) // _PARTS)))
        slices = map(getitem, samples, map(slice, starts, ends))
        times = Counter(chain.from_iterable(slices))
        found |= {shingle: often for shingle, often in times.items() if 1 < often <= crowd}
    return found


class Texts:
    """How alike texts are that are known by numbers; `load` gives (number, text) of those worth comparing, once."""

    def __init__(self, load: Callable[[Sequence[int]], Iterable[tuple[int, str]]]) -> None:
        self._load = load
        self._packed: dict[int, array[int]] = {}
        self.shingles = lru_cache(maxsize=512)(self._unpacked)  # a set is fifteen times its array in memory

    def prepare(self, numbers: Sequence[int]) -> None:
        """Make texts comparable."""
        for number, text in self._load(numbers):
            self._packed[number] = array("I", shingles(text))

    def _unpacked(self, number: int) -> frozenset[int]:
        return frozenset(self._packed[number])

    def likeness(self, one: int, other: int) -> Likeness:
        """How alike two prepared texts are."""
        return likeness(self.shingles(one), self.shingles(other))
