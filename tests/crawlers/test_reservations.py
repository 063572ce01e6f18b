from __future__ import annotations

from datetime import UTC, datetime

import pytest

from crawlers.reservations import reservations
from schema.items import Page

HTML = ("content-type", "text/html; charset=utf-8")


def stated(head: str = "", *headers: tuple[str, str]) -> tuple[str, ...]:
    body = f"<!DOCTYPE html><html><head><title>a</title>{head}</head><body><p>noindex noai</p></body></html>".encode()
    return reservations(Page("http://blog.example/a", body, datetime(2026, 1, 1, tzinfo=UTC), headers or (HTML,)))


@pytest.mark.parametrize(("head", "expected"), [
    ("", ()),
    ('<meta name="robots" content="index, follow">', ()),
    ('<meta name="robots" content="noindex, nofollow">', ("noindex",)),
    ('<META NAME="Robots" CONTENT="NoAI,NoImageAI">', ("noai", "noimageai")),
    ('<meta name="robots" content="none">', ("noindex",)),
    ('<meta name="robots" content="index"><meta name="robots" content="noai">', ("noai",)),
    ('<meta name="hubbub" content="noindex">', ("noindex",)),
    ('<meta name="googlebot" content="noindex">', ()),
    ('<meta name="description" content="noindex, noai">', ()),
    ('<meta name="robots">', ()),
    ('<meta name="tdm-reservation" content="1"><meta name="tdm-policy" content="https://blog.example/policy.json">', ("tdm-reservation",)),
    ('<meta name="tdm-reservation" content="0">', ()),
])
def test_a_head_may_reserve(head: str, expected: tuple[str, ...]) -> None:
    assert stated(head) == expected


@pytest.mark.parametrize(("value", "expected"), [
    ("noindex", ("noindex",)),
    ("nofollow, NOAI", ("noai",)),
    ("otherbot: noindex, noai", ()),
    ("noai, otherbot: noindex", ("noai",)),
    ("otherbot: nofollow, hubbub: noindex", ("noindex",)),
    ("unavailable_after: Mon, 25 Jun 2010 15:00:00 PST, noindex", ("noindex",)),
    ("max-snippet: -1, noimageai", ("noimageai",)),
    ("", ()),
    (", :,,::", ()),
])
def test_a_header_may_reserve_for_everybody_or_for_one(value: str, expected: tuple[str, ...]) -> None:
    assert stated("", HTML, ("x-robots-tag", value)) == expected


def test_every_header_counts_and_nothing_is_said_twice() -> None:
    headers = (HTML, ("x-robots-tag", "noai"), ("x-robots-tag", "noindex"), ("tdm-reservation", "1"))
    assert stated('<meta name="robots" content="noindex">', *headers) == ("noai", "noindex", "tdm-reservation")


def test_what_is_no_html_reserves_by_its_headers_alone() -> None:
    headers = (("content-type", "application/json"), ("x-robots-tag", "noindex"))
    assert stated('<meta name="robots" content="noai">', *headers) == ("noindex",)
