"""How a running text speaks of a phrase: as of a film, as of a person, or as a part of a longer name."""

import re
from collections.abc import Iterator
from functools import cache
from itertools import islice

from aggregator.notation.headline import is_festival, table
from aggregator.notation.languages import alternation, chosen, fold, words
from aggregator.notation.people import is_name
from aggregator.parse.fields.prose_names import words as prose_words
from aggregator.parse.fields.title_words import general_words, is_day, mentions

Span = tuple[int, int]
_MOST = 500
"""Mentions of a phrase that are looked at: a text that says one more often is no review."""
SENTENCE = re.compile(r"(?:^|[.!?…:;\n“\"‘(\[–—-])\s*$")
"""What stands before the first word of a sentence."""
_BEFORE = re.compile(r"([^\W\d_][\w'’-]*)\s$")
_BEHIND = re.compile(r"(?:['’]s)?\s[^\W\d_a-zà-ÿа-яё][\w'’-]*")
_YEAR = re.compile(r"[”\"’»]?\s*[(\[](?:[^()\[\]\d]{0,40}[,;]?\s)?(?:19|20)\d\d\b")


def names(phrase: str, text: str, taken: list[Span] | None = None) -> list[Span]:
    """Where a text says a phrase as a whole name; not where a longer one stands that is `taken` already."""
    return [
        span
        for span in islice(mentions(phrase, text), _MOST)
        if _is_whole(text, *span) and not within(span, taken or [])
    ]


def within(span: Span, others: list[Span]) -> bool:
    """Whether a span lies in one of the others."""
    return any(low <= span[0] and span[1] <= high for low, high in others)


def _is_whole(text: str, start: int, end: int) -> bool:
    """Whether a mention is no part of a longer name: "Post" in "Night Post Office" is."""
    last = text[start:end].rsplit(maxsplit=1)[-1]
    if text[start].islower() or last[0].islower() or _BEHIND.match(text, end):
        return False
    before = _BEFORE.search(text, max(0, start - 30), start)
    return before is None or before[1][0].islower() or fold(before[1]) in _small()


def article_before(text: str, span: Span) -> str:
    """The article before a mention, with a space, where it is written as part of the name: "in The Lighthouse"."""
    start, _ = span
    article = _ARTICLE.search(text, max(0, start - 5), start)
    if article is None or SENTENCE.search(text[max(0, article.start() - 4) : article.start()]):
        return ""
    return article[0]


_ARTICLE = re.compile(r"(?<=\s)(?:The|An?|Le|La|Les|El|Los|Las|Il|Lo|Der|Die|Das|Den|De|O|Os)\s$")


@cache
def _small() -> frozenset[str]:
    """Words that open sentences: in capitals there they begin no name."""
    return frozenset(word for lang in chosen() for word in lang.stopwords)


def is_telling(phrase: str, text: str, spans: list[Span], language: str | None) -> bool:
    """Whether a phrase is more than a word that any text has in capitals."""
    parts = fold(phrase).split()
    if fold(phrase) in _general() or is_day(phrase) or is_festival(phrase) or all(p in _general() for p in parts):
        return False
    if len(parts) == 1 or (language == "de" and len(parts) < 3):
        # one word, and any noun in German, may stand in capitals by chance
        inner = [span for span in spans if not SENTENCE.search(text[max(0, span[0] - 4) : span[0]])]
        return len(spans) >= 2 and len(inner) >= (2 if language == "de" else 1) and not phrase.isdigit()
    return True


@cache
def _general() -> frozenset[str]:
    return general_words() | table("kicker") | table("countries") | _small()


def is_person(name: str, text: str) -> bool:
    """Whether a phrase is somebody's name: the text goes on with the family name alone, or says whose film it is."""
    parts = name.split()
    if not 2 <= len(parts) <= 4 or parts[0].casefold() == "the" or not is_name(name):
        return False
    whole = list(islice(mentions(name, text), _MOST))
    if any(_credited().search(fold(text[max(0, start - 30) : start])) for start, _ in whole):
        return True
    return any(not within(span, whole) for span in names(parts[-1], text))


_BY = re.compile(r"(?<!\w)(?:by|von|par|por|di|de|door|av|af|reż\.|dir\.?)\s$", re.IGNORECASE)


def is_dated(text: str, span: Span) -> bool:
    """Whether a year in brackets stands right behind a phrase, and no word for "by" before it."""
    return _YEAR.match(text, span[1]) is not None and not _BY.search(text, max(0, span[0] - 8), span[0])


@cache
def _credited() -> re.Pattern[str]:
    """A word that names a person's part in a film, right before the name."""
    roles = words("labels", "director") | words("labels", "cast") | words("prose", "director") | words("prose", "cast")
    return re.compile(rf"(?<!\w){alternation(roles)}\s*[:.]?\s*$")


def as_film(text: str, spans: list[Span], language: str | None, *, surely: bool = False) -> bool:
    """Whether a text says of a phrase that it is a film: "the film X", "X (2010)", "I saw X"; unless it must be sure,
    "X is a comedy" too.
    """
    before, behind = _cues(language)
    for start, end in spans:
        lead = fold(text[max(0, start - 40) : start]).rstrip(" \"“‘'«»„")
        # "the most seen Dutch film" has seen no film called Dutch
        if _YEAR.match(text, end) or (before.search(lead) and not (surely and _GOES_ON.match(text, end))):
            return True
        opens = SENTENCE.search(text[max(0, start - 4) : start])
        if opens and not surely and behind.match(fold(text[end : end + 90])):
            return True
    return False


