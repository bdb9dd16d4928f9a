"""The command line as a whole: every command explains itself, and a mistake is one line and exit code 2."""

import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from typer.core import TyperGroup
from typer.main import get_command
from typer.testing import CliRunner

from aggregator import __version__
from aggregator.cli import COMMANDS, build_app

ROOT = Path(__file__).parent.parent
APP = build_app()


def commands():
    """Every command that does something, as its words: ("crawl",), ("evaluate", "pages")…"""
    for name, command in get_command(APP).commands.items():
        if isinstance(command, TyperGroup):
            yield from (((name, inner), one) for inner, one in command.commands.items())
        else:
            yield (name,), command


ALL = dict(commands())


def run(*words, **options):
    """A command in a process of its own, as a user runs it."""
    return subprocess.run(
        [sys.executable, "-c", "from aggregator.cli import main; main()", *map(str, words)],
        env=os.environ | {"PYTHONPATH": str(ROOT)}, capture_output=True, text=True, timeout=60, check=False, **options,
    )  # fmt: skip


def test_every_command_is_there():
    assert {words[0] for words in ALL} == set(COMMANDS)
    assert len(ALL) >= 14


@pytest.mark.parametrize("words", ALL, ids=" ".join)
def test_help_tells_what_the_command_does_with_an_example(words):
    done = CliRunner().invoke(APP, [*words, "--help"], terminal_width=200, catch_exceptions=False)
    assert done.exit_code == 0
    assert f"Example: aggregator {' '.join(words)}" in " ".join(done.stdout.split())


@pytest.mark.parametrize("words", ALL, ids=" ".join)
def test_every_option_has_a_help_text(words):
    silent = [option.name for option in ALL[words].params if option.name != "help" and not getattr(option, "help", "")]
    assert not silent


@pytest.mark.parametrize("words", ALL, ids=" ".join)
def test_an_unknown_option_is_wrong_use(words):
    assert CliRunner().invoke(APP, [*words, "--no-such-option"]).exit_code == 2


def test_version_and_no_command():
    assert run("--version").stdout == f"aggregator {__version__}\n"
    assert run().returncode == 2


@pytest.mark.parametrize(
    ("words", "code", "named"),
    [
        (["parse", "no-such-page.html"], 1, "no-such-page.html"),
        (["parse", "page.html", "--profile", "nobody"], 2, "nobody"),
        (["explain", "no-such-page.html"], 1, "no-such-page.html"),
        (["explain", "page.html", "--html", "no-such-folder/out.html"], 1, "no-such-folder/out.html"),
        (["evaluate", "pages", "no-such-folder"], 2, "no-such-folder"),
        (["evaluate", "pages", "."], 2, "no labelled page"),
        (["evaluate", "ratings", "no-such.tsv"], 2, "no-such.tsv"),
        (["export", "out", "--data", "empty"], 1, "empty"),
        (["export", "out", "--data", "empty", "--format", "xls"], 2, "xls"),
        (["crawl", "nobody"], 2, "nobody"),
        (["crawl", "https://www.lanternmagazine.example/"], 2, "--contact"),
        (["crawl", "http://127.0.0.1:1/", "--contact", "anna@cinema.club"], 2, "--allow 127.0.0.1:1"),
        (["crawl", "file:///etc/passwd", "--contact", "anna@cinema.club"], 2, "file:///etc/passwd"),
        (["import", "no-such-page.html"], 2, "no-such-page.html"),
        (["reparse", "--data", "empty"], 2, "empty"),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, list) else "",
)
def test_a_mistake_is_one_line_that_names_the_input(tmp_path, words, code, named):
    (tmp_path / "page.html").write_text("<h1>Moon</h1>", encoding="utf-8")
    done = run(*words, cwd=tmp_path)
    assert done.returncode == code, done.stderr
    assert "Traceback" not in done.stderr
    assert not done.stdout
    told = [line for line in done.stderr.splitlines() if line.startswith("aggregator: ")]
    assert len(told) == 1, done.stderr
    assert named in told[0]


def test_machine_output_goes_to_stdout_and_counts_to_stderr():
    page = ROOT / "fixtures" / "sites" / "hreview" / "moon" / "page.html"
    done = run("parse", page)
    assert done.returncode == 0
    assert json.loads(done.stdout)["path"] == str(page)
    assert re.fullmatch(r"1 pages read, 0 not\n", done.stderr)


def test_a_page_read_in_part_is_no_success(tmp_path):
    page = tmp_path / "deep.html"
    page.write_text("<div>" * 5000 + "Moon", encoding="utf-8")
    done = run("parse", page)
    assert json.loads(done.stdout)["partial"] is True
    assert done.returncode == 1
    assert "1 only in part" in done.stderr


def test_a_reader_that_stops_reading_ends_us_quietly():
    pages = ROOT / "fixtures" / "sites"
    code = f"{sys.executable} -c 'from aggregator.cli import main; main()' parse {pages} | head -c 10 >/dev/null"
    done = subprocess.run(
        ["sh", "-c", code], env=os.environ | {"PYTHONPATH": str(ROOT)}, capture_output=True, text=True, check=False
    )
    assert "Traceback" not in done.stderr


def test_ratings_below_their_floor_are_told(tmp_path):
    strings, floors = tmp_path / "strings.tsv", tmp_path / "floors.json"
    strings.write_text("rating\tvalue\tbest\n4/5\t3\t5\n", encoding="utf-8")
    floors.write_text('{"strings": {"precision": 0.5}}', encoding="utf-8")
    done = run("evaluate", "ratings", strings, "--floors", floors)
    assert done.returncode == 1
    assert "strings: precision 0.000 is below 0.5" in done.stderr
    floors.write_text('{"title": 1}', encoding="utf-8")
    assert run("evaluate", "ratings", strings, "--floors", floors).returncode == 2
