"""Bytes to text as browsers do it: which encoding a page is in, and what each label means (https://encoding.spec.whatwg.org).

Byte order mark, HTTP header, the page's own declaration, then a guess: UTF-8 if it can be, else the legacy encoding of
the page's language or country (https://html.spec.whatwg.org, "determining the character encoding", step 9).
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator
from dataclasses import replace
from urllib.parse import urlsplit

from schema.items import Page

# Python's codec and what pages call it; names that differ only in case, "-" and "_" are told apart nowhere here.
_LABELS = {
    "utf-8": "utf-8 utf8 unicode-1-1-utf-8 unicode11utf8 unicode20utf8 x-unicode20utf8",
    "cp1252": "windows-1252 ansi_x3.4-1968 ascii us-ascii cp1252 cp819 ibm819 iso-8859-1 iso-ir-100 iso8859-1 iso88591 iso_8859-1:1987 csisolatin1 l1 latin1 x-cp1252",
    "iso8859-2": "iso-8859-2 iso8859-2 iso88592 iso-ir-101 iso_8859-2:1987 csisolatin2 l2 latin2", "iso8859-3": "iso-8859-3 iso8859-3 iso88593 l3 latin3",
    "iso8859-4": "iso-8859-4 iso8859-4 iso88594 l4 latin4", "iso8859-5": "iso-8859-5 iso8859-5 iso88595 cyrillic csisolatincyrillic",
    "iso8859-6": "iso-8859-6 iso8859-6 iso88596 iso-8859-6-e iso-8859-6-i arabic asmo-708 ecma-114", "iso8859-7": "iso-8859-7 iso8859-7 iso88597 greek greek8 ecma-118 elot_928 sun_eu_greek",
    "iso8859-8": "iso-8859-8 iso8859-8 iso88598 iso-8859-8-e iso-8859-8-i hebrew logical visual csiso88598i csisolatinhebrew", "iso8859-10": "iso-8859-10 iso8859-10 iso885910 l6 latin6",
    "iso8859-13": "iso-8859-13 iso8859-13 iso885913", "iso8859-14": "iso-8859-14 iso8859-14 iso885914", "iso8859-15": "iso-8859-15 iso8859-15 iso885915 l9 latin9 csisolatin9",
    "iso8859-16": "iso-8859-16", "cp874": "windows-874 dos-874 iso-8859-11 iso8859-11 iso885911 tis-620", "cp1250": "windows-1250 cp1250 x-cp1250",
    "cp1251": "windows-1251 cp1251 x-cp1251 win-1251", "cp1253": "windows-1253 cp1253 x-cp1253",
    "cp1254": "windows-1254 cp1254 x-cp1254 iso-8859-9 iso8859-9 iso88599 iso_8859-9:1989 csisolatin5 l5 latin5", "cp1255": "windows-1255 cp1255 x-cp1255",
    "cp1256": "windows-1256 cp1256 x-cp1256", "cp1257": "windows-1257 cp1257 x-cp1257", "cp1258": "windows-1258 cp1258 x-cp1258",
    "koi8-r": "koi8-r koi koi8 cskoi8r", "koi8-u": "koi8-u koi8-ru", "cp866": "ibm866 866 cp866 csibm866", "mac-roman": "macintosh mac csmacintosh x-mac-roman",
    "mac-cyrillic": "x-mac-cyrillic x-mac-ukrainian",
    "gb18030": "gb18030 gbk gb2312 gb_2312 gb_2312-80 chinese csgb2312 csiso58gb231280 iso-ir-58 x-gbk zh-cn", "big5hkscs": "big5 big5-hkscs cn-big5 csbig5 x-x-big5",
    "euc_jp": "euc-jp x-euc-jp cseucpkdfmtjapanese", "cp932": "shift_jis shift-jis sjis x-sjis ms932 ms_kanji csshiftjis windows-31j", "iso2022_jp": "iso-2022-jp csiso2022jp",
    "cp949": "euc-kr cseuckr korean ks_c_5601-1987 ks_c_5601-1989 ksc5601 ksc_5601 csksc56011987 iso-ir-149 windows-949 cp949 uhc",
    "utf-16-le": "utf-16 utf-16le ucs-2 unicode iso-10646-ucs-2 csunicode unicodefeff", "utf-16-be": "utf-16be unicodefffe",
}
_CODECS = {label: codec for codec, labels in _LABELS.items() for label in labels.split()}
_MARKS = ((codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"))
_USUAL = {codec: languages.split() for codec, languages in {
    "cp1251": "ru uk be bg mk sr ky tg tt", "cp1250": "cs hr sk", "iso8859-2": "hu pl sl", "iso8859-7": "el", "cp1254": "tr ku", "cp1255": "he", "cp1256": "ar fa",
    "cp1257": "et lt lv", "cp874": "th", "cp1258": "vi", "cp932": "ja", "cp949": "ko", "gb18030": "zh", "big5hkscs": "zh-tw zh-hk zh-hant",
}.items()}
_BY_LANGUAGE = {language: codec for codec, languages in _USUAL.items() for language in languages}
_COUNTRIES = {
    "su": "ru", "ua": "uk", "by": "be", "rs": "sr", "cz": "cs", "si": "sl", "gr": "el", "il": "he", "ir": "fa", "ee": "et", "vn": "vi", "jp": "ja", "kr": "ko",
    "cn": "zh", "tw": "zh-tw", "hk": "zh-hk", **{same: same for same in ("ru", "bg", "hr", "sk", "hu", "pl", "tr", "lt", "lv", "th")},
}
_NEAR, _HEAD = 2048, 64 * 1024      # bytes in which a declaration is looked for: most stand near, and far ones count, too
_PIECE = 16 * 1024
_COMMENT = re.compile(rb"<!--.*?(?:-->|\Z)", re.S)
_CHARSET = re.compile(r"charset\s*=\s*[\"']?\s*([^\s\"';,>/]+)", re.I)
_META = re.compile(rb"<meta[\s/][^<>]*?charset\s*=\s*[\"']?\s*([^\s\"'/>;,]+)", re.I)
_XML = re.compile(rb"\A\s*<\?xml[^>]{1,100}encoding\s*=\s*[\"']\s*([^\s\"']+)", re.I)
_LANGUAGE = re.compile(rb"<html[\s][^<>]*?\blang\s*=\s*[\"']?([a-z]{2}(?:-[a-z]+)?)", re.I)
_JAPANESE = ("cp932", "euc_jp")
_ESCAPED = re.compile(rb"\x1b\$[@B]")       # ISO-2022-JP goes over to kanji
_ONE_IN = 10        # broken letters among sound ones that UTF-8 is allowed


def decoded(page: Page) -> str:
    """The page as text. Bytes that mean nothing become U+FFFD; any bytes will do."""
    for mark, codec in _MARKS:
        if page.body.startswith(mark):
            return page.body[len(mark):].decode(codec, "replace")
    return _decode(page.body, _codec(page))


def in_utf8(page: Page) -> Page:
    """The page with its bytes in UTF-8 where they are in UTF-16: readers look for letters that are bytes."""
    if not page.body.startswith(_MARKS[1][0]) and not page.body.startswith(_MARKS[2][0]):
        return page
    return replace(page, body=codecs.BOM_UTF8 + decoded(page).encode("utf-8", "replace"))


def is_plain_utf8(page: Page) -> bool:
    """Whether the bytes are sound UTF-8 without a mark and NUL, so that a parser may have them as they are."""
    if b"\x00" in page.body or page.body.startswith(codecs.BOM_UTF8) or _codec(page) != "utf-8":
        return False
    return bool(page.body) and _is_sound(page.body)


def _is_sound(body: bytes) -> bool:
    """Piece by piece, since to make one long text of the page and throw it away takes twice as long."""
    at = 0
    try:
        while at < len(body):
            at += codecs.utf_8_decode(body[at:at + _PIECE], "strict", at + _PIECE >= len(body))[1]
    except UnicodeDecodeError:
        return False
    return True


def _codec(page: Page) -> str:
    return _stated(page) or _declared(page.body) or _guessed(page)


def codec_of(label: str) -> str:
    """Python's name for the encoding that browsers take a label for; "" for a label they do not know."""
    label = label.strip().lower()
    return _CODECS.get(label) or _CODECS.get(label.replace("_", "-"), "")


