"""Serves living blogs on loopback, each on a port of its own, as of a moment that the one who serves sets."""

from __future__ import annotations

import hashlib
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from email.utils import format_datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from itertools import count
from typing import Literal

from tests.crawlers.living.pages import page
from tests.crawlers.living.world import START, World

Manner = Literal["etag", "modified", "plain", "restless"]    # with validators of either kind, without, with bytes that change each time
ROBOTS = b"User-agent: *\nDisallow: /wp-admin/\n"


@dataclass(frozen=True)
class Asked:
    """One request."""

    at: datetime
    path: str
    status: int
    is_unchanged: bool      # what stands there is what was last sent


@dataclass
class Living:
    """A blog that is being served."""

    world: World
    manner: Manner
    url: str = ""
    now: datetime = START
    asked: list[Asked] = field(default_factory=list)
    _sent: dict[str, str] = field(default_factory=dict)
    _since: dict[str, tuple[str, datetime]] = field(default_factory=dict)
    _restless: Iterator[int] = field(default_factory=lambda: count(1))

    def answer(self, path: str, etag: str, since: str) -> tuple[int, dict[str, str], bytes]:
        """Status, headers, body."""
        status, body = self._found(path)
        digest = hashlib.sha256(body).hexdigest()[:20]
        headers = self._validators(path, digest) if status == 200 else {}
        is_unchanged = status == 200 and self._sent.get(path) == digest
        if status == 200 and ((etag and etag == headers.get("ETag")) or (since and not etag and since == headers.get("Last-Modified"))):
            status = 304
        if status == 200:
            self._sent[path] = digest
        self.asked.append(Asked(self.now, path, status, is_unchanged))
        return status, headers, self._as_sent(body, path) if status != 304 else b""

    def _found(self, path: str) -> tuple[int, bytes]:
        trouble = self.world.trouble(self.now)
        if path == "/robots.txt":
            return (503, b"") if trouble == "robots" else (200, ROBOTS)
        found = None if trouble == "dead" and path.count("/") > 2 else page(self.world, self.url, path, self.now)
        return (404, b"nothing here") if found is None else (200, found)

    def _validators(self, path: str, digest: str) -> dict[str, str]:
        if self.manner == "etag":
            return {"ETag": f'"{digest}"'}
        if self.manner == "modified":
            if self._since.get(path, ("", self.now))[0] != digest:
                self._since[path] = digest, self.now
            return {"Last-Modified": format_datetime(self._since[path][1], usegmt=True)}
        return {}

    def _as_sent(self, body: bytes, path: str) -> bytes:
        is_page = self.manner == "restless" and path != "/robots.txt"
        return body.replace(b"</body>", b"<i>seen %d times</i></body>" % next(self._restless)) if is_page else body


@contextmanager
def served(living: Living) -> Iterator[Living]:
    """Serve the blog until the block ends."""

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            status, headers, body = living.answer(self.path, self.headers.get("If-None-Match", ""), self.headers.get("If-Modified-Since", ""))
            self.send_response(status)
            for name, value in headers.items():
                self.send_header(name, value)
            if status != 304:
                self.send_header("Content-Type", _type(self.path))
                self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: object) -> None:
            """Quiet."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    living.url = f"http://127.0.0.1:{server.server_port}"
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
    thread.start()
    try:
        yield living
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def _type(path: str) -> str:
    return {"/robots.txt": "text/plain", "/feed/": "application/rss+xml; charset=UTF-8"}.get(path, "text/html; charset=UTF-8")
