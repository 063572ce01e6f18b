"""Pages in the encodings of twenty-five years, declared rightly, wrongly and not at all."""

from __future__ import annotations

import codecs
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawlers.decoding import codec_of, decoded
from schema.items import Page

WORDS = {
    "utf-8": "Цена – 価格 – τιμή", "windows-1252": "Preis – “für” zwölf €", "iso-8859-1": "prix – l’été “à” 3 €", "iso-8859-2": "žluťoučký kůň", "iso-8859-5": "Цена",
    "iso-8859-7": "τιμή", "iso-8859-8": "מחיר", "iso-8859-8-i": "מחיר", "iso-8859-9": "fiyatı şöyle", "iso-8859-15": "prix 3 €", "tis-620": "ราคา", "windows-874": "ราคา…",
    "windows-1250": "cena „źdźbło”", "windows-1251": "Цена — «дорого»", "cp1251": "Цена", "windows-1253": "τιμή €", "windows-1254": "şöyle €", "windows-1255": "מחיר ₪",
    "windows-1256": "السعر", "windows-1257": "kainą šįmet", "windows-1258": "giá đ", "koi8-r": "Цена", "koi8-u": "Ціна", "ibm866": "Цена", "macintosh": "“prix” é", "x-mac-cyrillic": "Цена",
    "gb2312": "价格与市场", "gbk": "價格與市場", "gb18030": "价格𠀀", "big5": "價格與市場", "euc-jp": "価格と市場①", "shift_jis": "価格と市場①", "x-sjis": "ｶｶｸ", "iso-2022-jp": "価格と市場",
    "euc-kr": "가격과 시장", "ks_c_5601-1987": "가격 똠방각하",
}


def page(body: bytes, content_type: str = "", url: str = "http://blog.example/") -> Page:
    return Page(url, body, datetime(2009, 10, 14, tzinfo=UTC), (("content-type", content_type),) if content_type else ())


def encoded(label: str) -> bytes:
    codec = codec_of(label)
    return WORDS[label].encode("euc_jis_2004" if codec == "euc_jp" else codec)


@pytest.mark.parametrize("label", WORDS)
def test_a_declared_encoding_is_read_from_header_and_page(label: str) -> None:
    body = encoded(label)
    assert decoded(page(b"<p>" + body, f"text/html; charset={label}")) == f"<p>{WORDS[label]}"
    for declaration in (f'<meta charset="{label}">', f"<META http-equiv=Content-Type content='text/html; charset={label.upper()}'>", f'<?xml version="1.0" encoding="{label}"?>'):
        assert decoded(page(declaration.encode() + body)).endswith(WORDS[label])


@pytest.mark.parametrize(("content_type", "start", "words", "codec"), [
    pytest.param("text/html; charset=utf-8", '<meta charset="windows-1251">', "Цена", "utf-8", id="the header wins"),
    pytest.param('text/html; charset="windows-1251"', '<meta charset="utf-8">', "Цена", "cp1251", id="in quotes, too"),
    pytest.param("text/html; charset=nonsense", '<meta charset="windows-1251">', "Цена", "cp1251", id="a header nobody knows is passed over"),
    pytest.param("", '<meta charset="nonsense">', "Цена", "utf-8", id="a declaration nobody knows is passed over"),
    pytest.param("", '<!-- <meta charset="koi8-r"> --><meta charset="windows-1251">', "Цена", "cp1251", id="a comment declares nothing"),
    pytest.param("", '<meta charset="utf-16">', "Цена", "utf-8", id="what can be read is not UTF-16"),
    pytest.param("", '<meta charset="x-user-defined">', "é", "cp1252", id="x-user-defined"),
    pytest.param("", '<meta charset="iso-8859-1">', "“é”", "cp1252", id="Latin-1 is Windows' own"),
    pytest.param("", "<head>" + "<link rel='x'>" * 900 + '<meta charset="windows-1251">', "Цена", "cp1251", id="a declaration far down"),
    pytest.param("", '<html lang="ru">', "Цена", "cp1251", id="by language"),
    pytest.param("", '<html dir="ltr" lang="pl-PL">', "źdźbło", "iso8859-2", id="by language with a country"),
    pytest.param("", '<html lang="zh-TW">', "價格", "big5hkscs", id="by the country of a language"),
    pytest.param("", '<html lang="ja">', "価格と市場", "euc_jp", id="one of the two Japanese ones"),
    pytest.param("", '<html lang="ja">', "価格と市場", "cp932", id="or the other"),
    pytest.param("", "", "価格と市場", "iso2022_jp", id="by its escapes"),
    pytest.param("", '<html lang="ru">', "Цена", "utf-8", id="UTF-8 before the language"),
    pytest.param("", "", "für", "cp1252", id="nothing at all"),
])
def test_contradictions_and_silence_end_as_in_a_browser(content_type: str, start: str, words: str, codec: str) -> None:
    assert decoded(page(start.encode() + words.encode(codec), content_type)).endswith(words)


@pytest.mark.parametrize(("url", "words", "codec"), [
    ("http://blog.example.ru/", "Цена", "cp1251"), ("http://blog.example.jp/", "価格と市場", "cp932"), ("http://blog.co.kr/", "가격", "cp949"), ("http://x.gr", "τιμή", "iso8859-7"),
])
def test_a_country_has_its_own_habits(url: str, words: str, codec: str) -> None:
    assert decoded(page(words.encode(codec), url=url)) == words


@pytest.mark.parametrize(("body", "text"), [
    (codecs.BOM_UTF8 + "ж".encode(), "ж"), (codecs.BOM_UTF16_LE + "ж".encode("utf-16-le"), "ж"), (codecs.BOM_UTF16_BE + "ж".encode("utf-16-be"), "ж"),
])
def test_a_byte_order_mark_wins_over_everything(body: bytes, text: str) -> None:
    assert decoded(page(body, "text/html; charset=koi8-r")) == text


@pytest.mark.parametrize(("content_type", "body", "text"), [
    ("text/html; charset=windows-1252", b"a\x81b", "a\x81b"), ("text/html; charset=windows-1253", b"\xd2", "\ufffd"), ("text/html; charset=utf-8", b"a\xe9b", "a\ufffdb"),
    ("", "für ".encode() * 20 + b"\xc3", "für " * 20 + "\ufffd"),
])
def test_what_means_nothing_is_marked_as_such(content_type: str, body: bytes, text: str) -> None:
    assert decoded(page(body, content_type)) == text


@given(st.binary(max_size=200), st.sampled_from(["", *WORDS, "nonsense"]), st.sampled_from(["http://x.ru/", "http://[", "file:a.html"]))
def test_any_bytes_are_text_in_any_encoding(body: bytes, label: str, url: str) -> None:
    assert isinstance(decoded(page(body, f"text/html; charset={label}", url)), str)
