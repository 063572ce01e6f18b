"""Which process something belongs to, and whether that process is known to be gone."""

from __future__ import annotations

import os
import secrets
import socket
from pathlib import Path


def me() -> str:
    """`HOST:PID:RANDOM`: this process. Machines that share a name but not their processes (containers) differ in HOST."""
    return f"{_host()}:{os.getpid()}:{secrets.token_hex(4)}"


def is_gone(owner: str) -> bool:
    """Whether the process has certainly ended: it ran on this very host, and its number is free."""
    host, _, rest = owner.partition(":")
    pid = rest.partition(":")[0]
    return host == _host() and pid.isdigit() and not is_there(int(pid))


def shown(owner: str) -> str:
    """For people: `process 1234 on HOST`."""
    host, _, rest = owner.partition(":")
    return f"process {rest.partition(':')[0]} on {host.partition('/')[0]}"


def _host() -> str:
    return f"{socket.gethostname()}/{_namespace()}".replace(":", "-")


def _namespace() -> str:
    """In which space processes are numbered, and since which boot (Linux; empty elsewhere)."""
    try:
        space = Path("/proc/self/ns/pid").readlink().name
        return f"{space}/{Path('/proc/sys/kernel/random/boot_id').read_text(encoding='ascii').strip()}"
    except OSError:
        return ""


def is_there(pid: int) -> bool:
    """A process that has ended and was not waited for yet (a zombie) is not there any more."""
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    try:
        return Path(f"/proc/{pid}/stat").read_text(encoding="latin-1").rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return True
