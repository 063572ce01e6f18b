"""`hubbub replay`: read WARC files and saved pages again, or somebody else's, as if they had just been fetched."""

from __future__ import annotations

from pathlib import Path

import click

from schema.profile import Invocation


@click.command()
@click.argument("paths", nargs=-1, required=True, metavar="FILE_OR_FOLDER...", type=click.Path(exists=True, path_type=Path))
@click.option("--no-tag", is_flag=True, help="Only read; `hubbub tag` can follow at any time.")
@click.pass_obj
def replay(invocation: Invocation, paths: tuple[Path, ...], no_tag: bool) -> None:
    """Read archives into the database: WARC files (.warc, .warc.gz), saved pages (.html, .htm), export files, folders of them.

    No server is asked. A saved page has the address that it names itself (its canonical link, else og:url), else `file:`
    and its path in the folder.

    Exports that bloggers own: WordPress (WXR), Blogger (a backup, or Takeout's feed.atom), Disqus, LiveJournal (.xml),
    Movable Type and TypePad (.txt). Drafts, private posts and comments that were not approved are counted, not stored;
    neither are mail and IP addresses.

    \b
    Examples:
      hubbub replay warc/
      hubbub replay crawl-2009.warc.gz --no-tag
      hubbub replay saved-pages/ one-more.html
      hubbub replay wordpress-export.xml disqus.xml

    \b
    Exit codes: 0 done, 1 error, 2 wrong usage, 3 a file was damaged, empty or unknown (what could be read is stored).
    """
    from crawlers import summary
    from crawlers.replaying import replay as read_again

    try:
        report = read_again(invocation.database, paths, obeys_reservations=invocation.profile.obeys_reservations)
    except KeyboardInterrupt:
        click.echo(f"{summary.UNTAGGED} Next: hubbub tag", err=True)
        raise
    if report.seen.posts and not no_tag:
        summary.tag_new(invocation.database)
    summary.complain(report.failures)
    summary.stored(report, invocation.database, is_tagged=not no_tag)
    click.get_current_context().exit(report.exit_code)
