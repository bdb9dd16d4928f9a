"""How much of one text is in another: hashed word triples, or runs of characters where words are not spaced."""

import re
import zlib
from array import array
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import chain

WORDS = 3
CHARACTERS = 6
"""Width of a shingle in words, and in characters for Chinese, Japanese and Korean."""

MIN_SHINGLES = 30
"""Shorter texts (blurbs, notices that a page has moved) prove nothing by being alike."""

LEAST_WORDS = 8
"""Fewer words ("Not much to say about this one") may be written twice."""

SAMPLE = 8
"""One shingle in this many is looked up to find candidates; the verdict counts all of them."""

_PARTS = 64
"""Sampled shingles are gone through in so many parts, each with its table."""

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
    tokens, width = _tokens(text.casefold())
    # nothing but C from here on: this is done for every word of every review
    return frozenset(map(zlib.crc32, map(b" ".join, zip(*(tokens[start:] for start in range(width)), strict=False))))


def _tokens(text: str) -> tuple[list[bytes], int]:
    """The words of a text, or its characters where words are not spaced, and how many make a shingle."""
    if text.isascii():
        return text.encode("ascii").translate(_ASCII_WORDS).split(), WORDS
    unspaced = _UNSPACED_TOKEN.findall(text)
    tokens = (_TOKEN if unspaced else _WORD).findall(text)
    width = CHARACTERS if 2 * len(unspaced) > len(tokens) else WORDS
    return [token.encode("utf-8", "replace") for token in tokens], width


def capsule(text: str) -> int | None:
    """What two short texts of the same words share; null when they are so few that chance makes them alike."""
    tokens, _ = _tokens(text.casefold())
    return zlib.crc32(b" ".join(tokens)) if len(tokens) >= LEAST_WORDS else None


def likeness(a: frozenset[int], b: frozenset[int]) -> Likeness:
    """How alike two sets of shingles are; nothing when either text is too short to tell."""
    if min(len(a), len(b)) < MIN_SHINGLES:
        return Likeness(0.0, 0.0)
    shared = len(a & b)
    return Likeness(shared / min(len(a), len(b)), shared / (len(a) + len(b) - shared))


def sample(found: frozenset[int]) -> "array[int]":  # array takes no type at run time before 3.12
    """One shingle in `SAMPLE`, chosen by value, so that copies choose the same; none of a text too short to tell."""
    if len(found) < MIN_SHINGLES:
        return array("I")
    return array("I", [shingle for shingle in found if not shingle % SAMPLE])


def candidate_pairs(samples: Sequence["array[int]"], *, crowd: int = 100) -> Iterator[tuple[int, int]]:
    """Places (smaller first) of texts that share sampled shingles: at least one, and one in ten of the shorter text's.

    A shingle of more than `crowd` texts is boilerplate and ignored. Of two texts that are half alike, one of 30
    shingles shares a sampled one with 90%, one of 100 or more what it takes with more than 99%; of copies with one
    word in ten replaced hardly any is missed.
    """
    holders, held = _recurring(samples, crowd)
    for place, numbers in enumerate(held):
        shared = Counter(chain.from_iterable(holders[number] for number in numbers))
        for other, times in sorted(shared.items()):
            if other < place and times > min(len(samples[place]), len(samples[other])) // 10:
                yield other, place


def _recurring(samples: Sequence["array[int]"], crowd: int) -> tuple[list["array[int]"], list["array[int]"]]:
    """The texts that hold each shingle of 2 to `crowd` texts, and for each text the places of its own among them."""
    parts = [array("Q") for _ in range(_PARTS)]  # one after the other, since most shingles occur once
    for place, own in enumerate(samples):
        for shingle in own:
            parts[shingle // SAMPLE % _PARTS].append(shingle << 32 | place)
    holders: list[array[int]] = []
    held = [array("I") for _ in samples]
    for part in parts:
        first: dict[int, int] = {}
        more: dict[int, array[int]] = {}
        for mark in part:
            shingle, place = mark >> 32, mark & 0xFFFFFFFF
            if first.setdefault(shingle, place) != place:
                more.setdefault(shingle, array("I", [first[shingle]])).append(place)
        for places in more.values():
            if len(places) <= crowd:
                for place in places:
                    held[place].append(len(holders))
                holders.append(places)
    return holders, held


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
