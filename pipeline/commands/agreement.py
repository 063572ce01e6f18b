"""`hubbub agreement`: how far annotators agree."""

from __future__ import annotations

from collections.abc import Collection
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from schema.errors import UsageError, UserError
from schema.profile import Invocation

if TYPE_CHECKING:
    from pipeline.labelling.agreement import Agreement, Value


@click.command()
@click.argument("files", metavar="[FILE]...", nargs=-1, type=click.Path(path_type=Path))
@click.option("--sample", metavar="NAME", help="The labels that are kept for this sample, instead of files.")
@click.option("--tagger", "taggers", multiple=True, metavar="NAME", help="Only this tag; may be given several times.  [default: all that were labelled]")
@click.option("--format", "format_name", type=click.Choice(("table", "json")), help="[default: table on a terminal, else json]")
@click.pass_obj
def agreement(invocation: Invocation, files: tuple[Path, ...], sample: str | None, taggers: tuple[str, ...], format_name: str | None) -> None:
    """Tell how far annotators agree: Krippendorff's alpha (ordinal and nominal) and Cohen's kappa of each pair.

    Each FILE holds the labels of one annotator, named like the file: JSON lines with an id or key and `label_...` columns. Files of
    Label Studio and doccano say themselves who gave what. Intervals (95 %) draw whole blogs anew; without blogs there are none.

    \b
    Examples:
      hubbub agreement ada.jsonl bert.jsonl
      hubbub agreement label-studio.json --tagger spam --format json
      hubbub agreement --sample first
    """
    from pipeline import output
    from pipeline.labelling.agreement import agreement as measured
    from pipeline.labelling.readings import of_files, of_sample
    from pipeline.reader import reading
    from pipeline.values import dumps

    if bool(files) == bool(sample):
        raise UsageError("Name files of labels, or a sample with --sample NAME.")
    if sample:
        with reading(invocation.database) as connection:
            found = of_sample(connection, sample)
    else:
        found = of_files(files)
    _must_be_there(found.levels, taggers, ", ".join(map(str, files)) or f"Sample {sample}")
    results = {tagger: measured(*found.table(tagger)) for tagger in taggers or sorted(found.levels)}
    if output.chosen(format_name) == "table":
        for tagger, result in results.items():
            click.echo(_page(tagger, result))
    else:
        click.echo(dumps({tagger: _as_object(result) for tagger, result in results.items()}, indent=2))


def _must_be_there(labelled: Collection[str], wanted: Collection[str], where: str) -> None:
    if not labelled:
        raise UserError(f"{where} holds no labels of annotators.")
    for tagger in wanted:
        if tagger not in labelled:
            raise UserError(f"{where} holds no labels for {tagger}; there are some for {', '.join(sorted(labelled))}.")


def _page(tagger: str, found: Agreement) -> str:
    if not found.units:
        return f"{tagger}: no item has labels of two annotators."
    rows = [("Krippendorff's alpha, ordinal", found.ordinal), ("Krippendorff's alpha, nominal", found.nominal)]
    for (first, second), value in found.kappas.items():
        rows.append((f"Cohen's kappa, {first} and {second}", value))
        rows.append(("  with quadratic weights", found.weighted[first, second]))
    width = max(len(name) for name, _ in rows)
    same = f", {found.same:.0%} of the pairs of labels the same" if found.same is not None else ""
    head = f"{tagger}: {found.units:,} item{'' if found.units == 1 else 's'}, {len(found.annotators)} annotators{same}"
    return "\n".join([head, *(f"  {name:{width}}  {_words(value)}" for name, value in rows)])


def _words(value: Value) -> str:
    if value.value is None:
        return "not defined: all labels are the same"
    return f"{value.value:.3f}" + (f"  ({value.interval[0]:.3f} to {value.interval[1]:.3f})" if value.interval else "")


def _as_object(found: Agreement) -> dict[str, Any]:     # Any: JSON
    return {
        "units": found.units, "annotators": list(found.annotators), "same": found.same,
        "alpha_ordinal": _value(found.ordinal), "alpha_nominal": _value(found.nominal),
        "pairs": [
            {"annotators": list(pair), "kappa": _value(value), "quadratic_kappa": _value(found.weighted[pair])}
            for pair, value in found.kappas.items()
        ],
    }


def _value(value: Value) -> dict[str, Any]:             # Any: JSON
    return {"value": value.value, "interval": list(value.interval) if value.interval else None}
