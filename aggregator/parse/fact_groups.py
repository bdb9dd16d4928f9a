"""Groups labelled facts that stand together and decides which groups speak of the film."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from dataclasses import dataclass

from aggregator.notation import Hint
from aggregator.notation.languages import fold, fold_label
from aggregator.parse.fact_find import Label
from aggregator.parse.fact_labels import table_set, weak
from aggregator.parse.fact_raw import Raw, parted
from aggregator.parse.fact_unlabelled import claims, strip, titled_line
from aggregator.parse.fact_values import YEAR, choose_key
from aggregator.parse.regions import Region, weight

GAP = 3
"""Lines from one fact to the next in a group, at most."""
_MAIN = frozenset((Region.HEAD, Region.BODY, Region.TAIL))
_CLEAR = frozenset(("colon", "bold", "line", "dash"))
_ASIDE = frozenset(("rating", "audience_rating", "critic"))


@dataclass(slots=True)
class Group:
    """Facts that stand together, each with its key."""

    facts: list[tuple[Raw, str]]

    def keys(self) -> set[str]:
        """The distinct keys."""
        return {key for _, key in self.facts}

    def anchored(self) -> bool:
        """Whether at least two different facts stand together, one of which only a film has, plainly labelled."""
        keys = self.keys() - _ASIDE
        anchors = keys & table_set("anchors")
        plain = any(raw.label and raw.label.form != "loose" for raw, key in self.facts if key in anchors)
        return bool(anchors) and (len(keys) >= 2 if plain else len(keys) >= 3)


def trusted(raws: list[Raw], long_lines: dict[int, int], hint: Hint) -> list[tuple[Raw, str]]:
    """The facts to believe, with their keys; `long_lines` holds the lengths of lines of running text by index."""
    kept: list[Group] = []
    for members in _cut(raws, long_lines):
        group = Group(list(_resolve(members, hint)))
        group.facts = [fact for fact in group.facts if not _drowned(fact[0], group, long_lines)]
        if group.facts:
            kept.append(group)
    taken = {raw.block.index for group in kept for raw, _ in group.facts}
    if (found := strip(raws, hint)) and found[0][0].block.index not in taken:
        kept.append(Group(found))
    if not any(key == "director" for group in kept for _, key in group.facts):
        kept += [Group(found)] if (found := titled_line(raws, hint)) else []
    strong = [group for group in kept if _strong(group)]
    alone = [fact for group in kept if not _strong(group) and not group.anchored() for fact in _alone(group)]
    chosen = _of_one_film(strong, alone)
    return sorted(chosen, key=lambda fact: (fact[0].first, fact[0].block.index, fact[0].start))


def _of_one_film(strong: list[Group], alone: list[tuple[Raw, str]]) -> list[tuple[Raw, str]]:
    """Facts that can all be about one film; a page with three or more directors apart is a list of films."""
    every = [fact for group in strong for fact in group.facts] + alone
    directors = {fold(raw.value) for raw, key in every if key == "director"}
    film = _one_film(strong)
    if len({fold(raw.value) for group in film for raw, key in group.facts if key == "director"} ^ directors) >= 2:
        film = []
        alone = [fact for fact in alone if fact[1] in _ASIDE]
    chosen = [fact for group in film for fact in group.facts]
    told = {key for _, key in chosen}
    values: dict[str, set[str]] = {}
    for raw, key in alone:
        values.setdefault(key, set()).add(fold(raw.value))
    for raw, key in alone:
        if key in _ASIDE or (key not in told and len(values[key]) == 1):
            chosen.append((raw, key))
    return chosen


def _cut(raws: list[Raw], long_lines: dict[int, int]) -> Iterator[list[Raw]]:
    """Runs of labelled values with no more than GAP lines and no running text between them."""
    group: list[Raw] = []
    last = -10
    pending: list[Raw] = []
    long = sorted(long_lines)
    for raw in raws:
        if raw.label is None:
            pending.append(raw)
            continue
        apart = raw.first - last > GAP or _between(long, last, raw.first) or _again(raw, group)
        if group and apart:
            yield group + [p for p in pending if p.first <= last + 1]
            pending = [p for p in pending if p.first > last + 1]
            group = []
        group += [p for p in pending if p.first >= (raw.first - 2 if not group else 0)]
        pending = []
        group.append(raw)
        last = max(last, raw.block.index)
    if group:
        yield group + [p for p in pending if p.first <= last + 1]


def _between(indexes: list[int], low: int, high: int) -> bool:
    """Whether one of the sorted indexes lies between two others."""
    return bisect_right(indexes, low) < bisect_left(indexes, high)


def _again(raw: Raw, group: list[Raw]) -> bool:
    """Whether a label comes a second time, which begins the facts of another film."""
    assert raw.label is not None
    name = fold_label(raw.label.text)
    return any(r.label and r.label is not raw.label and fold_label(r.label.text) == name for r in group)


def _resolve(members: list[Raw], hint: Hint) -> Iterator[tuple[Raw, str]]:
    """Each value with the meaning of its label; a byline's labels are the film's only beside the film's facts."""
    found: list[tuple[Raw, str]] = []
    bylines: list[Raw] = []
    for raw in members:
        if raw.label is None:
            continue
        keys = raw.label.parts[raw.part]
        if "critic" in keys and len(keys) > 1:
            bylines.append(raw)
        elif key := choose_key(keys, raw.label.text, raw.listed, hint):
            found.append((raw, key))
    found = [fact for fact in found if fact[1] in _ASIDE or _backed(fact[0], found)]
    film = {key for _, key in found} & table_set("anchors") - {"editor"}
    for raw in bylines:
        assert raw.label is not None
        keys = tuple(key for key in raw.label.parts[raw.part] if (key == "critic") != bool(film))
        if key := choose_key(keys, raw.label.text, raw.value, hint):
            found.append((raw, key))
    yield from found
    have = {key for _, key in found}
    if film:
        # beside one labelled fact only what stands in its own line counts: "Dir: X | 15 | 103 mins"
        lines = {raw.block.index for raw, _ in found}
        near = [raw for raw in members if len(have) >= 2 or raw.block.index in lines]
        yield from _unnamed(near, have, hint)


