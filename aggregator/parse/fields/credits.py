"""Who did what on the film: labelled credits first, then the headline and plain statements in the text."""

import re
import tomllib
from collections.abc import Iterator
from dataclasses import replace
from functools import cache
from importlib import resources
from typing import Any

from aggregator.model import Role
from aggregator.notation import Hint
from aggregator.notation.languages import fold
from aggregator.notation.people import Person, is_name, parse_people
from aggregator.parse.candidate import Candidate
from aggregator.parse.fact_labels import table_set
from aggregator.parse.fact_values import in_sentence, lead_in
from aggregator.parse.facts import LabelledFact
from aggregator.parse.fields.prose_credits import read_prose
from aggregator.parse.reading import Reading, place
from aggregator.parse.structured.records import StructuredMovie, StructuredPerson

_CODE = re.compile(r"[{}<>\[\]\ufffd]|[\"']\s*:")
"""Signs of data or markup that was taken for a name."""
_AND = re.compile(r"\s*(?:[,/;&+]|\band\b|\bund\b|\bet\b|\by\b)\s*")


def read(reading: Reading, facts: list[LabelledFact]) -> list[Candidate]:
    """Candidates of `credits`, one a person and role; the value holds role, name, character and note.

    What the text adds to somebody already listed (the part played) is added to the listed credit.
    """
    listed = [candidate for fact in facts for candidate in _of_fact(reading, fact)]
    return merge([*listed, *read_prose(reading, facts, listed)])


def merge(candidates: list[Candidate]) -> list[Candidate]:
    """One candidate a person and role, the first one found; a part or note it lacks comes from the later ones."""
    kept: dict[tuple[str, str], Candidate] = {}
    for candidate in candidates:
        key = (candidate.value["role"], fold(candidate.value["name"]))
        first = kept.get(key)
        if first is None:
            kept[key] = candidate
            continue
        added = {name: candidate.value[name] for name in ("character", "note") if first.value[name] is None}
        kept[key] = replace(first, value={**first.value, **added})
    return list(kept.values())


def _of_fact(reading: Reading, fact: LabelledFact) -> Iterator[Candidate]:
    if fact.key not in table_set("people"):
        return
    rule = "facts.label" if fact.tier == "labelled" else "facts.unlabelled_cast"
    hint = reading.hint_for(fact.key)
    for person in people_of(fact, hint):
        start = fact.block.text.find(person.name, fact.start)
        end = start + len(person.name) if start >= 0 else fact.end
        where = place(fact.block, start if start >= 0 else fact.start, end)
        raw = f"{fact.label}: {fact.value}" if fact.label else fact.value
        for value in credit(fact.key, person):
            yield Candidate("credits", value, rule, where, raw)
        for value in _in_note(person, hint):
            yield Candidate("credits", value, rule, where, raw)
    if source := _source(fact):
        for value in _named_in(fact.value, hint):
            yield Candidate("credits", value, rule, place(fact.block, fact.start + source, fact.end), fact.value)


def people_of(fact: LabelledFact, hint: Hint) -> list[Person]:
    """The people a labelled value names; links part names that nothing else does."""
    text = lead_in().sub("", fact.value)
    linked = [name for name in fact.links if is_name(name)]
    bare = re.sub(r"\s", "", fact.value)
    if len(linked) > 1 and len("".join(linked).replace(" ", "")) >= 0.95 * len(bare):
        return [Person(name) for name in linked]
    found = parse_people(text, hint)
    if found is None and (source := _source(fact)):
        # "Eric Heisserer, based on the story by Ted Chiang": the writer stands before, the author behind
        found = parse_people(_BASED.sub("", fact.value[:source]), hint)
    return found or []


_LABELLED_NOTE = re.compile(r"(?P<how>[^\W\d][^:：]{2,25})[:：]\s*(?P<who>\S.*)")
_BASED = re.compile(r"\s*(?:[,;(–—-]|\s(?:nach|from|based|d['’]après|dal|basad[oa]|basead[oa]|sobre|adapt\w+)\b).*$")


def _source(fact: LabelledFact) -> int:
    """Where in a value the words begin that say whose book it was ("the novel by X"); 0 where none do."""
    if fact.key not in ("author", "story", "writer") or parse_people(lead_in().sub("", fact.value)) is not None:
        return 0
    match = in_sentence(fact.value)
    return max(match.start("how"), 1) if match else 0


def credit(role: str, person: Person) -> Iterator[dict[str, Any]]:
    """The credit of a person under a label, as the contract has it; a note that names roles decides them."""
    roles = _roles(person.note) or [role]
    for each in roles:
        if each in (Role.CAST, role) or person.character is None:
            yield {"role": each, "name": person.name, "character": person.character, "note": person.note}


def _in_note(person: Person, hint: Hint) -> Iterator[dict[str, Any]]:
    """Somebody else whom a note names: "Alex Garland (from the novel by Kazuo Ishiguro)"."""
    yield from _named_in(person.note, hint) if person.note else ()


def _named_in(text: str, hint: Hint) -> Iterator[dict[str, Any]]:
    """Whoever a text names behind "the novel by" or "Novel:"."""
    match = _LABELLED_NOTE.fullmatch(text) or in_sentence(text)
    if match is None:
        return
    role = (_roles(match.group("how").lower()) or [str(Role.AUTHOR)])[0]
    if match.re is _LABELLED_NOTE and not _roles(match.group("how").lower()):
        return
    for other in parse_people(match.group("who"), hint.under(role)) or []:
        yield {"role": role, "name": other.name, "character": None, "note": None}


@cache
def _notes() -> dict[str, str]:
    raw = tomllib.loads(resources.files("aggregator.parse").joinpath("data/roles.toml").read_text("utf-8"))
    return {word: role for role, words in raw.items() for word in words}


def _roles(note: str | None) -> list[str]:
    """The roles a note names, in order; none when it names none."""
    if not note:
        return []
    folded = fold(note).strip(" .:")
    if folded in _notes():
        return [_notes()[folded]]
    found = [_notes()[word] for word in _AND.split(folded) if word in _notes()]
    if not found and (match := in_sentence(f"{folded} X")) and match.group("how"):
        found = [_notes()[match.group("how")]] if match.group("how") in _notes() else []
    return list(dict.fromkeys(found))


_STRUCTURED = (
    ("directors", Role.DIRECTOR),
    ("writers", Role.WRITER),
    ("based_on_authors", Role.AUTHOR),
    ("actors", Role.CAST),
    ("composers", Role.COMPOSER),
    ("editors", Role.EDITOR),
    ("producers", Role.PRODUCER),
    ("contributors", Role.OTHER),
)


def from_structured(movie: StructuredMovie, rule: str = "structured.movie") -> list[Candidate]:
    """Candidates from structured data; organizations are no people, an unknown role of a contributor is `other`."""
    found = []
    for field, role in _STRUCTURED:
        people: tuple[StructuredPerson, ...] = getattr(movie, field)
        for person in people:
            name = person.name.value.strip()
            if person.is_organization or not name or _CODE.search(name):
                continue
            note = person.role.value if person.role else None
            character = person.character.value if person.character else None
            known = Person(name, note, character)
            values = [{"role": str(role), "name": name, "character": character, "note": note}]
            if role is not Role.CAST:
                values = list(credit(str(role), known))
            found += [Candidate("credits", value, rule, person.name.place, name) for value in values]
    return merge(found)
