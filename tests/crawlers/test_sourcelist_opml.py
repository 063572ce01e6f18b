from __future__ import annotations

import pytest

from crawlers.sourcelist_entry import Damaged, Row
from crawlers.sourcelist_opml import read


def opml(body: str, declaration: str = '<?xml version="1.0" encoding="UTF-8"?>') -> str:
    return f'{declaration}\n<opml version="2.0"><head><title>mine</title></head><body>\n{body}\n</body></opml>'


def rows(body: str) -> list[Row]:
    return [row for row in read(opml(body)) if isinstance(row, Row)]


def test_folders_are_strata_however_deep() -> None:
    found = rows("""<outline text="Trade"><outline title="Shops" text="x">
<outline text="Till &amp; Co" type="rss" xmlUrl="https://till.example/feed" htmlUrl="https://till.example/"/>
</outline></outline><outline text="Alone" xmlUrl="https://alone.example/feed"/>""")
    assert found == [
        Row(4, {"url": "https://till.example/", "stratum": "Trade / Shops"}, "https://till.example/feed", "Till & Co"),
        Row(5, {"url": "https://alone.example/feed"}, "https://alone.example/feed", "Alone"),
    ]


ATTRIBUTES = [
    ('xmlurl="https://a.example/feed" htmlurl="https://a.example/"', "https://a.example/"),
    ('XMLURL="https://a.example/feed"', "https://a.example/feed"),
    ('type="link" url="https://a.example/"', "https://a.example/"),
    ('xmlUrl="https://a.example/feed" htmlUrl=""', "https://a.example/feed"),
    ('xmlUrl="https://a.example/feed" htmlUrl="about:blank"', "https://a.example/feed"),
    ('xmlUrl="feed://a.example/feed"', "http://a.example/feed"),
    ('xmlUrl="feed:https://a.example/feed"', "https://a.example/feed"),
]


@pytest.mark.parametrize(("attributes", "url"), ATTRIBUTES)
def test_the_spellings_of_several_readers_are_understood(attributes: str, url: str) -> None:
    [row] = rows(f"<outline text='A' {attributes}/>")
    assert row.fields["url"] == url


def test_a_category_stands_for_a_missing_folder() -> None:
    [row] = rows('<outline text="A" category="/Trade/Shops,/Other" xmlUrl="https://a.example/feed"/>')
    assert row.fields["stratum"] == "Trade / Shops"


def test_a_folder_without_subscriptions_is_nothing() -> None:
    assert rows('<outline text="empty"/><outline text="empty, too"><outline text="note"/></outline>') == []


@pytest.mark.parametrize("kind", ["rss", "RSS", "atom"])
def test_a_subscription_without_an_address_is_refused_in_its_line_and_a_folder_is_none(kind: str) -> None:
    [row, inside] = rows(f'<outline text="A" type="{kind}"/>\n<outline text="B" type="{kind}"><outline text="C" xmlUrl="https://c.example/feed"/></outline>')
    assert (row.line, row.problem, row.suggested_name) == (3, "There is no address (xmlUrl or htmlUrl).", "A")
    assert (inside.problem, inside.suggested_name) == ("", "C")


ATTACKS = [
    '<!DOCTYPE opml [<!ENTITY a "x"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">]>',
    '<!DOCTYPE opml [<!ENTITY secret SYSTEM "file:///etc/passwd">]>',
    '<!DOCTYPE opml [<!entity % remote SYSTEM "http://127.0.0.1:9/x.dtd"> %remote;]>',
]


@pytest.mark.parametrize("declaration", ATTACKS)
def test_a_file_that_defines_entities_is_not_read(declaration: str) -> None:
    with pytest.raises(Damaged, match="entities"):
        list(read(opml('<outline text="&secret;" xmlUrl="https://a.example/&b;"/>', declaration)))


def test_a_document_type_from_outside_is_not_fetched() -> None:
    found = list(read(opml('<outline text="A" xmlUrl="https://a.example/feed"/>', '<!DOCTYPE opml SYSTEM "http://127.0.0.1:9/opml.dtd">')))
    assert len(found) == 1


@pytest.mark.parametrize(("written", "name"), [("Till & Co", "Till & Co"), ("Till &amp; Co", "Till & Co"), ("Caf&eacute;&nbsp;A&B;", "Café\xa0A&B;"), ("&#67;afe &lt;3", "Cafe <3")])
def test_ampersands_that_somebody_forgot_to_escape_and_names_of_html_are_mended(written: str, name: str) -> None:
    [row] = rows(f'<outline text="{written}" xmlUrl="https://a.example/feed?a=1&b=2"/>')
    assert (row.suggested_name, row.fields["url"]) == (name, "https://a.example/feed?a=1&b=2")


def test_what_comes_before_a_damage_is_given_and_the_damage_told() -> None:
    reading = read('<opml><body><outline text="A" xmlUrl="https://a.example/feed"/><outline text="B')
    assert next(reading) == Row(1, {"url": "https://a.example/feed"}, "https://a.example/feed", "A")
    with pytest.raises(Damaged, match="what could be read"):
        list(reading)


@pytest.mark.parametrize("text", ["", "no XML", "<html><body>Not found</body></html>", '<?xml version="1.0"?><rss version="2.0"><channel/></rss>'])
def test_what_is_no_opml_is_told(text: str) -> None:
    with pytest.raises(Damaged, match="is no OPML"):
        list(read(text))
