"""Age certificates: a code, the boards it could be from, and the reason; words and boards are data."""

import html
import re
import unicodedata
from dataclasses import dataclass
from functools import cache, lru_cache

from aggregator.model import Certificate
from aggregator.notation.boards import Phrase, Tables, loose, spellings, tables
from aggregator.notation.hint import Hint
from aggregator.notation.languages import fold, load

LONGEST = 400
"""Characters a certificate with its reason may have."""
_MARKS = re.compile("[\u200b-\u200f\u202a-\u202e\u2060\ufeff\u00ad]")
_BRACKETED = re.compile(r"[(\[]([^()\[\]]*)[)\]]\.?")
_SEPARATED = re.compile(r"\s*(?:[,;|/]|[-–—]\s|:)\s*(?=\S)")
_NUMBER = re.compile(r"\+?\d+\+?")
_REASON = re.compile(r"[^\W\d].*[^\W\d]", re.DOTALL)
_BARE_REASON = re.compile(r"([a-z]{3,})(?:,? [a-z/-]+)+")
"""A reason without its "for", all in small letters."""
_ISO_COUNTRY = re.compile(r"[A-Z]{2}")
_SCORE = re.compile(r"\d\s*(?:/|out of|von|sur|su|de)\s*\d")


@dataclass(frozen=True, slots=True)
class _Context:
    """What stood before the code: `wanted` the systems named there, `expected` whether a certificate must come."""

    hint: Hint
    wanted: frozenset[str] | None
    expected: bool
    led: str

    @property
    def language(self) -> str:
        """The language of the page without its region, "" when it is not known."""
        return (self.hint.language or "").lower().split("-")[0]


def parse_certificate(text: str, hint: Hint | None = None) -> Certificate | None:
    """The one certificate a text states, or None; "Not Rated" is none.

    A bare code keeps every system that has it, narrowed by a board or country named in the text, then by
    `hint.country`, then by `hint.language`. A bare number or a letter that is also a grade counts only with
    `hint.label == "certificate"` or behind such a label in the text. Raises nothing.
    """
    found = _parsed(text[: 4 * LONGEST], hint or Hint())
    return found and found.model_copy(update={"systems": [*found.systems]})


@lru_cache(maxsize=4096)
def _parsed(text: str, hint: Hint) -> Certificate | None:
    raw = " ".join(_MARKS.sub("", html.unescape(text)).split())
    if not raw or len(raw) > LONGEST:
        return None
    context, rests = _leads(_unbracket(unicodedata.normalize("NFC", raw)), hint)
    rest = rests[-1]
    if any(_is_none(part) for part in (raw, rest or raw)):
        return None
    return _from_phrase(raw, rests, context) or _from_code(raw, rest, context)


def _unbracket(text: str) -> str:
    """The text without brackets around the whole of it: "(15)" is a 15."""
    whole = _BRACKETED.fullmatch(text)
    return whole.group(1).strip() if whole else text


def _leads(text: str, hint: Hint) -> tuple[_Context, list[str]]:
    """Cut labels, boards and countries before the code; the texts that are left, one shorter than the other."""
    known = tables()
    if match := known.placed.match(fold_keep(text)):
        text = f"{match[1]} {match[2]}{text[match.end() :]}"
    rests = [text]
    wanted: set[str] | None = None
    led = ""
    while match := known.lead.match(fold_keep(text)):
        if match.end() == len(text):
            break  # "APTA" and "Cert" are words of the tables, but then nothing is left to be the certificate
        label = match.group(1)
        if named := [known.named[fold(match.group())] for match in known.name.finditer(label)]:
            # "us rating" names a country, "bbfc" a board: the narrower of two wins
            chosen = set(next(ids for ids in named if len(ids) == min(map(len, named))))
            wanted = chosen if wanted is None else (wanted & chosen or chosen)
        led = label if len(label) > len(led) else led
        text = _unbracket(text[match.end() :])
        rests.append(text)
    expected = hint.label == "certificate" or bool(led)
    return _Context(hint, None if wanted is None else frozenset(wanted), expected, led), rests


def fold_keep(text: str) -> str:
    """Lower case and straight quotes, every character in its place."""
    if text.isascii():
        return text.lower()
    return "".join(low if len(low := char.lower()) == 1 else char for char in text).replace("’", "'")


def _is_none(text: str) -> bool:
    folded = fold(text).strip(" .!-–—")
    if not folded:
        return True
    return folded in tables().none or folded.startswith(_none_openings())


@cache
def _none_openings() -> tuple[str, ...]:
    return tuple(f"{word} {then}" for word in tables().none for then in ("(", "for "))


def _from_phrase(raw: str, rests: list[str], context: _Context) -> Certificate | None:
    # the whole line first: "Maiores de 12 anos" begins with words that are a label elsewhere
    for text in dict.fromkeys(fold(text) for text in (raw, *rests)):
        for phrase in tables().phrases if context.wanted else _phrases(context.language):
            if not _phrase_fits(phrase.language, phrase.label, phrase.systems, context):
                continue
            if (match := phrase.pattern.fullmatch(text)) and (found := _worded(raw, phrase, match, context)):
                return found
    return None


def _worded(raw: str, phrase: Phrase, match: re.Match[str], context: _Context) -> Certificate | None:
    """The certificate a sentence names, if its boards give one of this age."""
    groups = match.groupdict()
    age = groups.get("n") or groups.get("m") or ""
    code = phrase.code.replace("{n}", str(int(age)) if age else "")
    having = [system for system in _systems_with(code) if system in phrase.systems]
    narrowed = _narrow(having, context)
    return Certificate(raw=raw, code=code, systems=narrowed, reason=groups.get("reason")) if narrowed else None


