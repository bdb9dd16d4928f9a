"""Language tables: whole, consistent, and able to tell the languages apart."""

import re
import subprocess
import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aggregator.errors import ConfigError
from aggregator.notation.languages import (
    SECTIONS,
    all_languages,
    alternation,
    chosen,
    codes,
    detect,
    fold,
    fold_label,
    label_roles,
    load,
    number_words,
    pattern,
    words,
)

PARAGRAPHS = {
    "en": "The house stands at the end of a lane that nobody seems to use. When the sisters arrive, they find a table "
    "laid for three and a clock that has stopped, and from there the film takes its time. It is not a thriller, "
    "although it could have been one, and its quiet is what stays with you.",
    "de": "Das Haus steht am Ende eines Weges, den offenbar niemand mehr benutzt. Als die Schwestern ankommen, finden "
    "sie einen Tisch, der für drei gedeckt ist, und eine Uhr, die nicht mehr geht. Von da an nimmt sich der Film "
    "Zeit. Er ist kein Thriller, obwohl er einer hätte werden können, und es ist die Stille, die bleibt.",
    "fr": "La maison se trouve au bout d'un chemin que plus personne ne semble emprunter. Quand les sœurs arrivent, "
    "elles découvrent une table dressée pour trois et une horloge arrêtée, et c'est là que le film prend son temps. "
    "Ce n'est pas un thriller, même s'il aurait pu l'être, et c'est son silence qui reste avec nous.",
    "es": "La casa está al final de un camino que ya nadie parece usar. Cuando las hermanas llegan, encuentran una "
    "mesa puesta para tres y un reloj que se ha parado, y desde ahí la película se toma su tiempo. No es un thriller, "
    "aunque pudo haberlo sido, y lo que queda con nosotros es su silencio.",
    "pt": "A casa fica no fim de um caminho que já ninguém parece usar. Quando as irmãs chegam, encontram uma mesa "
    "posta para três e um relógio que parou, e a partir daí o filme não tem pressa. Não é um thriller, embora "
    "pudesse ter sido, e o que fica connosco é o seu silêncio.",
    "it": "La casa si trova alla fine di una strada che nessuno sembra più usare. Quando le sorelle arrivano, trovano "
    "una tavola apparecchiata per tre e un orologio che si è fermato, e da lì il film si prende il suo tempo. Non è "
    "un thriller, anche se avrebbe potuto esserlo, ed è il suo silenzio che resta con noi.",
    "nl": "Het huis staat aan het eind van een weg die niemand meer lijkt te gebruiken. Als de zussen aankomen, vinden "
    "ze een tafel die voor drie is gedekt en een klok die stilstaat, en vanaf daar neemt de film de tijd. Het is geen "
    "thriller, al had het er een kunnen zijn, en het is de stilte die je bijblijft.",
    "sv": "Huset ligger i slutet av en väg som ingen längre verkar använda. När systrarna kommer fram hittar de ett "
    "bord som är dukat för tre och en klocka som har stannat, och därifrån tar filmen god tid på sig. Det är inte en "
    "thriller, även om det kunde ha blivit en, och det är tystnaden man minns.",
    "pl": "Dom stoi na końcu drogi, której nikt już chyba nie używa. Kiedy siostry przyjeżdżają, zastają stół nakryty "
    "dla trzech osób i zegar, który się zatrzymał, i od tej chwili film się nie spieszy. To nie jest thriller, choć "
    "mógłby nim być, a to, co z nami zostaje, to jego cisza.",
    "ru": "Дом стоит в конце дороги, по которой, кажется, больше никто не ходит. Когда сёстры приезжают, они находят "
    "стол, накрытый на троих, и часы, которые остановились, и дальше фильм никуда не торопится. Это не триллер, хотя "
    "мог бы им быть, и запоминается в нём тишина.",
    "ja": "その家は、もう誰も使っていないらしい道の果てに立っている。姉妹が着くと、三人分の食卓が整えられ、"
    "時計は止まったままだ。そこから映画はゆっくりと進んでいく。スリラーにもなれたはずだが、そうはならない。"
    "最後に心に残るのは、その静けさである。",
    "ko": "그 집은 이제 아무도 다니지 않는 듯한 길 끝에 서 있다. 자매가 도착하면 세 사람을 위해 차려진 식탁과 "
    "멈춰 버린 시계가 있고, 영화는 거기서부터 서두르지 않는다. 스릴러가 될 수도 있었지만 그러지 않았고, "
    "마음에 남는 것은 고요함이다.",
    "da": "Huset ligger for enden af en vej, som ingen længere ser ud til at bruge. Da søstrene kommer frem, "
    "finder de et bord, der er dækket til tre, og et ur, der er gået i stå, og derfra tager filmen sig "
    "god tid. Det er ikke en thriller, selv om den kunne have været det, og det er stilheden, man husker "
    "bagefter.",
    "no": "Huset ligger ved enden av en vei som ingen lenger ser ut til å bruke. Når søstrene kommer fram, "
    "finner de et bord som er dekket for tre, og en klokke som har stoppet, og derfra tar filmen seg god "
    "tid. Det er ikke en thriller, selv om den kunne ha vært det, og det er stillheten man husker.",
    "zh": "那座房子坐落在一条似乎已经没有人走的路的尽头。姐妹俩到达时，桌上摆好了三个人的餐具，钟却停了，"
    "电影就从这里慢慢展开。它本来可以是一部惊悚片，但它不是，最后留在我们心里的是它的安静。",
    "cs": "Dům stojí na konci cesty, kterou už zřejmě nikdo nepoužívá. Když sestry přijedou, najdou stůl "
    "prostřený pro tři a hodiny, které se zastavily, a od té chvíle si film dává na čas. Není to "
    "thriller, i když jím mohl být, a to, co v nás zůstane, je jeho ticho.",
    "tr": "Ev, artık kimsenin kullanmadığı bir yolun sonunda duruyor. Kız kardeşler vardığında üç kişilik "
    "hazırlanmış bir masa ve durmuş bir saat bulurlar ve film oradan itibaren acele etmez. Bu bir gerilim"
    " filmi değil, olabilirdi ama değil, ve bizimle kalan şey onun sessizliğidir.",
    "fi": "Talo on tien päässä, jota kukaan ei enää näytä käyttävän. Kun sisarukset saapuvat, he löytävät kolmelle "
    "katetun pöydän ja kellon, joka on pysähtynyt, ja siitä lähtien elokuva ei pidä kiirettä. Se ei ole trilleri, "
    "vaikka olisi voinut olla, ja mieleen jää ennen kaikkea sen hiljaisuus, joka on myös hyvin kaunis.",
    "id": "Rumah itu berdiri di ujung jalan yang tampaknya tidak lagi dipakai oleh siapa pun. Ketika kedua saudari itu "
    "tiba, mereka menemukan meja untuk tiga orang dan sebuah jam yang sudah berhenti, dan sejak itu film ini tidak "
    "terburu-buru. Ini bukan film thriller, meskipun bisa saja, dan yang tinggal bersama kita adalah sunyinya.",
    "hu": "A ház egy olyan út végén áll, amelyet már senki sem használ. Amikor a nővérek megérkeznek, három "
    "személyre terített asztalt találnak és egy órát, amely megállt, és onnantól a film nem siet sehová. Ez nem "
    "thriller, pedig lehetett volna az, és ami velünk marad, az a csendje.",
}


