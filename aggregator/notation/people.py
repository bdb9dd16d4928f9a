"""Names of people in a value: who, with the note in brackets or the part played; words are data/people.toml."""

import re
import tomllib
import unicodedata
from dataclasses import dataclass, replace
from functools import cache, lru_cache
from importlib.resources import files

from aggregator.notation.hint import Hint
from aggregator.notation.languages import alternation, fold, words
from aggregator.notation.split import Piece, pieces

LONGEST = 4000
"""Characters a list of names may have."""
MOST_WORDS = 5
_EAST = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af々ー]")
_SCRIPT_NAME = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af々ー・·=＝.\s]{2,24}")
_URL = re.compile(r"https?:|www\.|@|\.(?:com|org|net|de|fr|co)\b|[<>{}=*\\_#★☆]")
_DIGIT = re.compile(r"\d")
_DOTS = re.compile(r"\s*(?:…|\.{2,}|⋯|·{2,})\s*")
_DASH = re.compile(r"\s+(?:--?|[–—])\s+|\s*[:：]\s+|[:：]")

_GLUED = re.compile(r"\b(?!V[ao]nder)[^\W\d_]*[a-zà-ÿ]{4}[A-ZÀ-Þ][a-zà-ÿ]")
"""Two names without a space ("FarrellAngelina"); "MacDonald" and "FitzGerald" have fewer letters before theirs."""


@dataclass(frozen=True, slots=True)
class Person:
    """One person as written; `note` what stood in brackets, `character` the part played."""

    name: str
    note: str | None = None
    character: str | None = None


@cache
def table(key: str) -> frozenset[str]:
    """The words under a key of data/people.toml."""
    raw = tomllib.loads(files("aggregator.notation").joinpath("data/people.toml").read_text("utf-8"))
    return frozenset(raw[key])


@cache
def given_names() -> frozenset[str]:
    """Given names of all languages, folded: data/given_names.toml."""
    raw: dict[str, str] = tomllib.loads(
        files("aggregator.notation").joinpath("data/given_names.toml").read_text("utf-8")
    )
    return frozenset(name for names in raw.values() for name in names.split())


@cache
def _plays() -> re.Pattern[str]:
    return re.compile(rf"\s+{alternation(table('plays'))}\s+", re.IGNORECASE)


@cache
def _voice_of() -> re.Pattern[str]:
    return re.compile(rf"\s*(?:with\s+)?{alternation(table('voice_of'))}\s+", re.IGNORECASE)


def parse_people(text: str, hint: Hint | None = None) -> list[Person] | None:
    """The people a value names, in order; None when it is no list of names.

    Names stay as written and are never put together from parts: "Lana and Lilly Wachowski" is one entry, because
    "Lana Wachowski" stands nowhere. `hint.label` says what they did ("cast": brackets hold the part played);
    `hint.language` adds its own words for "and". Raises nothing.
    """
    if not text or len(text) > LONGEST:
        return None
    hint = hint or Hint()
    found: list[Person] = []
    refused = 0
    jokes = 0
    for piece in pieces(unicodedata.normalize("NFC", text), hint, table):
        person = _person(piece, hint)
        if person is None:
            refused += 1
            jokes += piece.text[:1].islower()
        elif person.name:
            found.append(person)
    # a list of names stays one when a joke or another fact is glued to its end, a sentence never was one
    allowed = 1 if len(found) >= 3 or (len(found) == 2 and hint.label) else 0
    # actors may be followed by what no actor is: some goats, and the sea
    joking = hint.label == "cast" and len(found) >= 2 and refused == jokes <= len(found) + 1 and jokes < 4
    if not found or (refused > allowed and not joking) or (hint.label and _turned_round(text, hint)):
        return None
    return found


def _turned_round(text: str, hint: Hint) -> bool:
    """Whether this is "Okafor, Lena": one name turned round, or two people by their family names alone."""
    return (
        hint.label not in ("cast", "narrator")
        and re.fullmatch(r"[A-ZÀ-Þ][\w'’-]+,\s[A-ZÀ-Þ][\w'’-]+", text) is not None
    )


@lru_cache(maxsize=8000)
def is_name(text: str) -> bool:
    """Whether a text can be one person's name: capitals, few words, no digits, none of a sentence's words."""
    if fold(text) in table("known"):
        return True
    if _URL.search(text) or _DIGIT.search(text) or _GLUED.search(text) or len(text) > 60:
        return False
    if _EAST.search(text):
        return _SCRIPT_NAME.fullmatch(text) is not None and fold(text) not in table("no_names")
    parts = text.split()
    if len(text) < 2 or not parts or text.endswith(("'s", "’s")) or fold(text).strip(".") in table("no_names"):
        return False
    suffix = len(parts) > 1 and fold(parts[-1]).strip(".,") in table("suffixes")
    if "," in text.rstrip(",") and not suffix:
        return False
    if len(parts) - suffix > MOST_WORDS:
        return False
    particles = table("particles")
    folded = [part.lower().replace("’", "'").strip(".,") for part in parts]
    folded = [word if word in particles else word.rstrip("'") for word in folded]
    if any(part.strip(".,") in table("no_name_words") for part in parts) or not table("never_words").isdisjoint(folded):
        return False
    return all(_name_word(part) or word in particles for part, word in zip(parts, folded, strict=True)) and (
        _name_word(parts[-1]) and any(_name_word(part) for part in parts)
    )


def is_somebody(text: str) -> bool:
    """Whether a name is surely a person's and no site's or section's: two words or more, the first a given name or
    an initial, or a particle between them.
    """
    first, _, rest = text.partition(" ")
    if not rest or is_firm(text) or not is_name(text):
        return False
    if _INITIALS.match(text) or _PARTICLE.search(text):
        return True
    folded = fold(first).strip(".,")
    return folded in given_names() or not given_names().isdisjoint(folded.split("-"))


