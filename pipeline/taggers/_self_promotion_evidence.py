"""What ties a thing to the writer of a text, and what is offered: markers of the wording, links, names and addresses."""

from __future__ import annotations

import re
from collections.abc import Iterator

from pipeline.features import commerce
from pipeline.features.links import Pointer, host_of, is_own_host, path_of, pointers, site_of
from pipeline.features.names import name_kind, names_own_host
from pipeline.taggers._markers import Evidence, found_in_any_language
from pipeline.text import Doc, lower_prose, prose

_LONG_WORD = re.compile(r"[a-z]{4,}")
# A handle there says where one can be reached, as a telephone number of a friend does.
_HANDLES = frozenset(("twitter.com", "x.com", "plus.google.com"))
_CODE_HOSTS = frozenset(("github.com", "bitbucket.org", "gitlab.com", "sourceforge.net", "codeplex.com"))


def evidence(doc: Doc) -> tuple[Evidence, ...]:
    """Everything that was found, in the text and around it."""
    return (*found_in_any_language(doc, "self_promotion"), *_links(doc), *_signature(doc), *_who(doc))


def _links(doc: Doc) -> Iterator[Evidence]:
    for link in doc.once(pointers)[:30]:
        if link.to_blog:
            continue
        place = link.start, link.end
        if link.to_author:
            yield Evidence("own_link", 1.5, *place, "own_link", is_context=True)
        elif link.is_affiliate:
            yield Evidence("affiliate_link", 1.5, *place, "own_link")
        elif link.host not in _HANDLES and _bears_the_name(doc, link):
            yield Evidence("link_with_own_name", 1.0, *place, "own_link", is_context=True)
        elif _is_of_the_writers_trade(doc, link):
            yield Evidence("anchor_of_own_trade", 1.0, *place, "own_link", is_context=True)
        elif commerce.is_ware_host(link.url) or (not link.is_bare and commerce.is_wares(link.anchor)):
            yield Evidence("untied_ware_link", 0.7, *place, "untied")
        else:
            yield Evidence("link", 0.5, *place, "link")


def _is_of_the_writers_trade(doc: Doc, link: Pointer) -> bool:
    """"NFL Jerseys", by somebody whose own address is `nfljerseys2012...`: one owner under many hosts."""
    own = host_of(doc.author_url)
    said = f"{'' if link.is_bare else link.anchor} {site_of(link.host)}".lower()
    return commerce.is_ware_host(doc.author_url) and any(word in own for word in _LONG_WORD.findall(said))


def _bears_the_name(doc: Doc, link: Pointer) -> bool:
    """Whether host or path of the link holds the writer's name."""
    address = link.url.lower().partition("?")[0]
    names = [part for part in (doc.author or "").lower().replace("-", " ").split() if len(part) >= 4]
    whole = "".join((doc.author or "").lower().split())
    return (len(whole) >= 4 and whole in address) or any(part in site_of(link.host) for part in names if len(part) >= 5)


def _signature(doc: Doc) -> Iterator[Evidence]:
    """An address on the last line, under or beside a name."""
    links = doc.once(pointers)
    if not links or not links[-1].is_bare or links[-1].to_blog:
        return
    text = doc.once(prose)
    last = links[-1]
    before = text[:last.start].rstrip()
    if text[last.end:].strip(" .\n)") or not before:
        return
    line = before.rpartition("\n")[2].strip(" ~-–—,")
    if "\n" in before and 0 < len(line.split()) <= 3 and line[:1].isupper() and not line.endswith((":", "?")):
        yield Evidence("signature", 1.0, last.start, last.end, group="signature")


def _who(doc: Doc) -> Iterator[Evidence]:
    """What display name and address say before a word is read."""
    if doc.by_post_author or not doc.author_url:
        return
    kind = doc.once(name_kind)
    cries = commerce.is_ware_host(doc.author_url)
    if kind == "keyword":   # a profile on a shared host is not the thing that the name cries
        leads_there = is_own_host(host_of(doc.author_url))
        yield Evidence("keyword_name", 1.0 if leads_there else 0.5, group="business" if leads_there else "address", is_context=True)
    elif kind == "firm" or (kind == "address" and cries):
        yield Evidence("business_name", 1.5 if names_own_host(doc) else 1.0, group="business", is_context=True)
    if place := _names_own_site(doc):
        yield Evidence("names_own_site", 1.0, *place, group="own_link", is_context=True)
    if cries:
        yield Evidence("commercial_address", 0.5, group="address", is_context=True)


def _names_own_site(doc: Doc) -> tuple[int, int] | None:
    """Where the text says the name of the writer's site or project, which is not the writer's own name or a word of the trade."""
    host = host_of(doc.author_url)
    project = path_of(doc.author_url).rpartition("/")[2] if host in _CODE_HOSTS else ""
    said = site_of(host) if is_own_host(host) else project
    name = _joined(doc.author or "")
    if len(said) < 6 or _joined(said) in name or (name and name in _joined(said)) or commerce.is_trade(said.replace("-", " ")):
        return None
    found = re.search(rf"(?<![\w./@-]){re.escape(said)}(?![\w/@-])", doc.once(lower_prose))
    return found.span() if found else None


def _joined(words: str) -> str:
    return re.sub(r"\W", "", words.lower())
