"""`hubbub crawl`: from the address of a blog, or of a post, to stored and tagged posts and threads."""

from __future__ import annotations

import click

from schema.profile import Invocation


@click.command()
@click.argument("urls", nargs=-1, required=True, metavar="URL...")
@click.option("--max-posts", type=click.IntRange(min=1), help="Stop after so many posts; the comment pages of these are still fetched.")
@click.option("--max-pages", type=click.IntRange(min=1), help="Stop after so many pages, feeds and sitemaps included.")
@click.option("--max-minutes", type=click.FloatRange(min=0, min_open=True), help="Stop after so many minutes.")
@click.option("--delay", type=click.FloatRange(min=0), metavar="SECONDS", help="Wait so long between two requests to a host.  [default: 1, longer where the server is slow]")
@click.option("--archive", metavar="DIR", default="", help="Keep every answer in WARC files there, for `hubbub replay`.")
@click.option("--allow-private", multiple=True, metavar="HOST:PORT", help="Open exactly this private address; without --delay it gets no delay. May be repeated.")
@click.option("--no-tag", is_flag=True, help="Only collect; `hubbub tag` can follow at any time.")
@click.option("-v", "--verbose", is_flag=True, help="Show Scrapy's own log.")
@click.pass_obj
def crawl(
    invocation: Invocation,
    urls: tuple[str, ...],
    max_posts: int | None,
    max_pages: int | None,
    max_minutes: float | None,
    delay: float | None,
    archive: str,
    allow_private: tuple[str, ...],
    no_tag: bool,
    verbose: bool,
) -> None:
    """Collect blogs with their comment threads, and tag what is new.

    The address of a blog leads to all its posts, through feeds, sitemaps and archives; the address of a post leads to
    that post and its comment pages. Robots.txt is obeyed. Running it again adds what is new and changes nothing else.

    \b
    Examples:
      hubbub crawl https://blog.example/
      hubbub crawl https://blog.example/2009/10/a-post.html
      hubbub crawl one.example two.example --max-posts 50 --archive warc
      hubbub crawl http://127.0.0.1:8080/ --allow-private 127.0.0.1:8080

    \b
    Exit codes: 0 done, 1 error, 2 wrong usage, 3 an address failed, 4 stopped at a limit, 130 interrupted.
    """
    from crawlers import running, summary

    options = running.CrawlOptions(
        urls, max_posts, max_pages, max_minutes, delay, archive, allow_private, is_verbose=verbose,
    )
    running.check(options)
    if not options.is_all_private:
        running.warn_without_contact(invocation.profile.contact)
    report = running.crawl(invocation, options)
    is_tagged = not no_tag and report.outcome != "interrupted"
    if is_tagged:
        summary.tag_new(invocation.database)
    summary.of_crawl(report, invocation.database, is_tagged=is_tagged)
    click.get_current_context().exit(report.exit_code)
