"""Reads one page: fields propose, `rank` chooses, the result is validated once against the contract."""

from dataclasses import dataclass, field, replace
from typing import Any, Literal

from aggregator.errors import AggregatorError
from aggregator.model import PageType, ParsedPage, Problem
from aggregator.parse.assemble import assemble
from aggregator.parse.document import Document
from aggregator.parse.obstacles import obstacles
from aggregator.parse.pagetype import Verdict
from aggregator.parse.paging import Paging, paging
from aggregator.parse.rank import Choice
from aggregator.parse.reading import Reading
from aggregator.parse.review import Findings, find
from aggregator.parse.roundup import sections
from aggregator.sites import Profile, find_profile

ProfileChoice = str | Profile | Literal[False] | None


@dataclass(slots=True)
class Explained:
    """A parsed page with everything that was considered: the choices of each review and the points of its type."""

    page: ParsedPage
    reading: Reading
    verdict: Verdict
    findings: list[Findings] = field(default_factory=list)

    @property
    def choices(self) -> list[dict[str, Choice]]:
        """Field -> choice, one map a review."""
        return [found.choices for found in self.findings]


def parse(
    body: bytes | str, url: str | None = None, *, fetched_at: str | None = None, profile: ProfileChoice = None
) -> ParsedPage:
    """Read one page (HTML or plain text) without network or clock; never raises on a page, however broken.

    `url` is where it was saved from, `fetched_at` (ISO) anchors relative dates, `profile` names a site profile;
    None takes the one shipped for the page's host, False none. UsageError when the named profile does not exist.
    """
    try:
        return explain(body, url, fetched_at=fetched_at, profile=profile).page
    except AggregatorError:
        raise
    except Exception as error:  # noqa: BLE001 - one page that breaks a reader must not stop the crawl of the others
        message = f"{type(error).__name__}: {error}"[:300]
        problem = Problem(code="crash", message=message)
        return ParsedPage(url=url, page_type=PageType.OTHER, partial=True, problems=[problem])


def explain(
    body: bytes | str, url: str | None = None, *, fetched_at: str | None = None, profile: ProfileChoice = None
) -> Explained:
    """Like `parse`, but keeps every candidate, and an error in a reader is raised."""
    chosen = None if profile is False else profile if isinstance(profile, Profile) else find_profile(url, profile)
    doc = Document(body, url)
    reading = Reading(doc, chosen, fetched_at)
    _note_document(reading)
    found = find(reading)
    verdict = found.verdict
    signs = {point.name for point in verdict.points}
    barred = signs & _NO_ROUNDUP - ({"headline_other"} if "headline_mixed" in signs else set())
    parts = sections(reading, signs, found.value("title")) if not barred else []
    findings: list[Findings] = []
    if parts:
        found.disown([part.regions.headline for part in parts if part.regions.headline])
        findings = [find(part, shared=found) for part in parts]
        verdict = replace(verdict, page_type=PageType.ROUNDUP)
    elif verdict.page_type is PageType.REVIEW:
        findings = [found]
    page = _page(reading, verdict, findings)
    return Explained(page, reading, verdict, findings or [found])


_NO_ROUNDUP = frozenset(
    """headline_other list_page structured_other structured_other_review others_reviews many_critics film_page
    encyclopedia many_entries archive_page""".split()
)
"""Signs of a film page, of a page of entries, and of one that calls itself a list, a trailer or something else."""


def _page(reading: Reading, verdict: Verdict, findings: list[Findings]) -> ParsedPage:
    reviews = [assemble(found, place_on_page=number) for number, found in enumerate(findings)]
    problems = [problem.model_dump() for problem in reading.problems]
    more = next((found.thread.next_page for found in findings if found.thread is not None), None)
    pages = paging(reading, more) if findings else Paging(next=reading.doc.link("next"))
    tree: dict[str, Any] = {
        "url": reading.doc.url,
        "page_type": verdict.page_type,
        "language": reading.language,
        "part_of": pages.part_of,
        "next": pages.next,
        "partial": bool(reading.doc.cuts) or any(problem.code == "structured-cut" for problem in reading.problems),
        "reviews": reviews,
        "problems": problems,
    }
    return ParsedPage.model_validate(tree)


def _note_document(reading: Reading) -> None:
    for cut in reading.doc.cuts:
        reading.problem("cut", cut)
    if reading.doc.charset_wrong:
        reading.problem("charset", f"the declared charset does not fit the bytes; read as {reading.doc.encoding}")
    reading.problems.extend(reading.data.problems)
    for kind in obstacles(reading):
        reading.problem(kind, f"the page shows {kind.replace('_', ' ')} instead of its text")
