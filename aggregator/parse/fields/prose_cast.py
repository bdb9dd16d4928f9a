"""Who plays whom, as running text says it: "Kathy (Carey Mulligan)", "X as Kathy", "played by X"."""

import re
from collections.abc import Iterator
from functools import cache

from aggregator.notation.cues import cues_of
from aggregator.notation.languages import chosen, fold, label_roles
from aggregator.parse.blocks import Block
from aggregator.parse.fact_labels import table_set
from aggregator.parse.fields.prose_names import NAME, NAMES, UPPER, Prose, Statement, any_of, words

_REST = r"(?:[\w'’-]|\.(?=\w))*"
_JOIN = "de|von|van|the|of|la|le|du|der|da"
_CHARACTER = rf"[‘'“\"]?{UPPER}{_REST}(?:\s+(?:{UPPER}{_REST}|{_JOIN})){{0,3}}[’'”\"]?"
_BRACKET = re.compile(
    rf"\s*[(（](?:played by\s+|gespielt von\s+)?(?P<who>{NAME})(?P<more>\s*[,;–—-]\s+[^()（）]{{0,60}})?[)）]"
)
_BEFORE = re.compile(rf"(?:(?P<role>[a-zà-ÿ][\w-]*)\s+)?(?P<x>{_CHARACTER}|[a-zà-ÿ][\w-]+)$")
_NAME_END = re.compile(rf"{NAME}$")
_CHARACTER_END = re.compile(rf"(?P<x>{_CHARACTER})\s*[,(–—]\s*$")
_EAST = "\u3040-\u30ff\u3400-\u9fff々ー・\uac00-\ud7af"
_EAST_BRACKET = re.compile(
    rf"(?P<x>[\u30a0-\u30ffー・]+|[\u3400-\u9fff々]+|[\uac00-\ud7af]+)[（(](?P<who>[{_EAST}\s]{{2,20}})[)）]"
)
_MAKER = re.compile(r"(?i)\b(?:by|from|director|filmmaker|author|novelist|actor|actress|star|von|par|por|di|da|de)\s+$")
_DETERMINED = re.compile(r"(?i)\b(?:an?|the|his|her|their|its)\s+(?:[\w'’-]+\s+){0,6}$")
_IN_FILM = re.compile(rf"[’'”\"]?\s+(?:in|from|dans|en|em|nel)\s+[‘“\"']?(?:the\s+)?(?={UPPER})")


@cache
def _cues(*keys: str) -> frozenset[str]:
    return cues_of(phrase for key in keys for phrase in words("cast", key))


@cache
def _as() -> re.Pattern[str]:
    lower = r"(?:[a-zà-ÿ][\w'’-]*,?\s+){0,5}?"
    return re.compile(rf",?\s+{any_of(words('cast', 'as'))}\s+{lower}(?P<x>{_CHARACTER})")


@cache
def _plays() -> re.Pattern[str]:
    lower = r"(?:[a-zà-ÿ][\w'’-]*,?\s+){0,4}?"
    return re.compile(rf"\s+(?P<verb>{any_of(words('cast', 'plays'))})\s+{lower}(?P<x>{_CHARACTER})")


@cache
def _played_by() -> re.Pattern[str]:
    english = rf"{any_of(words('cast', 'played'))}\s+(?:[a-z][\w'’-]*\s+){{0,5}}?by"
    said = rf"(?:{english}|{any_of(words('cast', 'played_by'))})"
    return re.compile(rf"(?<![\w-])(?:\w+ly\s+)?{said}\s+(?P<who>{NAMES})")


def cast(prose: Prose) -> Iterator[Statement]:
    """Actors the text names with the part they play, paragraph by paragraph."""
    for block in prose.blocks:
        if "(" in block.text or "（" in block.text:
            yield from _brackets(prose, block)
            yield from _east(prose, block)
        tokens = block.words
        if not tokens.isdisjoint(_cues("as")):
            yield from _acting(prose, block, _as(), "prose.as")
        if not tokens.isdisjoint(_cues("plays")):
            yield from _acting(prose, block, _plays(), "prose.plays")
        if not tokens.isdisjoint(_cues("played", "played_by")):
            yield from _by(prose, block)
    for block in prose.blocks[:4]:
        yield from _starring(prose, block)


@cache
def _starred(language: str | None) -> re.Pattern[str]:
    """What introduces actors: "starring" and its kin of two words or more, as "con" and "avec" say too much else."""
    phrases = set(words("cast", "starring"))
    for lang in chosen([language] if language else []):
        phrases |= {p for p in lang.get("prose", "cast") if " " in p and p.rsplit(" ", 1)[-1] in table_set("by")}
    return re.compile(rf"(?<![\w-]){any_of(phrases)}\s+(?P<who>{NAMES})")


def _starring(prose: Prose, block: Block) -> Iterator[Statement]:
    """Actors behind "starring" at the beginning of the review."""
    for match in _starred(prose.reading.language).finditer(block.text):
        if prose.other_film(block, match.start("who")):
            continue
        for person in re.finditer(NAME, match.group("who")):
            start, end = match.start("who") + person.start(), match.start("who") + person.end()
            if prose.is_person(person.group()) and not prose.in_title(block, start, end):
                yield Statement("cast", person.group(), block, start, end, "prose.starring")


