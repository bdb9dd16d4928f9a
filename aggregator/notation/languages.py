"""The words of each language: one TOML file each in `data/languages`; a new language is one new file."""

import re
import tomllib
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files
from types import MappingProxyType
from typing import Any

from aggregator.errors import ConfigError

SECTIONS = ("dates", "labels", "words", "ratings", "prose")
_QUOTES = (("’", "'"), ("‘", "'"), ("ʼ", "'"), ("´", "'"), ("“", '"'), ("”", '"'), ("\xa0", " "))
_CURLY = re.compile(f"[{''.join(curly for curly, _ in _QUOTES)}]")
_WORD = re.compile(r"[^\W\d_]+(?:'[^\W\d_]+)?")
_GAP = r"\s+"
_Tree = dict[str, "_Tree"]
"""Texts by their signs, one after the other; the empty sign ends a text."""


@dataclass(frozen=True, slots=True)
class Language:
    """One language: its date words, its stopwords, and plain word lists by section and key."""

    code: str
    name: str
    aliases: tuple[str, ...]
    kin: str
    stopwords: frozenset[str]
    foreign_letters: frozenset[str]
    foreign_words: frozenset[str]
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
    return _fold_short(text) if len(text) < 120 else _fold(text)


def _fold(text: str) -> str:
    if text.isascii():
        return " ".join(text.lower().split())
    # the Turkish capital with a dot lowers to an i and a loose dot
    lower = _straight(unicodedata.normalize("NFC", text)).lower().replace("i\u0307", "i")
    return " ".join(lower.split())


def _straight(text: str) -> str:
    if _CURLY.search(text):
        for curly, straight in _QUOTES:
            text = text.replace(curly, straight)
    return text


# one line of a page is folded by many readers
_fold_short = lru_cache(maxsize=8192)(_fold)


def fold_label(text: str) -> str:
    """A label as the tables hold it: folded, without the colon, dash or bullet around it."""
    return fold(text).strip(" :：–—-•·*|.").strip()


@cache
def codes() -> tuple[str, ...]:
    """Codes of all languages there is a file for, in alphabetical order."""
    folder = files("aggregator.notation").joinpath("data/languages")
    return tuple(sorted(p.name.removesuffix(".toml") for p in folder.iterdir() if p.name.endswith(".toml")))


def load(code: str) -> Language:
    """The language with this code ("de", "pt-BR" reads pt); ConfigError when there is no such file."""
    code = base(code)
    if code not in codes():
        raise ConfigError(f"no words for language {code!r}: known are {' '.join(codes())}")
    return _load(code)


def base(code: str) -> str:
    """The code without its region, lower case: "pt" of "pt-BR" or "pt_BR"; "no" of "nb", which shares its table."""
    bare = code.lower().replace("_", "-").split("-")[0]
    return bare if bare in codes() else _aliases().get(bare, bare)


@cache
def _aliases() -> Mapping[str, str]:
    return {alias: language.code for language in all_languages() for alias in language.aliases}


@cache
def _load(code: str) -> Language:
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
        aliases=tuple(raw.get("aliases", ())),
        kin=raw["detect"].get("kin", code),
        stopwords=frozenset(raw["detect"]["stopwords"]),
        foreign_letters=frozenset(raw["detect"].get("foreign_letters", "")),
        foreign_words=frozenset(raw["detect"].get("foreign_words", ())),
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
    return tuple(_load(code) for code in codes())


def chosen(languages: str | Iterable[str] | None = None) -> tuple[Language, ...]:
    """The languages with these codes; all when None; codes without a file are left out."""
    return tuple(_load(code) for code in _used(languages))


def _used(languages: str | Iterable[str] | None) -> tuple[str, ...]:
    if languages is None:
        return codes()
    return _known((languages,) if isinstance(languages, str) else tuple(languages))


@lru_cache(maxsize=1024)
def _known(wanted: tuple[str, ...]) -> tuple[str, ...]:
    """The codes of those for which there is a file, each once."""
    return tuple(code for code in dict.fromkeys(map(base, wanted)) if code in codes())


def words(section: str, key: str, languages: str | Iterable[str] | None = None) -> frozenset[str]:
    """All words under a key, over the given languages (codes) or over all."""
    return _words(section, key, _used(languages))


def pattern(section: str, key: str, languages: str | Iterable[str] | None = None) -> str:
    """The same words as a regex alternation, longest first, any white space between words; `(?!)` if none."""
    return alternation(words(section, key, languages))


def alternation(texts: Iterable[str]) -> str:
    """A regex fragment that matches any of the folded texts, longest first; `(?!)` (never) when empty.

    Texts that begin alike share that beginning, so that a place where none stands is left after one look at its first
    sign instead of one look for each of hundreds of words.
    """
    tree: _Tree = {}
    for text in texts:
        node = tree
        for number, word in enumerate(text.split()):
            for sign in ((_GAP,) if number else ()) + tuple(word):
                node = node.setdefault(sign, {})
        node[""] = {}
    if not tree:
        return "(?!)"
    plain = {sign: rest for sign, rest in tree.items() if sign.isascii()}
    if 0 < len(plain) < len(tree):
        beyond = _branches({sign: rest for sign, rest in tree.items() if sign not in plain})
        return f"(?:{_branches(plain)}|(?=[^\\x00-\\x7f]){beyond})"
    return f"(?:{_branches(tree)})"


def _branches(tree: _Tree) -> str:
    """The fragment of one node of the tree: what goes on before what ends here."""
    parts = [
        _sign(sign) + (_branches(rest) if rest.keys() != {""} else "") for sign, rest in sorted(tree.items()) if sign
    ]
    if "" in tree:
        parts.append("")
    return parts[0] if len(parts) == 1 else f"(?:{'|'.join(parts)})"


