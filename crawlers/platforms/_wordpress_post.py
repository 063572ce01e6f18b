"""The post of a WordPress page: title, author, date and body, without comments, bio box and the theme's furniture."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import datetime

from lxml import etree
from lxml.html import HtmlElement

from crawlers import head
from crawlers.html import tree
from crawlers.markup import absolute, by_class, elements, first, html_without, inner_html, words
from crawlers.platforms._wordpress_comments import Found
from schema.items import Page, Post

# The names that themes give to the element of the body; the smaller, the surer.
_BODY = {
    "wp-block-post-content": 0, "entry-content": 1, "post-content": 2, "td-post-content": 1, "post-entry": 2,
    "elementor-widget-theme-post-content": 0, "et_pb_post_content": 0, "inner-post-entry": 1, "postcontent": 2,
    "post_content": 2, "post-body": 2, "post__content": 2, "article-content": 2, "article-body": 2, "entry-body": 2,
    "article__content": 2, "article__body": 2, "storycontent": 2, "story-content": 2, "single-content": 3,
    "entry__content": 2, "post-text": 3, "the-content": 3, "thecontent": 3, "blog-content": 3, "page-content": 3,
    "post-bodycopy": 2, "format_text": 3, "entrytext": 2, "entry": 4, "post-inner": 5, "posttext": 3, "single_post": 5,
    "content-single": 4, "article": 6, "single-post-content": 2, "article-text": 3, "articlebody": 2, "text": 6,
    "post-article": 4, "main-content": 6, "content": 7, "postarea": 5, "hentry": 8, "post": 8, "contenttext": 3,
    "entry-inner": 2, "singlepost": 6, "postentry": 3, "itemtext": 3, "post-wrap": 6, "w-post-elm": 9,
    "post-single-content": 2, "news-content": 3, "blog-post-content": 2, "single__content": 2, "page__content": 4,
}
_NAMED = elements(
    "//body//*[@class][contains(@class, 'ent') or contains(@class, 'ext') or contains(@class, 'post')"
    " or contains(@class, 'rticle')] | //body//*[@itemprop='articleBody'] | //body//*[@id='content']")
_FURNITURE = elements(
    "descendant::*[self::script or self::style or self::form or self::nav or self::button or self::aside"
    " or self::noscript or self::ins or self::template"
    " or @id='comments' or @id='respond' or @id='disqus_thread' or starts-with(@id, 'jp-relatedposts')"
    " or @id='jp-post-flair' or @id='wpl-likebox' or @id='author-info' or @id='authorbox'"
    " or (@class and (contains(@class, 'shar') or contains(@class, 'relat') or contains(@class, 'author')"
    " or contains(@class, 'social') or contains(@class, 'addto') or contains(@class, 'bio') or contains(@class, 'wpcnt')"
    " or contains(@class, 'postmeta') or contains(@class, 'post-meta') or contains(@class, 'entry-meta')"
    " or contains(@class, 'entry-footer') or contains(@class, 'entry-header') or contains(@class, 'omment')"
    " or contains(@class, 'navig') or contains(@class, 'newsletter') or contains(@class, 'like')"
    " or contains(@class, 'ez-toc') or contains(@class, 'toc_container') or contains(@class, 'yarpp')"
    " or contains(@class, 'banner') or contains(@class, 'postnav') or contains(@class, 'sponsor')"
    " or contains(@class, 'rating') or contains(@class, 'ad-') or contains(@class, 'advert')"
    " or contains(@class, 'page-links') or contains(@class, 'tags') or contains(@class, 'breadcrumb')"
    " or contains(@class, 'wp-block-post-') or contains(@class, 'screen-reader-text') or contains(@class, 'signup')"
    " or contains(@class, 'postinfo') or contains(@class, 'entry-title') or contains(@class, 'edit-link')))]")
_FURNITURE_NAME = re.compile(
    r"^(?:sharedaddy|jp-relatedposts|(?:[a-z-]*-)?(?:share|sharing|social|related|addtoany|addthis)(?:[-_].*|s|bar|box)?|"
    r"sd-.*|shariff.*|robots-nocontent|yarpp.*|wpcnt|(?:about-?)?(?:the-)?author(?:[-_](?:box|bio|info|profile|card|meta"
    r"|description|area|wrap|details).*)?|"
    r"authorbox|(?:post-|entry-)?author-?.*box.*|.*abh_box.*|saboxplugin.*|bio(?:[-_].*)?|post-?meta.*|entry-meta.*|"
    r"entry-footer|entry-header|comments?(?:-area|-link|s|list|-wrap)?|post-comments|comment-respond|navigation|"
    r"post-navigation|nav-links|newsletter.*|.*likebox.*|wp_ulike.*|ez-toc.*|toc_container|.*banner.*|postnav.*|"
    r"sponsor.*|.*[-_]?ratings?|ad-.*|advert.*|page-links|(?:post-?|entry-?|the-?)?tags(?:-links)?|breadcrumbs?|"
    r"wp-block-post-(?!content|excerpt).*|screen-reader-text|.*signup.*|postinfo|entry-title|edit-link)$", re.I)
_BIO = elements(
    "//body//*[@class or @id][contains(@class, 'author') or contains(@class, 'bio') or contains(@id, 'author')"
    " or contains(@class, 'saboxplugin')]")
_BIO_NAME = re.compile(
    r"^(?:(?:about-?|post-?|entry-?|single-?)?(?:the-?)?author(?:[-_]?(?:box|bio|info|profile|card|description|area|wrap"
    r"|desc|about|entry))|author-?info.*|bio|abh_box.*|saboxplugin-wrap|about-?author|wp-block-post-author-biography"
    r"|authorbox|archive-meta|td-author-box|post-author-box|user-bio|author-text|m-a-box.*)$", re.I)
_TITLE = elements(
    "//body//*[self::h1 or self::h2 or self::h3][contains(concat(' ', @class, ' '), ' entry-title ')"
    " or contains(@class, 'post-title') or contains(@class, 'posttitle') or contains(@class, 'post_title')"
    " or contains(@class, 'storytitle') or contains(@class, 'article-title') or contains(@class, 'wp-block-post-title')"
    " or @itemprop='headline']")
_HEADINGS = elements("//body//h1 | //body//h2[a[@rel='bookmark'] or ancestor::*[contains(@class, 'post')]]")
_AUTHOR = elements(
    "//body//*[(self::a and (@rel='author' or contains(@href, '/author/')))"
    " or (@class and (contains(concat(' ', @class, ' '), ' author ') or contains(@class, 'author-name')"
    " or contains(@class, 'byline') or contains(@class, 'post-author') or contains(@class, 'entry-author')))]")
_DATE = elements(
    "//body//time[@datetime] | //body//*[@class and (contains(concat(' ', @class, ' '), ' published ')"
    " or contains(@class, 'entry-date') or contains(@class, 'post-date') or contains(@class, 'postdate')"
    " or contains(@class, 'post_date') or contains(concat(' ', @class, ' '), ' date '))]")
_PARAGRAPHS = elements("//body//p")
_BYLINE = re.compile(r"^(?:\s*(?:posted|published|written|article)?\s*(?:by|von|par|por|door|di|da|przez|от|autor:?)\s*:?\s)+", re.I)
_KUBRICK_LINE = elements("//body//small | //body//p[contains(@class, 'meta')] | //body//div[contains(@class, 'meta')]")
_POSTED_BY = re.compile(r"(?:^|\s)(?:by|von|par|por)\s+(.{2,60})$")
_DATED = re.compile(r"\d")
_OF_POST = by_class("hentry")


def read(page: Page, found: Sequence[Found]) -> Post:
    """The post, with everything that stands in its own part of the page."""
    comments = {one.element for one in found}
    body = _body(page, comments)
    furniture = _furniture(body, comments) if body is not None else []
    title = _title(page, body, comments)
    stamp, printed = _date(page, comments)
    author, address = _author(page, comments)
    return Post(
        url=head.canonical(page), platform="wordpress", rule=_rule(body), title=title, author=author,
        author_url=address, published=stamp, published_raw=printed, published_how="offset" if stamp else None,
        html=_html(body, furniture), bio=_bio(page, comments), language=head.language(page),
    )


def _rule(body: HtmlElement | None) -> str:
    return f"body {body.tag}.{(body.get('class') or '').partition(' ')[0]}" if body is not None else "no body"


def _inside(element: HtmlElement, holders: set[HtmlElement]) -> bool:
    return any(one in holders for one in (element, *element.iterancestors()))


def _body(page: Page, comments: set[HtmlElement]) -> HtmlElement | None:
    """The best named element outside the comments, the longest of its rank; else the parent of most paragraphs."""
    ranked = [(rank, element) for element in _NAMED(tree(page)) if (rank := _rank(element)) < 99]
    for rank in sorted({rank for rank, _ in ranked}):
        same = [element for own, element in ranked if own == rank and not _inside(element, comments)]
        longest = max(((len("".join(element.itertext())), -n) for n, element in enumerate(same)), default=(0, 0))
        if longest[0] > 0 and (rank < 5 or longest[0] > 80):
            chosen = same[-longest[1]]
            if words(chosen):
                return chosen
    return _most_paragraphs(page, comments)


def _rank(element: HtmlElement) -> int:
    if element.get("itemprop") == "articleBody":
        return 1
    ranks = [_BODY[name] for name in (element.get("class") or "").lower().split() if name in _BODY]
    if element.get("id") == "content":
        ranks.append(9)
    return min(ranks, default=99) if element.tag in ("div", "section", "article", "main", "td") else 99


def _most_paragraphs(page: Page, comments: set[HtmlElement]) -> HtmlElement | None:
    lengths: dict[HtmlElement, int] = {}
    for paragraph in _PARAGRAPHS(tree(page)):
        if not _inside(paragraph, comments):
            parent = paragraph.getparent()
            lengths[parent] = lengths.get(parent, 0) + len(words(paragraph))
    return max(lengths, key=lambda parent: lengths[parent], default=None)


def _furniture(body: HtmlElement, comments: set[HtmlElement]) -> list[HtmlElement]:
    named = [element for element in _FURNITURE(body) if _is_furniture(element)]
    return named + [element for element in comments if any(one is body for one in element.iterancestors())]


def _is_furniture(element: HtmlElement) -> bool:
    if element.tag in ("script", "style", "form", "nav", "button", "aside", "noscript", "ins", "template"):
        return True
    if (element.get("id") or "") in ("comments", "respond", "disqus_thread", "jp-relatedposts", "jp-post-flair"):
        return True
    return any(_FURNITURE_NAME.match(name) for name in (element.get("class") or "").split()) \
        or (element.get("id") or "").startswith(("jp-", "wpl-", "author"))


def _html(body: HtmlElement | None, furniture: list[HtmlElement]) -> str:
    if body is None:
        return ""
    return html_without(body, furniture) if furniture else inner_html(body)


def _title(page: Page, body: HtmlElement | None, comments: set[HtmlElement]) -> str:
    """The heading of the post: the named one, else the last h1 before the body, else what the head says."""
    named = [element for element in _TITLE(tree(page)) if not _inside(element, comments) and words(element)]
    stated = head.title(page)
    for element in (*named, *_HEADINGS(tree(page))):
        text = words(element)
        if text and text in stated:
            return text
    return words(first(named)) or ("" if body is None else _without_blog(page, stated))


def _without_blog(page: Page, title: str) -> str:
    """`Title | Blog` and the like, where the head tells the blog's name."""
    site = head.meta(page).get("og:site_name", "")
    if site and title.endswith(site):
        return title.removesuffix(site).rstrip(" |-–—»:·")
    return title


