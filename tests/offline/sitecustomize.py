"""Keeps this process, and every Python process a test starts, on loopback: as if the machine had no other network.

pytest-socket alone would miss Twisted (it connects with `connect_ex`), questions to name servers, and subprocesses.
Python imports a module of this name at start-up when its folder is on PYTHONPATH; see tests/conftest.py.
"""

from __future__ import annotations

import ipaddress
import socket
import sys
from typing import Any


class OutsideNetwork(RuntimeError):
    """A test reached for an address that is not on this machine."""


def guard(event: str, args: tuple[Any, ...]) -> None:   # Any: each audit event has arguments of its own
    """An audit hook: names do not resolve, as on a machine without a network; outside addresses are an error."""
    if event in ("socket.getaddrinfo", "socket.gethostbyname") and not _is_local_name(args[0]):
        raise socket.gaierror(socket.EAI_NONAME, "Name or service not known")
    if event in ("socket.connect", "socket.sendto", "socket.sendmsg") and not _is_local_address(args[1]):
        raise OutsideNetwork(f"{event} to {args[1]!r}: tests stay on 127.0.0.1 and ::1")


def _is_local_name(host: str | bytes | None) -> bool:
    name = host.decode("ascii", "replace") if isinstance(host, bytes) else host or ""
    return name in ("", "localhost") or _is_literal(name)


def _is_literal(name: str) -> bool:
    try:
        ipaddress.ip_address(name.partition("%")[0])
    except ValueError:
        return False
    return True


def _is_local_address(address: object) -> bool:
    if not isinstance(address, tuple):      # Unix sockets, and sendmsg on a connected socket
        return True
    host = address[0]
    return host in ("", "localhost") or (_is_literal(host) and ipaddress.ip_address(host.partition("%")[0]).is_loopback)


sys.addaudithook(guard)
