from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

from pipeline.addresses import Address, Visit
from pipeline.taken import Taken
from schema.items import Comment, Post, Skipped, Thread

POST = Post("http://blog.example/a", "wordpress", key="p1", source="blog.example", text="A post.")
COMMENT = Comment("1", "wordpress", key="c1", post_key="p1", text="A comment.")


def test_what_came_another_way_or_with_another_text_is_a_part_of_its_own() -> None:
    taken = Taken()
    for thread in (
        Thread(POST, (COMMENT,)), Thread(POST), Thread(replace(POST, via="feed")), Thread(replace(POST, via="feed"), (replace(COMMENT, text="Edited."),)),
        Thread(replace(POST, via="feed", text="Edited, too.")),
    ):
        taken.add(thread)
    assert [len(part) for part in taken.parts] == [2, 2, 1]
    assert taken.size == 7


def test_nothing_taken_is_nothing_to_write() -> None:
    taken = Taken()
    assert taken.is_empty
    taken.skip([Skipped("not found", "http://blog.example/" + "x" * 3000)])
    assert not taken.is_empty
    assert [len(one.url) for one in taken.skipped] == [1000]


def test_it_knows_which_blogs_it_is_about() -> None:
    taken = Taken(visits=[Visit("b.example/", "b.example/x", "done", datetime(2026, 1, 1, tzinfo=UTC))], found=[Address("c.example/", "c", "http://c", "post", 3, 1)])
    taken.add(Thread(POST))
    assert taken.names == {"blog.example", "b.example/", "c.example/"}