_INITIALS = re.compile(r"(?:[^\W\d_a-zß-ÿ]\.\s?){1,3}(?=[^\W\d_a-zß-ÿ])")
_PARTICLE = re.compile(r"\s(?:van|von|de|di|da|del|della|dos|bin|ibn|af|der)\s(?=[^\W\d_a-zß-ÿ])")


def is_firm(text: str) -> bool:
    """Whether a name holds a word that only firms, sites and places have in theirs."""
    return any(word.endswith("'s") or word.strip(".,") in table("firms") for word in fold(text).split())


def _name_word(word: str) -> bool:
    """A capital at the start (behind O', d' or a quote), letters, and no sign that names do not have."""
    bare = word.strip("'’‘\"“”„.,")
    if not bare or not all(char.isalpha() or char in "-'’‘.·\"“”`´" or unicodedata.combining(char) for char in bare):
        return False
    if not bare[0].islower():
        return len(bare) > 1 or word.endswith(".") or bare.isupper()
    return re.match(r"^(?:d|l|o|de|al|el|ul|mc|van|dell|dall|nell|all|sull)['’\-.]?[^\W\da-zà-ÿ]", bare) is not None


def _person(piece: Piece, hint: Hint) -> Person | None:
    """The person of one piece; an empty name for "and more"; None when the piece is no name."""
    if fold(piece.text).strip(".,;: ") in _others(hint.language):
        return Person("")
    voice = _voice_of().match(piece.text)
    name, character = _split_part(piece.text[voice.end() :] if voice else piece.text, hint)
    name = _trim(name)
    if not name or fold(name).strip(".,;: ") in _others(hint.language):
        return Person("")
    if not is_name(name) and not _is_family(name, hint):
        return None
    person = Person(name, "voice" if voice else None, character)
    for inside in piece.notes:
        person = _noted(person, inside, hint)
    return person


@cache
def _ands(language: str) -> re.Pattern[str]:
    return re.compile(rf"\s+{alternation(table('and') | words('words', 'and', language))}\s+")


def _is_family(name: str, hint: Hint) -> bool:
    """Whether this is "Lana and Lilly Wachowski": two given names before one family name."""
    halves = _ands(hint.language or "en").split(name)
    return len(halves) == 2 and all(is_name(half) for half in halves)


def _others(language: str | None) -> frozenset[str]:
    own = words("words", "et_al", language) if language else frozenset()
    return table("others") | frozenset(word.strip(".,") for word in own)


def _split_part(text: str, hint: Hint) -> tuple[str, str | None]:
    """A piece as (name, part): "X as Y", "X … Y"; under a cast label also "X – Y" and "X: Y"."""
    splitters = [_plays(), _DOTS]
    if hint.label in ("cast", "narrator"):
        splitters.append(_DASH)
    for splitter in splitters:
        match = splitter.search(text)
        if match and match.start() > 0:
            name, part = text[: match.start()].strip(), text[match.end() :].strip(" .")
            if is_name(_trim(name)) and _is_part(part):
                return name, part
    return text, None


def _is_part(text: str) -> bool:
    """Whether a text can be a character: short, and it names someone or something."""
    longest = max((len(part.split()) for part in text.split("/")), default=0)
    return 0 < len(text) <= 60 and longest <= 7 and not _URL.search(text) and any(c.isalpha() for c in text)


def _noted(person: Person, inside: str, hint: Hint) -> Person:
    """Add what stood in brackets, as the part played or as a note."""
    folded = fold(inside).strip(" .:")
    if not folded:
        return person
    played = re.match(r"^(?:(?:as|als|como|jako|som)\s+|(?:饰演|飾演|饰|飾)\s*)(.+)$", inside, re.IGNORECASE)
    if played and folded not in table("role_notes") and person.character is None:
        return replace(person, character=played.group(1).strip())
    role = folded in table("role_notes") or folded.split()[0] in ("voice", "stimme", "voix", "voz", "voce", "stem")
    role = role or folded in words("labels", "writer") | words("labels", "story") | words("labels", "author")
    part = hint.label in ("cast", "narrator", None) and not role and _looks_like_part(inside)
    if part and person.character is None:
        return replace(person, character=inside.strip())
    return replace(person, note=f"{person.note}, {inside.strip()}" if person.note else inside.strip())


def _looks_like_part(text: str) -> bool:
    first = text.strip("'’‘\"“”„ ")[:1]
    return bool(first) and not first.islower() and not re.fullmatch(r"[\W\d]+", text) and _is_part(text)


def _trim(text: str) -> str:
    """A name without the signs around it; the dot of "Jr." and of an initial stays."""
    text = text.strip().strip(',;:|/•·・-–—*"“”„«»[]()').strip()
    if text.endswith(".") and not re.search(r"(?:\b(?:jr|sr|jnr|snr|st)|\b\w)\.$", text, re.IGNORECASE):
        text = text.rstrip(".").rstrip()
    return _unfilled(text)


@cache
def _filler() -> re.Pattern[str]:
    return re.compile(rf"(?:{alternation(table('fillers'))}|&|(?P<more>and|und|et))\s+", re.IGNORECASE)


def _unfilled(text: str) -> str:
    """A name without the words that say a list goes on; "And Demir" is a name, "And Su Li" is not."""
    while match := _filler().match(text):
        rest = text[match.end() :].strip()
        whole = len(rest.split()) > 1 or fold(rest) in table("known")
        if match["more"] and match["more"].istitle() and not whole:
            break
        text = rest
    return text