def _decode(body: bytes, codec: str) -> str:
    if codec == "euc_jp" and b"\xad" in body:    # browsers know NEC's row 13 (①), Python's codec does not
        codec = "euc_jis_2004"
    return body.decode(codec, _BROWSERS)


def _stated(page: Page) -> str:
    found = _CHARSET.search(page.header("content-type"))
    return codec_of(found[1]) if found else ""


def _declared(body: bytes) -> str:
    """A page whose declaration can be read is not in UTF-16, whatever it says."""
    codec = _declared_in(body[:_NEAR]) or _declared_in(body[:_HEAD])
    return "utf-8" if codec.startswith("utf-16") else codec


def _declared_in(start: bytes) -> str:
    if b"<!--" in start:
        start = _COMMENT.sub(b"", start)
    return next(filter(None, map(_known_codec, _labels(start))), "")


def _labels(start: bytes) -> Iterator[bytes]:
    """What meta tags say, then the XML declaration. A pattern that ignores case is tried where it can match, and no further than the first that counts."""
    for opened in _opened(start):
        if found := _META.match(start, opened):
            yield found[1]
    if found := _XML.match(start):
        yield found[1]


def _opened(start: bytes) -> Iterator[int]:
    """Where the tags begin that hold a charset: such a tag has no bracket before it."""
    lowered = start.lower()
    at = lowered.find(b"charset")
    while at >= 0:
        yield max(lowered.rfind(b"<", 0, at), 0)
        at = lowered.find(b"charset", at + 1)


