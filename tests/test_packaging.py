"""The wheel holds everything the program reads at run time, and nothing else."""

import subprocess
import sys
import tomllib
import zipfile
from email import message_from_string
from pathlib import Path

import pytest

from aggregator import __version__

ROOT = Path(__file__).parent.parent
PACKAGES = ("aggregator", "spiders", "pipelines")
SITES = "aggregator/demo/sites"


@pytest.fixture(scope="module")
def wheel(tmp_path_factory):
    """Path -> bytes of everything in a wheel built from this tree, without the network."""
    out = tmp_path_factory.mktemp("dist")
    done = subprocess.run(
        [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(out)],
        cwd=ROOT, capture_output=True, text=True, check=False, timeout=120,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    (path,) = out.glob("*.whl")
    assert path.name == f"film_review_aggregator-{__version__}-py3-none-any.whl"
    with zipfile.ZipFile(path) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def files_of(folder):
    """Files below a folder of this tree, without what Python leaves behind."""
    every = (path for path in (ROOT / folder).rglob("*") if path.is_file() and "__pycache__" not in path.parts)
    return {path.relative_to(ROOT).as_posix() for path in every}


def own(wheel):
    return {name for name in wheel if ".dist-info/" not in name}


def test_every_file_of_the_packages_is_in_it_and_nothing_else(wheel):
    wanted = {name for package in PACKAGES for name in files_of(package)}
    sites = {name.replace("fixtures/sites", SITES, 1) for name in files_of("fixtures/sites")}
    assert own(wheel) == wanted | sites


def test_data_files_are_what_they_are_here(wheel):
    data = {name for name in own(wheel) if not name.endswith(".py") and not name.startswith(SITES)}
    assert {Path(name).suffix for name in data} >= {".toml", ".css", ".txt", ".tsv"}
    for name in data:
        assert wheel[name] == (ROOT / name).read_bytes()
    assert any(name.startswith("aggregator/store/migrations/versions/") for name in own(wheel))
    assert f"{SITES}/magazine/site.json" in wheel
    assert f"{SITES}/magazine/moon/page.html" in wheel


def test_no_tests_and_no_caches(wheel):
    for name in wheel:
        assert not {"__pycache__", "tests", ".git", ".venv"} & set(Path(name).parts), name
        assert Path(name).suffix not in {".pyc", ".sqlite"}
    assert {name.split("/")[0] for name in wheel if ".dist-info/" not in name} == set(PACKAGES)


def test_its_description(wheel):
    (name,) = (name for name in wheel if name.endswith(".dist-info/METADATA"))
    about = message_from_string(wheel[name].decode())
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    assert about["Name"] == project["name"]
    assert about["Version"] == project["version"] == __version__
    assert about["License-Expression"] == "MIT"
    assert {line.split(" ")[0].split(">")[0] for line in about.get_all("Requires-Dist")} >= {"scrapy", "lxml", "typer"}
    assert wheel[name.replace("METADATA", "licenses/LICENSE")] == (ROOT / "LICENSE").read_bytes()
    assert b"aggregator = aggregator.cli:main" in wheel[name.replace("METADATA", "entry_points.txt")]


def pinned(name):
    lines = (ROOT / "requirements" / name).read_text(encoding="utf-8").splitlines()
    return {line.split("==")[0]: line.split()[0] for line in lines if line[:1].isalnum()}


def test_requirements_are_pinned_with_hashes_and_name_no_index():
    run, dev = pinned("run.txt"), pinned("dev.txt")
    assert set(run) <= set(dev)
    assert {name: dev[name] for name in run} == run
    for name in ("run.txt", "dev.txt"):
        text = (ROOT / "requirements" / name).read_text(encoding="utf-8")
        assert "://" not in text
        assert "--index" not in text
        assert text.count("--hash=sha256:") >= len(pinned(name))


def test_every_dependency_is_pinned():
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    groups = project["dependency-groups"]
    run = [
        *project["project"]["dependencies"],
        *project["project"]["optional-dependencies"]["postgres"],
        *groups["build"],
    ]
    dev = [one for one in groups["dev"] if isinstance(one, str)]

    def names(wanted):
        return {one.split(">")[0].split("[")[0].lower() for one in wanted}

    assert names(run) <= set(pinned("run.txt"))
    assert names(dev) <= set(pinned("dev.txt"))
