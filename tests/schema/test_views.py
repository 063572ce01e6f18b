"""The views that users query: every column of the contract, in its order, explained, the same on both engines."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest
from sqlalchemy import Engine, Table, insert, inspect, select, text
from sqlalchemy.exc import DBAPIError

from schema import tables, views
from schema.database import open_database, upgrade
from schema.views import COMMENTS, POSTS, VIEWS

# What scripts and papers build on: a column may be added behind these, none may go, move or change its name.
CONTRACT = {
    "posts": (
        "key source platform url title author author_url author_key published published_raw published_how text language "
        "threading comments_reported comments_stored comments_closed completeness completeness_reason "
        "first_seen last_seen changed_at"
    ),
    "comments": (
        "key post_key post_url source platform url position depth reply_to reply_to_how reply_to_inferred reply_confidence "
        "author author_url author_key by_post_author kind published published_raw published_how "
        "text language removed_how duplicate_group first_seen last_seen changed_at"
    ),
}
BOTH = (
    "spam spam_level self_promotion self_promotion_level conversational conversational_level marketing marketing_level "
    "polarity subjectivity spam_subtype subscores origin"
)
NOW = datetime(2009, 10, 14, 8, 5, tzinfo=UTC)
ROW = dict[str, Any]        # Any: columns of every type


def row(table: Table, **known: Any) -> ROW:
    """A row of which only what matters is said; the other obligatory columns are empty."""
    empty = {"INTEGER": 0, "BOOLEAN": False, "FLOAT": 0.0, "JSON": [], "TEXT": "", "VARCHAR(24)": NOW}
    return {column.name: empty[str(column.type)] for column in table.columns if not column.nullable} | known


A_POST = row(tables.post, key="p1", url="https://blog.example/a", text="A post.", published=NOW, origin="run 1")
A_COMMENT = row(tables.comment, key="c1", post_key="p1", text="A comment.", published=NOW, kind="comment")


@pytest.fixture
def filled(engine: Engine) -> Engine:
    with engine.begin() as connection:
        connection.execute(insert(tables.post).values(A_POST))
        connection.execute(insert(tables.comment).values(A_COMMENT))
        connection.execute(insert(tables.tag_run).values(id=1, hubbub_version="0", started_at=NOW, taggers={}, items=1))
    return engine


def tag(engine: Engine, item: str, tagger: str, score: float, **more: Any) -> None:
    known = {"item_key": item, "tagger": tagger, "version": 1, "tag_run": 1, "current": True, "score": score, "level": 1, "subscores": {}}
    with engine.begin() as connection:
        connection.execute(insert(tables.tag).values(row(tables.tag, **known | more)))


@pytest.mark.parametrize("name", VIEWS)
def test_the_contract_stands_at_the_start_in_its_order(engine: Engine, name: str) -> None:
    columns = [column["name"] for column in inspect(engine).get_columns(name)]
    promised = CONTRACT[name].split()
    assert columns[:len(promised)] == promised
    assert set(BOTH.split()) <= set(columns)
    assert columns == [column.name for column in VIEWS[name]]


@pytest.mark.parametrize("column", [*POSTS, *COMMENTS], ids=lambda column: column.name)
def test_every_column_is_explained(column: views.ViewColumn) -> None:
    assert len(column.meaning) > 10 and column.meaning.endswith(".")


@pytest.mark.parametrize("name", VIEWS)
def test_no_column_stands_twice(name: str) -> None:
    names = [column.name for column in VIEWS[name]]
    assert len(set(names)) == len(names)


def test_rows_come_out_with_their_types(filled: Engine) -> None:
    with filled.connect() as connection:
        post = connection.execute(select(views.posts)).mappings().one()
        comment = connection.execute(select(views.comments)).mappings().one()
    assert (post["key"], post["published"], post["comments_reported"], post["origin"]) == ("p1", NOW, None, "run 1")
    assert (comment["post_url"], comment["published"], comment["text"]) == (A_POST["url"], NOW, "A comment.")


def test_not_judged_is_null_never_nought(filled: Engine) -> None:
    with filled.connect() as connection:
        comment = connection.execute(select(views.comments)).mappings().one()
    assert {comment[name] for name in BOTH.split() if name != "origin"} == {None}


def test_the_current_judgement_is_shown_and_no_older_one(filled: Engine) -> None:
    tag(filled, "c1", "spam", 0.1, version=1, current=False)
    tag(filled, "c1", "spam", 0.9, version=2, level=2, subtype="link")
    tag(filled, "c1", "conversational", 0.5, subscores={"address": 0.25})
    tag(filled, "p1", "self_promotion", 0.3)
    with filled.begin() as connection:
        connection.execute(insert(tables.feature).values(item_key="c1", name="polarity", version=1, value=-0.5))
        comment = connection.execute(select(views.comments)).mappings().one()
        post = connection.execute(select(views.posts)).mappings().one()
    assert (comment["spam"], comment["spam_level"], comment["spam_subtype"]) == (0.9, 2, "link")
    assert (comment["conversational"], comment["subscores"]) == (0.5, {"address": 0.25})
    assert (comment["polarity"], comment["subjectivity"], comment["marketing"]) == (-0.5, None, None)
    assert (post["self_promotion"], post["spam"]) == (0.3, None)


def test_a_row_stays_one_row_however_many_tags_it_has(filled: Engine) -> None:
    for number, tagger in enumerate(views.TAGGERS):
        for version in (1, 2, 3):
            tag(filled, "c1", tagger, number / 10, version=version, current=version == 3)
    with filled.connect() as connection:
        assert len(connection.execute(select(views.comments)).all()) == 1


def test_views_cannot_be_written(filled: Engine) -> None:
    with pytest.raises(DBAPIError), filled.begin() as connection:
        connection.execute(text("DELETE FROM comments"))


def test_a_stale_view_is_noticed_and_made_anew(database_url: str, engine: Engine) -> None:
    with engine.begin() as connection:
        views.drop(connection)
        connection.execute(text("CREATE VIEW posts AS SELECT key FROM post"))
        connection.execute(text("UPDATE meta SET value = 'stale' WHERE name = 'views'"))
    upgrade(engine)
    open_database(database_url).dispose()
    assert len(inspect(engine).get_columns("posts")) == len(POSTS)


def test_the_fingerprint_follows_the_text_of_the_views(monkeypatch: pytest.MonkeyPatch) -> None:
    before = views.fingerprint()
    assert before == views.fingerprint()
    monkeypatch.setattr(views, "TAGGERS", views.TAGGERS[:-1])
    assert views.fingerprint() != before
