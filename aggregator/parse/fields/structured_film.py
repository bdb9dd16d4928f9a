"""What structured data says of the film beyond title, year and people: certificates, running time, words."""

from collections.abc import Iterator

from aggregator.notation import parse_certificate, parse_runtime
from aggregator.parse.candidate import Candidate
from aggregator.parse.fields.title_words import key
from aggregator.parse.reading import Reading
from aggregator.parse.structured import StructuredMovie


def movies(reading: Reading) -> list[StructuredMovie]:
    """The film a structured review is of; else the only film described on the page."""
    reviewed = [review.movie for review in reading.data.reviews if review.movie]
    if reviewed:
        return reviewed[:1]
    described = [movie for movie in reading.data.movies if "Movie" in movie.types]
    return described if len(described) == 1 else []


def fitting(reading: Reading, title: str | None) -> list[StructuredMovie]:
    """The described films that are the one the page is about; another film's data is a problem, not a source."""
    fits: list[StructuredMovie] = []
    for movie in movies(reading):
        names = [fact.value for fact in (movie.title, movie.original_title, *movie.alternative_titles) if fact]
        if not names or title is None or any(_same(title, name) for name in names):
            fits.append(movie)
        else:
            reading.problem("conflict", f"the page is about {title!r}, its structured data about {names[0]!r}", "film")
    return fits


def _same(title: str, name: str) -> bool:
    """Whether two titles are one, or one the other with its subtitle."""
    one, other = key(title), key(name)
    return one == other or one.startswith(f"{other} ") or other.startswith(f"{one} ")


def read(reading: Reading, films: list[StructuredMovie]) -> Iterator[Candidate]:
    """Candidates of `certificates` and `runtime_minutes` from the film's own structured data."""
    for movie in films:
        for fact in movie.certificates:
            if certificate := parse_certificate(fact.value, reading.hint_for("certificate")):
                yield Candidate("certificates", certificate.model_dump(), "structured.movie", fact.place, fact.value)
        if movie.runtime and (minutes := parse_runtime(movie.runtime.value, reading.hint_for("runtime"))):
            place = movie.runtime.place
            yield Candidate("runtime_minutes", minutes, "structured.movie", place, movie.runtime.value)


def words(films: list[StructuredMovie], path: str) -> Iterator[tuple[str, Candidate]]:
    """(word, candidate) of `genres`, `countries` or `languages`."""
    for movie in films:
        for fact in getattr(movie, path):
            for word in fact.value.split(","):
                if word.strip():
                    yield word.strip(), Candidate(path, word.strip(), "structured.movie", fact.place, fact.value)