def is_made(text: str, spans: list[Span]) -> bool:
    """Whether a text says whose film a phrase is: "Maren Ades „Toni Erdmann“", "Volver de Pedro Almodóvar"."""
    return any(_OWNER.search(text, max(0, start - 50), start) or _MAKER.match(text, end) for start, end in spans)


def is_played(text: str, spans: list[Span]) -> bool:
    """Whether a text says who does what in something with an article in capitals, and comes back to it near its end:
    "Leo Orrin eats a liver in The Revenant".
    """
    if len(spans) < 2 or spans[-1][0] < len(text) / 2:
        return False
    return any(_ARTICLED.match(text, start) and _DOES_IN.search(text, max(0, start - 90), start) for start, _ in spans)


def is_acted_in(lead: str) -> bool:
    """Whether what stands before a name is who acts in it and no more: "Anna Weber and Carl Ott in “"."""
    return _ACTS_IN.fullmatch(lead) is not None


_CAPITAL = r"[^\W\d_a-zà-ÿа-яё]"
_PERSON = rf"{_CAPITAL}[\w-]+\s(?:{_CAPITAL}\.\s|(?:von|van|de|del|da|di|la|le)\s){{0,2}}{_CAPITAL}[\w-]+"
_OWNER = re.compile(rf"(?<!\w){_PERSON}(?:['’]s?|(?<=s))\s[“\"‘'«»„]?\s?$")
_ACTS_IN = re.compile(rf"{_PERSON}(?:(?:,|\s[^\W\d_]+)\s{_PERSON})*\s(?:in|dans|en|em)\s[“\"‘'«»„]?")
_DOES_IN = re.compile(rf"(?:^|[.!?\n]\s?){_PERSON}\s[a-zà-ÿа-яё][^.!?\n]{{0,60}}\s(?:in|dans|en|em)\s$")
_ARTICLED = re.compile(r"(?:The|Les?|La|Los|El|Las|Il|Der|Die|Das|De)\s")
_MAKER = re.compile(rf"[”\"’'»«“]?,?\s(?:by|von|par|por|di|de|door|av|af|do|da|od)\s{_PERSON}")
_ACTOR = re.compile(rf"\({_PERSON}[,)]")


def is_acted(text: str) -> bool:
    """Whether a text names two actors or more with their parts, as one that tells of one film does."""
    return len({*_ACTOR.findall(text), *_playing().findall(text)}) >= 2


@cache
def _playing() -> re.Pattern[str]:
    # "as" alone says too much else
    part = prose_words("cast", "plays") | {phrase for phrase in prose_words("cast", "as") if " " in phrase}
    return re.compile(rf"(?<!\w){_PERSON}(?=,?\s{alternation(part)}\s)")


@cache
def _cues(language: str | None) -> tuple[re.Pattern[str], re.Pattern[str]]:
    """What stands right before a film's name, and what a sentence that begins with one goes on to say."""
    used = {language or "en", "en"}
    film = words("words", "film", used) | words("words", "film_kind", used)
    before = alternation(film | words("words", "watched", used))
    this = alternation(words("words", "this_film", used))
    return (
        re.compile(rf"(?<!\w){before}(?: {alternation(table('called'))})?[,:]?$"),
        re.compile(rf"(?:(?!{this})[^.!?\n]){{1,70}}?(?<!\w)(?<!film ){alternation(film)}(?!\w)"),
    )


_GOES_ON = re.compile(
    r"\s+(?!(?:and|with|on|in|at|for|again|last|und|mit|im|et|avec|y|con|e|com|и)\b)[^\W\d_A-ZÀ-ÞА-ЯЁ]"
)


def openings(text: str) -> Iterator[str]:
    """Phrases in capitals of a text, each with and without the word that opens its sentence, and without the place or
    time behind it: "Past Lives at the Regal".
    """
    for found in _capitals().finditer(text):
        phrase = _small_end().sub("", found[0])
        yield phrase.strip(" ,-&.")
        if placed := _PLACED.search(phrase):
            yield phrase[: placed.start()]
        first, _, rest = phrase.partition(" ")
        if rest and fold(first) in _small() and not rest[0].islower():
            yield rest.strip(" ,-&.")


_PLACED = re.compile(r" (?:at|on|in|by|from|im|am|au|en|al|com|på|op) ")


@cache
def _small_end() -> re.Pattern[str]:
    return re.compile(rf"(?:[ ,&-]+{alternation(table('small'))})+$", re.IGNORECASE)


@cache
def _capitals() -> re.Pattern[str]:
    word = r"[^\W_a-zà-ÿа-яё][\w'’]*(?:[.-]\w+)*"
    small = alternation(word for word in table("small") if word.isalpha())
    return re.compile(rf"(?<![\w'’]){word}(?:(?:: | & | (?:(?-i:{small}) ){{0,3}}){word}){{0,7}}(?!\w)")
