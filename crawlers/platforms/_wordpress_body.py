"""The body of a WordPress post, without what plugins and themes put inside it; and the author's bio box."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Set
from functools import lru_cache

from lxml.html import HtmlElement

from crawlers.html import tree
from crawlers.markup import html_without, inner_html, text_of
from crawlers.nesting import is_inside
from crawlers.platforms._wordpress_index import index
from schema.items import Page

# The names that themes and page builders give to the element of the body; the smaller the number, the surer.
_NAMES = {
    "wp-block-post-content": 0, "elementor-widget-theme-post-content": 0, "et_pb_post_content": 0, "entry-content": 1,
    "td-post-content": 1, "inner-post-entry": 1, "postcontent": 2, "post-content": 2, "post_content": 2, "post-body": 2,
    "post__content": 2, "post-entry": 2, "article-content": 2, "article-body": 2, "article__content": 2,
    "article__body": 2, "articlebody": 2, "entry-body": 2, "entry__content": 2, "entry-inner": 2, "entrytext": 2,
    "storycontent": 2, "story-content": 2, "post-bodycopy": 2, "single-post-content": 2, "single__content": 2,
    "post-single-content": 2, "blog-post-content": 2, "cb-entry-content": 2, "articlecontent": 2, "single-content": 3,
    "thecontent": 3, "the-content": 3, "post-text": 3, "posttext": 3, "postentry": 3, "blog-content": 3,
    "page-content": 3, "news-content": 3, "article-text": 3, "contenttext": 3, "itemtext": 3, "format_text": 3,
    "entry": 4, "content-single": 4, "post-article": 4, "page__content": 4, "post-inner": 5, "single_post": 5,
    "postarea": 5, "article": 6, "main-content": 6, "singlepost": 6, "post-wrap": 6, "hentry": 7, "post": 7,
    "content": 8, "text": 8,
}
_NONE = 99
_LIKE_A_BODY = re.compile(r"(?:^|[-_])(?:post|entry|article|story)[-_]{1,2}(?:content|body|text)$")
_NUMBER = re.compile(r"\b(?:postid|page-id)-(\d+)")
_UNSURE = 3     # from here on an element must also hold a good part of the page's paragraphs
_WRAPPER = 5    # from here on it is the whole post, with its heading and footer
_APART = frozenset(("form", "footer", "aside"))
_DROPPED_TAGS = frozenset(("script", "style", "form", "nav", "button", "aside", "noscript", "ins", "template"))
_FURNITURE = re.compile(
    r"^(?:(?:[a-z]+[-_])*(?:share|sharing|social|related|socials|addtoany|addthis)(?:[-_].*|s|d|daddy|bar|box|links|"
    r"posts|buttons)?|sharedaddy|jp-relatedposts|sd-(?:block|sharing|content|title).*|shariff.*|shareaholic.*|yarpp.*|"
    r"wp_rp_.*|robots-nocontent|"
    r"wpcnt|(?:[a-z]+-)?author[-_]?(?:box|bio|info|profile|card|meta|description|area|wrap|details|about).*|"
    r"about-?(?:the-)?author|authorbox|abh_box.*|saboxplugin.*|bio|m-a-box.*|post-?meta.*|entry-?meta.*|entry-footer|"
    r"entry-header|comments?(?:-area|-link|s|list|-wrap|-number|popup)?|post-comments|comment-respond|commentlist|"
    r"navigation|post-?navigation|nav-links|postnav.*|newsletter.*|.*[-_]newsletter|.*likebox.*|wp_ulike.*|likebtn.*|"
    r"ez-toc.*|toc_container|lwptoc.*|.*-banner|banner.*|sponsor.*|.*[-_]ratings?|kksr.*|ad-.*|ads?|advert.*|adsbygoogle|"
    r"code-block|page-links|(?:post-?|entry-?|the-?)?tags(?:-links)?|tag-links|breadcrumbs?|breadcrumb[-_].*|"
    r"wp-block-post-(?:author|date|terms|title|comments|navigation|featured).*|wp-block-comments.*|"
    r"screen-reader-text|.*signup.*|postinfo|entry-title|edit-link|snippet-.*|ribbon|steady-.*|wp-polls.*|"
    r"appendix|citate|post-password-form|printfriendly.*|pf-button.*|gdpr.*|cookie-.*|widget|widget_.*|sidebar)$", re.I)
_FURNITURE_IDS = re.compile(
    r"^(?:comments|respond|disqus_thread|jp-relatedposts|jp-post-flair|wpl-likebox|author-?(?:info|box|bio)|authorbox|"
    r"greet_block|toc_container|ez-toc-container|atatags-.*|sharing_.*|wp_rp_first|commentform|post-tags|sidebar)$", re.I)
_SHARERS = ("sharer", "/share?", "shareArticle", "twitter.com/intent", "pin/create")
_BIO_NAME = re.compile(
    r"^(?:(?:[a-z]+[-_])*author[-_]?(?:box|bio|info|profile|card|description|area|wrap|desc|about|entry|text|block)|"
    r"(?:user-)?bio|abh_box|saboxplugin-wrap|about-?(?:the-)?author|wp-block-post-author-biography|authorbox|"
    r"m-a-box)$", re.I)
_NO_BIO = frozenset(("script", "style", "noscript", "h1", "h2", "h3", "h4", "h5", "h6"))


def find(page: Page, comments: Set[HtmlElement]) -> HtmlElement | None:
    """The element of the body: the best named one outside the comments, else the parent of most paragraphs."""
    named = [(element, element.get("class") or "", element.get("id") or "") for element in index(page).of("body")]
    ranked: dict[int, list[HtmlElement]] = {}
    for element, class_names, own_id in named:
        if (rank := _rank(element, class_names, own_id)) < _NONE:
            ranked.setdefault(rank, []).append(element)
    posts = _posts(page, named)
    most = None
    for rank in sorted(ranked):
        fitting = [one for one in ranked[rank] if not is_inside(one, comments) and (not posts or is_inside(one, posts))]
        if not fitting:
            continue
        length, longest = max(((_length(one), one) for one in fitting), key=lambda pair: pair[0])
        if length and rank < _UNSURE:
            return longest
        most = most or _most_paragraphs(tree(page), comments)
        if length > 0.4 * most[1]:
            return longest
    return (most or _most_paragraphs(tree(page), comments))[0]


def _posts(page: Page, named: Iterable[tuple[HtmlElement, str, str]]) -> set[HtmlElement]:
    """The elements of the post alone where post_class() marks it (teasers of other posts have names too)."""
    body = next(tree(page).iterchildren("body"), None)
    number = _NUMBER.search((body.get("class") or "") if body is not None else "")
    own = f"post-{number[1]}" if number else ""
    return {one for one, class_names, own_id in named if own and (own_id == own or (own in class_names and own in class_names.split()))}


def is_wrapper(body: HtmlElement) -> bool:
    """Whether the element found holds the heading and the byline too."""
    return _rank(body, body.get("class") or "", body.get("id") or "") >= _WRAPPER


def _rank(element: HtmlElement, class_names: str, own_id: str) -> int:
    rank = _rank_of(class_names, own_id)
    return min(rank, 1) if rank > 1 and element.get("itemprop") == "articleBody" else rank


@lru_cache(maxsize=8192)
def _rank_of(class_names: str, own_id: str) -> int:
    ranks = [_NAMES.get(name, 3) for name in class_names.lower().split()
             if name in _NAMES or _LIKE_A_BODY.search(name)]
    return min([*ranks, _NAMES.get(own_id.lower(), _NONE) + 1])


def _length(element: HtmlElement) -> int:
    return len(text_of(element).strip())


def _most_paragraphs(root: HtmlElement, comments: Set[HtmlElement]) -> tuple[HtmlElement | None, int]:
    lengths: dict[HtmlElement | None, int] = {}
    apart: dict[HtmlElement, bool] = {}
    for paragraph in root.iter("p"):
        parent = paragraph.getparent()
        if parent not in apart:
            apart[parent] = any(one.tag in _APART or one in comments for one in (parent, *parent.iterancestors()))
        if not apart[parent] and paragraph not in comments:
            lengths[parent] = lengths.get(parent, 0) + _length(paragraph)
    return max(lengths.items(), key=lambda pair: pair[1], default=(None, 0))


def html(body: HtmlElement, comments: Set[HtmlElement], heading: HtmlElement | None) -> str:
    """The inner HTML of the body without furniture, comments and its own heading."""
    unwanted = [one for one in body.iter() if _is_unwanted(one)] + _inside(body, comments)
    links = list(body.iter("a"))
    unwanted += _share_boxes(body, links) + _tag_lines(body, links)
    if is_wrapper(body):
        unwanted += list(body.iter("header", "footer", "h1"))
        unwanted += [heading] if heading is not None and any(one is body for one in heading.iterancestors()) else []
    return html_without(body, unwanted) if unwanted else inner_html(body)


def _is_unwanted(element: HtmlElement) -> bool:
    names, own = element.get("class"), element.get("id")
    return element.tag in _DROPPED_TAGS or ((names is not None or own is not None) and _is_furniture(names or "", own or ""))


@lru_cache(maxsize=8192)
def _is_furniture(class_names: str, own_id: str) -> bool:
    return bool(_FURNITURE_IDS.match(own_id)) or any(_FURNITURE.match(name) for name in class_names.split())


def _inside(body: HtmlElement, comments: Set[HtmlElement]) -> list[HtmlElement]:
    """The comments that stand in the body; those of one list stand there together."""
    lists = {one.getparent() for one in comments}
    around = {one for one in lists if one is body or any(holder is body for holder in one.iterancestors())}
    return [one for one in comments if one.getparent() in around]


def _share_boxes(body: HtmlElement, links: list[HtmlElement]) -> list[HtmlElement]:
    """Boxes of share links without a name of their own: as far up as there is little text."""
    return [_outermost_below(link, body, 150) for link in links if (href := link.get("href")) and _is_sharer(href)]


def _is_sharer(href: str) -> bool:
    """Most links have none of these three words, which stand in all the others."""
    return ("share" in href or "intent" in href or "pin/" in href) and any(sharer in href for sharer in _SHARERS)


def _tag_lines(body: HtmlElement, links: list[HtmlElement]) -> list[HtmlElement]:
    """The line of tags that old themes print at the end of the entry: its text is mostly links."""
    tags = [link for link in links if link is not body and "tag" in (link.get("rel") or "")]
    lines = [line for link in tags if (line := link.getparent()) is not None and line is not body]
    return [line for line in lines if _length(line) < 40 + 2 * sum(_length(link) for link in _tag_links(line))]


def _tag_links(element: HtmlElement) -> list[HtmlElement]:
    return [link for link in element.iter("a") if link is not element and "tag" in (link.get("rel") or "")]


def _outermost_below(element: HtmlElement, body: HtmlElement, most: int) -> HtmlElement:
    for ancestor in element.iterancestors():
        if ancestor is body or _length(ancestor) > most:
            break
        element = ancestor
    return element


def bio(page: Page, comments: Set[HtmlElement]) -> str:
    """The text of the box that introduces the author, or ""."""
    for element in index(page).of("bio"):
        if _names_bio(element.get("class") or "", element.get("id") or "") and not is_inside(element, comments):
            text = " ".join(" ".join(_readable(element)).split())
            if len(text.split()) > 5:
                return text
    return ""


@lru_cache(maxsize=1024)
def _names_bio(class_names: str, own_id: str) -> bool:
    return any(_BIO_NAME.match(name) for name in (*class_names.split(), own_id))


def _readable(box: HtmlElement) -> Iterator[str]:
    """The words of a box without its heading ("About Jane") and the link to all her posts."""
    waiting: list[HtmlElement | str] = [box]
    while waiting:
        one = waiting.pop()
        if isinstance(one, str):
            yield one
            continue
        if one is not box:
            waiting.append(one.tail or "")
        if one.tag not in _NO_BIO and not _ends_with_her_posts(one):
            yield one.text or ""
            waiting.extend(reversed(one))


def _ends_with_her_posts(element: HtmlElement) -> bool:
    """A name that is linked within a sentence stays: only a link after the last words leads away."""
    is_last = element.tag == "a" and element.getnext() is None and not (element.tail or "").strip()
    return is_last and (element.get("rel") == "author" or "/author/" in (element.get("href") or ""))
