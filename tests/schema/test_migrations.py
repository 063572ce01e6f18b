"""Migrations go up and down on both engines, and what they make is what schema.tables says."""

from __future__ import annotations

from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Engine, inspect, text

from schema import migrating
from schema.database import downgrade, engine_for, parse_url, upgrade
from schema.tables import metadata

VERSIONS = sorted((Path(migrating.__file__).parent / "migrations" / "versions").glob("[0-9]*.py"))
SCRIPTS = ScriptDirectory.from_config(migrating._config())


def differences(engine: Engine) -> list[object]:
    with engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True, "compare_server_default": True})
        return list(compare_metadata(context, metadata))


def structure(engine: Engine) -> object:
    look = inspect(engine)
    return {name: [(c["name"], str(c["type"]), c["nullable"]) for c in look.get_columns(name)] for name in sorted(look.get_table_names())}


def test_migrations_make_what_the_tables_say(engine: Engine) -> None:
    assert differences(engine) == []


def test_every_step_goes_up_down_and_up_again(blank_url: str) -> None:
    engine = engine_for(parse_url(blank_url))
    for step in reversed(list(SCRIPTS.walk_revisions("base", "heads"))):
        upgrade(engine, step.revision)
        after = structure(engine)
        downgrade(engine, str(step.down_revision or "base"))
        upgrade(engine, step.revision)
        assert structure(engine) == after
    upgrade(engine)
    downgrade(engine, "base")
    assert set(inspect(engine).get_table_names()) == {"alembic_version"}
    engine.dispose()


def test_foreign_keys_hold_on_both_engines(engine: Engine) -> None:
    keys = {(table, key["referred_table"]) for table in inspect(engine).get_table_names() for key in inspect(engine).get_foreign_keys(table)}
    assert {("comment", "post"), ("skipped", "run"), ("tag", "tag_run")} <= keys


def test_a_post_takes_its_comments_along_when_it_goes(engine: Engine) -> None:
    from sqlalchemy import delete, insert

    from schema.tables import comment, post
    from tests.schema.test_views import A_COMMENT, A_POST

    with engine.begin() as connection:
        connection.execute(insert(post).values(A_POST))
        connection.execute(insert(comment).values(A_COMMENT))
        connection.execute(delete(post))
        assert connection.execute(text("SELECT count(*) FROM comment")).scalar() == 0


def test_there_is_one_line_of_migrations() -> None:
    assert len(SCRIPTS.get_heads()) == 1


@pytest.mark.parametrize("file", VERSIONS, ids=lambda file: file.stem)
def test_a_migration_is_named_by_its_number_and_says_what_it_does(file: Path) -> None:
    script = SCRIPTS.get_revision(file.stem.partition("_")[0])
    assert script.doc and f"Revision: {script.revision}" in file.read_text(encoding="utf-8")
