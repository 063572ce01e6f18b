"""The entry on a page of LiveJournal, in the site's own layout or in a style."""

from __future__ import annotations

import re
from datetime import datetime

from lxml.html import HtmlElement

from crawlers import head, printed, prose
from crawlers.filed import filed, is_within
from crawlers.html import once, tree
from crawlers.markup import absolute, classes, html_without, words
from crawlers.nesting import is_inside, words_without
from crawlers.platforms import _livejournal_comments as comments
from crawlers.platforms import _livejournal_json as embedded
from schema.items import Page, Post, PublishedHow

_BODIES = ("aentry-post__text", "b-singlepost-body", "entry-body", "entry-content", "entry_text", "asset-body", "entry-text", "entryText", "H3Holder")
_TITLES = ("aentry-post__title", "aentry-post__title-text", "b-singlepost-title", "entry-title", "entry-header", "asset-name", "subject", "entryHeader")
_DATES = ("aentry-head__date", "b-singlepost-author-date", "entry-date", "entry-footer", "asset-meta", "entry-footer-info", "entry_date", "date-header", "dateHeader", "datesubject", "published")
_IN_THE_WAY = frozenset(("metadata", "entry-metadata", "lj-currents", "ljtags", "lj-like", "aentry-post__tags", "b-singlepost-tags", "entry-tags", "ljsocial", "ljad", "entry-footer"))
_BESIDE = frozenset(("comments", "comment", "b-grove", "comment-wrap", "b-leaf"))
_COUNT = ("comments-links", "entry-linkbar", "entry-comments", "b-xylem-cell-amount", "js-amount", "mdspost-comments-controls__count", "comments-header")
_DISABLED = re.compile(r"comments (?:are |have been )?(?:disabled|closed)|comments for this (?:post|entry) were (?:disabled|locked)|комментарии (?:отключены|к этой записи (?:были )?(?:отключены|закрыты))", re.I)
_ANSWER = re.compile(rb"[?&;](?:mode=reply|replyto=\d)|talkpost_do|id=[\"']commentform")


def read(page: Page) -> Post | None:
    """The entry, or None where the page shows no text."""
    body = _body(page)
    if body is None:
        return None
    name, url = _author(page, body)
    when, how = _moment(page)
    return Post(
        head.canonical(page).partition("?")[0], "livejournal", rule="entry", title=_title(page), author=name, author_url=absolute(head.base_url(page), url), published=when,
        published_how=how, published_raw=_printed(page, body), html=html_without(body, {one for one in body.iterdescendants() if one.tag in ("script", "style", "form") or not _IN_THE_WAY.isdisjoint(classes(one))}),
        language=head.language(page), comments_reported=_reported(page), comments_closed=_closed(page),
    )


@once
def _body(page: Page) -> HtmlElement | None:
    named = (one for name in _BODIES for one in filed(page).of(name) if not is_within(one, names=_BESIDE) and words(one))
    own = next(named, None)
    if own is None:
        own = _cell(page)
    return own if own is not None else prose.most_paragraphs(tree(page))


def _cell(page: Page) -> HtmlElement | None:
    """Tabular styles have no names: the text is in the row below the one that says "Subject:" or "Time:"."""
    for table in tree(page).iter("table"):
        rows = [row for row in table.iter("tr") if row.getparent() is table or (row.getparent() is not None and row.getparent().getparent() is table)]
        above = words(rows[0]) if len(rows) > 1 else ""
        is_comment = (table.get("id") or "").startswith("cmtbar") or is_within(table, ids=frozenset(filed_comments(page)))
        if not is_comment and re.search(r"\b(?:Subject|Time|Тема|Время):", above) and len(above) < 400 and len(rows[1]) and words(rows[1]):
            return rows[1][0]
    return None


@once
def filed_comments(page: Page) -> list[str]:
    """The ids of the elements of comments."""
    return [id_ for id_, _ in filed(page).identified if id_.startswith("ljcmt")]


def _title(page: Page) -> str:
    named = (words_without(one, ()) for name in _TITLES for one in filed(page).of(name) if one.tag != "div" or len(words(one)) < 200 if not is_within(one, names=_BESIDE))
    cells = (words(cell.getnext()) for cell in tree(page).iter("td") if words(cell) in ("Subject:", "Тема:") and not is_within(cell, ids=frozenset(filed_comments(page))))
    given = head.title(page)
    return next((text for text in (*named, *cells) if text), given.partition(": ")[2] or given)


def _author(page: Page, body: HtmlElement) -> tuple[str, str]:
    """The poster named above the text, else the journal: `https://NAME.livejournal.com/12345.html`."""
    users = (one for one in tree(page).iter("span") if (one.get("data-ljuser") or one.get("lj:user") or "ljuser" in classes(one)) and not is_within(one, names=_BESIDE, ids=frozenset(filed_comments(page))))
    own = next((one for one in users if body not in one.iterancestors()), None)
    if own is not None and words(own):
        links = [link for link in own.iter("a") if "profile" not in (link.get("href") or "") and "userinfo" not in (link.get("href") or "")]
        return words(own), (links[-1].get("href") or "") if links else ""
    journal = re.match(r"https?://(?:(?!www\.|users\.|community\.)([\w-]+)\.livejournal\.com|(?:www|users|community)\.livejournal\.com/(?:users/|~)?([\w-]+))/", head.canonical(page))
    name = (journal[1] or journal[2]).replace("-", "_") if journal else head.meta(page).get("author", "")
    return name, f"https://{name.replace('_', '-')}.livejournal.com/" if journal else ""


def _moment(page: Page) -> tuple[datetime | None, PublishedHow | None]:
    times = (one for one in tree(page).iter("time", "abbr") if not is_within(one, names=_BESIDE))
    return next((found for one in times if (found := printed.moment(one.get("datetime") or one.get("title")))[0]), (None, None))


def _printed(page: Page, body: HtmlElement) -> str:
    named = (words_without(one, ()) for name in _DATES for one in filed(page).of(name) if not is_within(one, names=_BESIDE) and body not in one.iterancestors())
    times = (words(one) for one in tree(page).iter("time") if not is_within(one, names=_BESIDE))
    if raw := next((raw for text in (*named, *times) if (raw := printed.date_in(text))), ""):
        return raw
    day = next((raw for one in tree(page).iter("h2", "h3") if (raw := printed.date_in(words(one)))), "")
    clock = next((words(cell.getnext()) for cell in tree(page).iter("td") if words(cell) in ("Time:", "Время:")), "")
    return f"{day} {clock}".strip() if day else ""


def _reported(page: Page) -> int | None:
    by_script = embedded.reported(page)
    found = {one.placed.element for one in comments.find(page)}
    lines = (words(one) for one in filed(page).of(*_COUNT) if not is_within(one, names=frozenset(("b-leaf", "comment"))) and not is_inside(one, found))
    stated = (printed.number(line) for line in lines if re.search(r"comment|коммент|repl|^\d+$", line, re.I))
    return by_script if by_script is not None else next((number for number in stated if number is not None), None)


def _closed(page: Page) -> bool | None:
    lines = (words(one) for one in filed(page).of("comments", "b-grove", "comments-disabled", "entry-footer", "b-massaction", "comments-body"))
    if any(_DISABLED.search(line[:300]) for line in lines):
        return True
    return False if _ANSWER.search(page.body) else None