def _phrase_fits(language: str | None, label: bool, systems: tuple[str, ...], context: _Context) -> bool:
    if label and not context.expected:
        return False
    named = bool(context.wanted and context.wanted & set(systems))
    return language is None or named or context.language == language


@cache
def _phrases(language: str) -> tuple[Phrase, ...]:
    """The phrases of one language, and those that are said in any."""
    return tuple(phrase for phrase in tables().phrases if phrase.language in (None, language))


def _systems_with(code: str) -> list[str]:
    return [system for _, system in spellings().get(loose(code), ())]


def _from_code(raw: str, rest: str, context: _Context) -> Certificate | None:
    known = tables()
    match = known.codes.match(rest)
    if match is None:
        return None
    spelled = match.group(1)
    tail = _tail(rest[match.end() :], context, known)
    if tail is None:
        return None
    reason, named, called = tail
    if reason is not None and fold(reason) in known.games:
        return None
    if not (called or _credible(spelled, context, reasoned=reason is not None)):
        return None
    pairs = _pairs(spelled)
    by_code = _narrow([system for _, system in pairs], context, named)
    if by_code is None:
        return None
    if reason is not None and fold(reason).startswith(known.reason_start):
        if known.reason_system not in by_code and len(spelled) == 1:
            return None  # "E for Everyone" is a game's rating
        by_code = [known.reason_system] if known.reason_system in by_code else by_code
    code = next(code for code, system in pairs if not by_code or system in by_code)
    return Certificate(raw=raw, code=code, systems=by_code, reason=reason)


def _pairs(spelled: str) -> list[tuple[str, str]]:
    """(code, system) of every code written like this; a dash in the text means a code with a dash, if any."""
    pairs = list(spellings().get(loose(spelled), ()))
    if re.search(r"[\s\-]", spelled):
        return [pair for pair in pairs if "-" in pair[0] or " " in pair[0]] or pairs
    return pairs


def _credible(spelled: str, context: _Context, *, reasoned: bool) -> bool:
    """Whether so short a sign may be taken for a certificate here."""
    if _NUMBER.fullmatch(spelled):
        if context.hint.label == "certificate":
            return True
        # "Rating: 18" may be a score, "Rated 8" too; "Rated 15" is no score anybody gives
        strong = bool(context.led) and "rating" not in context.led.split()
        return bool(context.wanted) or (strong and (context.led != "rated" or int(spelled.strip("+")) >= 12))
    if spelled.upper() != spelled and len(spelled) == 1 and not context.led:
        return False
    weak = {word.lower() for word in tables().weak}
    return spelled.lower() not in weak or context.expected or (reasoned and spelled.isupper())


def _tail(tail: str, context: _Context, known: Tables) -> tuple[str | None, frozenset[str] | None, bool] | None:
    """What follows the code: (reason, systems named, whether it is called a certificate); None when it is none."""
    named: frozenset[str] | None = None
    reason: str | None = None
    called = False
    tail = tail.strip(" .")
    while tail:
        if match := known.trail.match(fold_keep(tail)):
            called |= "cert" in match.group(0).lower()
            tail = tail[match.end() :].strip(" .")
        elif match := known.places.match(fold_keep(tail)):
            named = frozenset(known.named[fold(match.group(1))])
            tail = tail[match.end() :].strip(" .,")
        elif reason is None and (found := _reason(tail, context, known)):
            reason, tail = found
        else:
            return None
    said = reason is not None and fold(reason) not in known.no_reason and not _ISO_COUNTRY.fullmatch(reason)
    return (reason if said else None), named, called


def _reason(tail: str, context: _Context, known: Tables) -> tuple[str, str] | None:
    """The reason at the start of `tail` and what is left, or None when there is none."""
    if fold_keep(tail).startswith(known.reason_start):
        sentence = re.match(r"[^.]*(?:\.(?=\S)[^.]*)*", tail)
        return (sentence.group(0).strip(), "") if sentence else None
    if match := _BRACKETED.match(tail):
        inner = match.group(1).strip()
        if _REASON.search(inner) and not _SCORE.search(inner):
            return inner, tail[match.end() :].strip(" .")
        return None
    if context.led and (said := _BARE_REASON.fullmatch(tail)) and said[1] not in words_of_prose():
        return tail, ""
    match = _SEPARATED.match(tail)
    if match and context.expected and not re.search(r"\d", tail):
        text = tail[match.end() :].strip()
        another = known.lead.match(fold_keep(text)) or known.codes.match(text)
        return (text, "") if _REASON.fullmatch(text) and not another else None
    return None


def words_of_prose() -> frozenset[str]:
    """English words that go on with a sentence, and open no reason."""
    return frozenset(load("en").stopwords) - {"some"}


def _narrow(systems: list[str], context: _Context, named: frozenset[str] | None = None) -> list[str] | None:
    """The systems that fit what is known; [] when the code is of no board, None when what is named contradicts it."""
    known = [system for system in dict.fromkeys(systems) if system]
    if not known:
        return [] if systems else None
    for ids in (named, context.wanted):
        if ids is not None:
            known = [system for system in known if system in ids]
            if not known:
                return None
    by_id = {system.id: system for system in tables().systems}
    country = (context.hint.country or "").upper()
    language = (context.hint.language or "").lower().split("-")[0]
    known = [s for s in known if country in by_id[s].countries] or known
    return [s for s in known if language in by_id[s].languages] or known
