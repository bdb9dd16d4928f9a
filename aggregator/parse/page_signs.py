"""Signs of what a page is: structured data, headlines, sections, words; what each is worth is data/pagetype.toml."""

import re
import tomllib
from collections import Counter
from collections.abc import Iterator, Sequence
from functools import cache
from importlib import resources
from itertools import islice
from urllib.parse import unquote, urlsplit

from aggregator.notation.languages import codes, fold, label_roles, load, pattern
from aggregator.notation.languages import words as words_of
from aggregator.parse.blocks import Block, Mark
from aggregator.parse.fields.title_headings import without_site
from aggregator.parse.fields.title_text import FILM_PAGES
from aggregator.parse.fields.title_words import mentions
from aggregator.parse.reading import Reading
from aggregator.parse.regions import HEADINGS, Region, is_heading, weight

Sign = tuple[str, str]
"""Name of a row of data/pagetype.toml, and the text it rests on."""
FILM_TYPES = frozenset(("Movie", "Film", "VideoObject", "CreativeWork", "Thing", "ItemPage"))
OTHER_TYPES = frozenset(
    """Book TVSeries TVSeason TVEpisode Episode Game VideoGame Restaurant LocalBusiness Product MusicAlbum
    MusicRecording Hotel Event TheaterEvent Organization SoftwareApplication Place Recipe Course PodcastSeries
    PodcastEpisode""".split()
)
_KINDS = ("trailer", "interview", "podcast", "list", "book", "game", "album", "theatre", "restaurant", "method", "tv")
_OTHER_WORDS = {
    "in_tv": ("tv_words", 6.0),
    "in_book": ("book_words", 12.0),
    "in_album": ("album_words", 15.0),
    "in_game": ("game_words", 10.0),
    "in_theatre": ("theatre_words", 30.0),
    "in_restaurant": ("restaurant_words", 15.0),
    "in_product": ("product_words", 15.0),
    "in_event": ("event_words", 12.0),
}
"""Words of [words] in running text -> the point against, and from how many in 1000 words it counts."""
_LIST_HEADLINE = re.compile(
    r"(?:^|\b)(?:\d{1,3}\s+(?:\w+\s+){0,3}(?:films?|movies|filme|películas|filmes|filmów|фильмов)\b|(?:top|best)\s*-?\d+)",
    re.IGNORECASE,
)
_SENTENCE_END = re.compile(r"[.!?。！？\n]")
_BESIDE = 60
"""Letters on either side of a title within which it may be said to have been watched."""
_MENTIONS = 5
_QUESTION = re.compile(r"^(?:Q|F|P|В|問|问)\s*[:.：]\s", re.IGNORECASE)
_SPEAKER = re.compile(
    r"\W?([^\W\d][\w.'’ -]{0,24}?)\W?(?:\s*[(\[]?(?:\d{1,2}:)?\d{1,2}:\d\d[)\]]?\s*$|[:：]\s*(?:$|\S))"
)
"""Who speaks next in a transcript: "ANNA: …", "Speaker 1 [00:12]"."""
_ATTRIBUTED = re.compile(r"[.!?…”\"'’)]\s*(?:—|–|―|--)\s*[A-Z][^.!?]{2,60}$")
"""A quotation followed by who said it."""
_PRESS = re.compile(r"[“\"«„][^“”\"«»„]{60,}[”\"»“]")
"""A paragraph that is one quotation."""
_NAME = re.compile(r"(?<![\w'’-])([A-ZÀ-ÞА-ЯЁ][\w'’-]+) (?:[A-ZÀ-Þ]\. |d[aei]l? |v[ao]n )?([A-ZÀ-ÞА-ЯЁ][\w'’-]+)")
"""Two capitalised words: somebody's name, unless the first is one that opens sentences."""


def read(reading: Reading, least: int, title: str | None = None) -> Iterator[Sign]:
    """Every sign of the page; `least` is the weight of text below which it is short, `title` that of the film where it
    is sure, whose words say nothing of the page: "The Interview".
    """
    yield from _structured(reading)
    yield from _headline(reading, fold(title) if title else None)
    yield from _section(reading)
    yield from _text(reading, least)
    yield from _kind_of_page(reading)


