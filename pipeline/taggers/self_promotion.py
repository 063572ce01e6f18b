"""Whether the writer uses the text to draw attention, credit or custom to something of their own.

Everything rests on the tie test: a pointer or an offer counts as far as something ties the thing to the writer.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from pipeline.features import commerce
from pipeline.features.links import Pointer, host_of, is_own_host, pointers, site_of
from pipeline.features.names import name_kind, names_own_host
from pipeline.taggers._markers import Evidence, found_in_any_language, spans
from pipeline.text import Doc, around, prose, reads_as_english, words
from schema.items import Finding

version = 1

# Each level of the codebook owns a quarter of the scale: a score tells the level, and within it how much spoke for it.
BAND = 0.25
NEAR = 300      # characters between "my blog" and the link that is it
SENTENCE = 120  # characters between the terms of an offer and the reader they are for
OPENING = 700   # characters in which a post says what it is for
FULL = 4.0      # evidence that fills a band: about four markers
_LONG_WORD = re.compile(r"[a-z]{4,}")
# A handle there says where one can be reached, as a telephone number of a friend does.
_HANDLES = frozenset(("twitter.com", "x.com", "plus.google.com"))


@dataclass(frozen=True, slots=True)
class Case:
    """What was found in one item, sorted by what it shows."""

    evidence: tuple[Evidence, ...]

    def of(self, *groups: str) -> list[Evidence]:
        """The evidence of these groups."""
        return [item for item in self.evidence if item.group in groups]


def tag(doc: Doc) -> Finding:
    """How strongly this post or comment promotes something of its writer's own.

    Score None: the text is not in English, and neither links nor names nor addresses show anything.
    """
    evidence = (*found_in_any_language(doc, "self_promotion"), *_links(doc), *_signature(doc), *_who(doc))
    level, grounds = _verdict(doc, Case(evidence))
    if not level and not doc.once(reads_as_english):    # its words may well offer something
        return Finding(None, context=around(doc))
    text_level, text_grounds = _verdict(doc, Case(tuple(item for item in evidence if not item.is_context)))
    return Finding(
        score=_score(level, grounds), level=level, spans=spans(grounds),
        text_score=_score(text_level, text_grounds),
        context=around(doc) | {"signals": {item.rule: item.weight for item in grounds if item.is_context}},
    )


def _score(level: int, grounds: Iterable[Evidence]) -> float:
    strength = min(1.0, sum(item.weight for item in grounds) / FULL)
    return round(BAND * level + (BAND - 0.01) * strength, 4)


def _verdict(doc: Doc, case: Case) -> tuple[int, list[Evidence]]:
    """The level and what it rests on, from the highest downward."""
    if doc.is_ping:
        return _of_a_ping(case)
    judge = _of_a_post if doc.kind == "post" else _of_a_comment
    return judge(doc, case)


def _of_a_comment(doc: Doc, case: Case) -> tuple[int, list[Evidence]]:
    """An offer of an own thing, a pointer to one, a credential or an untied pointer, or nothing."""
    pointing = _pointing(doc, case)
    tied = [*pointing, *case.of("business", "disclosure", "firm")]
    sales = case.of("call", "price", "superlative")
    wording = [item for item in case.of("offer") if item.rule == "we_offer"]
    if case.of("credential") and case.of("contact"):
        return 3, [*case.of("credential"), *case.of("contact")]
    if case.of("address") and (sales or case.of("contact")) and (case.of("untied") or _cried(doc) or case.of("contact")):
        tied = [*tied, *case.of("address")]
    asking = case.of("question")
    offers = [
        item for item in (*case.of("offer", "contact"), *sales)
        if (case.of("business", "address") or _is_near_any(item, tied)) and not _is_near_any(item, asking)
    ]
    if tied and offers:
        return 3, [*tied, *offers]
    if ware := _offered_ware(doc, case):
        return 3, ware
    if case.of("invitation") and case.of("price"):
        return 3, [*case.of("invitation"), *case.of("price")]
    if (wording or case.of("hiring")) and sales and (len({item.group for item in sales}) >= 2 or case.of("link", "untied", "contact")):
        return 3, [*wording, *case.of("hiring"), *sales, *case.of("untied", "contact")]
    made = [item for item in case.of("made") if not _is_near_any(item, asking)]
    if made and case.of("offer") and not doc.by_post_author:
        return 3, [*made, *case.of("offer")]
    if tied:
        return 2, tied
    return _borderline(doc, case)


def _offered_ware(doc: Doc, case: Case) -> list[Evidence]:
    """An own ware with a call to act, a contact, or terms that are meant for the reader, and both."""
    asking = case.of("question")
    meant = [item for item in case.of("terms") if _is_near_any(item, case.of("audience"), SENTENCE)]
    calls = [] if doc.by_post_author else case.of("act", "contact")     # "try it" is help, from who is asked for it
    pairs = [
        (ware, offer) for ware in case.of("ware") for offer in (*calls, *meant)
        if _are_near(ware, offer) and not _is_near_any(offer, asking)
    ]
    return list(dict.fromkeys(item for pair in pairs for item in pair))


def _pointing(doc: Doc, case: Case) -> list[Evidence]:
    """Links of the writer's own, and links near words that make them so."""
    own = case.of("own_link", "signature")
    if doc.by_post_author:      # who answers on an own blog points to own posts and samples as part of the answer
        return [item for item in own if item.rule != "link_with_own_name"]
    asking = case.of("question")
    near = [
        (wording, link) for wording in case.of("pointer", "made") for link in case.of("link", "untied")
        if _are_near(wording, link) and not _is_near_any(wording, asking)
    ]
    return list(dict.fromkeys([*own, *(item for pair in near for item in pair)]))


