import pytest
from hypothesis import given
from hypothesis import strategies as st

from aggregator.resolve.names import title_key
from aggregator.resolve.titles import forms_of


@pytest.mark.parametrize(
    ("title", "form", "other"),
    [
        ("Borat: Cultural Learnings of America", "mains", "Borat"),
        ("Dr. Strangelove or: How I Learned to Stop Worrying", "mains", "Doctor Strangelove"),
        ("Salò, or the 120 Days of Sodom", "mains", "Salo"),
        ("Star Wars: Episode IV - A New Hope", "mains", "Star Wars"),
        ("Star Wars: Episode IV - A New Hope", "parts", "A New Hope"),
        ("Ikiru (To Live)", "parts", "To Live"),
        ("Bram Stoker's Dracula", "parts", "Dracula"),
        ("Dead Reckoning Part One", "parts", "Dead Reckoning"),
        ("Blade Runner: The Final Cut", "versions", "Blade Runner"),
        ("Donnie Darko: The Director’s Cut", "versions", "Donnie Darko"),
        ("Apocalypse Now Redux", "versions", "Apocalypse Now"),
        ("Titanic 3D", "formats", "Titanic"),
        ("Easy Money II: Hard to Kill", "unnumbered", "Easy Money: Hard to Kill"),
    ],
)
def test_a_film_may_be_called_by_less(title: str, form: str, other: str) -> None:
    assert title_key(other) in getattr(forms_of(title), form)


@pytest.mark.parametrize(
    "title", ["Che: Part Two", "Kill Bill: Vol. II", "Trick or Treat", "The Final Cut", "Moon", "Toy Story 2"]
)
def test_no_less_than_these(title: str) -> None:
    forms = forms_of(title)
    assert not forms.mains | forms.versions | forms.formats | forms.unnumbered


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Strength and Honor", "Strength and Honour"),
        ("The Man with a Movie Camera", "Man with the Movie Camera"),
        ("Goodnight and Good Luck", "Good Night, and Good Luck."),
    ],
)
def test_loose_spellings(one: str, other: str) -> None:
    assert forms_of(one).loose == forms_of(other).loose != ""


def test_short_skeletons_say_nothing_and_numbers_stay() -> None:
    assert forms_of("Heat").loose == ""
    assert forms_of("Rush Hour 2").loose != forms_of("Rush Hour 3").loose
    assert forms_of("Alien Nation").loose != forms_of("Aliens Nation").loose


def test_numbers_part_sequels_but_years_do_not() -> None:
    assert (forms_of("Rocky II").core, forms_of("Rocky II").numbers) == ("rocky", ("2",))
    assert forms_of("Kill Bill: Vol. 1").numbers == ()
    assert forms_of("Wonder Woman 1984").numbers == ()
    assert forms_of("8½").core == ""


@given(st.text(min_size=1).filter(lambda text: text.strip()))
def test_every_title_has_forms_that_are_not_itself(title: str) -> None:
    forms = forms_of(title)
    assert forms.key == title_key(title)
    assert forms.key not in forms.mains | forms.parts
    assert "" not in forms.mains | forms.parts
