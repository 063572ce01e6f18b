"""Asks for what changed only: the validators of the last answer go with the next request, and what is unchanged costs a 304."""

from __future__ import annotations

from scrapy.http import Response

LONGEST = 500       # characters of a validator; longer ones are not worth their bytes


def conditions(etag: str, last_modified: str) -> dict[str, str]:
    """The headers that ask only for what changed. Both: a server takes the entity tag first (RFC 9110, 13.1.3)."""
    found = {"If-None-Match": etag, "If-Modified-Since": last_modified}
    return {name: value for name, value in found.items() if value}


def validators(response: Response) -> tuple[str, str]:
    """ETag and Last-Modified of an answer, as they were sent; "" where there is none."""
    return _value(response, "ETag"), _value(response, "Last-Modified")


def _value(response: Response, name: str) -> str:
    value = (response.headers.get(name) or b"").decode("latin-1").strip()
    return value if len(value) <= LONGEST and value.isprintable() else ""
