"""The sample on loopback: a small HTTP server that answers for both invented hosts, as a proxy and by Host header.

As a proxy it lets a crawler use the hosts' own addresses: rows and keys are the same on every run and machine, whatever
port was free. It knows no other host and passes nothing on.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from urllib.parse import parse_qsl, urlsplit

from crawlers.sample import blogger, wordpress
from crawlers.sample.content import Blog, blogs
from crawlers.sample.site import PLAIN, Answer, Site

_SITES: dict[str, Site] = {"blogger": blogger, "wordpress": wordpress}


@contextmanager
def serving() -> Iterator[str]:
    """The address of the running server (`http://127.0.0.1:PORT`), to be used as a proxy; stopped at the end."""
    with _Server(("127.0.0.1", 0), _Handler) as server:
        thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
        thread.start()
        try:
            yield f"http://127.0.0.1:{server.server_port}"
        finally:
            server.shutdown()
            thread.join()


def answer(host: str, target: str) -> Answer:
    """The answer to a request line's target, absolute or not; `host` is what the Host header says."""
    try:
        parts = urlsplit(target)
        blog = _blog((parts.hostname if parts.scheme else host.partition(":")[0]) or "")
    except ValueError:
        return Answer("That is no address.\n", PLAIN, 400)
    if not blog:
        return Answer(f"The sample knows only {' and '.join(blog.host for blog in blogs())}.\n", PLAIN, 502)
    query = dict(parse_qsl(parts.query, keep_blank_values=True))
    return _SITES[blog.platform].answer(blog, parts.path or "/", query)


def _blog(host: str) -> Blog | None:
    return next((blog for blog in blogs() if blog.host == host.lower()), None)


class _Server(ThreadingHTTPServer):
    daemon_threads = True

    def handle_error(self, request: object, client_address: object) -> None:
        """A client that goes away in the middle is no event; a bug is one."""
        if not isinstance(sys.exc_info()[1], ConnectionError):
            super().handle_error(request, client_address)   # type: ignore[arg-type]  # socketserver's own word for a socket


class _Handler(BaseHTTPRequestHandler):
    """Answers GET and HEAD; http.server refuses every other method with 501."""

    protocol_version = "HTTP/1.1"
    timeout = 10

    def do_GET(self) -> None:
        found = answer(self.headers.get("Host", ""), self.path)
        body = found.body.encode("utf-8")
        self.send_response(found.status)
        self.send_header("Content-Type", found.type)
        self.send_header("Content-Length", str(len(body)))
        if found.location:
            self.send_header("Location", found.location)
        self.end_headers()
        if self.command == "GET":
            self.wfile.write(body)

    do_HEAD = do_GET

    def log_message(self, format: str, *args: object) -> None:
        """The crawler reports what was fetched."""
