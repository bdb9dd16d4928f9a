"""Certificates against the table stated by hand, and on any text."""

import csv
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aggregator.notation import Hint
from aggregator.notation.boards import spellings, tables
from aggregator.notation.certificates import parse_certificate

TABLE = Path(__file__).parents[2] / "fixtures" / "certificates.tsv"


def rows():
    with TABLE.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))


@pytest.mark.parametrize(
    "row", rows(), ids=lambda row: f"{row['text']}|{row['label']}{row['country']}{row['language']}"
)
def test_table(row):
    hint = Hint(label=row["label"] or None, country=row["country"] or None, language=row["language"] or None)
    found = parse_certificate(row["text"], hint)
    got = (found.code, set(found.systems), found.reason) if found else None
    wanted = (row["code"], set(row["systems"].split()), row["reason"] or None) if row["code"] else None
    assert got == wanted


def test_raw_is_what_was_read():
    found = parse_certificate("  Cert:   12A ", Hint())
    assert found is not None
    assert found.raw == "Cert: 12A"


def test_every_code_is_read_back_under_its_label():
    for system in tables().systems:
        for code in system.codes:
            country = next(iter(system.countries), None)
            found = parse_certificate(code, Hint(label="certificate", country=country))
            assert found is not None, code
            assert system.id in found.systems or not system.id, code


def test_every_phrase_names_known_systems():
    ids = {system.id for system in tables().systems}
    for phrase in tables().phrases:
        assert set(phrase.systems) <= ids
        assert phrase.code, phrase
        if "{n}" not in phrase.code:
            assert any(system in phrase.systems for _, system in spellings()[phrase.code.lower()])


def test_a_country_narrows_and_a_foreign_one_does_not_erase():
    both = parse_certificate("12A")
    british = parse_certificate("12A", Hint(country="GB"))
    german = parse_certificate("12A", Hint(country="DE"))
    assert both is not None
    assert both.systems == ["BBFC", "IFCO"]
    assert british is not None
    assert british.systems == ["BBFC"]
    assert german is not None
    assert german.systems == ["BBFC", "IFCO"]


def test_a_board_that_has_no_such_code_gives_nothing():
    assert parse_certificate("FSK: 15") is None
    assert parse_certificate("BBFC: R") is None


@given(st.text(max_size=80), st.sampled_from([None, "certificate"]), st.sampled_from([None, "de", "en", "fr", "ja"]))
def test_any_text(text, label, language):
    found = parse_certificate(text, Hint(label=label, language=language))
    if found is not None:
        known = {code for system in tables().systems for code in system.codes}
        assert found.code in known
        assert found.reason is None or found.reason.lower() in found.raw.lower()


@pytest.mark.parametrize("code", [code for system in tables().systems for code in system.codes])
def test_a_word_glued_to_a_code_is_no_certificate(code):
    for word in ("x", "xyz", "x1"):
        assert parse_certificate(f"{code}{word}", Hint(label="certificate")) is None
