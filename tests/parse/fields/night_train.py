"""A made-up review in two languages and the page around it, for tests of the forms that values come in."""

BODY = """<p>The film opens with a train in the snow, and the director hardly lets us out of it for two hours. The
cast is excellent, above all the old conductor, and the camera finds room where there is none.</p><p>It
is a beautiful film, slow in the middle and very moving at the end. The screenplay trusts silence, the
score does not, and I would have liked one song less. Still, a film worth the ticket.</p>"""
DE = """<p>Der Film beginnt mit einem Zug im Schnee, und der Regisseur lässt uns zwei Stunden lang kaum heraus.
Die Darsteller sind großartig, vor allem der alte Schaffner, und die Kamera findet Raum, wo keiner
ist.</p><p>Es ist ein schöner Film, in der Mitte langsam und am Ende sehr berührend. Das Drehbuch
vertraut der Stille, die Musik leider nicht. Trotzdem ein Film, der die Karte wert ist und den man nicht
vergisst.</p>"""


def page(title="Night Train (2011) review", head="", pre="", body=BODY, post="", tail="", header="", lang="en"):
    return (
        f"<html lang={lang}><head><title>{title} | Late Row</title>{head}</head><body><header class=site-header>"
        f"<a href=/>Late Row</a>{header}</header><article><h1>{title}</h1>{pre}{body}{post}</article>{tail}"
        "</body></html>"
    )
