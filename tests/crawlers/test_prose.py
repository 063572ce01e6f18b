"""The main text of a page whose theme does not mark it."""

from __future__ import annotations

from lxml import html

from crawlers import prose

LONG = "<p>" + "A sentence about shops and what is said in them. " * 4 + "</p>"


def test_the_element_with_most_paragraphs_wins_and_comments_do_not_count() -> None:
    root = html.fromstring(f"<body class='no-sidebars'><div id='text'>{LONG}</div><div id='comments'>{LONG * 5}</div><aside>{LONG * 5}</aside></body>")
    found = prose.most_paragraphs(root)
    assert found is not None
    assert found.get("id") == "text"


def test_a_page_without_prose_has_no_text() -> None:
    assert prose.most_paragraphs(html.fromstring("<body><p>Menu</p></body>")) is None
