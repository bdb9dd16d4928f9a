"""ids.jsonl: every film id ever given, so that ids outlive re-crawls; lines are only ever appended.

A line says what an id stands for from now on: {"id", "title", "year", "keys": [review ids], "redirect_to"}. The
last line of an id holds. The file is not rebuildable: back it up with decisions.toml.
"""

import hashlib
import json
import os
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from pathlib import Path

from aggregator.errors import StoreError

FILE_NAME = "ids.jsonl"


@dataclass(frozen=True, slots=True)
class Entry:
    """What one film id stands for; `keys` are the ids of its reviews, copies too, sorted."""

    id: str
    title: str
    year: int | None
    keys: tuple[str, ...]
    redirect_to: str | None = None


@dataclass(frozen=True, slots=True)
class NewFilm:
    """A film of this build that needs its id; `id` is the one that a person says it has."""

    title: str
    title_key: str
    year: int | None
    keys: tuple[str, ...]
    id: str | None = None


def read_ledger(path: Path) -> dict[str, Entry]:
    """Id to its last entry, in the order first given. A torn last line (a killed run) is not counted."""
    try:
        lines = path.read_bytes().split(b"\n")
    except FileNotFoundError:
        return {}
    except OSError as error:
        raise StoreError(f"{path}: cannot be read ({error.strerror})") from error
    entries: dict[str, Entry] = {}
    for number, line in enumerate(lines[:-1], 1):  # after the last newline: nothing, or a torn line
        try:
            entry = Entry(**json.loads(line))
            entries[entry.id] = Entry(**asdict(entry) | {"keys": tuple(entry.keys)})
        except (ValueError, TypeError) as error:
            raise StoreError(f"{path}: line {number} is damaged; restore the file from a backup") from error
    return entries


def append_entries(path: Path, entries: Iterable[Entry]) -> None:
    """Write entries behind the last whole line and make sure they are on disk."""
    text = "".join(json.dumps(asdict(entry), ensure_ascii=False) + "\n" for entry in entries)
    if not text:
        return
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("a+b") as file:
            file.seek(0)
            whole = file.read().rfind(b"\n") + 1
            file.truncate(whole)
            file.write(text.encode("utf-8"))
            file.flush()
            os.fsync(file.fileno())
    except OSError as error:
        raise StoreError(f"{path}: cannot be written ({error.strerror}); no film id was given out") from error


def give_ids(ledger: Mapping[str, Entry], films: Iterable[NewFilm]) -> tuple[list[str], list[Entry]]:
    """An id for each film, in their order, and the entries to append (none when nothing changed).

    Each known id goes to the film that holds most of its reviews; a film that gets several keeps the one whose
    reviews it holds most of (then the older one) and the others become redirects to it. Other films get new ids.
    """
    wanted = list(films)
    claims = _claims(ledger, wanted)
    ids: list[str] = []
    entries: dict[str, Entry] = {}
    taken = set(ledger)
    for place, film in enumerate(wanted):
        own = claims.get(place, [])
        film_id = own[0] if own else _mint(film, taken)
        taken.add(film_id)
        ids.append(film_id)
        entries[film_id] = Entry(film_id, film.title, film.year, tuple(sorted(film.keys)))
        for merged in own[1:]:
            old = ledger[merged]
            entries[merged] = Entry(old.id, old.title, old.year, old.keys, redirect_to=film_id)
    return ids, [entry for name, entry in entries.items() if ledger.get(name) != entry]


def _claims(ledger: Mapping[str, Entry], films: list[NewFilm]) -> dict[int, list[str]]:
    """Place of a film to the known ids that are its own, best first."""
    place_of = {key: place for place, film in enumerate(films) for key in film.keys}
    said = {film.id: place for place, film in reversed(list(enumerate(films))) if film.id in ledger}
    found: dict[int, list[tuple[bool, int, int, str]]] = {}
    for age, entry in enumerate(ledger.values()):
        if entry.id in said:
            found.setdefault(said[entry.id], []).append((False, -len(ledger) - len(place_of), age, entry.id))
            continue
        shared: dict[int, int] = {}
        for key in entry.keys:
            if key in place_of:
                shared[place_of[key]] = shared.get(place_of[key], 0) + 1
        if shared:
            place = min(shared, key=lambda film: (-shared[film], min(films[film].keys)))
            found.setdefault(place, []).append((entry.redirect_to is not None, -shared[place], age, entry.id))
    return {place: [name for *_, name in sorted(claims)] for place, claims in found.items()}


def _mint(film: NewFilm, taken: set[str]) -> str:
    seed = f"{film.title_key}|{film.year or ''}|{min(film.keys)}"
    number = 0
    while True:
        film_id = "f-" + hashlib.sha1(f"{seed}|{number}".encode()).hexdigest()[:10]
        if film_id not in taken:
            return film_id
        number += 1


def onward(ledger: Mapping[str, Entry], film_id: str) -> str:
    """The id that `film_id` leads to now; itself when it leads nowhere else or is not known."""
    seen = {film_id}
    while film_id in ledger and (target := ledger[film_id].redirect_to) and target not in seen:
        seen.add(target)
        film_id = target
    return film_id


def redirects_from(ledger: Mapping[str, Entry]) -> dict[str, list[str]]:
    """Film id to every id that now leads to it, through other redirects too, sorted."""
    found: dict[str, list[str]] = {}
    for entry in ledger.values():
        target, seen = entry.id, {entry.id}
        while (onward := ledger[target].redirect_to) and onward in ledger and onward not in seen:
            seen.add(onward)
            target = onward
        if target != entry.id:
            found.setdefault(target, []).append(entry.id)
    return {target: sorted(names) for target, names in found.items()}
