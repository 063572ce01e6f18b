from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import Engine, insert

from pipeline import holdings
from pipeline.holdings import Holdings
from schema.keys import post_key
from schema.tables import address
from tests.pipeline.rows import BARE, FLAT, NESTED, SEEN, fill

WORDS = [
    (Holdings(12, 40, 12, 40), "12 new posts, 40 new comments"),
    (Holdings(120, 840, 3, 17), "3 new posts, 17 new comments; 120 posts and 840 comments in all"),
    (Holdings(1, 2, 0, 1), "1 new comment; 1 post and 2 comments in all"),
    (Holdings(1200, 0, 0, 0), "nothing new; 1,200 posts and 0 comments in all"),
    (Holdings(1, 0, 1, 0), "1 new post"),
    (Holdings(0, 0, 0, 0), "no posts yet"),
]


@pytest.mark.parametrize(("held", "words"), WORDS)
def test_what_is_held_is_told_in_plain_words(held: Holdings, words: str) -> None:
    assert str(held) == words


def found(blog: str, name: str, kind: str, key: str) -> dict[str, object]:
    return {
        "blog": blog, "name": name, "url": f"https://{name}", "kind": kind, "rank": 3, "number": 1, "rule": "", "for_post": "", "is_guess": False, "state": "done",
        "reason": "", "attempts": 0, "found_run": 1, "etag": "", "last_modified": "", "content_hash": "", "post_key": key, "fetched_at": None,
    }


def test_posts_and_comments_are_those_behind_the_addresses_of_the_blog_each_once(engine: Engine) -> None:
    fill(engine)
    rows = [
        found("alpha.example/", "alpha.example/", "start", ""), found("alpha.example/", "alpha.example/a", "post", post_key(NESTED)),
        found("alpha.example/", "alpha.example/a?page=2", "comments", post_key(NESTED)), found("alpha.example/", "alpha.example/b", "post", post_key(FLAT)),
        found("beta.example/", "beta.example/a", "post", post_key(BARE)), found("beta.example/", "beta.example/b", "post", "p-not-stored"),
    ]
    with engine.begin() as connection:
        connection.execute(insert(address), rows)
        later = SEEN + timedelta(seconds=1)
        assert holdings.of_blog(connection, "alpha.example/", SEEN) == Holdings(2, 7, 2, 7)
        assert holdings.of_blog(connection, "alpha.example/", later) == Holdings(2, 7, 0, 0)
        assert holdings.of_blog(connection, "beta.example/", later) == Holdings(1, 0, 0, 0)
        assert holdings.of_blog(connection, "gamma.example/", SEEN) == Holdings(0, 0, 0, 0)
        assert [holdings.has_posts(connection, blog) for blog in ("alpha.example/", "beta.example/", "gamma.example/")] == [True, True, False]


def test_whether_a_blog_was_asked_and_whether_more_of_it_waits(engine: Engine) -> None:
    asked = found("a.example/", "a.example/", "start", "") | {"fetched_at": SEEN}
    waiting = found("b.example/", "b.example/1", "post", "") | {"state": "waiting", "fetched_at": SEEN}
    with engine.begin() as connection:
        connection.execute(insert(address), [asked, waiting])
        assert holdings.was_asked(connection, "a.example/", SEEN)
        assert not holdings.was_asked(connection, "a.example/", SEEN + timedelta(seconds=1))
        assert not holdings.was_asked(connection, "b.example/", SEEN)
        assert [holdings.has_more(connection, blog) for blog in ("a.example/", "b.example/")] == [False, True]
