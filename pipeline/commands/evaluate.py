"""`hubbub evaluate`: how far a tagger agrees with labels."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import click

from schema.errors import UserError


@click.command()
@click.argument("files", metavar="FILE.jsonl...", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option("--tagger", "name", required=True, metavar="NAME", help="The tagger to evaluate.")
@click.option("--tagger-module", "module", metavar="FILE.py", help="Where the tagger is, if it is your own: a file, or a module that is installed.")
@click.option("--format", "format_name", type=click.Choice(("table", "json")), help="[default: table on a terminal, else json]")
@click.option("--predictions", metavar="OUT.jsonl", type=click.Path(path_type=Path, dir_okay=False), help="Also write what the tagger says of each item: id, score, level and spans, one line each.")
@click.option("--worst", metavar="N", type=click.IntRange(0), default=10, show_default=True, help="How many of the worst disagreements to show.")
def evaluate(files: tuple[Path, ...], name: str, module: str | None, format_name: str | None, predictions: Path | None, worst: int) -> None:
    """Compare a tagger with labelled posts and comments.

    Each line of a file is a JSON object with a text, what is known around it, and labels: the levels of the codebook as `label_spam`,
    `label_self_promotion` and `label_conversational` beside the columns of `hubbub export --format jsonl`, or as plain `spam`,
    `self_promotion` and `conversational`. Items of several files are taken together, so that comments find their posts.

    For precision, recall, F1, AUC, average precision and calibration, spam is level 2 against level 0 (level 1 is left out, and shown as either side),
    self-promotion and conversational are level 2 and above. What the tagger does not judge counts as score 0. Where a measure
    is not defined it is null. The shipped models have seen their own training labels: evaluate on others.

    \b
    Examples:
      hubbub evaluate labels.jsonl --tagger spam
      hubbub evaluate comments.jsonl posts.jsonl --tagger self_promotion --worst 30
      hubbub evaluate labels.jsonl --tagger conversational --format json --predictions tone.jsonl
      hubbub evaluate labels.jsonl --tagger-module numbers_game.py --tagger numbers_game
    """
    from pipeline import output
    from pipeline.judges import judges
    from pipeline.labelled.files import read
    from pipeline.measuring import judging
    from pipeline.measuring.evaluation import Options
    from pipeline.measuring.evaluation import evaluate as compare
    from pipeline.measuring.report import as_object
    from pipeline.measuring.scales import scale_of
    from pipeline.measuring.table import show
    from pipeline.values import dumps

    tagger = judges([name], [module] if module else [])[name]
    items = read(*files)
    findings = list(judging.findings(name, tagger, items))
    if predictions:
        _write(predictions, (judging.prediction(item, finding) for item, finding in zip(items, findings, strict=True)))
    judged = [(item, finding) for item, finding in zip(items, findings, strict=True) if judging.judges(tagger, item)]
    if not any(name in item.labels for item, _ in judged):
        raise UserError(f"No item of {', '.join(map(str, files))} has a label for {name} that it could be compared with; docs/evaluating.md tells how labels are written.")
    _warn_of_known(name, files)
    found = compare(name, scale_of(name, tagger), [item for item, _ in judged], [finding for _, finding in judged], Options(disagreements=worst))
    if output.chosen(format_name) == "table":
        show(found, output.console())
    else:
        click.echo(dumps(as_object(found), indent=2))


def _warn_of_known(name: str, files: Iterable[Path]) -> None:
    """A model that is asked what it was taught knows it too well."""
    from pipeline.models.storage import card_for

    taught = set((card_for(name) or {}).get("files", {}).values())
    known = [str(file) for file in files if hashlib.sha256(file.read_bytes()).hexdigest() in taught]
    if known:
        click.echo(f"hubbub: the model of {name} was learned from {', '.join(known)}: these figures flatter it. docs/measured.md has those on blogs not seen.", err=True)


def _write(file: Path, lines: Iterable[dict[str, Any]]) -> None:       # Any: JSON
    from pipeline.values import dumps

    try:
        with file.open("w", encoding="utf-8", newline="\n") as out:
            out.writelines(dumps(line) + "\n" for line in lines)
    except OSError as error:
        raise UserError(f"The predictions cannot be written to {file}: {error.strerror or error}. Name a place that is writable.") from None
