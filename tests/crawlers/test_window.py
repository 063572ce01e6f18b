from __future__ import annotations

import random

from crawlers.targets import Target
from crawlers.window import Window


def target(rank: int, number: int) -> Target:
    return Target(rank, number, f"http://blog.example/{number}", "post", 0)


class Rows:
    """A database of targets that wait."""

    def __init__(self, *targets: Target) -> None:
        self.targets = set(targets)
        self.asked = 0

    def load(self, after: tuple[int, int], most: int) -> list[Target]:
        self.asked += 1
        return sorted(one for one in self.targets if (one.rank, one.number) > after)[:most]


def drained(window: Window) -> list[Target]:
    found = []
    while window.first():
        found.append(window.pop())
    return found


def test_the_best_comes_first() -> None:
    window = Window()
    for one in (target(3, 1), target(1, 2), target(3, 0)):
        window.push(one)
    assert drained(window) == [target(1, 2), target(3, 0), target(3, 1)]


def test_what_waits_in_the_database_comes_too_and_only_some_of_it_is_in_memory() -> None:
    rows = Rows(*(target(3, number) for number in range(100)))
    window = Window(rows.load, room=10)
    assert len(window.all()) == 10
    assert drained(window) == sorted(rows.targets)


def test_everything_comes_once_however_it_was_found() -> None:
    chance = random.Random(7)
    rows = Rows(*(target(chance.randint(1, 5), number) for number in range(60)))
    window, found, number = Window(rows.load, room=8), [], 60
    while window.first():
        found.append(window.pop())
        assert len(window.all()) <= 16
        for _ in range(chance.randint(0, 3) if number < 300 else 0):
            number += 1
            new = target(chance.randint(1, 5), number)
            rows.targets.add(new)       # a row is written before it is asked for
            window.push(new)
    assert sorted(found) == sorted(rows.targets)
    assert len(found) == len(set(found))


def test_a_window_that_holds_everything_does_not_ask_the_database_again() -> None:
    rows = Rows(target(3, 1))
    window = Window(rows.load, room=10)
    window.push(target(3, 2))
    assert len(drained(window)) == 2
    assert rows.asked == 1
