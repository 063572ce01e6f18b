"""Where relative addresses start from."""

import pytest

from pipeline.clean.context import context_of
from tests.pipeline.clean.made import POST, URL, page


@pytest.mark.parametrize(("body", "url", "base"), [
    (b"<html>", URL, URL),
    (b"<head><base target=_top href='/blog/'>", URL, "https://blog.example.org/blog/"),
    (b"<BASE HREF=https://else.example.org/x>", URL, "https://else.example.org/x"),
    (b"<base href='http://[broken'>", URL, URL),
    (b"<html>", "file:saved.html", URL),
    (b"<base href=https://else.example.org/>", "file:saved.html", "https://else.example.org/"),
])
def test_base(body: bytes, url: str, base: str) -> None:
    assert context_of(page(body, url), POST).base == base