def _author(page: Page, comments: set[HtmlElement]) -> tuple[str, str]:
    for element in _AUTHOR(tree(page)):
        if _inside(element, comments):
            continue
        link = element if element.tag == "a" else next(iter(element.iter("a")), None)
        name = _BYLINE.sub("", words(link if link is not None and words(link) else element))
        if 1 < len(name) < 60:
            return name, absolute(head.base_url(page), link.get("href")) if link is not None else ""
    return head.meta(page).get("author", "") or _kubrick_author(page, comments), ""


def _kubrick_author(page: Page, comments: set[HtmlElement]) -> str:
    for element in _KUBRICK_LINE(tree(page)):
        if not _inside(element, comments) and (match := _POSTED_BY.search(words(element))):
            return match[1]
    return ""


def _date(page: Page, comments: set[HtmlElement]) -> tuple[datetime | None, str]:
    stated = _stamp(head.meta(page).get("article:published_time", ""))
    for element in _DATE(tree(page)):
        if not _inside(element, comments) and _DATED.search(printed := words(element) or element.get("datetime", "")):
            return stated or _stamp(element.get("datetime", "")), printed
    for element in _KUBRICK_LINE(tree(page)):
        if not _inside(element, comments) and _DATED.search(words(element)):
            return stated, _POSTED_BY.sub("", words(element))
    return stated, head.meta(page).get("article:published_time", "")


def _stamp(text: str) -> datetime | None:
    try:
        when = datetime.fromisoformat(text)
    except ValueError:
        return None
    return when if when.tzinfo else None


def _bio(page: Page, comments: set[HtmlElement]) -> str:
    for element in _BIO(tree(page)):
        names = [*(element.get("class") or "").split(), element.get("id") or ""]
        if any(_BIO_NAME.match(name) for name in names) and not _inside(element, comments):
            text = " ".join(_readable(element).split())
            if len(text.split()) > 5:
                return text
    return ""


def _readable(element: HtmlElement) -> str:
    return " ".join(str(text) for text in _TEXTS(element))


_TEXTS = etree.XPath("descendant::text()[not(ancestor::script or ancestor::style or ancestor::noscript)]")
