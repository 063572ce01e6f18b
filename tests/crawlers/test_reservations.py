from __future__ import annotations

from datetime import UTC, datetime

import pytest

from crawlers.reading import read
from crawlers.reservations import heeded, noted, stated
from crawlers.tdm import NO_FILE, TdmFile, parse
from schema.items import Page
from tests.crawlers.serving import post_page

HTML = ("content-type", "text/html; charset=utf-8")
EVERYWHERE = parse(b'[{"location": "/", "tdm-reservation": 1}]')
TDM = '<meta name="tdm-reservation" content="%s">'


def a_page(head: str, *headers: tuple[str, str]) -> Page:
    body = f"<!DOCTYPE html><html><head><title>a</title>{head}</head><body><p>noindex noai</p></body></html>".encode()
    return Page("http://blog.example/a", body, datetime(2026, 1, 1, tzinfo=UTC), headers or (HTML,))


def words(head: str = "", *headers: tuple[str, str], site: TdmFile = NO_FILE) -> str:
    return ", ".join(stated(a_page(head, *headers), site))


@pytest.mark.parametrize(("head", "expected"), [
    ("", ""),
    ('<meta name="robots" content="index, follow">', ""),
    ('<meta name="robots" content="noindex, nofollow">', "noindex"),
    ('<META NAME="Robots" CONTENT="NoAI,NoImageAI">', "noai, noimageai"),
    ('<meta name="robots" content="none">', "noindex"),
    ('<meta name="robots" content="noarchive">', "noarchive"),
    ('<meta name="robots" content="nocache">', "noarchive"),
    ('<meta name="robots" content="index"><meta name="robots" content="noai">', "noai"),
    ('<meta name="hubbub" content="noindex">', "noindex"),
    ('<meta name="googlebot" content="noindex">', ""),
    ('<meta name="description" content="noindex, noai">', ""),
    ('<meta name="robots">', ""),
    ('<meta name="tdm-reservation" content="1"><meta name="tdm-policy" content="https://blog.example/policy.json">', "tdm-policy, tdm-reservation"),
    ('<meta name="tdm-reservation" content="0">', ""),
])
def test_a_head_may_reserve(head: str, expected: str) -> None:
    assert words(head) == expected


@pytest.mark.parametrize(("value", "expected"), [
    ("noindex", "noindex"),
    ("nofollow, NOAI", "noai"),
    ("hubbub: noindex", "noindex"),
    ("Hubbub: noai, noarchive", "noai, noarchive"),
    ("otherbot: noindex, noai", ""),
    ("noai, otherbot: noindex", "noai"),
    ("otherbot: nofollow, hubbub: noindex", "noindex"),
    ("unavailable_after: Mon, 25 Jun 2010 15:00:00 PST, noindex", "noindex"),
    ("max-snippet: -1, noimageai", "noimageai"),
    ("", ""),
    (", :,,::", ""),
])
def test_a_header_may_reserve_for_everybody_or_for_one(value: str, expected: str) -> None:
    assert words("", HTML, ("x-robots-tag", value)) == expected


def test_every_header_counts_and_nothing_is_said_twice() -> None:
    headers = (HTML, ("x-robots-tag", "noai"), ("x-robots-tag", "noindex"), ("tdm-reservation", "1"), ("tdm-policy", "https://blog.example/p"))
    assert words('<meta name="robots" content="noindex">', *headers) == "noai, noindex, tdm-policy, tdm-reservation"


@pytest.mark.parametrize(("head", "header", "site", "expected"), [
    ("", "", EVERYWHERE, "tdm-reservation"),
    ("", "0", EVERYWHERE, ""),
    (TDM % "0", "1", EVERYWHERE, ""),
    (TDM % "1", "0", NO_FILE, "tdm-reservation"),
    (TDM % "yes", "1", NO_FILE, "tdm-reservation"),     # what is no statement overrides none
])
def test_the_nearest_statement_about_mining_decides(head: str, header: str, site: TdmFile, expected: str) -> None:
    assert words(head, HTML, ("tdm-reservation", header), site=site) == expected


@pytest.mark.parametrize(("kind", "value", "expected"), [
    ("application/json", "noindex", ""),            # as WordPress sends it with every answer of its API
    ("application/rss+xml", "noindex, follow", ""),
    ("application/rss+xml", "noindex, noai", "noai"),
    ("text/html", "noindex", "noindex"),
    ("application/xhtml+xml", "noindex", "noindex"),
])
def test_feeds_and_apis_are_kept_out_of_results_for_other_reasons(kind: str, value: str, expected: str) -> None:
    assert words('<meta name="robots" content="noarchive">' if "html" not in kind else "", ("content-type", kind), ("x-robots-tag", value)) == expected


def a_reading(*headers: tuple[str, str]) -> Page:
    return Page("http://blog.example/a", post_page("http://blog.example/a", "First!", "Second."), datetime(2026, 1, 1, tzinfo=UTC), (HTML, *headers))


def test_what_a_page_reserves_is_written_on_its_post_and_comments() -> None:
    (thread,) = noted(read(a_reading(("x-robots-tag", "noai, noarchive")))).threads
    assert [one.reservations for one in (thread.post, *thread.comments)] == ["noai, noarchive"] * 3
    (thread,) = noted(read(a_reading())).threads
    assert [one.reservations for one in (thread.post, *thread.comments)] == [""] * 3


@pytest.mark.parametrize(("value", "reasons"), [
    ("noai", ["reserved: noai"]),
    ("noindex", ["reserved: noindex"]),
    ("none, noai", ["reserved: noai"]),
    ("noarchive, noimageai", []),       # neither is about texts that are kept for oneself
    ("", []),
])
def test_where_reservations_are_heeded_the_reserved_is_not_taken_and_counted(value: str, reasons: list[str]) -> None:
    reading = heeded(noted(read(a_reading(("x-robots-tag", value)))))
    assert [(skipped.reason, skipped.url) for skipped in reading.skipped] == [(reason, "http://blog.example/a") for reason in reasons]
    assert len(reading.threads) == (0 if reasons else 1)


def test_mining_that_is_reserved_for_the_whole_site_is_heeded() -> None:
    reading = heeded(noted(read(a_reading()), EVERYWHERE))
    assert ([skipped.reason for skipped in reading.skipped], reading.threads) == (["reserved: tdm"], ())
