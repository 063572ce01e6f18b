"""Strangers write into our messages: titles, addresses, headers. What is printed of them is one line that no terminal obeys."""

from __future__ import annotations

import logging
import re
from collections.abc import Iterator
from io import StringIO
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawlers import logs
from tests.crawlers.hostile.blogging import post, words_of
from tests.crawlers.serving import Answer, crawl, hubbub, serving

OBEYED = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f]")
EVIL = "\x1b]0;owned\x07\x1b[31mRed\x9b2J\x9d52;c;eA==\x07"


@pytest.fixture
def log() -> Iterator[StringIO]:
    """What a handler of Scrapy's would write."""
    before, out = logging.getLogRecordFactory(), StringIO()
    logs.keep_safe()
    handler = logging.StreamHandler(out)
    handler.setFormatter(logging.Formatter("%(levelname)s: %(message)s"))
    logger = logging.getLogger("strangers")
    logger.addHandler(handler)
    yield out
    logger.removeHandler(handler)
    logging.setLogRecordFactory(before)


@pytest.mark.parametrize(("words", "shown"), [
    ("postgresql://ann:secret@db.example/corpus", "postgresql://***@db.example/corpus"),
    ("'postgresql+psycopg://ann:s%40t@db/x'", "'postgresql+psycopg://***@db/x'"),
    ("http://token@blog.example/a", "http://***@blog.example/a"),
    ("postgresql://db.example/corpus?password=hunter2&sslmode=require", "postgresql://db.example/corpus?password=***&sslmode=require"),
    ("{'password': 'hunter2', 'user': 'ann'}", "{'password': '***', 'user': 'ann'}"),
    ("GET http://blog.example/?api_key=abc HTTP", "GET http://blog.example/?api_key=*** HTTP"),
    ("http://blog.example/@ann/a-post", "http://blog.example/@ann/a-post"),
    ("write to ann@uni.example", "write to ann@uni.example"),
    ("two\nlines\r\nand\tmore", "two lines and more"),
    ("a line\u2028and another", "a line and another"),
])
def test_secrets_are_masked_and_lines_stay_lines(words: str, shown: str) -> None:
    assert logs.safe(words) == shown


@given(st.text())
def test_nothing_is_left_that_a_terminal_would_obey(words: str) -> None:
    assert not OBEYED.search(logs.safe(words))
    assert logs.safe(logs.safe(words)) == logs.safe(words)
    assert len(logs.safe(words).splitlines()) <= 1


def test_whoever_logs_writes_one_line(log: StringIO) -> None:
    logger = logging.getLogger("strangers")
    logger.error("A title: %s", f"{EVIL}\nERROR: forged")
    logger.error("no %d here", "number")
    try:
        raise ValueError(f"bad\n{EVIL} postgresql://ann:secret@db/x")
    except ValueError:
        logger.exception("It failed")
    lines = log.getvalue().splitlines()
    assert len(lines) == 3
    assert not OBEYED.search(log.getvalue().replace("\n", ""))
    assert lines[0].startswith("ERROR: A title: ")
    assert "ERROR: forged" in lines[0]
    assert "ValueError: bad" in lines[2]
    assert "test_logs.py" in lines[2]
    assert "secret" not in lines[2]


def test_installing_it_twice_changes_nothing(log: StringIO) -> None:
    once = logging.getLogRecordFactory()
    logs.keep_safe()
    assert logging.getLogRecordFactory() is once
    assert log.getvalue() == ""


def evil_blog(url: str, _opened: str) -> dict[str, Answer]:
    page = post(f"{url}/a/", f"A {EVIL} title", f"{EVIL} {words_of(1)}", (f"{EVIL} said.",), extra=f'<a href="/{EVIL}">x</a>')
    return {
        "/a/": Answer(page.replace("Ann", f"Ann {EVIL}").encode("utf-8", "surrogatepass"), headers={"X-Evil": "\x1b[31m"}),
        "/bad/": Answer(b"\x89PNG", "image/\x1b[31mpng"),
    }


def test_a_crawl_and_an_explanation_of_an_evil_page_print_nothing_evil(tmp_path: Path) -> None:
    with serving(evil_blog) as site:
        runs = [
            crawl(tmp_path, site, "/a/", "-v"),
            crawl(tmp_path, site, "/bad/"),
            hubbub(tmp_path, "explain", f"{site.url}/a/", "--allow-private", site.opened),
            hubbub(tmp_path, "explain", f"{site.url}/a/", "--allow-private", site.opened, "--format", "json"),
            hubbub(tmp_path, "explain", f"{site.url}/bad/", "--allow-private", site.opened),
            hubbub(tmp_path, "thread", f"{site.url}/a/"),
        ]
    for run in runs:
        assert not OBEYED.search(run.stdout + run.stderr), run.args
        assert run.stdout + run.stderr
    assert "Red" in runs[2].stdout
    assert all(re.match(r"\d{4}-\d\d-\d\d |hubbub: ", line) for line in runs[0].stderr.splitlines()), "each event is one line"


def test_the_password_of_a_database_is_never_logged(tmp_path: Path) -> None:
    """Scrapy prints the settings that differ from its own, the database among them."""
    with serving(evil_blog) as site:
        run = hubbub(tmp_path, "--database", "postgresql://ann:hunter2@127.0.0.1:9/x", "crawl", f"{site.url}/a/", "--allow-private", site.opened, "-v")
    assert run.returncode == 1
    assert "hunter2" not in run.stdout + run.stderr
