"""Genres, countries and languages as a facts box or structured data lists them."""

from aggregator.notation.languages import fold
from aggregator.parse.candidate import Candidate
from aggregator.parse.facts import LabelledFact, split_words
from aggregator.parse.fields.structured_film import words as structured_words
from aggregator.parse.reading import place
from aggregator.parse.structured import StructuredMovie

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
                for word in split_words(fact.value):
                    kept.setdefault(fold(word), Candidate(path, word, f"facts.{label}", where, fact.value))
        for word, candidate in structured_words(films, path):
            kept.setdefault(fold(word), candidate)
        found[path] = list(kept.values())
    return found
