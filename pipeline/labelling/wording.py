"""What `hubbub label` says at the end of its commands, in sentences."""

from __future__ import annotations

import shlex

from pipeline.labelling.giving import Written
from pipeline.labelling.session import Done
from pipeline.labelling.stored import GOLD


def counted(number: int, noun: str) -> str:
    """The number with its noun: 1 item, 40 items."""
    return f"{number:,} {noun}{'' if number == 1 else 's'}"


def drawn(name: str, number: int, wanted: int) -> str:
    """How many came in, and what to type next."""
    fewer = f", which are all that could be drawn; {wanted:,} were asked for" if number < wanted else ""
    return f"Drew {counted(number, 'item')}{fewer}. Go on with: hubbub label start {shlex.quote(name)} --annotator YOUR_NAME"


def labelled(done: Done) -> str:
    """How a session of labelling ended."""
    if not done.items:
        return "Nothing to label: none of the items is of a kind that is judged so."
    if not done.asked:
        return f"Nothing is left: you have labelled all {counted(done.items, 'item')}."
    return f"{counted(done.given, 'level')} kept."


def settled(done: Done) -> str:
    """How a session of settling ended."""
    return f"{counted(done.given, 'level')} settled." if done.asked else "Nothing is left to settle: where annotators differ, it is settled already."


def exported(file: str, written: Written, who: str) -> str:
    """What a file holds, and what may not be expected of it."""
    missing = "" if written.labelled else f"; {who} has labelled none of them" if who not in ("", GOLD) else "; none of them has a level that was settled or never in doubt"
    differing = f"; annotators differ on {written.differing:,} of them, which doccano cannot tell apart: --annotator NAME writes those of one" if written.differing else ""
    return f"{file}: {counted(written.items, 'item')}{missing}{differing}"


def imported(kept: int, unknown: int, contradictory: int) -> str:
    """What was kept of a file, and what was not for which reason."""
    words = [f"{counted(kept, 'label')} kept"]
    if contradictory:
        words.append(f"{counted(contradictory, 'item')} {'has' if contradictory == 1 else 'have'} two levels for one tag, of which neither was kept: an annotator says one thing")
    if unknown:
        words.append(f"{counted(unknown, 'label')} {'belongs' if unknown == 1 else 'belong'} to items that are not stored here")
    return "; ".join(words) + "."
