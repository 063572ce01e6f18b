"""Moments as export files write them."""

from __future__ import annotations

import re
from datetime import UTC, datetime

_NUMBERS = re.compile(r"(\d{4})-(\d\d?)-(\d\d?)[T ](\d\d?):(\d\d?)(?::(\d\d?)(?:\.\d+)?)?")
_OFFSET = re.compile(r"Z$|[+-]\d\d:?\d\d$")


def utc(written: str) -> datetime | None:
    """2009-10-14 15:04:05, with or without zeros and zone, as UTC; None for WordPress' 0000-00-00 and other nonsense."""
    written = written.strip()
    found = _NUMBERS.match(written)
    if not found:
        return None
    try:
        if _OFFSET.search(written):
            return datetime.fromisoformat(written).astimezone(UTC)
        return datetime(*(int(number or 0) for number in found.groups()), tzinfo=UTC)   # type: ignore[misc, arg-type]  # six numbers
    except (ValueError, OverflowError):
        return None
