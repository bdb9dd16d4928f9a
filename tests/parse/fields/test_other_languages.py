"""Whole reviews in languages that pages with English templates are written in."""

import pytest

from aggregator.parse import parse

FI = """<p>Elokuva alkaa junasta lumessa, eikä ohjaaja päästä meitä sieltä kahteen tuntiin juuri minnekään. Näyttelijät
ovat erinomaisia, ennen kaikkea vanha konduktööri, ja kamera löytää tilaa sieltäkin, missä sitä ei ole.</p><p>Se
on kaunis elokuva, keskeltä hidas ja lopussa hyvin koskettava. Käsikirjoitus luottaa hiljaisuuteen, musiikki
valitettavasti ei. Silti elokuva on lippunsa arvoinen.</p>"""
ID = """<p>Film ini dibuka dengan sebuah kereta di tengah salju, dan sutradara hampir tidak membiarkan kita keluar
selama dua jam. Para pemainnya sangat bagus, terutama kondektur tua itu, dan kamera menemukan ruang di tempat
yang tidak ada.</p><p>Ini film yang indah, lambat di tengah dan sangat mengharukan di akhir. Naskahnya percaya
pada keheningan, musiknya sayangnya tidak. Namun film ini tetap layak ditonton.</p>"""
TR = """<p>Film karda bir trenle açılıyor ve yönetmen bizi iki saat boyunca oradan neredeyse hiç çıkarmıyor. Oyuncular
çok iyi, özellikle yaşlı kondüktör, ve kamera yer olmayan yerde bile yer buluyor.</p><p>Güzel bir film, ortada
yavaş ama sonunda çok dokunaklı. Senaryo sessizliğe güveniyor, müzik ise ne yazık ki güvenmiyor. Yine de bilet
parasına değer.</p>"""
HU = """<p>A film egy hóban haladó vonattal kezdődik, és a rendező két órán át alig enged ki bennünket belőle. A
színészek kiválóak, különösen az öreg kalauz, és a kamera ott is talál helyet, ahol nincsen.</p><p>Szép film, a
közepén lassú és a végén nagyon megható. A forgatókönyv bízik a csendben, a zene sajnos nem. De azért megéri a
jegy árát.</p>"""
PAGES = {
    "fi": (
        FI,
        "<p>Jukka Virtanen, 3.3.2012</p><p>Ohjaus: Carl Ott<br>Pääosissa: Ana Ruiz, Jon Holm<br>Kesto: 114 min</p>",
        "Arvosana: 4/5",
        ["Jukka Virtanen"],
    ),
    "id": (
        ID,
        "<p>Oleh Budi Santoso, 3 Maret 2012<p>Sutradara: Carl Ott<br>Pemain: Ana Ruiz, Jon Holm<br>Durasi: 114 menit",
        "Nilai: 4/5",
        ["Budi Santoso"],
    ),
    "tr": (
        TR,
        "<p>3 Mart 2012 - Ayşe Demir</p><p>Yönetmen: Carl Ott<br>Oyuncular: Ana Ruiz, Jon Holm<br>Süre: 114 dk</p>",
        "Puan: 4/5",
        ["Ayşe Demir"],
    ),
    "hu": (
        HU,
        "<p>Kovács Éva, 2012. március 3.<p>Rendező: Carl Ott<br>Szereplők: Ana Ruiz, Jon Holm<br>Játékidő: 114 perc",
        "Értékelés: 4/5",
        ["Kovács Éva"],
    ),
}


@pytest.mark.parametrize("code", PAGES)
def test_a_page_says_all_that_it_says_in_its_own_language(code):
    body, head, rating, critics = PAGES[code]
    page = parse(
        "<html lang=en><head><title>Night Train (2011) | Late Row</title></head><body><article>"
        f"<h1>Night Train (2011)</h1>{head}{body}<p>{rating}</p></article></body></html>",
        profile=False,
    )
    (review,) = page.reviews
    assert page.language == code
    assert (review.film.title, review.film.year, review.published) == ("Night Train", 2011, "2012-03-03")
    assert review.critics == critics
    assert [(credit.role, credit.name) for credit in review.credits] == [
        ("director", "Carl Ott"),
        ("cast", "Ana Ruiz"),
        ("cast", "Jon Holm"),
    ]
    assert review.runtime_minutes == 114
    assert (review.rating.value, review.rating.best) == (4, 5)
