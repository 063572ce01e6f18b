"""Words of trade in texts, names and hosts."""

from __future__ import annotations

import pytest

from pipeline.features.commerce import (
    is_nothing_but_trade,
    is_trade,
    is_trade_host,
    is_ware_host,
    is_wares,
    selling,
    wares,
)
from pipeline.text import Doc


def test_wares_and_cries_are_found_in_the_writers_own_words() -> None:
    text = 'He sells "cheap viagra pills" while I order online: replica watches.'
    doc = Doc("comment", text)
    assert [text[start:end] for start, end in doc.once(wares)] == ["replica watches"]
    assert [text[start:end] for start, end in doc.once(selling)] == ["order online", "replica"]


@pytest.mark.parametrize(("words", "of_wares", "of_trade"), [
    ("cheap shoes", True, True), ("web design", False, True), ("Anna Baker", False, False), ("", False, False),
])
def test_names_and_anchors(words: str, of_wares: bool, of_trade: bool) -> None:
    assert (is_wares(words), is_trade(words)) == (of_wares, of_trade)


@pytest.mark.parametrize(("words", "only"), [("Logo Design", True), ("Logo Design by Anna", False), ("Anna", False)])
def test_nothing_but_trade(words: str, only: bool) -> None:
    assert is_nothing_but_trade(words) is only


@pytest.mark.parametrize(("url", "cries", "trades"), [
    ("https://cheap-handbags.example/", True, False), ("https://jerusalem.example/", False, False), ("https://bishop.example/", False, False),
    ("https://annamarketing.example/", False, True), ("https://best-tea-shelf-shoes.example/", True, False), ("https://donal-rows-boats.example/", False, False), ("https://twitter.com/cheap", False, False), (None, False, False),
])
def test_hosts(url: str | None, cries: bool, trades: bool) -> None:
    assert (is_ware_host(url), is_trade_host(url)) == (cries, trades)
