"""Documents that are made from the code say what the code says; their SQL runs."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from sqlalchemy import Engine

from schema import views

DOCS = Path(__file__).parent.parent / "docs"
COLUMNS = DOCS / "columns.md"


def between(document: str, name: str) -> str:
    """What stands between `<!-- name -->` and `<!-- /name -->`."""
    return document.partition(f"<!-- {name} -->\n")[2].partition(f"<!-- /{name} -->")[0]


@pytest.mark.parametrize("name", views.VIEWS)
def test_the_column_dictionary_is_that_of_the_views(name: str) -> None:
    expected = f"\n## `{name}`\n\n{views.as_markdown(name)}\n"
    assert between(COLUMNS.read_text(encoding="utf-8"), name) == expected, "run: python tests/test_docs.py"


@pytest.mark.parametrize("document", sorted(DOCS.glob("*.md")), ids=lambda path: path.name)
def test_the_sql_of_the_documents_runs(document: Path, engine: Engine) -> None:
    statements = "\n".join(re.findall(r"```sql\n(.*?)```", document.read_text(encoding="utf-8"), re.S)).split(";")
    with engine.connect() as connection:
        for statement in filter(str.strip, statements):
            connection.exec_driver_sql(statement)


def _write() -> None:
    document = COLUMNS.read_text(encoding="utf-8")
    for name in views.VIEWS:
        made = f"<!-- {name} -->\n\n## `{name}`\n\n{views.as_markdown(name)}\n<!-- /{name} -->"
        document = re.sub(rf"<!-- {name} -->.*?<!-- /{name} -->", lambda _, made=made: made, document, flags=re.S)
    COLUMNS.write_text(document, encoding="utf-8")


if __name__ == "__main__":
    _write()
