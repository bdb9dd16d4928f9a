"""Genres, countries and languages as a facts box or structured data lists them."""

from aggregator.notation.languages import fold
from aggregator.parse.candidate import Candidate
from aggregator.parse.facts import LabelledFact, split_words
from aggregator.parse.fields.structured_film import words as structured_words
from aggregator.parse.reading import place
from aggregator.parse.structured import StructuredMovie

_BETWEEN = " ,;/|·•&"
KEYS = {"genre": "genres", "country": "countries", "language": "languages"}
"""Label key -> field."""


def read(facts: list[LabelledFact], films: list[StructuredMovie]) -> dict[str, list[Candidate]]:
    """Candidates of the three fields, as written, each word once."""
    found: dict[str, list[Candidate]] = {}
    for label, path in KEYS.items():
        kept: dict[str, Candidate] = {}
        for fact in facts:
            if fact.key == label:
                where = place(fact.block, fact.start, fact.end)
                for word in (word for piece in _set_apart(fact) for word in split_words(piece)):
                    kept.setdefault(fold(word), Candidate(path, word, f"facts.{label}", where, fact.value))
        for word, candidate in structured_words(films, path):
            kept.setdefault(fold(word), candidate)
        found[path] = list(kept.values())
    return found


def _set_apart(fact: LabelledFact) -> list[str]:
    """The links or spans of which a value is made ("<a>Drama</a> <a>History</a>"); the value itself where it is not."""
    inner = [
        mark
        for mark in fact.block.marks
        if mark.tag in ("a", "span") and fact.start <= mark.start and mark.end <= fact.end
        if (mark.start, mark.end) != (fact.start, fact.end)
    ]
    marks = sorted({(mark.start, mark.end) for mark in inner})
    text, at = fact.block.text, fact.start
    for start, end in marks:
        if start < at or text[at:start].strip(_BETWEEN):
            return [fact.value]
        at = end
    return (
        [text[start:end] for start, end in marks] if marks and not text[at : fact.end].strip(_BETWEEN) else [fact.value]
    )
