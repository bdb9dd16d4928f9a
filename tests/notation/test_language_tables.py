import tomllib
from collections.abc import Iterator
from importlib.resources import files
from typing import Any

import pytest

from aggregator.notation.languages import codes, fold, load

ALL = ("de", "en", "es", "fr", "it", "ja", "ko", "nl", "no", "pl", "pt", "ru", "sv", "zh")


def table(code: str) -> dict[str, Any]:
    file = files("aggregator.notation").joinpath(f"data/languages/{code}.toml")
    return tomllib.loads(file.read_text(encoding="utf-8"))


def lists(raw: dict[str, Any], path: str = "") -> Iterator[tuple[str, list[str]]]:
    """Every list of words with its place, each month as a list of its own; numbers as the list of their words."""
    for key, value in raw.items():
        place = f"{path}.{key}".strip(".")
        if place == "ratings.numbers":
            yield place, list(value)
        elif isinstance(value, dict):
            yield from lists(value, place)
        elif place == "dates.months":
            yield from ((f"{place}.{number}", names) for number, names in enumerate(value, 1))
        elif isinstance(value, list):
            yield place, value


def test_there_is_a_file_for_every_language() -> None:
    assert set(codes()) >= set(ALL)


@pytest.mark.parametrize("code", codes())
def test_a_language_has_every_key_of_english(code: str) -> None:
    english, own = table("en"), table(code)
    missing = {f"{section}.{key}" for section, keys in english.items() if section != "name" for key in keys} - {
        f"{section}.{key}" for section, keys in own.items() if section != "name" for key in keys
    }
    assert not missing
    assert english["dates"]["relative"].keys() <= own["dates"]["relative"].keys()
    assert load(code).name == own["name"]


@pytest.mark.parametrize("code", codes())
def test_every_entry_is_folded(code: str) -> None:
    assert [(place, word) for place, words in lists(table(code)) for word in words if fold(word) != word] == []


@pytest.mark.parametrize("code", codes())
def test_no_list_says_a_word_twice(code: str) -> None:
    twice = [(place, {w for w in words if words.count(w) > 1}) for place, words in lists(table(code))]
    assert [(place, words) for place, words in twice if words] == []


@pytest.mark.parametrize("code", codes())
def test_months_weekdays_and_numbers_are_whole(code: str) -> None:
    language = load(code)
    assert len(language.months) == 12
    assert all(language.months)
    assert len(set(language.weekdays[:7])) == 7
    assert language.order in {"", "DMY", "MDY", "YMD"}
    assert {float(n) for n in range(11)} <= set(language.numbers.values())


@pytest.mark.parametrize("code", codes())
def test_no_month_name_stands_for_two_months(code: str) -> None:
    names = [name for month in load(code).months for name in month]
    assert sorted(set(names)) == sorted(names)


@pytest.mark.parametrize("code", codes())
def test_labels_that_a_facts_box_cannot_do_without_have_words(code: str) -> None:
    language = load(code)
    for key in ("title", "original_title", "year", "director", "writer", "cast", "runtime", "release", "rating"):
        assert language.get("labels", key), key


@pytest.mark.parametrize(
    ("code", "label", "key"),
    [
        ("fr", "distribution", "cast"),
        ("it", "distribuzione", "distributor"),
        ("pt", "distribuição", "distributor"),
        ("es", "calificación", "certificate"),
        ("es", "calificación", "rating"),
        ("pt", "classificação", "certificate"),
        ("pt", "classificação", "rating"),
        ("en", "rating", "certificate"),
        ("en", "rating", "rating"),
        ("ru", "режиссёр", "director"),
        ("ru", "режиссер", "director"),
        ("zh", "导演", "director"),
        ("zh", "導演", "director"),
        ("ja", "製作", "producer"),
    ],
)
def test_false_friends_and_spellings(code: str, label: str, key: str) -> None:
    assert label in load(code).get("labels", key)


def test_italian_distribution_is_no_cast() -> None:
    assert "distribuzione" not in load("it").get("labels", "cast")
