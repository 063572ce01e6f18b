"""Elements by class name and id."""

from __future__ import annotations

from datetime import UTC, datetime

from crawlers.filed import filed, is_within
from schema.items import Page

PAGE = Page("http://x.example/", b"""<body class="sidebar"><div class="a b" id="c1"><p class="b x">1</p></div><p class="a">2</p><a id="c1"></a><p id="c2x">3</p>
<p id="c22">4</p></body>""", datetime(2026, 1, 1, tzinfo=UTC))


def test_elements_of_several_names_come_once_and_in_order() -> None:
    assert [one.tag for one in filed(PAGE).of("b", "a")] == ["div", "p", "p"]
    assert filed(PAGE).of("none") == []
    assert len(filed(PAGE).like("ide")) == 1


def test_numbered_ids_are_found_with_their_numbers() -> None:
    assert [(number, one.tag) for number, one in filed(PAGE).numbered("c")] == [("1", "div"), ("22", "p")]
    assert [id_ for id_, _ in filed(PAGE).identified] == ["c1", "c1", "c2x", "c22"]


def test_what_an_element_stands_in_does_not_go_beyond_the_body() -> None:
    inner = filed(PAGE).of("x")[0]
    assert is_within(inner, names=frozenset(("a",)))
    assert is_within(inner, tags=frozenset(("div",)))
    assert is_within(inner, ids=frozenset(("c1",)))
    assert not is_within(inner, names=frozenset(("sidebar",)))
