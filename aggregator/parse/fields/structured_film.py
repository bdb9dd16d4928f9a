"""What structured data says of the film beyond title, year and people: certificates, running time, words."""

from collections.abc import Iterator

from aggregator.notation import parse_certificate, parse_runtime
from aggregator.parse.candidate import Candidate
from aggregator.parse.fields.credits import from_structured
from aggregator.parse.reading import Reading
from aggregator.parse.structured import StructuredMovie


def movies(reading: Reading) -> list[StructuredMovie]:
    """The film a structured review is of; else the only film described on the page."""
    reviewed = [review.movie for review in reading.data.reviews if review.movie]
    if reviewed:
        return reviewed[:1]
    described = [movie for movie in reading.data.movies if "Movie" in movie.types]
    return described if len(described) == 1 else []


def read(reading: Reading) -> Iterator[Candidate]:
    """Candidates of `credits`, `certificates` and `runtime_minutes` from the film's own structured data."""
    for movie in movies(reading):
        yield from from_structured(movie)
        for fact in movie.certificates:
            if certificate := parse_certificate(fact.value, reading.hint_for("certificate")):
                yield Candidate("certificates", certificate.model_dump(), "structured.movie", fact.place, fact.value)
        if movie.runtime and (minutes := parse_runtime(movie.runtime.value, reading.hint_for("runtime"))):
            place = movie.runtime.place
            yield Candidate("runtime_minutes", minutes, "structured.movie", place, movie.runtime.value)


def words(reading: Reading, path: str) -> Iterator[tuple[str, Candidate]]:
    """(word, candidate) of `genres`, `countries` or `languages`."""
    for movie in movies(reading):
        for fact in getattr(movie, path):
            for word in fact.value.split(","):
                if word.strip():
                    yield word.strip(), Candidate(path, word.strip(), "structured.movie", fact.place, fact.value)
