"""`python -m tests.crawlers.living.as_of MOMENT FILE crawl ...`: `hubbub` as if it were that moment; FILE gets its peak memory and open files."""

from __future__ import annotations

import json
import resource
import sys
from datetime import datetime
from pathlib import Path

import time_machine


def main() -> None:
    moment, file, *words = sys.argv[1:]
    travel = time_machine.travel(datetime.fromisoformat(moment), tick=True)
    travel.start()
    sys.argv[1:] = words
    try:
        import hubbub

        hubbub.main()
    finally:
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
        Path(file).write_text(json.dumps({"megabytes": peak, "files": sum(1 for _ in Path("/proc/self/fd").iterdir())}), encoding="utf-8")


if __name__ == "__main__":
    main()
