"""What several annotators said of the same items, from files or from the labels of a sample: the input of agreement."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from sqlalchemy import Connection, select

from pipeline.flow import in_batches
from pipeline.labelled.lines import HIGHEST, lines
from pipeline.labelling import exchange, stored
from pipeline.labelling.stored import GOLD, Given
from schema.tables import comment, post


@dataclass(slots=True)
class Readings:
    """By tagger and item, what each annotator said; and the blog of each item, where it is known."""

    levels: dict[str, dict[str, dict[str, int]]] = field(default_factory=lambda: defaultdict(lambda: defaultdict(dict)))
    blogs: dict[str, str] = field(default_factory=dict)

    def add(self, given: Iterable[Given]) -> None:
        """Take levels in."""
        for one in given:
            self.levels[one.tagger][one.item_key][one.annotator] = one.level

    def table(self, tagger: str) -> tuple[list[str], list[list[int | None]], list[str]]:
        """Annotators, one row of levels for each item, and the blogs of the items."""
        items = self.levels.get(tagger, {})
        annotators = sorted({name for levels in items.values() for name in levels})
        keys = sorted(items)
        return annotators, [[items[key].get(name) for name in annotators] for key in keys], [self.blogs.get(key, "") for key in keys]


def of_files(files: Sequence[Path]) -> Readings:
    """Each file is the work of one annotator, named like the file, unless it says itself who gave what."""
    found = Readings()
    for file in files:
        if exchange.is_of_a_tool(file):
            found.add(exchange.read(file, file.stem, HIGHEST))
            continue
        for line in lines(file):
            found.blogs[line.id] = line.blog
            found.add(Given(line.id, tagger, file.stem, level) for tagger, level in line.labels.items())
    return found


def of_sample(connection: Connection, name: str) -> Readings:
    """What annotators said of a sample's items; what was settled afterwards is nobody's reading."""
    keys = list(stored.items_of(connection, name))
    found = Readings(blogs=dict(_blogs(connection, keys)))
    found.add(one for one in stored.labels(connection, keys) if one.annotator != GOLD)
    return found


def _blogs(connection: Connection, keys: Sequence[str]) -> Mapping[str, str]:
    blogs: dict[str, str] = {}
    for batch in in_batches(keys, stored.KEYS_AT_ONCE):
        for table in (post, comment):
            blogs |= {row.key: row.source for row in connection.execute(select(table.c.key, table.c.source).where(table.c.key.in_(batch)))}
    return blogs
