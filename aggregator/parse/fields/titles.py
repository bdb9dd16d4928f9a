"""Which film: title and year from structured data, labels, headings, page title, first lines, emphasis and address."""

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from functools import cache, lru_cache
from urllib.parse import unquote, urlsplit

from aggregator.notation.languages import alternation, fold, label_roles
from aggregator.notation.languages import words as words_of
from aggregator.notation.people import is_name
from aggregator.notation.titles import Title, fold_title, parse_title
from aggregator.parse.blocks import Block
from aggregator.parse.candidate import Candidate, Place
from aggregator.parse.facts import LabelledFact
from aggregator.parse.reading import Reading, place
from aggregator.parse.regions import HEADINGS, Region

_SEPARATOR = re.compile(r"\s+(?:[|–—»«·•~]|::|//|-{1,2}|&raquo;)\s+|\s*[|»«｜：]\s*")
_COLON = re.compile(r"\s*:\s+")
_EMPHASIS = frozenset(("em", "i", "cite", "b", "strong", "u"))
_QUOTED = re.compile(r"[“\"「『《〈«„‘]([^“”\"「」『』《》〈〉«»„‘’]{1,80})[”\"」』》〉»“’]")
_TRAILING_BRACKET = re.compile(r"(.+?)\s*[(（\[]([^()（）\[\]]+)[)）\]]")
_YEAR_AFTER = re.compile(r"^\s*[,(\[（]\s*(?:[^()\d]{0,40}[,;]\s*)?((?:18[89]|19\d|20\d)\d)\b")
_SLUG_EXTENSION = re.compile(r"\.(html?|php|aspx?|shtml)$")


def key(title: str) -> str:
    """The form in which titles support each other."""
    return fold_title(title)


def read(reading: Reading, facts: list[LabelledFact]) -> list[Candidate]:
    """Candidates of `title`, `original_title` and `year`.

    A plain headline or a phrase in italics is a weak candidate by itself; mentions in the text, the address and the
    tags support it.
    """
    found = [
        *_structured(reading),
        *_labelled(reading, facts),
        *_headings(reading),
        *_slugged(reading),
        *_in_text(reading),
    ]
    found += list(_film_links(reading))
    return [*found, *_support(reading, {key(c.value): c for c in found if c.field == "title"})]


def _structured(reading: Reading) -> Iterator[Candidate]:
    movies = [(review.movie, "structured.review") for review in reading.data.reviews if review.movie]
    movies += [(movie, "structured.movie") for movie in reading.data.movies if "Movie" in movie.types]
    for movie, rule in movies:
        if movie.title:
            parsed = parse_title(movie.title.value, reading.hint_for("title"))
            name = parsed.title if parsed else movie.title.value
            yield Candidate("title", name, rule, movie.title.place, movie.title.value)
        if movie.original_title:
            fact = movie.original_title
            yield Candidate("original_title", fact.value, "structured.movie", fact.place, fact.value)
        if movie.year and (year := re.match(r"(18[89]|19\d|20\d)\d", movie.year.value)):
            yield Candidate("year", int(year[0]), rule, movie.year.place, movie.year.value)


def _labelled(reading: Reading, facts: list[LabelledFact]) -> Iterator[Candidate]:
    for fact in facts:
        where = place(fact.block, fact.start, fact.end)
        if fact.key == "title" and (parsed := parse_title(fact.value, reading.hint_for("title"))):
            yield from _from_title(parsed, "facts.title", where, fact.value)
        elif fact.key == "original_title":
            parsed = parse_title(fact.value, reading.hint_for("title"))
            value = parsed.title if parsed else fact.value
            yield Candidate("original_title", value, "facts.original_title", where, fact.value)
        elif fact.key == "year" and (year := re.fullmatch(r"\D{0,12}((?:18[89]|19\d|20\d)\d)\D{0,12}", fact.value)):
            yield Candidate("year", int(year[1]), "facts.year", where, fact.value)
    if facts and (block := _line_before(reading, facts)):
        yield Candidate("title", block.text, "facts.heading", place(block), block.text)


