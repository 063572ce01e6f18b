"""What the README promises of platforms is what their fixtures give."""

from __future__ import annotations

from tests.platform_table import PAGES, ROOT, table
from tests.test_docs import between


def test_the_table_of_platforms_is_made_from_the_fixtures() -> None:
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    assert between(readme, "platforms") == table(), "run: python -m tests.platform_table"


def test_every_platform_is_in_the_table() -> None:
    rows = table().splitlines()[2:]
    assert len(rows) == len([folder for folder in PAGES.iterdir() if folder.is_dir()]) >= 16
