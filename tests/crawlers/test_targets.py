from __future__ import annotations

import pytest

from crawlers.targets import Target, is_worthless, name_of, names, page_url, rank_of, row_of, target_of
from pipeline.addresses import Address
from schema.keys import post_key

URL = "http://www.blog.example/2009/a.html"


def test_a_post_goes_by_its_key_and_any_other_page_by_its_spelling() -> None:
    assert name_of(f"{URL}?utm_source=x#c1", "post") == "blog.example/2009/a.html"
    assert name_of(f"{URL}?commentPage=2#c1", "comments") == "www.blog.example/2009/a.html?commentPage=2"


def test_a_post_is_known_by_its_key_whatever_its_address() -> None:
    assert set(names(URL, "post")) == {"blog.example/2009/a.html", "www.blog.example/2009/a.html", post_key(URL)}
    assert names(URL, "feed") == ("www.blog.example/2009/a.html",)


@pytest.mark.parametrize(("kind", "rule", "rank"), [
    ("start", "", 0), ("post", "newest comments", 3), ("completion", "api", 5), ("completion", "newest comments", 6), ("next", "", 9),
])
def test_what_knows_little_is_asked_late(kind: str, rule: str, rank: int) -> None:
    assert rank_of(kind, rule) == rank


@pytest.mark.parametrize("url", [f"{URL}?replytocom=3", f"{URL}?m=1", "http://a.example/wp-login.php", "http://a.example/" + "a" * 2000])
def test_the_same_page_again_and_actions_are_worth_nothing(url: str) -> None:
    assert is_worthless(url)


def test_the_page_of_a_post_is_worth_something_without_its_tracking() -> None:
    assert not is_worthless(URL)
    assert page_url("HTTP://Blog.example?fbclid=1&p=2#x") == "http://blog.example/?p=2"


def test_a_target_becomes_a_row_and_a_row_a_target() -> None:
    target = Target(5, 7, f"{URL}feed/", "completion", 2, True, URL, "api", "blog.example/feed", True, 4)
    row = row_of(target, "blog.example/")
    assert row == Address("blog.example/", "blog.example/feed", f"{URL}feed/", "completion", 5, 7, "api", URL, True, True, "", 4)
    assert target_of(row, 2) == target
    assert row_of(Target(3, 1, URL, "post", 0), "b").post_key == post_key(URL)
