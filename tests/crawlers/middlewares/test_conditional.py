from __future__ import annotations

import pytest
from scrapy.http import Response

from crawlers.middlewares.conditional import LONGEST, conditions, validators

DAY = "Sun, 01 Mar 2026 11:00:00 GMT"


@pytest.mark.parametrize(("etag", "modified", "expected"), [
    ("", "", {}),
    ('"a"', "", {"If-None-Match": '"a"'}),
    ("", DAY, {"If-Modified-Since": DAY}),
    ('W/"a"', DAY, {"If-None-Match": 'W/"a"', "If-Modified-Since": DAY}),
])
def test_both_validators_are_sent_back(etag: str, modified: str, expected: dict[str, str]) -> None:
    assert conditions(etag, modified) == expected


@pytest.mark.parametrize(("headers", "expected"), [
    ({}, ("", "")),
    ({"ETag": ' W/"a" ', "Last-Modified": DAY}, ('W/"a"', DAY)),
    ({"ETag": '"' + "x" * LONGEST + '"'}, ("", "")),
    ({"ETag": b'"a\x00"'}, ("", "")),
    ({"ETag": b'"\xe9"'}, ('"\xe9"', "")),
])
def test_validators_are_kept_as_they_were_sent(headers: dict[str, str | bytes], expected: tuple[str, str]) -> None:
    assert validators(Response("http://blog.example/", headers=headers)) == expected
