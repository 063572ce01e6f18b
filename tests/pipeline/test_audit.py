from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

from sqlalchemy import Engine, select

from pipeline import audit, runs
from pipeline.store import store
from schema import views
from schema.items import Comment, Kind, Post, Thread
from schema.keys import comment_key, post_key

NOW = datetime(2010, 3, 1, 9, 0, tzinfo=UTC)
URL = "http://till.example/labels/"
KEY = post_key(URL)
POST = Post(URL, "wordpress", key=KEY, source="till.example", title="Labels", fetched_at=NOW)


def said(ref: str, kind: Kind = "comment") -> Comment:
    return Comment(ref, "wordpress", key=comment_key(KEY, ref), post_key=KEY, place=int(ref), kind=kind, text="Yes.", source="till.example", fetched_at=NOW)


def stored(engine: Engine, one: Post, *comments: Comment) -> None:
    store(engine, runs.start(engine, "test", {}), [Thread(one, comments)])


def audited(engine: Engine) -> tuple[object, ...]:
    v = views.posts.c
    with engine.connect() as connection:
        return tuple(connection.execute(select(v.comments_reported, v.comments_stored, v.completeness, v.completeness_reason)).one())


def test_a_feeds_number_counts_where_the_page_states_none(engine: Engine) -> None:
    stored(engine, POST, said("1"), said("2", "pingback"))
    audit.fill_reported(engine, {KEY: 4, post_key("http://till.example/nobody-read-it/"): 3})
    assert audited(engine) == (3, 1, "partial", ""), "the feed counts the ping"
    stored(engine, POST, said("3"))
    assert audited(engine) == (3, 2, "partial", ""), "a later sight does not forget it"


def test_a_feeds_number_does_not_contest_that_of_the_page(engine: Engine) -> None:
    stored(engine, replace(POST, comments_reported=1), said("1"))
    audit.fill_reported(engine, {KEY: 4})
    assert audited(engine) == (1, 1, "complete", "")


def test_a_reason_is_noted_where_comments_lack_for_no_known_reason(engine: Engine) -> None:
    stored(engine, replace(POST, comments_reported=3), said("1"))
    audit.note_reasons(engine, {KEY: "blocked"})
    audit.note_reasons(engine, {KEY: "later"})
    assert audited(engine) == (3, 1, "partial", "blocked")
    stored(engine, replace(POST, comments_reported=3), said("2"), said("3"))
    audit.note_reasons(engine, {KEY: "blocked"})
    assert audited(engine) == (3, 3, "complete", "")


def test_what_is_loaded_by_a_script_stays_so_when_a_feed_adds_some(engine: Engine) -> None:
    stored(engine, replace(POST, comments_reported=3, comments_elsewhere="script-loaded: disqus"))
    stored(engine, replace(POST, via="feed", title="", comments_elsewhere="feed limit"), replace(said("1"), via="feed", place=0))
    assert audited(engine) == (3, 1, "partial", "script-loaded: disqus")


def test_a_feed_that_holds_the_newest_only_is_the_reason(engine: Engine) -> None:
    stored(engine, replace(POST, comments_reported=3))
    stored(engine, replace(POST, via="feed", title="", comments_elsewhere="feed limit"), replace(said("1"), via="feed", place=0))
    assert audited(engine) == (3, 1, "partial", "feed limit")
