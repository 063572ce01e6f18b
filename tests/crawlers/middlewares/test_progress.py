from __future__ import annotations

import os
import pty
import subprocess
import sys
from pathlib import Path

from tests.crawlers.serving import Answer, crawl, post_page, serving


def watched(folder: Path, *words: str) -> str:
    """What `hubbub` writes to a terminal on stderr."""
    ours, theirs = pty.openpty()
    with subprocess.Popen([sys.executable, "-m", "hubbub", *words], cwd=folder, stdout=subprocess.PIPE, stderr=theirs, env=os.environ | {"TERM": "xterm", "COLUMNS": "120"}) as process:
        os.close(theirs)
        process.communicate(timeout=60)
    seen = b""
    while chunk := _read(ours):
        seen += chunk
    os.close(ours)
    return seen.decode(errors="replace")


def _read(terminal: int) -> bytes:
    try:
        return os.read(terminal, 65536)
    except OSError:     # the other side has been closed
        return b""


def test_a_terminal_shows_a_live_line(tmp_path: Path) -> None:
    with serving({f"/{number}": Answer(post_page(f"/{number}", "First!")) for number in range(3)}) as site:
        urls = [f"{site.url}/{number}" for number in range(3)]
        seen = watched(tmp_path, "crawl", *urls, "--allow-private", site.opened, "--no-tag", "--delay", "0.3")
    assert "posts," in seen
    assert "pages/s)" in seen
    assert site.opened in seen


def test_elsewhere_a_short_crawl_says_nothing_on_the_way(tmp_path: Path) -> None:
    with serving({"/a": Answer(post_page("/a"))}) as site:
        run = crawl(tmp_path, site, "/a")
    assert (run.returncode, run.stderr) == (0, "")
