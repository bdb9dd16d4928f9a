"""What titles are as words: the key two spellings share, how a text mentions one, what is no title at all."""

import re
from functools import cache, lru_cache
from urllib.parse import unquote, urlsplit

from aggregator.notation.languages import fold, label_roles, words
from aggregator.notation.titles import fold_title

_SLUG_EXTENSION = re.compile(r"\.(html?|php|aspx?|shtml)$")


def key(title: str) -> str:
    """The form in which titles support each other."""
    return fold_title(title)


@cache
def general_words() -> frozenset[str]:
    """Words that stand in bold or quotes everywhere and name no film: MOVIE, Review, Director."""
    return words("words", "film") | words("words", "review") | frozenset(label_roles())


def like_title(text: str) -> bool:
    """Whether a phrase can be a title: short, and written as a name."""
    if fold(text) in general_words():
        return False
    parts = text.split()
    return len(parts) <= 10 and (text[0].isupper() or text[0].isdigit() or ord(text[0]) > 0x2E80 or text == "xXx")


def is_sentence(text: str) -> bool:
    """Five words or more, most of them small: a sentence about a film, not its title."""
    parts = [part for part in text.split() if part[0].isalpha()]
    return len(parts) >= 5 and sum(part[0].islower() for part in parts) > len(parts) / 2


def script_of(text: str) -> str:
    """Latin, east or other, by the first letter that tells."""
    for char in text:
        if char.isalpha():
            return "latin" if char < "\u0250" else "east" if char > "\u2e80" else "other"
    return "latin"


@lru_cache(maxsize=256)
def mention(name: str) -> re.Pattern[str]:
    """A title in running text: straight and curly quotes are one; a shouted headline is found in any case."""
    parts = [
        re.sub(r"['’]", "['’]", re.escape(_stem(word))) + ("\\w{0,3}" if _inflects(word) else "")
        for word in name.split()
    ]
    shouted = name.isupper() and len(name) > 4
    inner = r"\s+".join(parts)
    return re.compile(rf"(?<![^\W\u3040-\ud7a3]){inner}(?![^\W\u3040-\ud7a3])", re.IGNORECASE if shouted else 0)


def _inflects(word: str) -> bool:
    """Whether a word may end otherwise in running text: Russian titles are declined."""
    return len(word) > 4 and bool(re.search("[а-яё]", word))


def _stem(word: str) -> str:
    return word[:-2] if _inflects(word) and word[-1] in "аеиоуыьюяйё" else word


def slug_of(url: str | None) -> str:
    """The last telling part of an address, letters and dashes."""
    path = unquote(urlsplit(url or "").path).rstrip("/")
    parts = [_SLUG_EXTENSION.sub("", part).lower() for part in path.split("/") if part]
    words = [part for part in parts if re.search(r"[^\W\d_]", part)]
    return re.sub(r"[^\w]+", "-", words[-1]) if words else ""
