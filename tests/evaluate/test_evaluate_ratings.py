"""`evaluate ratings`: each verdict by an example, and the project's own table without a fault."""

import json
from pathlib import Path

import pytest

from aggregator.errors import UnreadableInputError, UsageError
from aggregator.evaluate.ratings import evaluate_ratings

TABLE = Path(__file__).parents[2] / "fixtures" / "ratings.tsv"


def report(tmp_path, text):
    path = tmp_path / "strings.tsv"
    path.write_text(text, encoding="utf-8")
    return evaluate_ratings(path)


HEAD = "count\trating\tvalue\tbest\tletter\n"


@pytest.mark.parametrize(
    ("row", "verdict"),
    [
        ("3\t4/5\t4\t5\t", "right"),
        ("3\t4/5\t3\t5\t", "wrong"),
        ("3\t4/5\t4\t\t", "wrong"),
        ("3\t4 stars\t4\t5\t", "missed"),
        ("3\tfour\t4\t5\t", "missed"),
        ("3\tB-plus\t\t\tB+", "right"),
        ("3\tB-plus\t\t\tB", "wrong"),
        ("3\tfine\t\t\tB", "missed"),
        ("3\t4/5\t\t\tB", "wrong"),
        ("3\t5.5/5\t5.5\t5\t", "abstained"),
        ("3\tR\t?\t?\t", "open"),
        ("3\tRecommended\t?\t?\t", "open"),
        ("3\t4/5\t?\t?\t", "open answered"),
        ("3\tfine\t\t\t", "abstained"),
        ("3\t4/5\t\t\t", "wrong"),
        ("3\t7.0681328/10\t7.06813\t10\t", "right"),
    ],
)
def test_verdicts(tmp_path, row, verdict):
    result = report(tmp_path, HEAD + row + "\n")
    assert [r.verdict for r in result.rows] == [verdict]
    assert result.figures(weighted=True)[verdict] == 3
    assert result.figures(weighted=False)[verdict] == 1


def test_units_and_bare_strings_where_the_file_has_the_columns(tmp_path):
    head = "text\tvalue\tworst\tbest\tunit\thint\n"
    rows = ["8\t\t\t\t\t\n", "8\t8\t\t\tpoints\trating\n", "8\t8\t\t\tstars\trating\n", "👍\t\t\t\tthumb\trating\n"]
    assert [r.verdict for r in report(tmp_path, head + "".join(rows)).rows] == ["abstained", "right", "wrong", "right"]
    rows = [
        "Two thumbs up\t\t\t\t\t\n",
        "5.5/5\t\t\t5\tpoints\t\n",
        "5.5/5\t\t\t\tpoints\t\n",
        "nothing\t\t\t\tword\t\n",
    ]
    assert [r.verdict for r in report(tmp_path, head + "".join(rows)).rows] == ["wrong", "right", "wrong", "missed"]


def test_the_worst_rows_come_first(tmp_path):
    result = report(tmp_path, HEAD + "1\tfine\t3\t5\t\n9\t4/5\t?\t\t\n2\t4/5\t3\t5\t\n5\t4/5\t1\t5\t\n7\t3/5\t3\t5\t\n")
    assert [(r.verdict, r.truth.count) for r in result.faults] == [
        ("wrong", 5),
        ("wrong", 2),
        ("missed", 1),
        ("open answered", 9),
    ]
    lines = result.lines()
    assert lines[0].split() == ["strings", "weighted"]
    assert lines[-4] == "wrong: '4/5' x5: says 1 of 5, read 4 of 5 points"
    assert lines[-2] == "missed: 'fine' x1: says 3 of 5, read nothing"
    figures = json.loads(json.dumps(result.to_dict()))
    assert figures["strings"] | figures["weighted"]
    assert figures["weighted"]["n"] == 24
    assert figures["strings"]["precision"] == 0.3333
    assert figures["strings"]["recall"] == 0.25
    assert figures["worst"][0]["found"]["value"] == 4


def test_nothing_to_divide_by(tmp_path):
    assert report(tmp_path, HEAD).to_dict()["strings"]["precision"] is None


def test_a_wrong_file_is_named(tmp_path):
    with pytest.raises(UsageError, match=r"none\.tsv: no such file"):
        evaluate_ratings(tmp_path / "none.tsv")
    with pytest.raises(UsageError, match="no column best or rating"):
        report(tmp_path, "title\tvalue\n")
    with pytest.raises(UnreadableInputError, match="line 2: could not convert"):
        report(tmp_path, HEAD + "1\t4/5\tfour\t5\t\n")


def test_our_own_table_holds():
    result = evaluate_ratings(TABLE)
    assert result.faults == []
    assert result.figures(weighted=False)["right"] >= 300
