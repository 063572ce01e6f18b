"""How the levels of a tag become a yes or no, and what its score promises: as docs/codebook.md defines them."""

from __future__ import annotations

from dataclasses import dataclass, replace
from types import ModuleType


@dataclass(frozen=True, slots=True)
class Scale:
    """The levels of one tag, from 0 to `highest`."""

    positive: int                       # the lowest level that is a yes
    highest: int
    left_out: tuple[int, ...] = ()      # levels that are neither, where a yes or no is asked
    is_expected_level: bool = False     # the score is the expected level divided by the highest; else the probability of a yes
    with_borderline: bool = False       # level 1 is worth looking at from either side


SCALES = {
    "spam": Scale(positive=2, highest=2, left_out=(1,), with_borderline=True),
    "self_promotion": Scale(positive=2, highest=3, with_borderline=True),
    "conversational": Scale(positive=2, highest=3, is_expected_level=True),
    "marketing": Scale(positive=1, highest=2),
}


def scale_of(name: str, tagger: ModuleType | None = None) -> Scale:
    """The scale of a tag; a tagger of one's own may say `positive` and `highest`, else every level above 0 is a yes."""
    if name in SCALES:
        return SCALES[name]
    return Scale(positive=int(getattr(tagger, "positive", 1)), highest=int(getattr(tagger, "highest", 1)))


def with_level_1(scale: Scale, side: str) -> Scale:
    """The scale with level 1 on that side of the cut: "negative", "positive" or "left_out"."""
    match side:
        case "positive":
            return replace(scale, positive=1, left_out=())
        case "negative":
            return replace(scale, left_out=())
        case _:
            return replace(scale, left_out=(1,))
