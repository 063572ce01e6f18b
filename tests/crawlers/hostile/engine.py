"""The machine under the hostile server: sites on loopback addresses that answer with whatever bytes they are told to, and a log."""

from __future__ import annotations

import asyncio
import re
import threading
import time
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field

LONGEST_HANG = 120.0    # seconds; nothing waits for longer


@dataclass(slots=True)
class Asked:
    """One request, and when it was there."""

    path: str
    headers: dict[str, str]
    began: float
    ended: float = 0.0      # when our last byte was written or the other side hung up


Answerer = Callable[[Asked, asyncio.StreamWriter], Awaitable[None]]


@dataclass
class Site:
    """One host and port, what it answers, and what it was asked, in order."""

    ip: str
    name: str
    answers: dict[str, Answerer] = field(default_factory=dict)
    patterns: list[tuple[re.Pattern[str], Answerer]] = field(default_factory=list)
    asked: list[Asked] = field(default_factory=list)
    connections: int = 0
    port: int = 0

    @property
    def place(self) -> str:
        return f"{self.ip}:{self.port}"

    @property
    def url(self) -> str:
        return f"http://{self.place}"

    @property
    def paths(self) -> list[str]:
        return [one.path for one in self.asked]

    def answerer(self, path: str) -> Answerer:
        if path in self.answers:
            return self.answers[path]
        return next((answer for like, answer in self.patterns if like.match(path)), said(b"nothing here", "text/plain", status=404))

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """One request for each connection; whatever the other side does is no error of ours."""
        self.connections += 1
        with suppress(ConnectionError, asyncio.IncompleteReadError, asyncio.LimitOverrunError, TimeoutError):
            head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1")
            first, *lines = head.split("\r\n")
            headers = {name.strip().lower(): value.strip() for name, _, value in (line.partition(":") for line in lines if line)}
            asked = Asked(first.split(" ")[1], headers, time.monotonic())
            self.asked.append(asked)
            gone = asyncio.ensure_future(reader.read())
            answer = asyncio.ensure_future(self._answer(asked, writer))
            try:
                await asyncio.wait((gone, answer), timeout=LONGEST_HANG, return_when=asyncio.FIRST_COMPLETED)
            finally:
                asked.ended = time.monotonic()
                for task in (gone, answer):
                    task.cancel()
                    with suppress(asyncio.CancelledError, ConnectionError):
                        await task
        with suppress(ConnectionError):
            writer.close()

    async def _answer(self, asked: Asked, writer: asyncio.StreamWriter) -> None:
        await self.answerer(asked.path)(asked, writer)
        await writer.drain()
        asked.ended = time.monotonic()


def head(type: str = "text/html; charset=utf-8", *, status: int = 200, length: int | None = None, **headers: str) -> bytes:
    """The start of an answer; `Content_Encoding="gzip"` becomes Content-Encoding. Without a length the connection's end is the end."""
    lines = [f"HTTP/1.1 {status} Said", "Connection: close", f"Content-Type: {type}"]
    lines += [f"Content-Length: {length}"] if length is not None else []
    lines += [f"{name.replace('_', '-')}: {value}" for name, value in headers.items()]
    return "\r\n".join([*lines, "", ""]).encode("latin-1")


def said(body: bytes, type: str = "text/html; charset=utf-8", *, status: int = 200, **headers: str) -> Answerer:
    """An answer as it should be."""
    async def answer(_: Asked, writer: asyncio.StreamWriter) -> None:
        writer.write(head(type, status=status, length=len(body), **headers) + body)
    return answer


def made(make: Callable[[Asked], bytes], type: str = "text/html; charset=utf-8", **headers: str) -> Answerer:
    """An answer that is made when it is asked for."""
    async def answer(asked: Asked, writer: asyncio.StreamWriter) -> None:
        body = make(asked)
        writer.write(head(type, length=len(body), **headers) + body)
    return answer


def raw(*parts: bytes) -> Answerer:
    """These bytes and nothing else."""
    async def answer(_: Asked, writer: asyncio.StreamWriter) -> None:
        for part in parts:
            writer.write(part)
            await writer.drain()
    return answer


def moved(to: str, status: int = 302) -> Answerer:
    return said(b"", status=status, Location=to)


@contextmanager
def running(*sites: Site, meet: Callable[[], None]) -> Iterator[None]:
    """All sites listen, each on a free port; `meet` is called when the ports are known, before the first request."""
    loop = asyncio.new_event_loop()
    thread = threading.Thread(target=loop.run_forever, daemon=True)
    thread.start()
    try:
        servers = [asyncio.run_coroutine_threadsafe(_listen(site), loop).result(10) for site in sites]
        meet()
        yield
        for server in servers:
            loop.call_soon_threadsafe(server.close)
    finally:
        asyncio.run_coroutine_threadsafe(_end(), loop).result(10)
        loop.call_soon_threadsafe(loop.stop)
        thread.join(10)
        loop.close()


async def _listen(site: Site) -> asyncio.Server:
    server = await asyncio.start_server(site.serve, site.ip, site.port, limit=1 << 20)
    site.port = server.sockets[0].getsockname()[1]
    return server


async def _end() -> None:
    others = [task for task in asyncio.all_tasks() if task is not asyncio.current_task()]
    for task in others:
        task.cancel()
    await asyncio.gather(*others, return_exceptions=True)