def _kind_of_page(reading: Reading) -> Iterator[Sign]:
    critics = {fold(person.name.value) for review in reading.data.reviews for person in review.critics}
    if len(reading.data.reviews) >= 3 and len(critics) >= 2:
        yield "many_critics", f"{len(reading.data.reviews)} reviews by {len(critics)} people"
    og_type = reading.data.meta.og_type
    if og_type and og_type.value.startswith("video."):
        yield "film_page", og_type.value
    if archive := _body_classes(reading) & _ARCHIVES:
        yield "archive_page", " ".join(sorted(archive))
    entries = _entries(reading)
    if entries >= 3:
        yield "many_entries", f"{entries} linked headings"
    sections = {fold(b.text).split("[")[0].strip(" #¶:") for b in reading.doc.blocks if b.tag in HEADINGS}
    known = sections & _encyclopedia()
    if len(known) >= 3:
        yield "encyclopedia", ", ".join(sorted(known))
    parts = urlsplit(reading.doc.link("canonical") or reading.doc.url or "")
    if parts.netloc and parts.path.strip("/") in ("", "index.html", "index.php") and not parts.query:
        yield "home_page", reading.doc.url or ""


_ARCHIVES = frozenset("archive category tag author search search-results tax-post_tag blog-home".split())
"""Classes that themes give the body of a page that lists others."""


def _body_classes(reading: Reading) -> frozenset[str]:
    body = reading.doc.root.find("body") if reading.doc.root is not None else None
    classes = frozenset((body.get("class") or "").split()) if body is not None else frozenset()
    return frozenset() if classes & {"single", "single-post", "page", "post"} else classes


@cache
def _encyclopedia() -> frozenset[str]:
    """Section headings of an encyclopedia's article on a film."""
    raw = tomllib.loads(resources.files("aggregator.parse").joinpath("data/pagetype.toml").read_text("utf-8"))
    return frozenset(raw["encyclopedia_sections"])


def _structured(reading: Reading) -> Iterator[Sign]:
    for review in reading.data.reviews:
        types = set(review.item_types)
        if types & OTHER_TYPES and "Movie" not in types:
            yield "structured_other", ", ".join(sorted(types))
        elif "Movie" in types:
            yield "structured_film_review", "Movie"
        else:
            yield "structured_review", ", ".join(sorted(types))


def _texts(reading: Reading) -> Iterator[str]:
    if reading.regions.headline is not None:
        yield reading.regions.headline.text
    yield without_site(reading, reading.doc.title)
    if meta := reading.doc.meta("og:title"):
        yield without_site(reading, meta[0])


@cache
def kind_words(kind: str, language: str | None) -> re.Pattern[str]:
    """The words of one kind of page, whole words where the script parts words."""
    words = pattern("words", kind, {language or "en", "en"})
    return re.compile(rf"(?<![^\W\u3040-\u9fff\uac00-\ud7a3]){words}(?![^\W\u3040-\u9fff\uac00-\ud7a3]|['’]t\b)")


_TOKEN = re.compile(r"[^\W\u3040-\u9fff\uac00-\ud7a3]++(?!['’]t\b)")
"""A word as `kind_words` sees its borders."""


@cache
def _single_words(kind: str, language: str | None) -> tuple[frozenset[str], tuple[str, ...]]:
    """The words of one kind that are one word each, and the phrases and signs that are not."""
    every = words_of("words", kind, {language or "en", "en"})
    single = frozenset(word for word in every if _TOKEN.fullmatch(word))
    return single, tuple(every - single)


def _said(kind: str, language: str | None, text: str, tokens: Counter[str]) -> Counter[str]:
    """How often each word of a kind stands in a folded text; `tokens` are the words of the text."""
    single, others = _single_words(kind, language)
    if any(other in text for other in others):
        return Counter(kind_words(kind, language).findall(text))
    return Counter({word: tokens[word] for word in single & tokens.keys()})


