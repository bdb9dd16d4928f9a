"""Fractions, counts and pictures that look like the critic's mark and are none: none is read from them."""

import pytest

from aggregator.parse import parse
from tests.parse.fields.night_train import BODY, page
from tests.parse.fields.test_years import page as named

LAST = """It should have been a 9 out of 10.|It would be a 7/10.|If only it were 10/10.|An almost 10/10.
A near perfect 10/10.|A possible 10/10.|Verdict: almost 10/10|This was no 8/10.|An audience 8/10.|For them 3/10.
Conclusion: Heat is a 10/10.|Overall, my friends gave it 9/10.|Overall, picture quality 4 out of 5.
In short, the disc is 9/10.|We are on 9/10.|Das ist kein 10/10.|Ein beinahe 9/10.|Pas un 10/10.
I give it 2, maybe 3 weeks before it leaves cinemas.|I give it a 5 for effort, but a 2 for the plot.
I give it a 9 for gore and a 2 for story.|I give it a 4, and not a point more, out of 5."""
FAR = """The trailer promised a masterpiece and my brother believed every word of it. My brother's mark: 9/10.
The film is long and the seats are hard, and we had the wrong glasses for the whole of it. Picture quality: 9/10.
It was shown on all of the screens of the town, and on Sunday we went there again, row 8, seats 9/10.
The review of the second part will follow next week, as always with too many pictures in it. Part 1/5
Overall: 3/5 of it is snow.|In short: 4/5 stars on Amazon.|Conclusion: 3/4 of the cast die.|Fazit: fast ein 9/10.
I give it a 10 if you are six.|I give it a 1, no, a 2.|I give it 2 and a half hours.|We gave it 5 minutes.
I'd rate it a 9 on the scale of boredom.|Fazit meiner Frau: 9/10|Note du public : 4/5|2 songs out of 5.
Overall: 0/10 chance of a sequel.|Bottom line: 90/100 minutes are wasted.|5 minutes out of 10.
4 out of 5 tissues for the ending."""
FIRST = """Overall gore: 9/10.|Overall extras: 9/10.|Overall picture: 9/10.|Verdict: 9/10, says my wife.
In short: not a 9/10.|[2/4] Night Train continues my week of trains."""
SHOWN = """<img src="/movie-stars/3.jpg">|<img src="/critics/4stars.png" alt="Users: 4 stars">
<img src="/stars/2.jpg" alt="Anna Weber at the premiere">
<img src="/score/5.jpg">|<img src="/5outof5.png" alt="Amazon customer rating">"""
DESCRIBED = "All about Night Train: part one. 1/5|My last film - 4/10.|Jane on Heat - 9/10."


def each(texts):
    return [text for line in texts.splitlines() for text in line.split("|")]


def rating(html):
    (review,) = parse(html).reviews
    return review.rating


@pytest.mark.parametrize("text", each(f"{LAST}\n{FAR}"))
def test_a_last_line_that_gives_no_mark(text):
    assert rating(page(title="Night Train", post=f"<p>{text}</p>")) is None


@pytest.mark.parametrize("text", each(FIRST))
def test_a_first_line_that_gives_no_mark(text):
    assert rating(page(title="Night Train", body=BODY.replace("<p>", f"<p>{text} ", 1))) is None


@pytest.mark.parametrize("text", each(f"{LAST}\n{FIRST}"))
def test_a_sentence_of_the_text_that_gives_no_mark(text):
    (review,) = named(text).reviews
    assert review.rating is None


@pytest.mark.parametrize("shown", each(SHOWN))
def test_a_picture_that_shows_no_mark(shown):
    assert rating(page(title="Night Train", post=f"<p>{shown}</p>")) is None


@pytest.mark.parametrize("text", each(DESCRIBED))
def test_a_description_that_gives_no_mark(text):
    assert rating(page(title="Night Train", head=f'<meta name="description" content="{text}">')) is None
