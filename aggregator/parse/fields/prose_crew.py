"""Who made the film, as running text says it: "directed by X", "X's haunting score", "shot in long takes by X"."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache

from aggregator.notation.cues import WORD, cues_of
from aggregator.notation.headline import table
from aggregator.notation.languages import alternation, chosen
from aggregator.notation.titles import fold_title
from aggregator.parse.blocks import Block
from aggregator.parse.fact_labels import table_set
from aggregator.parse.fields.prose_east import directors
from aggregator.parse.fields.prose_names import (
    NAME,
    NAMES,
    TITLE_TAGS,
    Prose,
    Statement,
    any_of,
    prose_table,
    words,
)

ROLES = ("director", "writer", "author", "composer", "cinematographer", "editor", "producer")
_LOWER = r"(?:(?!(?:like|such|than|como|wie|comme|come|zoals|jak)\b)[a-zà-ÿ][\w'’-]*,?\s+)"
_WRITTEN_AND = re.compile(r"(?i)\b(?:written|scripted|écrit|scritto|escrit[oa])\s+(?:and|et|e|y|&)\s*$")
_OTHER_JOB = re.compile(r"(?i)\b(?:assistant|art|casting|executive|music|unit|second|creative)\s+$")
_NAME_END = re.compile(rf"{NAME}$")


@dataclass(frozen=True, slots=True)
class Rule:
    """One way of saying who did what: `cues` are words of which the text must hold one, a cheap first look."""

    role: str
    name: str
    said: str
    """The pattern as written: few pages need more than some, and to compile them all takes as long as many pages."""
    cues: frozenset[str]
    strong: bool = True

    @property
    def pattern(self) -> re.Pattern[str]:
        """The compiled pattern."""
        return _compiled(self.said)


_compiled = cache(re.compile)


def crew(prose: Prose) -> Iterator[Statement]:
    """The people behind the camera that the text names, paragraph by paragraph."""
    english = prose.reading.language in ("en", None)
    for block in prose.blocks:
        tokens = block.words
        for rule in _phrases(prose.reading.language):
            if not rule.cues.isdisjoint(tokens):
                yield from _said(prose, block, rule)
        if english:
            yield from _english(prose, block, tokens)
    yield from _headline(prose)
    yield from _opening(prose)
    if prose.reading.language in ("ja", "ko"):
        yield from directors(prose)


def _english(prose: Prose, block: Block, tokens: frozenset[str]) -> Iterator[Statement]:
    for rule in (*_with_by(), *_with_verb()):
        if not rule.cues.isdisjoint(tokens):
            yield from _said(prose, block, rule)
    if "’s " in block.text or "'s " in block.text or "s’ " in block.text or "s' " in block.text:
        yield from _possessives(prose, block, tokens)
        yield from _whose(prose, block)
    if "who" in tokens:
        yield from _who(prose, block)


def _said(prose: Prose, block: Block, rule: Rule) -> Iterator[Statement]:
    """The people in every match of a rule; a novel counts only as the source of this film."""
    for match in rule.pattern.finditer(block.text):
        before = block.text[max(0, match.start() - 160) : match.start()]
        said = block.text[match.start() : match.start("who")]
        if _OTHER_JOB.search(before[-20:]) or not _about_film(rule, before, said):
            continue
        if not rule.strong and _opens(block.text, match):
            yield from _each(prose, block, match.span("who"), replace(rule, strong=True))
            continue
        yield from _each(prose, block, match.span("who"), rule)
        if rule.role == "director" and rule.strong and _WRITTEN_AND.search(before[-30:]):
            writer = Rule("writer", "prose.writer", rule.said, rule.cues)
            yield from _each(prose, block, match.span("who"), writer)


_OPENING = re.compile(r"(?:^|[.!?][”\"’)]?\s+)(?P<words>(?:[^\W\d_][\w'’-]*\s+){0,3})$")
_JOINED = re.compile(rf"\b[A-Za-z-]{{4,16}}\s+{NAME}(?:,|,?\s+and|,?\s+und|\s+&)\s+$")


def _opens(text: str, match: re.Match[str]) -> bool:
    """Whether a sentence opens with "Director X", or goes on with "and composer Y": then it is of this film."""
    if re.match(r"['’]s\s+[“‘\"']?[^\W\d_a-zß-ÿ]", text[match.end() :]):
        return False  # "Director X's Other Film"
    begin = max(0, match.start() - 120)
    if joined := _JOINED.search(text, begin, match.start()):
        return _OPENING.search(text, max(0, joined.start() - 60), joined.start()) is not None
    opening = _OPENING.search(text, begin, match.start())
    return opening is not None and words("names", "not_opening").isdisjoint(opening["words"].lower().split())


def _about_film(rule: Rule, before: str, said: str) -> bool:
    """Whether the words of a match mean work on a film: no book just read, no letter, no gunshot."""
    tokens = WORD.findall(said.lower())
    if rule.role == "author":
        within = any(token.startswith(tuple(words("source", "within"))) for token in tokens)
        return within or _source().search(before[-120:]) is not None
    near = WORD.findall(before[-40:].lower())[-4:]
    if rule.role == "writer":
        return words("careful", "not_written").isdisjoint(near)
    if tokens and tokens[0] in words("careful", "verbs"):
        cues = words("careful", "cues")
        filmed = len(near) > 1 and near[-1] in ("is", "was") and near[-2] in words("careful", "subjects")
        return filmed or not cues.isdisjoint(tokens) or (bool(near) and near[-1].endswith("ly"))
    return True


def _each(prose: Prose, block: Block, span: tuple[int, int], rule: Rule) -> Iterator[Statement]:
    """One statement a name within a span of a block's text."""
    if prose.other_film(block, span[0]):
        return
    for match in re.finditer(NAME, block.text[span[0] : span[1]]):
        name = prose.clean(match.group())
        end = span[0] + match.end()
        start = end - len(name)
        if rule.role == "composer" and name.rsplit(None, 1)[-1].lower() in words("careful", "long_dead"):
            continue
        if prose.is_person(name) and not prose.in_title(block, start, end):
            yield Statement(rule.role, name, block, start, end, rule.name, strong=rule.strong)


