"""`decide` and `why` on a real data folder: answers come in a file, decisions change the next build."""

import json
import os
import pty
import select
import signal
import sys
import tomllib
from pathlib import Path
from typing import Any

import pytest
import typer
from typer.testing import CliRunner

from aggregator.build import build
from aggregator.cli.decide import decide
from aggregator.cli.decisions_file import append_decision, toml_text
from aggregator.cli.why import why
from aggregator.errors import ConfigError, UsageError
from aggregator.store import PageRecord, open_store

app = typer.Typer()
for function in (decide, why):
    app.command()(function)

FILMS = {
    "https://a.example/weekend": ("Weekend", 2011, "Andrew Haigh", ["Tom Cullen", "Chris New", "Jonathan Race"]),
    "https://b.example/weekend": (
        "Weekend",
        2011,
        None,
        ["Pawel Malaszynski", "Malgorzata Socha", "Michal Lewandowski"],
    ),
    "https://c.example/moon": ("Moon", 2009, "Duncan Jones", []),
    "https://d.example/moon": ("Moon\x1b[2J", 2007, "Nathan Parker", []),
    "https://e.example/moon": ("Moon", None, None, []),
    "https://f.example/zathura": ("Zathura", 2005, "Jon Favreau", ["Josh Hutcherson", "Jonah Bobo"]),
    "https://g.example/zathura": ("Zathura: A Space Adventure", 2005, "Jon Favreau", ["Josh Hutcherson", "Jonah Bobo"]),
}


def page(url: str, place: int) -> dict[str, Any]:
    title, year, director, cast = FILMS[url]
    people = [{"role": "director", "name": director}] if director else []
    people += [{"role": "cast", "name": name} for name in cast]
    return {"id": f"r{place}", "url": url, "film": {"title": title, "year": year}, "credits": people}


@pytest.fixture
def data(tmp_path: Path) -> Path:
    folder = tmp_path / "data"
    with open_store(folder) as store:
        for place, url in enumerate(FILMS):
            record = PageRecord(url, "2026-03-02T06:00:00Z", url, source="critic")
            store.stage_page(record, {"reviews": [page(url, place)]})
        build(store, folder)
    return folder


def run(*words: str | Path, answers: str = "") -> tuple[str, str]:
    done = CliRunner().invoke(app, [str(word) for word in words], input=answers, catch_exceptions=False)
    assert done.exit_code == 0, done.output
    return done.stdout, done.stderr.strip()


def films(folder: Path) -> list[list[str]]:
    with open_store(folder) as store:
        build(store, folder)
        return sorted([one["id"] for one in film["reviews"]] for film in store.iter_films())


def test_open_questions_are_listed_likeliest_first(data: Path) -> None:
    out, last = run("decide", "--list", "--data", data)
    asked = [json.loads(line) for line in out.splitlines()]
    assert [(one["left"], one["right"]) for one in asked] == [
        ("r5", "r6"),
        ("r0", "r1"),
        ("r4", "r2"),  # a title without a date may mean another film
    ]
    assert last == "3 open"


def test_answers_become_decisions_and_are_not_asked_again(data: Path) -> None:
    (data / "decisions.toml").write_text("# ours\n", encoding="utf-8")
    before = films(data)
    out, last = run("decide", "--data", data, "--by", "ann", answers='d\nwhat\ns "one" weekend\\\n')
    assert "Tom Cullen" in out
    assert "Pawel Malaszynski" in out
    assert "- no actor in common" in out
    assert "not understood: 'what'" in out
    assert last.splitlines()[-1] == "asked 2  same 1  different 1  skipped 0  left 1"
    text = (data / "decisions.toml").read_text(encoding="utf-8")
    assert text.startswith("# ours\n\n[[different]]\n")
    (entry,) = tomllib.loads(text)["same"]
    assert entry["reviews"] == ["https://a.example/weekend", "https://b.example/weekend"]
    assert (entry["why"], entry["by"]) == ('"one" weekend\\', "ann")
    assert run("decide", "--data", data, "--list")[1] == "1 open"
    after = films(data)
    assert ["r0", "r1"] in after
    assert len(after) == len(before) - 1
    with open_store(data) as store:
        assert build(store, data).decisions_stale == 0


