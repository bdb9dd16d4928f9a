"""Pages that speak of films, well and at length, and review none."""

import pytest

from aggregator.model import PageType
from aggregator.parse import parse

PAGES = {
    "an essay on a director": (
        "The quiet radicalism of Agnès Varda",
        "https://blog.example.org/2019/04/varda/",
        """Agnès Varda died last week at ninety, and the films she left behind are some of the most generous
ever made. In Cléo from 5 to 7 a singer waits for a medical result and walks through Paris; in
Vagabond a young woman is found dead in a ditch and the film works backwards through those who met
her. The Gleaners and I turned the camera on people who live from what others throw away.

What links these films is attention. Varda looks at potatoes, at hands, at cats, with the same
patience she gives to actors. Critics have often called her the grandmother of the New Wave, a label
she disliked, since she was younger than some of its boys. I think her best work is in the late
documentaries, where she is funny and unafraid of death.

If you have never seen any of them, start with Cléo. It is beautiful, and it is ninety minutes long.""",
    ),
    "a weekend": (
        "A weekend in Leeds",
        "https://blog.example.org/2012/weekend/",
        """We drove up on Friday after work and hit every red light between here and the motorway. On Saturday
Sam wanted to see the new Batman, The Dark Knight Rises, so we went to the multiplex by the station.
I thought it was too long and the sound was terrible, but Sam loved it and we had nachos. Afterwards
we walked along the canal and found a pub with a quiz on.

Sunday was for the museum. The armour collection is the best in the country, and the café does a
decent scone. We drove home in the rain and listened to the cricket. Work tomorrow. I have to finish
the slides for the meeting with the auditors and I have not even started.""",
    ),
    "a lesson for programmers": (
        "What The Social Network taught me about shipping software",
        "https://dev.example.org/blog/social-network/",
        """I rewatched The Social Network last night, and the scene where Mark codes Facemash in a dorm room
made me think about how we ship software today. In the movie he goes from idea to production in one
evening, with a blog post open in another window and a beer in hand. We spend more time than that
setting up a linter.

Of course the film is fiction, and Aaron Sorkin never wrote a line of Perl. But there is a point in
there about scope. The first version did one thing. It had no settings page. When I started my last
project I wrote the settings page first, and it never shipped.

Here are three rules I now follow. One: write the part that users touch before anything else. Two:
deploy on the first day. Three: delete the settings page.""",
    ),
    "a film being made": (
        "We wrapped our short film!",
        "https://blog.example.org/blog/wrap/",
        """After eleven days, four broken lamps and one very patient dog, we have wrapped principal photography
on Harbour Lights, our new short film. The shoot was wonderful. Anna Weber, who plays the lighthouse
keeper, learned to row for the part, and our director of photography Karl Otto found angles in that
kitchen nobody thought possible.

Now the edit begins. We hope to have a first cut by March and to submit the film to festivals over
the summer. The score is being written by our friend Mia, who also did the music for our last movie.

Thank you to everyone who supported the crowdfunding campaign. Your posters are on their way, and
you will all be invited to the premiere.""",
    ),
    "how films are lit": (
        "How to light a night scene on a budget",
        "https://blog.example.org/lighting/",
        """Lighting a night scene is the hardest thing for a beginning filmmaker. Look at any great movie, say
Collateral or Moonlight, and you will notice that night is never dark: it is blue, or orange, and
full of shape. The actors are lit from behind, and the camera sees the edges of things.

You need three lamps. Put the strongest one behind your actor, high up, with a blue gel. Use the
second as a practical, a lamp that the scene itself contains. The third fills the shadows just
enough for the camera to see faces. Do not be afraid of darkness; it is your friend, and it is free.

In my own films I use cheap work lights from the hardware store. They look terrible on set and
beautiful on screen.""",
    ),
    "a shop": (
        "Night Post (DVD)",
        "https://shop.example/dvd/night-post",
        """Night Post tells the story of a widow who sorts letters at night. A beautiful film by Anna Holm,
starring Anna Weber and Karl Otto. Includes deleted scenes and an interview with the director.

Running time: 97 minutes. Region 2. Price: £9.99. In stock. Free delivery on orders over £20.
Customers who bought this item also bought Harbour Lights and The Long Table.

Add to basket. Returns accepted within 30 days.""",
    ),
    "a record of film music": (
        "Spirited Away: Joe Hisaishi’s finest hour",
        "https://blog.example.org/music/spirited-away/",
        """Joe Hisaishi’s score for Spirited Away opens with a single piano, and within eight bars it has told
you everything about the film. One Summer’s Day is the track that everybody knows, but the record is
full of quieter wonders: the strings of Procession of the Spirits, the percussion of The Bathhouse,
the long melody of The Sixth Station.

I have played this album more than any other soundtrack I own. The new vinyl edition sounds superb,
the pressing is quiet, and the sleeve reproduces the watercolours of the film. The orchestra is
recorded with great warmth, and every instrument has room.

If you love film music, this is essential. 5/5""",
    ),
    "a programme": (
        "What’s on at the Corinth this week",
        "https://blog.example.org/whats-on/",
        """Friday: Night Post (15). A widow sorts letters at night in Anna Holm’s beautiful drama, starring
Anna Weber. Doors 7 pm.

Saturday: Spirited Away (PG). Hayao Miyazaki’s masterpiece about a girl in a bathhouse of the gods
returns to the big screen in a new print. A wonderful film for all ages.

Sunday: Heat (15). Michael Mann’s great crime film with Al Pacino and Robert De Niro. Three hours,
one diner, no wasted shot. Book early: the last screening sold out.""",
    ),
    "a quiz": (
        "Can you name these ten films from one frame?",
        "https://blog.example.org/quiz/",
        """Think you know your movies? Below are ten frames from ten famous films of the nineties. Some are
easy, some are fiendish, and one is a trick. Write down your answers and scroll to the bottom of the
page for the solutions. No cheating!

The best score in our office was eight. Our editor, who claims to have seen every film with Tom
Hanks in it, got three. Good luck.""",
    ),
    "an obituary": (
        "Rutger Hauer, 1944–2019",
        "https://blog.example.org/2019/07/hauer/",
        """Rutger Hauer, the Dutch actor who played the replicant Roy Batty in Blade Runner, has died at the
age of 75. His most famous speech, the tears in rain monologue, was partly written by himself the
night before shooting. It remains one of the most beautiful death scenes in the history of cinema.

Hauer began with Paul Verhoeven in Turkish Delight, still the most seen Dutch film ever made. In
Hollywood he was the terrifying hitchhiker in The Hitcher and a knight under a curse in Ladyhawke.
He made many bad films and was never bad in any of them.

He is survived by his wife Ineke and his daughter Aysha.""",
    ),
    "predictions": (
        "My Oscar predictions",
        "https://blog.example.org/oscars/",
        """It is that time of the year again. For best picture I predict La La Land, although Moonlight is the
better film and I would love to be wrong. Damien Chazelle will win best director; his musical is
technically brilliant and the Academy loves films about Hollywood. Best actor is a race between
Casey Affleck and Denzel Washington, and I think Affleck’s quiet performance in Manchester by the
Sea will take it.

Emma Stone wins best actress. Viola Davis wins best supporting actress, and nobody will complain.
Best animated film: Zootopia. Best song: City of Stars, sadly.""",
    ),
    "entries under a tag": (
        "Posts tagged: film",
        "https://blog.example.org/tag/film/",
        """Night Post. A widow sorts letters at night, and the director films her hands as if they were faces.
It is a beautiful film, although its last act is too long. Continue reading.

Harbour Lights. I went in with no expectations and came out in tears. The actors are superb.
Continue reading.

The Long Table. A film about cooks, and the best thing I have seen this year. Continue reading.""",
    ),
    "a series": (
        "The Bear",
        "https://blog.example.org/tv/the-bear/",
        """The Bear is about a chef who comes home to run his dead brother’s sandwich shop, and it is the most
stressful half hour you can spend in front of a screen. Jeremy Allen White is superb as Carmy, and
the camera never leaves the kitchen. I watched all eight episodes in one night.

The finale of the first season is a little too neat, but the seventh episode, shot in one take, is a
masterpiece. The writing is sharp and the actors talk over each other as people do. I cannot wait
for the second season.""",
    ),
    "an animated series": (
        "Frieren review",
        "https://blog.example.org/frieren/",
        """Frieren: Beyond Journey’s End begins where other fantasy ends. The demon king is dead, the heroes go
home, and the elf Frieren, who will live for a thousand years, finds that her friends have grown
old. Over twenty-eight episodes the anime takes its time, and I loved every minute.

The animation is gorgeous, the score by Evan Call is moving, and the characters grow on you. Some
arcs in the second cour are weaker, but the exam episodes are great fun. 9/10""",
    ),
    "a game": (
        "Alien: Isolation",
        "https://blog.example.org/alien-isolation/",
        """Alien: Isolation is the best thing to carry that name since the first film. You play Amanda Ripley,
and you hide. The creature learns, the lockers creak, and the motion tracker’s light gives you away.
I played it on hard, with headphones, and I would not do it again.

The game looks like the 1979 movie, down to the buttons and the cassette tapes. It is too long, by
four hours or so, and the androids are a chore. But no other horror game has scared me like this.
8/10""",
    ),
    "a play": (
        "The Lehman Trilogy",
        "https://blog.example.org/lehman/",
        """Three actors, one glass box and a hundred and fifty years of American money. Sam Mendes directs, and
for more than three hours the stage at the National turns slowly while the brothers Lehman sell
cotton, then coffee, then nothing at all. Simon Russell Beale is wonderful as Henry, and as a
blushing bride.

The play is long and has a soft spot for its bankers. But the production is beautiful, the piano is
live, and the audience stood at the end. Until October; tickets from £20.""",
    ),
    "an announcement": (
        "Night Post now on Netflix",
        "https://blog.example.org/news/night-post-netflix/",
        """Good news for those who missed Anna Holm’s wonderful Night Post in cinemas: the film is streaming on
Netflix from today. Anna Weber stars as a widow who sorts letters at night, and her performance was
nominated for three awards last year. The movie also stars Karl Otto and runs 97 minutes.

Will you be watching? Let us know in the comments.""",
    ),
    "notes of a podcast": (
        "Episode 112: Night Post",
        "https://blog.example.org/podcast/112/",
        """This week Mia and Karl talk about Night Post, the new film by Anna Holm. Is it the best film of the
year, or just the slowest? Mia loved Anna Weber’s performance, Karl fell asleep. They also discuss
letters in cinema, the ten best films about the post, and answer listener mail.

Subscribe on iTunes or wherever you get your podcasts. Show notes: the trailer for Night Post,
Holm’s first film, the poem that Karl reads at the end.""",
    ),
    "films to come": (
        "Movies I want to see this autumn",
        "https://blog.example.org/autumn-movies/",
        """Night Post. Anna Holm’s first film was superb, so I can’t wait for this. Out on 3 October.

Harbour Lights. The trailer looks beautiful and Karl Otto is always good. Out on 10 October.

The Long Table. Everybody who saw it in Venice loved it. I hope it comes here at all.""",
    ),
}


@pytest.mark.parametrize("category", ["", '<div><a rel="category tag" href="/category/film/">Film</a></div>'])
@pytest.mark.parametrize("what", PAGES)
def test_a_page_that_reviews_no_film(what, category):
    headline, url, text = PAGES[what]
    paragraphs = "".join(f"<p>{paragraph}</p>" for paragraph in text.split("\n\n"))
    found = parse(
        f"""<html lang="en"><head><title>{headline} | Corner Seat</title></head><body><header><a href="/">Corner
        Seat</a></header><article>{category}<h1>{headline}</h1><p class="meta">By Mia Torres</p>{paragraphs}
        </article><footer>© 2024</footer></body></html>""",
        url,
    )
    assert found.page_type not in (PageType.REVIEW, PageType.ROUNDUP)
    assert found.reviews == []
