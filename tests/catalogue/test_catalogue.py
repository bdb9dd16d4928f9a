import gzip
import json
import tracemalloc
from pathlib import Path
from typing import Any

import pytest
import typer
from typer.testing import CliRunner

from aggregator.build import build
from aggregator.catalogue import Catalogue, open_catalogue
from aggregator.catalogue import imdb as imdb_files
from aggregator.catalogue.identify import Identifier
from aggregator.catalogue.load import in_order, load
from aggregator.cli.catalogue import app as catalogue_app
from aggregator.errors import StoreError, UnreadableInputError, UsageError
from aggregator.resolve.cluster import resolve
from aggregator.resolve.facts import facts
from aggregator.store import PageRecord, open_store

FILES = Path(__file__).parents[2] / "fixtures" / "films" / "catalogue"
IMDB = ["name.basics.tsv", "title.principals.tsv", "title.akas.tsv", "title.crew.tsv", "title.basics.tsv"]

app = typer.Typer()
app.add_typer(catalogue_app, name="catalogue")


@pytest.fixture
def imdb(tmp_path: Path) -> Any:
    with Catalogue(tmp_path / "catalogue.sqlite") as catalogue:
        for path in in_order([FILES / name for name in IMDB]):
            load(catalogue, path)
        yield catalogue


def test_imdb_files_join(imdb: Catalogue) -> None:
    (row,) = imdb.by_number("imdb", "tt0245429")
    film = imdb.film(row)
    assert (film.title, film.original_title) == ("Spirited Away", "Sen to Chihiro no kamikakushi")
    assert (film.year, film.runtime, film.directors) == (2001, 125, ("Hayao Miyazaki",))
    assert "千と千尋の神隠し" in film.titles
    (moon,) = imdb.by_title("moon")
    assert imdb.film(moon).cast == ("Sam Rockwell",)
    (fargo,) = imdb.by_title("fargo")  # not the series
    assert imdb.film(fargo).directors == ("Joel Coen", "Ethan Coen")
    assert imdb.by_title("notforus") == []
    assert imdb.counts()["names"] == 9  # nobody who has no credit


def test_loading_again_changes_nothing(imdb: Catalogue) -> None:
    before = imdb.counts(), imdb.loads()
    for path in in_order([FILES / name for name in IMDB]):
        load(imdb, path)
    assert (imdb.counts(), imdb.loads()) == before


def test_a_file_is_known_by_its_first_line_and_may_be_packed(tmp_path: Path) -> None:
    path = tmp_path / "whatever.gz"
    path.write_bytes(gzip.compress((FILES / "title.basics.tsv").read_bytes()))
    with Catalogue(tmp_path / "catalogue.sqlite") as catalogue:
        loaded = load(catalogue, path)
    assert (loaded.format, loaded.rows, loaded.kept) == ("imdb title.basics", 8, 6)


def test_wikidata_dump_and_entity(tmp_path: Path) -> None:
    lines = (FILES / "wikidata.json").read_text(encoding="utf-8").splitlines()
    entities = [json.loads(line.rstrip(",")) for line in lines[1:-1]]
    shapes = {
        "dump": "\n".join(lines),
        "lines": "\n".join(lines[1:-1]).replace("},\n", "}\n"),
        "entity data": json.dumps({"entities": {one["id"]: one for one in entities}}, indent=1),
        "array": json.dumps(entities, indent=1),
        "one": json.dumps({"entities": {one["id"]: one for one in entities}}),
    }
    for name, text in shapes.items():
        path = tmp_path / f"{name}.json"
        path.write_text(text, encoding="utf-8")
        with Catalogue(tmp_path / f"{name}.sqlite") as catalogue:
            assert load(catalogue, path).kept == 1, name
            film = catalogue.film(1)
        assert (film.title, film.original_title) == ("Spirited Away", "千と千尋の神隠し")
        assert (film.year, film.runtime, film.directors) == (2001, 125, ("Hayao Miyazaki",))
        assert film.numbers == (("imdb", "tt0245429"), ("tmdb", "129"), ("wikidata", "Q155653"))


