from aggregator.merge.versions import versions_of


def test_each_version_says_what_was_different_then() -> None:
    first = {"headline": "Moon", "body": "a", "fetched_at": "1", "comments": []}
    second = {"headline": "Moon", "body": "b", "fetched_at": "2", "comments": ["x"]}
    now = {"headline": "Moon!", "body": "b", "fetched_at": "3", "comments": ["x", "y"]}
    assert versions_of([("1", first), ("2", second)], now) == [
        {"seen_at": "1", "changed": {"body": "a"}},
        {"seen_at": "2", "changed": {"headline": "Moon"}},
    ]
    assert versions_of([], now) == []
