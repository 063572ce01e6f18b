from __future__ import annotations

import subprocess
import sys

import pytest

GROW = """
from crawlers.memory import give_back
def resident():
    return int(open("/proc/self/statm").read().split()[1]) * 4096
small = [bytes(1000) for _ in range(100_000)]
full = resident()
kept = small[::100]
del small
give_back()
print(full - resident())
"""


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="other systems have no /proc")
def test_room_is_given_back() -> None:
    run = subprocess.run([sys.executable, "-c", GROW], capture_output=True, text=True, timeout=60, check=True)
    assert int(run.stdout) > 20_000_000