def _is_near_any(item: Evidence, others: Iterable[Evidence], most: int = NEAR) -> bool:
    return any(other.start is not None and _are_near(item, other, most) for other in others)


def _are_near(first: Evidence, second: Evidence, most: int = NEAR) -> bool:
    """Within two or three sentences of each other."""
    assert first.start is not None and second.start is not None, "markers and links have places"
    return abs(first.start - second.start) <= most


def _borderline(doc: Doc, case: Case) -> tuple[int, list[Evidence]]:
    grounds = [*case.of("credential", "untied", "address", "release", "hiring")]
    wares = _cried(doc)
    if len(wares) >= 2:
        grounds += wares
    return (1, grounds) if grounds else (0, case.of("link", "pointer", "made"))     # a near miss ranks above nothing


def _cried(doc: Doc) -> list[Evidence]:
    """Wares and the crying of wares, whosever they are."""
    return [Evidence("wares", 0.5, *place, "wares") for place in (*doc.once(commerce.wares), *doc.once(commerce.selling))]


def _of_a_post(doc: Doc, case: Case) -> tuple[int, list[Evidence]]:
    """A post advertises when a call stands beside an event, or where it opens; one call in a long text is politeness."""
    calls, events = case.of("call"), case.of("event")
    called = [event for event in events if _is_near_any(event, calls)]
    length = max(1.0, len(doc.once(words)) / 250)
    offers = [*case.of("offer"), *case.of("price")]
    if case.of("hiring") or len(called) / length >= 1:
        return 3, [*case.of("hiring"), *called, *(call for call in calls if _is_near_any(call, called))]
    if case.of("offer") and len(offers) / length >= 3:
        return 3, [*offers, *calls]
    shown = [*case.of("own_link", "disclosure"), *(item for item in case.of("release") if _opens_or_closes(doc, item))]
    if shown:
        return 2, shown
    grounds = case.of("credential", "release", "untied")
    return (1, grounds) if grounds else (0, [])


def _opens_or_closes(doc: Doc, item: Evidence) -> bool:
    """Where a writer says what the post is for."""
    return item.start is not None and (item.start < OPENING or item.start > len(doc.text) - OPENING // 2)


def _of_a_ping(case: Case) -> tuple[int, list[Evidence]]:
    """A ping's link is what a ping is; the name of a ware on it makes it a pointer."""
    business, address = case.of("business"), case.of("address")
    if business and (address or any(item.rule == "keyword_name" for item in business)):
        return 2, [*business, *address]
    return (1, address) if address else (0, [])


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
    if cries:
        yield Evidence("commercial_address", 0.5, group="address", is_context=True)
