"""Moments come back as they went in, on both engines; texts are ordered byte by byte on both."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from psycopg.errors import FeatureNotSupported
from sqlalchemy import Engine, bindparam, cast, create_engine, insert, literal, select, text

from schema.database import engine_for, parse_url, upgrade
from schema.tables import UtcTime, meta, metadata, run, utc_iso
from tests import postgres

MOMENTS = [
    (datetime(2009, 10, 14, 8, 5, tzinfo=UTC), "2009-10-14T08:05:00.000Z"),
    (datetime(2009, 10, 14, 8, 5, 6, 789999, tzinfo=UTC), "2009-10-14T08:05:06.789Z"),
    (datetime(2009, 10, 14, 1, 5, tzinfo=timezone(timedelta(hours=-7))), "2009-10-14T08:05:00.000Z"),
    (datetime(1999, 12, 31, 23, 59, tzinfo=timezone(timedelta(hours=5, minutes=30))), "1999-12-31T18:29:00.000Z"),
    (datetime(1, 1, 2, tzinfo=UTC), "0001-01-02T00:00:00.000Z"),
]
# Spellings that locales order in other ways than bytes do.
WORDS = ["b", "a", "B", "A", "ä", "z", "Z", "é", "e", "_", "-", " ", "10", "9", "ß", "ss", "中", "😀", "a b", "ab", "a-b", "Ab", ""]


@pytest.mark.parametrize(("moment", "spelled"), MOMENTS)
def test_a_moment_has_one_spelling(moment: datetime, spelled: str) -> None:
    assert utc_iso(moment) == spelled


@given(st.datetimes(timezones=st.timezones(), min_value=datetime(2, 1, 1), max_value=datetime(9998, 1, 1)), st.datetimes(timezones=st.just(UTC)))
def test_spellings_sort_as_the_moments_do(one: datetime, other: datetime) -> None:
    one, other = (moment.astimezone(UTC).replace(microsecond=moment.microsecond // 1000 * 1000) for moment in (one, other))
    assert (utc_iso(one) < utc_iso(other)) == (one < other)
    assert datetime.fromisoformat(utc_iso(one)) == one


@pytest.mark.parametrize(("moment", "spelled"), MOMENTS)
def test_moments_come_back_as_they_went_in_to_the_millisecond(engine: Engine, moment: datetime, spelled: str) -> None:
    with engine.begin() as connection:
        connection.execute(insert(run).values(
            command="crawl", hubbub_version="0", started_at=moment, finished_at=None, outcome="done", settings={}, counts={},
        ))
        started, finished = connection.execute(select(run.c.started_at, run.c.finished_at)).one()
    assert started == datetime.fromisoformat(spelled)
    assert started.utcoffset() == timedelta(0)
    assert finished is None


def test_moments_are_compared_as_moments(engine: Engine) -> None:
    moments = [moment for moment, _ in MOMENTS]
    with engine.connect() as connection:
        for one in moments:
            for other in moments:
                earlier = connection.execute(select(literal(one, UtcTime) < literal(other, UtcTime))).scalar()
                assert bool(earlier) == (utc_iso(one) < utc_iso(other))


def test_texts_are_ordered_by_code_points_on_both_engines(engine: Engine) -> None:
    assert ordered(engine) == sorted(WORDS)


def test_the_order_does_not_depend_on_the_collation_of_the_database(postgresql: postgres.Server) -> None:
    """A user's server speaks English or German, where `a` stands before `B`."""
    try:
        url = postgresql.create("in_english", "template0", "LOCALE_PROVIDER icu ICU_LOCALE 'en-US'")
    except FeatureNotSupported:
        return      # built without ICU; what the catalogue says of our columns is tested below
    engine = engine_for(parse_url(url))
    upgrade(engine)
    with engine.connect() as connection:
        assert connection.execute(text("SELECT 'a' < 'B'")).scalar() is True     # else this test shows nothing
    assert ordered(engine) == sorted(WORDS)
    engine.dispose()


def ordered(engine: Engine) -> list[str]:
    with engine.begin() as connection:
        connection.execute(meta.delete())
        connection.execute(insert(meta), [{"name": word, "value": word} for word in WORDS])
        return list(connection.execute(select(meta.c.value).order_by(meta.c.value)).scalars())


def test_every_text_column_of_tables_and_views_is_compared_by_bytes(database_url: str) -> None:
    if not database_url.startswith("postgresql"):
        return      # SQLite compares by bytes unless told otherwise
    engine = create_engine(parse_url(database_url))
    with engine.connect() as connection:
        others = connection.execute(text(
            "SELECT table_name, column_name FROM information_schema.columns WHERE table_schema = current_schema()"
            " AND data_type IN ('text', 'character varying') AND collation_name IS DISTINCT FROM 'C' AND table_name <> 'alembic_version'"
        )).all()
    engine.dispose()
    assert others == []


def test_json_keeps_what_it_was_given(engine: Engine) -> None:
    given_value = {"b": [1, 2.5, None, True], "a": {"ä": "😀 \" \\ \n"}}
    with engine.begin() as connection:
        connection.execute(insert(run).values(
            command="tag", hubbub_version="0", started_at=MOMENTS[0][0], outcome="done", settings=given_value, counts={},
        ))
        assert connection.execute(select(run.c.settings)).scalar() == given_value


def test_texts_come_back_as_they_went_in(engine: Engine, shared: Path) -> None:
    """Naughty strings; NUL and lone surrogates are taken out at the write point, before they come here."""
    strings = [word for word in json.loads((shared / "suites" / "blns.json").read_text("utf-8")) if "\0" not in word]
    with engine.begin() as connection:
        connection.execute(insert(meta), [{"name": f"{number:04}", "value": word} for number, word in enumerate(strings)])
        rows = connection.execute(select(meta.c.value).where(meta.c.name != "views").order_by(meta.c.name)).scalars().all()
    assert rows == strings


def test_names_of_constraints_and_indexes_are_given_by_us() -> None:
    """Only what has a name can be changed by a migration on both engines."""
    for table in metadata.tables.values():
        assert all(constraint.name for constraint in table.constraints), table.name
        assert all(index.name for index in table.indexes), table.name


def test_a_moment_can_be_a_parameter_of_sql(engine: Engine) -> None:
    moment = MOMENTS[2][0]
    with engine.connect() as connection:
        assert connection.execute(select(cast(bindparam("moment", moment, UtcTime), UtcTime))).scalar() == moment
