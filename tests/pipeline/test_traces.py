"""The traces of stored comments, and what the corpus says by them."""

from __future__ import annotations

from sqlalchemy import Engine

from pipeline import runs
from pipeline.corpus import Trace
from pipeline.store import store
from pipeline.text import Spread
from pipeline.traces import index, traces
from schema.items import TextLink, Thread
from schema.keys import post_key
from tests.pipeline.rows import BARE, FLAT, NESTED, a_comment, a_post, key_of, threads

CHAIRS = TextLink("https://www.chairs.example/sale", "here", 0, 4)


def test_links_and_urls_of_authors_are_found_wherever_they_stand(engine: Engine) -> None:
    more = (
        a_comment(BARE, 1, text="here", links=(CHAIRS,), author_url="https://ada.example/"),
        a_comment(BARE, 2, text="Yes.", author="", author_key="anonymous-1", author_how="anonymous"),
    )
    store(engine, runs.start(engine, "crawl", {}), [*threads(), Thread(a_post(BARE), more)])
    with engine.connect() as connection:
        here = traces(connection, [post_key(BARE)])
        says = index(connection)
    assert here[key_of(BARE, 1)] == Trace(post_key(BARE), "beta.example", frozenset(("chairs.example", "ada.example")), "areader1")
    assert here[key_of(BARE, 2)].author == ""
    assert says.says(here[key_of(BARE, 1)]).hosts == {"ada.example": Spread(0, 0), "chairs.example": Spread(1, 1)}


def test_an_author_is_known_under_other_posts(engine: Engine) -> None:
    store(engine, runs.start(engine, "crawl", {}), threads())
    with engine.connect() as connection:
        of_nested, of_flat = traces(connection, [post_key(NESTED)]), traces(connection, [post_key(FLAT)])
        says = index(connection)
    first = says.says(of_nested[key_of(NESTED, 1)])
    assert (first.by_author, first.author) == (1, Spread(1, 0))
    assert len(of_flat) == 2