def _film_review(text: str, language: str | None) -> str | None:
    """`headline_film_review` or `headline_review` when a heading says so."""
    found = [match.group(0) for match in kind_words("review", language).finditer(text)]
    if not found:
        return None
    filmy = any(kind_words("film", language).search(word) or "film" in word or "映画" in word for word in found)
    return "film_review" if filmy else "review"


@cache
def _general(language: str | None) -> frozenset[str]:
    """What a page that is no article of its own is called: "Film reviews", "About", "Contact"."""
    keys = ("review", "film", "about", "news", "interview", "podcast", "related")
    return frozenset(word for key in keys for word in words_of("words", key, {language or "en", "en"}))


def _headline(reading: Reading, title: str | None) -> Iterator[Sign]:
    for number, text in enumerate(_texts(reading)):
        folded = fold(text).strip(" .:!?|")
        parts = [part.strip() for part in re.split(r"[・|/&,·]| - | – ", folded) if part.strip()]
        if number == 0 and parts and all(part in _general(reading.language) for part in parts):
            yield "headline_section", text
        if said := _film_review(folded, reading.language):
            yield f"headline_{said}", text
        bare = folded.replace(title, " ") if title and not re.search(r"\d", title) else folded
        yield from _headed_otherwise(bare, text, reading.language)
        if _LIST_HEADLINE.search(text):
            yield "list_page", text
        if _seen_films(folded, reading.language):
            yield "seen_films", text
    for block in reading.main[:8]:
        for sentence in _SENTENCE_END.split(block.folded):
            if _seen_films(sentence, reading.language):
                yield "seen_films", sentence


def _headed_otherwise(bare: str, text: str, language: str | None) -> Iterator[Sign]:
    """That a heading, without the film's title in it, names another kind of page."""
    if other := _other_kind(bare, language):
        yield "headline_other", f"{other}: {text}"
    if kind_words("headline_news", language).search(bare):
        yield "headline_news", text


def _seen_films(folded: str, language: str | None) -> bool:
    """Whether a text speaks of the films that somebody saw: "Films seen in May", "the five movies we watched"."""
    found = kind_words("films", language).search(folded)
    return bool(found and kind_words("watched", language).search(folded))


def _other_kind(folded: str, language: str | None) -> str | None:
    """The kind of page a heading names that is no film review."""
    for kind in _KINDS:
        found = kind_words(kind, language).search(folded)
        # "Star Wars Episode II" is a film
        if found and (kind != "tv" or not re.match(r"\s+[ivx]+\b", folded[found.end() :])):
            return kind
    return None


def _section(reading: Reading) -> Iterator[Sign]:
    """Categories, breadcrumbs, kickers and the folders of the address."""
    texts = [b.text for b in reading.doc.blocks if "tags" in b.hints and len(b.text) < 60 and _near(reading, b.index)]
    texts += [
        content for name, content, _ in reading.doc.metas if name in ("article:section", "article:tag", "category")
    ]
    texts += list(_category_links(reading))
    headline = reading.regions.headline
    if headline is not None:
        before = reading.doc.blocks[max(0, headline.index - 3) : headline.index]
        # a kicker above the headline, not the last entry of a menu
        texts += [
            b.text for b in before if len(b.text) < 40 and b.tag != "li" and reading.region(b) is not Region.CHROME
        ]
    path = unquote(urlsplit(reading.doc.url or "").path).lower()
    texts += [re.sub(r"[-_]+", " ", part) for part in path.strip("/").split("/")[:-1] if part and not part.isdigit()]
    for text in texts:
        folded = fold(text)
        if weight(folded) > 60 or len(folded.split()) > 6:
            continue  # a menu or a list of keywords, not the name of a section
        film = bool(kind_words("film", reading.language).search(folded))
        review = _film_review(folded, reading.language)
        if review == "film_review" or (film and review):
            yield "section_film_review", text
        elif review:
            yield "section_review", text
        elif film:
            yield "section_film", text
        if kind_words("news", reading.language).fullmatch(folded.removeprefix("film ").removeprefix("movie ")):
            yield "section_other", f"news: {text}"
        elif not film and not review and (other := _other_kind(folded, reading.language)):
            yield "section_other", f"{other}: {text}"


