"""Which film: titles that the headline marks, hides or only hints at, and headlines that are none."""

import pytest

from aggregator.parse import parse

TEXT = """<p>{first} The director hardly lets us out of the train for two hours, and the camera finds room where there
is none. Anna Weber and Karl Otto are excellent.</p><p>It is a beautiful film, slow in the middle and very moving at the
end. The screenplay trusts silence, the score does not. Still, this film is worth the ticket.</p>"""
TITLED = {
    "in quotes within the headline": ("Why Jordan Holm’s ‘Us’ stays with you", "A wall falls.", "Us"),
    "a pun, and italics in the first sentence": (
        "A house that eats its guests",
        "Last night I saw <em>Night Train</em> at last.",
        "Night Train",
    ),
    "a pun, and guillemets": ("Eine Nacht, ein Zug? Keiner.", "A film called »Nachtzug« is a wonder.", "Nachtzug"),
    "a headline that says something of it": ("Anora runs", "<i>Anora</i> runs. <i>Anora</i> never sits.", "Anora"),
    "a running number": ("Night Train - 0191", "Night Train is a small film.", "Night Train"),
    "a log": ("Seen: Night Train", "A wall falls.", "Night Train"),
    "a tagline": ("Night Train – a slow one", "Night Train is a small film.", "Night Train"),
    "another title in brackets": (
        "Der Zug in der Nacht (Night Train Passing)",
        "A wall falls.",
        "Der Zug in der Nacht",
    ),
    "a name after by": ("Call Me by Your Name", "A wall falls.", "Call Me by Your Name"),
    "a director": ("Hoop by Steve James", "A wall falls.", "Hoop"),
}


def title(headline, first, url="https://a.example/p/8721"):
    html = f"<html lang=en><head><title>{headline}</title></head><body><article><h1>{headline}</h1>"
    reviews = parse(html + TEXT.format(first=first) + "</article></body></html>", url).reviews
    return reviews[0].film.title if reviews else None


@pytest.mark.parametrize("what", TITLED)
def test_the_title_is_found(what):
    headline, first, wanted = TITLED[what]
    assert title(headline, first) == wanted


def test_a_sentence_is_no_title():
    assert (
        title("How I learned to love the slow train that runs through all of the long nights", "A wall falls.") is None
    )


def test_the_address_names_the_part_that_is_the_title():
    found = title("Night Train: a long way to the sea", "A wall falls.", "https://a.example/night-train")
    assert found == "Night Train"


def test_the_credit_of_a_picture_is_no_original_title():
    html = "<html lang=en><body><article><h1>Night Train review</h1><p>Night Train (Picture: Handout)</p>"
    (review,) = parse(html + TEXT.format(first="Night Train is a small film.") + "</article></body></html>").reviews
    assert review.film.original_title is None
