import random
import subprocess
import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aggregator.dedupe.texts import Likeness, candidate_pairs, likeness, shingles, sketch

WORDS = [f"word{number}" for number in range(5000)]


def text(seed: int, length: int = 300) -> str:
    return " ".join(random.Random(seed).choices(WORDS, k=length))


def edited(whole: str, share: float, seed: int = 1) -> str:
    rng = random.Random(seed)
    return " ".join(rng.choice(WORDS) if rng.random() < share else word for word in whole.split())


def test_case_and_punctuation_do_not_count() -> None:
    assert shingles("He is, alone; on the Moon!") == shingles("he is alone on the moon")


def test_unspaced_scripts_are_read_by_characters() -> None:
    japanese = "月面の採掘基地にただ一人で三年間働く男が主人公の静かな映画である。"
    assert len(shingles(japanese)) > 20
    assert shingles(japanese) & shingles("そして、" + japanese)
    assert len(shingles("기생충은 반지하에 사는 가족의 이야기다")) > 5


@pytest.mark.parametrize(("share", "least"), [(0.02, 0.85), (0.1, 0.6)])
def test_an_edited_copy_keeps_most(share: float, least: float) -> None:
    found = [likeness(shingles(text(n)), shingles(edited(text(n), share))).containment for n in range(20)]
    assert min(found) >= least


def test_a_cut_copy_is_contained_but_does_not_resemble() -> None:
    found = likeness(shingles(text(1)), shingles(" ".join(text(1).split()[:100])))
    assert found.containment == 1.0
    assert found.resemblance < 0.4


def test_other_texts_and_short_texts_are_not_alike() -> None:
    assert likeness(shingles(text(1)), shingles(text(2))).containment < 0.05
    assert likeness(shingles(text(1, 20)), shingles(text(1, 20))) == Likeness(0.0, 0.0)
    assert likeness(frozenset(), frozenset()) == Likeness(0.0, 0.0)


def test_candidates_hold_nearly_all_copies_and_few_others() -> None:
    texts = [text(n) for n in range(100)] + [edited(text(n), 0.1) for n in range(100)]
    pairs = set(candidate_pairs([sketch(one).sample for one in texts]))
    assert all((n, n + 100) in pairs for n in range(100))
    assert len(pairs) < 150


def test_boilerplate_makes_no_candidates() -> None:
    notice = text(0, 40)
    texts = [text(n) + notice for n in range(1, 31)]
    assert list(candidate_pairs([sketch(one).sample for one in texts], crowd=20)) == []


def test_a_phrase_in_common_makes_no_candidates_of_long_texts() -> None:
    texts = [f"{text(n)} {text(1000 + n // 2, 60)} {text(500 + n)}" for n in range(40)]
    assert any(set(sketch(texts[n]).sample) & set(sketch(texts[n + 1]).sample) for n in range(0, 40, 2))
    assert len(list(candidate_pairs([sketch(one).sample for one in texts]))) < 10


def test_ascii_and_other_texts_have_the_same_shingles() -> None:
    assert shingles("It's a film_noir, 2nd take; well-shot!") == shingles("It’s a film_noir – 2nd take: “well” shot")


@given(st.text(max_size=300), st.text(max_size=300))
def test_likeness_is_symmetric_and_a_share(a: str, b: str) -> None:
    found = likeness(shingles(a), shingles(b))
    assert found == likeness(shingles(b), shingles(a))
    assert 0 <= found.resemblance <= found.containment <= 1


def test_shingles_are_the_same_in_every_process() -> None:
    code = "from aggregator.dedupe.texts import shingles; print(sum(shingles('one two three four five')))"
    runs = {
        subprocess.run(
            [sys.executable, "-c", code],
            capture_output=True, text=True, check=True, env={"PYTHONHASHSEED": seed, "PYTHONPATH": ":".join(sys.path)},
        ).stdout
        for seed in ("1", "2")
    }  # fmt: skip
    assert runs == {f"{sum(shingles('one two three four five'))}\n"}


# the commonest words of English, of which hardly any begins a sampled shingle
PLAIN = """this is a small film that does not say much and it good when sad the cast fun plot thin end of one best we
saw in all year but so she he they him her was has had been too long for no with as if you her own way out man war boy
life son see act set love what who how only more than can will just at to from by be are or an ever old new most ask
part come goes run time less look hope dark city home wife joke next each turn line song""".split()


@pytest.mark.parametrize("words", [31, 35, 45, 60, 100, 149])
def test_short_copies_are_candidates_whatever_their_words(words: int) -> None:
    rng = random.Random(words)
    texts = [sketch(" ".join(rng.choices(PLAIN, k=words))) for _ in range(200)]
    assert list(candidate_pairs([one.whole for one in texts])) == []
    pairs = set(candidate_pairs([one.whole for one in [*texts, *texts]]))
    missed = [n for n, one in enumerate(texts) if one.capsule is None and (n, n + 200) not in pairs]
    assert missed == []


@pytest.mark.parametrize("words", [35, 45, 60])
def test_a_short_text_cut_out_of_a_long_one_is_a_candidate(words: int) -> None:
    texts = [text(n) for n in range(50)] + [" ".join(text(n).split()[50 : 50 + words]) for n in range(50)]
    pairs = set(candidate_pairs([sketch(one).sample for one in texts]))
    assert sum((n, n + 50) in pairs for n in range(50)) >= 45


@pytest.mark.parametrize("times", [1, 2, 20])
def test_whoever_has_too_few_shingles_to_be_alike_is_known_by_all_words(times: int) -> None:
    found = sketch("It is good, it is bad, it is neither. " * times)
    assert found.capsule is not None
    assert not found.sample
    assert not found.whole
