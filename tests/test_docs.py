"""The documentation is true: every command shown runs as shown, every field and module is named, links lead somewhere.

Commands run in a copy of what they name, with the hosts they show served on this machine.
"""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest
from pydantic import BaseModel

import aggregator.model
from aggregator import errors
from aggregator.cli import COMMANDS
from aggregator.demo.server import Servers
from aggregator.demo.sites import load_sites
from aggregator.model import Dataset, ParsedPage
from aggregator.score.film import profiles
from aggregator.sites import Profile
from docs.generate import generated

ROOT = Path(__file__).parent.parent
PAGES = [ROOT / "README.md", ROOT / "CONTRIBUTING.md", *sorted((ROOT / "docs").glob("*.md"))]
NAMES = [page.relative_to(ROOT).as_posix() for page in PAGES]

NOT_RUN = {
    "make demo": "tests/demo runs `aggregator demo`, which is all it does after installing",
    "aggregator demo": "tests/demo runs it, twice",
    "make test": "would run this test again",
    "make lint": ".ci/run runs it",
    ". .venv/bin/activate": "the shell of the tests has the command on its path",
    "python -m pytest": "these tests run already; that the folder or file exists is checked here",
    "aggregator why": "needs ids of a built dataset; its own tests build one",
    "aggregator film ": "needs a film of a built dataset; its own tests build one",
    "aggregator decide --by": "asks and waits for answers; its own tests give them",
    "aggregator catalogue load title": "needs files that are downloaded elsewhere; its own tests write small ones",
    "make bench": "takes minutes; tests of the benchmarks run them on a few pages",
    "uv pip compile": "asks an index for the newest versions",
}
"""Beginnings of commands that are shown and not run here, and why."""

ONLY_READ = ("aggregator parse", "aggregator explain", "aggregator evaluate")
"""Commands that leave nothing behind: shown on several pages, one is run on the first."""
STANDS_FOR = {"reviews.site": "www.lanternmagazine.example"}
"""Further hosts that commands show, and the site of the demo that answers for them."""

_SHELL = re.compile(r"^```sh\n(.*?)^```", re.MULTILINE | re.DOTALL)
_CODE_PATH = re.compile(
    r"(?<![\w/.*])((?:aggregator|spiders|pipelines|fixtures|tests|docs|requirements)/[\w./-]*\w|scrapy\.cfg|pyproject\.toml)"
)


def shell_blocks(page):
    return [block.strip() for block in _SHELL.findall(page.read_text(encoding="utf-8"))]


def commands(block):
    """The commands of a block, each whole with its here-document."""
    lines = iter(block.splitlines())
    for line in lines:
        command = [line]
        if end := re.search(r"<<'(\w+)'", line):
            for more in lines:
                command.append(more)
                if more == end[1]:
                    break
        yield "\n".join(command)


def shown_before(command, page):
    """Whether an earlier page shows, and so runs, the same command."""
    earlier = PAGES[: PAGES.index(page)]
    return command.startswith(ONLY_READ) and any(
        command in list(commands(block)) for other in earlier for block in shell_blocks(other)
    )


def not_run(command):
    return next((start for start in NOT_RUN if command.startswith(start)), None)


@pytest.fixture(scope="module")
def served():
    """The demo's sites, answering on this machine: host -> origin."""
    with Servers(load_sites()) as servers:
        yield servers.origins | {host: servers.origins[site] for host, site in STANDS_FOR.items()}


@pytest.fixture
def place(tmp_path, served):
    """A folder with what commands name, and a `bin` with our commands as an installed package has them."""
    shutil.copytree(ROOT / "fixtures", tmp_path / "fixtures")
    shutil.copy(ROOT / "scrapy.cfg", tmp_path)
    # quicker than any real crawl: the pages come from this machine
    lantern, reels = served["www.lanternmagazine.example"], served["oldreels.example"]
    allowed = [origin.removeprefix("http://") for origin in served.values()]
    source = f'[[source]]\nname = "lantern"\nstart = "{lantern}/"\n'
    (tmp_path / "aggregator.toml").write_text(f"delay = 0.01\nallow = {allowed}\n{source}", encoding="utf-8")
    subscription = f'<opml version="2.0"><body><outline text="Old Reels" htmlUrl="{reels}/"/></body></opml>'
    (tmp_path / "subscriptions.opml").write_text(subscription, encoding="utf-8")
    tools = tmp_path / "bin"
    tools.mkdir()
    for name, code in (
        ("aggregator", "from aggregator.cli import main; main()"),
        ("scrapy", "from scrapy.cmdline import execute; execute()"),
    ):
        (tools / name).write_text(f'#!/bin/sh\nexec "{sys.executable}" -c "{code}" "$@"\n', encoding="utf-8")
        (tools / name).chmod(0o755)
    (tools / "python").write_text(f'#!/bin/sh\nexec "{sys.executable}" "$@"\n', encoding="utf-8")
    (tools / "python").chmod(0o755)
    return tmp_path


def localised(command, origins):
    """The command with every shown host replaced by its server, which it may then reach.

    The placeholder contact stays: it is refused on the web and will do for a host that is allowed by name.
    """
    for host, origin in origins.items():
        if f"https://{host}/" in command:
            allowed = origin.removeprefix("http://")
            own = f"-s AGGREGATOR_ALLOW={allowed} -s DOWNLOAD_DELAY=0.01"
            option = own if command.startswith("scrapy ") else f"--allow {allowed}"
            command = command.replace(f"https://{host}/", f"{origin}/") + f" {option}"
    return command


