"""Keys under which two spellings of one title or one name fall together; the tables are in data/names.toml."""

import re
import tomllib
import unicodedata
from collections.abc import Iterable
from functools import lru_cache
from importlib.resources import files

_TABLE = tomllib.loads(files("aggregator.resolve").joinpath("data/names.toml").read_text(encoding="utf-8"))
_LETTERS = str.maketrans(_TABLE["letters"])
_ARTICLES = frozenset(_TABLE["titles"]["articles"])
_ELIDED = frozenset(_TABLE["titles"]["elided_articles"])
_AND = frozenset(_TABLE["titles"]["and_words"])
_NUMERALS: dict[str, str] = _TABLE["numerals"]
_PART_NUMERALS: dict[str, str] = _TABLE["part_numerals"]
_PARTS = frozenset(_TABLE["titles"]["part_words"])
_WORDS: dict[str, str] = _TABLE["words"]
_SOUNDS: dict[str, str] = _TABLE["sounds"]
_CAPITALS: dict[str, str] = _TABLE["capital_numerals"]
_NO_NAME = frozenset(_TABLE["people"]["drop"])

# accents of European letters only: the voicing marks of kana and the vowel signs of Indic scripts are letters
_ACCENTS = re.compile("[\u0300-\u036f]")
_FRACTION = re.compile(r"(?<=\d)(?=[¼-¾⅐-⅞])")
_APOSTROPHES = re.compile(r"['’‘ʼ`´]")
# signs inside words and between them; a dash between spaces parts
_JOINS = re.compile(r"(?<=\w)[-–·•.*](?=\w)|['’‘ʼ`´]")
_SPACED = frozenset(["LATIN", "CYRILLIC", "GREEK", ""])
_LAST_ARTICLE = re.compile(r"^(.+),\s*(\w+)(['’]?)$")
# the fifth and the tenth part, at the end of a title or of its main part: elsewhere V and X are letters
_LAST_NUMERAL = re.compile(r"(?<=\w)\s+([VX])(?=\s*$|\s*:\s|\s+[-–—]\s)")
_YEAR_NOTE = re.compile(r"(?<=.)\s*[(\[](?:(?:18|19|20)\d\d(?:\s+film)?|film)[)\]]\s*$", re.IGNORECASE)
_BETWEEN_NUMBERS = re.compile(r" (?!(?<=\d )\d)")  # spaces go, but "2 1" must not become 21
# letters, digits and the marks that some scripts write vowels with
_WORD = re.compile(r"[^\W_](?:[^\W_]|[\u0900-\u0e7f\u3099\u309a])*")


def plain(text: str) -> str:
    """`text` in lower case without accents, full-width forms and ligatures."""
    spread = unicodedata.normalize("NFKD", _FRACTION.sub(" ", text)).casefold()
    return unicodedata.normalize("NFC", _ACCENTS.sub("", spread).translate(_LETTERS))


@lru_cache(maxsize=65_536)
def title_words(title: str) -> tuple[bool, tuple[str, ...]]:
    """Whether a title starts with an article, and its other words as two spellings of it share them.

    Case, accents, punctuation, "&", number words, Roman numerals, the word Part before a number and a year in
    brackets behind the title do not count. No words for a title of signs only.
    """
    bare = _in_reading_order(title)
    bare = _LAST_NUMERAL.sub(lambda found: f" {_CAPITALS[found[1]]}", bare)
    text = plain(bare).replace("&", " and ")
    first, apostrophe, rest = _split_elided(text)
    elided = bool(apostrophe) and first in _ELIDED
    words = _WORD.findall(_APOSTROPHES.sub("", rest if elided else text))
    article = len(words) > 1 and words[0] in _ARTICLES
    return article or elided, tuple(_folded(words[article:]))


def _in_reading_order(title: str) -> str:
    """The title without a year in brackets, an article from behind its comma put first."""
    bare = _YEAR_NOTE.sub("", title.strip()) or title
    inverted = _LAST_ARTICLE.match(bare)
    if inverted and plain(inverted[2]) in (_ELIDED if inverted[3] else _ARTICLES):
        return f"{inverted[2]}{inverted[3] or ' '}{inverted[1]}"
    return bare


@lru_cache(maxsize=65_536)
def written_as(title: str) -> str:
    """The title as it is written, without case, accents, and signs other than an exclamation mark.

    Hyphens join ("Spider-Man" is "Spiderman"), spaces part, and of numbers only Roman ones are made Arabic.
    """
    text = _LAST_NUMERAL.sub(lambda found: f" {_CAPITALS[found[1]]}", _in_reading_order(title))
    words = _WORD.findall(_JOINS.sub("", plain(text).replace("&", " and ")))
    spaced = " " if script_of(text) in _SPACED else ""
    return spaced.join([words[0], *(_NUMERALS.get(word, word) for word in words[1:])] if words else []) + "!" * (
        "!" in text
    )


def _folded(words: list[str]) -> list[str]:
    folded: list[str] = []
    last = len(words) - 1
    for place, spelled in enumerate(words):
        word = _WORDS.get(spelled, spelled)
        if word in _AND and 0 < place < last:
            word = "and"
        in_part = len(folded) > 1 and folded[-1] in _PARTS
        if place:
            word = (_PART_NUMERALS if in_part else _NUMERALS).get(word, word)
        if in_part and word.isdigit():
            folded.pop()
        folded.append(word)
    return folded


@lru_cache(maxsize=65_536)
def title_key(title: str) -> str:
    """What two spellings of one title share; subtitles count. Never empty for a title that is not blank.

    What `title_words` says does not count, nor do spaces and a leading article: "The Baader-Meinhof Complex" and
    "Baader Meinhof Complex, The (2008)" are one.
    """
    return key_of(title_words(title)[1]) or " ".join(title.casefold().split())


def key_of(words: Iterable[str]) -> str:
    """The key that words of a title make."""
    return _BETWEEN_NUMBERS.sub("", " ".join(words))


def _split_elided(text: str) -> tuple[str, str, str]:
    found = _APOSTROPHES.search(text)
    return (text[: found.start()], found[0], text[found.end() :]) if found else (text, "", "")


@lru_cache(maxsize=65_536)
def name_words(name: str) -> tuple[str, ...]:
    """The words of a person's name in alphabetical order, initials run together ("J. J." is "jj")."""
    words: list[str] = []
    initials = ""
    for word in _WORD.findall(_APOSTROPHES.sub("", plain(name).replace("-", " "))):
        if len(word) == 1 and word.isascii():
            initials += word
            continue
        words += [initials, word]
        initials = ""
    words = [word for word in [*words, initials] if word and word not in _NO_NAME]
    return tuple(sorted(words))


@lru_cache(maxsize=65_536)
def sound_of(key: str) -> str:
    """A name key with the letters that transliterations of one name differ in made one."""
    for spelled, sound in _SOUNDS.items():
        key = key.replace(spelled, sound)
    return key


@lru_cache(maxsize=65_536)
def person_key(name: str) -> str:
    """What two spellings of one name share: case, accents, order and initials' dots do not count."""
    return " ".join(name_words(name)) or " ".join(name.casefold().split())


def script_of(text: str) -> str:
    """The script of the first letter ("LATIN", "CJK", "HANGUL"): names in two scripts cannot be compared."""
    letter = next((character for character in plain(text) if character.isalpha()), "")
    return unicodedata.name(letter, "").split(" ")[0] if letter else ""
