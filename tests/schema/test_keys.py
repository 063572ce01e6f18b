"""The same thing seen twice gets the same key; another thing, another one."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from schema.keys import (
    author_key,
    canonical_url,
    comment_key,
    key_url,
    post_key,
    source_of,
    unnumbered_comment_key,
    without_login,
)

CANONICAL = [
    ("https://blog.example/2009/10/post.html#c12", "https://blog.example/2009/10/post.html"),
    ("https://blog.example/2009/10/post.html?showComment=1255507500000#c12", "https://blog.example/2009/10/post.html"),
    ("https://blog.example/post/?replytocom=17", "https://blog.example/post/"),
    ("https://blog.example/post/comment-page-3/#comments", "https://blog.example/post/"),
    ("https://blog.example/post/comment-page-3", "https://blog.example/post"),
    ("https://blog.example/post/comment-page-2/amp/", "https://blog.example/post/"),
    ("https://blog.example/post/trackback/", "https://blog.example/post/"),
    ("https://blog.example/post?utm_source=feed&utm_medium=rss", "https://blog.example/post"),
    ("https://blog.example/?p=12&fbclid=x", "https://blog.example/?p=12"),
    ("https://blog.example/post;jsessionid=0A1B?b=2&a=1", "https://blog.example/post?a=1&b=2"),
    ("https://blog.example/?m=1", "https://blog.example/"),
    ("https://blog.example/?m=200910", "https://blog.example/?m=200910"),
    ("HTTP://Blog.Example:80", "http://blog.example/"),
    ("https://blog.example:443/a", "https://blog.example/a"),
    ("http://blog.example:8080/a", "http://blog.example:8080/a"),
    ("https://blog.example./a", "https://blog.example/a"),
    ("https://user:secret@blog.example/a", "https://blog.example/a"),
    ("https://bücher.example/ä", "https://xn--bcher-kva.example/%C3%A4"),
    ("https://blog.example/%e3%81%82/%7Ejane/100%", "https://blog.example/%E3%81%82/~jane/100%25"),
    ("http://[2001:DB8::1]/a", "http://[2001:db8::1]/a"),
    ("  https://blog.example/a b ", "https://blog.example/a%20b"),
    ("mailto:jane@blog.example", "mailto:jane@blog.example"),
    ("file:saved/page.html#c1", "file:saved/page.html"),
    ("not a URL", "not a URL"),
    ("http://[broken", "http://[broken"),
    ("", ""),
]
SAME_KEY = [
    ("http://blog.example/a", "https://www.blog.example/a/"),
    ("http://shop.blogspot.com/2009/10/a.html", "https://shop.blogspot.co.uk/2009/10/a.html?m=1"),
    ("http://shop.blogspot.de/2009/10/a.html", "http://shop.blogspot.com.au/2009/10/a.html?showComment=1#c1"),
    ("https://blog.example/?p=7", "http://blog.example?p=7&utm_campaign=x"),
    ("https://blog.example/%7Ejane/", "https://blog.example/~jane"),
]
OTHER_KEY = [
    ("https://blog.example/a", "https://blog.example/b"),
    ("https://blog.example/?p=7", "https://blog.example/?p=8"),
    ("https://blog.example/A", "https://blog.example/a"),
    ("https://one.blogspot.com/", "https://two.blogspot.com/"),
    ("https://blog.example/", "https://blog.example:8080/"),
]
SOURCES = [
    ("https://www.Blog.Example/a?b", "blog.example"),
    ("HTTP://blog.example", "blog.example"),
    ("http://127.0.0.1:8080/a", "127.0.0.1:8080"),
    ("https://shop.blogspot.fr/", "shop.blogspot.com"),
    ("https://blog.example?p=1", "blog.example"),
    ("file:saved/page.html", "file"),
]
PIECES = [*"aA.:/?#[]@%;&=+ \t\x00\u3002\uff0e\u200bß㎏", "%41", "/amp", "/comment-page-2", ";sid=", "utm_a=", "m=1", "/trackback"]
LIKE_URLS = st.tuples(st.sampled_from(["http://", "HTTPS://", "//", "file:"]), st.lists(st.sampled_from(PIECES), max_size=12).map("".join))
ANY_TEXT = st.text(st.characters(), max_size=60)        # lone surrogates included
HOSTS = st.sampled_from(["blog.example", "bücher.example", "127.0.0.1:8080", "a.b.example", "shop.blogspot.com"])
PATHS = st.lists(st.text("abcXYZ019-._~", min_size=1, max_size=8).filter(lambda part: part != "amp"), max_size=4).map("/".join)


@pytest.mark.parametrize(("given_url", "expected"), CANONICAL)
def test_canonical_url(given_url: str, expected: str) -> None:
    assert canonical_url(given_url) == expected


@pytest.mark.parametrize(("one", "other"), SAME_KEY)
def test_two_addresses_of_one_post_give_one_key(one: str, other: str) -> None:
    assert key_url(one) == key_url(other)
    assert post_key(one) == post_key(other)


@pytest.mark.parametrize(("one", "other"), OTHER_KEY)
def test_two_posts_give_two_keys(one: str, other: str) -> None:
    assert post_key(one) != post_key(other)


@pytest.mark.parametrize(("url", "expected"), SOURCES)
def test_the_source_is_the_host(url: str, expected: str) -> None:
    assert source_of(url) == expected


@given(ANY_TEXT)
@example("http://./?a")
@example("http://x。/")
@example("http://x/%%34%31")
@example("a #b")
@example("http://x/?\ud800=%ff")
def test_any_text_has_a_canonical_form_that_is_its_own(words: str) -> None:
    once = canonical_url(words)
    assert canonical_url(once) == once
    assert post_key(once) == post_key(words)
    assert isinstance(source_of(words), str)


@given(LIKE_URLS.map("".join))
@example("http://ß..")
def test_whatever_looks_like_a_url_has_a_canonical_form_that_is_its_own(url: str) -> None:
    once = canonical_url(url)
    assert canonical_url(once) == once
    once.encode("utf-8")


@given(HOSTS, PATHS, st.text("abc019", max_size=5))
def test_scheme_www_tracking_and_last_slash_make_no_other_key(host: str, path: str, campaign: str) -> None:
    plain = post_key(f"https://{host}/{path}")
    assert post_key(f"http://{host}/{path}") == plain
    assert post_key(f"http://www.{host}/{path}") == plain
    assert post_key(f"https://{host}/{path}/?utm_source={campaign}&fbclid={campaign}#c1") == plain


def test_no_url_of_the_whatwg_suite_raises(shared: Path) -> None:
    cases = json.loads((shared / "suites" / "wpt_urltestdata.json").read_text(encoding="utf-8"))
    inputs = [case["input"] for case in cases if isinstance(case, dict)]
    assert len(inputs) > 800
    for url in inputs:
        once = canonical_url(url)
        assert canonical_url(once) == once, url
        assert post_key(url).startswith("p")


def test_keys_stay_what_they_are_for_ever() -> None:
    """Stored rows, exports and papers hold them: should one of these change, every corpus would break."""
    post = post_key("https://www.blog.example/2009/10/post.html?showComment=1#c1")
    assert post == "p710887527d6e6b68aa86"
    assert comment_key(post, "1255507500000") == "c9ff6c0f7a1258f74c25a"
    assert unnumbered_comment_key(post, "Jane", datetime(2009, 10, 14, 8, 5, tzinfo=UTC), "Good  point") == "c999a7b49bfc2ad085503"
    assert author_key("url", "blog.example") == "a947929f7d1446fa22a4d"


def test_the_key_of_a_comment_without_id_looks_at_what_was_said_not_how_it_was_set() -> None:
    moment = datetime(2009, 10, 14, 8, 5, 59, tzinfo=UTC)
    elsewhere = moment.astimezone(timezone(timedelta(hours=5, minutes=30)))
    key = unnumbered_comment_key("p1", "Jane", moment, "Good point")
    assert unnumbered_comment_key("p1", "JANE", elsewhere.replace(second=0), " Good\n point ") == key
    others = [
        unnumbered_comment_key("p2", "Jane", moment, "Good point"),
        unnumbered_comment_key("p1", "June", moment, "Good point"),
        unnumbered_comment_key("p1", "Jane", None, "Good point"),
        unnumbered_comment_key("p1", "Jane", moment, "Bad point"),
        unnumbered_comment_key("p1", "Jane", moment, "Good point", again=1),
    ]
    assert len({key, *others}) == len(others) + 1


@pytest.mark.parametrize(("url", "shown"), [
    ("https://ann:pw@till.example/a@b", "https://***@till.example/a@b"), ("https://ann:p@w@till.example", "https://***@till.example"),
    ("https://till.example/@ann", "https://till.example/@ann"), ("https://till.example/?q=//a@b", "https://till.example/?q=//a@b"), ("till.example", "till.example"),
])
def test_a_login_in_an_address_is_not_shown(url: str, shown: str) -> None:
    assert without_login(url) == shown
