"""Stored values are re-derived from the archived bytes, and what differs is named."""

import json
import sqlite3
import subprocess
import sys
from pathlib import Path

from aggregator.verify import appeared, differences

SITE = Path(__file__).parent.parent / "fixtures" / "sites" / "newspaper"


def aggregator(*args):
    return subprocess.run(
        [sys.executable, "-m", "aggregator", *map(str, args)], capture_output=True, text=True, check=False
    )


def test_what_was_stored_follows_from_the_archive_until_somebody_changes_it(tmp_path):
    data = tmp_path / "data"
    pages = [SITE / name / "page.html" for name in ("1917", "parasite")]
    assert aggregator("import", *pages, "--data", data).returncode == 0
    whole = aggregator("verify", "--data", data)
    assert whole.returncode == 0, whole.stdout + whole.stderr
    assert whole.stderr.strip().splitlines()[-1] == "2 reviews on 2 pages verified, 0 differences"

    store = sqlite3.connect(data / "store.sqlite")
    row, text = store.execute("select id, data from reviews order by id limit 1").fetchone()
    review = json.loads(text) if isinstance(text, str) else text
    review["film"]["title"] = "Somebody's idea"
    store.execute("update reviews set data = ? where id = ?", (json.dumps(review), row))
    store.commit()
    store.close()
    changed = aggregator("verify", "--data", data)
    assert changed.returncode == 1
    assert 'film.title: stored "Somebody\'s idea", the archived page gives' in changed.stdout
    assert "1 differences" in changed.stderr


def test_a_review_that_is_no_longer_read_is_named():
    (only,) = differences("r-1", {"film": {"title": "Moon"}}, None)
    assert only.line() == "r-1 review: stored 'present', the archived page gives None"


def test_the_rule_of_a_nested_value_is_found():
    stored = {"credits": [{"name": "Sam Mendes"}], "evidence": {"credits[0]": {"rule": "facts.label"}}}
    now = {"credits": [{"name": "Sam Mendez"}], "evidence": {"credits[0]": {"rule": "facts.label"}}}
    (only,) = differences("r-1", stored, now)
    assert (only.path, only.rule) == ("credits[0].name", "facts.label")


def test_what_a_decision_or_the_history_of_a_source_gave_is_no_difference():
    now = {
        "film": {"title": "Moon"},
        "rating": {"value": 3.5, "best": None, "scale_from": None, "score": None},
        "credits": [{"name": "Sam Bell"}],
        "evidence": {"rating.value": {"rule": "facts.rating"}, "credits[0]": {"rule": "facts.label"}},
    }
    history = {"rule": "history", "locator": "source:lamp", "raw": "never above 4", "tier": "history"}
    human = {"rule": "decision", "locator": "decisions.toml", "raw": "Sam Bell", "tier": "human"}
    stored = {
        "film": {"title": "Moon"},
        "rating": {"value": 3.5, "best": 4, "scale_from": "history", "score": 87.5},
        "credits": [{"name": "Duncan Jones"}],
        "evidence": {"rating.value": {"rule": "facts.rating"}, "rating.best": history, "credits[0]": human},
    }
    assert list(differences("r-1", stored, now)) == []
    changed = {**stored, "rating": {**stored["rating"], "value": 3.0}}
    assert [each.path for each in differences("r-1", changed, now)] == ["rating.value"]


def test_a_review_that_is_read_anew_is_named():
    assert appeared("r-2").line() == "r-2 review: stored None, the archived page gives 'present'"


def imported(tmp_path):
    data = tmp_path / "data"
    assert aggregator("import", SITE / "1917" / "page.html", "--data", data).returncode == 0
    return data


def test_changed_bytes_are_named(tmp_path):
    data = imported(tmp_path)
    store = sqlite3.connect(data / "store.sqlite")
    store.execute("update pages set digest = 'da39a3ee5e6b4b0d3255bfef95601890afd80709'")
    store.commit()
    store.close()
    found = aggregator("verify", "--data", data)
    assert found.returncode == 1
    assert "the archived bytes are not those that were read (digest differs)" in found.stdout


def test_a_lost_archive_is_named(tmp_path):
    data = imported(tmp_path)
    for file in (data / "archive").glob("*.warc.gz"):
        file.unlink()
    found = aggregator("verify", "--data", data)
    assert found.returncode == 1
    assert "Traceback" not in found.stderr
    assert "differences" in found.stderr.strip().splitlines()[-1]
