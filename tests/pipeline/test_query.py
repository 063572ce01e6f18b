"""What the commands ask: the selection, the order, and how a thread is found."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from sqlalchemy import Connection

from pipeline import query
from pipeline.query import Record, Selection
from pipeline.reader import reading
from schema import keys, views
from schema.errors import UserError
from tests.pipeline.rows import BARE, FLAT, NESTED, UNDATED, key_of


@pytest.fixture
def connection(corpus_url: str) -> Iterator[Connection]:
    with reading(corpus_url) as connection:
        yield connection


def _taken(connection: Connection, selection: Selection = Selection()) -> list[Record]:  # noqa: B008  # frozen
    return list(query.records(connection, selection))


def _names(records: list[Record]) -> list[str]:
    return [record.fields["url"] for record in records]


def test_posts_stand_by_source_and_time_undated_last_each_before_its_comments(connection: Connection) -> None:
    expected = [
        NESTED, *(f"{NESTED}#c{number}" for number in range(1, 7)),
        FLAT, f"{FLAT}#c1", f"{FLAT}#c2",
        UNDATED,
        BARE,
    ]
    assert _names(_taken(connection)) == expected


def test_the_order_does_not_depend_on_the_size_of_batches(connection: Connection, monkeypatch: pytest.MonkeyPatch) -> None:
    whole = _taken(connection)
    monkeypatch.setattr(query, "POSTS_AT_ONCE", 1)
    monkeypatch.setattr(query, "KEYS_AT_ONCE", 2)
    assert _taken(connection) == whole


def test_a_record_has_the_columns_of_its_view_in_order(connection: Connection) -> None:
    post, comment = _taken(connection)[:2]
    assert tuple(post.fields) == tuple(column.name for column in views.POSTS)
    assert tuple(comment.fields) == tuple(column.name for column in views.COMMENTS)


def test_a_record_has_links_marks_and_current_tags(connection: Connection) -> None:
    by_key = {record.fields["key"]: record for record in _taken(connection)}
    spam = by_key[key_of(NESTED, 4)]
    assert [(tag["tagger"], tag["level"]) for tag in spam.tags] == [("conversational", 0), ("self_promotion", 3), ("spam", 2)]
    assert [link["anchor"] for link in spam.links] == ["Cheap garden chairs"]
    assert by_key[key_of(NESTED, 3)].marks == ({"start": 0, "end": 8, "kind": "quote"},)


@pytest.mark.parametrize(("selection", "expected"), [
    (Selection(comments="spam_level = 2"), [NESTED, f"{NESTED}#c4"]),
    (Selection(comments="spam_level = 2", posts="source = 'beta.example'"), [BARE]),
    (Selection(comments="spam_level = 2", posts="1 = 1"), [NESTED, f"{NESTED}#c4", FLAT, UNDATED, BARE]),
    (Selection(posts="title = 'Prices'"), [FLAT, f"{FLAT}#c1", f"{FLAT}#c2"]),
    (Selection(comments="text LIKE '%100%%' -- all of them"), [FLAT, f"{FLAT}#c1"]),
    (Selection(comments="text LIKE '% :name %' OR author = 'Bert'"), [FLAT, f"{FLAT}#c1"]),
    (Selection(comments="1 = 0"), []),
])
def test_a_selection_takes_what_its_conditions_say(selection: Selection, expected: list[str], connection: Connection) -> None:
    query.check(connection, selection)
    assert _names(_taken(connection, selection)) == expected


@pytest.mark.parametrize("condition", [
    "nothing = 1",
    "spam_level =",
    "1 = 1; DELETE FROM comment",
    "1 = 1); COMMIT; DELETE FROM comment; SELECT (1 = 1",
    "1 = 1); DELETE FROM comment --",
])
def test_a_wrong_condition_is_one_sentence_and_writes_nothing(condition: str, connection: Connection) -> None:
    for selection in (Selection(comments=condition), Selection(posts=condition)):
        with pytest.raises(UserError, match="does not accept the SQL"):
            query.check(connection, selection)
        connection.rollback()
        with pytest.raises(UserError, match="does not accept the SQL"):
            _taken(connection, selection)
        connection.rollback()
    assert len(_taken(connection)) == 12


@pytest.mark.parametrize(("wanted", "comment"), [
    (keys.post_key(NESTED), None),
    (NESTED, None),
    ("http://www.alpha.example/2009/10/listening.html?utm_source=mail", None),
    (f"{NESTED}?m=1", None),
    (f"{NESTED}#c3", key_of(NESTED, 3)),
    (f"{NESTED}?showComment=1#c3", key_of(NESTED, 3)),
    (f"{NESTED}#nowhere", None),
    (key_of(NESTED, 4), key_of(NESTED, 4)),
])
def test_a_thread_is_found_by_key_or_address_of_post_or_comment(wanted: str, comment: str | None, connection: Connection) -> None:
    found = query.find_thread(connection, wanted)
    assert found is not None
    assert (found.post.fields["url"], len(found.comments), found.wanted) == (NESTED, 6, comment)


@pytest.mark.parametrize("wanted", ["", "x", "https://alpha.example/other.html", "%", "p0"])
def test_nothing_else_is_found(wanted: str, connection: Connection) -> None:
    assert query.find_thread(connection, wanted) is None
