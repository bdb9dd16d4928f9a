"""Who wrote the review, and for which outlet: structured data, bylines, rel=author, signatures."""

import re
from collections.abc import Iterator

from aggregator.notation.languages import fold
from aggregator.notation.languages import words as words_of
from aggregator.notation.people import given_names, is_firm, is_somebody
from aggregator.parse.blocks import Element
from aggregator.parse.candidate import Candidate, Place
from aggregator.parse.facts import LabelledFact
from aggregator.parse.fields.critic_column import columnist, has_profile
from aggregator.parse.fields.critic_ends import imprint, signature
from aggregator.parse.fields.critic_lines import alone, bylines, in_headline, is_job, names_nobody, split_byline
from aggregator.parse.fields.critic_owner import boxed, guest, host_of, introduced, owner
from aggregator.parse.hints import Hints
from aggregator.parse.reading import Reading, place
from aggregator.parse.regions import HEADINGS, Region

NOBODY = frozenset(
    """admin administrator administrador administrateur author editor editors staff webmaster guest unknown anonymous
    team redaktion redazione redaction redacción redacao redação newsroom user root wordpress moderator contributor
    contributors editorial none null test me site blog home reviews review film movies the_editors desk""".split()
) | {"your name", "your_name", "your full name", "your_full_name", "author name", "first last", "firstname lastname"}
"""Names templates put where no person is meant."""
_MAIL_OR_URL = re.compile(
    r"\b(?:theme|template|wordpress|bootstrap)\b|[@/\\<>{}|=\ufffd]|\s_|_\s|https?:|www\.|\.(com|net|org)\b",
    re.IGNORECASE,
)
_AUTHOR_PAGE = re.compile(
    r"/(?:author|authors|writers?|contributors?|staff|autor|autore|auteur|critics?|profile|people|by)/[^/?]+/?$"
)


def read(reading: Reading, facts: list[LabelledFact]) -> Iterator[Candidate]:
    """Candidates of `critics`: value a tuple of names as written."""
    for candidate in _all(reading, facts):
        names = tuple(dict.fromkeys(_people(reading, candidate)))
        if names:
            told = candidate.rule not in _NEED_PROOF or all(_is_proven(reading, name) for name in names)
            yield Candidate("critics", names, candidate.rule if told else "name.unsure", candidate.place, candidate.raw)


_NEED_PROOF = frozenset(("byline.alone", "byline.piece", "signature.alone", "signature.says", "bio"))
"""Rules by which "Older Posts" and "Blue Velvet" would be people, too."""
_LETTERS = re.compile(r"(?:[^\W\d_a-zß-ÿ]\.\s?){2,3}(?:[^\W\d_a-zß-ÿ][^\W\d_]+)?")


def _is_proven(reading: Reading, name: str) -> bool:
    """Whether a name is surely somebody's: by a given name (which Hungarian puts last) or initials, or in a script
    that has no capitals.
    """
    if reading.language == "hu" and fold(name.rsplit(" ", 1)[-1]) in given_names():
        return True
    return is_somebody(name) or fold(name) in given_names() or not name[0].isupper() or bool(_LETTERS.fullmatch(name))


_SHOWN = ("rel.author", "byline.by", "postfooter", "guest", "bio", "owner.")
"""Rules of what stands in the page, not in its metadata."""


def _people(reading: Reading, candidate: Candidate) -> Iterator[str]:
    """The names of a candidate that can be somebody's."""
    shown = candidate.rule.startswith(_SHOWN)
    return (name for name in candidate.value if _is_person(reading, name, shown=shown))


_ARTICLE = (Region.HEAD, Region.BODY, Region.TAIL)


def film_lines(facts: list[LabelledFact]) -> frozenset[int]:
    """Indexes of the lines that state facts of the film: "Written by" there is no byline, a date no posting date."""
    return frozenset(
        line.index
        for fact in facts
        if fact.key != "critic"
        for line in (fact.block, fact.label_block)
        if line is not None
    )


def outlet(reading: Reading) -> Iterator[Candidate]:
    """Candidates of `outlet`: the publication as it calls itself."""
    if reading.profile and reading.profile.outlet:
        yield Candidate("outlet", reading.profile.outlet, "profile.outlet", Place(fixed="profile"), "")
    for review in reading.data.reviews:
        if review.outlet:
            fact = review.outlet
            yield Candidate("outlet", fact.value, "structured.publisher", fact.place, fact.value)
    if site := reading.data.meta.og_site_name:
        yield Candidate("outlet", site.value, "meta.site_name", site.place, site.value)
    yield from _masthead(reading)


def _masthead(reading: Reading) -> Iterator[Candidate]:
    """The part of the page's title that stands as the site's name at the top of the page."""
    names = reading.regions.site_names
    for part in re.split(r"\s+[|–—»«·•-]\s+|\s*[|»｜:]\s+", reading.doc.title):
        if part and fold(part) in names:
            yield Candidate("outlet", part, "title.part", Place(fixed="title"), reading.doc.title)


