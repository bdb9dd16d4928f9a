"""Running time and releases of a page."""

import pytest

from aggregator.model import Release
from aggregator.parse.document import Document
from aggregator.parse.facts import read_facts
from aggregator.parse.fields import releases, runtimes
from aggregator.parse.rank import rule
from aggregator.parse.reading import Reading

FILLER = (
    "The film begins slowly and then it does not let go of you, and that is the best thing one can say about it in the "
    "cold light of the day on which we saw it with friends who did not want to come, and who stayed to the end."
)


def reading(markup):
    head = "<!DOCTYPE html><html lang=en><head><title>Moon</title></head><body><h1>Moon</h1>"
    return Reading(Document(f"{head}<p>{FILLER}</p><p>{FILLER}</p>{markup}</body></html>"))


def minutes(markup):
    page = reading(markup)
    found = runtimes.read(page, read_facts(page))
    assert all(rule(c.field, c.rule) for c in found)
    return [(c.value, c.rule) for c in found]


def released(markup):
    page = reading(markup)
    found = releases.read(page, read_facts(page))
    for candidate in found:
        Release(**candidate.value)
        assert rule(candidate.field, candidate.rule)
    return [tuple(c.value[k] for k in ("date", "precision", "territory", "kind", "distributor")) for c in found]


@pytest.mark.parametrize(
    ("markup", "expected"),
    [
        ("<p>Director: Duncan Jones<br>Running Time: 97 Minutes</p>", [(97, "facts.runtime")]),
        ("<p>Running time: 1 hour 37 minutes</p>", [(97, "facts.runtime")]),
        ("<p>Dir: Duncan Jones; Cert: 15; 97 mins</p>", [(97, "facts.unlabelled_runtime")]),
        ("<p>With a running time of just 97 minutes it never drags, and it should not have been longer.</p>",
         [(97, "prose.runtime")]),
        ("<p>It clocks in at 97 minutes, which is the right length for a film about one man and a machine.</p>",
         [(97, "prose.runtime")]),
        ("<p>Reading time: 2 minutes</p>", []),
        ("<p>3 min read</p>", []),
        ("<p>It runs for 5 minutes before anything happens, and then for 90 more before anything else does.</p>", []),
        ("<p>The one runs for 97 minutes. The other one runs for 120 minutes, and feels like it, too, mostly.</p>", []),
    ],
)  # fmt: skip
def test_runtime(markup, expected):
    assert minutes(markup) == expected


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("<div class=meta>Cert 15 · 114 minutes</div>", [114]),
        ("<p>2018 | 95 min</p>", [95]),
        ("<div class=meta>114 minutes</div>", []),
        ("<p>Listen now · 54 min</p>", []),
        ("<p>Anna Holm | 45 min</p>", []),
        ("<p>Anna Holm | Horror | 45 min</p>", []),
        ("<p>12 May 2018 | 45 min</p>", []),
        ("<p>Horror/Drama | 2018 | 2h 7min</p>", [127]),
        ("<p>Comedy · 1h 54m · English</p>", [114]),
        ("<p>5 min</p>", []),
        ("<p>45 minutes to read</p>", []),
        ("<p>60 minutes ago</p>", []),
        ("<p>12 March | 114</p>", []),
    ],
)
def test_a_running_time_without_a_label_under_the_headline(line, expected):
    head = "<!DOCTYPE html><html lang=en><head><title>Moon</title></head><body><h1>Moon</h1>"
    page = Reading(Document(f"{head}{line}<p>{FILLER}</p><p>{FILLER}</p></body></html>"))
    assert [candidate.value for candidate in runtimes.read(page, read_facts(page))] == expected


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        ("Theatre Release: October 15, 2010 by Fox Searchlight",
         [("2010-10-15", "day", None, "theatrical", "Fox Searchlight")]),
        ("Release date: October 11, 2019<br>Distributor: Neon", [("2019-10-11", "day", None, None, "Neon")]),
        ("UK release: 17 July 2009", [("2009-07-17", "day", "GB", None, None)]),
        ("Release Date: October 2010", [("2010-10", "month", None, None, None)]),
        ("Released: 2010", [("2010", "year", None, None, None)]),
        ("DVD Release: 1 March 2011", [("2011-03-01", "day", None, "dvd", None)]),
        ("In UK cinemas: 10 January 2020", [("2020-01-10", "day", "GB", "theatrical", None)]),
        ("Distributor: Neon", [(None, None, None, None, "Neon")]),
        ("Production company: Liberty Films", []),
        ("Year: 2009", []),
    ],
)  # fmt: skip
def test_release(lines, expected):
    assert released(f"<p>Director: Duncan Jones<br>Runtime: 97 min<br>{lines}</p>") == expected


def test_a_release_announced_below_the_text():
    assert released("<p>• Moon is in UK cinemas from 17 July 2009.</p>") == [
        ("2009-07-17", "day", "GB", "theatrical", None)
    ]
    assert released("<p>• Moon is out now.</p>") == []


def test_a_release_in_another_language():
    prose = (
        "Der Film beginnt langsam und dann lässt er uns nicht mehr los, und das ist das Beste, was man über ihn sagen "
        "kann, im kalten Licht dieses Tages, an dem wir ihn mit Freunden gesehen haben."
    )
    facts = "<p>Regie: Duncan Jones<br>Kinostart: 15. Juli 2010<br>Verleih: Koch Media</p>"
    page = Reading(Document(f"<html lang=de><h1>Moon</h1><p>{prose}</p><p>{prose}</p>{facts}</html>"))
    (found,) = releases.read(page, read_facts(page))
    assert found.value == {
        "date": "2010-07-15", "precision": "day", "territory": None, "kind": "theatrical", "distributor": "Koch Media",
    }  # fmt: skip
