"""Places of values: what a locator says can be looked up again in the page's tree."""

from lxml import etree

from aggregator.parse.candidate import Place

PAGE = "<html><body><p>a<o:p>x</o:p><o:p><b>y</b></o:p></p><st1:city>z</st1:city></body></html>"


def test_every_element_is_found_again_by_its_locator():
    root = etree.fromstring(PAGE, etree.HTMLParser())
    for node in root.iter(etree.Element):
        assert root.xpath(Place(node).locator()) == [node]


def test_a_span_stands_behind_the_path():
    root = etree.fromstring(PAGE, etree.HTMLParser())
    assert Place(root[0][0], 2, 5).locator() == "/html/body/p text:2-5"
