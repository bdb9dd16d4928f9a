"""Certificates of a page: labelled, in the headline, in the text."""

import pytest

from aggregator.model import Certificate
from aggregator.parse.document import Document
from aggregator.parse.facts import read_facts
from aggregator.parse.fields import certificates
from aggregator.parse.rank import rule
from aggregator.parse.reading import Reading

FILLER = (
    "The film begins slowly and then it does not let go of you, and that is the best thing one can say about it in the "
    "cold light of the day on which we saw it with friends who did not want to come, and who stayed to the end."
)


def read(markup, title="Never Let Me Go"):
    head = f"<!DOCTYPE html><html lang=en><head><title>{title}</title></head><body><h1>{title}</h1>"
    reading = Reading(Document(f"{head}<p>{FILLER}</p><p>{FILLER}</p>{markup}</body></html>"))
    found = certificates.read(reading, read_facts(reading))
    for candidate in found:
        Certificate(**candidate.value)
        assert rule(candidate.field, candidate.rule)
    return [(c.value["code"], c.value["systems"], c.value["reason"], c.rule) for c in found]


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("MPAA Rating: R", [("R", ["MPA"], None)]),
        ("Rated: R (for some violence)", [("R", ["MPA"], "for some violence")]),
        ("Certificate: 12A", [("12A", ["BBFC", "IFCO"], None)]),
        ("UK certificate: 15", [("15", ["BBFC"], None)]),
        ("Certificate: 12A (UK) / PG-13 (US)", [("12A", ["BBFC"], None), ("PG-13", ["MPA"], None)]),
        ("Certificate: UK: 15; US: R", [("15", ["BBFC"], None), ("R", ["MPA"], None)]),
        ("Rated: Not Rated", []),
        ("Certificate: TBC", []),
    ],
)
def test_labelled(line, expected):
    found = read(f"<p>Director: Mark Romanek<br>{line}</p>")
    assert [entry[:3] for entry in found] == expected
    assert all(entry[3] == "facts.certificate" for entry in found)


def test_behind_the_title():
    assert read("", "1917 (15)") == [("15", ["BBFC"], None, "prose.certificate")]
    assert read("", "1917 (2019)") == []


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("Never Let Me Go is rated R for some sexuality and nudity. There are a few brief scenes.",
         [("R", ["MPA"], "for some sexuality and nudity", "prose.rated")]),
        ("It is distributed by Twentieth Century Fox, Certificate 15.", [("15", ["BBFC"], None, "prose.certificate")]),
        ("Rated PG-13 for brief strong language.",
         [("PG-13", ["MPA"], "for brief strong language", "facts.certificate")]),
        ("I rated it 15 out of 20, and so would you.", []),
        ("It is rated among the best. It is rated R-something by nobody.", []),
        ("The first was rated R for violence. The second is rated PG-13 for language.", []),
    ],
)  # fmt: skip
def test_in_the_text(sentence, expected):
    assert read(f"<p>{sentence}</p>") == expected


def test_a_labelled_one_makes_the_text_superfluous():
    found = read("<p>It is rated R for some violence.</p><p>Director: Mark Romanek<br>Rated: R (for some violence)</p>")
    assert [entry[3] for entry in found] == ["facts.certificate"]
