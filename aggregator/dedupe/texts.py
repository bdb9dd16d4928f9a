"""How much of one text is in another: hashed word triples, or runs of characters where words are not spaced."""

import re
import zlib
from array import array
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import combinations, groupby

WORDS = 3
CHARACTERS = 6
"""Width of a shingle in words, and in characters for Chinese, Japanese and Korean."""

MIN_SHINGLES = 30
"""Shorter texts (blurbs, notices that a page has moved) prove nothing by being alike."""

SAMPLE = 8
"""One shingle in this many is looked up to find candidates; the verdict counts all of them."""

# Han, kana and Hangul; the rest is read by words
_UNSPACED = "\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7af\uf900-\ufaff"
_TOKEN = re.compile(rf"[{_UNSPACED}]|(?:(?![{_UNSPACED}])\w)+")
_UNSPACED_TOKEN = re.compile(f"[{_UNSPACED}]")


@dataclass(frozen=True, slots=True)
class Likeness:
    """Shares (0..1): of the shorter text found in the other, and of both together."""

    containment: float
    resemblance: float


@lru_cache(maxsize=4096)  # a set is fifty times its text in memory: keep those of the pairs in hand only
def shingles(text: str) -> frozenset[int]:
    """The hashed shingles of a text; the same in every process."""
    tokens = _TOKEN.findall(text.casefold())
    width = CHARACTERS if 2 * len(_UNSPACED_TOKEN.findall(text)) > len(tokens) else WORDS
    runs = zip(*(tokens[start:] for start in range(width)), strict=False)
    return frozenset(zlib.crc32(" ".join(run).encode("utf-8", "replace")) for run in runs)


def likeness(a: frozenset[int], b: frozenset[int]) -> Likeness:
    """How alike two sets of shingles are; nothing when either text is too short to tell."""
    if min(len(a), len(b)) < MIN_SHINGLES:
        return Likeness(0.0, 0.0)
    shared = len(a & b)
    return Likeness(shared / min(len(a), len(b)), shared / (len(a) + len(b) - shared))


def sample(found: frozenset[int]) -> "array[int]":  # array takes no type at run time before 3.12
    """One shingle in `SAMPLE`, chosen by value, so that copies choose the same; none of a text too short to tell."""
    if len(found) < MIN_SHINGLES:
        return array("Q")
    return array("Q", (shingle for shingle in found if shingle % SAMPLE == 0))


def candidate_pairs(samples: Sequence["array[int]"], *, crowd: int = 100) -> set[tuple[int, int]]:
    """Places (smaller first) of texts that share a sampled shingle.

    A shingle of more than `crowd` texts is boilerplate and ignored. A text of 30 shingles has a sampled one with
    98%, one of 100 with more than 99.99%.
    """
    marks = array("Q", (shingle << 32 | place for place, own in enumerate(samples) for shingle in own))
    pairs: set[tuple[int, int]] = set()
    for _, group in groupby(sorted(marks), key=lambda mark: mark >> 32):
        places = [mark & 0xFFFFFFFF for mark in group]
        if 1 < len(places) <= crowd:
            pairs.update(combinations(places, 2))
    return pairs
