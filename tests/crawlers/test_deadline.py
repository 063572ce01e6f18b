"""The deadline is kept whatever hangs; each case is a process of its own."""

from __future__ import annotations

import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.crawlers.serving import Answer, Site, post_page, rows, serving
from tests.pipeline.commands.asking import ask_hubbub

SECONDS = 8.0                   # the limit ...
GRACE = 10.0                    # ... and how much later the process must be gone
HANGING = """
import socket, sys, time
hang, words = sys.argv[1], sys.argv[2:]
if hang == "names":
    socket.getaddrinfo = lambda *_, **__: time.sleep(1000)
import hubbub
import crawlers.deadline as deadline
import crawlers.spiders.blogs as blogs
if hang != "reading":       # one case with the real figures, the others in less time
    deadline.CANCEL_AFTER, deadline.END_AFTER = 1.0, 2.0
hubbub.STARTED = time.monotonic()       # not with all the imports, which may take long on a busy machine
open("began", "w").write(str(hubbub.STARTED))
read = blogs.read

def for_ever(page):
    if not page.url.endswith("/bad"):
        return read(page)
    if hang == "reading":
        while True:
            pass
    if hang == "expression":
        import re
        re.match(r"(a+)+$", "a" * 60 + "b")
    if hang == "sleep":
        time.sleep(1000)
    return read(page)

blogs.read = for_ever
sys.argv = ["hubbub", *words]
hubbub.main()
"""


@contextmanager
def silent() -> Iterator[str]:
    """A server that accepts and never says a word."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        held: list[socket.socket] = []

        def accept() -> None:
            while True:
                try:
                    held.append(server.accept()[0])
                except OSError:
                    return

        threading.Thread(target=accept, daemon=True).start()
        yield f"localhost:{server.getsockname()[1]}"
        for one in held:
            one.close()


def limited(folder: Path, site: Site, hang: str, *more: str, seconds: float = SECONDS) -> tuple[subprocess.CompletedProcess[str], float]:
    words = ["crawl", f"{site.url}/good", f"{site.url}/bad", *more, "--allow-private", site.opened, "--no-tag", "--max-minutes", str(seconds / 60)]
    run = subprocess.run([sys.executable, "-c", HANGING, hang, *words], cwd=folder, capture_output=True, text=True, timeout=60, check=False)
    return run, time.monotonic() - float((folder / "began").read_text())


def a_site() -> dict[str, Answer]:
    return {"/good": Answer(post_page("/good", "First!")), "/bad": Answer(post_page("/bad", "Never read."))}


@pytest.mark.parametrize("hang", ["reading", "expression"])
def test_a_page_whose_reading_takes_for_ever_is_given_up(tmp_path: Path, hang: str) -> None:
    with serving(a_site()) as site:
        run, seconds = limited(tmp_path, site, hang)
    assert (run.returncode, "hubbub: the time is over" in run.stderr) == (4, True), run.stderr
    assert seconds < SECONDS + GRACE
    assert rows(tmp_path, "SELECT outcome FROM run") == [("limited",)]
    assert rows(tmp_path, "SELECT state, reason FROM address WHERE url LIKE '%/bad'") == [("refused", "reading does not end")], "not to be read every night"


def test_a_server_that_never_answers_is_given_up(tmp_path: Path) -> None:
    with serving(a_site()) as site, silent() as place:
        run, seconds = limited(tmp_path, site, "", f"http://{place}/", "--allow-private", place, seconds=2 * SECONDS)
    assert run.returncode == 4, run.stderr
    assert seconds < 2 * SECONDS + GRACE
    assert rows(tmp_path, "SELECT outcome FROM run") == [("limited",)]
    assert rows(tmp_path, "SELECT count(*) FROM post") == [(2,)], "what was read is stored"
    assert rows(tmp_path, "SELECT count(*) FROM lock") == [(0,)]


def test_a_name_that_is_never_resolved_is_given_up(tmp_path: Path) -> None:
    with serving(a_site()) as site:
        run, seconds = limited(tmp_path, site, "names", "http://nowhere.example/")
    assert run.returncode == 4, run.stderr
    assert seconds < SECONDS + GRACE


def test_what_is_due_may_run_out_of_time_whatever_hangs(tmp_path: Path) -> None:
    with serving(a_site()) as site:
        ask_hubbub(f"sqlite:///{tmp_path}/hubbub.db", "sources", "add", f"{site.url}/good", f"{site.url}/bad")
        words = ["crawl", "--due", "--allow-private", site.opened, "--no-tag", "--max-minutes", str(SECONDS / 60)]
        run = subprocess.run([sys.executable, "-c", HANGING, "sleep", *words], cwd=tmp_path, capture_output=True, text=True, timeout=60, check=False)
    assert (run.returncode, "hubbub: the time is over" in run.stderr) == (0, True), run.stderr
    assert rows(tmp_path, "SELECT count(*) FROM source WHERE last_run IS NULL AND is_active") == [(2,)], "they stay due"


def test_a_page_whose_reading_does_not_end_is_not_read_every_night(tmp_path: Path) -> None:
    def site_of(url: str, _: str) -> dict[str, Answer]:
        items = "".join(f"<item><title>{name}</title><link>{url}/2010/03/{name}</link></item>" for name in ("good", "bad"))
        feed = f"<rss version='2.0'><channel><title>Shop talk</title><link>{url}/</link>{items}</channel></rss>"
        posts = {f"/2010/03/{name}": Answer(post_page(f"/2010/03/{name}", "First!")) for name in ("good", "bad")}
        return {"/feed": Answer(feed.encode(), type="application/rss+xml")} | posts

    with serving(site_of) as site:
        words = ["crawl", site.url + "/feed", "--allow-private", site.opened, "--no-tag", "--max-minutes", str(SECONDS / 60)]
        runs = [subprocess.run([sys.executable, "-c", HANGING, "sleep", *words], cwd=tmp_path, capture_output=True, text=True, timeout=60, check=False) for _ in range(2)]
    assert [run.returncode for run in runs] == [4, 0], runs[1].stderr
    assert rows(tmp_path, "SELECT state, reason FROM address WHERE url LIKE '%/bad'") == [("refused", "reading does not end")]
    assert rows(tmp_path, "SELECT count(*) FROM post") == [(1,)]


def test_the_next_run_goes_on_after_one_that_hung(tmp_path: Path) -> None:
    with serving(a_site()) as site:
        limited(tmp_path, site, "sleep")
        run, _seconds = limited(tmp_path, site, "", seconds=60)
    assert run.returncode == 0, run.stderr
    assert rows(tmp_path, "SELECT outcome FROM run ORDER BY id") == [("limited",), ("done",)]
    assert rows(tmp_path, "SELECT count(*) FROM post") == [(2,)]