def _brackets(prose: Prose, block: Block) -> Iterator[Statement]:
    """Actors in brackets behind their part; "Mark Romanek (One Hour Photo)" is a filmography."""
    text = block.text
    for match in _BRACKET.finditer(text):
        name = match.group("who")
        start, end = match.span("who")
        before = _BEFORE.search(text, max(0, match.start() - 60), match.start())
        more = (match.group("more") or "").strip(" ,;–—-")
        if before is None or (more and not more[0].islower()) or prose.in_title(block, start, end):
            continue
        if not prose.is_person(name) or not _plausible(prose, block, before, name):
            continue
        if crew := _crew_noun(before, prose):
            yield Statement(crew, name, block, start, end, "prose.bracket")
            continue
        x = before.group("x")
        character = _character(x) if x[0].isupper() or x[0] in "‘'“\"" else None
        yield Statement("cast", name, block, start, end, "prose.character", character)


def _crew_noun(before: re.Match[str], prose: Prose) -> str | None:
    """The role a small word before the bracket names: "fotografia (Linus Sandgren)"."""
    word = before.group("x")
    if not word[:1].islower():
        return None
    roles = label_roles({prose.reading.language or "en", "en"}).get(fold(word), ())
    return next((role for role in roles if role in ("cinematographer", "composer", "editor", "designer")), None)


def _plausible(prose: Prose, block: Block, before: re.Match[str], name: str) -> bool:
    """Whether "X (Name)" says that Name plays X rather than that X made a film called Name."""
    x = before.group("x").strip("‘'“\"’”")
    if fold(x) in words("names", "not_before_bracket") or prose.other_film(block, before.start("x")):
        return False
    if prose.in_title(block, before.start("x"), before.end("x")):
        return False  # a work and who made it
    sure = prose.known(name) or prose.repeated(name.rsplit(maxsplit=1)[-1])
    if not x[:1].isupper():
        near = block.text[max(0, before.start("x") - 100) : before.start("x")]
        somebody = prose.reading.language == "en" and _DETERMINED.search(near) is not None
        return prose.known(name) or (sure and somebody) or _crew_noun(before, prose) is not None
    parts = x.split()
    made = _MAKER.search(block.text, max(0, before.start("x") - 30), before.start("x"))
    if made and len(parts) == 1 and prose.reading.language != "en" and _tells_of(prose, block, x):
        made = None  # "die Geschichte von Winfried (Peter Simonischek)"
    if prose.known(x) or fold(parts[-1]) in prose.surnames or made:
        return False
    if any(fold(part) in words("names", "never") for part in name.split()):
        return sure
    titled = fold(parts[0]).strip(".") in words("names", "titles")
    if len(parts) == 1 or titled or len(parts[-1]) == 1:
        # a family name alone is rather the maker of a film: "Haneke (Funny Games)"
        return sure or titled or x not in prose.second_words
    return sure or prose.words[parts[0]] > prose.count(x) or bool(before.group("role"))


def _tells_of(prose: Prose, block: Block, name: str) -> bool:
    """Whether a name behind "von" or "de" is a part: it comes back, or stands beside other parts with their actors."""
    return prose.count(name) > 1 or len(_BRACKET.findall(block.text)) > 1


def _character(text: str) -> str | None:
    """The part as written, without quotes; a leading "As" or "The" is no part of it."""
    parts = text.strip("‘'“\"’”., ").split()
    small = {"von"} | words("names", "kin") | words("names", "not_first") - words("names", "titles")
    while len(parts) > 1 and fold(parts[0]) in small:
        parts = parts[1:]
    joined = " ".join(parts)
    # "as Juno's parents" names no part
    return None if not joined or fold(joined) in small or re.search(r"['’]s$", joined) else joined


def _acting(prose: Prose, block: Block, pattern: re.Pattern[str], rule: str) -> Iterator[Statement]:
    """Actors before "as Miss Lucy" or "plays Kathy", unless that was in another film."""
    for match in pattern.finditer(block.text):
        before = _NAME_END.search(block.text, max(0, match.start() - 60), match.start())
        if before is None:
            continue
        name = prose.clean(before.group())
        start = before.end() - len(name)
        character = _character(match.group("x"))
        if not prose.is_person(name) or prose.in_title(block, start, before.end()):
            continue
        if (character is None and not prose.known(name)) or _IN_FILM.match(block.text, match.end()):
            continue
        if not prose.other_film(block, start):
            yield Statement("cast", name, block, start, before.end(), rule, character)


def _by(prose: Prose, block: Block) -> Iterator[Statement]:
    for match in _played_by().finditer(block.text):
        if prose.other_film(block, match.start("who")):
            continue
        people = list(re.finditer(NAME, match.group("who")))
        before = _CHARACTER_END.search(block.text, max(0, match.start() - 60), match.start())
        part = _character(before.group("x")) if before and len(people) == 1 else None
        for person in people:
            start, end = match.start("who") + person.start(), match.start("who") + person.end()
            if prose.is_person(person.group()) and not prose.in_title(block, start, end):
                yield Statement("cast", person.group(), block, start, end, "prose.played_by", part)


def _east(prose: Prose, block: Block) -> Iterator[Statement]:
    """Actors in brackets in East Asian text, only listed ones: nothing else tells names from words there."""
    listed = prose.listed.get("cast", set())
    for match in _EAST_BRACKET.finditer(block.text) if listed else ():
        if fold(match.group("who")) in listed and fold(match.group("x")) not in table_set("people"):
            yield Statement("cast", match.group("who"), block, *match.span("who"), "prose.character", match.group("x"))
