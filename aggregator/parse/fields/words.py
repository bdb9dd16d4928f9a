"""Genres, countries and languages as a facts box or structured data lists them."""

from aggregator.notation.languages import fold
from aggregator.parse.candidate import Candidate
from aggregator.parse.fact_values import is_listed
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
    """The known words among the links and spans of which a value is made ("<a>Drama</a> <a>History</a>"); the value
    itself where it is one ("<span>United</span> <span>States</span>"), or is made of anything else.
    """
    text, at, pieces = fact.block.text, fact.start, []
    marks = {(mark.start, mark.end) for mark in fact.block.marks if mark.tag in ("a", "span")}
    for start, end in sorted(marks):
        if at <= start and end <= fact.end and not text[at:start].strip(_BETWEEN):
            pieces.append(text[start:end])
            at = end
    known = [piece for piece in pieces if is_listed(piece)]
    if not known or text[at : fact.end].strip(_BETWEEN) or is_listed(fact.value):
        return [fact.value]
    return known
