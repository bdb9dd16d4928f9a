"""The rating words of all languages as readers use them; words stand in the language files under [ratings]."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cache
from types import MappingProxyType

from aggregator.notation import languages
from aggregator.notation.hint import Hint
from aggregator.notation.ratings.tables import Cues, bounded, cased, data


@dataclass(frozen=True, slots=True, eq=False)
class Words:
    """Regex fragments (case is to be ignored) and look-ups over all languages, numbers as one of them has them.

    Made once a language and told apart by identity, so that patterns can be kept by it.
    """

    numbers: Mapping[str, float]
    number: str
    half: str
    star: str
    point: str
    out_of: str
    counter: str
    full_marks: str
    full_marks_first: str
    either_way: frozenset[str]
    scale: str
    scale_to: str
    half_star: str
    label: str
    critic_label: str
    school: frozenset[str]
    """Labels of marks of which one is the best."""
    between: frozenset[str]
    """Labels under which "7/8" is between seven and eight."""
    dice: str
    audience_label: str
    give: str
    doubt: str
    star_labels: frozenset[str]
    thumbs: str
    verdicts: str
    verdict_words: frozenset[str]
    not_units: frozenset[str]
    star_first: str
    triggers: tuple[str, ...]
    openings: Cues
    """What a rating, or the label before it, may begin with."""
    spoken: Cues
    """What a rating within a sentence may begin with."""
    leads: Cues
    """What leads up to a rating within a sentence."""
    telling: Cues
    """What stands in every text that states a rating in anything but signs."""


def words_for(hint: Hint | None) -> Words:
    """All words, as pages often name the wrong language; the hinted one settles what a number word means."""
    code = (hint.language or "").lower().replace("_", "-").split("-")[0] if hint else ""
    return _words_of(code) if code in languages.codes() else _words()


@cache
def _words_of(code: str) -> Words:
    numbers = {**_words().numbers, **languages.load(code).numbers}
    school = _words().school | frozenset(languages.load(code).get("ratings", "school"))
    return replace(_words(), numbers=MappingProxyType(numbers), school=school)


@cache
def _words() -> Words:
    def of(key: str, section: str = "ratings") -> frozenset[str]:
        return languages.words(section, key)

    extra = data()["labels"]
    critic = frozenset(map(languages.fold_label, of("rating", "labels") | frozenset(extra["more"])))
    critic -= frozenset(extra["not"])
    audience = of("audience_rating", "labels")
    thumbs = of("thumbs_up") | of("thumbs_down")
    first = frozenset(word for word in of("stars") if not cased(word))
    units = of("stars") | of("points") | frozenset(data()["percent"]["words"])
    beside = units | of("out_of") | of("half_star") | thumbs | of("scale") | of("dice")
    spoken = frozenset(languages.number_words()) | of("half_star") | thumbs | of("scale") | of("dice") | first
    return Words(
        numbers=_numbers(),
        number=bounded(languages.number_words()),
        half=bounded(of("half")),
        star=bounded(of("stars")),
        star_first=bounded(first),
        star_labels=of("stars"),
        half_star=bounded(of("half_star")),
        point=bounded(of("points")),
        out_of=bounded(of("out_of")),
        counter=bounded(of("counter")),
        full_marks=bounded(of("full_marks")),
        full_marks_first=bounded(of("full_marks_first")),
        either_way=of("full_marks") & of("out_of"),
        scale=bounded(of("scale")),
        scale_to=bounded(of("scale_to")),
        label=bounded(critic | audience),
        critic_label=bounded(critic),
        school=frozenset(extra["school"]),
        between=of("between"),
        dice=bounded(of("dice")),
        audience_label=bounded(audience),
        give=bounded(of("give")),
        doubt=bounded(of("doubt")),
        thumbs=bounded(thumbs),
        verdicts=bounded(of("words")),
        verdict_words=of("words"),
        not_units=_not_units(),
        triggers=tuple(sorted(of("stars") | of("dice") | thumbs)),
        openings=Cues(spoken | critic | audience | of("words") | of("full_marks_first")),
        spoken=Cues(spoken),
        leads=Cues(critic | of("give")),
        telling=Cues(beside | critic | audience | of("give")),
    )


def _numbers() -> Mapping[str, float]:
    """Number words; one that means two numbers in two languages ("sex") needs the language and is left out."""
    found: dict[str, set[float]] = {}
    for language in languages.all_languages():
        for word, value in language.numbers.items():
            found.setdefault(word, set()).add(value)
    return MappingProxyType({w: values.pop() for w, values in found.items() if len(values) == 1})


@cache
def _not_units() -> frozenset[str]:
    """Nouns of any language that a number counts without being a rating: times, films, comments."""
    tails = data()["tails"]
    found = {
        word for phrase in (*data()["units"]["not"], *tails["counts"], *tails["praise"]) for word in phrase.split()
    }
    for language in languages.all_languages():
        found |= language.stopwords
        found.update(name for names in language.months for name in names)
        for names in language.relative.values():
            found.update(names)
        for key in ("review", "film", "tv", "comments", "reply", "reading_time", "list"):
            for phrase in language.get("words", key):
                found.update(phrase.split())
        found.update(language.get("labels", "runtime"))
    return frozenset(found)
