"""The words of each language: one TOML file each in `data/languages`; a new language is one new file."""

import re
import tomllib
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from types import MappingProxyType
from typing import Any

from aggregator.errors import ConfigError

SECTIONS = ("dates", "labels", "words", "ratings", "prose")
_QUOTES = str.maketrans({"’": "'", "‘": "'", "ʼ": "'", "´": "'", "“": '"', "”": '"', "\xa0": " "})
_SPACE = re.compile(r"\s+")
_WORD = re.compile(r"[^\W\d_]+(?:'[^\W\d_]+)?")


@dataclass(frozen=True, slots=True)
class Language:
    """One language: its date words, its stopwords, and plain word lists by section and key."""

    code: str
    name: str
    stopwords: frozenset[str]
    months: tuple[tuple[str, ...], ...]
    weekdays: tuple[str, ...]
    order: str
    relative: Mapping[str, tuple[str, ...]]
    numbers: Mapping[str, float]
    tables: Mapping[str, Mapping[str, tuple[str, ...]]]

    def get(self, section: str, key: str) -> tuple[str, ...]:
        """Words under one key, in the order of the file; empty when the language has none."""
        return self.tables[section].get(key, ())


def fold(text: str) -> str:
    """The form in which words are compared: NFC, lower case, straight quotes, single spaces."""
    return _SPACE.sub(" ", unicodedata.normalize("NFC", text).translate(_QUOTES).lower()).strip()


def fold_label(text: str) -> str:
    """A label as the tables hold it: folded, without the colon, dash or bullet around it."""
    return fold(text).strip(" :：–—-•·*|.").strip()


@cache
def codes() -> tuple[str, ...]:
    """Codes of all languages there is a file for, in alphabetical order."""
    folder = files("aggregator.notation").joinpath("data/languages")
    return tuple(sorted(p.name.removesuffix(".toml") for p in folder.iterdir() if p.name.endswith(".toml")))


@cache
def load(code: str) -> Language:
    """The language with this code ("de", "pt-BR" reads pt); ConfigError when there is no such file."""
    code = code.lower().replace("_", "-").split("-")[0]
    if code not in codes():
        raise ConfigError(f"no words for language {code!r}: known are {' '.join(codes())}")
    text = files("aggregator.notation").joinpath(f"data/languages/{code}.toml").read_text(encoding="utf-8")
    raw: dict[str, Any] = tomllib.loads(text)
    tables = {
        section: MappingProxyType(
            {k: tuple(v) for k, v in raw[section].items() if isinstance(v, list) and k != "months"}
        )
        for section in SECTIONS
    }
    dates = raw["dates"]
    return Language(
        code=code,
        name=raw["name"],
        stopwords=frozenset(raw["detect"]["stopwords"]),
        months=tuple(tuple(names) for names in dates["months"]),
        weekdays=tuple(dates["weekdays"]),
        order=dates["order"],
        relative=MappingProxyType({k: tuple(v) for k, v in dates["relative"].items()}),
        numbers=MappingProxyType({k: float(v) for k, v in raw["ratings"]["numbers"].items()}),
        tables=MappingProxyType(tables),
    )


@cache
def all_languages() -> tuple[Language, ...]:
    """Every language there is a file for, in alphabetical order of code."""
    return tuple(load(code) for code in codes())


def chosen(languages: str | Iterable[str] | None = None) -> tuple[Language, ...]:
    """The languages with these codes; all when None; codes without a file are left out."""
    if languages is None:
        return all_languages()
    wanted = [languages] if isinstance(languages, str) else list(languages)
    known = dict.fromkeys(c for c in (w.lower().replace("_", "-").split("-")[0] for w in wanted))
    return tuple(load(c) for c in known if c in codes())


def words(section: str, key: str, languages: str | Iterable[str] | None = None) -> frozenset[str]:
    """All words under a key, over the given languages (codes) or over all."""
    return _words(section, key, tuple(lang.code for lang in chosen(languages)))


def pattern(section: str, key: str, languages: str | Iterable[str] | None = None) -> str:
    """The same words as a regex alternation, longest first, any white space between words; `(?!)` if none."""
    return alternation(words(section, key, languages))


