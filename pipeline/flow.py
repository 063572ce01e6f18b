"""How things pass from stage to stage: a stage takes an item and gives an item back, or says why it cannot."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from itertools import islice
from typing import TypeVar

T = TypeVar("T")


class Drop(Exception):
    """The item ends here. The reason is counted and reported: short, lower-case, stable."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


def run(stages: Iterable[Callable[[T], T]], item: T) -> T:
    """The item after all stages, in order. A stage that cannot go on raises Drop, and so does this."""
    for stage in stages:
        item = stage(item)
    return item


def in_batches(items: Iterable[T], size: int) -> Iterator[list[T]]:
    """Lists of `size` items, the last one shorter; never an empty one."""
    iterator = iter(items)
    while batch := list(islice(iterator, size)):
        yield batch
