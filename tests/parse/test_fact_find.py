"""No label of any language is passed over by the quick look that leaves most lines at once."""

import pytest

from aggregator.notation.languages import codes
from aggregator.parse.blocks import Block, Scope
from aggregator.parse.fact_find import find as search
from aggregator.parse.fact_find import may_hold
from aggregator.parse.fact_labels import vocabulary
from aggregator.parse.hints import NONE


def find(block, language):
    return search(block, language) if may_hold(block, language) else []


def line(text):
    return Block(0, None, "p", text, Scope(None, NONE), 0)


@pytest.mark.parametrize("language", [*codes(), None])
def test_every_label_of_a_language_is_found_before_its_colon(language):
    known = vocabulary(language)
    missed = [label for label in known.roles if not find(line(f"{label.rstrip(':')}: Anna Weber"), language)]
    assert missed == []


@pytest.mark.parametrize("language", [*codes(), None])
def test_every_label_that_needs_no_colon_is_found_without_one(language):
    known = vocabulary(language)
    ready = [label for label in known.bare if label in known.roles and " " in label and "," not in label]
    assert [label for label in ready if not find(line(f"2011, {label} Anna Weber"), language)] == []


def test_a_label_is_found_where_its_value_runs_on_in_the_same_word():
    block = line("DirectorAnna Weber")
    block.spans = [(0, 8, "b", None)]
    assert [label.text for label in find(block, "en")] == ["Director"]


def test_a_line_without_a_word_of_any_label_has_none():
    assert find(line("We walked home: rain, and nobody spoke."), "en") == []