def _category_links(reading: Reading) -> Iterator[str]:
    """Short links around the headline and right behind the text, as themes print categories."""
    end = max(reading.regions.last, 0)
    behind = [b for b in reading.doc.blocks[end + 1 : end + 6] if reading.region(b) in (Region.OUTSIDE, Region.TAIL)]
    for block in (*reading.blocks(Region.HEAD), *behind):
        if block.tag not in HEADINGS and (block.link_share() > 0.8 or block.hints & {"meta", "tags"}):
            yield from (text for text, _, _ in block.links() if 1 < len(text) < 40)


def _near(reading: Reading, index: int) -> bool:
    start = reading.regions.headline.index if reading.regions.headline else reading.regions.first
    return start - 12 <= index <= max(reading.regions.last, start) + 25


def watched(reading: Reading, title: str, prose: str) -> Iterator[Sign]:
    """That the critic watched the film, said in one sentence with its title in the headline or the text."""
    headline = reading.regions.headline
    for text in (headline.text if headline else "", prose):
        for start, end in islice(mentions(title, text), _MENTIONS):
            before = _SENTENCE_END.split(text[max(0, start - _BESIDE) : start])[-1]
            after = _SENTENCE_END.split(text[end : end + _BESIDE])[0]
            if kind_words("watched", reading.language).search(fold(f"{before} {after}")):
                yield "watched", f"{before}{text[start:end]}{after}"


def _text(reading: Reading, least: int) -> Iterator[Sign]:
    prose = [b for b in reading.blocks(Region.BODY) if not is_heading(b)]
    text = " ".join(b.folded for b in prose if b.text)
    size = weight(text)
    if size < least:
        yield "short" if size >= 40 else "no_text", f"{size} letters"
    counts = _Counts(text, reading.language)
    yield from _film_words(counts)
    yield from _judging(counts)
    if len(people := _people(" ".join(b.text for b in prose), reading.language)) >= 2:
        yield "names_people", ", ".join(people[:5])
    if counts.share("in_news") >= 15 and counts.of["in_news"] >= 2:
        yield "news_words", f"{counts.share('in_news'):.1f} in 1000 words"
    yield from _other_words(counts)
    yield from _quoted(reading)
    questions = sum(1 for b in prose if _QUESTION.match(b.text) or _bold_question(b.text, b.marks))
    if questions >= 4:
        yield "question_answers", f"{questions} questions"
    yield from _dialogue(reading.blocks(Region.BODY))
    quoted = sum(1 for b in prose if _ATTRIBUTED.search(b.text) or _PRESS.fullmatch(b.text))
    if quoted >= 4:
        yield "others_reviews", f"{quoted} paragraphs end with their source"


def _dialogue(blocks: Sequence[Block]) -> Iterator[Sign]:
    """Whether the same few people speak in turn; labels of facts, which come again in a round-up, are nobody."""
    said = (found[1] for block in blocks if (found := _SPEAKER.match(block.text)))
    turns = Counter(who for who in said if fold(who) not in label_roles())
    speaking = [who for who, count in turns.items() if count >= 3]
    if len(speaking) >= 2 and turns.total() >= 0.3 * len(blocks):
        yield "dialogue", f"{', '.join(speaking[:5])} speak {turns.total()} times"


def _quoted(reading: Reading) -> Iterator[Sign]:
    """That most of a short text is somebody else's, set apart as a quotation."""
    lines = [(weight(b.text), "quote" in b.hints or b.tag == "blockquote") for b in reading.main if not is_heading(b)]
    quoted = sum(size for size, is_quote in lines if is_quote)
    own = sum(size for size, is_quote in lines if not is_quote)
    if quoted >= 200 and own < min(quoted * 1.5, 900):
        yield "mostly_quoted", f"{quoted} letters quoted, {own} not"


def _people(text: str, language: str | None) -> list[str]:
    opening = {word for code in {language or "en", "en"} & set(codes()) for word in load(code).stopwords}
    pairs = _NAME.findall(text)
    return sorted({f"{first} {last}" for first, last in pairs if fold(first) not in opening and not last.isupper()})


