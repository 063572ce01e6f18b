"""`hubbub thread`: one post and its comments, as a card to read."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from schema.errors import UserError
from schema.profile import Invocation

if TYPE_CHECKING:
    from pipeline.query import StoredThread


@click.command()
@click.argument("url_or_key", metavar="URL_OR_KEY")
@click.option("--format", "format_name", type=click.Choice(("card", "json")), default="card", show_default=True, help="A card to read, or everything as JSON.")
@click.pass_obj
def thread(invocation: Invocation, url_or_key: str, format_name: str) -> None:
    """Show one thread: who answers whom, and each tag with the words that earned it.

    URL_OR_KEY is the address or key of a post, or of a comment, which is then marked in its thread.

    \b
    Examples:
      hubbub thread https://blog.example/2009/10/a-post.html
      hubbub thread "https://blog.example/2009/10/a-post.html#c42"
      hubbub thread p0123456789abcdef0123 --format json
    """
    from pipeline.query import find_thread
    from pipeline.reader import reading

    with reading(invocation.database) as connection:
        found = find_thread(connection, url_or_key.strip())
    if found is None:
        raise UserError(
            f"No post or comment with the address or key {url_or_key!r} is stored. "
            "`hubbub query \"SELECT key, url, title FROM posts\"` lists what is."
        )
    if format_name == "json":
        _print_json(found)
    else:
        from pipeline import card

        card.show(found)


def _print_json(found: StoredThread) -> None:
    from pipeline.export import as_object
    from pipeline.values import dumps

    comments = [as_object(comment) for comment in found.comments]
    click.echo(dumps({"post": as_object(found.post), "comments": comments, "wanted": found.wanted, "earlier_versions": dict(found.earlier_versions)}, indent=2))
