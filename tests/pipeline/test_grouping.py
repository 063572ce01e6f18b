"""Duplicate groups of stored comments follow what comes in, changes and goes."""

from __future__ import annotations

import pytest
from sqlalchemy import Engine, delete, func, select

from pipeline import runs
from pipeline.grouping import group_duplicates
from pipeline.store import store
from schema.items import Thread
from schema.tables import comment, fingerprint
from tests.pipeline.rows import BARE, FLAT, NESTED, SPAM, a_comment, a_post, key_of, threads


@pytest.fixture
def filled(engine: Engine) -> Engine:
    _store(engine, *threads())
    return engine


def test_a_corpus_without_duplicates_has_no_groups(filled: Engine) -> None:
    assert group_duplicates(filled) == 0
    assert _groups(filled) == {}


def test_the_same_text_elsewhere_makes_a_group_and_nothing_changes_twice(filled: Engine) -> None:
    group_duplicates(filled)
    _store(filled, Thread(a_post(BARE), (a_comment(BARE, 1, text=SPAM + "!!"),)))
    pair = {key_of(BARE, 1), key_of(NESTED, 4)}
    assert group_duplicates(filled) == 2
    assert _groups(filled) == dict.fromkeys(pair, min(pair))
    assert group_duplicates(filled) == 0


def test_another_text_or_none_leaves_the_group(filled: Engine) -> None:
    _store(filled, Thread(a_post(BARE), (a_comment(BARE, 1, text=SPAM), a_comment(BARE, 2, text=SPAM))))
    assert group_duplicates(filled) == 3
    _store(filled, Thread(a_post(BARE), (a_comment(BARE, 1, text="I take that back."),)))
    group_duplicates(filled)
    assert set(_groups(filled)) == {key_of(BARE, 2), key_of(NESTED, 4)}
    with filled.begin() as connection:
        connection.execute(delete(comment).where(comment.c.key == key_of(BARE, 2)))
    _store(filled, Thread(a_post(FLAT), (a_comment(FLAT, 9, text="Something new."),)))
    group_duplicates(filled)
    assert _groups(filled) == {}


def test_a_pass_that_was_killed_before_the_groups_is_made_good(filled: Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    _store(filled, Thread(a_post(BARE), (a_comment(BARE, 1, text=SPAM),)))
    with monkeypatch.context() as patch:
        patch.setattr("pipeline.duplicates.groups", _killed)
        with pytest.raises(KeyboardInterrupt):
            group_duplicates(filled)
    with filled.connect() as connection:
        assert connection.execute(select(func.count()).select_from(fingerprint)).scalar_one() == 9
    assert group_duplicates(filled) == 2


def test_seeing_a_comment_again_keeps_its_group(filled: Engine) -> None:
    same = Thread(a_post(BARE), (a_comment(BARE, 1, text=SPAM),))
    _store(filled, same)
    group_duplicates(filled)
    before = _groups(filled)
    _store(filled, same)
    assert _groups(filled) == before != {}


def _killed(*_: object) -> None:
    raise KeyboardInterrupt


def _store(engine: Engine, *given: Thread) -> None:
    store(engine, runs.start(engine, "crawl", {}), given)


def _groups(engine: Engine) -> dict[str, str]:
    wanted = select(comment.c.key, comment.c.duplicate_group).where(comment.c.duplicate_group.is_not(None))
    with engine.connect() as connection:
        return {row.key: row.duplicate_group for row in connection.execute(wanted)}
