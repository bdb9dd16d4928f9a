"""Age certificates: labelled ones, one beside the title in the headline, and "rated R for …" in the text."""

import re
from collections.abc import Iterator
from typing import Any

from aggregator.model import Certificate
from aggregator.notation.certificates import parse_certificate
from aggregator.parse.blocks import Block
from aggregator.parse.candidate import Candidate
from aggregator.parse.fact_values import certificate_pieces
from aggregator.parse.facts import LabelledFact
from aggregator.parse.reading import Reading, place
from aggregator.parse.regions import Region

_CODE = r"(?:G|PG(?:-?13)?|R|NC-?17|U|12A?|15|18|M|MA ?15\+|14A|18A|TV-(?:MA|14|PG))"
_RATED = re.compile(
    rf"(?:\b(?:is|was|been|and|be|film's|it's|itself)\s+|^|[.!?(]\s*)[Rr]ated\s+(?P<code>{_CODE})(?![\w+'’-])"
    r"(?P<reason>\s+(?:\(?for)\s+[^.;()]{3,200})?"
)
_NAMED = re.compile(rf"(?:^|[,.;(–—]\s*)(?:[Cc]ertificate|[Cc]ert\.?|BBFC)\s*:?\s+(?P<code>{_CODE})(?=\s*(?:[.,;)]|$))")
_CUE = re.compile(r"[Rr]ated\s|[Cc]ert|BBFC")
"""What every statement in the text holds: a quick look at a line."""
_BEHIND_TITLE = re.compile(r"\S\s*[(\[](?P<code>U|PG(?:-13)?|12A|15|18|R)[)\]]\s*$")


def read(reading: Reading, facts: list[LabelledFact]) -> list[Candidate]:
    """Candidates of `certificates`; value holds raw, code, systems and reason. One a code and set of boards."""
    found = [candidate for fact in facts if fact.key == "certificate" for candidate in _labelled(reading, fact)]
    found += _headline(reading)
    if not found:
        found += _prose(reading)
    return _distinct(found)


def _labelled(reading: Reading, fact: LabelledFact) -> Iterator[Candidate]:
    where = place(fact.block, fact.start, fact.end)
    hint = reading.hint_for("certificate")
    # a label that names the board or the country ("MPAA Rating", "UK certificate") narrows the code
    whole = parse_certificate(f"{fact.label}: {fact.value}", hint) or parse_certificate(fact.value, hint)
    if whole is not None:
        yield _candidate(whole, fact.value, "facts.certificate", where)
        return
    for piece in certificate_pieces(fact.value):
        if one := parse_certificate(piece, hint):
            yield _candidate(one, piece, "facts.certificate", where)


def _headline(reading: Reading) -> Iterator[Candidate]:
    """The certificate behind the title in the headline: "1917 (15)"."""
    block = reading.regions.headline
    match = _BEHIND_TITLE.search(block.text) if block else None
    if block and match and (found := parse_certificate(match.group("code"), reading.hint_for("certificate"))):
        yield _candidate(found, match.group("code"), "prose.certificate", place(block, *match.span("code")))


def _prose(reading: Reading) -> list[Candidate]:
    """A certificate stated in the text; two different ones may be of two films, so neither counts."""
    found: list[Candidate] = []
    for block in reading.blocks(Region.HEAD, Region.BODY, Region.TAIL, Region.OUTSIDE):
        found += _stated(reading, block)
    return found if len({candidate.value["code"] for candidate in found}) == 1 else []


def _stated(reading: Reading, block: Block) -> Iterator[Candidate]:
    for pattern, rule in ((_RATED, "prose.rated"), (_NAMED, "prose.certificate")) if _CUE.search(block.text) else ():
        for match in pattern.finditer(block.text):
            stated = match.group("code") + (match.groupdict().get("reason") or "")
            parsed = parse_certificate(stated, reading.hint_for("certificate"))
            if parsed is not None:
                yield _candidate(parsed, match.group(0).strip(), rule, place(block, match.start(), match.end()))


def _candidate(found: Certificate, raw: str, rule: str, where: Any) -> Candidate:
    value = {"raw": raw.strip(), "code": found.code, "systems": list(found.systems), "reason": found.reason}
    return Candidate("certificates", value, rule, where, raw)


def _distinct(found: list[Candidate]) -> list[Candidate]:
    """The same code from boards that overlap is one certificate; the first one found stays."""
    kept: list[Candidate] = []
    for candidate in found:
        systems = set(candidate.value["systems"])
        same = [c for c in kept if c.value["code"] == candidate.value["code"]]
        if not any(systems & set(c.value["systems"]) or not systems for c in same):
            kept.append(candidate)
    return kept
