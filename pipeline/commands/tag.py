"""`hubbub tag`: judge what has not been judged yet."""

from __future__ import annotations

import sys
from collections.abc import Sequence

import click

from schema.profile import Invocation


@click.command()
@click.option("--tagger", "taggers", multiple=True, metavar="NAME", help="Only this tagger; may be given several times.  [default: all]")
@click.option("--all", "everything", is_flag=True, help="Judge everything again, not only what is new or changed.")
@click.pass_obj
def tag(invocation: Invocation, taggers: tuple[str, ...], everything: bool) -> None:
    """Judge posts and comments for spam, self-promotion and conversational tone.

    Only items without a judgement of their present text by the present version of a tagger are judged; earlier judgements
    stay in the table `tag`. Interrupted, it keeps what it has and goes on from there the next time.

    \b
    Examples:
      hubbub tag
      hubbub tag --tagger spam --tagger self_promotion
      hubbub tag --all
    """
    from pipeline.tagging import levels, tag_items
    from schema.database import open_database

    engine = open_database(invocation.database)
    report = tag_items(engine, taggers=taggers, everything=everything, progress=_progress if sys.stderr.isatty() else None)
    _end_progress()
    click.echo(_sentence(report.tagged, report.by_tagger))
    _print_levels(levels(engine))


def _progress(done: int, total: int) -> None:
    click.echo(f"\rtagging: {done} of {total} posts and comments", nl=False, err=True)


def _end_progress() -> None:
    if sys.stderr.isatty():
        click.echo("", err=True)


def _sentence(tagged: int, by_tagger: dict[str, int]) -> str:
    if not tagged:
        return "Nothing to do: every item has a judgement of its present text."
    judgements = ", ".join(f"{name} {count}" for name, count in by_tagger.items())
    return f"Judged {tagged} posts and comments ({judgements})."


def _print_levels(rows: Sequence[tuple[str, int | None, int]]) -> None:
    """How many items of each level there are by now."""
    for tagger, level, items in rows:
        click.echo(f"{tagger:<16} {'not judged' if level is None else f'level {level}':<11} {items:>8}")