def _backed(raw: Raw, found: list[tuple[Raw, str]]) -> bool:
    """Whether a label that also means other things stands right beside labels that do not.

    One or two letters ("R:", "de:") need two such neighbours.
    """
    if raw.label is None or not weak(raw.label.text):
        return True
    if len(fold_label(raw.label.text)) > 2:
        return True
    beside = [r for r, _ in found if r.label and r is not raw and abs(r.first - raw.first) <= GAP]
    return sum(len(fold_label(r.label.text)) > 2 for r in beside if r.label) >= 2 or len(beside) >= 3


def _unnamed(members: list[Raw], have: set[str], hint: Hint) -> Iterator[tuple[Raw, str]]:
    """Values without a label beside labelled ones: a cast line, a runtime, a certificate, a year; one of each."""
    labelled = [raw for raw in members if raw.label is not None]
    free = list(parted(raw for raw in members if raw.label is None))
    told = set(have)
    for number, raw in enumerate(free):
        # "1917" on a line of its own, or first in its line, is more likely the title
        behind = raw.start > 0 or any(other.block is raw.block and other.start < raw.start for other in labelled)
        for start, end, key in claims(raw, free[max(0, number - 1) : number + 2], hint):
            if key not in told and (key != "year" or behind or start > 0 or end < len(raw.value)):
                told.add(key)
                yield raw._replace(start=raw.start + start, end=raw.start + end), key


def _drowned(raw: Raw, group: Group, long_lines: dict[int, int]) -> bool:
    """Whether a label without a colon is part of a sentence: the facts make up too little of its long line."""
    length = long_lines.get(raw.block.index, 0)
    if not length or (raw.label and raw.label.form in ("colon", "bold") and len(group.keys()) > 2):
        return False
    here = [fact for fact, _ in group.facts if fact.block is raw.block]
    covered = sum(fact.end - (fact.label.start if fact.label else fact.start) for fact in here)
    return covered < 0.4 * length


def _strong(group: Group) -> bool:
    """Whether a group is about the film: anchored, and beside the text only with two anchors."""
    if not group.anchored():
        return _titled(group) or _bare_strip(group)
    if all(raw.region in _MAIN for raw, _ in group.facts):
        return True
    return len(group.keys() & table_set("anchors")) >= 2


def _bare_strip(group: Group) -> bool:
    """Facts that stand in one line without any label, as `strip` finds them."""
    return all(raw.label is None for raw, _ in group.facts)


def _titled(group: Group) -> bool:
    """Title, year, country and the like without a person: facts when plainly labelled within the text's part."""
    plain = {k for raw, k in group.facts if raw.label and raw.label.form in _CLEAR and raw.region in _MAIN}
    companions = plain & {"title", "year", "genre", "country", "language", "rating"}
    return len(companions) >= 2 and bool(companions & {"title", "year"})


def _one_film(groups: list[Group]) -> list[Group]:
    """Groups that can all be about one film: another director means another film's facts."""
    ordered = sorted(groups, key=lambda g: (g.facts[0][0].region not in _MAIN, g.facts[0][0].first))
    directors: frozenset[str] = frozenset()
    kept: list[Group] = []
    for group in ordered:
        own = frozenset(fold(raw.value) for raw, key in group.facts if key == "director")
        if own and directors and not own & directors and not _within(own, directors):
            continue
        kept.append(group)
        directors = directors or own
    outside = [g for g in groups if all(raw.region not in _MAIN for raw, _ in g.facts)]
    if len(groups) - len(kept) >= 2 and len(outside) == len(groups):
        return []
    return kept


def _within(some: frozenset[str], others: frozenset[str]) -> bool:
    return any(a in b or b in a for a in some for b in others)


def _alone(group: Group) -> list[tuple[Raw, str]]:
    """Facts that may stand without company: a clear label with a colon, or a line that is nothing else."""
    return [(raw, key) for raw, key in group.facts if raw.label is not None and _stands_alone(raw, raw.label, key)]


def _stands_alone(raw: Raw, label: Label, key: str) -> bool:
    main = raw.region in _MAIN or bool(raw.block.hints & {"facts", "rating", "byline"})
    if not main or key not in table_set("alone"):
        return False
    if key in _ASIDE:
        byline = key == "critic" and label.start == 0 and label.form == "bare" and weight(raw.block.text) < 90
        return label.form in _CLEAR or byline
    if label.form == "bare":
        before = raw.block.text[: label.start].strip(" ~·|•–—-,")  # "2016 · Directed by X"
        return (
            (not before or YEAR.fullmatch(before) is not None)
            and weight(raw.block.text) < 100
            and not weak(label.text)
            and key in _WHOLE
        )
    if weak(label.text) and (key not in ("title", "year") or label.form == "line"):
        return False
    if label.form == "line":
        return key in ("director", "cast", "runtime", "certificate", "original_title")
    return label.form in _CLEAR and (label.start == 0 or fold_label(label.text) in _SURE)


_WHOLE = frozenset(("director", "cast", "certificate", "runtime"))
_SURE = frozenset(
    ("director", "directed by", "regie", "direção", "regia", "dirección", "cast", "starring", "running time")
)