def test_plain_csv(tmp_path: Path) -> None:
    with Catalogue(tmp_path / "catalogue.sqlite") as catalogue:
        assert load(catalogue, FILES / "films.csv").kept == 2
        (row,) = catalogue.by_title("luna")
        assert catalogue.film(row).numbers == (("imdb", "tt1182345"), ("letterboxd", "moon"), ("own", "m1"))


@pytest.mark.parametrize(
    ("text", "error", "message"),
    [
        ("a\tb\n1\t2\n", UsageError, "no known format"),
        ("", UsageError, "no known format"),
        ("[\n{broken\n]\n", UnreadableInputError, "not readable as wikidata"),
        ("id,title,year\nx,Moon,soon\n", UnreadableInputError, "not readable as csv"),
        ("id,title\nx,\n", UnreadableInputError, "no id or no title"),
        ((FILES / "title.crew.tsv").read_text(), UsageError, "title.basics first"),
        ((FILES / "title.basics.tsv").read_text() + "tt1\tmovie\n", UnreadableInputError, "line 10 has 2 columns"),
    ],
)
def test_files_that_cannot_be_loaded_leave_nothing(
    tmp_path: Path, text: str, error: type[Exception], message: str
) -> None:
    path = tmp_path / "file"
    path.write_text(text, encoding="utf-8")
    with Catalogue(tmp_path / "catalogue.sqlite") as catalogue:
        with pytest.raises(error, match=message):
            load(catalogue, path)
        assert catalogue.counts()["films"] == 0
        assert catalogue.loads() == []


def test_a_torn_packed_file_is_told(tmp_path: Path) -> None:
    path = tmp_path / "file.gz"
    path.write_bytes(gzip.compress((FILES / "title.basics.tsv").read_bytes())[:-20])
    with Catalogue(tmp_path / "catalogue.sqlite") as catalogue, pytest.raises((UnreadableInputError, UsageError)):
        load(catalogue, path)


def test_a_file_that_is_no_catalogue(tmp_path: Path) -> None:
    (tmp_path / "catalogue.sqlite").write_text("nothing of ours, and long enough to be looked at")
    with pytest.raises(StoreError, match="catalogue drop"):
        open_catalogue(tmp_path)
    assert open_catalogue(tmp_path / "empty") is None


@pytest.mark.parametrize(
    ("said", "number"),
    [
        ({"titles": ["Suspiria"], "year": 1977}, "tt0076786"),
        ({"titles": ["Suspiria"], "directors": ["Luca Guadagnino"]}, "tt1034415"),
        ({"titles": ["Suspiria"]}, None),
        ({"titles": ["Suspiria"], "known_by": 1978}, "tt0076786"),  # the other was not made then
        ({"titles": ["Suspiria"], "known_by": 2019}, None),
        ({"titles": ["Moon"], "known_by": 2009}, "tt1182345"),
        ({"titles": ["Moon"]}, None),
        ({"titles": ["Moon"], "year": 1969}, None),
        ({"titles": ["So finster die Nacht"], "year": 2008}, "tt1139797"),
        ({"titles": ["Chihiros Reise ins Zauberland"]}, "tt0245429"),
        ({"titles": ["Anything"], "same_as": ["https://www.imdb.com/title/tt1182345/"]}, None),
        ({"titles": ["Anything"], "year": 2009, "same_as": ["https://www.imdb.com/title/tt1182345/"]}, "tt1182345"),
    ],
)
def test_which_film_a_review_means(imdb: Catalogue, said: dict[str, Any], number: str | None) -> None:
    found = Identifier(imdb).identify(facts(**said))
    assert (None if found is None else dict(found.facts.identities).get("imdb")) == number


def test_a_title_that_several_films_of_the_catalogue_have_attaches_no_review_without_more(imdb: Catalogue) -> None:
    identifier = Identifier(imdb)
    old = facts(titles=["Suspiria"], year=1977, directors=["Dario Argento"])
    attested = {f"a{number}": old for number in range(5)}
    bare = facts(titles=["Suspiria"])
    assert len(resolve(attested | {"bare": bare}).films) == 1
    found = identifier.identify(bare)
    assert found is not None
    assert (found.how, found.same_as) == ("several_of_title", ())
    assert len(resolve(attested | {"bare": found.facts}).films) == 2
    assert identifier.identify(facts(titles=["Suspiria"], year=1990)) is None


