"""Signs of what a page is in its running text: what it speaks of, how, and whose words they are."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import islice

from aggregator.notation.languages import codes, fold, label_roles, load
from aggregator.parse import notice_signs
from aggregator.parse.blocks import Block, Mark
from aggregator.parse.fields.title_words import mentions
from aggregator.parse.reading import Reading
from aggregator.parse.regions import Region, is_heading, weight
from aggregator.parse.sign_words import Counts, Sign, kind_words

_OTHER_WORDS = {
    "in_tv": ("tv_words", 6.0),
    "in_book": ("book_words", 12.0),
    "in_album": ("album_words", 15.0),
    "in_game": ("game_words", 10.0),
    "in_theatre": ("theatre_words", 30.0),
    "in_restaurant": ("restaurant_words", 15.0),
    "in_product": ("product_words", 15.0),
    "in_event": ("event_words", 12.0),
    "in_shop": ("shop_words", 8.0),
}
"""Words of [words] in running text -> the point against, and from how many in 1000 words it counts."""
_COUNTED = ("film", "films", "film_kind", "this_film", "cinema", "judging", "in_news", "in_about", *_OTHER_WORDS)
SENTENCE_END = re.compile(r"[.!?。！？\n]")
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


_MARKED = re.compile(
    r"(?:\*{2,5}|[★☆⭐]{1,10}|(?<![\d/])\d{1,2}(?:[.,]\d)?\s?/\s?(?:10|5|4)|[A-D][+-])\s?(?:1/2|½)?[)\]\s.]*$"
)
"""The mark that ends a note on one film of several."""
_MARK = 16
_NOTE = 60
"""Letters from which a line with a mark is a note, and no part of a table of marks."""
_DATED = re.compile(r"\((?:19|20)\d\d\)")
"""The year behind a film that a text compares."""
_SEVERAL = 4


def read(reading: Reading, least: int) -> Iterator[Sign]:
    """Every sign of the running text; `least` is the weight below which it is short."""
    prose = [b for b in reading.main if not is_heading(b) and _is_running(b, reading.region(b))]
    text = " ".join(b.folded for b in prose if b.text)
    size = weight(text)
    if size < least:
        yield "short" if size >= _FEW else "few_words" if size >= 40 else "no_text", f"{size} letters"
    counts = Counts(text, reading.language, _COUNTED)
    yield from _film_words(counts)
    yield from _judging(counts)
    if (marked := sum(1 for b in prose if b.weight >= _NOTE and _MARKED.search(b.text, len(b.text) - _MARK))) >= 3:
        yield "several_marks", f"{marked} paragraphs end in a mark"
    if len(dated := set(_DATED.findall(text))) >= _SEVERAL:
        yield "films_dated", ", ".join(sorted(dated)[:8])
    if len(people := _people(" ".join(b.text for b in prose), reading.language)) >= 2:
        yield "names_people", ", ".join(people[:5])
    if counts.share("in_news") >= 15 and counts.of["in_news"] >= 2:
        yield "news_words", f"{counts.share('in_news'):.1f} in 1000 words"
    yield from _other_words(counts, _sold(counts, prose, reading.language))
    yield from _quoted(reading)
    yield from _book_facts(reading)
    yield from notice_signs.read(reading, prose, counts)
    yield from _of_stage(reading)
    if len(counts.words["in_theatre"]) >= _STAGE_WORDS and (house := _house(reading)):
        yield "stage_headline", house
    yield from _obituary(prose)
    questions = sum(1 for b in prose if _QUESTION.match(b.text) or _bold_question(b.text, b.marks))
    if questions >= 4:
        yield "question_answers", f"{questions} questions"
    yield from _dialogue(reading.blocks(Region.BODY))
    quoted = sum(1 for b in prose if _ATTRIBUTED.search(b.text) or _PRESS.fullmatch(b.text))
    if quoted >= 4:
        yield "others_reviews", f"{quoted} paragraphs end with their source"


def _is_running(line: Block, region: Region) -> bool:
    """Whether a line is text: in the body any but a short link, before and behind it a short sentence."""
    short = line.weight < _SHORTEST
    if region is Region.BODY:
        # "Watch the trailer" says what stands elsewhere
        return not (short and line.link_share() > 0.4)
    return not short and line.link_share() < 0.5 and _CLOSED.search(line.text) is not None


_SHORTEST, _FEW = 40, 150
_CLOSED = re.compile(r"[.!?…。！？][\s\"'”’»」)]*$")


def _dialogue(blocks: Sequence[Block]) -> Iterator[Sign]:
    """Whether the same few people speak in turn; labels of facts, which come again in a round-up, are nobody."""
    said = (found[1] for block in blocks if (found := _SPEAKER.match(block.text)))
    turns = Counter(who for who in said if fold(who) not in label_roles())
    speaking = [who for who, count in turns.items() if count >= 3]
    if len(speaking) >= 2 and turns.total() >= 0.3 * len(blocks):
        yield "dialogue", f"{', '.join(speaking[:5])} speak {turns.total()} times"


_STAGE = re.compile(
    r"\b(?:theatre|theater|playhouse|stage),\s[A-ZÀ-Þ]"
    r"|\b(?:music and lyrics|book|lyrics|choreography|choreographed) by\b"
    r"|\b(?:musik und liedtexte|livret|libretto)\b",
    re.IGNORECASE,
)
_DIED = re.compile(
    r"\b(?:(?:has|have|who) died|died (?:on|at|in|yesterday|today|this)|passed away|is survived by|are survived by"
    r"|ist (?:\w+ )?(?:gestorben|verstorben)|est (?:mort|morte|décédée?)|ha fallecido|falleció|è (?:morto|morta)"
    r"|è scompars[oa]|morreu|faleceu|zmarła?|har avlidit|gick bort|is overleden|скончал(?:ся|ась)|умер(?:ла)?)\b",
    re.IGNORECASE,
)


def _of_stage(reading: Reading) -> Iterator[Sign]:
    """The credits of a play or a musical: book and lyrics, and the house where it is given."""
    for block in reading.main:
        if len(block.text) < 300 and len(set(_STAGE.findall(block.text))) >= 2:
            yield "stage_facts", block.text[:100]


_HOUSE = re.compile(r",\s(?:[^\W\d_a-zà-ÿ][\w'’.]*\s){1,4}(?:Theatre|Theater|Playhouse|Opera House)\b")
_STAGE_WORDS = 2


def _house(reading: Reading) -> str | None:
    """The heading that says in which house a play was given: "Review: Brief Encounter, Corn Exchange Theatre"."""
    headline = reading.regions.headline
    said = (headline.text if headline else "", reading.doc.title)
    return next((text for text in said if _HOUSE.search(text)), None)


def _obituary(prose: list[Block]) -> Iterator[Sign]:
    """That somebody died, said twice in the opening or by "survived by"; the plot of a film may hold deaths, too."""
    said = [found[0] for block in prose[:3] for found in _DIED.finditer(block.folded)]
    if "survived by" in " ".join(said) or len({word.lower() for word in said}) >= 2:
        yield "obituary", ", ".join(said[:4])


_BOOK_FACTS = re.compile(
    r"(?<!\w)\d{2,4}\s?(?:pages|pp\.?|seiten|páginas|págs?\.?|pagine|pagina's|stron|sidor|sider|oldal|sayfa|strán|stran"
    r"|страниц|стр\.?|頁|ページ|쪽|页)(?!\w)|\bisbn\b",
    re.IGNORECASE,
)


def _book_facts(reading: Reading) -> Iterator[Sign]:
    """The facts of a book in a line of facts: how many pages it has, its number."""
    for block in reading.main:
        if len(block.text) < 120 and (found := _BOOK_FACTS.search(block.text)):
            yield "book_facts", found[0]


def _quoted(reading: Reading) -> Iterator[Sign]:
    """That most of a short text is somebody else's, set apart as a quotation."""
    lines = [(b.weight, "quote" in b.hints or b.tag == "blockquote") for b in reading.main if not is_heading(b)]
    quoted = sum(size for size, is_quote in lines if is_quote)
    own = sum(size for size, is_quote in lines if not is_quote)
    if quoted >= 200 and own < min(quoted * 1.5, 900):
        yield "mostly_quoted", f"{quoted} letters quoted, {own} not"