@pytest.mark.parametrize("page", PAGES, ids=NAMES)
def test_every_command_shown_runs(page, place, served):
    environment = os.environ | {"PATH": f"{place / 'bin'}:{os.environ['PATH']}", "PYTHONPATH": str(ROOT)}
    for block in shell_blocks(page):
        for command in commands(block):
            if not_run(command) or shown_before(command, page):
                continue
            done = subprocess.run(
                ["sh", "-euc", localised(command, served)],
                cwd=place, env=environment, capture_output=True, text=True, timeout=120, check=False,
            )  # fmt: skip
            assert done.returncode == 0, f"{command}\n{done.stderr}"


def test_what_is_not_run_is_shown_somewhere():
    shown = {not_run(command) for page in PAGES for block in shell_blocks(page) for command in commands(block)}
    assert shown - {None} == set(NOT_RUN)


def test_commands_go_only_to_hosts_of_the_demo():
    hosts = {site.host for site in load_sites()} | set(STANDS_FOR)
    for page in PAGES:
        for block in shell_blocks(page):
            assert set(re.findall(r"https?://([^/\s]+)", block)) <= hosts, page


@pytest.mark.parametrize("path", generated(), ids=lambda path: path.name)
def test_generated_parts_are_up_to_date(path):
    assert path.read_text(encoding="utf-8") == generated()[path], "run `make docs`"


def test_every_command_is_documented():
    text = (ROOT / "docs" / "commands.md").read_text(encoding="utf-8")
    shown = {heading.split()[0] for heading in re.findall(r"^## (.+)$", text, re.MULTILINE)}
    assert set(COMMANDS) <= shown
    for name, kind in vars(errors).items():
        if isinstance(kind, type) and issubclass(kind, errors.AggregatorError) and kind is not errors.AggregatorError:
            assert f"| `{name}` | {kind.exit_code} |" in text


def records():
    """Every record of the contract that a page or a dataset is made of."""
    every = {kind for kind in vars(aggregator.model).values() if isinstance(kind, type) and issubclass(kind, BaseModel)}
    assert {ParsedPage, Dataset} <= every
    return sorted(every, key=lambda kind: kind.__name__)


def tables(page):
    """Heading -> names in the first column of the table under it."""
    sections = re.split(r"^## ", page.read_text(encoding="utf-8"), flags=re.MULTILINE)[1:]
    return {text.split("\n", 1)[0]: re.findall(r"^\| `(\w+)` \| \S", text, re.MULTILINE) for text in sections}


@pytest.mark.parametrize("record", records(), ids=lambda record: record.__name__)
def test_every_field_is_documented(record):
    assert tables(ROOT / "docs" / "fields.md").get(record.__name__) == list(record.model_fields)


def test_no_field_is_documented_that_is_not_there():
    assert set(tables(ROOT / "docs" / "fields.md")) == {record.__name__ for record in records()}


def test_every_key_of_a_site_profile_is_documented():
    assert tables(ROOT / "docs" / "add-a-source.md")["Site profiles"] == list(Profile.model_fields)


def test_every_score_profile_is_documented_with_its_numbers():
    text = (ROOT / "docs" / "fields.md").read_text(encoding="utf-8")
    rows = [
        f"| `{name}` | {one.figure} | {one.letters} | {one.min_scored} | {one.positive_from:g} |"
        for name, one in profiles().items()
    ]
    assert re.findall(r"^\| `[\w]+-v\d+` .*$", text, re.MULTILINE) == rows


@pytest.mark.parametrize("page", PAGES, ids=NAMES)
def test_links_lead_somewhere(page):
    for target in re.findall(r"\]\(([^)#\s]+)", page.read_text(encoding="utf-8")):
        assert "://" not in target, f"{target}: the documentation must be readable offline"
        assert (page.parent / target).exists(), target


@pytest.mark.parametrize("page", PAGES, ids=NAMES)
def test_files_named_exist(page):
    text = re.sub(r"^```\n.*?^```", "", page.read_text(encoding="utf-8"), flags=re.MULTILINE | re.DOTALL)
    for name in re.findall(r"`([^`\n]+)`", text) + shell_blocks(page):
        for path in _CODE_PATH.findall(name):
            if not re.search(r"[A-Z]{4,}", path):  # CODE.toml, SITE/CASE
                assert (ROOT / path).exists(), path


def test_every_page_can_be_found_from_the_readme():
    text = (ROOT / "README.md").read_text(encoding="utf-8")
    assert [page.name for page in PAGES[1:] if page.name not in text] == []


def test_the_readme_stays_short():
    lines = (ROOT / "README.md").read_text(encoding="utf-8").splitlines()
    assert len(lines) <= 110


def test_the_picture_loads_nothing_and_has_a_dark_side():
    path = ROOT / "docs" / "flow.svg"
    tree = ET.fromstring(path.read_text(encoding="utf-8"))
    tags = {element.tag.rpartition("}")[2] for element in tree.iter()}
    assert not tags & {"script", "image", "use", "foreignObject"}
    assert {"title", "desc"} <= tags
    assert "prefers-color-scheme: dark" in path.read_text(encoding="utf-8")
