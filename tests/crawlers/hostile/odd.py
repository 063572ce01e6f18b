"""Pages that no one expects and that are still posts: all of them are to be stored, with all of their comments."""

from __future__ import annotations

import gzip
import zlib
from collections.abc import Callable
from dataclasses import dataclass

import brotli
from backports import zstd

from tests.crawlers.hostile.answers import MIB, cookies
from tests.crawlers.hostile.blogging import comment, post, thread, words_of
from tests.crawlers.hostile.engine import Answerer, head, made, raw, said


@dataclass(frozen=True, slots=True)
class Odd:
    """How a page is answered, and how many comments it holds."""

    answer: Answerer
    comments: int = 1


def pages(url_of: Callable[[str], str], *, scale: float = 1.0) -> dict[str, Odd]:
    """By name; `scale` makes the huge ones smaller."""
    def page(name: str, extra: str = "", *, words: str = "", comments: tuple[str, ...] = ("Still read.",), head: str = "") -> bytes:
        number = sum(map(ord, name))
        return post(url_of(name), f"Odd: {name}", words or words_of(number, name.replace("-", " ")), comments, extra=extra, head=head).encode()

    many, deep, divs, links = int(3000 * scale), 300, 5000, int(100_000 * scale)
    return {
        **_packed(page),
        **_broken(page),
        **_encoded(page),
        "nested-divs": Odd(said(page("nested-divs", "<div>" * divs + "<p>the bottom</p>" + "</div>" * divs))),
        "nested-text": Odd(said(page("nested-text", words="<div><em>" * divs + "The bottom of it all, said plainly and at some length." + "</em></div>" * divs))),
        "unclosed-tags": Odd(said(page("unclosed-tags", "<b><i><table><tr><td><a><span>" * 3000))),
        "long-comment": Odd(said(page("long-comment", comments=("A long word on it. " * int(10 * MIB * scale / 19),)))),
        "many-comments": Odd(said(page("many-comments", comments=tuple(f"Comment {number} of many." for number in range(many)))), many),
        "deep-thread": Odd(made(lambda _: _deep(url_of("deep-thread"), deep).encode()), deep),
        "many-links": Odd(said(page("many-links", "".join(f'<a href="/many/{number}">{number}</a> ' for number in range(links))))),
        "many-headings": Odd(said(page("many-headings", "".join(f'<h3><a href="/many/{number}">{number}</a></h3>' for number in range(links // 10))))),
        "many-attributes": Odd(said(page("many-attributes", "<p " + " ".join(f"data-{number}=x" for number in range(20_000)) + ">x</p>"))),
        "huge-attribute": Odd(said(page("huge-attribute", f'<p title="{"x" * int(4 * MIB * scale)}">x</p>'))),
        "terminal": Odd(said(page("terminal", words="\x1b]0;owned\x07\x1b[31mRed words, and a title for your terminal.\x1b[0m\x9b2J " + words_of(7), comments=("\x1b[2JGone?",)))),
    }


Maker = Callable[..., bytes]


def _packed(page: Maker) -> dict[str, Odd]:
    """Sound ones must not fall with the bombs."""
    zipped = zlib.compressobj(wbits=-15)
    return {
        "gzip": Odd(said(gzip.compress(page("gzip")), Content_Encoding="gzip")),
        "gzip-in-two": Odd(said(gzip.compress(page("gzip-in-two")[:700]) + gzip.compress(page("gzip-in-two")[700:]), Content_Encoding="gzip")),
        "gzip-and-rest": Odd(said(gzip.compress(page("gzip-and-rest")) + bytes(64), Content_Encoding="gzip")),
        "deflate": Odd(said(zlib.compress(page("deflate")), Content_Encoding="deflate")),
        "raw-deflate": Odd(said(zipped.compress(page("raw-deflate")) + zipped.flush(), Content_Encoding="deflate")),
        "br": Odd(said(brotli.compress(page("br")), Content_Encoding="br")),
        "zstd": Odd(said(zstd.compress(page("zstd")), Content_Encoding="zstd")),
        "twice": Odd(said(brotli.compress(gzip.compress(page("twice"))), Content_Encoding="gzip, br")),
        **{f"claims-{name}": Odd(said(page(f"claims-{name}"), Content_Encoding=name)) for name in ("gzip", "deflate", "br", "zstd")},
        "identity": Odd(said(page("identity"), Content_Encoding="identity")),
    }


def _broken(page: Maker) -> dict[str, Odd]:
    """Not quite as it should be, and whole."""
    body = page("shorter")
    bare = page("bare-header")
    chunked = page("chunked")
    return {
        "shorter": Odd(raw(head(length=len(body)) + body + b"<p>and 4,000 bytes more</p>" * 150)),
        "bare-header": Odd(raw(b"HTTP/1.1 200 OK\r\nthis line has no colon\r\nContent-Type: text/html\r\n\r\n" + bare)),
        "bare-newlines": Odd(raw(b"HTTP/1.1 200 OK\nContent-Type: text/html\n\n" + page("bare-newlines"))),
        "http-1.0": Odd(raw(b"HTTP/1.0 200\r\nContent-Type: text/html\r\n\r\n" + page("http-1.0"))),
        "chunked": Odd(raw(head(Transfer_Encoding="chunked"), b"".join(b"1\r\n%c\r\n" % byte for byte in chunked), b"0\r\nX-Trailer: yes\r\n\r\n")),
        "continue": Odd(raw(b"HTTP/1.1 100 Continue\r\n\r\n" * 3 + b"HTTP/1.1 103 Early Hints\r\nLink: </x>\r\n\r\n" + head() + page("continue"))),
        "cookies": Odd(cookies(page("cookies"))),
        "no-type": Odd(raw(b"HTTP/1.1 200 OK\r\n\r\n" + page("no-type"))),
        "odd-type": Odd(said(page("odd-type"), "text/html; charset=\"nonsense\"; \x1b[31m")),
        "odd-headers": Odd(raw(b"HTTP/1.1 200 \xff\x1b[2J\r\nContent-Type: text/html\r\nX-\xe9t\xe9: \x1b]0;owned\x07\r\nSet-Cookie: \xff=\xfe\r\nLink: <\xff>; rel=\x00\r\n\r\n" + page("odd-headers"))),
    }


def _encoded(page: Maker) -> dict[str, Odd]:
    """Words in an encoding that is not the one that is claimed; marks that no database takes."""
    umlauts = "Ein Bericht über Läden, die größer wären, gäbe es dafür Käufer: " + words_of(9)
    text = page("cp1252", words=umlauts, comments=("Schön gesagt.",)).decode()
    return {
        "cp1252": Odd(said(text.encode("cp1252"), "text/html; charset=utf-8")),
        "utf-8-as-latin-1": Odd(said(page("utf-8-as-latin-1", words=umlauts), "text/html; charset=iso-8859-1")),
        "utf-16": Odd(said(page("utf-16").decode().encode("utf-16"), "text/html")),
        "unknown-charset": Odd(said(page("unknown-charset"), "text/html; charset=x-unknown")),
        "two-charsets": Odd(said(page("two-charsets", words=umlauts, head='<meta charset="koi8-r"><meta charset="big5">'), "text/html; charset=utf-8")),
        "nul": Odd(said(page("nul", words="A word with a \x00 in it, and\x00 another. " + words_of(3), comments=("Nul\x00 and void.",)))),
        "surrogates": Odd(said(page("surrogates", words="Half a pair: &#xD800; and &#xDFFF; too. " + words_of(4), comments=("Lone \ud83d here.".encode("utf-8", "surrogatepass").decode("latin-1"),)))),
        "surrogate-bytes": Odd(said(page("surrogate-bytes", words="Half @@ a pair. " + words_of(5)).replace(b"@@", b"\xed\xa0\x80 \xed\xbf\xbf"))),
        "beyond": Odd(said(page("beyond", words="&#x110000; &#xFFFFFFFF; &#0; &#x1F; \ufffe\uffff. " + words_of(6)))),
        "any-bytes": Odd(said(page("any-bytes", words="Bytes: @@. " + words_of(8)).replace(b"@@", bytes(byte for byte in range(1, 256) if byte not in b"<>&")))),
        "right-to-left": Odd(said(page("right-to-left", words="\u202egnorw si siht\u202c \u2066\u2067 \ufeff " + words_of(2)))),
    }


def _deep(url: str, depth: int) -> str:
    """Each comment answers the one before it, and stands inside it."""
    start = "".join(comment(number, f"Answer {number}.", "<ul class='children'>", is_open=True) for number in range(1, depth + 1))
    return post(url, "Odd: deep thread", words_of(70, "deep"), extra=thread(start + "</ul></li>" * depth, depth))