def _people(text: str, language: str | None) -> list[str]:
    opening = {word for code in {language or "en", "en"} & set(codes()) for word in load(code).stopwords}
    pairs = _NAME.findall(text)
    return sorted({f"{first} {last}" for first, last in pairs if fold(first) not in opening and not last.isupper()})


def _judging(counts: Counts) -> Iterator[Sign]:
    """Whether the text praises or blames; of a language without tables that cannot be told."""
    # pronouns are among the words, but "I" alone judges nothing
    said = {word for word in counts.words["judging"] if weight(word) > 3}
    if len(said) >= 3:
        yield "judging", ", ".join(sorted(said)[:8])
        return
    if counts.known and counts.length >= 60 and len(said) < 2:
        yield "no_opinion", ", ".join(sorted(said))
    if counts.known and counts.length < 150 and counts.share("judging") < 10:
        yield "no_judgement", f"{counts.share('judging'):.1f} in 1000 words"


def _sold(counts: Counts, prose: Sequence[Block], language: str | None) -> int:
    """How many words of a shop stand in the text; the last line of a long one may say where the film is."""
    said = counts.of["in_shop"]
    if not said or not _CLOSED.search(prose[-1].text) or prose[-1].weight * _LONG > counts.length * 6:
        return said
    return said - len(kind_words("in_shop", language).findall(prose[-1].folded))


