"""Pages, posts and contexts for the tests of cleaning, with only what a test asks for."""

from dataclasses import replace
from datetime import UTC, datetime

from pipeline.clean.context import Context, context_of
from schema.items import Page, Post

URL = "https://blog.example.org/2009/10/post.html"
FETCHED = datetime(2024, 5, 17, 12, 0, tzinfo=UTC)
POST = Post(URL, "blogger", title="A post", html="<p>Words about markets.</p>", language="en")


def page(body: bytes = b"<html></html>", url: str = URL) -> Page:
    return Page(url, body, FETCHED, origin="run:1")


def context(**fields: object) -> Context:
    """The context of a post with these fields."""
    post = replace(POST, **fields)  # type: ignore[arg-type]  # the names are checked by replace
    return context_of(page(), post)
