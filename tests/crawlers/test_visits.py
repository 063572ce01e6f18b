from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from crawlers.targets import Target
from crawlers.visits import Visited, content_hash, next_visit
from pipeline.addresses import State
from schema.items import Page

NOW = datetime(2026, 1, 1, tzinfo=UTC)
HOUR, DAY = timedelta(hours=1), timedelta(days=1)


@pytest.mark.parametrize(("kind", "rule", "state", "attempts", "after"), [
    ("post", "", "done", 0, DAY),
    ("comments", "", "done", 0, None),
    ("feed", "head", "done", 0, timedelta()),
    ("feed", "link rel=next", "done", 0, None),
    ("sitemap", "robots.txt", "done", 0, timedelta()),
    ("archive", "", "done", 0, None),
    ("post", "", "failed", 0, HOUR),
    ("post", "", "failed", 3, 8 * HOUR),
    ("post", "", "failed", 5, None),
    ("post", "", "refused", 0, None),
])
def test_when_an_address_is_asked_again(kind: str, rule: str, state: State, attempts: int, after: timedelta | None) -> None:
    target = Target(3, 1, "http://blog.example/a", kind, 0, rule=rule)
    assert next_visit(target, state, attempts, NOW) == (None if after is None else NOW + after)


def test_the_hash_of_a_page_changes_with_its_bytes() -> None:
    one, other = (content_hash(Page("http://blog.example/a", body, NOW)) for body in (b"a", b"b"))
    assert one != other
    assert one == content_hash(Page("http://blog.example/b", b"a", NOW))


def test_the_log_tells_the_address_and_the_reason_but_not_the_page() -> None:
    target = Target(3, 1, "http://blog.example/a", "post", 0)
    assert str(Visited(target, "blog.example/", "failed", "server error")) == "failed http://blog.example/a (server error)"
    assert str(Visited(target, "blog.example/")) == "done http://blog.example/a"
