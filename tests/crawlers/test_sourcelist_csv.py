from __future__ import annotations

import pytest

from crawlers.sourcelist_csv import read
from crawlers.sourcelist_entry import Damaged, Row

TABLES = [
    "url,why\nhttps://a.example/,\"named, twice\"\n",
    "why;url\n\"named, twice\";https://a.example/\n",
    "URL\tWhy\r\nhttps://a.example/\tnamed, twice\r\n",
    "\ufeffaddress,why\n\nhttps://a.example/,\"named, twice\"",
]


@pytest.mark.parametrize("text", TABLES)
def test_a_table_is_read_whatever_stands_between_its_columns(text: str) -> None:
    [row] = read(text)
    assert isinstance(row, Row)
    assert row.fields == {"url": "https://a.example/", "why": "named, twice"}


def test_lines_are_those_of_the_file_also_behind_a_cell_of_several() -> None:
    rows = [row for row in read('url,why\na.example,"one\ntwo"\nb.example,\n') if isinstance(row, Row)]
    assert [row.line for row in rows] == [2, 4]


def test_columns_of_our_own_export_that_are_no_fields_are_left_out_in_silence_and_others_are_named() -> None:
    own = [*read("url,last_outcome,next_visit\na.example,3 posts,\n")]
    assert own == [Row(2, {"url": "a.example"})]
    assert [*read("url,Country\na.example,DK\n")] == ["the columns 'Country' mean nothing here and were left out.", Row(2, {"url": "a.example"})]


@pytest.mark.parametrize("text", ["https://a.example/\nhttps://b.example/\n", "a.example\n", "A,blog.a.example:8080/news,x\n"])
def test_a_plain_list_of_addresses_is_told_what_its_first_line_lacks(text: str) -> None:
    with pytest.raises(Damaged, match=r"begins with an address.*put `url` in the first line"):
        list(read(text))


@pytest.mark.parametrize("text", ["", "name,link\na,b\n"])
def test_a_table_without_addresses_is_none(text: str) -> None:
    with pytest.raises(Damaged, match="no column `url`"):
        list(read(text))


def test_a_line_with_too_many_cells_is_refused_and_one_with_too_few_is_not() -> None:
    rows = [row for row in read("url,why\na.example,b,c\nb.example\n") if isinstance(row, Row)]
    assert [bool(row.problem) for row in rows] == [True, False]
