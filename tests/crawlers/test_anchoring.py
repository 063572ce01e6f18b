from __future__ import annotations

from crawlers.anchoring import Anchoring
from crawlers.reading import Reading
from schema.items import Comment, Link, Page, Post, Thread
from tests.crawlers.platforms.test__generic_anchored import FORMS, SAID, URL, known, page

FEED = Link(f"{URL}/feed", "completion", "comments of an unknown theme", for_post=URL)


def seen(one: Page, *comments: Comment, platform: str = "generic", links: tuple[Link, ...] = (FEED,)) -> Reading:
    return Reading(one, platform, (), (Thread(Post(URL, platform, title="Labels"), comments),), links, ())


def test_a_page_is_read_again_once_some_of_its_comments_are_known() -> None:
    anchoring, told = Anchoring(), seen(page(""), *known("31", "34"), platform="feed")
    anchoring.seen(seen(page(FORMS[0])))
    assert anchoring.again(seen(page(FORMS[0]))) is None, "the page itself tells nothing"
    again = anchoring.again(told)
    assert again is not None
    (thread,) = again.threads
    assert (thread.post.title, [one.author for one in thread.comments]) == ("Labels", [name for _n, name, _words in SAID])
    assert anchoring.again(told) is None, "once"


def test_pages_that_gave_comments_or_that_no_feed_completes_are_not_kept() -> None:
    for reading in (seen(page(FORMS[0]), *known("31")), seen(page(FORMS[0]), links=()), seen(page(FORMS[0]), platform="wordpress")):
        anchoring = Anchoring()
        anchoring.seen(reading)
        assert anchoring.again(seen(page(""), *known("31", "34"), platform="feed")) is None


def test_only_so_many_pages_are_kept() -> None:
    anchoring = Anchoring()
    anchoring.seen(seen(page(FORMS[0])))
    for number in range(200):
        other = Thread(Post(f"{URL}/{number}", "generic"))
        anchoring.seen(Reading(page(""), "generic", (), (other,), (FEED,), ()))
    assert anchoring.again(seen(page(""), *known("31", "34"), platform="feed")) is None
