"""`hubbub` as a person types it, in the test's own process."""

from __future__ import annotations

from click.testing import CliRunner, Result

from crawlers.cli import hubbub


def ask_hubbub(url: str, *words: str, stdin: str | None = None) -> Result:
    """What that command line prints, and how it ends."""
    return CliRunner().invoke(hubbub, ["--database", url, *words], input=stdin)
