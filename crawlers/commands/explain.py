"""`hubbub explain`: what hubbub sees on a page, by which rule, and what it leaves out. Nothing is stored."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

import click

from schema.profile import Invocation

if TYPE_CHECKING:
    from crawlers.explaining import Explanation


@click.command()
@click.argument("url", metavar="URL_OR_FILE")
@click.option("--allow-private", multiple=True, metavar="HOST:PORT", help="Open exactly this private address. May be repeated.")
@click.option("--format", "form", type=click.Choice(["table", "json"]), default="table", show_default=True, help="How to print it.")
@click.pass_obj
def explain(invocation: Invocation, url: str, allow_private: tuple[str, ...], form: str) -> None:
    """Show what hubbub sees on one page: what robots.txt says, which platform made it and how sure that is, the post, its
    comments and links, each with the rule that found it, and what was dropped and why. Nothing is stored.

    \b
    Examples:
      hubbub explain https://blog.example/2009/10/a-post.html
      hubbub explain saved-page.html --format json

    \b
    Exit codes: 0 done, 1 error, 2 wrong usage, 3 the page could not be had.
    """
    file = Path(url)
    seen = _saved(file) if "://" not in url and file.is_file() else _live(invocation, url, allow_private)
    if form == "json":
        from crawlers.explaining import as_json

        click.echo(json.dumps(as_json(seen), ensure_ascii=False, indent=2))
    else:
        from rich.console import Console

        from crawlers.explain_table import show

        show(seen, Console(soft_wrap=not Console().is_terminal))


def _saved(file: Path) -> Explanation:
    from crawlers.archive import saved_page
    from crawlers.explaining import explain as look_at

    return look_at(saved_page(file, file.parent))


def _live(invocation: Invocation, url: str, allow_private: tuple[str, ...]) -> Explanation:
    from crawlers.explaining import explain as look_at
    from crawlers.running import fetch_one, warn_without_contact

    fetched = fetch_one(url, allow_private)
    if not fetched.is_private:
        warn_without_contact(invocation.profile.contact)
    if fetched.page is None:
        click.echo(f"hubbub: {fetched.failure}", err=True)
        click.get_current_context().exit(3)
    return look_at(fetched.page, fetched.robots, fetched.teacher)
