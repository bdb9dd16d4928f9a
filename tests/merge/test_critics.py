from typing import Any

from aggregator.merge.critics import critics


def review(name: str, score: float | None, *by: str, **more: Any) -> dict[str, Any]:
    return {"id": name, "critics": list(by), "rating": None if score is None else {"score": score}, **more}


def test_critics_are_counted_across_spellings_outlets_and_films() -> None:
    rows = critics([
        ("f1", review("1", 80, "Ann Lee", outlet="Herald", published="2009-07-17T10:00:00Z")),
        ("f1", review("2", 60, "Bo Chu", source="blog")),
        ("f1", review("3", 40, "Bo Chu", source="blog")),
        ("f2", review("4", 100, "Lee, Ann", outlet="Herald", published="2010")),
        ("f3", review("5", None, "Ann Lee", outlet="Times")),
        (None, review("6", 50, "Ann Lee", "Bo Chu")),
        ("f4", review("7", 10)),
    ])  # fmt: skip
    assert [(row["name"], row["outlets"], row["reviews"], row["scored"]) for row in rows] == [
        ("Ann Lee", ["Herald", "Times"], 4, 3),
        ("Bo Chu", ["blog"], 3, 3),
    ]
    ann, bo = rows
    assert (ann["mean"], ann["against_others"]) == (76.67, 30.0)  # 80 beside 60 and 40; nobody else saw the others
    assert (bo["mean"], bo["against_others"]) == (50.0, -15.0)  # 60 - (80 + 40) / 2, 40 - (80 + 60) / 2
    assert (ann["first"], ann["last"]) == ("2009-07-17", "2010")
    assert ann["review_ids"] == ["1", "4", "5", "6"]


def test_nobody() -> None:
    assert critics([]) == []
