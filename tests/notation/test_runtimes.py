"""Running times: the hand-written table and what must hold for any text."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aggregator.notation import Hint
from aggregator.notation.runtimes import LONGEST, SHORTEST, parse_runtime

TABLE = Path(__file__).parents[2] / "fixtures" / "runtimes.tsv"
LABEL = Hint(label="runtime")


def _rows():
    for line in TABLE.read_text(encoding="utf-8").splitlines()[1:]:
        text, minutes, hint, _ = line.split("\t")
        known = Hint(**dict(part.split("=", 1) for part in hint.split()))
        yield pytest.param(text, int(minutes) if minutes else None, known, id=f"{text}|{hint}")


@pytest.mark.parametrize(("text", "minutes", "hint"), list(_rows()))
def test_reads_what_the_table_says(text, minutes, hint):
    assert parse_runtime(text, hint) == minutes


FORMS = [
    "{h} hours {m} minutes",
    "{h} hours, {m} minutes",
    "{h} hr. {m} min.",
    "{h}h{m:02}",
    "{h}h {m}m",
    "{h} h {m} min",
    "PT{h}H{m}M",
    "{h} Stunden und {m} Minuten",
    "{h} heures et {m} minutes",
    "{h} horas y {m} minutos",
    "{h} ore e {m} minuti",
    "{h} uur en {m} minuten",
    "{h} godz. {m} min",
    "{h} timmar och {m} minuter",
    "{h} часа {m} минут",
    "{h}時間{m}分",
    "{h}小时{m}分钟",
    "{h}시간 {m}분",
]


@pytest.mark.parametrize("form", FORMS)
@given(total=st.integers(SHORTEST, LONGEST))
def test_hours_and_minutes_read_back(form, total):
    hours, minutes = divmod(total, 60)
    assert parse_runtime(form.format(h=hours, m=minutes)) == total


@given(total=st.integers(0, 3000))
def test_minutes_read_back_within_what_films_run(total):
    expected = total if SHORTEST <= total <= LONGEST else None
    for form in ("{} min", "{} minutes", "PT{}M", "{}分", "Running time: {} mins"):
        assert parse_runtime(form.format(total)) == expected


@given(total=st.integers(0, 3000))
def test_bare_numbers_need_a_label(total):
    assert parse_runtime(str(total)) is None
    assert parse_runtime(str(total), LABEL) == (total if SHORTEST <= total <= LONGEST else None)


@given(one=st.integers(40, 300), other=st.integers(40, 300))
def test_of_two_times_only_the_one_outside_brackets_is_clear(one, other):
    assert parse_runtime(f"{one} min (director's cut {other} min)") == one
    assert parse_runtime(f"{one} min, {other} min") == (one if one == other else None)


def test_another_label_gives_no_runtime():
    assert parse_runtime("103 min", Hint(label="release")) is None


@given(
    text=st.lists(
        st.one_of(
            st.sampled_from("1 43 103 h min hours : PT H M ' ( ) - 分 時間 Runtime: ago".split()), st.text(max_size=4)
        ),
        max_size=9,
    ).map("".join),
    hint=st.sampled_from([None, LABEL]),
)
def test_any_text_gives_whole_minutes_or_none(text, hint):
    minutes = parse_runtime(text, hint)
    assert minutes is None or (isinstance(minutes, int) and SHORTEST <= minutes <= LONGEST)
    if minutes is not None:
        assert any(char.isdigit() for char in text)