def _all(reading: Reading, facts: list[LabelledFact]) -> Iterator[Candidate]:
    if reading.profile and reading.profile.critic:
        yield Candidate("critics", (reading.profile.critic,), "profile.critic", Place(fixed="profile"), "")
    named = [*_named(reading, facts), *guest(reading), *boxed(reading), *introduced(reading)]
    yield from named
    if not reading.section and not any(True for candidate in named for _ in _people(reading, candidate)):
        # the owner of a site wrote what bears nobody's name
        yield from owner(reading)


def _named(reading: Reading, facts: list[LabelledFact]) -> Iterator[Candidate]:
    """Whom the page names as its author."""
    yield from _structured(reading)
    headline = reading.regions.headline
    for fact in facts:
        if fact.key == "critic" and fact.block is not headline and fact.block.tag not in HEADINGS:
            names = split_byline(fact.value, reading.language)
            if not names_nobody(fact.label, names):
                yield Candidate("critics", names, "facts.critic", place(fact.block), fact.value)
    yield from _linked(reading)
    taken = film_lines(facts)
    around = list(bylines(reading, taken))
    outside = {c.value for c, region in around if region not in _ARTICLE}
    # several names around the article are those of teasers
    yield from (c for c, region in around if region in _ARTICLE or len(outside) == 1)
    yield from imprint(reading)
    yield from alone(reading, taken)
    yield from in_headline(reading)
    yield from columnist(reading)
    yield from signature(reading, taken)


def _structured(reading: Reading) -> Iterator[Candidate]:
    for sources, rule in ((reading.data.reviews, "structured.review"), (reading.data.articles, "structured.article")):
        for source in sources:
            people = [person for person in source.critics if not person.is_organization]
            if people and reading.owns(people[0].name.place.node):
                names = tuple(person.name.value for person in people)
                yield Candidate("critics", names, rule, people[0].name.place, "; ".join(names))
    for fact in reading.data.meta.authors:
        yield Candidate(
            "critics",
            split_byline(re.sub(r"(?i)^by\s+", "", fact.value), reading.language),
            "meta.author",
            fact.place,
            fact.value,
        )


def _may_link(region: Region, hints: Hints) -> bool:
    """Whether lines of this region, in markup of this purpose, may link to the author."""
    if region in (Region.HEAD, Region.TAIL, Region.BODY):
        return True
    return region not in (Region.COMMENT, Region.RELATED, Region.CAPTION) and bool(hints & {"byline", "meta"})


def _linked(reading: Reading) -> Iterator[Candidate]:
    """`<a rel=author>` and links to an author page within the article's head or foot; those of one line are one."""
    for block in reading.select(_may_link):
        if not block.spans:
            continue
        linked = [(text, mark) for text, href, mark in block.links() if text and _author_link(href, mark.node)]
        if linked:
            names = tuple(dict.fromkeys(name for text, _ in linked for name in split_byline(text, reading.language)))
            yield Candidate(
                "critics", names, "rel.author", place(block, linked[0][1].start, linked[-1][1].end), block.text
            )


def _author_link(href: str, node: Element) -> bool:
    rel = (node.get("rel") or "").lower().split()
    return "author" in rel or bool(_AUTHOR_PAGE.search(href))


def _is_person(reading: Reading, name: str, *, shown: bool) -> bool:
    """Whether a byline can be somebody's name; `shown`: it stands in the page, not in its metadata."""
    folded = fold(name)
    if not 2 <= len(name) <= 50 or len(name.split()) > 5 or folded in NOBODY or _MAIL_OR_URL.search(name):
        return False
    if (any(char.isdigit() for char in name) and " " in name) or folded in words_of("dates", "published"):
        return False
    if folded in words_of("words", "about_me") or folded in words_of("words", "related"):
        return False
    headline = reading.regions.headline
    if headline is not None and folded == fold(headline.text):
        return False
    if "_" in name and not shown:
        return False
    if name[0] in '《『「«〈<"“' or _ROLE_NAME.search(folded) or is_job(name, reading.language):
        return False
    # a site called after its one writer signs with its own name; a template does so in metadata
    return shown or not _is_site(reading, folded) or is_somebody(name) or has_profile(reading, name)


_ROLE_NAME = re.compile(
    r"^(?:the )?(?:site|blog|web|page) (?:author|owner|admin|editor)$"
    r"|\b(?:staff|team|editors|editorial|redaktion|redazione|redacción|redação|newsroom|online|magazine|blog)$"
)
"""What templates print where a name belongs."""


def _is_site(reading: Reading, folded: str) -> bool:
    parts = re.split(r"\s+[|–—»-]\s+|\s*[|»]\s*", reading.doc.title)
    names = {*reading.regions.site_names, *(fold(part) for part in parts)}
    squeezed = folded.replace(" ", "")
    if folded in names or squeezed not in {name.replace(" ", "") for name in names}:
        return folded in names
    # an address of two words is somebody's, unless the foot has them for a brand
    theirs = folded.count(" ") == 1 and host_of(reading).startswith(f"{squeezed}.") and not is_firm(folded)
    return not theirs or any(folded in line.folded and "©" in line.text for line in reading.lines[-12:])
