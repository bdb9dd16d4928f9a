"""Critics whom no byline names: the guest the text announces, the author in a box, the owner of a one-person site."""

import re
from collections.abc import Iterator
from functools import cache
from urllib.parse import urlsplit

from aggregator.notation.languages import fold, load, pattern
from aggregator.notation.languages import words as words_of
from aggregator.notation.people import given_names, is_firm, is_name, is_somebody
from aggregator.notation.ratings import parse_rating
from aggregator.parse.blocks import Block, Element
from aggregator.parse.candidate import Candidate, Place
from aggregator.parse.reading import Reading, place
from aggregator.parse.regions import HEADINGS, Region

_NAME = r"(?P<name>[^\W\d_a-zß-ÿ][\w'’.-]*(?:\s(?:d[aei]l?|v[ao]n|de la|der)?\s?[^\W\d_a-zß-ÿ][\w'’.-]*){0,3})"
_COPYRIGHT = re.compile(rf"(?i:©|\(c\)|copyright)[\s,:©]*(?:(?:19|20)\d\d[\s,–-]*)*(?i:by\s+)?{_NAME}(?=[\s.,;|(]|$)")
_ABOUT_ONE = re.compile(rf"(?:about\s+|über\s+|à propos de\s+|sobre\s+)?{_NAME}")
_OPENS = re.compile(rf"{_NAME}(?=\s[a-zà-ÿ])")
_PEOPLES = frozenset(
    """american british canadian german french italian spanish australian irish scottish english indian christian
    european asian mexican brazilian portuguese dutch swedish danish norwegian finnish polish russian japanese korean
    chinese jewish catholic muslim turkish czech austrian swiss african""".split()
)
"""What follows "I am" in capitals without being a name."""


def guest(reading: Reading) -> Iterator[Candidate]:
    """Who wrote it as the text itself says, whoever put it on the site: "A guest post by Lena Park"."""
    said = _guest(reading.language)
    lines = [block for block in reading.main if block.text]
    for block in {block.index: block for block in (*lines[:5], *lines[-4:])}.values():
        if (found := said.search(block.text)) and len(found["name"]) > 2:
            where = place(block, found.start("name"), found.end("name"))
            yield Candidate("critics", (found["name"].rstrip("."),), "guest", where, block.text[:200])


@cache
def _guest(language: str | None) -> re.Pattern[str]:
    words = pattern("words", "guest", {language or "en", "en"})
    return re.compile(rf"(?i:{words})\s*[:：]?\s*{_NAME}")


def boxed(reading: Reading) -> Iterator[Candidate]:
    """The name on a box about the author: its heading, or how it begins."""
    for block in reading.lines:
        if "bio" not in block.hints or len(block.text) > 600 or reading.region(block) is Region.COMMENT:
            continue
        if _about_me(reading.language).fullmatch(block.folded.rstrip(" :")):
            continue
        found = _ABOUT_ONE.fullmatch(block.text) or (None if block.tag in HEADINGS else _OPENS.match(block.text))
        if found and len(found["name"].split()) > 1 and is_name(found["name"]):
            yield Candidate("critics", (found["name"],), "bio", place(block, *found.span("name")), block.text[:120])


_INTRODUCED = re.compile(
    rf"^(?:(?i:you can\s+)?(?i:contact|e-?mail|reach|follow)\s+)?{_NAME}\s+(?:"
    r"(?i:can be reached|may be reached|at\s\S+@|on twitter)"
    r"|(?i:is|was)\s(?:an?|the|our)\s(?:[\w’'-]+\s){0,6}?(?i:writer|student|editor|critic|columnist|contributor|reporter"
    r"|reviewer|blogger|journalist|freshman|sophomore|junior|senior|major|librarian|teacher|filmmaker)\b)"
)


def introduced(reading: Reading) -> Iterator[Candidate]:
    """The last lines that say who wrote: "Anna Holm is a staff writer", "Contact Anna Holm at …"."""
    for block in reading.main:
        if block.index not in reading.closing or len(block.text) >= 250:
            continue
        found = _INTRODUCED.match(block.text)
        if found and len(found["name"].split()) > 1 and is_name(found["name"]):
            where = place(block, *found.span("name"))
            yield Candidate("critics", (found["name"],), "signature.says", where, block.text[:120])


