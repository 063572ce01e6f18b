"""`hubbub label`: samples of the corpus, and what people say of them."""

from __future__ import annotations

from pathlib import Path

import click

from schema.errors import UsageError
from schema.profile import Invocation

TAGGERS = click.Choice(("spam", "self_promotion", "conversational", "marketing"))


def _not_blank(context: click.Context, parameter: click.Parameter, name: str | None) -> str | None:
    if name is not None and not name.strip():
        what = "sample" if isinstance(parameter, click.Argument) else "annotator"
        raise UsageError(f"The name of the {what} is empty; give one, as in `hubbub label {context.info_name} {'first' if what == 'sample' else '... --annotator ada'}`.")
    return name


@click.group()
def label() -> None:
    """Label items by hand, to measure the taggers, to train them, and to correct shares.

    Draw a sample, let several people go through it (in the terminal, in Label Studio or in doccano), look at their agreement
    with `hubbub agreement`, settle what they differ on, and take the gold labels to `hubbub evaluate` or `hubbub train`.

    \b
    Examples:
      hubbub label draw first --size 200
      hubbub label start first --annotator ada --tagger spam
      hubbub agreement --sample first
      hubbub label adjudicate first --annotator eve --tagger spam
      hubbub label export first gold.jsonl --annotator gold
    """


@label.command()
@click.argument("name", callback=_not_blank)
@click.option("--size", type=click.IntRange(min=1), default=100, show_default=True, help="How many items.")
@click.option("--method", type=click.Choice(("random", "uncertain", "blogs")), default="random", show_default=True, help="All alike; rather what a tagger doubts; or the same number of each blog.")
@click.option("--tagger", type=TAGGERS, help="Whose doubt counts; needed for `uncertain`.")
@click.option("--kinds", type=click.Choice(("comments", "posts", "both")), default="comments", show_default=True, help="What to draw.")
@click.option("--where", default="", metavar="CONDITION", help="Only of these: an SQL condition over the columns of `comments` (of `posts`, where only posts are drawn).")
@click.option("--seed", type=int, default=0, show_default=True, help="Another one draws another sample; the same one the same.")
@click.pass_obj
def draw(invocation: Invocation, name: str, size: int, method: str, tagger: str | None, kinds: str, where: str, seed: int) -> None:
    """Draw a sample and keep it under NAME, with how it was drawn and the chance of each item.

    \b
    Examples:
      hubbub label draw first --size 200
      hubbub label draw doubtful --method uncertain --tagger spam --where "language = 'en'"
      hubbub label draw wide --method blogs --size 300 --kinds both --seed 7
    """
    from pipeline.labelling import stored, wording
    from schema.database import open_database

    if method == "uncertain" and not tagger:
        raise UsageError("Whose doubt counts? Name a tagger: --method uncertain --tagger spam.")
    engine = open_database(invocation.database)
    plan = stored.Plan(name, size, method, tagger or "", kinds, where, seed)  # type: ignore[arg-type]  # click has looked
    number = stored.new_sample(engine, plan)
    engine.dispose()
    click.echo(wording.drawn(name, number, size))


@label.command("list")
@click.pass_obj
def list_samples(invocation: Invocation) -> None:
    """List the samples, and how many of their items have labels.

    \b
    Examples:
      hubbub label list
    """
    from pipeline.labelling import progress, stored
    from pipeline.reader import reading

    with reading(invocation.database) as connection:
        found = stored.samples(connection)
        for one in found:
            click.echo(progress.sentence(connection, one))
    if not found:
        click.echo("No sample yet: draw one with `hubbub label draw NAME`.")


