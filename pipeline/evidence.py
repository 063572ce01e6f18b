"""What a tag rests on, in one line: its level and score, and the words or signals that earned it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from rich.cells import cell_len
from rich.text import Text

from pipeline.query import Fields, Record
from pipeline.table import fitted
from pipeline.values import one_line

MOST_QUOTES = 4
LONGEST_QUOTE = 48          # columns
QUOTES_OF_TONE = 2          # every friendly word is a marker; two show what is meant
LONGEST_MARKER = 40

ORDER = ("spam", "self_promotion", "marketing")    # then others by name, the tone last
STYLES = {"spam": "red", "self_promotion": "magenta", "marketing": "blue", "conversational": "green"}


def tag_lines(record: Record, width: int) -> Iterator[Text]:
    """One line for each tag above level 0, the tone last."""
    earned = [tag for tag in record.tags if (tag["level"] or 0) > 0]
    for tag in sorted(earned, key=lambda tag: _place(tag["tagger"])):
        yield from _line(tag, record.fields["text"], width)


def _place(tagger: str) -> tuple[bool, int, str]:
    return tagger == "conversational", ORDER.index(tagger) if tagger in ORDER else len(ORDER), tagger


def _line(tag: Fields, text: str, width: int) -> Iterator[Text]:
    style = STYLES.get(tag["tagger"], "yellow")
    if tag["tagger"] == "spam" and tag["level"] == 1:
        style = "yellow"
    line = Text.assemble("→ ", (f"{tag['tagger'].replace('_', '-')} {tag['level']}", f"bold {style}"), (f" (score {shortly(tag['score'])})", style))
    if tag["subtype"]:
        line.append(f" {tag['subtype'].replace('_', ' ')}", style=style)
    yield from _with_reasons(line, _reasons(tag, text, width), width)


def _with_reasons(line: Text, reasons: list[str], width: int) -> Iterator[Text]:
    """As many as fit behind the level; where not even one does, it gets a line of its own."""
    for number, reason in enumerate(reasons):
        if line.cell_len + cell_len(reason) + 1 > width:
            if number == 0:
                yield _cut(line, width)
                line = Text(f"  {fitted(reason, width - 2)}", style="dim")
            break
        line.append(f" {reason}", style="dim")
    yield _cut(line, width)


def _cut(line: Text, width: int) -> Text:
    line.truncate(width, overflow="ellipsis")
    return line


def shortly(score: float | None) -> str:
    """A score as it stands in a card: 0.97"""
    return "–" if score is None else f"{score:.2f}"


def _reasons(tag: Fields, text: str, width: int) -> list[str]:
    quotes = _quotes(tag, text, max(width - 36, 12))
    if quotes and tag["tagger"] == "conversational":
        return quotes       # a tone is in the words
    return [*quotes, *(f"[{signal}]" for signal in _signals(tag["context"]))]


def _quotes(tag: Fields, text: str, room: int) -> list[str]:
    """The words of the heaviest spans, each once."""
    is_tone = tag["tagger"] == "conversational"
    most, longest = (QUOTES_OF_TONE, LONGEST_MARKER) if is_tone else (MOST_QUOTES, LONGEST_QUOTE)
    telling = [span for span in tag["spans"] if (span.get("weight") or 0) > 0]
    heaviest = sorted(telling, key=lambda span: (-span["weight"], span["start"]))
    words = dict.fromkeys(one_line(text[span["start"]:span["end"]]) for span in _apart(heaviest))
    return [f"“{fitted(word, min(longest, room))}”" for word in words if word][:most]


def _apart(spans: Sequence[Fields]) -> Iterator[Fields]:
    """The spans without those that lie over a heavier one."""
    shown: list[Fields] = []
    for span in spans:
        if not any(span["start"] < other["end"] and other["start"] < span["end"] for other in shown):
            shown.append(span)
            yield span


def _signals(context: dict[str, Any]) -> list[str]:     # Any: each tagger names its own
    """What was not in the words but around them, in plain words, the heaviest first; what spoke against it is left out."""
    weights: dict[str, float] = context.get("signals") or {}
    names = sorted((name for name, weight in weights.items() if weight > 0), key=lambda name: -weights[name])
    return [one_line(name).replace("_", " ") for name in names][:MOST_QUOTES]
