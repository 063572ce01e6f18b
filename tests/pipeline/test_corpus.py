"""What the corpus says about a comment: counted elsewhere than where it stands."""

from __future__ import annotations

import pytest

from pipeline.corpus import MOST_BLOGS, Index, Trace, hosts, seen
from pipeline.text import Corpus, Spread


def trace(post: str, blog: str, host: str = "", author: str = "", group: str = "") -> Trace:
    return Trace(post, blog, frozenset([host] if host else []), author, group)


def test_a_host_is_counted_once_per_post_and_not_where_the_comment_stands() -> None:
    traces = [trace("p1", "a", "x.example"), trace("p1", "a", "x.example"), trace("p2", "a", "x.example"), trace("p3", "b", "x.example"), trace("p4", "c", "y.example")]
    index = Index(traces)
    assert index.says(traces[0]).hosts == {"x.example": Spread(2, 1)}
    assert index.says(traces[4]).hosts == {"y.example": Spread(0, 0)}


def test_texts_and_authors_that_come_again_are_counted() -> None:
    traces = [trace("p1", "a", author="ada", group="g"), trace("p1", "a", author="ada"), trace("p2", "b", author="bea", group="g"), trace("p2", "b")]
    index = Index(traces)
    assert index.says(traces[0]) == Corpus({}, 1, Spread(1, 1), 1, Spread(0, 0))
    assert index.says(traces[3]) == Corpus()


def test_blogs_are_counted_up_to_a_number_that_says_it_all() -> None:
    traces = [trace(f"p{number:03}", f"b{number}", "x.example") for number in range(100)]
    assert Index(traces).says(traces[0]).hosts["x.example"] == Spread(99, MOST_BLOGS - 1)


def test_a_comment_that_came_in_meanwhile_is_known_as_far_as_others_told() -> None:
    assert Index([trace("p1", "a", "x.example")]).says(trace("p2", "a", "new.example", "ada")) == Corpus({"new.example": Spread()})


@pytest.mark.parametrize(("urls", "expected"), [
    ((None, "", "http://www.X.example/a", "https://x.example/b"), {"x.example"}),
    (("mailto:ada@x.example", None), {"x.example"}),        # who writes from a host advertises it
    (("http://localhost/", "http://[", "javascript:void(0)"), set()),
])
def test_hosts_of_use(urls: tuple[str | None, ...], expected: set[str]) -> None:
    assert hosts(urls) == expected


@pytest.mark.parametrize(("corpus", "expected"), [
    (None, ""), (Corpus(), ""), (Corpus({"x.example": Spread()}), ""),
    (Corpus({"x.example": Spread(1, 0)}), "10000000"), (Corpus({"x.example": Spread(2, 0), "y.example": Spread(3, 1)}), "21000000"),
    (Corpus(duplicates=500, duplicated=Spread(16, 8)), "00554000"), (Corpus(by_author=1), "00000100"),
])
def test_what_was_seen_changes_in_steps(corpus: Corpus | None, expected: str) -> None:
    assert seen(corpus) == expected
