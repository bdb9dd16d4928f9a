"""JSON as pages write it: what is mended, what is given up, and that nothing takes long."""

import json
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from aggregator.parse.structured.jsontext import read_json
from aggregator.parse.structured.tidy import tidy

MOVIE = {"@type": "Movie", "name": "Moon"}


@pytest.mark.parametrize(
    "text",
    [
        '{"@type": "Movie", "name": "Moon"}',
        '\ufeff {"@type": "Movie", "name": "Moon"} ;',
        '<!-- {"@type": "Movie", "name": "Moon"} -->',
        '//<![CDATA[\n{"@type": "Movie", "name": "Moon"}\n//]]>',
        '/*<![CDATA[*/{"@type": "Movie", "name": "Moon"}/*]]>*/',
        "{&quot;@type&quot;: &quot;Movie&quot;, &quot;name&quot;: &quot;Moon&quot;}",
        "[{&#34;@type&#34;: &#34;Movie&#34;, &#34;name&#34;: &#34;Moon&#34;}]",
    ],
)
def test_wrappers_lose_nothing(text):
    reading = read_json(text)
    assert reading.value in (MOVIE, [MOVIE])
    assert not reading.repaired
    assert not reading.lost


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ('{"@type": "Movie", "name": "Moon",}', MOVIE),
        ('{"@type": "Movie", // a film\n "name": "Moon"}', MOVIE),
        ('{"@type": "Movie" "name": "Moon"}', MOVIE),
        ('{"@type": "Movie", "name": "Moon"', {"@type": "Movie"}),
        ('{"a": "b", "rating": {"best": 5, "value": 4}', {"a": "b", "rating": {"best": "5", "value": "4"}}),
        ('{"@type": "Movie", "ratingValue": 3,5}', {"@type": "Movie", "ratingValue": "3,5"}),
        ('{"a": "The "Great", they said", "x": 1}', {"a": 'The "Great", they said', "x": "1"}),
        ('{"a": "Ocean\\\'s", "x": "a\\_b"}', {"a": "Ocean's", "x": "a_b"}),
        ('{"a": ["a", "b "c" d"], "x": undefined}', {"a": ["a", 'b "c" d'], "x": None}),
        ('{"@type": "Movie"}{"@type": "Book"}', [{"@type": "Movie"}, {"@type": "Book"}]),
        ("{'@type': 'Movie', 'name': 'Moon'}", MOVIE),
        ("{\"@type\": \"Movie\", name: 'Moon'}", MOVIE),
    ],
)  # fmt: skip
def test_breaks_with_one_reading_are_mended_and_said(text, value):
    reading = read_json(text)
    assert reading.value == value
    assert reading.repaired


def test_a_number_cut_in_half_is_not_read():
    assert read_json('{"@type": "Review", "r": {"ratingValue": 3.').value == {"@type": "Review"}
    assert read_json('{"@type": "Review", "rating": 1').value == {"@type": "Review"}


@pytest.mark.parametrize(
    "text",
    [
        '{"@type": "Movie", "name": {{ title }}}',
        'var data = {"@type": "Movie", name: title()}',
        "<p>not JSON at all</p>",
    ],
)
def test_what_would_be_a_guess_is_lost_and_said(text):
    reading = read_json(text)
    assert reading.value is None
    assert reading.lost


def test_nothing_is_not_a_loss():
    assert read_json(" \n ") == read_json("<!-- -->") == read_json("//")
    assert not read_json("").lost


def test_numbers_keep_their_written_text():
    assert read_json('{"a": 4.50, "b": -0, "c": 1e3, "d": NaN, "e": 10000000000000000000000}').value == {
        "a": "4.50", "b": "-0", "c": "1e3", "d": None, "e": "10000000000000000000000",
    }  # fmt: skip


@pytest.mark.parametrize(
    "filling",
    [
        "[",
        '{"a":',
        '"',
        '",',
        "\\",
        ":",
        "{}",
        '":"',
        'a "b" c ',
        ",",
        '"a":1,',
        "/",
        "/*",
        "#a\n",
        " ",
        "//\n",
        " ;,",
        "'",
    ],
)
def test_rubbish_takes_no_time(filling):
    start = time.process_time()
    read_json('{"@type": "Movie", ' + filling * (150_000 // len(filling)) + "x")
    read_json('{"@type": "Movie", ' + filling * (3_000 // len(filling)) + "}")
    assert time.process_time() - start < 1.5


JSON = st.recursive(
    st.none() | st.booleans() | st.text(max_size=12) | st.integers().map(str),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(min_size=1, max_size=8), inner, max_size=4),
    max_leaves=12,
)


@given(st.dictionaries(st.text(min_size=1, max_size=8), JSON, max_size=5))
def test_whole_json_is_read_as_it_stands(value):
    assert read_json(json.dumps(value)).value == value


@given(st.dictionaries(st.text("ab@:,\"{}[]'\\ \n", min_size=1, max_size=8), JSON, min_size=1, max_size=5))
def test_tidying_changes_nothing_that_is_whole(value):
    mended = tidy(json.dumps(value))
    assert mended is not None
    assert json.loads(mended) == value


@settings(max_examples=300)
@given(st.text("{}[]\",:\\'@type Movie1.5\n/*-&quot;", max_size=200))
def test_any_text_is_read_or_lost(text):
    reading = read_json(text)
    assert not (reading.lost and reading.value is not None)


@given(st.data())
def test_a_cut_block_states_nothing_that_the_whole_does_not(data):
    whole = {
        "@type": "Review",
        "author": "A, B",
        "rating": {"ratingValue": 3.5, "bestRating": 10},
        "genre": ["x", "y, z"],
        "name": 'He said: "no"',
    }
    text = json.dumps(whole)
    cut = data.draw(st.integers(1, len(text) - 1))
    assert part_of(read_json(text[:cut]).value, read_json(text).value)


def part_of(part, whole):
    if part is None or part == whole:
        return True
    if isinstance(part, dict) and isinstance(whole, dict):
        return all(key in whole and part_of(value, whole[key]) for key, value in part.items())
    if isinstance(part, list) and isinstance(whole, list):
        return all(value in whole for value in part)
    return False
