"""The pass that stores inferred edges, on both engines."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

from sqlalchemy import Engine, select

from pipeline import runs
from pipeline.edges import infer_edges
from pipeline.store import store
from schema import views
from schema.items import Comment, Post, Thread
from schema.keys import comment_key, post_key

NOW = datetime(2010, 3, 1, 9, 0, tzinfo=UTC)
URL = "http://corner.example/2010/03/flat"
KEY = post_key(URL)
POST = Post(url=URL, platform="blogger", rule="r", key=KEY, source="corner.example", text="Flyers are dead.", author="Dana", fetched_at=NOW)


def _comment(ref: str, place: int, author: str, text: str) -> Comment:
    return Comment(ref=ref, platform="blogger", rule="r", key=comment_key(KEY, ref), post_key=KEY, place=place,
                   source="corner.example", author=author, text=text, fetched_at=NOW)


FLAT = (_comment("1", 1, "Tom", "Ours live."), _comment("2", 2, "Zoë", "Tom, do they?"))


def _edges(engine: Engine) -> dict[str, tuple[str | None, float | None, str | None]]:
    c = views.comments.c
    with engine.connect() as connection:
        rows = connection.execute(select(c.key, c.reply_to_inferred, c.reply_confidence, c.reply_to))
        return {row.key: (row.reply_to_inferred, row.reply_confidence, row.reply_to) for row in rows}


def _store(engine: Engine, *comments: Comment) -> None:
    store(engine, runs.start(engine, "test", {}), [Thread(POST, comments)])


def test_edges_of_a_flat_thread_are_stored_apart_and_only_once(engine: Engine) -> None:
    _store(engine, *FLAT)
    assert infer_edges(engine) == 1
    assert _edges(engine)[FLAT[1].key] == (FLAT[0].key, 0.9, None)
    assert infer_edges(engine) == 0, "nothing has changed"


def test_a_new_comment_makes_the_thread_due_again(engine: Engine) -> None:
    _store(engine, *FLAT)
    infer_edges(engine)
    _store(engine, *FLAT, _comment("3", 3, "Tom", "@Zoë they do."))
    assert infer_edges(engine) == 2
    assert _edges(engine)[comment_key(KEY, "3")][0] == FLAT[1].key


def test_the_pages_own_edges_put_an_end_to_inference(engine: Engine) -> None:
    _store(engine, *FLAT)
    infer_edges(engine)
    _store(engine, FLAT[0], replace(FLAT[1], reply_to=FLAT[0].key, reply_to_how="markup"))
    assert infer_edges(engine) == 0
    assert _edges(engine)[FLAT[1].key] == (None, None, FLAT[0].key)
