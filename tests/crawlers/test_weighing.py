from __future__ import annotations

from collections.abc import Iterator

import pytest

from crawlers import failures, weighing
from pipeline.setbacks import Weight

WEIGHTS: list[tuple[str, Weight]] = [
    ("", ""), ("not found", "hard"), ("unknown host", "hard"), ("not http", "hard"), ("odd address", "hard"),
    ("server error", "temporary"), ("no answer in time", "temporary"), ("robots unreachable", "temporary"), ("too many requests", "temporary"),
    ("connection refused", "temporary"), ("connection failed", "temporary"), ("damaged answer", "temporary"),
    ("host asked to wait", "temporary"), ("host does not answer", "temporary"),
    ("disallowed by robots.txt", "soft"), ("not a page", "soft"), ("forbidden", "soft"), ("private address", "temporary"), ("no posts", "soft"),
    ("crawl delay too long", "soft"), ("status 418", "soft"), ("too many redirects", "soft"), ("certificate not valid", "soft"),
]


@pytest.mark.parametrize(("reason", "weight"), WEIGHTS)
def test_a_failure_weighs_what_it_says_of_the_blog(reason: str, weight: Weight) -> None:
    assert weighing.weight(reason) == weight


def reasons_in_use() -> Iterator[str]:
    yield from failures._BY_ERROR.values()
    yield from failures._BY_STATUS.values()


def test_every_reason_that_only_time_can_mend_is_known() -> None:
    soft = {reason for reason in reasons_in_use() if weighing.weight(reason) == "soft"}
    assert soft <= {"too large", "password needed", "forbidden", "withheld for legal reasons"}


NETWORKS = [
    (["unknown host", "unknown host"], True), (["unknown host", "no answer in time", "unknown host"], True), (["unknown host"], False),
    (["unknown host", "private address", "unknown host"], True), (["unknown host", "private address"], False), (["unknown host", "not found"], False), (["unknown host", ""], False), (["no answer in time", "no answer in time"], False), ([], False),
]


@pytest.mark.parametrize(("reasons", "is_gone"), NETWORKS)
def test_a_machine_without_a_network_is_told_from_blogs_that_are_gone(reasons: list[str], is_gone: bool) -> None:
    assert weighing.is_network_gone(reasons) == is_gone


URL = "http://till.example/"
SENTENCES = [
    (failures.DISALLOWED, "", "its robots.txt disallows it, and hubbub obeys"),
    ("server error", "status 503", "the server failed (status 503)"),
    ("server error", "", "the server failed"),
    (failures.NOT_FOUND, "", "the server has no such page (404)"),
    (failures.ROBOTS_UNREACHABLE, "status 503", "its robots.txt could not be had (status 503), and without that nothing may be fetched"),
    ("unknown host", "", "the name of the host is not known"),
    (failures.LONG_DELAY, "60 seconds", "its robots.txt asks for 60 seconds between two requests, longer than hubbub waits"),
]


@pytest.mark.parametrize(("reason", "detail", "words"), SENTENCES)
def test_a_list_needs_neither_address_nor_advice(reason: str, detail: str, words: str) -> None:
    assert weighing.in_plain_words(failures.sentence(URL, reason, detail), URL) == words
