"""A source for tests that need one."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

from pipeline.sources import Source

NOW = datetime(2026, 11, 20, 2, 15, tzinfo=UTC)


def a_source(name: str = "till.example", **fields: Any) -> Source:     # Any: fields of every type
    """A daily source that was never visited."""
    plain = Source(name, f"http://{name}/", name, True, "", "daily", None, None, None, None, "a search", "", "", "", NOW, next_visit=NOW)
    return replace(plain, **fields)