NEIGHBOURS = {
    "ca": "La casa és al final d'un camí que ja ningú no sembla fer servir. Quan les germanes arriben, troben "
    "una taula parada per a tres i un rellotge que s'ha aturat, i a partir d'aquí la pel·lícula es pren "
    "el seu temps. No és un thriller, encara que ho hauria pogut ser, i el que queda amb nosaltres és el "
    "seu silenci.",
    "gl": "A casa está ao final dun camiño que xa ninguén parece usar. Cando as irmás chegan, atopan unha mesa "
    "posta para tres e un reloxo que parou, e desde aí o filme tómase o seu tempo. Non é un thriller, "
    "aínda que puido selo, e o que queda connosco é o seu silencio.",
    "uk": "Будинок стоїть у кінці дороги, якою, здається, більше ніхто не ходить. Коли сестри приїжджають, вони"
    " знаходять стіл, накритий на трьох, і годинник, що зупинився, і далі фільм нікуди не поспішає. Це не"
    " трилер, хоча міг би ним бути, і запам'ятовується його тиша.",
    "bg": "Къщата стои в края на път, по който сякаш вече никой не минава. Когато сестрите пристигат, намират "
    "маса, наредена за трима, и часовник, който е спрял, и оттам нататък филмът не бърза за никъде. Това "
    "не е трилър, макар че можеше да бъде, и онова, което остава с нас, е тишината му.",
    "ro": "Casa se află la capătul unui drum pe care nimeni nu pare să-l mai folosească. Când surorile ajung, "
    "găsesc o masă pusă pentru trei și un ceas care s-a oprit, iar de acolo filmul nu se grăbește. Nu "
    "este un thriller, deși ar fi putut fi, iar ceea ce rămâne cu noi este tăcerea lui.",
    "af": "Die huis staan aan die einde van 'n pad wat niemand meer lyk te gebruik nie. Toe die susters daar "
    "aankom, vind hulle 'n tafel wat vir drie gedek is en 'n horlosie wat gaan staan het, en van daar af "
    "neem die film sy tyd. Dit is nie 'n riller nie, al kon dit een gewees het.",
}


