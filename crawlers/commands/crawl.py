"""`hubbub crawl`: from the address of a blog, or of a post, to stored and tagged posts and threads."""

from __future__ import annotations

from datetime import UTC, datetime

import click

from schema.errors import UsageError
from schema.profile import Invocation


@click.command()
@click.argument("urls", nargs=-1, metavar="[URL...]")
@click.option("--due", is_flag=True, help="Visit the sources that are due, and no others; see `hubbub sources`.")
@click.option("--source", "names", multiple=True, metavar="NAME", help="Visit this source, due or not. May be repeated.")
@click.option("--max-posts", type=click.IntRange(min=1), help="Stop after so many posts; the comment pages of these are still fetched.")
@click.option("--max-pages", type=click.IntRange(min=1), help="Stop after so many pages, feeds and sitemaps included.")
@click.option("--max-minutes", type=click.FloatRange(min=0, min_open=True), help="Stop after so many minutes.")
@click.option("--delay", type=click.FloatRange(min=0), metavar="SECONDS", help="Wait so long between two requests to a host.  [default: 1, longer where the server is slow]")
@click.option("--archive", metavar="DIR", default="", help="Keep every answer in WARC files there, for `hubbub replay`.")
@click.option("--allow-private", multiple=True, metavar="HOST:PORT", help="Open exactly this private address; without --delay it gets no delay. May be repeated.")
@click.option("--fail-above", type=click.FloatRange(0, 100), metavar="PERCENT", help="With --due: end with 3 when more of the sources than this failed for the time being.  [default: 20]")
@click.option("--strict", is_flag=True, help="With --due: end with 3 when any source failed, and with 4 when the time was over, or a source's own limit reached.")
@click.option("--no-tag", is_flag=True, help="Only collect; `hubbub tag` can follow at any time.")
@click.option("--workers", type=click.IntRange(1, 64), default=1, metavar="N", help="Processes that tag what was collected; one for each core is the most that helps.  [default: 1]")
@click.option("-v", "--verbose", is_flag=True, help="Show Scrapy's own log.")
@click.pass_obj
def crawl(
    invocation: Invocation,
    urls: tuple[str, ...],
    due: bool,
    names: tuple[str, ...],
    max_posts: int | None,
    max_pages: int | None,
    max_minutes: float | None,
    delay: float | None,
    archive: str,
    allow_private: tuple[str, ...],
    fail_above: float | None,
    strict: bool,
    no_tag: bool,
    workers: int,
    verbose: bool,
) -> None:
    """Collect blogs with their comment threads, and tag what is new.

    The address of a blog leads to all its posts, through feeds, sitemaps and archives; the address of a post leads to
    that post and its comment pages. Robots.txt is obeyed. Running it again adds what is new and changes nothing else.

    With --due or --source, sources take the place of addresses, each with limits of its own; the options here hold for
    the whole run.

    \b
    Examples:
      hubbub crawl https://blog.example/
      hubbub crawl https://blog.example/2009/10/a-post.html
      hubbub crawl one.example two.example --max-posts 50 --archive warc
      hubbub crawl http://127.0.0.1:8080/ --allow-private 127.0.0.1:8080
      hubbub crawl --due --max-minutes 300
      hubbub crawl --source blog.example --source "The Example"

    \b
    Exit codes: 0 done, 1 error, 2 wrong usage, 3 an address failed, 4 stopped at a limit, 75 another crawl
    uses the database, 130 interrupted. With --due, 3 only when more than --fail-above failed for the time being, and 0
    when only the time was over (docs/cron.md).
    """
    _check(urls, due, names, fail_above)
    from crawlers import running, summary, visiting

    chosen = visiting.choose(invocation.database, names) if due or names else visiting.Chosen()
    if chosen.nothing:
        click.echo(chosen.nothing)
        return
    terms = visiting.Terms(due, 20.0 if fail_above is None else fail_above, strict)
    options = running.CrawlOptions(
        urls, max_posts, max_pages, max_minutes, delay, archive, allow_private, is_verbose=verbose, starts=visiting.starts(chosen.sources),
        late_code=terms.late_code,
    )
    running.check(options)
    if not options.is_all_private:
        running.warn_without_contact(invocation.profile.contact)
    started = datetime.now(UTC)
    report = running.crawl(invocation, options)
    visits = visiting.record(invocation.database, report.run, started, report.ends, report.stop) if chosen.sources else None
    code = visits.exit_code(report.stop, terms) if visits else report.exit_code
    is_tagged = not no_tag and not report.is_cut and report.outcome != "interrupted"
    if is_tagged:
        summary.tag_new(invocation.database, report.deadline, workers)
    summary.of_crawl(report, invocation.database, is_tagged=is_tagged, visits=visits)
    if visits:
        summary.of_sources(visits)
    if report.is_cut:
        running.leave(code)
    click.get_current_context().exit(code)


def _check(urls: tuple[str, ...], due: bool, names: tuple[str, ...], fail_above: float | None) -> None:
    if sum((bool(urls), due, bool(names))) > 1:
        raise UsageError("Addresses, --due and --source exclude one another; name what is to be collected in one of these ways.")
    if not (urls or due or names):
        raise UsageError("There is nothing to crawl; name an address (https://blog.example/), sources (--source NAME), or what is due (--due).")
    if fail_above is not None and not due:
        raise UsageError("--fail-above goes with --due; without it any failure ends with 3.")
