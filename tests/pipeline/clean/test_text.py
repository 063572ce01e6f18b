"""Source HTML becomes the words a reader sees, and marks and links stand where they say."""

import json
from html import escape
from pathlib import Path
from unicodedata import is_normalized, normalize

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from pipeline.clean.repair import repair
from pipeline.clean.text import text_of
from schema.items import TextLink

BASE = "https://blog.example.org/2009/10/post.html"


@pytest.mark.parametrize(("html", "text"), [
    ("<p>One</p><p>Two</p>", "One\n\nTwo"),
    ("One<br>two<br/>three", "One\ntwo\nthree"),
    ("One<br><br>two<br /> <br />\n<br />three", "One\n\ntwo\n\nthree"),
    ("<div>One<br></div><div>two</div><div><br></div><div>three</div>", "One\ntwo\n\nthree"),
    ("  One\n two&nbsp;&nbsp; three ", "One two three"),
    ("One <b>bold </b> word<i>s</i>.", "One bold words."),
    ("<ul><li>milk</li><li>tea</li></ul>", "• milk\n• tea"),
    ("Buy:<ol><li><p>milk</p></li><li>tea<ul><li>green</li></ul></li></ol>Done", "Buy:\n\n1. milk\n\n2. tea\n• green\n\nDone"),
    ("<ol start=3><li>c<li>d<li value=9>i<li>j</ol>", "3. c\n4. d\n9. i\n10. j"),
    ("<ol start='many'><li>a</ol>", "1. a"),
    ("<pre>\n\n  if x:\n\n      y</pre>z", "  if x:\n\n      y\n\nz"),
    ("<pre>a <b>b</b>  c\n</pre>", "a b  c"),
    ("<pre>a<br>b\r\nc</pre>", "a\nb\nc"),
    ("<h2>Head</h2>text", "Head\n\ntext"),
    ("<table><tr><td>a</td><td>b</td></tr><tr><td>c</td></tr></table>", "a b\nc"),
    ("a<script>x()</script>b<style>y</style><form>Name <button>z</button></form><!-- no -->c", "abc"),
    ("<img alt='A photo' src=x>Words", "Words"),
    ("Fine <img class='wp-smiley' alt=':-)'> day", "Fine :-) day"),
    ("AT&amp;T &amp;lt; &lt;b&gt; 1 < 2 <3", "AT&T &lt; <b> 1 < 2 <3"),
    ("&#xD83D;&#xDE00; &#55357;&#56832; &#147;x&#148;", "😀 😀 “x”"),
    ("Ã¼ber <b>donâ€™t</b>", "über don’t"),
    ("e<b>\u0301</b>t", "ét"),
    ("</div></p>stray <p>ends", "stray\n\nends"),
    ("zero\u200bwidth soft\u00adhyphen", "zero\u200bwidth soft\u00adhyphen"),
    ("", ""),
    (" <p> <br></p>&nbsp;", ""),
])
def test_text(html: str, text: str) -> None:
    assert text_of(html)[0] == text


@pytest.mark.parametrize(("html", "kind", "words"), [
    ("<blockquote><p>You said</p></blockquote>I say", "quote", ["You said"]),
    ("As <q>they</q> say", "quote", ["they"]),
    ("<pre><code>x = 1</code></pre>", "code", ["x = 1"]),
    ("<ul><li>a <b>b</b></li><li></li><li>c</li></ul>", "list", ["• a b", "• c"]),
    ("<h1>Big</h1><h4>small</h4>text", "heading", ["Big", "small"]),
    ("a <del>b</del> <s>c</s> <strike>d</strike>", "deleted", ["b", "c", "d"]),
    ("Hi <img class='emoji' alt='🙂'>!", "emoticon", ["🙂"]),
    ("<p>Post.</p><p>Update: it<br>grew.</p><p>More.</p>", "update", ["Update: it\ngrew."]),
    ("a<br>UPDATE 2: b<br><br>EDIT (12 May): c", "update", ["UPDATE 2: b", "EDIT (12 May): c"]),
    ("<p>Update your software: it is old.</p><p>Edit the file: so.</p>", "update", []),
])
def test_what_the_source_sets_apart_is_marked(html: str, kind: str, words: list[str]) -> None:
    text, marks, _links = text_of(html)
    assert [text[mark.start:mark.end] for mark in marks if mark.kind == kind] == words