def alternation(texts: Iterable[str]) -> str:
    """A regex fragment that matches any of the folded texts, longest first; `(?!)` (never) when empty."""
    ordered = sorted(set(texts), key=lambda w: (-len(w), w))
    parts = (r"\s+".join(re.escape(p) for p in w.split()).replace("'", "['’]") for w in ordered)
    return "(?:" + "|".join(parts) + ")" if ordered else "(?!)"


def label_roles(languages: str | Iterable[str] | None = None) -> Mapping[str, tuple[str, ...]]:
    """Every known label (folded) with the keys it can stand for; more than one when it is a false friend."""
    return _label_roles(tuple(lang.code for lang in chosen(languages)))


def number_words(languages: str | Iterable[str] | None = None) -> Mapping[str, float]:
    """Number words ("three", "drei") with their value, over the given languages or over all."""
    return {word: value for lang in chosen(languages) for word, value in lang.numbers.items()}


@cache
def _words(section: str, key: str, langs: tuple[str, ...]) -> frozenset[str]:
    return frozenset(w for code in langs for w in load(code).get(section, key))


@cache
def _label_roles(langs: tuple[str, ...]) -> Mapping[str, tuple[str, ...]]:
    roles: dict[str, dict[str, None]] = {}
    for code in langs:
        for key, labels in load(code).tables["labels"].items():
            for label in labels:
                roles.setdefault(label, {})[key] = None
    return MappingProxyType({label: tuple(keys) for label, keys in roles.items()})


@cache
def _weights() -> Mapping[str, tuple[tuple[str, float], ...]]:
    """For each stopword the languages that use it, with a weight: a word of many languages says little."""
    owners: dict[str, list[str]] = {}
    for lang in all_languages():
        for word in lang.stopwords:
            owners.setdefault(word, []).append(lang.code)
    return {word: tuple((code, 1 / len(langs) ** 2) for code in langs) for word, langs in owners.items()}


def detect(text: str, declared: str | None = None) -> str | None:
    """The language a text is written in, of those there is a file for; None when unsure or too short.

    Reads the first 3000 words. `declared` (a page's `<html lang>`, often wrong) only breaks ties.
    """
    text = text[:30_000]
    by_script = _script(text)
    if by_script is not None:
        return by_script or None
    tokens = _WORD.findall(text.translate(_QUOTES).lower())[:3000]
    if len(tokens) < 20:
        return None
    scores: dict[str, float] = defaultdict(float)
    table = _weights()
    for token in tokens:
        for code, weight in table.get(token, ()) or table.get(token.split("'")[0] + "'", ()):
            scores[code] += weight
    return _decide(scores, len(tokens), declared)


def _script(text: str) -> str | None:
    """Language by script: a code, "" when a foreign script tells no language, None for Latin."""
    kana = hangul = han = cyrillic = latin = 0
    for char in text:
        if char <= "\x7f":
            latin += char.isalpha()
        elif "\u3041" <= char <= "\u30ff":
            kana += 1
        elif "\uac00" <= char <= "\ud7a3":
            hangul += 1
        elif "\u4e00" <= char <= "\u9fff":
            han += 1
        elif "\u0400" <= char <= "\u04ff":
            cyrillic += 1
        elif char.isalpha():
            latin += 1
    # a sign of East Asian script says as much as a short word of letters
    if (east := kana + hangul + han) * 3 > latin and east >= 20:
        return _east(kana, hangul, han)
    if cyrillic > latin and cyrillic >= 60:
        return "ru"
    return "" if (kana + hangul + han) * 3 > latin or cyrillic > latin else None


def _east(kana: int, hangul: int, han: int) -> str:
    """Korean, Japanese or Chinese by the shares of their own signs."""
    if hangul > (kana + han):
        return "ko"
    return "ja" if kana * 12 > han else "zh"


def _decide(scores: Mapping[str, float], total: int, declared: str | None) -> str | None:
    """The best language if it is common enough and clearly ahead; a near tie goes to the declared one."""
    ranked = sorted(scores.items(), key=lambda item: (-item[1], item[0]))[:2]
    if not ranked or ranked[0][1] < max(3.0, 0.05 * total):
        return None
    best, top = ranked[0]
    second, runner_up = ranked[1] if len(ranked) > 1 else ("", 0.0)
    if top >= 1.3 * runner_up:
        return best
    hint = (declared or "").lower().replace("_", "-").split("-")[0]
    return hint if hint in {best, second} else None
