"""Words and declarations that say less of a page than they seem to: reviews in spite of them, and what is none."""

import pytest

from aggregator.model import PageType
from aggregator.parse import parse

TEXT = """<p>Two hours of quiet dread, beautifully acted by a cast that never puts a foot wrong. The director
keeps his camera at a distance and lets the film breathe, and the performances are superb from beginning to
end.</p><p>The script is sharp, the score haunting and the ending, which I will not give away, one of the best
scenes of the year. A film to see on the largest screen you can find, though the middle drags a little.</p>"""
SIGNED = "<p>By Jane Orrin</p><p>4/5</p>"
PATCHY = """<p>The film is at its best when it is quiet. A long scene in an empty hall, shot in one take, says
more than any speech could. The script has a few dull patches, above all in the middle, but the performances are
strong and the ending is beautiful. It is one of the best films of the year.</p>"""
TENANT = """<p>Night Train follows a woman who loses her flat when the rent, eight hundred a month, goes up. Her
landlord would rather sell: buy it, he says, or leave. She cannot buy it, and nobody will let her rent it for
what she earns per month at the depot. Anna Holm films all this without pity or fuss, and Mia Gray is superb as
the tenant.</p>"""
PIANIST = """<p>Night Train follows a young pianist who joins an orchestra of violins and cellos in Warsaw. The
strings are cruel, the conductor worse, and each concert is a duel. Anna Holm films all this without pity or
fuss, and Mia Gray is superb as the pianist who plays a waltz as if her life hung on it; the orchestral
rehearsals, a cello and a violin, are thrilling, and so are the songs.</p>"""
STREAMED = """<p>Night Train is available to rent or buy on most streaming services, and with a subscription on
Mubi, which has a free trial.</p>"""
OBJECT = "<meta property=og:type content={}>"
SIGNS = {
    "a noble flop": ("Night Train (2019): a noble flop", SIGNED + TEXT, ""),
    "a flop": ("Night Train review: a flop", SIGNED + TEXT, ""),
    "declared a product": ("Night Train review", SIGNED + TEXT, OBJECT.format("product")),
    "declared a profile": ("Night Train", SIGNED + TEXT, OBJECT.format("profile")),
    "a tenant": ("Night Train", TENANT + PATCHY, ""),
    "a pianist": ("Night Train", PIANIST + PATCHY, ""),
    "where to see it": ("Night Train", TENANT.replace("eight hundred a month, ", "") + PATCHY + STREAMED, ""),
}


def read(headline, body, head="", url="https://corner.example/2021/05/14/night-train/"):
    made = f"<html lang=en><head><title>{headline}</title>{head}</head><body><h1>{headline}</h1>{body}</body></html>"
    return parse(made, url)


@pytest.mark.parametrize("what", SIGNS)
def test_a_review_in_spite_of_a_word_or_a_declaration(what):
    page = read(*SIGNS[what])
    assert (page.page_type, page.reviews[0].film.title) == (PageType.REVIEW, "Night Train")


PLAYED = """<p>Leon Niemczyk plays Jerzy and Lucyna Winnicka plays Marta in Night Train, now at the Old Vic. It
is a superb and moving evening, and the cast is brilliant in every scene of it.</p><p>Zbigniew Cybulski plays
Staszek, who is in love with Marta. The set is beautiful and the direction sharp.</p>"""
OFFERED = """<p>Add to cart. Night Train, in stock, free shipping. A superb disc in a slipcase, with a beautiful
picture and a great cast, and the film looks wonderful.</p><p>Customer reviews: a great film, and the delivery
was quick.</p>"""
OTHERS = {
    "a play": ("Night Train", PLAYED, ""),
    "a product": ("Night Train", OFFERED + "<p>Available to buy or on subscription.</p>", OBJECT.format("product")),
    "a book": ("Night Train review", "<p>A novel of 300 pages, and a superb one.</p>" + TEXT, OBJECT.format("book")),
    "where to see it and nothing else": ("Night Train", STREAMED + STREAMED + STREAMED.replace("Mubi", "Sky"), ""),
    "tops and flops": ("Tops and flops of May", SIGNED + TEXT, ""),
}


@pytest.mark.parametrize("what", OTHERS)
def test_what_is_no_review(what):
    assert read(*OTHERS[what]).page_type not in (PageType.REVIEW, PageType.ROUNDUP)