@cache
def _source() -> re.Pattern[str]:
    """Words that make the novel named next the source of this film."""
    return re.compile(rf"{any_of(words('source', 'before'))}\b[^.;!?]{{0,60}}$")


@cache
def _phrases(language: str | None) -> tuple[Rule, ...]:
    """Rules for the phrases of the page's language and of English; a noun alone ("director X") is a weaker sign."""
    found = []
    for lang in chosen([language, "en"] if language else ["en"]):
        for role in ROLES:
            phrases = lang.get("prose", role)
            last = table_set("by") | words("before_name", "verbs")
            ready = [p for p in phrases if " " in p and p.rsplit(" ", 1)[-1] in last]
            nouns = [p for p in phrases if " " not in p and p.isalpha() and p not in ("regie", "novelist")]
            if ready:
                lead = any_of(table_set("lead_in"))
                said = rf"(?<![\w-]){any_of(ready)}\s+(?:{lead}\s+)?(?:{_LOWER}{{0,3}}?)(?P<who>{NAMES})"
                found.append(Rule(role, f"prose.{role}", said, cues_of(ready)))
            if nouns and role in ("director", "composer", "cinematographer", "writer"):
                said = rf"(?<![\w-]){any_of(nouns)}\s+(?P<who>{NAME})"
                found.append(Rule(role, f"prose.{role}_noun", said, cues_of(nouns), strong=False))
    return tuple(found)


@cache
def _with_by() -> tuple[Rule, ...]:
    """Rules for "shot in long takes by X", "a slightly overblown score by X", "the screenplay – by novelist X"."""
    found = []
    for role, verbs in prose_table()["participle"].items():
        said = rf"(?<![\w-]){any_of(verbs)}\s+(?:[a-z][\w'’-]*,?\s+){{1,10}}?by\s+(?:{_LOWER}{{0,4}}?)(?P<who>{NAMES})"
        found.append(Rule(role, f"prose.{role}", said, cues_of(verbs)))
    for role, nouns in prose_table()["noun"].items():
        said = rf"(?<![\w-]){any_of(nouns)}\s*(?:[,–—(-]\s*)?\s*by\s+(?:{_LOWER}{{0,4}}?)(?P<who>{NAMES})"
        found.append(Rule(role, f"prose.{role}", said, cues_of(nouns)))
    return tuple(found)


@cache
def _with_verb() -> tuple[Rule, ...]:
    """Rules for "X photographs the rest in sodium orange"."""
    return tuple(
        Rule(role, f"prose.{role}", rf"(?P<who>{NAME})\s+{any_of(verbs)}\s+(?=[a-z])", cues_of(verbs))
        for role, verbs in prose_table()["does"].items()
    )


@cache
def _possessed() -> tuple[Rule, ...]:
    """Rules for what follows a possessive: "'s haunting score"."""
    between = r"(?:['’]s|(?<=s)['’])\s+(?:[a-z][\w-]*,?\s+){0,3}?(?:own\s+)?"
    return tuple(
        Rule(
            role,
            f"prose.{role}_possessive",
            rf"{between}{any_of(nouns)}(?![\w-])(?=(?P<rest>.{{0,40}}))",
            cues_of(nouns),
        )
        for role, nouns in prose_table()["possessive"].items()
    )


def _possessives(prose: Prose, block: Block, tokens: frozenset[str]) -> Iterator[Statement]:
    """People behind "'s haunting score"; a novel counts only as the source ("adaptation of X's novel")."""
    for rule in _possessed():
        if rule.cues.isdisjoint(tokens):
            continue
        for match in rule.pattern.finditer(block.text):
            who = _NAME_END.search(block.text, max(0, match.start() - 60), match.start())
            if who is None:
                continue
            if rule.role == "author" and not _source().search(block.text[max(0, who.start() - 120) : who.start()]):
                continue
            if rule.role != "author" and "adaptation" not in match.group() and _of_another(rule, match.group("rest")):
                continue
            yield from _each(prose, block, who.span(), rule)


