"""Keys under which two spellings of one title or one name fall together; the tables are in data/names.toml."""

import re
import tomllib
import unicodedata
from functools import lru_cache
from importlib.resources import files

_TABLE = tomllib.loads(files("aggregator.resolve").joinpath("data/names.toml").read_text(encoding="utf-8"))
_LETTERS = str.maketrans(_TABLE["letters"])
_ARTICLES = frozenset(_TABLE["titles"]["articles"])
_ELIDED = frozenset(_TABLE["titles"]["elided_articles"])
_AND = frozenset(_TABLE["titles"]["and_words"])
_NUMERALS: dict[str, str] = _TABLE["numerals"]
_NO_NAME = frozenset(_TABLE["people"]["drop"])

# accents of European letters only: the voicing marks of kana and the vowel signs of Indic scripts are letters
_ACCENTS = re.compile("[\u0300-\u036f]")
_FRACTION = re.compile(r"(?<=\d)(?=[¼-¾⅐-⅞])")
_APOSTROPHES = re.compile(r"['’‘ʼ`´]")
_LAST_ARTICLE = re.compile(r"^(.+),\s*(\w+)$")
_YEAR_NOTE = re.compile(r"(?<=.)\s*[(\[](?:18|19|20)\d\d[)\]]\s*$")
_BETWEEN_NUMBERS = re.compile(r" (?!(?<=\d )\d)")  # spaces go, but "2 1" must not become 21
# letters, digits and the marks that some scripts write vowels with
_WORD = re.compile(r"[^\W_](?:[^\W_]|[\u0900-\u0e7f\u3099\u309a])*")


def plain(text: str) -> str:
    """`text` in lower case without accents, full-width forms and ligatures."""
    spread = unicodedata.normalize("NFKD", _FRACTION.sub(" ", text)).casefold()
    return unicodedata.normalize("NFC", _ACCENTS.sub("", spread).translate(_LETTERS))


@lru_cache(maxsize=65_536)
def title_key(title: str) -> str:
    """What two spellings of one title share; subtitles count. Never empty for a title that is not blank.

    Case, accents, punctuation, spaces, a leading article, "&", Roman numerals and a year in brackets behind the
    title do not count: "The Baader-Meinhof Complex", "Baader Meinhof Complex, The (2008)" are one.
    """
    bare = _YEAR_NOTE.sub("", title.strip()) or title
    inverted = _LAST_ARTICLE.match(bare)
    if inverted and plain(inverted[2]) in _ARTICLES:
        bare = f"{inverted[2]} {inverted[1]}"
    text = plain(bare).replace("&", " and ")
    first, apostrophe, rest = _split_elided(text)
    words = _WORD.findall(_APOSTROPHES.sub("", rest if apostrophe and first in _ELIDED else text))
    if len(words) > 1 and words[0] in _ARTICLES:
        del words[0]
    last = len(words) - 1
    folded = [
        "and" if word in _AND and 0 < place < last else _NUMERALS.get(word, word) if place else word
        for place, word in enumerate(words)
    ]
    return _BETWEEN_NUMBERS.sub("", " ".join(folded)) or " ".join(title.casefold().split())


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
def person_key(name: str) -> str:
    """What two spellings of one name share: case, accents, order and initials' dots do not count."""
    return " ".join(name_words(name)) or " ".join(name.casefold().split())


def script_of(text: str) -> str:
    """The script of the first letter ("LATIN", "CJK", "HANGUL"): names in two scripts cannot be compared."""
    letter = next((character for character in plain(text) if character.isalpha()), "")
    return unicodedata.name(letter, "").split(" ")[0] if letter else ""
