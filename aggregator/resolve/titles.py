"""What a title may be called when part of it is left unsaid; its word lists are in data/names.toml."""

import re
import tomllib
from dataclasses import dataclass, field
from functools import lru_cache
from importlib.resources import files

from aggregator.resolve.names import key_of, title_key, title_words, written_as

_TABLE = tomllib.loads(files("aggregator.resolve").joinpath("data/names.toml").read_text(encoding="utf-8"))["titles"]
_SMALL = frozenset(_TABLE["small_words"])
_VERSIONS = tuple(tuple(phrase.split()) for phrase in _TABLE["versions"])
_FORMATS = tuple(tuple(phrase.split()) for phrase in _TABLE["formats"])

# where a subtitle begins: a colon, a dash, and the "or" of old title pages
_BREAK = re.compile(r"\s*:\s+|\s+[-–—]+\s+|\s+or:\s+|\s+or\s+(?=\()|,\s+or,?\s+", re.IGNORECASE)
_BRACKETS = re.compile(r"^(.+?)\s*[(\[]([^()\[\]]+)[)\]]\s*$")
_OWNER = re.compile(r"^(?:[\w.]+\s+){0,3}[\w.]+['’]s?\s+(?=\S)")
_VOWELS = re.compile(r"(?<=.)[aeiouyw]+")
_DOUBLED = re.compile(r"([a-z])\1+")
_LEAST_SOUNDS = 4
"""Shorter skeletons ("ht" of Heat and Hate) say nothing."""


@dataclass(frozen=True, slots=True)
class Forms:
    """Keys of one title: `key` as a whole; `loose` without small words and vowels, empty when too short.

    `written`: the title with its article, its spaces and its number words, case, accents and signs but for "!" left
    out: under one key "Nine" and "9", "Black Water" and "Blackwater", "Mother" and "mother!" are still several.

    `mains`: without its subtitle, which may be that of a sequel. `parts`: by its subtitle, without "Part One" or a
    name before it, or by one of two titles in brackets. `versions` and `formats`:
    without a cut ("Redux") or a way of showing ("3D"). `unnumbered`: main title without its number, and subtitle.
    `core` and `numbers`: the words and the numbers from 2 on; a year is no number.
    """

    key: str
    article: bool
    written: str
    loose: str
    mains: frozenset[str]
    parts: frozenset[str]
    versions: frozenset[str]
    formats: frozenset[str]
    unnumbered: frozenset[str]
    core: str
    numbers: tuple[str, ...]
    title: str = field(compare=False)

    def __reduce__(self) -> tuple[object, tuple[str]]:
        """Sent to another process as the title, of which forms are made once there."""
        return forms_of, (self.title,)


@lru_cache(maxsize=65_536)
def forms_of(title: str) -> Forms:
    """The forms of a title as written."""
    article, words = title_words(title)
    key = title_key(title)
    return Forms(
        key=key,
        article=article,
        written=written_as(title),
        loose=_loose(words),
        mains=_mains(title) - {key, ""},
        parts=_parts(title, words) - {key, ""},
        versions=_without(words, _VERSIONS),
        formats=_without(words, _FORMATS),
        unnumbered=_unnumbered(title) - {key, ""},
        core=key_of(word for word in words if not _is_number(word)),
        numbers=tuple(word for word in words if _is_number(word) and word != "1"),
        title=title,
    )


def _is_number(word: str) -> bool:
    return word.isdigit() and len(word) < 4


def _loose(words: tuple[str, ...]) -> str:
    kept = "".join(word for word in words if word not in _SMALL)
    skeleton = _VOWELS.sub("", _DOUBLED.sub(r"\1", kept))
    return skeleton if len(skeleton) >= _LEAST_SOUNDS else ""


def _pieces(title: str) -> list[str]:
    return [piece for piece in _BREAK.split(title) if piece]


def _mains(title: str) -> frozenset[str]:
    pieces = _pieces(title)
    cuts = [(" ".join(pieces[:at]), " ".join(pieces[at:])) for at in range(1, len(pieces))]
    return frozenset(title_key(main) for main, subtitle in cuts if not _continues(subtitle))


def _parts(title: str, words: tuple[str, ...]) -> frozenset[str]:
    pieces = _pieces(title)
    found = {title_key(" ".join(pieces[at:])) for at in range(1, len(pieces))}
    if bracketed := _BRACKETS.match(title):
        found |= {title_key(bracketed[1]), title_key(bracketed[2])}
    if owner := _OWNER.match(title):
        found.add(title_key(title[owner.end() :]))
    if len(words) > 1 and words[-1] == "1":
        found.add(key_of(words[:-1]))
    return frozenset(found)


def _continues(subtitle: str) -> bool:
    """Whether a subtitle says that this is a later part: "Part Two", but not "Episode IV", where parts began."""
    words = title_words(f"x {subtitle}")[1][1:]
    ends = {words[0], words[-1]} if words else set()
    return any(_is_number(word) and word != "1" for word in ends)


def _without(words: tuple[str, ...], phrases: tuple[tuple[str, ...], ...]) -> frozenset[str]:
    found = set()
    for phrase in phrases:
        if len(words) > len(phrase) and words[-len(phrase) :] == phrase:
            rest = words[: -len(phrase)]
            found.add(key_of(rest[:-1] if len(rest) > 1 and rest[-1] in {"the", "an", "a"} else rest))
    return frozenset(found)


def _unnumbered(title: str) -> frozenset[str]:
    pieces = _pieces(title)
    if len(pieces) < 2:
        return frozenset()
    main = title_words(pieces[0])[1]
    if len(main) < 2 or not _is_number(main[-1]):
        return frozenset()
    return frozenset({key_of((*main[:-1], *title_words(" ".join(pieces[1:]))[1]))})
