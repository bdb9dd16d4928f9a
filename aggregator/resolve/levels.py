"""Levels of comparison: what two descriptions of a film share or not, each by name; the rules are in compare.py."""

from functools import lru_cache

from rapidfuzz import fuzz

from aggregator.resolve.facts import FilmFacts
from aggregator.resolve.names import script_of, sound_of
from aggregator.resolve.titles import Forms

YEAR_TOLERANCE = 1
"""Festival, home and foreign release of one film fall in neighbouring years."""

YEAR_CONFLICT = 2
"""Years further apart than this are two films, even by one director (who may remake his own)."""

LONG_TITLE = 14
"""Letters of a title that hardly two films of neighbouring years share; of shorter ones about one in a hundred."""

NAME_LIKENESS = 88
"""rapidfuzz ratio (0..100) from which two names may be spellings of one; then they do not contradict."""

CAST_EQUAL = 2 / 3
"""Share of the shorter cast list that must stand in the longer one; sequels and remakes keep fewer."""

RUNTIME_EQUAL = 1
"""Minutes that two sources differ by when they count one film."""

RUNTIME_APART = 15
"""Minutes from which two lengths speak of two films, or of two cuts."""

RUNTIME_DIFFERS = 8
"""Minutes from which two lengths are doubtful: of 441 pairs of one film 10 differ by more."""

SHORT, FEATURE = 40, 60
"""Minutes up to which a film is a short, and from which it is none: no cut makes one of the other."""


def levels(a: FilmFacts, b: FilmFacts) -> tuple[str, ...]:
    """Every level of comparison that holds, by name; symmetric."""
    found = [*_titles(a, b), _identity(a, b), _years(a, b), _directors(a, b), *_cast(a, b), _runtime(a, b), _time(a, b)]
    return tuple(level for level in found if level)


def _titles(a: FilmFacts, b: FilmFacts) -> tuple[str, ...]:
    shared = a.titles & b.titles
    if shared:
        level = "title_equal" if _same_articles(a, b, shared) else "title_article"
        long = "title_long" if any(len(key) >= LONG_TITLE for key in shared) else ""
        return level, long, _folded(a, b, shared)
    if not a.titles or not b.titles:
        return ()
    return (_near_titles(a, b),)


def _same_articles(a: FilmFacts, b: FilmFacts, shared: frozenset[str]) -> bool:
    if a.forms == b.forms:
        return True
    mine = {(form.key, form.article) for form in a.forms if form.key in shared}
    return any((form.key, form.article) in mine for form in b.forms)


def _folded(a: FilmFacts, b: FilmFacts, shared: frozenset[str]) -> str:
    """Whether titles are one only when spaces and number words do not count: "Nine" and "9" are two films of 2009."""
    if a.forms == b.forms:
        return ""
    mine, theirs = ({_without_article(form) for form in side.forms if form.key in shared} for side in (a, b))
    return "" if mine & theirs else "title_folded"


def _without_article(form: Forms) -> str:
    written = form.written.rstrip("!")
    return written.partition(" ")[2] if form.article and " " in written else written


def _near_titles(a: FilmFacts, b: FilmFacts) -> str:
    """The nearest level at which two titles that are not equal can be one film's."""
    pairs = [(mine, theirs) for mine in a.forms for theirs in b.forms]
    for level, holds in (
        ("title_spelling", any(one.loose and one.loose == two.loose for one, two in pairs)),
        ("title_version", any(one.key in two.versions or two.key in one.versions for one, two in pairs)),
        ("title_format", any(one.key in two.formats or two.key in one.formats for one, two in pairs)),
        ("title_part", any(one.key in two.parts or two.key in one.parts for one, two in pairs)),
        ("title_main", any(one.key in two.mains or two.key in one.mains for one, two in pairs)),
        ("title_unnumbered", any(one.key in two.unnumbered or two.key in one.unnumbered for one, two in pairs)),
        ("title_number_differs", any(one.core and one.core == two.core for one, two in pairs)),
    ):
        if holds:
            return level
    return "title_differs"


def _identity(a: FilmFacts, b: FilmFacts) -> str:
    if not a.identities or not b.identities:
        return ""
    mine, theirs = _sure_numbers(a), _sure_numbers(b)
    if mine.items() & theirs.items():
        return "identity_equal"
    return "identity_conflict" if mine.keys() & theirs.keys() else ""


def _sure_numbers(facts: FilmFacts) -> dict[str, str]:
    """System to number; a page that links to several films of one catalogue says nothing."""
    systems = [system for system, _ in facts.identities]
    return {system: number for system, number in facts.identities if systems.count(system) == 1}