def owner(reading: Reading) -> Iterator[Candidate]:
    """Whose site it is, by all that its frame says; who is named by the given name alone is found by the full one."""
    frame = (*_greeting(reading), *_profile(reading), *_copyright(reading), *_called(reading))
    found = [*frame, *_own_rating(reading), *_own_review(reading)]
    full = {name for candidate in found for name in candidate.value if " " in name}
    for candidate in found:
        longer = [name for name in full if _is_longer(name, candidate.value[0])]
        value = (longer[0],) if len(longer) == 1 else candidate.value
        yield Candidate("critics", value, candidate.rule, candidate.place, candidate.raw)


def _is_longer(name: str, short: str) -> bool:
    """Whether a name is another in full: "Kristopher Orrin" of "Kristopher", and of "Kris Orrin"."""
    given, _, rest = short.partition(" ")
    if not rest:
        return name.startswith(f"{short} ")
    whole, _, family = name.partition(" ")
    return family == rest and len(given) >= _SHORT_FORM and whole != given and whole.startswith(given)


_SHORT_FORM = 3
"""Letters of a given name from which it may be short for another."""


def _greeting(reading: Reading) -> Iterator[Candidate]:
    """What the frame of the site says itself: "Hi, I'm Anthony"."""
    says = _says(reading.language)
    for block in reading.lines:
        if len(block.text) > 600 or not _framing(reading, block):
            continue
        if found := says.search(block.text) or _KEPT_BY.search(block.text):
            name = found["name"].split(". ")[0].rstrip(".")
            if fold(name) not in _PEOPLES and (
                fold(name) in given_names() or is_somebody(name) or _known(reading, name)
            ):
                yield Candidate("critics", (name,), "owner.says", place(block, *found.span("name")), block.text[:120])


_KEPT_BY = re.compile(
    rf"(?i:\b(?:blog|reviews?|diary|journal)\b[^.!?]{{0,60}}\b(?:created|written|run|kept|maintained|authored)\s+by)\s+{_NAME}"
)
"""A blog whose owner is named, not who built its pages: "A blog about movies created by Sandy"."""


def _known(reading: Reading, name: str) -> bool:
    """Whether the name of the site or its address holds a part of somebody's name."""
    frame = " ".join(reading.regions.site_names)
    return any(len(part) >= 4 and part in frame for part in fold(name).split())


def _profile(reading: Reading) -> Iterator[Candidate]:
    """The one person whose profile the site shows: a link of Blogger's, or what stands under "About me"."""
    shown = {" ".join("".join(map(str, node.itertext())).split()): node for node in _profile_names(reading)}
    if len(shown) == 1:
        ((name, node),) = shown.items()
        yield Candidate("critics", (name,), "owner.profile", Place(node), name)
    about = _about_me(reading.language)
    for number, block in enumerate(reading.lines):
        if len(block.text) > 40 or not about.fullmatch(block.folded.rstrip(" :")):
            continue
        if not _may_present(reading, block):
            continue
        for line in reading.lines[number + 1 : number + 3]:
            found = _ABOUT_ONE.fullmatch(line.text) or _OPENS.match(line.text)
            if found and is_somebody(found["name"]):
                where = place(line, *found.span("name"))
                yield Candidate("critics", (found["name"],), "owner.profile", where, line.text[:120])
                break


def _may_present(reading: Reading, block: Block) -> bool:
    """Whether a heading may stand over the owner of the site: in the article it may present who wrote the novel."""
    region = reading.region(block)
    if region in (Region.HEAD, Region.BODY, Region.TAIL):
        return block.tag in HEADINGS and bool(block.hints & {"bio", "sidebar", "byline"})
    return region is not Region.COMMENT and (block.tag in HEADINGS or _framing(reading, block))


_PROFILE_NAME = re.compile(r"(?:author|owner|profile|blogger)[-_]*name(?:-link)?$", re.IGNORECASE)


def _profile_names(reading: Reading) -> list[Element]:
    """Elements whose class says that they hold the name of the site's author, in no teaser and no comment."""
    if reading.section:
        return []
    classes = reading.doc.lines.classes
    found = [node for name in classes.names if _PROFILE_NAME.search(name) for node in classes.get(name)[:20]]
    foreign = {"comments", "related"}
    return [
        node for node in found if not foreign & reading.hints_at(node) and next(node.iterancestors("li"), None) is None
    ]


@cache
def _about_me(language: str | None) -> re.Pattern[str]:
    return re.compile(pattern("words", "about_me", {language or "en", "en"}))


