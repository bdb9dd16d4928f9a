"""Made-up builds for export tests: any contract-valid content, kind to nothing."""

from typing import Any

from hypothesis import strategies as st

from aggregator.model import Film, Review
from aggregator.store import Built

# everything a store can hold: no lone surrogates, no NUL
texts = st.one_of(
    st.sampled_from(
        ["=1+1", "+1", "-1", "@x", "\tx", "\rx", "'=x", "''", "'", "＝1", "a,b", 'a"b', "a\r\nb", " | ", "<b>"]
    ),
    st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\x00"), max_size=20),
)
maybe = st.one_of(st.none(), texts)
lists = st.lists(texts, max_size=3)
numbers = st.one_of(st.none(), st.floats(-100, 1000, allow_nan=False))
dates = st.sampled_from([None, "2009", "2009-07", "2009-07-17", "2009-07-17T10:00:00Z"])
ratings = st.fixed_dictionaries({
    "raw": texts, "value": numbers, "worst": numbers, "best": numbers, "unit": st.sampled_from(["stars", "letter"]),
    "score": st.one_of(st.none(), st.floats(0, 100)), "score_profile": maybe,
})  # fmt: skip
comments = st.fixed_dictionaries({
    "id": st.sampled_from(["1", "2", "=3"]), "author": maybe, "published": dates, "text": texts,
    "parent": st.sampled_from([None, "1", "2", "gone"]), "parent_missing": st.booleans(), "by_critic": st.booleans(),
})  # fmt: skip
people = st.fixed_dictionaries({
    "role": st.sampled_from(["director", "cast", "other"]), "name": texts, "character": maybe, "note": maybe,
})  # fmt: skip
reviews = st.fixed_dictionaries({
    "url": maybe, "headline": maybe, "critics": lists, "published": dates, "body": maybe, "genres": lists,
    "film": st.fixed_dictionaries({"title": maybe, "year": st.one_of(st.none(), st.integers(1870, 2100))}),
    "rating": st.one_of(st.none(), ratings), "credits": st.lists(people, max_size=3),
    "certificates": st.lists(st.fixed_dictionaries({"raw": texts, "code": texts, "systems": lists}), max_size=2),
    "comments": st.lists(comments, max_size=4), "spoilers": st.sampled_from([None, True]),
    "other_ratings": st.lists(st.fixed_dictionaries({"name": texts, "raw": texts, "value": numbers}), max_size=2),
    "audience_rating": st.one_of(st.none(), st.fixed_dictionaries({"raw": texts, "count": st.integers(0, 9)})),
    "copies": st.lists(st.fixed_dictionaries({"url": texts, "kind": st.just("moved")}), max_size=2),
})  # fmt: skip
films = st.fixed_dictionaries({
    "title": texts, "original_title": maybe, "alternative_titles": lists, "genres": lists,
    "credits": st.lists(people.map(lambda one: {key: one[key] for key in ("role", "name", "character")}), max_size=3),
    "runtime_minutes": st.one_of(st.none(), st.integers(1, 900)), "reviews": st.lists(reviews, max_size=3),
    "disagreements": st.sampled_from([{}, {"year": [{"value": 2009, "reviews": ["a"]}]}]),
})  # fmt: skip


def whole(films: list[dict[str, Any]], loose: list[dict[str, Any]]) -> Built:
    """The content as a build of the contract, ids given in order."""
    number = 0

    def finished(review: dict[str, Any]) -> dict[str, Any]:
        nonlocal number
        number += 1
        return Review.model_validate({"id": f"r-{number}", **review}).model_dump(mode="json")

    made = [
        Film.model_validate(
            {**film, "id": f"f-{place}", "reviews": [finished(review) for review in film["reviews"]]}
        ).model_dump(mode="json")
        for place, film in enumerate(films)
    ]
    without = [finished(review) for review in loose]
    return Built({"films": len(made), "reviews": number}, made, without, [])


builds = st.builds(whole, st.lists(films, max_size=3), st.lists(reviews, max_size=2))
