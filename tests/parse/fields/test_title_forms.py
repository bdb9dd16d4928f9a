"""Which film: titles that the headline marks, hides or only hints at, and headlines that are none."""

import pytest

from aggregator.parse import explain, parse

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
    "a sentence in capitals": ("Night Train Is a Tender Gem", "Night Train is a small film.", "Night Train"),
    "whose it is": ("Anna Holm’s Night Train", "Night Train is a small film.", "Night Train"),
    "by whom it is": ("Night Train, by Anna Holm", "A wall falls.", "Night Train"),
    "who directed it": ("Night Train directed by Anna Holm", "A wall falls.", "Night Train"),
    "a counted list": ("123. Night Train", "Night Train is a small film.", "Night Train"),
    "another title that the text never says": (
        "Night Train (The Long Way to the Sea)",
        "Night Train is a small film, and nothing in Night Train is loud.",
        "Night Train",
    ),
    "an article that the headline leaves out": (
        "Lighthouse Is a Truly Beautiful Film",
        "Anna Holm’s The Lighthouse is her latest film about two men. Nothing in The Lighthouse is dry.",
        "The Lighthouse",
    ),
    "a shouted headline": ("WHY NIGHT TRAIN IS A WONDER", "Night Train is a small film.", "Night Train"),
    "a film in small letters": ("mother!", "Mother! is a film of one house.", "mother!"),
    "a pun, and a film that the text opens with": (
        "Off the Rails",
        "Night Train is a comedy about a conductor. In Night Train, nobody gets off.",
        "Night Train",
    ),
    "a pun, and the word film": (
        "Off the Rails",
        "Last week I went to see the film Night Train. Night Train is quiet, and Night Train is slow.",
        "Night Train",
    ),
    "a long title of which the text says a part": (
        "The Last Train Out of Harbour Junction",
        "Nobody gets off at Harbour Junction, and nobody gets on.",
        "The Last Train Out of Harbour Junction",
    ),
    "an opinion quoted": ("Thoughts on “Night Train”", "A wall falls.", "Night Train"),
    "a director": ("Hoop by Steve James", "A wall falls.", "Hoop"),
    "a long title, a director and a name the text says alone": (
        "Star Harbour Chapter II – Return of the Tide, directed by Anna Holm",
        (
            "<p>By Karl Beck</p><p>Star Harbour Chapter II – Return of the Tide</p><p>Directed by Anna Holm</p>"
            "Holm has made Star Harbour bigger. What Holm wants with Star Harbour is money."
        ),
        "Star Harbour Chapter II – Return of the Tide",
    ),
    "a title and its translation, which the text says too": (
        "Yoru no Densha (Night Train)",
        "One night in Kobe. There is Night Train the song, too, but Night Train has more trains.",
        "Yoru no Densha",
    ),
    "a headline that says a part of what the text sets apart": (
        "A Passage Remade",
        (
            "<em>Passage to Elm Harbour</em> is back. This <em>Passage to Elm Harbour</em> has a new face. A Passage "
            "remains a Passage, and Passage is a strange word; <em>Passage to Elm Harbour</em> is a good one."
        ),
        "Passage to Elm Harbour",
    ),
    "a pun, and a year behind the film's name": (
        "Big Rails, Bigger Screen",
        "Forty years on, it is back.</p><p>Night Train Home (1984) starts with shoes. White ones.",
        "Night Train Home",
    ),
    "a pun, and a quoted heading over the facts": (
        "Married to the Rails",
        (
            "There is a moment in “Night Train” when she runs.</p><h4>“Night Train”</h4><p>Directed by: Anna Holm</p>"
            "<p>Running time: 93 minutes</p><p>So much for that."
        ),
        "Night Train",
    ),
    "a film it is compared with": ("The Wall review", "Like “Rope” (1948), this happens in one place.", "The Wall"),
    "a film that the director made before": (
        "Mission to the Sea",
        "In <em>Gravity Hill</em> the director did it better.",
        None,
    ),
    "a pun, and a box of facts below a text that says the name once": (
        "What, Another Tunnel?",
        (
            "There is a whistle at the start of <em>Night Train</em>, and nobody can stand it.</p>"
            "<p>Director: Anna Holm<br>Cast: Anna Weber, Karl Otto</p><p>So much for that."
        ),
        "Night Train",
    ),
    "a pun, and the plot of a film whose hero the text calls by his name": (
        "Who took the rug?",
        "That is all of the plot of <b>THE TALL MARLOW</b>. Marlow sits, and Marlow waits.",
        "THE TALL MARLOW",
    ),
    "a log of a film that is a pronoun": ("I finally watched It", "A clown waits below.", "It"),
    "with whom it was seen": (
        "Night Train Review with Boris",
        "Boris says hello. I asked Boris about Night Train, and Boris did not know it.",
        "Night Train",
    ),
}


