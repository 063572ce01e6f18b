"""From an export file to threads, whichever format it has."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from crawlers.exported import EXPORTS, format_of, is_whole, readings
from crawlers.exports._elements import outer
from crawlers.exports._threads import threaded
from pipeline import registry
from schema.items import Comment, Post, Thread
from tests.crawlers.exports.reading import page
from tests.crawlers.exports.test_blogger import backup
from tests.crawlers.exports.test_blogger import comment as blogger_comment
from tests.crawlers.exports.test_blogger import post as blogger_post
from tests.crawlers.exports.test_disqus import comment as disqus_comment
from tests.crawlers.exports.test_disqus import export, thread
from tests.crawlers.exports.test_livejournal import comment as livejournal_comment
from tests.crawlers.exports.test_livejournal import entrypage
from tests.crawlers.exports.test_movable_type import FILE
from tests.crawlers.exports.test_wordpress import comment, item, wxr

FILES = {
    "wordpress": wxr(item(comment(1) + comment(2, parent=1))),
    "blogger": backup(blogger_post() + blogger_comment("31") + blogger_comment("32", parent="31")),
    "disqus": export(thread(), disqus_comment("4"), disqus_comment("5", parent="4")),
    "livejournal": entrypage(livejournal_comment("31", livejournal_comment("32", parent="31"))),
    "movable_type": FILE,
}


def test_every_format_has_an_example_here() -> None:
    assert set(registry.names(EXPORTS)) == set(FILES)


@pytest.mark.parametrize(("name", "body"), FILES.items())
def test_a_format_is_told_by_its_content_alone(name: str, body: str) -> None:
    assert format_of(page(body)) == name


@pytest.mark.parametrize("body", ["", "words", "<rss/>", "<feed xmlns='http://www.w3.org/2005/Atom'/>", "<html><body>x</body></html>", "\x00\x01"])
def test_what_is_no_export_has_no_format(body: str) -> None:
    assert format_of(page(body)) == ""


@pytest.mark.parametrize("body", FILES.values(), ids=FILES)
def test_every_thread_is_a_reading_of_its_own_at_the_address_of_its_post(body: str) -> None:
    for reading in readings(page(body)):
        for found in reading.threads:
            assert (reading.page.url, reading.page.origin, reading.page.body) == (found.post.url, "export.xml", b"")
            assert found.comments == () or [one.place for one in found.comments] == [*range(1, len(found.comments) + 1)]
            assert {found.post.via, *(one.via for one in found.comments)} == {"export"}


@pytest.mark.parametrize("body", [body for name, body in FILES.items() if name != "movable_type"])
def test_a_cut_is_noticed(body: str) -> None:
    assert is_whole(page(body))
    assert is_whole(page(body + "\n<!-- made by hand -->\n"))
    assert not any(is_whole(page(body[:end])) for end in range(len(body) // 3, len(body), 37))


@given(st.sampled_from(sorted(FILES)), st.data())
def test_no_damage_makes_a_reader_fail(name: str, data: st.DataObject) -> None:
    body = bytearray(FILES[name].encode())
    for _ in range(data.draw(st.integers(1, 6))):
        at = data.draw(st.integers(0, len(body) - 1))
        body[at:at + data.draw(st.integers(0, 40))] = data.draw(st.binary(max_size=8))
    module = registry.module(EXPORTS, name)
    assert 0 <= module.confidence(page(bytes(body))) <= 1
    for one in module.read(page(bytes(body))):
        assert not isinstance(one, Post) or one.url


@given(st.lists(st.tuples(st.sampled_from("abcdef"), st.sampled_from(("a", "b", "c", "x", None))), max_size=9))
def test_threading_keeps_every_comment_once(pairs: list[tuple[str, str | None]]) -> None:
    comments = [Comment(ref, "x", parent_ref=parent, author=str(n)) for n, (ref, parent) in enumerate(pairs)]
    ordered = list(threaded(comments))
    assert sorted(one.author for one in ordered) == sorted(one.author for one in comments)
    assert [one.place for one in ordered] == [*range(1, len(comments) + 1)]


def test_an_external_entity_is_not_read_and_bombs_do_not_go_off(tmp_path: Path) -> None:
    secret = tmp_path / "secret"
    secret.write_text("the secret")
    body = f'<!DOCTYPE rss [<!ENTITY x SYSTEM "{secret.as_uri()}">]>' + FILES["wordpress"].partition("?>")[2].replace("Number 1.", "]]>&x;<![CDATA[")
    assert "the secret" not in repr(list(readings(page(body))))


def test_elements_that_were_read_take_no_room() -> None:
    body = f"<rss>{'<item><a>x</a></item>' * 50}</rss>"
    roots = [_root(one) for one in outer(page(body), "item")]
    assert (len(roots), len(roots[-1])) == (50, 1)


def _root(element: etree._Element) -> etree._Element:
    return element.getroottree().getroot()


def test_threads_come_in_the_order_of_the_file() -> None:
    body = wxr(item(comment(1)) + item(comment(2), link="http://shop.example/b"))
    found = [one for reading in readings(page(body)) for one in reading.threads]
    assert [(isinstance(one, Thread), one.post.url[-8:], len(one.comments)) for one in found] == [(True, "/prices/", 1), (True, "xample/b", 1)]
