"""An evaluation for eyes: the figures with their intervals, the parts, and the worst disagreements with what was gone by."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from rich.console import Console
from rich.table import Table
from rich.text import Text

from pipeline.measuring.evaluation import Evaluation, Judged, Part
from pipeline.measuring.figures import FURTHER, NAMES
from pipeline.table import fitted
from pipeline.values import one_line

WIDE = 100              # columns, from which on the parts have room for all figures
NARROW = ("auc", "f1", "spearman", "quadratic_kappa", "calibration_error")
TITLES = {
    "auc": "AUC", "average_precision": "average precision", "f1": "F1", "spearman": "Spearman", "quadratic_kappa": "quadratic kappa",
    "calibration_error": "calibration error", "brier": "Brier score", "within_one": "at most one level off",
}
SHORT = {"average_precision": "av. prec.", "quadratic_kappa": "kappa", "calibration_error": "calibr."}
SIDES = {"left_out": "level 1 left out", "negative": "level 1 as a no", "positive": "level 1 as a yes"}
MOST_REASONS = 6
LINES_OF_TEXT = 2


def show(found: Evaluation, console: Console) -> None:
    """Print the evaluation."""
    console.print(Text(_headline(found), style="bold"))
    console.print()
    console.print(_figures(found), soft_wrap=False)
    console.print(Text("Intervals: 95 %, bootstrap over whole blogs. Calibration error: 10 bins with equally many items. –: not defined.", style="dim"), soft_wrap=False)
    for table in (_parts(found, NAMES if console.width >= WIDE else NARROW), _subtypes(found), _confusion(found)):
        if table.row_count:
            console.print()
            console.print(table, soft_wrap=False)
    for line in _disagreements(found.disagreements, console.width):
        console.print(line, soft_wrap=False)


def shortly(value: float | None) -> str:
    """A figure as it stands in a table."""
    return "–" if value is None else f"{value:.3f}"


def _headline(found: Evaluation) -> str:
    notes = [f"{found.n_null:,} not judged, counted as score 0" if found.n_null else "", f"{found.n_left_out:,} borderline" if found.n_left_out else ""]
    others = f"; {found.n_unlabelled:,} more without a label" if found.n_unlabelled else ""
    counted = ", ".join(filter(None, (f"{found.n:,} labelled item{'' if found.n == 1 else 's'} of {found.blogs:,} blog{'' if found.blogs == 1 else 's'}", *notes)))
    return f"{found.tagger.replace('_', '-')}: {counted}{others}"


def _plain_table(*headings: str) -> Table:
    """A table whose first column holds words and the others numbers."""
    table = Table(box=None, pad_edge=False, header_style="bold", padding=(0, 2, 0, 0))
    for number, heading in enumerate(headings):
        table.add_column(Text(heading), justify="right" if number else "left", no_wrap=True, overflow="ellipsis")
    return table


def _figures(found: Evaluation) -> Table:
    table = _plain_table("measure", "value", "interval by blog", "mean of blogs")
    for name in (*NAMES, *FURTHER):
        interval = found.intervals.get(name)
        table.add_row(
            TITLES.get(name, name), shortly(found.figures[name]), f"{interval[0]:.3f} to {interval[1]:.3f}" if interval else "–", shortly(found.macro_by_blog.get(name)),
        )
    return table


def _parts(found: Evaluation, names: Sequence[str]) -> Table:
    """The same figures, where level 1 is taken otherwise, by kind, and without the spam."""
    rows: list[tuple[str, Part | None]] = [(SIDES[side], part) for side, part in found.level_1.items()]
    rows += [(f"{kind}s only", part) for kind, part in found.by_kind.items() if len(found.by_kind) > 1]
    rows += [("without spam", found.not_spam), ("known: spam label alone", found.spam_label_alone)]
    table = _plain_table("part", "items", *(SHORT.get(name, TITLES.get(name, name)) for name in names))
    for title, part in rows:
        if part is not None:
            table.add_row(title, f"{part.n:,}", *(shortly(part.figures[name]) for name in names))
    return table


def _subtypes(found: Evaluation) -> Table:
    table = _plain_table("labelled subtype", "items", "recall", "AUC")
    for name, subtype in found.by_subtype.items():
        table.add_row(name.replace("_", " "), f"{subtype.n:,}", shortly(subtype.recall), shortly(subtype.auc))
    return table


def _confusion(found: Evaluation) -> Table:
    levels = sorted({level for row in found.confusion.values() for level in row})
    table = _plain_table("labelled level", *(f"found {level}" for level in levels))
    for gold, row in found.confusion.items():
        table.add_row(gold, *(f"{row[level]:,}" if level in row else "–" for level in levels))
    return table


def _disagreements(worst: Sequence[Judged], width: int) -> Iterator[Text]:
    if worst:
        yield Text()
        yield Text("Furthest from the label:", style="bold")
    for one in worst:
        yield Text()
        level = "not judged" if one.finding.level is None else f"level {one.finding.level}"
        yield _cut(Text.assemble((f"label {one.gold}, found {level} (score {shortly(one.finding.score)})", "bold"), f"  {_place(one)}"), width)
        yield Text("  " + fitted(one_line(one.item.doc.text), width * LINES_OF_TEXT - 6))
        if reasons := _reasons(one):
            yield Text("  " + fitted(", ".join(reasons), width * LINES_OF_TEXT - 6), style="dim")


def _place(one: Judged) -> str:
    blog = one_line(one.item.blog)
    return f"{one.item.kind} of {blog}, {one.item.id}" if blog else f"{one.item.kind} {one.item.id}"


def _reasons(one: Judged) -> list[str]:
    """Words with the rule that they fired and its weight, then the signals of the context; the heaviest first."""
    text, signals = one.item.doc.text, one.finding.context.get("signals")
    heaviest = sorted(one.finding.spans, key=lambda span: -abs(span.weight))
    words = dict.fromkeys(f"“{fitted(one_line(text[span.start:span.end]), 40)}” {span.rule} {span.weight:+.1f}" for span in heaviest)
    around = signals if isinstance(signals, Mapping) else {}
    return [*list(words)[:MOST_REASONS], *(f"[{name} {weight:+.1f}]" for name, weight in sorted(around.items(), key=lambda pair: -abs(pair[1])))]


def _cut(line: Text, width: int) -> Text:
    line.truncate(width, overflow="ellipsis")
    return line