def title(headline, first, url="https://a.example/p/8721"):
    html = f"<html lang=en><head><title>{headline}</title></head><body><article><h1>{headline}</h1>"
    reviews = parse(html + TEXT.format(first=first) + "</article></body></html>", url).reviews
    return reviews[0].film.title if reviews else None


@pytest.mark.parametrize("what", TITLED)
def test_the_title_is_found(what):
    headline, first, wanted = TITLED[what]
    assert title(headline, first) == wanted


UNTITLED = {
    "what the site is called": ("Corner Seat Movie Reviews", "A wall falls."),
    "a section": ("About the movie", "A wall falls."),
    "a section of opinion": ("My thoughts", "A wall falls."),
    "a festival": ("Viennale 2010", "A wall falls."),
    "a pun over a text about two other films": (
        "Off the Rails",
        "<em>Night Train</em> and <em>Heat</em> are films of one city. I like <em>Night Train</em> more.",
    ),
    "who plays in it": ("Why Anna Weber Matters", "Anna Weber is at her best here. When Weber smiles, so do we."),
    "a pun that begins as a log does": (
        "I Watched Four People Poach a Fish and Cried",
        "We went to see <em>Night Train</em> on Friday, and there is no recipe this week.",
    ),
    "a pun, and the one film that the text sets apart": (
        "Railway Business",
        "I own a whistle. <em>Night Train</em> knows people like me, and there are more of us than one would think.",
    ),
    "a pun, and one film set apart beside the running time of nobody knows what": (
        "Railway Business",
        (
            "I own a whistle. <em>Night Train</em> knows people like me, and there are more of us than one would think."
            "</p><p>Running time: 93 minutes</p><p>I have seen longer ones, and shorter ones, and none so late."
        ),
    ),
    "a log that names nothing": ("I finally watched it, Mum", "You taped it off the telly at Christmas."),
    "a pun, and an afterthought in brackets": (
        "a house that walks on hen's legs (more or less)",
        "I know the book. Then <em>Night Train</em> knows better.",
    ),
    "who directed it, and when": (
        "Nanny with a Camera",
        "<em>Finding Mara Veil</em>, directed by Jack Marlow and Karl Beck (2013). Seen at the Corinth.",
    ),
    "the year of an archive": ("2021", "I saw less in 2021 than ever. In 2021 the Odeon closed."),
    "media": ("DVD, Upscaled DVD, and HDTV", "An upscaled film looks better than the film did on tape."),
    "a year's tops and flops": ("Top/Flop 2023", "The film of the year was long, the flop of the year was longer."),
    "an account": (
        "@NightPosters",
        "Meet @NightPosters, my new project. @NightPosters tells you each day which film is on. Like @NightPosters!",
    ),
    "a number that a day cuts": ("News", "Updated 5/31: films are shown again. Updated 5/31 means that."),
    "a hero of many films": (
        "How to Stop Jack Marlow from Getting Old",
        "If Jack Marlow aged, he would be ninety. In *Harbour* Marlow ran, and Jack Marlow ran again in *Heat*.",
    ),
}


@pytest.mark.parametrize("what", UNTITLED)
def test_a_headline_that_names_no_film_gives_none(what):
    headline, first = UNTITLED[what]
    assert title(headline, first) not in (
        headline,
        "2021",
        "NightPosters",
        "Updated 5",
        "Anna Weber",
        "Jack Marlow",
        "Heat",
        "Four People Poach a Fish and Cried",
        "Night Train" if "running time" in what else "it, Mum",
        "more or less",
    )


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


