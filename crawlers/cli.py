"""`hubbub` itself: the group of all commands, what holds for each of them, and how they end."""

from __future__ import annotations

import importlib
import os
import signal
import sys
from collections.abc import Sequence
from typing import Any

import click

from hubbub import __version__
from schema import profile
from schema.errors import UserError

# Where each command lives; imported only when it is called, so that `hubbub query` need not wait for Scrapy.
COMMANDS = {
    "demo": "crawlers.commands.demo",
    "init": "crawlers.commands.init",
    "crawl": "crawlers.commands.crawl",
    "replay": "crawlers.commands.replay",
    "sources": "crawlers.commands.sources",
    "cron": "crawlers.commands.cron",
    "explain": "crawlers.commands.explain",
    "tag": "pipeline.commands.tag",
    "query": "pipeline.commands.query",
    "thread": "pipeline.commands.thread",
    "stats": "pipeline.commands.stats",
    "runs": "pipeline.commands.runs",
    "export": "pipeline.commands.export",
    "label": "pipeline.commands.label",
    "agreement": "pipeline.commands.agreement",
    "evaluate": "pipeline.commands.evaluate",
    "train": "pipeline.commands.train",
    "db": "schema.cli",
}
INTERRUPTED = 130


class Commands(click.Group):
    """Commands in the order in which a newcomer meets them, loaded when called; errors end as one sentence."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in COMMANDS:
            return None
        command = getattr(importlib.import_module(COMMANDS[cmd_name]), cmd_name)
        assert isinstance(command, click.Command)
        return command

    def main(self, args: Sequence[str] | None = None, *more: Any, **extra: Any) -> Any:  # Any: click's own signature
        try:
            return super().main(args, *more, **extra)
        except UserError as error:
            click.echo(f"hubbub: {error}", err=True)
            sys.exit(error.exit_code)

    def invoke(self, ctx: click.Context) -> Any:  # Any: click's own signature
        try:
            return super().invoke(ctx)
        except KeyboardInterrupt:
            signal.signal(signal.SIGINT, signal.SIG_IGN)        # the next one would end the process before it has said so
            click.echo("hubbub: interrupted; everything stored so far is kept.", err=True)
            ctx.exit(INTERRUPTED)
        except BrokenPipeError:
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
            ctx.exit(0)


@click.group(cls=Commands, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.option("--database", envvar="HUBBUB_DATABASE", metavar="URL", help="sqlite:///FILE or postgresql://USER@HOST/NAME  [default: sqlite:///hubbub.db, or what hubbub.toml says]")
@click.version_option(__version__, prog_name="hubbub")
@click.pass_context
def hubbub(ctx: click.Context, database: str | None) -> None:
    """Collect public blog posts and their comment threads about marketing, and tag every post and comment for
    spam, self-promotion and conversational tone.

    \b
    Examples:
      hubbub demo                              see the whole job on a bundled sample
      hubbub crawl https://blog.example/       collect one blog into hubbub.db, and tag it
      hubbub stats                             what is stored, and where threads are incomplete
      hubbub export corpus --format jsonl      take the tagged corpus away
    """
    own = profile.Profile() if ctx.invoked_subcommand == "init" else profile.load()     # a broken profile is mended by `init`
    ctx.obj = profile.Invocation(database or own.database, own)
