from __future__ import annotations

import io
import json
from datetime import UTC, datetime

import pytest
from rich.console import Console

from crawlers import explain_table
from crawlers.explaining import Explanation, as_json, explain
from schema.items import Page
from tests.crawlers.serving import post_page

URL = "http://blog.example/a"
FEED = b"""<?xml version="1.0"?><rss version="2.0"><channel><title>Shelf talk</title><link>http://blog.example/</link>
<item><title>A</title><link>http://blog.example/a</link></item></channel></rss>"""


def seen(body: bytes, stated: str = "text/html") -> Explanation:
    return explain(Page(URL, body, datetime(2026, 1, 1, tzinfo=UTC), (("content-type", stated),)), "allows it")


def printed(explanation: Explanation) -> str:
    paper = io.StringIO()
    explain_table.show(explanation, Console(file=paper, width=160))
    return paper.getvalue()


def test_a_post_is_explained_with_the_rules_that_found_it() -> None:
    found = as_json(seen(post_page(URL, "Four words are too many.", "Three, then.")))
    (post,) = found["posts"]
    assert (found["robots"], found["shape"], found["platform"], post["title"]) == ("allows it", "page", "wordpress", "Shelf talk")
    assert [comment["author"] for comment in post["comments"]] == ["Reader 1", "Reader 2"]
    assert all(item["rule"] for item in (post, *post["comments"]))
    assert found["confidences"]["wordpress"] > 0.5
    json.dumps(found)


@pytest.mark.parametrize("words", ["allows it", "wordpress", "Shelf talk", "Ann", "2 found (the page says 2)", "Reader 2", "Three, then."])
def test_the_table_says_what_was_found(words: str) -> None:
    assert words in printed(seen(post_page(URL, "Four words are too many.", "Three, then.")))


def test_what_a_page_reserves_is_told() -> None:
    body = post_page(URL, "First!")
    reserving = seen(body.replace(b"</head>", b'<meta name="robots" content="noai, noindex"></head>'))
    assert as_json(reserving)["reservations"] == "noai, noindex"
    assert "reserves     noai, noindex" in printed(reserving)
    assert "reserves" not in printed(seen(body))


def test_only_the_first_comments_are_shown_and_all_are_counted() -> None:
    table = printed(seen(post_page(URL, *(f"Number {number}." for number in range(1, 10)))))
    assert "9 found" in table
    assert "the first 5" in table
    assert "Number 6." not in table


def test_a_feed_is_explained_by_where_it_leads() -> None:
    found = seen(FEED, "application/rss+xml")
    assert (found.shape, [(link.kind, link.url) for link in found.links]) == ("feed", [("post", URL)])
    assert "leads to     1 post" in printed(found)


def test_what_is_no_page_says_so() -> None:
    found = seen(b"%PDF-1.4", "application/pdf")
    assert (found.shape, found.dropped[0].reason) == ("not a page", "not a page")
    assert "1 x not a page (application/pdf)" in printed(found)


def test_an_empty_page_is_called_empty() -> None:
    assert "1 x not a page (it is empty)" in printed(seen(b""))


def test_the_page_is_explained_in_narrow_lines_and_without_platforms_that_it_is_not_of() -> None:
    lines = printed(seen(post_page(URL, "Four words are too many, as anybody who ever wrote a shelf label will tell you at once."))).splitlines()
    assert [line for line in lines if len(line) > 80 or line != line.rstrip()] == []
    (platform,) = [line for line in lines if line.startswith("platform")]
    assert "wordpress" in platform and " 0.00" not in platform
