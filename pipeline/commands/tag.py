"""`hubbub tag`: judge what has not been judged yet."""

from __future__ import annotations

import sys

import click

from schema.profile import Invocation


@click.command()
@click.option("--tagger", "taggers", multiple=True, metavar="NAME", help="Only this tagger; may be given several times.  [default: all]")
@click.option("--tagger-module", "modules", multiple=True, metavar="FILE.py", help="Also this tagger of your own: a file, or a module that is installed. May be given several times.")
@click.option("--all", "everything", is_flag=True, help="Judge everything again, not only what is new or changed; interrupted, it begins at the front the next time.")
@click.option("--workers", type=click.IntRange(1, 64), default=1, metavar="N", help="Processes that judge; one for each core is the most that helps.  [default: 1]")
@click.pass_obj
def tag(invocation: Invocation, taggers: tuple[str, ...], modules: tuple[str, ...], everything: bool, workers: int) -> None:
    """Tag posts, comments and pings: spam, self-promotion, how conversational they are, and how far about marketing.

    Only items without a judgement of their present text by the present version of a tagger are judged, and those of which a
    grown corpus says something else by now; earlier judgements stay in the table `tag`. Interrupted, it keeps what it has and goes on from there the next time.

    \b
    Examples:
      hubbub tag
      hubbub tag --tagger spam --tagger self_promotion
      hubbub tag --tagger-module numbers_game.py --tagger numbers_game
      hubbub tag --all --workers 4
    """
    from pipeline import output
    from pipeline.overview import overview
    from pipeline.overview_table import levels_table
    from pipeline.reader import reading
    from pipeline.tagging import tag_items
    from schema.database import open_database, understandable

    engine = open_database(invocation.database)
    with understandable(engine.url):
        report = tag_items(engine, taggers=taggers, modules=modules, everything=everything, workers=workers, progress=_progress if sys.stderr.isatty() else None)
    engine.dispose()
    _end_progress()
    click.echo(_sentence(report.tagged, report.by_tagger))
    with reading(invocation.database) as connection:
        corpus = overview(connection).corpus
    if corpus.posts:
        paper = output.console()
        paper.print(levels_table(corpus, paper.width))
        click.echo(f"Not judged: {corpus.without_text:,} without text; others are not tagged yet, too short to tell spam, or in a language of which a tagger knows only signs.")


def _progress(done: int, total: int) -> None:
    click.echo(f"\rtagging: {done:,} of {total:,} posts, comments and pings looked at", nl=False, err=True)


def _end_progress() -> None:
    if sys.stderr.isatty():
        click.echo("", err=True)


def _sentence(tagged: int, by_tagger: dict[str, int]) -> str:
    if not tagged:
        return "Nothing to do: nothing is new or changed since the last time."
    each = ", ".join(f"{name.replace('_', '-')} {count:,}" for name, count in by_tagger.items())
    return f"Tagged {tagged:,} posts, comments and pings ({each}). Those that had their tags already, or have no text, were left out."
