"""What counts as an orphan, and how faults are told."""

from __future__ import annotations

import pytest
from sqlalchemy import Engine, insert

from schema import tables
from schema.soundness import Soundness, examine
from tests.schema.test_views import A_COMMENT, A_POST, row

FAULTS = [
    (Soundness("ok", 1, 1, {"tags": 0}), ""),
    (Soundness("ok", 1, 1, {"tags": 2}), "2 tags belong to nothing that is stored"),
    (Soundness("row 3 missing from index", 1, 1, {"tags": 0}), "row 3 missing from index"),
]


@pytest.mark.parametrize(("found", "expected"), FAULTS)
def test_faults_are_told_as_part_of_a_sentence(found: Soundness, expected: str) -> None:
    assert found.faults() == expected


def test_rows_of_stored_items_are_no_orphans(engine: Engine) -> None:
    with engine.begin() as connection:
        connection.execute(insert(tables.post).values(A_POST))
        connection.execute(insert(tables.comment).values(A_COMMENT))
        connection.execute(insert(tables.comment).values(A_COMMENT | {"key": "c2", "ref": "2", "reply_to": "c1"}))
        for key in ("p1", "c1"):
            connection.execute(insert(tables.feature).values(row(tables.feature, item_key=key, name="polarity")))
        found = examine(connection)
    assert (found.posts, found.comments, found.faults()) == (1, 2, "")


def test_replies_to_nobody_links_and_tags_of_nothing_are_counted(engine: Engine) -> None:
    with engine.begin() as connection:
        connection.execute(insert(tables.post).values(A_POST))
        connection.execute(insert(tables.comment).values(A_COMMENT | {"reply_to": "gone"}))
        connection.execute(insert(tables.tag_run).values(row(tables.tag_run, id=1)))
        connection.execute(insert(tables.tag).values(row(tables.tag, item_key="gone", tagger="spam", tag_run=1)))
        connection.execute(insert(tables.links).values(row(tables.links, item_key="gone")))
        found = examine(connection)
    assert found.orphans == {"comments": 0, "replies": 1, "links": 1, "features": 0, "tags": 1}
