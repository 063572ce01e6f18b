"""The console command. Before anything else is imported, it makes sure that our three packages are our own.

PyPI's `schema` and `pipeline` ship modules of the same names: installed beside hubbub they shadow or overwrite ours,
and taking them out again takes files of ours along.
"""

from __future__ import annotations

import signal
import sys
import time
from importlib.metadata import Distribution
from importlib.util import find_spec
from pathlib import Path

__version__ = "0.1.0"

STARTED = time.monotonic()      # when this process began, as far as anybody can tell from inside
PACKAGES = {"schema": "hubbub's nouns", "pipeline": "hubbub's verbs", "crawlers": "hubbub's doors"}


def main() -> None:
    """Run the command line. Who ends it (`kill`, systemd) is heard as Ctrl-C is."""
    guard()
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    from crawlers.cli import hubbub

    hubbub(prog_name="hubbub")


def guard() -> None:
    """End with one clear sentence when another distribution's `schema` or `pipeline` stands where ours should, or beside it."""
    strangers = [f"`{name}`" for name, first_words in PACKAGES.items() if not _is_ours(name, first_words) or _has_rival(name)]
    if strangers:
        sys.exit(
            f"hubbub cannot start: another distribution has put its own {' and '.join(strangers)} into the environment of hubbub, "
            "whose packages have the same names; install hubbub in an environment of its own (python -m venv hubbub-env)."
        )


def _is_ours(name: str, first_words: str) -> bool:
    spec = find_spec(name)
    if spec is None or spec.origin is None:
        return False
    try:
        return first_words in Path(spec.origin).read_text(encoding="utf-8")[:200]
    except (OSError, UnicodeDecodeError):
        return False


def _has_rival(name: str) -> bool:
    """Whether the distribution of that name is installed in the very folder of ours, whichever came last."""
    ours = Path(__file__).resolve().parent
    rivals = Distribution.discover(name=name, path=[str(ours)])
    return any(True for _ in rivals)


if __name__ == "__main__":
    main()
