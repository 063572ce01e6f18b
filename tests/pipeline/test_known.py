from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import Engine

from pipeline import runs
from pipeline.known import KnownText, find_comments, find_posts, place_of, reported
from pipeline.rows import content_hash
from pipeline.store import store
from schema.items import Thread
from tests.pipeline.rows import NESTED, SEEN, a_comment, a_post, key_of

HOUR = timedelta(hours=1)


@pytest.mark.parametrize(("known", "later", "expected"), [
    ({}, {}, True),
    ({}, {"via": "feed"}, False),
    ({"via": "feed"}, {}, True),
    ({"changed_at": SEEN + HOUR}, {}, False),                                   # an older sight of an edited text
    ({"changed_at": SEEN + HOUR, "is_there": False}, {}, True),
    ({"changed_at": SEEN + HOUR, "via": "feed"}, {}, True),
])
def test_a_text_gives_way_to_one_that_came_no_worse_and_no_earlier(known: dict[str, Any], later: dict[str, Any], expected: bool) -> None:
    given: dict[str, Any] = {"via": "page", "is_there": True, "content_hash": "", "changed_at": SEEN}
    assert KnownText(**given | known).gives_way_to(a_comment(NESTED, 1, **later)) is expected


def test_what_is_known_is_found_by_post(engine: Engine) -> None:
    one = a_comment(NESTED, 1)
    store(engine, runs.start(engine, "test", {}), [Thread(a_post(NESTED, comments_reported=3), (one, a_comment(NESTED, 2, text="")))])
    with engine.connect() as connection:
        ((key, said, text),) = find_posts(connection, [a_post(NESTED).key, "p-unknown"])
        comments = dict(find_comments(connection, [key]))
    assert (said.number, said.with_pings, text.is_there, text.changed_at) == (3, False, True, SEEN)
    assert {key: found.text.is_there for key, found in comments.items()} == {key_of(NESTED, 1): True, key_of(NESTED, 2): False}
    assert comments[one.key].text.content_hash == content_hash(one)
    assert place_of(a_comment(NESTED, 1, place=0, via="feed"), comments[one.key]).place == 1


def test_a_feeds_number_does_not_contest_that_of_the_page() -> None:
    of_page = reported(a_post(NESTED, comments_reported=5), None, None)
    text = KnownText("page", True, "", SEEN)
    assert reported(a_post(NESTED, comments_reported=9, via="feed"), of_page, text).number == 5
    assert reported(a_post(NESTED, comments_reported=6), of_page, text).number == 6