class _Counts:
    """How often a text says the words of each kind; `of` the number, `words` the different ones."""

    def __init__(self, text: str, language: str | None) -> None:
        self.known = language is None or language in codes()
        self.length = max(1.0, weight(text) / 6)
        kinds = ("film", "films", "film_kind", "this_film", "cinema", "judging", "in_news", *_OTHER_WORDS)
        tokens = Counter(_TOKEN.findall(text))
        found = {kind: _said(kind, language, text, tokens) for kind in kinds}
        self.of = {kind: said.total() for kind, said in found.items()}
        self.words = {kind: set(said) for kind, said in found.items()}

    def share(self, kind: str) -> float:
        """Words of a kind in 1000."""
        return self.of[kind] / self.length * 1000


def _judging(counts: _Counts) -> Iterator[Sign]:
    """Whether the text praises or blames; of a language without tables that cannot be told."""
    # pronouns are among the words, but "I" alone judges nothing
    said = {word for word in counts.words["judging"] if weight(word) > 3}
    if len(said) >= 3:
        yield "judging", ", ".join(sorted(said)[:8])
    elif counts.known and counts.length < 150 and counts.share("judging") < 10:
        yield "no_judgement", f"{counts.share('judging'):.1f} in 1000 words"


def _other_words(counts: _Counts) -> Iterator[Sign]:
    """The text speaks of books, songs or dishes more than of the film."""
    film = counts.share("film") + 0.5 * counts.share("cinema")
    filmed = counts.of["this_film"] > 0 or (counts.of["film"] > 0 and len(counts.words["cinema"]) >= 4)
    for kind, (name, least_share) in _OTHER_WORDS.items():
        if kind in ("in_restaurant", "in_product") and filmed:
            continue  # a film may be about cooks
        # or about the stage: there all its words weigh against
        apart = kind in ("in_product", "in_event")
        against = film if kind == "in_theatre" else 0.0 if apart else counts.share("film")
        if counts.share(kind) >= least_share and counts.share(kind) > 1.3 * against and counts.of[kind] >= 3:
            yield name, f"{counts.share(kind):.1f} in 1000 words, of film {counts.share('film'):.1f}"


def _film_words(counts: _Counts) -> Iterator[Sign]:
    """How much a text speaks of films; plot and actors alone may be those of a series or a novel."""
    film = counts.share("film") + 0.5 * counts.share("cinema")
    if counts.known and not (counts.of["film"] or counts.of["films"] or counts.of["film_kind"]):
        yield "never_film", f"{counts.length:.0f} words"
    said = f"{film:.1f} in 1000 words, {counts.share('film'):.1f} say film"
    number = counts.of["film"] + counts.of["cinema"]
    if counts.share("film") < 2:
        if film >= 5:
            yield "film_words_weak", said
    elif film >= 12 and number >= 5:
        yield "film_words", said
    elif film >= 8 and number >= (3 if counts.length > 60 else 2):
        yield "film_words_many", said
    elif film >= 5:
        yield "film_words_some", said
    several = counts.of["films"]
    if several >= 3 and several >= 0.3 * counts.of["film"]:
        yield "many_films", f"{several} times films"
    elif counts.of["this_film"] >= (2 if counts.length > 100 else 1):
        yield "this_film", f"{counts.of['this_film']} times"


def _bold_question(text: str, marks: Sequence[Mark]) -> bool:
    bold = sum(mark.end - mark.start for mark in marks if mark.tag in ("b", "strong"))
    return text.rstrip().endswith("?") and bold > 0.9 * len(text)


def _entries(reading: Reading) -> int:
    """Number of headings in the main part that lead to other pages, as on a listing."""
    own = (reading.doc.url or "").split("#")[0].rstrip("/")
    targets = set()
    for block in reading.main:
        if block.tag not in HEADINGS and "title" not in block.hints:
            continue
        for text, href, _ in block.links():
            address = (reading.doc.absolute(href) or href).split("#")[0].rstrip("/")
            if len(text) > 0.6 * len(block.text) and address and address != own and not FILM_PAGES.search(href):
                targets.add(address)
    return len(targets)