def test_there_is_a_table_for_each_language_we_promise():
    assert set(PARAGRAPHS) <= set(codes())


@pytest.mark.parametrize("code", codes())
def test_tables_are_whole(code):
    language, model = load(code), load("en")
    assert len(language.months) == 12
    assert all(language.months)
    assert len(language.weekdays) >= 7
    assert language.order in ("DMY", "MDY", "YMD", "")
    assert len(language.stopwords) >= 40
    for unit in ("minute", "hour", "day", "week", "month", "year", "today", "yesterday"):
        assert language.relative[unit], unit
    assert language.relative.get("ago") or language.relative.get("before")
    for section in SECTIONS:
        assert set(model.tables[section]) <= set(language.tables[section]), section
    for key, value in language.tables["labels"].items():
        assert value, key


@pytest.mark.parametrize("code", codes())
def test_words_are_kept_folded(code):
    """A word that is not folded would never be met, since texts are folded before they are compared."""
    language = load(code)
    for section in SECTIONS:
        for key, values in language.tables[section].items():
            assert [w for w in values if w != fold(w)] == [], (section, key)
            assert len(values) == len(set(values)), (section, key)
    assert [w for names in language.months for w in names if w != fold(w)] == []
    assert [w for w in language.weekdays if w != fold(w)] == []


@pytest.mark.parametrize("code", sorted(PARAGRAPHS))
def test_a_short_paragraph_shows_its_language(code):
    assert detect(PARAGRAPHS[code]) == code


@pytest.mark.parametrize("code", sorted(PARAGRAPHS))
@pytest.mark.parametrize("declared", ["en", "fr", "xx", "pt-BR", ""])
def test_a_wrong_declaration_changes_nothing(code, declared):
    assert detect(PARAGRAPHS[code], declared) == code


@pytest.mark.parametrize("code", sorted(set(PARAGRAPHS) - {"ja", "zh", "ko", "ru"}))
def test_a_film_title_in_another_language_changes_nothing(code):
    text = (
        PARAGRAPHS[code]
        + " The Lord of the Rings. Le Fabuleux Destin. Das Leben der Anderen. Mar adentro. 千と千尋の神隠し"
    )
    assert detect(text) == code