def test_the_end_of_the_answers_is_quit(data: Path) -> None:
    assert run("decide", "--data", data, answers="k\n")[1].endswith("asked 1  same 0  different 0  skipped 1  left 3")
    assert run("decide", "--data", data)[1].endswith("asked 0  same 0  different 0  skipped 0  left 3")
    assert not (data / "decisions.toml").exists()


def test_nothing_from_a_page_moves_the_terminal(data: Path) -> None:
    out, _ = run("why", "r2", "r3", "--data", data)
    assert "\x1b[2J" not in out


def test_why_two_are_two(data: Path) -> None:
    out, _ = run("why", "https://a.example/weekend", "r1", "--data", data)
    assert "+ the same title (title_equal)" in out
    assert "- no actor in common (cast_disjoint)" in out
    assert "the two alone: undecided; in the dataset: two films" in out


def test_why_takes_films_and_names_decisions(data: Path) -> None:
    append_decision(data, "different", ["r0", "https://b.example/weekend"], why="two countries")
    films(data)
    with open_store(data) as store:
        ids = {one["id"]: film["id"] for film in store.iter_films() for one in film["reviews"]}
    report = json.loads(run("why", ids["r0"], "http://www.b.example/weekend/", "--data", data, "--json")[0])
    assert report["films"] == [ids["r0"], ids["r1"]]
    assert {level["side"] for level in report["levels"]} == {"for", "against"}
    assert [(one["kind"], one["why"]) for one in report["decisions"]] == [("different", "two countries")]
    with pytest.raises(UsageError, match="no film or review"):
        run("why", "nobody", "r1", "--data", data)


def test_a_broken_file_is_not_added_to(data: Path) -> None:
    path = data / "decisions.toml"
    path.write_text("[[same]]\n")
    with pytest.raises(ConfigError, match="line 1"):
        append_decision(data, "same", ["a", "b"])
    assert path.read_text() == "[[same]]\n"
    assert list(data.glob("*.new")) == []


@pytest.mark.parametrize("text", ['a"b', "a\\b", "a\nb", "\x00\x7f\x1f", "“é😀", "\u2028"])
def test_any_text_survives_toml(text: str) -> None:
    assert tomllib.loads(f"x = {toml_text(text)}") == {"x": text}


def on_a_terminal(words: list[str], answers: list[bytes]) -> tuple[str, int]:
    """What a command shows on a terminal where somebody types an answer at each question, and its exit code."""
    code = "from aggregator.cli import main; main()"
    child, terminal = pty.fork()
    if child == 0:
        signal.signal(signal.SIGINT, signal.SIG_DFL)  # which a run in the background ignores
        os.execv(sys.executable, [sys.executable, "-W", "ignore", "-c", code, *words])
    shown, waiting = b"", list(answers)
    while select.select([terminal], [], [], 60)[0]:
        try:
            some = os.read(terminal, 65536)
        except OSError:  # the other side is gone
            break
        if not some:
            break
        shown += some
        if shown.endswith(b"why: ") and waiting:
            os.write(terminal, waiting.pop(0))
    else:
        os.kill(child, signal.SIGKILL)  # it asks nothing and does not end
    return shown.decode(), os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])


def test_decide_on_a_terminal(data: Path) -> None:
    words = ["decide", "--data", str(data), "--by", "ann"]
    shown, code = on_a_terminal(words, [b"s one film, two titles\n", b"perhaps\n", b"d\n", b"\x04"])
    assert code == 0
    assert "Zathura: A Space Adventure" in shown
    assert "+ a director in common" in shown
    assert "not understood: 'perhaps'" in shown
    assert "asked 2  same 1  different 1  skipped 0  left 1" in shown
    entries = tomllib.loads((data / "decisions.toml").read_text(encoding="utf-8"))
    assert entries["same"][0]["why"] == "one film, two titles"
    assert entries["different"][0]["reviews"] == ["https://a.example/weekend", "https://b.example/weekend"]
    before = (data / "decisions.toml").read_bytes()
    shown, code = on_a_terminal(words, [b"\x03"])  # interrupted at a question
    assert code == 130
    assert "Traceback" not in shown
    assert (data / "decisions.toml").read_bytes() == before
