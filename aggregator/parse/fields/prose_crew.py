"""Who made the film, as running text says it: "directed by X", "X's haunting score", "shot in long takes by X"."""

import re
from collections.abc import Iterator
from functools import cache

from aggregator.notation.languages import chosen
from aggregator.parse.blocks import Block
from aggregator.parse.fact_labels import table_set
from aggregator.parse.fields.prose_names import NAME, NAMES, Prose, Statement, any_of, prose_table, words

ROLES = ("director", "writer", "author", "composer", "cinematographer", "editor", "producer")
_LOWER = r"(?:(?!(?:like|such|than|como|wie|comme|come|zoals|jak)\b)[a-zà-ÿ][\w'’-]*,?\s+)"


@cache
def _source() -> re.Pattern[str]:
    """Words that make the novel named next the source of this film."""
    return re.compile(rf"{any_of(words('source', 'before'))}\b[^.;!?]{{0,60}}$")


def crew(prose: Prose) -> Iterator[Statement]:
    """The people behind the camera that the text names, paragraph by paragraph."""
    for block in prose.blocks:
        yield from _phrases(prose, block)
        if prose.reading.language in ("en", None):
            yield from _possessives(prose, block)
            yield from _participles(prose, block)
            yield from _nouns_by(prose, block)
            yield from _who(prose, block)
            yield from _does(prose, block)
    yield from _headline(prose)


def _each(
    prose: Prose, block: Block, names: str, offset: int, role: str, rule: str, *, strong: bool = True
) -> Iterator[Statement]:
    """One statement a name in a list of names at `offset` of a block's text."""
    if prose.other_film(block, offset):
        return
    for match in re.finditer(NAME, names):
        name = prose.clean(match.group())
        end = offset + match.end()
        start = end - len(name)
        if prose.is_person(name) and not prose.in_title(block, start, end):
            yield Statement(role, name, block, start, end, rule, strong=strong)


@cache
def _phrase_patterns(language: str | None) -> tuple[tuple[str, str, re.Pattern[str]], ...]:
    """(role, rule, pattern) for the phrases of the page's language and English; a noun alone is a weaker sign."""
    found = []
    for lang in chosen([language, "en"] if language else ["en"]):
        for role in ROLES:
            phrases = lang.get("prose", role)
            last = table_set("by") | {"dal", "dall'omonimo", "zu", "přes", "przez"}
            ready = [p for p in phrases if " " in p and p.rsplit(" ", 1)[-1] in last]
            nouns = [p for p in phrases if " " not in p and p.isalpha() and p not in ("regie", "novelist")]
            if ready:
                lead = any_of(table_set("lead_in"))
                pattern = rf"(?<![\w-]){any_of(ready)}\s+(?:{lead}\s+)?(?:{_LOWER}{{0,3}}?)(?P<who>{NAMES})"
                found.append((role, f"prose.{role}", re.compile(pattern)))
            if nouns and role in ("director", "composer", "cinematographer", "writer"):
                found.append((role, f"prose.{role}_noun", re.compile(rf"(?<![\w-]){any_of(nouns)}\s+(?P<who>{NAME})")))
    return tuple(found)


def _phrases(prose: Prose, block: Block) -> Iterator[Statement]:
    for role, rule, pattern in _phrase_patterns(prose.reading.language):
        for match in pattern.finditer(block.text):
            if re.search(
                r"(?i)\b(?:assistant|art|casting|executive|music|unit|second|creative)\s+$", block.text[: match.start()]
            ):
                continue
            strong = not rule.endswith("_noun")
            yield from _each(prose, block, match.group("who"), match.start("who"), role, rule, strong=strong)
            if (
                strong
                and role == "director"
                and re.search(
                    r"(?i)\b(?:written|scripted|écrit|scritto|escrit[oa])\s+(?:and|et|e|y|&)\s*$",
                    block.text[: match.start()],
                )
            ):
                yield from _each(prose, block, match.group("who"), match.start("who"), "writer", "prose.writer")


@cache
def _possessive_patterns() -> tuple[tuple[str, re.Pattern[str]], ...]:
    table = prose_table()["possessive"]
    return tuple(
        (
            role,
            re.compile(
                rf"(?P<who>{NAME})(?:['’]s|(?<=s)['’])\s+(?:[a-z][\w-]*,?\s+){{0,3}}?(?:own\s+)?{any_of(nouns)}(?![\w-])(?=(?P<rest>.{{0,40}}))"
            ),
        )
        for role, nouns in table.items()
    )


def _possessives(prose: Prose, block: Block) -> Iterator[Statement]:
    """People behind "'s haunting score"; a novel counts only as the source ("adaptation of X's novel")."""
    for role, pattern in _possessive_patterns():
        for match in pattern.finditer(block.text):
            if role == "author" and not _source().search(block.text[: match.start("who")]):
                continue
            if role != "author" and "adaptation" not in match.group(0) and _of_another(role, match.group("rest")):
                continue
            yield from _each(prose, block, match.group("who"), match.start("who"), role, f"prose.{role}_possessive")