@pytest.mark.parametrize(("html", "links"), [
    ("See <a href='/x?a=1&amp;b'> this </a>.", [TextLink("https://blog.example.org/x?a=1&b", "this", 4, 8)]),
    ("<p>a</p><a href='//else.example/é x\n'>b<br>c</a>", [TextLink("https://else.example/é%20x", "b\nc", 3, 6)]),
    ("ofHogan<a href=http://shoes.example/>uomo</a>", [TextLink("http://shoes.example/", "uomo", 7, 11)]),
    ("Photo: <a href='big.jpg'><img src=small.jpg></a>", [TextLink("https://blog.example.org/2009/10/big.jpg", "", 6, 6)]),
    ("<a href='#top'>up</a> <a href='javascript:x()'>x</a> <a href='mailto:a@b.c'>m</a> <a name=y>y</a> <a href='http://[x'>z</a>", []),
    ("<ul><li><a href=http://a.example>A</a></li></ul>", [TextLink("http://a.example", "A", 2, 3)]),
    ("e<b>\u0301</b> <a href=http://a.example>e<i>\u0301</i>!</a>", [TextLink("http://a.example", "é!", 2, 4)]),
])
def test_links_are_absolute_and_stand_where_they_say(html: str, links: list[TextLink]) -> None:
    assert list(text_of(html, BASE)[2]) == links


TAGS = st.sampled_from((
    "p", "/p", "div", "/div", "br", "b", "/b", "a href='/x'", "/a", "ul", "/ul", "ol", "li", "/li", "li value=-3", "pre", "/pre", "code", "blockquote", "q",
    "h2", "table", "tr", "td", "img class=emoji alt=':) '", "script", "form", "del", "svg", "/svg", "textarea", "select", "title", "body", "!--",
)).map("<{}>".format)
HTML = st.lists(st.one_of(TAGS, st.text(max_size=8), st.sampled_from(("\u0301", "&#x301;", "Update: x", " ", "&nbsp;", "\n")))).map("".join)


@given(HTML)
@settings(max_examples=300, deadline=None)
def test_marks_and_links_are_always_inside_the_text(html: str) -> None:
    text, marks, links = text_of(html, BASE)
    assert is_normalized("NFC", text)
    assert all(0 <= mark.start < mark.end <= len(text) for mark in marks)
    assert all(0 <= link.start <= link.end <= len(text) and text[link.start:link.end] == link.anchor for link in links)


@given(HTML.filter(lambda html: "<pre" not in html))
@settings(max_examples=200, deadline=None)
def test_cleaning_twice_is_cleaning_once(html: str) -> None:
    once = text_of(html)[0]
    assume(repair(once) == once)    # words that meet in the text may look like mojibake only then
    assert text_of(escape(once).replace("\n", "<br>"))[0] == once


@given(st.one_of(st.binary().map(lambda body: body.decode("utf-8", "surrogateescape")), st.text(st.characters(codec=None))))
@settings(max_examples=200, deadline=None)
def test_any_string_gives_a_text_that_can_be_stored(html: str) -> None:
    text_of(html, html)[0].encode("utf-8")


def test_naughty_strings_keep_what_is_visible_of_them(shared: Path) -> None:
    suites = shared / "suites"
    strings = [*json.loads((suites / "blns.json").read_text()), *(suites / "xss_payloads.txt").read_text().splitlines()]
    assert [text_of(string, string) for string in strings]
    assert [string for string in strings if _visible(text_of(escape(string))[0]) != _visible(string)] == []


def test_time_grows_with_the_length_only() -> None:
    """Deep nesting, long lists and many links: 200,000 pieces would take minutes if anything were quadratic."""
    for piece in ("<div>", "<li>x", "<br>", "<b>x</b> <a href='/y'>e<i>\u0301</i></a>"):
        assert text_of(piece * 20_000, BASE) is not None


def _visible(words: str) -> str:
    """What a reader sees: no spaces and no controls. Browsers show the controls above 7F as Windows-1252, and so do we."""
    shown = "".join(c.encode("latin-1").decode("cp1252", "ignore") if 128 <= ord(c) < 160 else c for c in words)
    return "".join(c for c in normalize("NFC", shown) if not c.isspace() and ord(c) >= 32 and c != "\x7f")
