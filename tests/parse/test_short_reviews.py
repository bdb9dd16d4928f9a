"""Film reviews of a few lines under headlines of many kinds: each is a review, of the film that it names."""

import pytest

from aggregator.parse import parse

REVIEWS = {
    "a title that the text never says": (
        "en",
        "Moon",
        """I went in knowing nothing and came out shaken. Sam Rockwell carries the whole movie on his back, and
the robot voice is perfect.

The sets look like they were made for a TV show in 1974, which I love. The twist comes early and the
movie is better for it. I cried a bit at the phone call. Watch this movie.""",
        ("Moon", None),
    ),
    "a sentence in small letters": (
        "en",
        "I finally watched Heat and it was great",
        """Everybody has been telling me for twenty years to watch Heat, and on Sunday I did. Three hours flew
by. The diner scene with Pacino and De Niro is as good as they say.

Michael Mann directs the street battle so that you can feel each shot. Heat is a film about work, in
the end. I loved it.""",
        ("Heat", None),
    ),
    "a German tagline": (
        "de",
        "Parasite – Die da unten",
        """Eine Familie faltet Pizzakartons im Keller, eine andere wohnt hinter Glas auf dem Hügel. In Parasite
lässt Bong Joon-ho beide aufeinander los, und das ist zuerst komisch und dann nicht mehr.

Der Film ist großartig gespielt, die Kamera weiß immer, wo oben ist. Nur das Ende ist ein wenig zu
lang. Parasite bleibt trotzdem der beste Film des Jahres.""",
        ("Parasite", None),
    ),
    "a German review": (
        "de",
        "Filmkritik: Das Leben der Anderen",
        """Ostberlin 1984. Ein Hauptmann sitzt auf dem Dachboden und hört einem Dichter beim Leben zu. Florian
Henckel von Donnersmarcks Film ist spannend und traurig, und Ulrich Mühe ist überragend.

Manches ist zu schön, um wahr zu sein. Sehenswert ist der Film allemal.""",
        ("Das Leben der Anderen", None),
    ),
    "a Spanish quotation": (
        "es",
        "Crítica de ‘Parásitos’: la casa tomada",
        """Una familia pobre se cuela poco a poco en la casa de una familia rica. Con esa premisa Bong Joon-ho
construye una película perfecta, divertida y terrible, que no da respiro.

El guion es un mecanismo de relojería y los actores están maravillosos. Me gustó mucho.""",
        ("Parásitos", None),
    ),
    "a Polish review": (
        "pl",
        "Recenzja filmu „Parasite”",
        """Biedna rodzina krok po kroku zajmuje dom bogatej. Bong Joon-ho nakręcił film, który zaczyna się jak
komedia, a kończy jak horror, i ani przez chwilę nie traci tempa.

Aktorzy są świetni, scenariusz precyzyjny, zdjęcia piękne. Najlepszy film roku.""",
        ("Parasite", None),
    ),
    "a Portuguese bar": (
        "pt",
        "Parasita (2019) | Crítica",
        """Uma família pobre entra aos poucos na casa de uma família rica. Bong Joon-ho fez um filme que começa
como comédia e termina como tragédia, e a direção é impecável.

O elenco é ótimo, o roteiro não tem sobras. Um dos melhores filmes da década.""",
        ("Parasita", 2019),
    ),
    "a Dutch review": (
        "nl",
        "Filmrecensie: Parasite",
        """Een arme familie dringt stap voor stap het huis van een rijke familie binnen. Bong Joon-ho maakt er
een film van die begint als komedie en eindigt als nachtmerrie.

Het acteerwerk is geweldig, het scenario zit als een klok in elkaar. Prachtig.""",
        ("Parasite", None),
    ),
    "a Japanese visit": (
        "ja",
        "『パラサイト 半地下の家族』を観た",
        """話題の韓国映画をようやく観た。半地下に暮らす一家が、丘の上の豪邸に一人ずつ入り込んでいく。
前半は笑えるのに、後半は息ができない。

ポン・ジュノ監督の演出は見事で、俳優も素晴らしい。ラストは少し長いと感じたけれど、とても面
白い映画だった。おすすめ。""",
        ("パラサイト 半地下の家族", None),
    ),
    "a Korean review": (
        "ko",
        "영화 <기생충> 후기",
        """반지하에 사는 가족이 언덕 위의 저택에 한 명씩 들어간다.
봉준호 감독의 영화는 코미디로 시작해서 전혀 다른 곳에서 끝난다.

배우들의 연기가 훌륭하고 각본이 정교하다. 정말 재미있게 봤다. 올해 최고의 영화라고 생각한다.""",
        ("기생충", None),
    ),
    "Chinese brackets": (
        "zh",
        "《寄生虫》：气味与阶级",
        """住在半地下室的一家人，一个接一个走进山坡上的豪宅。奉俊昊的这部电影开头是喜剧，结尾却让人说
不出话来。

演员的表演非常精彩，剧本像钟表一样精密。我很喜欢这部电影，值得一看。""",
        ("寄生虫", None),
    ),
    "Russian quotes": (
        "ru",
        "«Паразиты»: запах бедности",
        """Семья из полуподвала по одному проникает в дом богачей на холме. Фильм Пон Джун Хо начинается как
комедия, а заканчивается совсем иначе, и режиссёр ни разу не ошибается.

Актёры великолепны, сценарий точен. Очень сильное кино, рекомендую.""",
        ("Паразиты", None),
    ),
    "a running number": (
        "en",
        "Movie Review #45: The Thing",
        """It is cold and something is in the dog. John Carpenter's movie is the best monster film ever made,
and the effects by Rob Bottin still look better than anything since.

Kurt Russell has a great hat. The ending is perfect. I have seen it ten times.""",
        ("The Thing", None),
    ),
    "an anniversary": (
        "en",
        "The Thing (1982) – 40 years later",
        """It is cold and something is in the dog. John Carpenter's movie is the best monster film ever made,
and the effects by Rob Bottin still look better than anything since.

Kurt Russell has a great hat. The ending is perfect. I have seen The Thing ten times.""",
        ("The Thing", 1982),
    ),
    "stars before the title": (
        "en",
        "★★★★ Heat",
        """Michael Mann directs this long and beautiful crime movie with Al Pacino and Robert De Niro. The
robbery in the middle is the best scene of its kind.

I liked the wives less, who have little to do. But what a movie.""",
        ("Heat", None),
    ),
    "a question": (
        "en",
        "Is Tenet any good?",
        """I saw Tenet on Friday with a mask on, and I understood about half of it. Christopher Nolan's new
film runs forwards and backwards, sometimes in one shot, and the sound mix buries the dialogue.

John David Washington is charming, the car chase is superb, and Tenet is still too cold to love.""",
        ("Tenet", None),
    ),
    "a series and its part": (
        "en",
        "Star Wars: The Last Jedi",
        """Rian Johnson throws the lightsaber over his shoulder, and half the audience gasped. The Last Jedi is
the boldest film of the series, and the funniest.

The casino planet is weak. But the throne room fight is gorgeous, and Mark Hamill has never been
better. I loved The Last Jedi.""",
        ("Star Wars: The Last Jedi", None),
    ),
    "a part by its number": (
        "en",
        "Dune: Part Two",
        """The sand is louder this time. Denis Villeneuve has made a bigger film than the first, and in Austin
Butler it has a villain worth the screen. Dune was all beginning; this is the war.

Zendaya is superb. The film ends too abruptly, but I was overwhelmed, and I will see Dune again.""",
        ("Dune: Part Two", None),
    ),
    "a film called like a person": (
        "en",
        "Annie Hall",
        """Woody Allen looks into the camera and tells two jokes. Annie Hall is a comedy in pieces, and Diane
Keaton is wonderful in it. Annie drives badly, sings well and leaves.

The film is short and never stops moving. The lobsters are still funny. A classic.""",
        ("Annie Hall", None),
    ),
    "a date in place of the headline": (
        "en",
        "2020-08-28",
        """Tonight I saw Tenet with a mask on. Christopher Nolan's new film runs forwards and backwards,
sometimes in one shot, and the sound mix buries the dialogue.

John David Washington is charming, the car chase is superb. Tenet is too cold to love.""",
        ("Tenet", None),
    ),
    "a warning": (
        "en",
        "Tenet (spoilers!)",
        """Christopher Nolan's new film runs forwards and backwards, sometimes in one shot, and the sound mix
buries the dialogue. I understood about half of it.

John David Washington is charming, the car chase is superb. Tenet is too cold to love.""",
        ("Tenet", None),
    ),
    "a German noun": (
        "de",
        "Der Untergang",
        """Bruno Ganz spielt Hitler, und man sieht ihm dabei zu, wie die Welt unter ihm kleiner wird. Oliver
Hirschbiegels Film ist genau und lang, und er verlässt den Bunker selten.

Manche Szene ist schwer zu ertragen. Der Untergang ist trotzdem ein guter Film, weil er nichts
erklärt.""",
        ("Der Untergang", None),
    ),
}


@pytest.mark.parametrize("what", REVIEWS)
def test_a_short_review(what):
    lang, headline, text, wanted = REVIEWS[what]
    # lines of scripts without spaces are wrapped without one
    joint = "" if lang in ("ja", "zh") else " "
    paragraphs = "".join(f"<p>{joint.join(part.splitlines())}</p>" for part in text.split("\n\n"))
    found = parse(
        f"""<html lang="{lang}"><head><title>{headline} – Corner Seat</title></head><body><header><a href="/">Corner
        Seat</a></header><article><h1>{headline}</h1><p class="meta">By Mia Torres</p>{paragraphs}</article>
        <footer>© 2024</footer></body></html>""",
        "https://mia.example.org/posts/2020/some-thoughts/",
    )
    assert [(review.film.title, review.film.year) for review in found.reviews] == [wanted]
