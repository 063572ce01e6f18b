"""`hubbub export`: take the tagged corpus away as a folder of files."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from schema.profile import Invocation


@click.command()
@click.argument("folder", type=click.Path(path_type=Path))
@click.option("--format", "format_name", required=True, metavar="FORMAT", help="jsonl, csv, or the name of another installed exporter.")
@click.option("--where", default="", metavar="CONDITION", help="Which comments: an SQL condition over the columns of `comments`.")
@click.option("--where-posts", default="", metavar="CONDITION", help="Which posts: an SQL condition over the columns of `posts`.")
@click.pass_obj
def export(invocation: Invocation, folder: Path, format_name: str, where: str, where_posts: str) -> None:
    """Write the corpus to FOLDER: posts, comments, their links, marks, tags and the words that earned them.

    With --where, comments that do not meet the condition are left out, and so are posts without any comment that does.
    With --where-posts, posts that do not meet it are left out, and all comments under them. With both, every post that
    meets its condition stays, with those of its comments that meet theirs.

    FOLDER also gets a page COLUMNS.md and hubbub-export.json with the number of rows and the SHA-256 of each file. A
    folder that an export wrote is replaced as a whole; any other is refused. The same database gives the same files.

    \b
    Examples:
      hubbub export corpus --format jsonl
      hubbub export without-spam --format csv --where "spam_level < 2" --where-posts "1 = 1"
      hubbub export offers --format jsonl --where "self_promotion_level = 3 AND language = 'en'"
      hubbub export complete --format jsonl --where-posts "completeness = 'complete'"
    """
    from pipeline import export as exporting
    from pipeline.query import Selection
    from pipeline.reader import reading

    exporting.exporter(format_name)
    exporting.refuse_foreign(folder.resolve())
    with reading(invocation.database) as connection:
        written = exporting.export(connection, folder, format_name, Selection(where, where_posts), _tell if sys.stderr.isatty() else None)
    files = ", ".join(f"{name} ({rows:,} rows)" for name, rows in written.files.items())
    if written.replaced:
        click.echo(f"This replaced the {written.replaced} export that was in {folder}.")
    click.echo(f"{folder}: {written.posts:,} posts and {written.comments:,} comments in {files}")


def _tell(posts: int, comments: int) -> None:
    click.echo(f"\r{posts:,} posts, {comments:,} comments\r", nl=False, err=True)
