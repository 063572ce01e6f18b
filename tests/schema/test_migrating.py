"""Which revision is the newest, known without Alembic."""

from __future__ import annotations

import subprocess
import sys

from alembic.script import ScriptDirectory

from schema import migrating


def test_the_newest_revision_is_the_head_of_the_migrations() -> None:
    script = ScriptDirectory.from_config(migrating._config())
    assert migrating.newest() == script.get_current_head()


def test_how_far_a_revision_is_behind() -> None:
    newest = int(migrating.newest())
    assert [migrating.behind(revision) for revision in (migrating.newest(), "0001", None, "9999")] == [0, newest - 1, newest, None]


def test_alembic_is_not_loaded_where_there_is_nothing_to_migrate() -> None:
    script = "import sys, schema.database, schema.migrating as m; assert m.behind(m.newest()) == 0; sys.exit('alembic' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", script], check=False).returncode == 0
