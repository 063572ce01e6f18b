"""Who judges: this process, or several beside it that get portions of items and give back what they find, in order."""

from __future__ import annotations

import os
import signal
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from multiprocessing import active_children, connection, get_context, parent_process
from threading import Thread
from types import ModuleType

from pipeline.corpus import seen
from pipeline.features import sentiment
from pipeline.flow import in_batches
from pipeline.judges import judged, judges
from pipeline.rows import text_hash
from pipeline.text import Doc
from schema.errors import UserError
from schema.items import Finding

PORTION = 50        # items that go to a process at a time
AHEAD = 3           # portions for each process that are under way; more would only fill the memory

Waiting = tuple[Doc, Sequence[str]]     # an item, and the taggers that it waits for


@dataclass(frozen=True, slots=True)
class Judged:
    """An item's findings by tagger, and its sentiment."""

    key: str
    text_hash: str
    corpus_seen: str
    findings: Mapping[str, Finding]
    sentiment: sentiment.Sentiment


Judging = Callable[[Iterable[Waiting]], Iterator[Judged]]


@contextmanager
def judging(known: Mapping[str, ModuleType], modules: Sequence[str], workers: int) -> Iterator[Judging]:
    """What judges items by these taggers, `modules` among them, in so many processes; 1: in this one."""
    if workers == 1:
        yield partial(map, partial(_judge, known))
        return
    executor = ProcessPoolExecutor(workers, get_context("spawn"), _begin, (tuple(known), tuple(modules)))
    try:
        yield partial(_in_portions, executor, AHEAD * workers)
    except BrokenProcessPool:
        raise UserError("A process that was tagging has been ended from outside, perhaps for want of memory; run it again with fewer --workers. What is tagged is kept.") from None
    finally:
        with _undisturbed():
            for process in active_children():       # what they are at is of no use any more
                process.terminate()
            executor.shutdown(cancel_futures=True)


@contextmanager
def _undisturbed() -> Iterator[None]:
    """Ctrl-C waits until this is done. Processes that are started meanwhile never hear it: it is the first process's affair."""
    before = signal.pthread_sigmask(signal.SIG_BLOCK, (signal.SIGINT,))
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def _judge(known: Mapping[str, ModuleType], waiting: Waiting) -> Judged:
    doc, names = waiting
    findings = {name: judged(name, known[name], doc) for name in names}
    return Judged(doc.key, text_hash(doc.text), seen(doc.context.corpus), findings, doc.once(sentiment.sentiment))


def _in_portions(executor: ProcessPoolExecutor, ahead: int, waiting: Iterable[Waiting]) -> Iterator[Judged]:
    under_way: deque[Future[list[Judged]]] = deque()
    for portion in in_batches(waiting, PORTION):
        with _undisturbed():
            under_way.append(executor.submit(_judge_portion, portion))
        if len(under_way) > ahead:
            yield from under_way.popleft().result()
    for future in under_way:
        yield from future.result()


_known: Mapping[str, ModuleType] = {}      # of a process beside the first one, set when it begins


def _begin(names: Sequence[str], modules: Sequence[str]) -> None:
    """In the new process: nobody works on after the end of the first."""
    Thread(target=_end_with_the_first, daemon=True).start()
    global _known
    _known = judges(names, modules)


def _end_with_the_first() -> None:
    first = parent_process()
    assert first, "this process was started by another"
    connection.wait([first.sentinel])
    os._exit(1)


def _judge_portion(portion: Sequence[Waiting]) -> list[Judged]:
    return [_judge(_known, waiting) for waiting in portion]
