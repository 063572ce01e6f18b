"""Shares of the corpus corrected by what people said of a random sample of it; see pipeline.measuring.shares."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from sqlalchemy import Connection, and_, func, select

from pipeline.labelling import stored
from pipeline.labelling.gold import by_question, gold
from pipeline.measuring.scales import SCALES
from pipeline.query import Fields
from schema.tables import comment, post, tag

POSITIVE = {name: tuple(range(scale.positive, scale.highest + 1)) for name, scale in SCALES.items()}    # levels that count as a yes, as in the codebook
FEWEST = 30         # labelled items; with fewer the interval says all and nothing
NEARLY_ALL = 0.95   # of a sample's items must have a level: those that were labelled for another reason are no random choice of them


@dataclass(frozen=True, slots=True)
class Corrected:
    """The share of comments (pings among them) or posts that are what a tag means, with its 95 % interval."""

    sample: str
    kinds: str
    tagger: str
    labelled: int
    uncorrected: float
    value: float
    low: float
    high: float


def corrections(connection: Connection) -> list[Corrected]:
    """One for each tag of each sample that was drawn at random from all comments, or all posts, and labelled far enough."""
    usable = [one for one in stored.samples(connection) if one["method"] == "random" and not one["condition"] and one["kinds"] != "both"]
    return [corrected for one in usable for corrected in _of_sample(connection, one)]


def _of_sample(connection: Connection, sample: Fields) -> Iterator[Corrected]:
    from pipeline.measuring.shares import Checked, share  # numpy takes a moment to load

    chances = stored.items_of(connection, sample["name"])
    settled = {question: gold(levels) for question, levels in by_question(stored.labels(connection, list(chances))).items()}
    for tagger, positive in POSITIVE.items():
        truth = {question.item_key: level in positive for question, level in settled.items() if question.tagger == tagger and level is not None}
        if len(truth) < max(FEWEST, NEARLY_ALL * len(chances)):
            continue
        verdicts = _verdicts(connection, sample["kinds"], tagger, positive)
        checked = [Checked(verdicts[key], is_so, chances[key]) for key, is_so in truth.items() if key in verdicts]
        found = share(verdicts.values(), checked)
        if found.value is not None and found.low is not None and found.high is not None and found.uncorrected is not None:
            yield Corrected(sample["name"], sample["kinds"], tagger, len(checked), found.uncorrected, found.value, found.low, found.high)


def _verdicts(connection: Connection, kinds: str, tagger: str, positive: Sequence[int]) -> dict[str, bool]:
    """By key, whether the tagger says yes; what it does not judge is none. Only items with a text, as they may be drawn."""
    table = post if kinds == "posts" else comment
    current = and_(tag.c.item_key == table.c.key, tag.c.tagger == tagger, tag.c.current)
    query = select(table.c.key, tag.c.level).select_from(table.outerjoin(tag, current)).where(func.trim(table.c.text) != "")
    return {row.key: row.level in positive for row in connection.execute(query)}