def _years(a: FilmFacts, b: FilmFacts) -> str:
    if a.year is None or b.year is None:
        return ""
    apart = abs(a.year - b.year)
    if apart == 0:
        return "year_equal"
    if apart <= YEAR_TOLERANCE:
        return "year_near"
    return "year_conflict" if apart > YEAR_CONFLICT else "year_apart"


def _directors(a: FilmFacts, b: FilmFacts) -> str:
    if not a.directors or not b.directors:
        return ""
    if a.directors & b.directors:
        return "director_equal"
    pairs = [(mine, theirs) for mine in a.directors for theirs in b.directors]
    if any(may_be_one_person(mine, theirs) for mine, theirs in pairs):
        return "director_similar"
    return "director_kin" if a.families & b.families else "director_conflict"


def may_be_one_person(a: str, b: str) -> bool:
    """Whether two name keys could be one person: cannot be compared, one shortens the other, or near-equal."""
    if script_of(a) != script_of(b):
        return True
    if script_of(a) != "LATIN":
        return bool(set(a) & set(b) - {" "})
    return _shortens(a.split(), b.split()) or _shortens(b.split(), a.split()) or spelled_alike(a, b)


def _shortens(short: list[str], long: list[str]) -> bool:
    """Whether every word stands in the other name, or is the beginning of a word there beside one that does.

    Initials stand for the words left ("pt anderson"), one name in the plural for all who bear it ("wachowskis").
    """
    rest = [word for word in short if word not in long]
    if not rest:
        return True
    if len(short) == 1:
        return len(rest[0]) > 4 and rest[0].endswith("s") and rest[0][:-1] in long
    left = [word for word in long if word not in short]
    whole = any(len(word) > 1 for word in short if word in long)
    if whole and len(rest) == 1 and sorted(rest[0]) == sorted(word[0] for word in left):
        return True
    return whole and all(any(word.startswith(part) for word in left) for part in rest)


@lru_cache(maxsize=131_072)
def spelled_alike(a: str, b: str) -> bool:
    """Whether two name keys in Latin letters are spellings of one name."""
    if sorted(a.replace(" ", "")) == sorted(b.replace(" ", "")):
        return True
    return max(fuzz.ratio(a, b), fuzz.ratio(sound_of(a), sound_of(b))) >= NAME_LIKENESS


def _cast(a: FilmFacts, b: FilmFacts) -> tuple[str, ...]:
    fewer = min(len(a.cast), len(b.cast))
    if not fewer:
        return ()
    shared = _shared_names(a.cast, b.cast)
    if shared >= 2:
        return ("cast_equal",) if shared >= CAST_EQUAL * fewer else ("cast_partly",)
    if fewer < 3 or shared:
        return ()
    one_script = {script_of(name) for name in a.cast} & {script_of(name) for name in b.cast}
    return ("cast_disjoint",) if one_script else ()


def _shared_names(a: frozenset[str], b: frozenset[str]) -> int:
    """How many names stand in both lists, spelled alike or nearly."""
    shared = len(a & b)
    left = sorted(b - a)
    for name in sorted(a - b):
        found = next((other for other in left if spelled_alike(name, other)), None)
        if found is not None:
            left.remove(found)
            shared += 1
    return shared


def _runtime(a: FilmFacts, b: FilmFacts) -> str:
    if a.runtime is None or b.runtime is None:
        return ""
    apart = abs(a.runtime - b.runtime)
    if apart <= RUNTIME_EQUAL:
        return "runtime_equal"
    if min(a.runtime, b.runtime) <= SHORT and max(a.runtime, b.runtime) >= FEATURE:
        return "runtime_short"
    if apart >= RUNTIME_APART:
        return "runtime_apart"
    return "runtime_differs" if apart >= RUNTIME_DIFFERS else ""


def _time(a: FilmFacts, b: FilmFacts) -> str:
    """What the dates of reviews say of films whose year is not stated."""
    for film, review in ((a, b), (b, a)):
        if film.year and review.known_by and review.year is None:
            since = review.known_by - film.year
            if since < -YEAR_TOLERANCE:
                return "reviewed_before_film"
            return "reviewed_when_new" if 0 <= since <= YEAR_TOLERANCE else ""
    dated = a.year is None and b.year is None and a.known_by and b.known_by
    return "reviewed_together" if dated and abs((a.known_by or 0) - (b.known_by or 0)) <= YEAR_TOLERANCE else ""