def _of_another(role: str, rest: str) -> bool:
    """Whether the words behind say that another film is meant: "X's score for Y", "X's debut Y"."""
    if re.match(r"\s*,?\s*(?:for|of|in|to)\s+(?:the\s+)?[‘“\"]?[A-Z]", rest):
        return True
    return role == "director" and re.match(r"\s*,?\s*[‘“\"]?[A-Z]", rest) is not None


@cache
def _participle_patterns() -> tuple[tuple[str, re.Pattern[str]], ...]:
    table = prose_table()["participle"]
    return tuple(
        (
            role,
            re.compile(
                rf"(?<![\w-]){any_of(verbs)}\s+(?:[a-z][\w'’-]*,?\s+){{1,10}}?by\s+(?:{_LOWER}{{0,4}}?)(?P<who>{NAMES})"
            ),
        )
        for role, verbs in table.items()
    )


def _participles(prose: Prose, block: Block) -> Iterator[Statement]:
    for role, pattern in _participle_patterns():
        for match in pattern.finditer(block.text):
            yield from _each(prose, block, match.group("who"), match.start("who"), role, f"prose.{role}")


@cache
def _noun_patterns() -> tuple[tuple[str, re.Pattern[str]], ...]:
    table = prose_table()["noun"]
    return tuple(
        (role, re.compile(rf"(?<![\w-]){any_of(nouns)}\s*(?:[,–—(-]\s*)?\s*by\s+(?:{_LOWER}{{0,4}}?)(?P<who>{NAMES})"))
        for role, nouns in table.items()
    )


def _nouns_by(prose: Prose, block: Block) -> Iterator[Statement]:
    """People behind "a slightly overblown score by", "the screenplay – by novelist and screenwriter"."""
    for role, pattern in _noun_patterns():
        for match in pattern.finditer(block.text):
            if role == "author" and not _source().search(block.text[: match.start()]):
                continue
            yield from _each(prose, block, match.group("who"), match.start("who"), role, f"prose.{role}")


def _does(prose: Prose, block: Block) -> Iterator[Statement]:
    """People before a verb of their work: "X photographs the rest in sodium orange"."""
    for role, verbs in prose_table()["does"].items():
        for match in re.finditer(rf"(?P<who>{NAME})\s+{any_of(verbs)}\s+(?=[a-z])", block.text):
            yield from _each(prose, block, match.group("who"), match.start("who"), role, f"prose.{role}")


@cache
def _who_pattern() -> re.Pattern[str]:
    both, director, writer = (any_of(words("who", key)) for key in ("both", "director", "writer"))
    end = r"(?=\s*(?:[,.;)]|$|(?:it|this|the\s+(?:film|movie)|too|as well)\b))"
    return re.compile(
        rf"(?P<who>{NAME})\s*,\s+who\s+(?:(?P<both>{both})|(?P<director>{director})|(?P<writer>{writer})){end}"
    )


def _who(prose: Prose, block: Block) -> Iterator[Statement]:
    for match in _who_pattern().finditer(block.text):
        roles = (
            ("director", "writer") if match.group("both") else ("director",) if match.group("director") else ("writer",)
        )
        for role in roles:
            yield from _each(prose, block, match.group("who"), match.start("who"), role, f"prose.{role}")


_HEADLINE = re.compile(
    rf"[)\]）][”\"]?,?\s+(?:(?i:dir\.|directed by|de|di|von|par|regia di|réal\.|regie:?)\s+)?(?P<who>{NAMES})\s*\.?$"
    rf"|[(\[](?:(?i:dir\.?|directed by|r:|regie:?)\s+)?(?P<in>{NAME}),\s*(?:18|19|20)\d\d[)\]]"
    rf"|[(\[](?:18|19|20)\d\d,\s*(?:(?i:dir\.?|directed by|r:|regie:?)\s+)?(?P<after>{NAME})[)\]]"
)
_HAS_YEAR = re.compile(r"[(\[][^()\[\]]*(?:18[89]|19\d|20\d)\d[^()\[\]]*[)\]]")


def _headline(prose: Prose) -> Iterator[Statement]:
    """The director in the headline: "X (2001), Ridley Scott", "X (Ridley Scott, 2001)"."""
    block = prose.reading.regions.headline
    if block is None or not _HAS_YEAR.search(block.text):
        return
    match = _HEADLINE.search(block.text)
    if match is None:
        return
    group = next(name for name in ("who", "in", "after") if match.group(name))
    for person in re.finditer(NAME, match.group(group)):
        start = match.start(group) + person.start()
        if prose.is_person(person.group()):
            yield Statement("director", person.group(), block, start, start + len(person.group()), "headline.director")