def _line_before(reading: Reading, facts: list[LabelledFact]) -> Block | None:
    """The line right before a box of facts, which often is the film's title."""
    first = min(((fact.label_block or fact.block).index for fact in facts), default=0)
    for block in reversed(reading.doc.blocks[max(0, first - 3) : first]):
        if (
            0 < len(block.text) < 80
            and _like_title(block.text)
            and not block.text.rstrip().endswith((".", ":", "?", "!"))
        ):
            headline = reading.regions.headline
            if reading.region(block) in (Region.TAIL, Region.OUTSIDE, Region.HEAD) and block is not headline:
                return block
    return None


def _from_title(parsed: Title, rule: str, where: Place, raw: str) -> Iterator[Candidate]:
    yield Candidate("title", parsed.title, rule, where, raw)
    if parsed.year:
        year_rule = rule if rule == "facts.title" else f"{rule.split('.', maxsplit=1)[0]}.year"
        yield Candidate("year", parsed.year, year_rule, where, raw)
    if parsed.original_title and rule.startswith("headline"):
        yield Candidate("original_title", parsed.original_title, "headline.brackets", where, raw)


def _headings(reading: Reading) -> Iterator[Candidate]:
    block = reading.regions.headline
    if block is not None:
        yield from _heading(reading, block.text, "headline", place(block))
    elif quoted := reading.regions.quoted_headline:
        line, start, end = quoted
        yield from _heading(reading, line.text[start:end], "headline", place(line, start, end))
    meta = reading.doc.meta("og:title", "twitter:title")
    texts = [(reading.doc.title, Place(fixed="title"))] + ([(meta[0], Place(meta[1]))] if meta else [])
    headline = key(block.text) if block is not None else ""
    for text, where in texts:
        own = without_site(reading, text)
        if own and block is None:
            yield from _heading(reading, own, "headline", where)
        elif own:
            other = key(own) not in headline and headline not in key(own)
            yield from _heading(reading, own, "pagetitle", where, other=other)


def _heading(reading: Reading, text: str, source: str, where: Place, *, other: bool = False) -> Iterator[Candidate]:
    """Candidates from one heading; `other` when it is a page title that says something else than the headline."""
    parsed = parse_title(text, reading.hint)
    if parsed:
        style = parsed.style if parsed.style != "label" else "plain"
        if style == "plain" and source == "headline" and _short(parsed.title):
            style = "plain_short"
        elif style == "review_word" and _sentence(parsed.title):
            style = "sentence"
        elif style == "plain" and other:
            style = "other"
        yield from _from_title(parsed, f"{source}.{style}", where, text)
        yield from _bracketed(parsed, f"{source}.{style}", where, text)
    if source == "headline" and (not parsed or parsed.style == "plain"):
        parts = [part.strip() for part in _SEPARATOR.split(text) if part and part.strip()]
        first = "heading.first"
        if len(parts) < 2:
            parts = [part for part in _COLON.split(text, maxsplit=1) if part]
            # a sentence behind the colon is a tagline, a title-like part may be the rest of the title
            first = "heading.first" if parts and (_sentence(parts[-1]) or parts[-1][0].islower()) else "heading.part"
        for number, part in enumerate(parts if len(parts) > 1 else []):
            name = first if number == 0 else "heading.part"
            if inner := parse_title(part, reading.hint):
                yield Candidate("title", inner.title, name, where, text)
                if inner.year:
                    yield Candidate("year", inner.year, f"{source}.year", where, text)


def _bracketed(parsed: Title, rule: str, where: Place, raw: str) -> Iterator[Candidate]:
    """A headline that ends in brackets: the title again in another script or language, or the title behind a pun."""
    cut = _TRAILING_BRACKET.fullmatch(parsed.title)
    if cut is None:
        return
    source = rule.split(".", maxsplit=1)[0]
    if _script(cut[1]) != _script(cut[2]):
        yield from _from_title(replace(parsed, title=cut[1], original_title=cut[2]), f"{source}.brackets", where, raw)
    elif _sentence(cut[1]) and not _sentence(cut[2]):
        yield Candidate("title", cut[2], f"{source}.quoted", where, raw)
    elif rule.endswith((".plain", ".plain_short", ".year", ".other")):
        yield Candidate("title", cut[1], rule, where, raw)
        yield Candidate("title", cut[1], "heading.bracket", where, raw)
        yield Candidate("original_title", cut[2], "heading.bracket", where, raw)


