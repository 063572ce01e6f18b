"""The pages of a living blog at a moment, in the markup of WordPress' Twenty Ten, and its feed with the number of comments."""

from __future__ import annotations

from datetime import datetime

from tests.crawlers.living.world import IN_FEED, Told, World, Written

PER_PAGE = 5        # comments on a page


def page(world: World, url: str, path: str, now: datetime) -> bytes | None:
    """What stands there; None for nothing."""
    if path == "/":
        return _front(world, url, now)
    if path == "/feed/":
        return _feed(world, url, now)
    for told in world.posts_at(now):
        if path.startswith(told.path):
            number = path.removeprefix(told.path).removeprefix("comment-page-").rstrip("/")
            last = -(-len(told.comments_at(now)) // PER_PAGE)
            return _post(told, url, now, int(number or 1)) if not number or (number.isdigit() and 1 < int(number) <= last) else None
    return None


def _front(world: World, url: str, now: datetime) -> bytes:
    entries = "".join(
        f'<div id="post-{told.post.number}" class="post type-post hentry"><h2 class="entry-title"><a href="{url}{told.path}" rel="bookmark">{_title(told)}</a></h2></div>'
        for told in world.posts_at(now)
    )
    return _html("Shelf talk", url, f'<link rel="alternate" type="application/rss+xml" title="Shelf talk" href="{url}/feed/">', "home blog", entries)


def _feed(world: World, url: str, now: datetime) -> bytes:
    items = "".join(
        f"<item><title>{_title(told)}</title><link>{url}{told.path}</link><pubDate>{told.post.at:%a, %d %b %Y %H:%M:%S} +0000</pubDate>"
        f"<slash:comments>{len(told.comments_at(now))}</slash:comments><description>{told.post.text_at(now)[:40]} [...]</description></item>"
        for told in world.posts_at(now)[:IN_FEED]
    )
    return (
        f"<?xml version='1.0' encoding='UTF-8'?><rss version='2.0' xmlns:slash='http://purl.org/rss/1.0/modules/slash/'>"
        f"<channel><title>Shelf talk</title><link>{url}/</link><generator>https://wordpress.org/?v=3.0</generator>{items}</channel></rss>"
    ).encode()


def _post(told: Told, url: str, now: datetime, number: int) -> bytes:
    comments = told.comments_at(now)
    shown = comments[(number - 1) * PER_PAGE:number * PER_PAGE]
    address = f"{url}{told.path}"
    last = -(-len(comments) // PER_PAGE)
    further = [f'<a href="{address}comment-page-{number + 1}/#comments">Newer Comments</a>'] if number < last else []
    further += [f'<a href="{address}{"" if number == 2 else f"comment-page-{number - 1}/"}#comments">Older Comments</a>'] if number > 1 else []
    items = "".join(_comment(one, address, now) for one in shown)
    heading = f'<h3 id="comments-title">{len(comments)} Response{"s" if len(comments) > 1 else ""}</h3>' if comments else ""
    body = f"""<div id="post-{told.post.number}" class="post type-post hentry"><h1 class="entry-title">{_title(told)}</h1>
    <div class="entry-meta"><a href="{address}" rel="bookmark"><span class="entry-date">{_date(told.post.at)}</span></a> by
    <span class="author vcard"><a class="url fn n" href="/author/ann/">Ann</a></span></div>
    <div class="entry-content"><p>{told.post.text_at(now)}</p></div></div>
    <div id="comments">{heading}<ol class="commentlist">{items}</ol><div class="navigation">{"".join(further)}</div></div>"""
    return _html(_title(told), address, "", f"single single-post postid-{told.post.number}", body)


def _comment(one: Written, address: str, now: datetime) -> str:
    return f"""<li class="comment depth-1" id="li-comment-{one.number}"><div id="comment-{one.number}">
    <div class="comment-author vcard"><cite class="fn">{one.author}</cite> <span class="says">says:</span></div>
    <div class="comment-meta commentmetadata"><a href="{address}#comment-{one.number}">{_date(one.at)} at {one.at:%I:%M %p}</a></div>
    <div class="comment-body"><p>{one.text_at(now)}</p></div></div></li>"""


def _title(told: Told) -> str:
    return f"Shelf talk number {told.post.number}"


def _date(moment: datetime) -> str:
    return f"{moment:%B} {moment.day}, {moment.year}"


def _html(title: str, address: str, head: str, kind: str, body: str) -> bytes:
    return f"""<!DOCTYPE html><html lang="en-US"><head><title>{title}</title><meta name="generator" content="WordPress 3.0">
    <link rel="canonical" href="{address}">{head}</head><body class="{kind}">{body}</body></html>""".encode()
