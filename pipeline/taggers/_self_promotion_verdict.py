"""The levels of self-promotion: everything rests on the tie test, a pointer or an offer counts as far as something ties the thing to the writer."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from pipeline.features import commerce
from pipeline.taggers._markers import Evidence
from pipeline.text import Doc, words

NEAR = 300      # characters between "my blog" and the link that is it
SENTENCE = 120  # characters between the terms of an offer and the reader they are for
OPENING = 700   # characters in which a post says what it is for
_EXCERPT = ("[...]", "[…]")    # how a ping begins that was stored as a comment


@dataclass(frozen=True, slots=True)
class Case:
    """What was found in one item, sorted by what it shows."""

    evidence: tuple[Evidence, ...]

    def of(self, *groups: str) -> list[Evidence]:
        """The evidence of these groups."""
        return [item for item in self.evidence if item.group in groups]


def verdict(doc: Doc, case: Case) -> tuple[int, list[Evidence]]:
    """The level and what it rests on, from the highest downward."""
    if doc.is_ping or doc.text.startswith(_EXCERPT):
        return _of_a_ping(doc, case)
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
    if (wording or case.of("hiring")) and sales and (len({item.group for item in sales}) >= 2 or case.of("link", "untied", "contact") or commerce.is_trade(doc.author or "")):
        return 3, [*wording, *case.of("hiring"), *sales, *case.of("untied", "contact")]
    pitches = [] if doc.by_post_author else [item for item in case.of("pitch") if not _is_near_any(item, asking)]
    if pitches:
        return 3, pitches
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


def _of_a_ping(doc: Doc, case: Case) -> tuple[int, list[Evidence]]:
    """A ping's link is what a ping is, and its name a page's title; a ware in either makes it a pointer."""
    business, address = case.of("business"), case.of("address")
    if business and (address or commerce.is_wares(doc.author or "")):
        return 2, [*business, *address]
    return (1, address) if address else (0, [])
