"""Completes a comment whose markup did not name its author or date: its byline stands in its lines."""

from aggregator.parse.comments import byline, when
from aggregator.parse.comments.thread import Found


def finish(item: Found) -> None:
    """Fill name and date from the lines around them, else from the first or last line of the comment."""
    for line in item.meta:
        if item.name is not None and (item.stamp or item.date):
            break
        _from_meta(item, line)
    if item.name is None and not item.body:
        _from_text(item, 0)
        if item.name is None and len(item.loose) > 1:
            _from_text(item, -1)


def _from_meta(item: Found, line: str) -> None:
    found = byline.read(line)
    if found is not None:
        item.name = item.name or found.name
        item.stamp = item.stamp or found.stamp
        return
    span = when.find(line)
    if span is not None:
        item.stamp = item.stamp or line[slice(*span)]
    elif item.name is None and len(line.split()) <= 4 and not byline.is_noise(line):
        item.name = byline.clean_name(line)


def _from_text(item: Found, place: int) -> None:
    """A byline in the unmarked lines; it is taken out of the text."""
    if not item.loose:
        return
    para, text = item.loose[place]
    block = item.blocks[place] if item.blocks else None
    found = byline.read(text)
    if found is None or found.name is None:
        found = _marked_name(text, block.marks[0].end if block and block.marks and block.marks[0].start == 0 else 0)
    if found is None or found.name is None or (len(item.loose) == 1 and not found.rest):
        return
    item.name, item.stamp = found.name, item.stamp or found.stamp
    if found.rest:
        item.loose[place] = (para, found.rest)
    else:
        del item.loose[place]


def _marked_name(text: str, end: int) -> byline.Byline | None:
    """A line that begins with a link or bold name, alone or with a colon behind it."""
    if not 0 < end <= byline.MAX_NAME:
        return None
    rest = text[end:].lstrip()
    if rest and rest[0] not in ":：,-–—|":
        return None
    name = byline.clean_name(text[:end])
    return byline.Byline(name, None, rest.lstrip(" :：,-–—|")) if name else None