def test_a_rating_behind_the_label_film_is_no_title():
    first = "<p>Film: ♥♥♥♡♡ (3/5)</p><p>Night Train is a small film.</p>"
    assert title("Night Train", first) == "Night Train"


@pytest.mark.parametrize(
    "line",
    [
        "Academy Awards (2019)",
        "Sundance Film Festival (2019)",
        "Photograph by Someone (2019)",
        "Courtesy Beck Bros (2019)",
    ],
)
def test_a_prize_a_festival_or_a_photographers_name_with_its_year_is_no_film(line):
    assert title("A lovely surprise", f"</p><p>{line}</p><p>It rained.") not in (line, line.partition(" (")[0])


ACTED = "<p>Mara (Anna Weber) sorts letters, and Tom (Karl Otto) drives them through the night. It is all too long.</p>"
ASIDE = {
    "the address, which is a tag": (
        "/2011/03/night-train/",
        "",
        "<a rel='tag' href='/t/n'>Night Train</a>",
        "Night Train",
    ),
    "the address of another page": ("/2011/03/autumn-sale/", "", "<a rel='tag' href='/t/n'>Night Train</a>", None),
    "quotes in a caption": ("/p/1", "<figcaption>Anna Weber in “Night Train”.</figcaption>", "", "Night Train"),
    "italics, once, in a text of parts": (
        "/p/1",
        "<p>Early in <em>Night Train</em> a door opens, and we know that nobody will come in and nobody go.</p>",
        "",
        "Night Train",
    ),
    "italics, once, of another film": (
        "/p/1",
        "<p>Nobody is pushed off a carriage here, and nobody sings on its roof, as in <em>Night Train</em>.</p>",
        "",
        None,
    ),
    "bold, once, which leads in": (
        "/p/1",
        "<p><b>TL;DR:</b> A fine film about a journey that no one asked for, which nobody wants to end.</p>",
        "",
        None,
    ),
    "italics, a line of dialogue": (
        "/p/1",
        "<p><em>Eu sou o contrário de corajoso</em> is what he says, and he says it to a boy who asks nothing.</p>",
        "",
        None,
    ),
    "italics, once, with the director": (
        "/p/1",
        "<p>Anna Holm’s <em>Night Train</em> is late, and it is late on purpose, as everything in it is.</p>",
        "",
        "Night Train",
    ),
}


@pytest.mark.parametrize("what", ASIDE)
def test_a_film_that_a_pun_hides_is_found_beside_it(what):
    path, first, behind, wanted = ASIDE[what]
    closing = "<p>The best of it comes last, and “Night Train” gets there.</p>" if "caption" in what else ""
    page = parse(
        f"<html lang=en><body><article><h1>Would you please all change here?</h1>"
        f"<figure><img src=a.jpg>{first if 'caption' in first else ''}</figure><p>Rating: 4/5</p>"
        f"{'' if 'caption' in first else first}{ACTED}<p>The director films hands as if they were faces, and the film "
        f"is beautiful. The screenplay trusts silence, the score does not.</p>{closing}<p class=tags>{behind}</p>"
        "</article></body></html>",
        f"http://a.example{path}",
    )
    assert [review.film.title for review in page.reviews] == ([wanted] if wanted else [])


def test_the_name_of_a_site_is_no_title():
    text = (
        f"<p>{'The director films hands as if they were faces, and the film is beautiful. ' * 8}</p><p>Rating: 4/5</p>"
    )
    page = parse(f"<html lang=en><body><h1>Anna’s Movie Page</h1>{text}</body></html>", "http://a.example/f.htm")
    assert [review.film.title for review in page.reviews if review.film.title] == []


def test_a_byline_above_the_facts_is_no_title():
    page = (
        "<html lang=en><body><article><h1>Dread and circuses</h1><p>By Jane Orrin</p><p>Rating: 4/5<br>Director: Ana"
        " Ruiz</p><p>The director films hands as if they were faces, and the film is beautiful, and nobody says its"
        " name. The screenplay trusts silence, the score does not.</p></article></body></html>"
    )
    found = explain(page, "http://a.example/dread-and-circuses")
    titles = [candidate.value for choices in found.choices for candidate, _ in choices["title"].weighed]
    assert titles
    assert "By Jane Orrin" not in titles