def test_each_sentence_half_is_never_taken_for_another_language():
    """Half a paragraph may be too little to tell, but must not be told wrongly."""
    for code, text in PARAGRAPHS.items():
        for part in (text[: len(text) // 2], text[len(text) // 2 :]):
            assert detect(part) in (code, None), part


@pytest.mark.parametrize("code", sorted(NEIGHBOURS))
def test_a_language_without_a_table_is_not_taken_for_its_neighbour(code):
    assert code not in codes(), "move this paragraph to PARAGRAPHS"
    for declared in (None, "xx", code):
        assert detect(NEIGHBOURS[code], declared) is None
        assert detect(NEIGHBOURS[code] * 5, declared) is None


def test_too_little_or_foreign_text_is_none():
    assert detect("") is None
    assert detect("A fine film.") is None
    assert detect("A fine film.", "en") is None
    assert detect("12 34 56 " * 100) is None
    greek = "Το σπίτι βρίσκεται στο τέλος ενός δρόμου που κανείς δεν φαίνεται να χρησιμοποιεί πια και η ταινία αργεί "
    assert detect(greek * 5) is None
    names = "Keira Knightley Andrew Garfield Carey Mulligan Charlotte Rampling Sally Hawkins Ella Purnell " * 4
    assert detect(names) is None


def test_the_declared_language_only_breaks_ties():
    tie = " ".join((PARAGRAPHS["es"] + " " + PARAGRAPHS["it"]).split())
    spoken = {detect(tie, declared) for declared in (None, "es", "it", "de")}
    assert spoken <= {None, "es", "it"}
    assert detect(tie, "de") == detect(tie)


@given(text=st.text(max_size=400), declared=st.none() | st.text(max_size=6))
def test_any_text_gives_a_known_code_or_none(text, declared):
    assert detect(text, declared) in {None, *codes()}


def test_labels_know_their_keys_and_false_friends():
    roles = label_roles()
    assert "director" in roles["directed by"]
    assert "director" in roles["regie"]
    assert "runtime" in roles["durée"]
    assert "cast" in label_roles("fr")["distribution"]
    assert "distributor" in label_roles("it")["distribuzione"]
    assert {"certificate", "rating"} <= set(label_roles("en")["rating"])
    assert "director" in roles["監督"]


def test_codes_with_a_region_and_unknown_codes():
    assert load("pt-BR") is load("pt")
    assert load("EN_us") is load("en")
    assert [language.code for language in chosen(["de", "xx", "de"])] == ["de"]
    assert len(chosen()) == len(all_languages()) == len(codes())
    with pytest.raises(ConfigError, match="xx"):
        load("xx")


def test_words_of_one_language_are_not_those_of_another():
    assert "directed by" in words("prose", "director", "en")
    assert "directed by" not in words("prose", "director", "de")
    assert number_words("de")["drei"] == 3
    assert number_words()["ten"] == 10


def test_folding_makes_texts_comparable():
    assert fold("  Réalisé\xa0PAR ") == "réalisé par"
    assert fold("Re\u0301alise\u0301 par") == "réalisé par"
    assert fold("Critic’s “Pick”") == 'critic\'s "pick"'
    assert fold_label("• Running Time :") == "running time"
    assert fold_label("監督：") == "監督"


def test_alternations_prefer_the_longest_and_accept_any_space_and_quote():
    found = re.search(alternation(["by", "directed by", "d'après"]), "directed  by X")
    assert found is not None
    assert found[0] == "directed  by"
    assert re.fullmatch(alternation(["d'après"]), "d’après")
    assert re.search(alternation([]), "anything") is None
    assert re.search(pattern("words", "reply", "en"), "reply")


def test_the_package_hands_out_every_reader_and_loads_it_only_when_asked():
    probe = (
        "import sys, aggregator.notation as n; before = 'aggregator.notation.dates' in sys.modules; "
        "n.parse_date; print(before, [getattr(n, x).__name__ for x in n.__all__] == n.__all__, hasattr(n, 'parse_x'))"
    )
    done = subprocess.run([sys.executable, "-c", probe], capture_output=True, text=True, check=True)
    assert done.stdout.split() == ["False", "True", "False"]


@given(st.lists(st.text("ab' éж映", min_size=1, max_size=6), min_size=1, max_size=8), st.text("ab' éж映", max_size=12))
def test_an_alternation_finds_what_its_words_find_one_by_one_longest_first(words, text):
    words = [" ".join(word.split()) for word in words if word.strip()]
    plain = sorted(set(words), key=len, reverse=True)
    one_by_one = "|".join(r"\s+".join(map(re.escape, word.split())).replace("'", "['’]") for word in plain) or "(?!)"
    assert re.findall(alternation(words), text) == re.findall(one_by_one, text)


def test_norwegian_is_known_by_the_codes_of_its_two_forms():
    assert load("nb-NO") is load("nn") is load("no")
    assert detect(PARAGRAPHS["no"], "nb-NO") == detect(PARAGRAPHS["no"], "da") == "no"


@pytest.mark.parametrize(
    ("code", "text"),
    [
        (
            "no",
            """Filmen er vakker, men siste akt er dessverre altfor lang. Jeg satt helt stille og tenkte på hva den kunne
            ha blitt, og det er noe av det beste som er laget her på mange år.""",
        ),
        (
            "no",
            """Det er ein fin film, og eg sat heilt stille. Skodespelarane er gode, men det blir noko for mykje ut av
            det, og ho som spelar mora, kjem ikkje til sin rett frå første stund.""",
        ),
        (
            "da",
            """Filmen er smuk, men sidste akt er desværre alt for lang. Jeg sad helt stille og tænkte på, hvad den kunne
            være blevet til, og det er noget af det bedste, der er lavet her i mange år.""",
        ),
        (
            "sv",
            """Filmen är vacker, men sista akten är tyvärr alldeles för lång. Jag satt helt stilla och tänkte på vad den
            kunde ha blivit, och det är något av det bästa som har gjorts här på många år.""",
        ),
    ],
)
def test_the_three_scandinavian_languages_are_told_apart_in_two_sentences(code, text):
    assert detect(text, "en") == code
    assert {detect(text, other) for other in ("no", "da", "sv")} == {code}


def test_the_turkish_capital_folds_to_a_plain_letter():
    assert fold("İzleyici") == "izleyici"
