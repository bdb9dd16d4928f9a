"""Pages that set thousands of phrases apart: what is looked for in the text and held against all others stays few."""

from aggregator.parse.document import Document
from aggregator.parse.fields.titles import MOST, read
from aggregator.parse.reading import Reading
from tests.parse.fields.night_train import BODY


def test_a_text_that_sets_hundreds_of_phrases_apart_proposes_few_titles():
    phrases = " ".join(f"<em>Heat {number}</em>" for number in range(500))
    text = f"<html lang=en><title>Films</title><h1>Films</h1><p>I saw <em>Heat 7</em> in <em>Heat 7</em>, {phrases}</p>"
    found = read(Reading(Document(f"{text}{BODY}</html>")), [])
    names = [candidate.value for candidate in found if candidate.rule == "body.emphasis"]
    assert names[0] == "Heat 0"
    assert len(set(names)) == MOST
    assert {candidate.value for candidate in found if candidate.rule == "body.emphasis_often"} == {"Heat 7"}
