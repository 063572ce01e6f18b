"""`hubbub crawl --due` and `--source` over real servers, as cron would call them."""

from __future__ import annotations

import json
import socket
from collections.abc import Iterator
from contextlib import ExitStack, closing, contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from subprocess import CompletedProcess
from typing import Any

import pytest
from sqlalchemy import update

from schema.database import open_database
from schema.tables import source
from tests.crawlers.serving import Answer, Site, hubbub, post_page, rows, serving
from tests.pipeline.commands.asking import ask_hubbub

POST = "/2009/10/a/"


def blog(url: str, _place: str) -> dict[str, Answer]:
    """A small blog with a feed: one post, two comments."""
    feed = f"""<?xml version="1.0"?><rss version="2.0"><channel><title>B</title><link>{url}/</link>
    <item><title>A</title><link>{url}{POST}</link><description>x</description></item></channel></rss>"""
    front = f'<html><head><title>B</title><link rel="alternate" type="application/rss+xml" href="/feed"></head><body><a href="{POST}">A</a></body></html>'
    return {"/": Answer(front.encode()), "/feed": Answer(feed.encode(), "application/rss+xml"), POST: Answer(post_page(POST, "Four words are too many.", "Three, then?"))}


FORBIDDEN = {"/robots.txt": Answer(b"User-agent: *\nDisallow: /\n", "text/plain")}
FAILING = {"/robots.txt": Answer(b"", "text/plain", 404), "/": Answer(b"no", "text/plain", 500)}


@contextmanager
def blogs(number: int) -> Iterator[list[Site]]:
    with ExitStack() as stack:
        yield [stack.enter_context(serving(blog)) for _ in range(number)]


def nobody() -> str:
    """An address where nothing listens."""
    with closing(socket.socket()) as free:
        free.bind(("127.0.0.1", 0))
        return f"127.0.0.1:{free.getsockname()[1]}"


def frame(folder: Path, *words: str) -> str:
    """What `hubbub sources ...` prints in that folder."""
    result = ask_hubbub(f"sqlite:///{folder}/hubbub.db", "sources", *words)
    assert result.exit_code == 0, result.output
    return result.stdout


def added(folder: Path, *places: str, options: tuple[str, ...] = ()) -> None:
    frame(folder, "add", *(f"http://{place}/" for place in places), *options)


def crawled(folder: Path, places: list[str], *words: str) -> CompletedProcess[str]:
    return hubbub(folder, "crawl", *words, "--no-tag", *(word for place in places for word in ("--allow-private", place)))


def listed(folder: Path) -> dict[str, dict[str, Any]]:     # Any: columns of every type
    rows = map(json.loads, frame(folder, "list", "--format", "jsonl").splitlines())
    return {row["name"]: row for row in rows}


def all_due(folder: Path) -> None:
    """As if time had passed."""
    engine = open_database(f"sqlite:///{folder}/hubbub.db")
    with engine.begin() as connection:
        connection.execute(update(source).values(next_visit=datetime.now(UTC) - timedelta(hours=1)))
    engine.dispose()


def test_what_is_due_is_visited_and_no_more_and_what_has_not_changed_is_a_success(tmp_path: Path) -> None:
    with blogs(2) as (one, other):
        places = [one.opened, other.opened]
        added(tmp_path, one.opened)
        added(tmp_path, other.opened, options=("--schedule", "manual"))
        first = crawled(tmp_path, places, "--due")
        assert (first.returncode, first.stderr) == (0, "")
        assert "1 source visited." in first.stdout
        assert other.asked == []
        found = listed(tmp_path)[one.opened]
        assert (found["last_outcome"], found["failure"], found["last_run"]) == ("1 new post, 2 new comments", "", 1)
        asked = len(one.asked)
        again = crawled(tmp_path, places, "--due")
        assert (again.returncode, again.stderr) == (0, "")
        assert again.stdout == f"Nothing is due; the next is {one.opened} at {found['next_visit'][:16].replace('T', ' ')} UTC.\n"
        assert len(one.asked) == asked
        frame(tmp_path, "remove", other.opened)
        all_due(tmp_path)
        third = crawled(tmp_path, places, "--due", "--strict")
    assert (third.returncode, third.stderr) == (0, "")
    assert listed(tmp_path)[one.opened]["last_outcome"] == "nothing new; 1 post and 2 comments in all"


def test_one_bad_host_stops_none_of_the_others_and_each_says_why_it_is_empty(tmp_path: Path) -> None:
    with blogs(4) as good, serving(FORBIDDEN) as forbidden, serving({}) as gone:
        dead = nobody()
        places = [dead, forbidden.opened, gone.opened, *(site.opened for site in good)]
        added(tmp_path, *places)
        run = crawled(tmp_path, places, "--due")
        assert run.returncode == 0, "one of seven failed for the time being"
        assert "7 sources visited, 1 failed for the time being, 1 gave nothing, 1 seems to be gone." in run.stdout
        found = listed(tmp_path)
        assert [found[site.opened]["last_outcome"] for site in good] == ["1 new post, 2 new comments"] * 4
        assert {(row["failure"], row["last_outcome"]) for row in found.values() if row["failure"]} == {
            ("temporary", "nothing answers there (connection refused)"), ("soft", "its robots.txt disallows it, and hubbub obeys"),
            ("hard", "the server has no such page (404)"),
        }
        all_due(tmp_path)
        assert crawled(tmp_path, places, "--due", "--fail-above", "10").returncode == 3
        assert all("(since " in row["last_outcome"] for row in listed(tmp_path).values() if row["failure"])
        all_due(tmp_path)
        assert crawled(tmp_path, places, "--due", "--strict").returncode == 3
    assert rows(tmp_path, "SELECT DISTINCT outcome FROM run") == [("partly",)], "what has not changed is no failure"