def _sign(sign: str) -> str:
    return sign if sign == _GAP else "['’]" if sign == "'" else re.escape(sign)


def label_roles(languages: str | Iterable[str] | None = None) -> Mapping[str, tuple[str, ...]]:
    """Every known label (folded) with the keys it can stand for; more than one when it is a false friend."""
    return _label_roles(_used(languages))


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
def _weights() -> Mapping[str, tuple[tuple[str, float, float], ...]]:
    """For each stopword the languages that use it, with two weights: a word of many languages says little.

    The first tells languages apart, the second how much a text is of a language or its next of kin: the small words
    of Danish and Norwegian are nearly the same.
    """
    owners: dict[str, list[Language]] = {}
    for lang in all_languages():
        for word in lang.stopwords:
            owners.setdefault(word, []).append(lang)
    return {
        word: tuple((lang.code, 1 / len(langs) ** 2, 1 / len({other.kin for other in langs}) ** 2) for lang in langs)
        for word, langs in owners.items()
    }


def detect(text: str, declared: str | None = None) -> str | None:
    """The language a text is written in, of those there is a file for; None when unsure or too short.

    Reads the first 6000 signs. `declared` (a page's `<html lang>`, often wrong) only breaks ties and supports
    a weak finding of the same language.
    """
    text = text[:6000]
    by_script = _script(text)
    if by_script is not None:
        return by_script or None
    tokens = _WORD.findall(_straight(text).lower())
    if len(tokens) < 20:
        return None
    scores: dict[str, float] = defaultdict(float)
    levels: dict[str, float] = defaultdict(float)
    met: dict[str, int] = defaultdict(int)
    table = _weights()
    for token, times in Counter(tokens).items():
        found = table.get(token) or (table.get(token.split("'")[0] + "'", ()) if "'" in token else ())
        for code, weight, level in found:
            scores[code] += weight * times
            levels[code] += level * times
            met[code] += times
    best = _decide(scores, levels, met, len(tokens), base(declared or ""))
    return None if best is None or _is_neighbour(text, tokens, best) else best


def _is_neighbour(text: str, tokens: Sequence[str], code: str) -> bool:
    """Whether a text holds letters or words this language lacks, too often for names: Danish looks like Swedish."""
    language = load(code)
    letters = sum(text.lower().count(letter) for letter in language.foreign_letters)
    if letters > max(2, len(text) // 250):
        return True
    return sum(map(language.foreign_words.__contains__, tokens)) > max(1, len(tokens) // 50)


_SCRIPTS = {
    name: re.compile(f"[{ends}]+")
    for name, ends in (
        ("kana", "\u3041-\u30ff"),
        ("hangul", "\uac00-\ud7a3"),
        ("han", "\u4e00-\u9fff"),
        ("cyrillic", "\u0400-\u04ff"),
        ("latin", "\u00c0-\u024f"),
        ("other", "\u0370-\u03ff\u0530-\u1cff\u1f00-\u1fff"),
    )
}
_BEYOND_ASCII = re.compile(r"[^\x00-\x7f]+")
_NOT_RUSSIAN = re.compile("[іїєґўјљњђћџѓќ]", re.IGNORECASE)
_RUSSIAN = re.compile("[ыэё]", re.IGNORECASE)


def _script(text: str) -> str | None:
    """Language by script: a code, "" when a foreign script tells no language, None for Latin."""
    if text.isascii():
        return None
    signs = "".join(_BEYOND_ASCII.findall(text))
    counts = {name: sum(map(len, runs.findall(signs))) for name, runs in _SCRIPTS.items()}
    latin = counts["latin"] + 0.8 * (len(text) - len(signs))  # a fifth of plain text is spaces and points
    # a sign of East Asian script says as much as a short word of letters
    if (east := counts["kana"] + counts["hangul"] + counts["han"]) * 3 > latin and east >= 20:
        return _east(counts["kana"], counts["hangul"], counts["han"])
    if counts["cyrillic"] > latin and counts["cyrillic"] >= 60:
        return "ru" if _is_russian(text) else ""
    return "" if east * 3 > latin or counts["cyrillic"] + counts["other"] > latin else None


def _is_russian(text: str) -> bool:
    """Whether a Cyrillic text is Russian, by the letters it has of its own and lacks of its neighbours'."""
    own, foreign = len(_RUSSIAN.findall(text)), len(_NOT_RUSSIAN.findall(text))
    return own > 2 * foreign


def _east(kana: int, hangul: int, han: int) -> str:
    """Korean, Japanese or Chinese by the shares of their own signs."""
    if hangul > (kana + han):
        return "ko"
    return "ja" if kana * 12 > han else "zh"


def _decide(
    scores: Mapping[str, float], levels: Mapping[str, float], met: Mapping[str, int], total: int, declared: str
) -> str | None:
    """The best language if enough of the words are its own and it is clearly ahead; a near tie to the declared.

    Prose holds 35 to 55% function words of its language and 5 to 20% of a stranger's; less is asked of a text
    whose page declares the same language.
    """
    ranked = sorted(scores.items(), key=lambda item: (-item[1], item[0]))[:2]
    if not ranked:
        return None
    best, top = ranked[0]
    second, runner_up = ranked[1] if len(ranked) > 1 else ("", 0.0)
    if top < 1.3 * runner_up:
        best, top = (second, runner_up) if declared == second else (best, top)
        if declared != best:
            return None
    share, own = (0.10, 0.05) if declared == best else (0.22, 0.10)
    return best if met[best] >= share * total and levels[best] >= own * total else None
