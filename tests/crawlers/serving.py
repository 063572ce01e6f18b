"""A small real server on loopback for tests, and `hubbub` run as a person runs it, in a process of its own."""

from __future__ import annotations

import os
import sqlite3
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

NO_ROBOTS = "/robots.txt"


@dataclass(frozen=True)
class Answer:
    """What the server says to one address."""

    body: bytes = b""
    type: str = "text/html; charset=utf-8"
    status: int = 200
    headers: Mapping[str, str] = field(default_factory=dict)
    claims: int | None = None       # a Content-Length that is not true


@dataclass
class Site:
    """A running server: its address, what is to be opened for it, and what it was asked, in order."""

    url: str
    opened: str
    asked: list[tuple[str, dict[str, str]]]
    times: list[float] = field(default_factory=list)    # of each request, in seconds of the monotonic clock
    answers: dict[str, Answer] = field(default_factory=dict)    # by path; may be changed while the server runs

    @property
    def paths(self) -> list[str]:
        return [path for path, _headers in self.asked]


@contextmanager
def serving(answers: Mapping[str, Answer] | Callable[[str, str], Mapping[str, Answer]]) -> Iterator[Site]:
    """Serve these answers by path; anything else is a 404. A function is given the address and (HOST:PORT) of the server."""
    asked: list[tuple[str, dict[str, str]]] = []
    times: list[float] = []
    known: dict[str, Answer] = {}

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            times.append(time.monotonic())
            asked.append((self.path, dict(self.headers.items())))
            _send(self, known.get(self.path, Answer(b"nothing here", "text/plain", 404)))

        def log_message(self, *_: object) -> None:
            """Quiet."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    place = f"127.0.0.1:{server.server_port}"
    known.update(answers if isinstance(answers, Mapping) else answers(f"http://{place}", place))
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
    thread.start()
    try:
        yield Site(f"http://{place}", place, asked, times, known)
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def _send(handler: BaseHTTPRequestHandler, answer: Answer) -> None:
    handler.send_response(answer.status)
    handler.send_header("Content-Type", answer.type)
    handler.send_header("Content-Length", str(len(answer.body) if answer.claims is None else answer.claims))
    for name, value in answer.headers.items():
        handler.send_header(name, value)
    handler.end_headers()
    handler.wfile.write(answer.body)
    handler.close_connection = answer.claims is not None


def hubbub(folder: Path, *words: str, **environment: str) -> subprocess.CompletedProcess[str]:
    """`hubbub ...` in that folder, to its end."""
    return subprocess.run(
        [sys.executable, "-m", "hubbub", *words],
        cwd=folder, env=os.environ | {"COLUMNS": "120"} | environment, capture_output=True, text=True, timeout=120, check=False,
    )


def crawl(folder: Path, site: Site, path: str, *options: str) -> subprocess.CompletedProcess[str]:
    """`hubbub crawl` of that path of the site, untagged."""
    return hubbub(folder, "crawl", site.url + path, "--allow-private", site.opened, "--no-tag", *options)


def rows(folder: Path, sql: str) -> list[tuple[Any, ...]]:     # Any: whatever SQLite holds
    """What the database in that folder answers."""
    with closing(sqlite3.connect(folder / "hubbub.db")) as connection:
        return connection.execute(sql).fetchall()


def post_page(url: str, *comments: str, extra: str = "") -> bytes:
    """A post in the markup of WordPress' Twenty Ten, with comments; `extra` goes below them."""
    items = "".join(
        f"""<li class="comment depth-1" id="li-comment-{number}"><div id="comment-{number}">
        <div class="comment-author vcard"><cite class="fn">Reader {number}</cite> <span class="says">says:</span></div>
        <div class="comment-meta commentmetadata"><a href="{url}#comment-{number}">October {number}, 2009 at 8:05 am</a></div>
        <div class="comment-body"><p>{words}</p></div></div></li>"""
        for number, words in enumerate(comments, 1)
    )
    thread = f'<div id="comments"><h3 id="comments-title">{len(comments)} Responses</h3><ol class="commentlist">{items}</ol></div>' if comments else ""
    return f"""<!DOCTYPE html><html lang="en-US"><head><title>Shelf talk</title><meta name="generator" content="WordPress 3.0">
    <link rel="canonical" href="{url}"></head><body class="single single-post postid-7">
    <div id="post-7" class="post type-post hentry"><h1 class="entry-title">Shelf talk</h1>
    <div class="entry-meta"><a href="{url}" rel="bookmark"><span class="entry-date">October 1, 2009</span></a> by
    <span class="author vcard"><a class="url fn n" href="/author/ann/">Ann</a></span></div>
    <div class="entry-content"><p>What a shelf label can say in four words, and what it had better leave to the box.</p></div></div>
    {thread}{extra}</body></html>""".encode()
