"""Imports run one way; the table below is the architecture."""

import ast
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
# each layer may import those below it, and itself
LAYERS = [
    {"aggregator.cli", "aggregator.settings", "aggregator.__main__"},
    {"aggregator.demo"},
    {"spiders", "pipelines"},
    {"aggregator.export", "aggregator.site", "aggregator.health", "aggregator.evaluate", "aggregator.explain"},
    {"aggregator.dataset", "aggregator.build", "aggregator.placing", "aggregator.staged", "aggregator.inputs"}
    | {"aggregator.seen", "aggregator.workers", "aggregator.verify", "aggregator.config"},
    {"aggregator.store", "aggregator.merge", "aggregator.resolve", "aggregator.dedupe", "aggregator.catalogue"},
    {"aggregator.parse"},
    {"aggregator.score"},
    {"aggregator.notation", "aggregator.sites", "aggregator.archive", "aggregator.net"},
    {"aggregator.model"},
    {"aggregator.errors"},
]
SCRAPY_ALLOWED = ("aggregator.settings", "aggregator.cli", "spiders", "pipelines", "tests", "benchmarks")
PURE = {"aggregator.merge", "aggregator.resolve", "aggregator.dedupe", "aggregator.parse", "aggregator.score"}


def modules():
    for package in ("aggregator", "spiders", "pipelines"):
        for path in sorted((ROOT / package).rglob("*.py")):
            parts = path.relative_to(ROOT).with_suffix("").parts
            yield ".".join(parts[:-1] if parts[-1] == "__init__" else parts), path


def imports(path):
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}: relative import"
            yield f"{node.module}.{node.names[0].name}" if node.module == "aggregator" else node.module or ""


def layer(name):
    for depth, members in enumerate(LAYERS):
        if any(name == member or name.startswith(member + ".") for member in members):
            return depth
    return None


@pytest.mark.parametrize(("name", "path"), list(modules()), ids=lambda value: value if isinstance(value, str) else "")
def test_imports_run_one_way(name, path):
    if name == "aggregator":
        return
    own = layer(name)
    assert own is not None, f"{name} has no layer: give it one in LAYERS"
    for target in imports(path):
        if not target.startswith(("aggregator.", "spiders", "pipelines")):
            continue
        below = layer(target)
        if below is None:
            continue
        assert below >= own, f"{name} imports {target}, which stands above it"


@pytest.mark.parametrize(("name", "path"), list(modules()), ids=lambda value: value if isinstance(value, str) else "")
def test_only_the_crawl_knows_scrapy(name, path):
    if name.startswith(SCRAPY_ALLOWED):
        return
    assert not [target for target in imports(path) if target.split(".")[0] == "scrapy"], name


def test_the_store_knows_none_of_the_pure_steps():
    for name, path in modules():
        if name.startswith("aggregator.store"):
            assert not [t for t in imports(path) if any(t.startswith(p) for p in PURE)], name


def test_modules_stay_small():
    sizes = {name: len(path.read_text(encoding="utf-8").splitlines()) for name, path in modules()}
    assert not {name: size for name, size in sizes.items() if size > 400}
