"""What a labelled item is: a Doc as the taggers see it, the levels that readers gave, and where it comes from."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from pipeline.text import Doc

Kind = Literal["post", "comment", "pingback", "trackback"]
HALVES = {"turned": 2, "voiced": 2}     # of tone, and the highest: turned to a specific other, or to readers in general (1); a personal, informal voice, or some of it (1)


@dataclass(frozen=True, slots=True)
class Labelled:
    """One item and its gold levels, by the name of the tag; a tag that nobody labelled is not there."""

    id: str
    blog: str
    kind: Kind
    doc: Doc
    labels: Mapping[str, int] = field(default_factory=dict)
    subtype: str | None = None      # of spam, as labelled
    sample: str = ""                # how the item was drawn
    chance: float | None = None     # with which probability it was drawn, where that is known
    halves: Mapping[str, int] = field(default_factory=dict)      # what a level was made of, where readers said that too: see HALVES