def test_named_sources_are_visited_due_or_not_and_their_failures_count(tmp_path: Path) -> None:
    with blogs(2) as (one, other), serving(FORBIDDEN) as forbidden:
        places = [one.opened, other.opened, forbidden.opened]
        added(tmp_path, *places, options=("--schedule", "monthly"))
        frame(tmp_path, "add", one.url, "--name", "The One")
        run = crawled(tmp_path, places, "--source", "The One", "--source", forbidden.opened)
        assert run.returncode == 3, run.stderr
        assert one.asked
        assert not other.asked
        assert listed(tmp_path)["The One"]["last_outcome"] == "1 new post, 2 new comments"
        one.asked.clear()
        again = crawled(tmp_path, places, "--source", "The One")
        assert (again.returncode, again.stderr) == (0, "")
        assert one.asked, "though it is not due for a month"


def test_each_source_has_limits_of_its_own_and_goes_on_from_there(tmp_path: Path) -> None:
    with blogs(1) as [one]:
        added(tmp_path, one.opened, options=("--max-pages", "1"))
        run = crawled(tmp_path, [one.opened], "--due")
        assert run.returncode == 0, "its own limit is no limit of the run"
        assert run.stdout.endswith(
            "1 source stopped at its own limit with work left; its next visit goes on from there (`hubbub crawl --source NAME` does so at once).\n"
            "1 source visited. `hubbub sources list` shows each.\n")
        assert "run it again" not in run.stdout
        found = listed(tmp_path)[one.opened]
        assert (found["last_outcome"], found["failure"]) == ("stopped at its own limit before a post was read; more is left for the next visit", "")
        all_due(tmp_path)
        assert crawled(tmp_path, [one.opened], "--due", "--strict").returncode == 4
        frame(tmp_path, "add", one.url, "--max-pages", "1")
        assert crawled(tmp_path, [one.opened], "--source", one.opened).returncode == 4
        all_due(tmp_path)
        frame(tmp_path, "add", one.url, "--max-pages", "50")
        crawled(tmp_path, [one.opened], "--due")
    assert listed(tmp_path)[one.opened]["last_outcome"] == "1 new post, 2 new comments"


def test_a_delay_of_its_own_holds_for_an_opened_host_too(tmp_path: Path) -> None:
    with blogs(1) as [one]:
        added(tmp_path, one.opened, options=("--delay", "0.4", "--max-pages", "2"))
        crawled(tmp_path, [one.opened], "--due")
    gaps = [later - earlier for earlier, later in zip(one.times, one.times[1:], strict=False)]
    assert len(gaps) >= 2
    assert min(gaps) > 0.35


@contextmanager
def hanging() -> Iterator[str]:
    """A host that takes connections and never says a word."""
    with closing(socket.create_server(("127.0.0.1", 0), backlog=50)) as server:
        yield f"127.0.0.1:{server.getsockname()[1]}"


def test_the_end_of_the_time_is_no_failure_and_what_was_not_reached_stays_due(tmp_path: Path) -> None:
    with blogs(1) as [one], hanging() as silent:
        places = [one.opened, silent]
        added(tmp_path, *places)
        run = crawled(tmp_path, places, "--due", "--max-minutes", "0.25")
        assert run.returncode == 0, run.stderr
        found = listed(tmp_path)
        assert found[one.opened]["last_outcome"] == "1 new post, 2 new comments"
        assert (found[silent]["last_outcome"], found[silent]["last_visit"]) == ("no answer before the run ended", None)
        due = frame(tmp_path, "list", "--due", "--format", "csv")
        assert silent in due
        assert one.opened not in due
        assert crawled(tmp_path, places, "--due", "--strict", "--max-minutes", "0.05").returncode == 4


WRONG = [(), ("http://blog.example/", "--due"), ("http://blog.example/", "--source", "a"), ("--due", "--source", "a"), ("http://blog.example/", "--fail-above", "5")]


@pytest.mark.parametrize("words", WRONG)
def test_addresses_due_and_source_exclude_one_another(tmp_path: Path, words: tuple[str, ...]) -> None:
    run = ask_hubbub(f"sqlite:///{tmp_path}/hubbub.db", "crawl", *words)
    assert run.exit_code == 2
    assert run.stderr.count("\n") == 1
    assert list(tmp_path.iterdir()) == []


def test_a_source_that_nobody_knows_is_wrong_usage(tmp_path: Path) -> None:
    added(tmp_path, "blog.example")
    run = ask_hubbub(f"sqlite:///{tmp_path}/hubbub.db", "crawl", "--source", "blog.exampel")
    assert run.exit_code == 2
    assert "Did you mean 'blog.example'?" in run.stderr


def test_without_sources_there_is_one_sentence_and_no_database(tmp_path: Path) -> None:
    run = ask_hubbub(f"sqlite:///{tmp_path}/hubbub.db", "crawl", "--due")
    assert (run.exit_code, run.stdout) == (1, "")
    assert "has no sources. Add some with `hubbub sources add URL`" in run.stderr
    assert list(tmp_path.iterdir()) == []


def test_a_server_that_fails_is_tried_again_within_the_hour(tmp_path: Path) -> None:
    with serving(FAILING) as failing:
        added(tmp_path, failing.opened, options=("--schedule", "monthly"))
        run = crawled(tmp_path, [failing.opened], "--due")
    assert run.returncode == 3
    found = listed(tmp_path)[failing.opened]
    assert (found["failure"], found["last_outcome"]) == ("temporary", "the server failed (status 500)")
    assert datetime.fromisoformat(found["next_visit"]) - datetime.fromisoformat(found["last_visit"]) == timedelta(hours=1)
