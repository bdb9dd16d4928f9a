import pytest
from hypothesis import given
from hypothesis import strategies as st

from aggregator.resolve.names import name_words, person_key, plain, script_of, title_key


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("The Baader-Meinhof Complex", "Baader Meinhof Complex, The (2008)"),
        ("LÅT DEN RÄTTE KOMMA IN", "Lat den ratte komma in"),
        ("Tom & Jerry", "Tom and Jerry"),
        ("Tom & Jerry", "Tom und Jerry"),
        ("Men in Black III", "Men in Black 3"),
        ("Mission: Impossible -- Ghost Protocol", "Mission: Impossible - Ghost Protocol"),
        ("Schindler's List", "Schindler’s List"),
        ("L’Avventura", "Avventura"),
        ("8½", "8 1/2"),
        ("Spider-Man", "Spiderman"),
        ("Das Boot", "Boot"),
        ("ＡＫＩＲＡ", "Akira"),
        ("Œuvre", "oeuvre"),
        ("Straße", "STRASSE"),
        ("The Godfather: Part II", "The Godfather Part 2"),
        ("The Godfather II", "The Godfather, Part Two"),
        ("Kill Bill: Volume 1", "Kill Bill Vol. I"),
        ("It Chapter Two", "It: Chapter 2"),
        ("Twelve Angry Men", "12 Angry Men"),
        ("Se7en", "Seven"),
        ("Doctor No", "Dr. No"),
        ("Moon (2009 film)", "Moon"),
    ],
)
def test_spellings_of_one_title(one: str, other: str) -> None:
    assert title_key(one) == title_key(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Moon", "Moonfall"),
        ("Iron Man", "Iron Man 2"),
        ("Alien", "Aliens"),
        ("Blade Runner", "Blade Runner: The Final Cut"),
        ("ガール", "カール"),  # voicing marks are letters
        ("2 1", "21"),
        ("1917", "1918"),
        ("X", "10"),
        ("Part 2", "2"),
        ("Chapter 27", "27"),
        ("Kill Bill: Vol. 1", "Kill Bill: Vol. 2"),
        ("One", "1"),
        ("The", "A"),
        ("I, Robot", "Robot"),
        ("…", "?"),
    ],
)
def test_different_titles(one: str, other: str) -> None:
    assert title_key(one) != title_key(other)


@given(st.text(min_size=1).filter(lambda text: text.strip()))
def test_a_title_always_has_a_key_and_case_does_not_matter(title: str) -> None:
    assert title_key(title)
    assert title_key(f" {title} ") == title_key(title)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Bong Joon-ho", "Joon-ho Bong"),
        ("J.J. Abrams", "Abrams, J. J."),
        ("Alejandro González Iñárritu", "alejandro gonzalez inarritu"),
        ("Sir Alfred Hitchcock", "Alfred Hitchcock"),
        ("Conan O'Brien", "Conan O’Brien"),
    ],
)
def test_spellings_of_one_name(one: str, other: str) -> None:
    assert person_key(one) == person_key(other)


def test_father_and_son_are_two() -> None:
    assert person_key("Robert Downey Sr.") != person_key("Robert Downey Jr.")


@given(st.lists(st.sampled_from(["bong", "joon", "ho", "j", "k", "ñandú"]), min_size=1, max_size=4))
def test_name_order_does_not_matter_but_for_initials_between(words: list[str]) -> None:
    whole = [word for word in words if len(word) > 1]
    assert name_words(" ".join(whole)) == name_words(" ".join(reversed(whole)))


def test_scripts() -> None:
    assert [script_of(name) for name in ("Émile", "宮崎駿", "봉준호", "Тарковский", "123")] == [
        "LATIN", "CJK", "HANGUL", "CYRILLIC", "",
    ]  # fmt: skip


def test_plain_keeps_letters_of_other_scripts() -> None:
    assert plain("हिन्दी ガ Łódź") == "हिन्दी ガ lodz"
