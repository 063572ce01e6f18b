from __future__ import annotations

from crawlers.sample.article import article_page
from crawlers.sample.content import blogs

BLOG = blogs()[1]
PAGE = article_page(BLOG, BLOG.articles[0])


def test_it_is_a_bare_page_with_a_list() -> None:
    assert PAGE.count("<li>") == PAGE.count("</li>") == 6
    assert "<h1>Hawkers and neighbours</h1>" in PAGE
    assert "wp-" not in PAGE
    assert "hentry" not in PAGE


def test_it_names_its_author_and_no_date() -> None:
    assert '<meta name="author" content="Ingrid Solheim">' in PAGE
    assert "20" not in PAGE.partition("<body>")[2].replace("&#8220;", "")