_LONG = 5
"""A text this many times its last line is more than a notice."""


def _other_words(counts: Counts, sold: int) -> Iterator[Sign]:
    """The text speaks of books, songs or dishes more than of the film; `sold` words of a shop count."""
    film = counts.share("film") + 0.5 * counts.share("cinema")
    filmed = counts.of["this_film"] > 0 or (counts.of["film"] > 0 and len(counts.words["cinema"]) >= 4)
    for kind, (name, least_share) in _OTHER_WORDS.items():
        if kind in ("in_restaurant", "in_product") and filmed:
            continue  # a film may be about cooks
        # or about the stage: there all its words weigh against
        apart = kind in ("in_product", "in_event", "in_shop")
        against = film if kind == "in_theatre" else 0.0 if apart else counts.share("film")
        # where the text never says film, twice is enough
        enough = (sold if kind == "in_shop" else counts.of[kind]) >= (3 if counts.of["film"] else 2)
        if enough and counts.share(kind) >= least_share and counts.share(kind) > 1.3 * against:
            yield name, f"{counts.share(kind):.1f} in 1000 words, of film {counts.share('film'):.1f}"


_SAYS_FILM = 70
"""Words in which a review will have said "film", or what kind of film."""


def _film_words(counts: Counts) -> Iterator[Sign]:
    """How much a text speaks of films; plot and actors alone may be those of a series or a novel."""
    film = counts.share("film") + 0.5 * counts.share("cinema")
    if counts.known and not (counts.of["film"] or counts.of["films"] or counts.of["film_kind"]):
        yield "never_film" if counts.length >= _SAYS_FILM else "film_unsaid", f"{counts.length:.0f} words"
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


def watched(reading: Reading, title: str, prose: str) -> Iterator[Sign]:
    """That the critic watched the film, said in one sentence with its title in the headline or the text."""
    headline = reading.regions.headline
    for text in (headline.text if headline else "", prose):
        for start, end in islice(mentions(title, text), _MENTIONS):
            before = SENTENCE_END.split(text[max(0, start - _BESIDE) : start])[-1]
            after = SENTENCE_END.split(text[end : end + _BESIDE])[0]
            if kind_words("watched", reading.language).search(fold(f"{before} {after}")):
                yield "watched", f"{before}{text[start:end]}{after}"
