"""What JSON-LD and meta tags say of an article."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from crawlers import stated
from schema.items import Page


@pytest.mark.parametrize(("body", "given"), [
    ('<script type="application/ld+json">{"@graph":[{"@type":"WebPage"},{"@type":"BlogPosting","author":[{"name":"Nora","url":"http://n.example/"}],'
     '"datePublished":"2020-01-02T03:04:05+01:00"}]}</script>', ("Nora", "http://n.example/", "2020-01-02T03:04:05+01:00", datetime(2020, 1, 2, 2, 4, 5, tzinfo=UTC))),
    ('<script type="application/ld+json"><![CDATA[ {"@type":"Article","author":"Nora","datePublished":"2020-01-02"} ]]></script>', ("Nora", "", "2020-01-02", None)),
    ('<meta name="author" content="Nora"><meta property="article:published_time" content="2020-01-02T03:04:05Z">', ("Nora", "", "2020-01-02T03:04:05Z", datetime(2020, 1, 2, 3, 4, 5, tzinfo=UTC))),
    ('<meta name="author" content="https://www.facebook.example/nora">', ("", "", "", None)),
    ('<script type="application/ld+json">{"@type":"Article","author":7,"datePublished":[1]}</script>', ("", "", "", None)),
    ('<script type="application/ld+json">{"@type":</script>', ("", "", "", None)),
])
def test_author_and_date(body: str, given: tuple[str, str, str, datetime | None]) -> None:
    said = stated.article(Page("http://x.example/", body.encode(), datetime(2026, 1, 1, tzinfo=UTC)))
    assert (said.author, said.author_url, said.raw, said.published) == given
    assert said.how == ("offset" if given[3] else None)
