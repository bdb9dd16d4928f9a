"""Choosing among candidates: agreement strengthens, doubt abstains, losers are kept."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aggregator.parse import rank
from aggregator.parse.candidate import Candidate, Place
from aggregator.parse.rank import choose, evidence

TIERS = {"profile", "structured", "labelled", "visible", "prose", "weak"}
TABLE = {
    "year": {
        "threshold": 0.5,
        "strong": ["structured", 0.8],
        "other": ["labelled", 0.7],
        "half": ["weak", 0.4],
        "third": ["weak", 0.3],
        "prose.*": ["prose", 0.6],
        "families": {"copies": ["half", "third"]},
    }
}


@pytest.fixture
def weights(monkeypatch):
    """A small table of weights in place of the shipped one."""
    monkeypatch.setattr(rank, "table", lambda: TABLE)
    rank.rule.cache_clear()
    rank.family.cache_clear()
    yield
    rank.rule.cache_clear()
    rank.family.cache_clear()


def c(value, rule, raw="raw"):
    return Candidate("year", value, rule, Place(fixed=f"text:{len(raw)}"), raw)


@pytest.mark.usefixtures("weights")
class TestChoose:
    def test_nothing_gives_nothing(self):
        choice = choose("year", [])
        assert (choice.winner, choice.weighed, choice.conflict) == (None, (), None)

    def test_the_strongest_wins_and_the_loser_is_kept_as_a_conflict(self):
        strong, other = c(1999, "strong"), c(2001, "other")
        choice = choose("year", [other, strong])
        assert choice.winner is strong
        assert choice.conflict is other
        assert [candidate for candidate, _ in choice.weighed] == [strong, other]

    def test_a_weak_loser_is_no_conflict(self):
        assert choose("year", [c(1999, "strong"), c(2001, "half")]).conflict is None

    def test_below_the_threshold_nothing_is_known(self):
        choice = choose("year", [c(1999, "half")])
        assert choice.winner is None
        assert choice.weighed[0][1] == pytest.approx(0.4)

    def test_agreement_multiplies_doubts(self):
        choice = choose("year", [c(1999, "half"), c(1999, "prose.said"), c(2001, "third")])
        assert choice.winner.value == 1999
        assert choice.weighed[0][1] == pytest.approx(1 - 0.6 * 0.4)

    def test_rules_of_one_family_copy_each_other(self):
        choice = choose("year", [c(1999, "half"), c(1999, "third")])
        assert choice.winner is None
        assert choice.weighed[0][1] == pytest.approx(0.4)

    def test_the_same_rule_twice_is_one_witness(self):
        choice = choose("year", [c(1999, "half"), c(1999, "half", "again")])
        assert choice.winner is None
        assert len(choice.weighed) == 2

    def test_two_that_say_different_things_equally_loudly_are_both_doubted(self):
        choice = choose("year", [c(1999, "strong"), c(2001, "strong")])
        assert choice.winner is None
        assert [candidate.value for candidate in choice.tied] == [1999, 2001]
        assert len(choice.weighed) == 2

    def test_values_agree_by_key_and_the_strongest_wording_is_taken(self):
        quiet, loud = c("moon", "half"), c("Moon", "strong")
        choice = choose("year", [quiet, loud], key=str.casefold)
        assert choice.winner is loud
        assert choice.conflict is None

    def test_of_equal_values_the_preferred_wording_is_taken(self):
        precise = c("2001-02-03", "half")
        choice = choose("year", [c("2001", "strong"), precise], key=lambda value: value[:4], prefer=len)
        assert choice.winner is precise

    def test_of_equals_the_first_on_the_page_is_taken(self):
        first = c(1999, "strong", "first")
        assert choose("year", [first, c(1999, "strong", "second")]).winner is first

    def test_a_family_of_rules_shares_a_weight(self):
        assert choose("year", [c(1999, "prose.said")]).weighed[0][1] == pytest.approx(0.6)

    def test_a_rule_that_nobody_weighed_is_an_error(self):
        with pytest.raises(KeyError):
            choose("year", [c(1999, "invented")])

    def test_evidence_names_rule_place_and_tier(self):
        assert evidence(c(1999, "other", "x" * 500)) == {
            "rule": "other",
            "locator": "text:500",
            "raw": "x" * 300,
            "tier": "labelled",
        }

    @given(st.lists(st.tuples(st.integers(1, 3), st.sampled_from(["strong", "other", "half", "third", "prose.a"]))))
    def test_a_winner_is_believed_alone_and_first(self, said):
        candidates = [c(value, rule) for value, rule in said]
        choice = choose("year", candidates)
        assert sorted(map(id, candidates)) == sorted(id(candidate) for candidate, _ in choice.weighed)
        weights = [weight for _, weight in choice.weighed]
        assert weights == sorted(weights, reverse=True)
        if choice.winner is not None:
            assert choice.winner is choice.weighed[0][0]
            assert weights[0] >= 0.5
            rivals = [w for candidate, w in choice.weighed if candidate.value != choice.winner.value]
            assert all(weight < weights[0] for weight in rivals)


def test_every_shipped_row_has_a_known_tier_and_a_share():
    for field, rows in rank.table().items():
        assert 0 <= rows["threshold"] < 1, field
        for name, row in rows.items():
            if name not in ("threshold", "families"):
                tier, weight = row
                assert tier in TIERS, (field, name)
                assert 0 < weight < 1, (field, name)