def _sentence(text: str) -> bool:
    """Five words or more, most of them small: a sentence about a film, not its title."""
    words = [word for word in text.split() if word[0].isalpha()]
    return len(words) >= 5 and sum(word[0].islower() for word in words) > len(words) / 2


def _script(text: str) -> str:
    """Latin, east or other, by the first letter that tells."""
    for char in text:
        if char.isalpha():
            return "latin" if char < "\u0250" else "east" if char > "\u2e80" else "other"
    return "latin"


def _slugged(reading: Reading) -> Iterator[Candidate]:
    """The part of the headline that the address keeps: "1917 sends two boys …" at /1917-film-review."""
    headline = reading.regions.headline
    general = {word for phrase in _general() for word in phrase.split()}
    words = [word for word in _slug(reading.doc.url).split("-") if word and word not in general and len(word) < 30]
    if headline is None or not words:
        return
    own = [(match[0], match.start(), match.end()) for match in re.finditer(r"[\w'’]+", headline.text)]
    if len(words) > 0.7 * len(own):
        return
    folded = [key(word) for word, _, _ in own]
    for at in range(len(own) - len(words) + 1):
        if folded[at : at + len(words)] == [key(word) for word in words]:
            start, end = own[at][1], own[at + len(words) - 1][2]
            yield Candidate("title", headline.text[start:end], "url.title", place(headline, start, end), headline.text)
            return


def _short(text: str) -> bool:
    """Whether a headline is so short that it is more likely a title than a sentence about one."""
    return len(text.split()) <= 5 and len(text) <= 40 and not text.endswith((".", "!", "?", "…"))


def without_site(reading: Reading, text: str) -> str:
    """A page title without the parts that name the site."""
    names = reading.regions.site_names
    parts = [part for part in _SEPARATOR.split(text) if part and part.strip()]
    if len(parts) < 2:
        return text if fold(text) not in names else ""
    headline = fold(reading.regions.headline.text) if reading.regions.headline else ""
    kept = [part for part in parts if fold(part) not in names and fold(part).replace(" ", "") not in names]
    if headline and any(fold(part) in headline for part in kept):
        kept = [part for part in kept if fold(part) in headline]
    elif len(kept) == len(parts) and len(parts) > 1:
        kept = kept[:-1]  # the last part is the site's name by custom
    start = text.find(kept[0]) if kept else -1
    return text[start : text.rfind(kept[-1]) + len(kept[-1])] if kept else ""


def _in_text(reading: Reading) -> Iterator[Candidate]:
    """Phrases set apart in the text: with a year behind them in the first lines, or often."""
    seen: Counter[str] = Counter()
    first: dict[str, tuple[str, Block, int, int]] = {}
    lines = reading.main
    for number, block in enumerate(lines):
        if block.tag in HEADINGS:
            continue
        for start, end in _phrases(block):
            text = block.text[start:end].strip(" ,.;:!\u201c\u201d\"'‘’")
            if not 1 < len(text) <= 80 or not _like_title(text):
                continue
            folded = key(text)
            seen[folded] += 1
            first.setdefault(folded, (text, block, start, end))
            if number < 6 and (year := _YEAR_AFTER.match(block.text[end:])):
                yield Candidate("title", text, "body.first_year", place(block, start, end), block.text[:200])
                yield Candidate("year", int(year[1]), "body.title_year", place(block, start, end), block.text[:200])
    if not seen:
        return
    most = max(seen.values())
    for folded, count in seen.items():
        text, block, start, end = first[folded]
        if count == most and count >= 2:
            yield Candidate("title", text, "body.emphasis_often", place(block, start, end), block.text[:200])
        elif lines and block.index <= reading.regions.first + 1:
            yield Candidate("title", text, "body.emphasis", place(block, start, end), block.text[:200])


