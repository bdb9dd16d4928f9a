import pytest

from aggregator.cli.sources import configured, resolve_targets, settled
from aggregator.cli.summary import summarise
from aggregator.errors import ConfigError, UsageError

DONE = {"finish_reason": "finished", "pages/fetched": 3, "staged/new": 3, "reviews/a": 2}


def test_a_good_run():
    summary = summarise(DONE, ["a"])
    assert summary.exit_code == 0
    assert summary.line.endswith("; 2 reviews")


@pytest.mark.parametrize(
    "harmless", ["pages/robots", "pages/gone", "pages/unmodified", "budget/max_pages", "pages/not_html",
                 "pages/noindex",
                 "pages/offsite", "pages/not_found"],
)  # fmt: skip
def test_what_is_no_failure(harmless):
    assert summarise(DONE | {harmless: 5}, ["a"]).exit_code == 0


@pytest.mark.parametrize(
    "failure", ["pages/failed", "discovery/failed", "problems/parser", "problems/partial", "problems/not_stored",
                "build/failed", "budget/depth", "budget/pages_per_source", "spider_exceptions/count"],
)  # fmt: skip
def test_what_is_a_failure(failure):
    assert summarise(DONE | {failure: 1}, ["a"]).exit_code == 1


def test_reasons_are_named():
    summary = summarise(DONE | {"pages/failed": 2, "pages/failed/http_503": 1, "pages/failed/timeout": 1}, [])
    assert summary.reasons == ["2 pages not read (http_503 1, timeout 1)"]


def test_no_reviews_from_a_new_source():
    assert summarise(DONE, ["a", "b"]).reasons == ["no reviews from b"]
    assert summarise({"finish_reason": "finished"}, []).exit_code == 0


@pytest.mark.parametrize("finished", ["shutdown", "archive_error", None])
def test_a_run_cut_short(finished):
    assert summarise(DONE | {"finish_reason": finished}, ["a"]).exit_code == 1


def test_targets(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "aggregator.toml").write_text(
        'contact = "a@b.museum"\ndelay = 3\n[[source]]\nname = "reel"\nstart = "https://reel.example/"\n'
    )
    assert resolve_targets(["reel", "https://x.example/"], tmp_path) == [
        ("reel", "https://reel.example/"),
        (None, "https://x.example/"),
    ]
    assert settled(tmp_path, "", None) == ("a@b.museum", 3)
    assert settled(tmp_path, "c@d.museum", 0.5) == ("c@d.museum", 0.5)
    with pytest.raises(UsageError, match="reel"):
        resolve_targets(["unknown"], tmp_path)


@pytest.mark.parametrize(
    "text", ["[[source]]\nname = 'x'", "source = 3", "[[source]", "[[source]]\nname='x'\nstart='y'\n" * 2]
)
def test_bad_configuration(tmp_path, monkeypatch, text):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "aggregator.toml").write_text(text)
    with pytest.raises(ConfigError, match=r"aggregator\.toml"):
        configured(tmp_path)
