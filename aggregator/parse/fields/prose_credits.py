"""Credits that only running text states: believed where it is plain and nobody else is named for the same work."""

from collections.abc import Iterator

from aggregator.notation.languages import fold
from aggregator.parse.candidate import Candidate
from aggregator.parse.facts import LabelledFact
from aggregator.parse.fields.prose_cast import cast
from aggregator.parse.fields.prose_crew import crew
from aggregator.parse.fields.prose_names import Prose, Statement
from aggregator.parse.reading import Reading, place


def read_prose(reading: Reading, facts: list[LabelledFact], listed: list[Candidate]) -> list[Candidate]:
    """Candidates of `credits` from the text; `listed` are the labelled credits, which it never contradicts."""
    prose = Prose(reading, facts)
    for candidate in listed:
        prose.listed.setdefault(candidate.value["role"], set()).add(fold(candidate.value["name"]))
    made = list(_settled(prose, list(crew(prose))))
    for statement in made:
        prose.listed.setdefault(statement.role, set()).add(fold(statement.name))
    return [_candidate(statement) for statement in [*made, *_actors(prose)]]


def _settled(prose: Prose, statements: list[Statement]) -> Iterator[Statement]:
    """Statements of crew that agree with the labelled credits, and with each other."""
    for role in dict.fromkeys(statement.role for statement in statements):
        ours = [statement for statement in statements if statement.role == role]
        if listed := prose.listed.get(role):
            yield from (s for s in ours if fold(s.name) in listed)
            continue
        strong = [s for s in ours if s.strong] or _backed(prose, ours, {s.name for s in statements if s.role != role})
        names = {fold(s.name) for s in strong}
        if len(names) > 1 and not _one_list(strong):
            names = _dominant(prose, strong)
        yield from (s for s in strong if fold(s.name) in names)


def _backed(prose: Prose, weak: list[Statement], others: set[str]) -> list[Statement]:
    """Of "director X" and "X's Title" the ones whose family name comes back in the text, in no other role."""
    owners = {s.name for s in weak if s.rule == "prose.director_owner"}
    return [s for s in weak if prose.repeated(s.name.split()[-1], 3) and not (s.name in owners and s.name in others)]


def _one_list(statements: list[Statement]) -> bool:
    """Whether all names stand in one statement ("music by X and Y")."""
    first = statements[0]
    return all(s.block is first.block and abs(s.start - first.start) < 120 for s in statements)


def _dominant(prose: Prose, statements: list[Statement]) -> set[str]:
    """The one name of several that the text keeps coming back to; none when no name stands out."""
    counts = {fold(s.name): prose.words[s.name.split()[-1]] for s in statements}
    ranked = sorted(counts.items(), key=lambda item: -item[1])
    return {ranked[0][0]} if ranked[0][1] >= 2 * ranked[1][1] and ranked[0][1] >= 3 else set()


def _actors(prose: Prose) -> Iterator[Statement]:
    """Actors and their parts; somebody known to have made the film is no actor in it on the strength of a bracket."""
    crew_names = {name for role, names in prose.listed.items() if role != "cast" for name in names}
    listed = prose.listed.get("cast", set())
    for statement in cast(prose):
        if (
            statement.role == "cast"
            and fold(statement.name) in crew_names - listed
            and statement.rule == "prose.character"
        ):
            continue
        yield statement


def _candidate(statement: Statement) -> Candidate:
    value = {
        "role": statement.role,
        "name": statement.name,
        "character": statement.character,
        "note": statement.note,
    }
    text = statement.block.text
    raw = text[max(0, statement.start - 40) : statement.end + 20]
    return Candidate("credits", value, statement.rule, place(statement.block, statement.start, statement.end), raw)