FILM_PAGES = re.compile(
    r"imdb\.com/(?:[a-z]{2}/)?title/tt\d+|themoviedb\.org/movie/\d+|letterboxd\.com/film/|rottentomatoes\.com/m/"
    r"|allocine\.fr/film/|filmaffinity\.com/\w+/film\d+|movie\.douban\.com/subject/\d+|kinopoisk\.ru/film/\d+"
    r"|csfd\.cz/film/\d+|filmweb\.pl/(?:film/|[^/]+-\d{4}-\d+)|metacritic\.com/movie/|wikidata\.org/wiki/Q\d+"
)
"""Addresses of pages that each are about one film."""


def _film_links(reading: Reading) -> Iterator[Candidate]:
    """Texts of links to a page about one film, if the article links to one film only."""
    links = [
        (text, href, mark, block)
        for block in reading.main
        for text, href, mark in block.links()
        if FILM_PAGES.search(href) and text
    ]
    if len({href.split("?")[0].rstrip("/") for _, href, _, _ in links}) != 1:
        return
    for text, _, mark, block in links:
        parsed = parse_title(text, reading.hint)
        if parsed and fold(parsed.title) not in _general() and _like_title(parsed.title):
            yield Candidate("title", parsed.title, "link.film", place(block, mark.start, mark.end), block.text[:200])


def _phrases(block: Block) -> Iterator[tuple[int, int]]:
    for mark in block.marks:
        if mark.tag in _EMPHASIS and mark.end - mark.start < 0.9 * len(block.text):
            yield mark.start, mark.end
    for match in _QUOTED.finditer(block.text):
        yield match.start(1), match.end(1)


@cache
def _general() -> frozenset[str]:
    """Words that stand in bold or quotes everywhere and name no film: MOVIE, Review, Director."""
    return words_of("words", "film") | words_of("words", "review") | frozenset(label_roles())


def _like_title(text: str) -> bool:
    if fold(text) in _general():
        return False
    words = text.split()
    return len(words) <= 10 and (text[0].isupper() or text[0].isdigit() or ord(text[0]) > 0x2E80 or text == "xXx")


def originals(reading: Reading, title: str) -> Iterator[Candidate]:
    """The original title that a line of facts or the first paragraph gives in brackets: "X (Le Y, 2008)"."""
    behind = re.compile(rf"{mention(title).pattern}[”\"’»』]?\s*[(\[（]\s*(?P<inside>[^()\[\]（）]{{2,80}})[)\]）]")
    for block in reading.main:
        if block.index > reading.regions.first:
            return
        for found in behind.finditer(block.text):
            inside = re.sub(rf"\s*[,;/]?\s*{_YEAR}\s*$", "", found["inside"]).strip()
            if (
                len(inside) > 1
                and not is_name(inside)
                and not re.search(r"\d{3}", inside)
                and key(inside) != key(title)
            ):
                start = found.start("inside")
                yield Candidate(
                    "original_title", inside, "body.bracket", place(block, start, start + len(inside)), found[0]
                )


def years(reading: Reading, title: str, written: str | None) -> Iterator[Candidate]:
    """Years the running text gives the chosen film: "X (2014)", "X, directed by Y in 2014", "EUA, 16. 91 min.".

    `written` (ISO) is when the review was published: a two-digit year is of its century and not later.
    """
    name = mention(title).pattern
    behind = re.compile(rf"{name}[”\"’»』]?\s*[(\[（]\s*{_YEAR}\s*[)\]）,;]")
    told = re.compile(
        rf"{name}[”\"’»』]?[^.!?()]{{0,40}}{_directed(reading.language)}[^.!?()]{{3,50}}\b{_YEAR}\b", re.IGNORECASE
    )
    for block in reading.main:
        for pattern in (behind, told):
            if found := pattern.search(block.text):
                where = place(block, found.start("year"), found.end("year"))
                rule = "body.title_year" if pattern is behind else "body.year_film"
                yield Candidate("year", int(found["year"]), rule, where, found[0])
        if found := _RUN_ON.match(block.text):
            year = int(found["year"]) if len(found["year"]) == 4 else _century(written, int(found["year"]))
            if year:
                yield Candidate("year", year, "facts.line", place(block, *found.span("year")), found[0])


_YEAR = r"(?P<year>(?:18[89]|19\d|20\d)\d)"
# country, year and running time open a line of facts: "EUA, 16. 91 min.", "Francia, 2016, 100 min"
_RUN_ON = re.compile(r"^\W{0,3}[A-ZÀ-Ý][\w /.,-]{1,40}?[,.]\s*(?P<year>\d{4}|\d\d)[,.;]\s*\d{2,3}\s*(?:min|m\b|’|')")


