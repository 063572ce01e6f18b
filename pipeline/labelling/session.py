"""A person at a terminal who labels or settles: the database on one side, keys on the other."""

from __future__ import annotations

import sys
import time
from collections.abc import Mapping, Sequence
from typing import NamedTuple

import click
from sqlalchemy import Engine

from pipeline.judges import judges, kinds
from pipeline.labelling import stored
from pipeline.labelling.asking import Means, Question, go_through
from pipeline.labelling.gold import by_question
from pipeline.labelling.showing import show
from pipeline.labelling.stored import GOLD, Given
from pipeline.measuring.scales import SCALES
from pipeline.output import console
from pipeline.query import find_thread
from schema.database import open_database
from schema.views import LEVELS

ESCAPE = "\x1b"      # with which arrow and function keys begin
REST_OF_A_KEY = 0.05    # seconds: some connections give the bytes of such a key one after the other
USUAL = ("spam", "self_promotion", "conversational")


class Done(NamedTuple):
    """What came of a session."""

    given: int      # levels, each counted once however often it was changed
    asked: int      # questions that were open
    items: int      # that questions are asked of at all


def highest(tagger: str) -> int:
    """The highest level of a tag."""
    return SCALES[tagger].highest


def label(url: str, sample: str, annotator: str, taggers: Sequence[str]) -> Done:
    """Ask for what this annotator has not said yet of the sample's items."""
    engine = open_database(url)
    try:
        with engine.connect() as connection:
            keys = list(stored.items_of(connection, sample))
            done = {(one.item_key, one.tagger) for one in stored.labels(connection, keys) if one.annotator == annotator}
        questions = _questions(keys, taggers)
        still_open = [question for question in questions if question not in done]
        given = go_through(still_open, annotator, highest, LEVELS.__getitem__, _means(engine, {}))
        return Done(given, len(still_open), len({question.item_key for question in questions}))
    finally:
        engine.dispose()


def adjudicate(url: str, sample: str, by: str, taggers: Sequence[str]) -> Done:
    """Ask for a settled level where annotators differ and none is there yet."""
    engine = open_database(url)
    try:
        with engine.connect() as connection:
            said = by_question(stored.labels(connection, list(stored.items_of(connection, sample))))
        disputed = {
            question: levels for question, levels in said.items()
            if question.tagger in taggers and GOLD not in levels and len(set(levels.values())) > 1
        }
        given = go_through(sorted(disputed), GOLD, highest, LEVELS.__getitem__, _means(engine, disputed), by)
        return Done(given, len(disputed), len({question.item_key for question in said}))
    finally:
        engine.dispose()


def _questions(keys: Sequence[str], taggers: Sequence[str]) -> list[Question]:
    """Only what a tagger judges: posts are no spam. Keys of posts begin with p."""
    of_kinds = {name: kinds(judge) for name, judge in judges(taggers).items()}
    return [Question(key, tagger) for key in keys for tagger in taggers if ("post" if key.startswith("p") else "comment") in of_kinds[tagger]]


def _means(engine: Engine, said: Mapping[Question, Mapping[str, int]]) -> Means:
    paper = console()

    def show_item(key: str) -> None:
        with engine.connect() as connection:
            if thread := find_thread(connection, key):
                show(thread, key, paper)
        for question, levels in said.items():
            if question.item_key == key:
                click.echo(f"{question.tagger}: " + ", ".join(f"{annotator} {level}" for annotator, level in sorted(levels.items())))

    return Means(show_item, _ask, click.echo, lambda given: _keep(engine, given))


def _keep(engine: Engine, given: Given) -> None:
    stored.keep(engine, [given])


def _ask(question: str) -> str:
    """One key on a terminal, one line from anything else; the end of the input is the end of the session."""
    click.echo(question, nl=False)
    if sys.stdin.isatty():
        answer = _key().lower()
        click.echo(answer if answer.isprintable() else "")
        return "q" if answer in ("\x04", "\x1a") else answer
    line = next((line for line in iter(sys.stdin.readline, "") if not line.startswith(ESCAPE)), "")
    click.echo(line.strip())
    return line.strip().lower() if line else "q"


def _key() -> str:
    """A key that writes something; others are read as none. Waiting for the next one drops what is left of the last."""
    while (key := click.getchar()).startswith(ESCAPE):
        time.sleep(REST_OF_A_KEY)
    return key