def _whose(prose: Prose, block: Block) -> Iterator[Statement]:
    """The director as owner of the film: "Harmony Korine's Spring Breakers"; weak, as it may be the novel's author."""
    rule = Rule("director", "prose.director_owner", "", frozenset(), strong=False)
    for match in re.finditer(r"(?:['’]s|(?<=s)['’])\s+[“‘\"']?", block.text):
        after = fold_title(block.text[match.end() : match.end() + 80])
        if not any(len(title) > 2 and f"{after} ".startswith(f"{title} ") for title in prose.titles):
            continue
        if who := _NAME_END.search(block.text, max(0, match.start() - 60), match.start()):
            yield from _each(prose, block, who.span(), rule)


def _of_another(rule: Rule, rest: str) -> bool:
    """Whether the words behind say that another film is meant: "X's score for Y", "X's debut Y"."""
    if re.match(r"\s*,?\s*(?:for|of|in|to)\s+(?:the\s+)?[‘“\"]?[A-Z]", rest):
        return True
    return rule.role == "director" and re.match(r"\s*,?\s*[‘“\"]?[A-Z]", rest) is not None


@cache
def _who_did() -> re.Pattern[str]:
    both, director, writer = (any_of(words("who", key)) for key in ("both", "director", "writer"))
    end = r"(?=\s*(?:[,.;)]|$|(?:it|this|the\s+(?:film|movie)|too|as well)\b))"
    return re.compile(rf"\s*,\s+who\s+(?:(?P<both>{both})|(?P<director>{director})|(?P<writer>{writer})){end}")


def _who(prose: Prose, block: Block) -> Iterator[Statement]:
    """People before "who wrote and directed"."""
    for match in _who_did().finditer(block.text):
        name = _NAME_END.search(block.text, max(0, match.start() - 60), match.start())
        if name is None:
            continue
        roles = (
            ["director", "writer"] if match.group("both") else ["director"] if match.group("director") else ["writer"]
        )
        for role in roles:
            yield from _each(prose, block, name.span(), Rule(role, f"prose.{role}", "", frozenset()))


_DIRECTED = r"(?:(?i:dir\.?|directed by|r:|regie:?)\s+)?"
_HEADLINE = re.compile(
    rf"[)\]）][”\"]?,?\s+(?:(?i:dir\.|directed by|de|di|von|par|regia di|réal\.|regie:?)\s+)?(?P<who>{NAMES})\s*\.?$"
    rf"|[(\[]{_DIRECTED}(?P<in>{NAME}),\s*(?:18|19|20)\d\d[)\]]"
    rf"|[(\[](?:18|19|20)\d\d,\s*{_DIRECTED}(?P<after>{NAME})[)\]]"
)
_HAS_YEAR = re.compile(r"[(\[][^()\[\]]*(?:18[89]|19\d|20\d)\d[^()\[\]]*[)\]]")


def _headline(prose: Prose) -> Iterator[Statement]:
    """The director in the headline: "X (2001), Ridley Scott", "X (Ridley Scott, 2001)"."""
    block = prose.reading.regions.headline
    match = _HEADLINE.search(block.text) if block is not None and _HAS_YEAR.search(block.text) else None
    if block is None or match is None:
        return
    group = next(name for name in ("who", "in", "after") if match.group(name))
    for person in re.finditer(NAME, match.group(group)):
        start = match.start(group) + person.start()
        if prose.is_person(person.group()):
            yield Statement("director", person.group(), block, start, start + len(person.group()), "headline.director")


@cache
def _opened() -> re.Pattern[str]:
    by = alternation(table("director"))
    year = r"(?:18|19|20)\d\d"
    title = r"\W{0,2}(?P<title>[^()]{2,80}?)\W{0,2}\s"
    return re.compile(rf"{title}[(\[](?:{year},\s*)?(?i:{by})\s+(?P<who>{NAMES})\s?[,)\]]")


def _opening(prose: Prose) -> Iterator[Statement]:
    """The director in the bracket behind the title that opens a paragraph: "*Night Train* (dir. Ana Ruiz, 2011)"."""
    for block in prose.blocks[:3]:
        match = _opened().match(block.text) if "(" in block.text[:90] or "[" in block.text[:90] else None
        if match is None:
            continue
        end = match.end("title")
        apart = any(mark.tag in TITLE_TAGS and mark.start <= 2 and mark.end >= end for mark in block.marks)
        if not apart and fold_title(match["title"]) not in prose.titles:
            continue
        for person in re.finditer(NAME, match["who"]):
            if prose.is_person(person[0]):
                start = match.start("who") + person.start()
                yield Statement("director", person[0], block, start, start + len(person[0]), "prose.director")
        return
