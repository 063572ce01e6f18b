from __future__ import annotations

import pytest

from crawlers.sourcelist_entry import Damaged, Row
from crawlers.sourcelist_toml import read

TEXT = """
[defaults]
schedule = "weekly"

[[source]]
url = "https://a.example/"
max_posts = 20

  [[ source ]]
url = "https://b.example/"
schedule = "hourly"
"""


def test_tables_are_read_with_what_holds_for_all() -> None:
    assert [*read(TEXT)] == [
        Row(5, {"schedule": "weekly", "url": "https://a.example/", "max_posts": 20}),
        Row(9, {"schedule": "hourly", "url": "https://b.example/"}),
    ]


def test_an_unknown_field_is_a_slip_of_the_pen() -> None:
    [row] = read('[[source]]\nurl = "https://a.example/"\nschedul = "weekly"\n')
    assert isinstance(row, Row)
    assert "no field 'schedul'" in row.problem


DAMAGED = [("url = ", "is no TOML"), ("[[sources]]\nurl = 'a'", "unknown part 'sources'"), ("", "lists no blog"), ("source = 7", "lists no blog"), ("defaults = 7", "lists no blog")]


@pytest.mark.parametrize(("text", "why"), DAMAGED)
def test_what_is_no_list_is_told(text: str, why: str) -> None:
    with pytest.raises(Damaged, match=why):
        list(read(text))


def test_a_table_that_is_none_is_refused_in_its_place() -> None:
    rows = [row for row in read("source = [7, {url = 'a.example'}]") if isinstance(row, Row)]
    assert [(row.line, bool(row.problem)) for row in rows] == [(1, True), (2, False)]