def _century(written: str | None, digits: int) -> int | None:
    """The full year of a two-digit one, if that fits the date of the review; None when the review has none."""
    if written is None:
        return None
    now = int(written[:4])
    year = now - now % 100 + digits
    return year if now - 25 <= year <= now + 1 else None


@cache
def _directed(language: str | None) -> str:
    return alternation(words_of("prose", "director", {language or "en", "en"}))


def _support(reading: Reading, known: dict[str, Candidate]) -> Iterator[Candidate]:
    """What speaks for a title somebody else proposed: mentions in the text, the address, tags, image texts."""
    slug = _slug(reading.doc.url or reading.doc.link("canonical"))
    text = "\n".join(b.text for b in reading.blocks(Region.BODY, Region.TAIL) if b.tag not in HEADINGS)
    tags = {key(b.text): b for b in reading.doc.blocks if "tags" in b.hints and len(b.text) < 80}
    for folded, candidate in known.items():
        if not folded or len(candidate.value) < 2:
            continue
        yield from _mentioned(reading, candidate, text)
        if slug and folded.replace(" ", "") in slug.replace("-", ""):
            yield replace(candidate, rule="url.slug", place=Place(fixed="url"), raw=reading.doc.url or "")
        if folded in tags:
            yield replace(candidate, rule="tag", place=place(tags[folded]), raw=tags[folded].text)
        for icon in (icon for block in reading.main for icon in block.icons if icon.alt):
            if folded in key(icon.alt) and len(icon.alt) < len(candidate.value) + 30:
                yield replace(candidate, rule="image.alt", place=Place(icon.node), raw=icon.alt)


def _mentioned(reading: Reading, candidate: Candidate, text: str) -> Iterator[Candidate]:
    """Support from the running text and from the headline."""
    name = candidate.value
    count = len(mention(name).findall(text)) - int(candidate.rule.startswith("body."))
    if count > 0:
        yield replace(candidate, rule="body.often" if count >= 3 else "body.mentioned")
    elif (part := _main_word(name)) and mention(part).search(text):
        yield replace(candidate, rule="body.part")
    headline = reading.regions.headline
    if headline is not None and candidate.rule.startswith(("body.", "facts.")) and mention(name).search(headline.text):
        yield replace(candidate, rule="headline.contains", place=place(headline), raw=headline.text)


def _main_word(name: str) -> str | None:
    """The longest capitalised word of a title of several, by which a text may call the film for short."""
    words = [word for word in re.findall(r"[^\W\d_][\w'’-]{3,}", name) if word[0].isupper()]
    return max(words, key=len) if len(name.split()) > 1 and words else None


@lru_cache(maxsize=256)
def mention(name: str) -> re.Pattern[str]:
    """A title in running text: straight and curly quotes are one; a shouted headline is found in any case."""
    parts = [
        re.sub(r"['’]", "['’]", re.escape(_stem(word))) + ("\\w{0,3}" if _inflects(word) else "")
        for word in name.split()
    ]
    shouted = name.isupper() and len(name) > 4
    inner = r"\s+".join(parts)
    return re.compile(rf"(?<![^\W\u3040-\ud7a3]){inner}(?![^\W\u3040-\ud7a3])", re.IGNORECASE if shouted else 0)


def _inflects(word: str) -> bool:
    """Whether a word may end otherwise in running text: Russian titles are declined."""
    return len(word) > 4 and bool(re.search("[а-яё]", word))


def _stem(word: str) -> str:
    return word[:-2] if _inflects(word) and word[-1] in "аеиоуыьюяйё" else word


def _slug(url: str | None) -> str:
    """The last telling part of an address, letters and dashes."""
    path = unquote(urlsplit(url or "").path).rstrip("/")
    parts = [_SLUG_EXTENSION.sub("", part).lower() for part in path.split("/") if part]
    words = [part for part in parts if re.search(r"[^\W\d_]", part)]
    return re.sub(r"[^\w]+", "-", words[-1]) if words else ""
