"""Round-ups told in running text: paragraphs about one film each, whose name is set apart within a sentence."""

from collections.abc import Iterator

from aggregator.notation.film_pages import is_film_page
from aggregator.notation.people import is_somebody
from aggregator.parse.blocks import Block
from aggregator.parse.fields.title_words import key
from aggregator.parse.reading import Reading
from aggregator.parse.regions import is_heading
from aggregator.parse.roundup_heads import film_title
from aggregator.parse.roundup_notes import STYLES, Cut, parted
from aggregator.parse.roundup_shown import is_told
from aggregator.parse.sign_words import kind_words

_EARLY = 160
"""Letters of a paragraph within which it names the film it is about."""
_LEAST = 90
_BETWEEN = 12
"""Letters between two names that one sentence lists: ", and "."""
_MANY = 2
"""Further names of a paragraph that is about no single film."""
_OF_FILMS = ("film", "this_film")
_OF_OTHERS = ("in_tv", "in_book", "in_game", "in_album")


def running(reading: Reading) -> Iterator[tuple[Reading, list[Block]]]:
    """Per way of setting titles apart: the page with a heading made of the name that each paragraph is about."""
    for style in ("bold", "italic", "link"):
        cuts: dict[int, Cut] = {}
        seen: set[str] = set()
        for line in reading.main:
            if is_heading(line) or line.weight < _LEAST or line.link_share() > 0.5:
                continue
            names = [mark for mark in line.marks if STYLES.get(mark.tag) == style and mark.end < len(line.text)]
            first = next((mark for mark in names if mark.start <= _EARLY), None)
            if first is None or key(line.text[first.start : first.end]) in seen:
                continue
            seen.add(key(line.text[first.start : first.end]))
            cuts[line.index] = Cut(first.start, first.end, 0)
        if len(cuts) > 1:
            yield parted(reading, cuts)


def is_of_one_film(reading: Reading, head: Block, lines: list[Block]) -> bool:
    """Whether a paragraph names one film at its start, speaks of that name as of a film's or links it to a page about
    one, and tells of films more than of series or books.
    """
    title = film_title(reading, head)
    if title is None or is_somebody(title.title):
        return False
    text = next((line for line in lines if head.text in line.text), None)
    if text is None or _names_more(text, head.text):
        return False
    start = text.text.find(head.text)
    linked = any(is_film_page(href) and mark.start <= start < mark.end for _, href, mark in text.links())
    if not (linked or is_told(text.text, start, start + len(head.text), reading.language, apart=True)):
        return False
    said = "\n".join(line.folded for line in lines)
    films = sum(len(kind_words(kind, reading.language).findall(said)) for kind in _OF_FILMS)
    others = max(len(kind_words(kind, reading.language).findall(said)) for kind in _OF_OTHERS)
    return films > others


def tells_of_seeing(reading: Reading, lines: list[Block]) -> bool:
    """Whether a paragraph says that its film was watched."""
    return any(kind_words("watched", reading.language).search(line.folded) for line in lines)


def _names_more(line: Block, name: str) -> bool:
    """Whether a paragraph names the film as one of many: "Heat, Casino and Fargo"."""
    at = line.text.find(name)
    tags = {mark.tag for mark in line.marks if mark.start <= at < mark.end}
    others = [mark for mark in line.marks if mark.tag in tags and mark.start > at + len(name)]
    near = any(mark.start - at - len(name) <= _BETWEEN for mark in others)
    return near or len({key(line.text[mark.start : mark.end]) for mark in others} - {key(name)}) >= _MANY