def _copyright(reading: Reading) -> Iterator[Candidate]:
    """Who holds the copyright, and whose name stands alone in the foot."""
    last = len(reading.doc.blocks) - 12
    for block in reading.lines:
        if block.index < last and "footer" not in block.hints:
            continue
        if len(block.text) > 200 or reading.region(block) is Region.COMMENT:
            continue
        found = _COPYRIGHT.search(block.text)
        if found is None:
            if "footer" in block.hints and is_somebody(block.text):
                yield Candidate("critics", (block.text,), "owner.footer", place(block), block.text)
            continue
        name = _SENTENCE_END.split(found["name"])[0].rstrip(".")
        if not 2 <= len(name.split()) <= 3 or not name[-1].islower() or not is_name(name) or is_firm(name):
            continue
        where = place(block, found.start("name"), found.start("name") + len(name))
        squeezed = fold(name).replace(" ", "")
        names = set(reading.regions.site_names)
        whose = _known(reading, name) and not {fold(name), squeezed} & names
        if whose or is_somebody(name):
            rule = "owner.copyright" if _known(reading, name) and fold(name) not in names else "owner.footer"
            yield Candidate("critics", (name,), rule, where, block.text[:120])


_SENTENCE_END = re.compile(r"(?<!\b\w)\.\s")
"""The end of a sentence, not of an initial: "Greg L. Orrin. All rights reserved"."""
_POSSESSIVE = re.compile(rf"{_NAME}['’]s?\s+(?P<what>\S.{{2,40}})")
_SITE_BY = re.compile(rf"(?P<what>\S.{{3,40}})\s(?:by|von|par|por|di)\s+{_NAME}")
_PERSONAL = r"(?:(?:personal|film|movie)\s+)?(?:(?:we)?blog|(?:web\s?)?site|home\s?page|thoughts|musings|ramblings)"
_WELCOME = re.compile(r"(?:(?:hey|hi|hello|welcome\s+to|this\s+is)\W+)+", re.IGNORECASE)


def _called(reading: Reading) -> Iterator[Candidate]:
    """Whom the site is called after: "Jane Orrin", "Jane Orrin's Film Reviews", "Film reviews by Jane Orrin"."""
    meta = reading.doc.meta("og:site_name")
    parts = [*_TITLE_PARTS.split(reading.doc.title)[1:], *([meta[0]] if meta else [])]
    shown = {fold(block.text): block.text for block in reading.lines[:40] if len(block.text) < 80}
    parts += [shown[name] for name in reading.regions.site_names if name in shown]
    headline = reading.regions.headline
    for part in dict.fromkeys(parts):
        if headline is not None and fold(part) in headline.folded:
            continue
        if is_somebody(part):
            rule = "owner.named" if _in_host(reading, part) else "owner.site"
            yield Candidate("critics", (part,), rule, Place(fixed="title"), part)
            continue
        if (block := _signed(reading, part)) is not None:
            start = block.text.find(part)
            yield Candidate("critics", (part,), "owner.signs", place(block, start, start + len(part)), block.text)
            continue
        found = _of_somebody(_WELCOME.sub("", part, count=1))
        if found and fold(part) in reading.regions.site_names and _is_site(found) and _may_own(found):
            yield Candidate("critics", (found["name"],), "owner.site_by", Place(fixed="title"), part)


def _of_somebody(part: str) -> re.Match[str] | None:
    """The name of a site that holds its owner's: by them, or theirs; "X Reviews" and "the blog of X" may honour X."""
    forms = (_SITE_BY, _POSSESSIVE)
    return next((found for form in forms if (found := form.fullmatch(part))), None)


def _may_own(found: re.Match[str]) -> bool:
    """Whether a name is a person's; a given name alone may be so on a blog: "Jane's blog", not "Cinephile's"."""
    name = found["name"]
    if is_somebody(name):
        return True
    alone = found.re is _POSSESSIVE and fold(name) in given_names()
    return alone and _written().search(fold(found["what"])) is not None


def _is_site(found: re.Match[str]) -> bool:
    """Whether what is somebody's, or by them, can be a site: "A film by Jane Orrin" is what she directed."""
    what = fold(found["what"])
    if _written().search(what):
        return True
    parts, films = set(what.split()), words_of("words", "film")
    places = {word for word in parts - films - load("en").stopwords if is_firm(word)}
    return found.re is _POSSESSIVE and bool(parts & films and places)


