"""`hubbub demo`: the whole job, seen on two invented blogs that come with hubbub and are served on this machine."""

from __future__ import annotations

import os
import time
from pathlib import Path
from typing import TYPE_CHECKING

import click
from click.core import ParameterSource

from schema.database import open_database
from schema.errors import UserError
from schema.profile import Invocation, Profile

if TYPE_CHECKING:
    from crawlers.running import CrawlReport
    from pipeline.export import Exported

FOLDER = Path("hubbub-demo")
FORMATS = ("jsonl", "csv")
SHOWN = "http://the-corner-shelf.example/2010/09/worst-newsletter-in-county.html"


@click.command()
@click.option("--database", "named", metavar="URL", help="Store there instead of in hubbub-demo/hubbub.db.")
@click.pass_context
def demo(context: click.Context, named: str | None) -> None:
    """Crawl a bundled sample of two small marketing blogs, tag it, show a thread, and export it.

    Nothing leaves this machine, and nothing is written outside ./hubbub-demo/ (but see --database; HUBBUB_DATABASE and
    hubbub.toml do not count here). Running it again changes nothing.

    \b
    Examples:
      hubbub demo
      hubbub demo --database postgresql://me@localhost/playground
    """
    from crawlers import summary
    from crawlers.sample import display

    started = time.monotonic()
    is_new = not FOLDER.exists()
    folder = _ready(FOLDER)
    url = named or _named_before(context) or f"sqlite:///{folder / 'hubbub.db'}"
    _make_database(url, folder if is_new else None)
    display.opening()
    report = _crawl(url)
    if report.outcome != "done":
        summary.of_crawl(report, url)
        context.exit(report.exit_code)
    summary.tag_new(url)
    exports = _export(url, folder / "export")
    display.results(url, SHOWN, report.counts, exports, time.monotonic() - started)


def _ready(folder: Path) -> Path:
    """The folder, made if need be."""
    try:
        folder.mkdir(exist_ok=True)
    except OSError as error:
        raise UserError(f"The demo cannot make its folder {folder.absolute()}: {error.strerror}. Run it where you may write.") from None
    if not os.access(folder, os.W_OK | os.X_OK):
        raise UserError(f"The demo cannot write into {folder.absolute()}. Run it where you may write.")
    return folder


def _make_database(url: str, new_folder: Path | None) -> None:
    """Where that fails, a folder that was made for nothing goes again."""
    try:
        open_database(url, create=True).dispose()
    except UserError:
        if new_folder and not any(new_folder.iterdir()):
            new_folder.rmdir()
        raise


def _named_before(context: click.Context) -> str | None:
    """What `hubbub --database URL demo` says. A database of real work, named by the environment, is left alone."""
    root = context.find_root()
    return root.params["database"] if root.get_parameter_source("database") is ParameterSource.COMMANDLINE else None


def _crawl(url: str) -> CrawlReport:
    """A real crawl; the sample's server stands in for the proxy that leads to the two hosts."""
    from crawlers import running
    from crawlers.sample.content import blogs
    from crawlers.sample.server import serving

    with serving() as proxy:
        options = running.CrawlOptions(
            tuple(f"{blog.url}/" for blog in blogs()),
            delay=0.0,
            proxy=proxy,
            allow_private=(proxy.removeprefix("http://"),),
        )
        return running.crawl(Invocation(url, Profile()), options)


def _export(url: str, folder: Path) -> list[Exported]:
    from pipeline.export import export
    from pipeline.reader import reading

    with reading(url) as connection:
        return [export(connection, folder / name, name) for name in FORMATS]