def _known_codec(label: bytes) -> str:
    name = label.decode("latin-1")
    return "cp1252" if name.lower() == "x-user-defined" else codec_of(name)


def _guessed(page: Page) -> str:
    if _ESCAPED.search(page.body):
        return "iso2022_jp"
    if _is_utf8(page.body):
        return "utf-8"
    codec = _usual(page)
    return min(_JAPANESE, key=lambda one: page.body.decode(one, "replace").count("\ufffd")) if codec in _JAPANESE else codec


def _is_utf8(body: bytes) -> bool:
    """Almost only sound letters: a cut at the end, or one paste from elsewhere, does not make it another encoding."""
    try:
        body.decode()
    except UnicodeDecodeError:
        text = body.decode("utf-8", "replace")
        broken = text.count("\ufffd")
        return sum(not letter.isascii() for letter in text) - broken >= _ONE_IN * broken
    return True


def _usual(page: Page) -> str:
    """What pages of that language or country were written in before UTF-8."""
    found = _LANGUAGE.search(page.body[:_HEAD])
    language = found[1].decode().lower() if found else _COUNTRIES.get(_country(page.url), "")
    return _BY_LANGUAGE.get(language) or _BY_LANGUAGE.get(language.partition("-")[0], "cp1252")


def _country(url: str) -> str:
    try:
        return (urlsplit(url).hostname or "").rpartition(".")[2]
    except ValueError:
        return ""


def _as_browsers(error: UnicodeError) -> tuple[str, int]:
    """What the tables of the standard leave open: C1 controls stay, everything else is U+FFFD."""
    if not isinstance(error, UnicodeDecodeError):
        raise error
    unknown = error.object[error.start]
    is_open = error.encoding == "charmap" and unknown < 0xA0
    return (chr(unknown) if is_open else "\ufffd"), error.end


_BROWSERS = "hubbub.browsers"
codecs.register_error(_BROWSERS, _as_browsers)