@cache
def _written() -> re.Pattern[str]:
    """What a site is or holds that only its owner can have written."""
    return re.compile(rf"(?<!\w)(?:{pattern('words', 'review')}|{_PERSONAL}|diary|journal|notes)(?!\w)")


def _signed(reading: Reading, name: str) -> Block | None:
    """The line of the title block that signs with the name of a site that its address and its data say is a person.

    Its given name may be one that no table knows: "2 min · Abhin R" on abhinr.example, whose data name that Person.
    """
    host = host_of(reading)
    squeezed = fold(name).replace(" ", "").replace(".", "")
    if not 2 <= len(name.split()) <= 3 or not is_name(name) or is_firm(name) or not host.startswith(f"{squeezed}."):
        return None
    named = [one for article in reading.data.articles for one in article.critics]
    named += [one for review in reading.data.reviews for one in review.critics]
    if not any(fold(one.name.value) == fold(name) and "Person" in one.types for one in named):
        return None
    lines = (b for b in reading.blocks(Region.HEAD) if b is not reading.regions.headline and len(b.text) < 100)
    return next((block for block in lines if name in block.text), None)


def _in_host(reading: Reading, name: str) -> bool:
    """Whether the address of the site is called after somebody, too."""
    host = host_of(reading)
    return any(len(part) >= 4 and part in host for part in fold(name).split())


def host_of(reading: Reading) -> str:
    """The host of the page's address without "www." and hyphens."""
    return (urlsplit(reading.doc.url or "").hostname or "").removeprefix("www.").replace("-", "")


_TITLE_PARTS = re.compile(r"\s+[|–—»«·•-]\s+|\s*[|»｜:]\s+")


@cache
def _ones_rating() -> re.Pattern[str]:
    return re.compile(rf"\W*{_NAME}['’]s\s+(?i:{pattern('labels', 'rating')}|{pattern('words', 'verdict')})\b")


def _own_rating(reading: Reading) -> Iterator[Candidate]:
    """Whose rating the page gives: "Laura's rating: ★★★★★"."""
    for block in reading.main:
        if "s " not in block.text[:80] or len(block.text) >= 80:
            continue
        if (found := _ones_rating().match(block.text)) and _marks(reading, block, found.end()):
            name = found["name"]
            if is_somebody(name) or fold(name) in given_names():
                yield Candidate("critics", (name,), "owner.rating", place(block, *found.span("name")), block.text)


def _marks(reading: Reading, block: Block, start: int) -> bool:
    """Whether a mark follows, as signs, or in pictures: "Anna's verdict: awful, she said" may be of anybody."""
    rest = block.text[start:].strip(" :–—-")
    return parse_rating(rest, reading.hint_for("rating")) is not None if rest else bool(block.icons)


@cache
def _ones_review() -> re.Pattern[str]:
    return re.compile(rf"\W*{_NAME}['’]s\s+(?i:(?:film\s+|movie\s+)?{pattern('words', 'review')})\s")


_ONES_SITE = re.compile(rf"\W*{_NAME}['’]s\s+(?i:{_PERSONAL})\b")


def _own_review(reading: Reading) -> Iterator[Candidate]:
    """Whose review the page's description says it is, where the site is called so: anybody may quote another's."""
    meta = reading.doc.meta("description", "og:description")
    found = _ones_review().match(meta[0]) if meta is not None else None
    if meta is not None and found is None:
        found = _ONES_SITE.match(meta[0])
    if meta is not None and found and " " in found["name"] and _known(reading, found["name"]):
        yield Candidate("critics", (found["name"],), "owner.says", Place(meta[1]), meta[0][:120])


@cache
def _says(language: str | None) -> re.Pattern[str]:
    words = pattern("words", "i_am", {language or "en", "en"})
    return re.compile(
        rf"(?:^|[.!?,]\s*|\b(?:hi|hello|hey|hallo|hola|salut|ciao)\b\W*)(?i:{words})\s+{_NAME}(?=\s?[,.!;–—-]|\s[a-z(]|\s?$|\s\W)"
    )


def _framing(reading: Reading, block: Block) -> bool:
    """Whether a line belongs to the site's frame: head, side, foot, or an unmarked line before the headline."""
    region = reading.region(block)
    if region is Region.CHROME:
        return not block.hints & {"nav", "related", "cookie", "form", "share"}
    headline = reading.regions.headline
    return region is Region.OUTSIDE and headline is not None and block.index < headline.index
