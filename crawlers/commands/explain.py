"""`hubbub explain`: what hubbub sees on a page, by which rule, and what it leaves out. Nothing is stored."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import TYPE_CHECKING

import click

from schema.errors import UserError
from schema.profile import Invocation

if TYPE_CHECKING:
    from crawlers.explaining import Explanation

NO_PAGE = "not a page"
_C1 = re.compile("[\x7f-\x9f]")     # some terminals obey these, too; JSON lets them stand
FILE_ENDINGS = (".html", ".htm", ".xhtml", ".xml", ".txt", ".json", ".warc", ".gz", ".pdf", ".png", ".jpg", ".jpeg", ".gif")


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
    Exit codes: 0 done, 1 error, 2 wrong usage, 3 the page could not be had, or is none.
    """
    seen = _saved(Path(url)) if _is_file(url) else _live(invocation, url, allow_private)
    if form == "json":
        from crawlers.explaining import as_json

        click.echo(_C1.sub(lambda found: f"\\u{ord(found[0]):04x}", json.dumps(as_json(seen), ensure_ascii=False, indent=2)))
    else:
        from crawlers.explain_table import show
        from pipeline.output import console

        show(seen, console())
    click.get_current_context().exit(3 if seen.shape == NO_PAGE else 0)


def _is_file(words: str) -> bool:
    """Whether a saved page is meant, which then must be there; else it is an address."""
    file = Path(words)
    if "://" in words or (not file.exists() and not _looks_like_a_file(words)):
        return False
    if file.is_dir():
        raise UserError(f"{words} is a folder. Name one page in it; `hubbub replay {words}` reads all of them.")
    if not file.exists():
        raise UserError(f"There is no file {words}. Check the name, or write an address with http:// or https:// before it.")
    return True


def _looks_like_a_file(words: str) -> bool:
    """`page.html`, `./page`, `folder/page`: no host has such a name."""
    first, slash, _rest = words.partition("/")
    if not slash:
        return words.lower().endswith(FILE_ENDINGS)
    return first in ("", ".", "..", "~") or not ("." in first or ":" in first or first == "localhost")


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
        from crawlers.logs import safe

        click.echo(f"hubbub: {safe(fetched.failure)}", err=True)
        click.get_current_context().exit(3)
    return look_at(fetched.page, fetched.robots, fetched.teacher)
