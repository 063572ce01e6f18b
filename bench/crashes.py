"""Killed 200 times, run twice at once 50 times, held up for 30 seconds, out of room: is the export that of an undisturbed run?

    python -m bench.crashes sqlite|postgresql [KILLS] [PAIRS]       prints what was lost or came twice; floor: nothing
"""

from __future__ import annotations

import random
import sys
import tempfile
import threading
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from crawlers.sample.server import serving
from schema.database import open_database
from tests import postgres
from tests.crawlers.crashes.mother import KILLED, Nursery, nursery, unlike
from tests.crawlers.crashes.nursery import POINTS
from tests.crawlers.crashes.surroundings import Restarted, held

DEATHS = 10             # of one job, before it may come to its end
LONGEST = 6.0           # seconds until a death at a random moment

Places = Iterator[tuple[Path, str]]


class Bench:
    """Jobs on fresh databases, compared with one that nothing has disturbed."""

    def __init__(self, places: Places) -> None:
        self._places = places
        self.different = 0
        with self.job() as one:
            assert one.run() == 0, one.said
            self._wanted = one.exported()

    @contextmanager
    def job(self) -> Iterator[Nursery]:
        folder, url = next(self._places)
        with serving() as proxy, nursery(folder, url, proxy) as one:
            yield one

    def judge(self, one: Nursery) -> None:
        """After whatever happened, one run to the end."""
        code = one.run()
        if (code, one.exported() == self._wanted, one.left()) != (0, True, 0):
            self.different += 1
            print(f"DIFFERENT: {one.folder} exit {code}, {one.left()} left, in {sorted(unlike(self._wanted, one.exported()))}\n{one.said}")

    def kills(self, wanted: int, chance: random.Random) -> Counter[str]:
        """So many deaths, half of them at named points; by point."""
        done: Counter[str] = Counter()
        while done.total() < wanted:
            with self.job() as one:
                for _ in range(DEATHS):
                    point = chance.choice([*POINTS, *["any moment"] * len(POINTS)])
                    order = {"after": chance.uniform(0, LONGEST)} if point == "any moment" else {"point": point, "at": chance.randint(1, 8), "late": chance.random() < 0.5}
                    done[point] += one.run(**order) == KILLED
                self.judge(one)
            print(f"{done.total()} killed, {self.different} different", flush=True)
        return done

    def pairs(self, wanted: int) -> None:
        for number in range(wanted):
            with self.job() as one:
                codes = one.runs(pair=2, unlocked=True, steps=["crawl"])
                self.judge(one)
            print(f"pair {number + 1}: exits {codes}, {self.different} different", flush=True)

    def disturbed(self, name: str, disturb: Callable[[Nursery], None]) -> None:
        with self.job() as one:
            disturb(one)
            self.judge(one)
        print(f"{name}: {self.different} different", flush=True)


def _held(one: Nursery) -> None:
    with held(one.url, 1, 30):
        print("held for 30 seconds: exit", one.run())


def _full(one: Nursery) -> None:
    print("out of room: exits", [one.run(file_size=size) for size in range(150_000, 900_000, 100_000)])


def _restarted(one: Nursery) -> None:
    running = Restarted(one.url)
    threading.Timer(2, running.restart, [5]).start()
    print("server restarted, five seconds away: exit", one.run())


@contextmanager
def _places(engine: str, folder: Path) -> Iterator[Places]:
    if engine == "sqlite":
        yield ((folder / str(number), f"sqlite:///{folder}/{number}.db") for number in range(10**6))
        return
    programs = postgres.binaries()
    assert programs, "no PostgreSQL"
    with postgres.server(programs) as server:
        def places() -> Places:
            for number in range(10**6):
                url = server.create(f"crashes_{number}")
                open_database(url, create=True).dispose()
                yield folder / str(number), url

        yield places()


def main(engine: str, kills: str = "200", pairs: str = "50") -> int:
    with tempfile.TemporaryDirectory() as name, _places(engine, Path(name)) as places:
        bench = Bench(places)
        done = bench.kills(int(kills), random.Random(int(kills)))
        bench.pairs(int(pairs))
        bench.disturbed("a database that somebody holds", _held)
        bench.disturbed(*(("a full disk", _full) if engine == "sqlite" else ("a server that is started anew", _restarted)))
    print(f"{engine}: {done.total()} killed ({', '.join(f'{point} {count}' for point, count in sorted(done.items()))}), {pairs} pairs: {bench.different} different")
    return 1 if bench.different else 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