@label.command()
@click.argument("name", callback=_not_blank)
@click.option("--annotator", required=True, callback=_not_blank, metavar="NAME", help="Who labels; each annotator has labels of their own.")
@click.option("--tagger", "taggers", type=TAGGERS, multiple=True, help="Which tags; may be given several times.  [default: the first three]")
@click.pass_obj
def start(invocation: Invocation, name: str, annotator: str, taggers: tuple[str, ...]) -> None:
    """Go through the items of a sample that you have not labelled yet; every answer is kept at once.

    Keys: a level, s skip, b back, ? what the levels mean, q quit. What the taggers say is not shown.

    \b
    Examples:
      hubbub label start first --annotator ada
      hubbub label start first --annotator ada --tagger spam --tagger self_promotion
    """
    from pipeline.labelling import session, stored, wording

    if annotator == stored.GOLD:
        raise UsageError(f"{stored.GOLD!r} is the name of what was settled; use `hubbub label adjudicate`, or another name.")
    click.echo(wording.labelled(session.label(invocation.database, name, annotator, taggers or session.USUAL)))


@label.command()
@click.argument("name", callback=_not_blank)
@click.option("--annotator", required=True, callback=_not_blank, metavar="NAME", help="Who settles it.")
@click.option("--tagger", "taggers", type=TAGGERS, multiple=True, help="Which tags; may be given several times.  [default: the first three]")
@click.pass_obj
def adjudicate(invocation: Invocation, name: str, annotator: str, taggers: tuple[str, ...]) -> None:
    """Settle what annotators differ on: each such item is shown with what they said, and your level is the gold one.

    Where all agree their level is gold without asking. Gold labels belong to the annotator `gold`.

    \b
    Examples:
      hubbub label adjudicate first --annotator eve --tagger spam
    """
    from pipeline.labelling import session, wording

    click.echo(wording.settled(session.adjudicate(invocation.database, name, annotator, taggers or session.USUAL)))


@label.command("export")
@click.argument("name", callback=_not_blank)
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False))
@click.option("--format", "format_name", type=click.Choice(("jsonl", "label-studio", "doccano")), default="jsonl", show_default=True, help="Our own lines, for evaluate and train; or tasks for a tool.")
@click.option("--annotator", callback=_not_blank, metavar="NAME", help="Whose labels; `gold` for what was settled or never in doubt.  [jsonl: gold; tools: all]")
@click.pass_obj
def export_labels(invocation: Invocation, name: str, file: Path, format_name: str, annotator: str | None) -> None:
    """Write a sample with its labels to FILE.

    With --format label-studio, FILE.xml beside it holds the labeling interface to paste into the project's settings.

    \b
    Examples:
      hubbub label export first gold.jsonl
      hubbub label export first tasks.json --format label-studio
      hubbub label export first lines.jsonl --format doccano --annotator ada
    """
    from pipeline.labelling import giving, wording
    from pipeline.reader import reading

    with reading(invocation.database) as connection:
        written = giving.write(connection, name, file, format_name, annotator)
    click.echo(wording.exported(str(file), written, annotator or ""))


@label.command("import")
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False))
@click.option("--annotator", required=True, callback=_not_blank, metavar="NAME", help="Who gave the labels that the file gives to nobody.")
@click.pass_obj
def import_labels(invocation: Invocation, file: Path, annotator: str) -> None:
    """Take in labels from Label Studio (JSON), doccano (JSONL) or our own JSONL with `label_...` columns.

    \b
    Examples:
      hubbub label import export.json --annotator ada
      hubbub label import doccano.jsonl --annotator bert
    """
    from pipeline.labelling import exchange, stored, wording
    from pipeline.labelling.session import highest
    from schema.database import open_database
    from schema.errors import UserError
    from schema.views import TAGGERS as NAMES

    given = exchange.read(file, annotator, {name: highest(name) for name in NAMES})
    if not given:
        raise UserError(f"{file} has no labels; docs/labelling.md tells how they are written.")
    clear, contradictory = exchange.without_contradictions(given)
    engine = open_database(invocation.database)
    kept = stored.keep(engine, clear)
    engine.dispose()
    click.echo(wording.imported(kept, len(clear) - kept, len(contradictory)))
