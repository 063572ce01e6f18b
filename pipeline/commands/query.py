"""`hubbub query`: SQL over the stored corpus, read-only."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import closing
from itertools import islice

import click

from pipeline import output
from pipeline.values import Row
from schema.errors import UsageError
from schema.profile import Invocation


@click.command(context_settings={"ignore_unknown_options": True})      # SQL may begin with a comment: -- ...
@click.argument("sql", metavar="SQL")
@click.option("--format", "format_name", type=click.Choice(output.FORMATS), help="[default: table on a terminal, else jsonl]")
@click.option("--max-rows", type=click.IntRange(min=0), metavar="N", help="Print no more than N rows.")
@click.pass_obj
def query(invocation: Invocation, sql: str, format_name: str | None, max_rows: int | None) -> None:
    """Ask the database in SQL (from stdin, when SQL is `-`). Nothing can be changed.

    The views are `posts` and `comments`; beside them are the tables `links` and `tag`. In a table wide texts are cut to
    fit; json, jsonl and csv give everything, with times as ISO-8601 in UTC.

    \b
    Examples:
      Who comments most, and how much of it is spam?
        hubbub query "SELECT author, COUNT(*) AS comments, AVG(spam) AS spam
                      FROM comments GROUP BY author
                      ORDER BY comments DESC LIMIT 20"
    \b
      Where is the corpus incomplete, and why?
        hubbub query "SELECT url, comments_stored, comments_reported,
                      completeness_reason FROM posts
                      WHERE completeness IN ('partial', 'none')"
    \b
      Offers that answer the thread, as CSV:
        hubbub query "SELECT post_url, author, text FROM comments
                      WHERE self_promotion_level = 3
                      AND spam_level = 0" --format csv > offers.csv
    """
    from pipeline.reader import ask, reading

    words = sys.stdin.read() if sql == "-" else sql
    if not words.strip():
        raise UsageError("There is no SQL to run; write for example `hubbub query \"SELECT * FROM posts\"`.")
    with reading(invocation.database) as connection:
        answer = ask(connection, words)
        with closing(answer.rows):
            output.write(answer.columns, _at_most(max_rows, answer.rows), output.chosen(format_name))


def _at_most(number: int | None, rows: Iterator[Row]) -> Iterator[Row]:
    yield from islice(rows, number)
    if number is not None and next(rows, None) is not None:
        click.echo(f"There are more rows; --max-rows {number} leaves them out.", err=True)