def test_names_take_no_more_memory_however_many_there_are(tmp_path: Path) -> None:
    numbers = [f"nm{number:07}" for number in range(60_000)]
    texts = {
        "basics": "\t".join(imdb_files._BASICS) + "\ntt0000001\tmovie\tMoon\tMoon\t0\t2009\t\\N\t97\tDrama\n",
        "principals": "\t".join(imdb_files._PRINCIPALS)
        + "\n"
        + "".join(f"tt0000001\t{place}\t{one}\tactor\t\\N\t\\N\n" for place, one in enumerate(numbers)),
        "names": "\t".join(imdb_files._NAMES)
        + "\n"
        + "".join(f"{one}\tSomebody {one}\t\\N\t\\N\tactor\ttt0000001\n" for one in numbers),
    }
    with Catalogue(tmp_path / "catalogue.sqlite") as catalogue:
        for name, text in texts.items():
            (tmp_path / name).write_text(text, encoding="utf-8")
            if name == "names":
                tracemalloc.start()
            loaded = load(catalogue, tmp_path / name)
        _, peak = tracemalloc.get_traced_memory()
        tracemalloc.stop()
    assert loaded.kept == len(numbers)
    assert peak < 6_000_000


def stage(folder: Path) -> None:
    pages = {
        "en": ({"title": "Spirited Away", "year": 2001}, ["Hayao Miyazaki"]),
        "de": ({"title": "Chihiros Reise ins Zauberland", "year": 2001}, []),
        "ja": ({"title": "千と千尋の神隠し"}, ["宮崎駿"]),
        "moon": ({"title": "Moon", "year": 2009}, []),
    }
    with open_store(folder) as store:
        for name, (film, directors) in pages.items():
            people = [{"role": "director", "name": one} for one in directors]
            url = f"https://{name}.example/x"
            review = {"id": name, "url": url, "film": film, "credits": people, "published": "2001-12-01"}
            if name == "moon":
                review["published"] = "2009-12-01"
            store.stage_page(PageRecord(url, "2026-03-01T06:00:00Z", name, source="s"), {"reviews": [review]})


def films(folder: Path) -> dict[str, tuple[list[str], list[str]]]:
    with open_store(folder) as store:
        build(store, folder)
        return {
            film["title"]: (sorted(one["id"] for one in film["reviews"]), film["same_as"])
            for film in store.iter_films()
        }


def test_films_carry_ids_and_aliases_bring_languages_together(tmp_path: Path) -> None:
    stage(tmp_path)
    assert len(films(tmp_path)) == 4
    files = [str(FILES / name) for name in IMDB]
    done = CliRunner().invoke(app, ["catalogue", "load", *files, "--data", str(tmp_path)], catch_exceptions=False)
    assert done.stderr.splitlines()[-1] == "files 5  rows 34  kept 28"
    found = films(tmp_path)
    assert {tuple(ids) for ids, _ in found.values()} == {("de", "en", "ja"), ("moon",)}
    assert {address for _, held in found.values() for address in held} == {
        "https://www.imdb.com/title/tt0245429/", "https://www.imdb.com/title/tt1182345/",
    }  # fmt: skip
    shown = CliRunner().invoke(app, ["catalogue", "status", "--data", str(tmp_path)], catch_exceptions=False)
    assert "imdb title.akas" in shown.stdout
    assert "films 6" in shown.stderr
    CliRunner().invoke(app, ["catalogue", "drop", "--data", str(tmp_path)], catch_exceptions=False)
    assert len(films(tmp_path)) == 4


def test_the_catalogue_is_an_input_of_the_build(tmp_path: Path) -> None:
    stage(tmp_path)
    with open_store(tmp_path) as store:
        without = build(store, tmp_path).generated_from["inputs"]
        with Catalogue(tmp_path / "catalogue.sqlite") as catalogue:
            load(catalogue, FILES / "films.csv")
        assert build(store, tmp_path).generated_from["inputs"] != without
