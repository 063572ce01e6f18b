"""What speaks for and against a comment being spam: markers of the wording and signals of names, links and thread, as log-odds."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from itertools import islice

from pipeline.features import commerce
from pipeline.features.links import host_of, is_lodged, is_own_host, path_of, pointers, site_of
from pipeline.features.names import is_random, name_in_the_opening, name_kind, names_own_host
from pipeline.features.overlap import content_words, taken_up
from pipeline.features.spelling import scrambled
from pipeline.taggers._markers import Evidence, found
from pipeline.text import Doc, prose, words

KEYWORD_AS_NOUN = "keyword_as_noun"
AGAIN = 0.3         # what the second and third match of a rule add, as a share of the first
PRAISE_ALONE = -1.2  # who praises and leaves neither link nor address has nothing to gain by it
MOST_COUNTER = -3.0  # however much a text takes part: an advertisement with an argument in it is one

FEW_CONTENT_WORDS = 8
SCRAMBLED = 5       # of which say what the tenth would

# Zones that were cheap or free for years and that few persons chose for a site of their own.
_CHEAP_ZONE = re.compile(r"\.(?:info|biz|xyz|top|online|site|website|store|shop|club|click|link|icu|vip|win|bid|loan|cn|ws|tk|ml|ga|cf|gq|cc|pw|su)$")
# Front pages of others, and accounts by number: addresses that a program left so that the field was not empty.
_BORROWED = re.compile(r"^(?:https?://)?(?:www\.)?(?:(?:google|yahoo|msn|bing|aol|hotmail|live|ask)\.com/?$|facebook\.com/profile\.php\?id=\d{12,})", re.I)
_PROFILE = re.compile(r"/(?:users?|members?|profiles?|people|authors?|u)/[^/]+/?$", re.I)   # a page that a site has for each of its members
_TITLED = re.compile(r"(?:[A-Z][A-Za-z]{1,15}[ ]){2,5}(?=(?:seems?|is|are|has|have|can|will|provides?|offers?|helps?|appears?)\b)")
_LEADING = frozenset(("although", "though", "because", "while", "when", "if", "but", "and", "so", "as", "that", "since", "for", "in"))
_DETERMINERS = frozenset(("the", "a", "an", "this", "that", "our", "my", "your", "their", "his", "her", "its", "these", "those", "any", "no", "every"))
# Nouns of no content of their own: "Roofing Tips", "Internet Marketing Info" are phrases for a search engine.
_GENERIC = frozenset(("info", "information", "services", "service", "solutions", "company", "agency", "reviews", "tips", "tricks", "secrets", "guide", "products", "systems", "programs", "loans", "courses", "deals", "quotes", "experts"))
_LABEL = re.compile(r"(?:[.!?]\s{1,3}|\n)((?:[A-Z][\w+-]{1,15}[ ]){1,5}(?:(?:in|for|of|near) )?[A-Z][\w+-]{1,15})$")
# Nouns with a content, which a person writes small: all of three words in capitals are a phrase too.
_CAPITALIZED = _GENERIC | frozenset(("marketing", "strategy", "strategies", "software", "design", "hosting", "advertising", "training", "optimization", "management", "tools", "insurance", "seo", "development"))
_LOOSE = re.compile(r"[.!?]\s{1,3}((?:[a-z][\w'-]*[ ]){1,4}[a-z][\w'-]*)$", re.I)
# What a sentence, a greeting or a farewell has, and a label has not.
_FUNCTION_WORDS = frozenset((
    "i", "i'm", "me", "my", "we", "us", "our", "you", "your", "he", "she", "it", "its", "it's", "they", "them", "this", "that", "that's", "these", "those", "the", "a", "an", "is", "are", "was", "were", "be",
    "been", "am", "have", "has", "had", "do", "does", "did", "will", "would", "can", "could", "should", "may", "must", "not", "no", "yes", "and", "but", "or", "so", "if", "as", "too", "very", "all", "more", "again", "here", "there",
    "now", "then", "what", "how", "why", "when", "where", "who", "which", "thanks", "thank", "thx", "regards", "cheers", "best", "kind", "wishes", "luck", "keep", "hope", "please", "sorry", "love", "great", "good", "nice", "well", "done",
    "looking", "see", "wow", "lol", "haha", "much", "appreciated", "sincerely", "yours", "always", "never", "really", "just", "every", "day", "go", "got", "get", "work", "job", "stuff", "post", "article", "blog", "read", "on", "at", "with",
))
_LONG = re.compile(r"(?<![^\W\d_])[A-Za-z]{7,}(?![^\W\d_])")     # no shorter word can be told to be thrown
_SEPARATE = re.compile(r"[^\W\d_]+")


def evidence(doc: Doc) -> list[Evidence]:
    """Everything that was found, for and against."""
    sources: tuple[Callable[[Doc], Iterable[Evidence]], ...] = (
        _wares, _links, _loose_words, _trailing_keyword, _keyword_as_noun, _thrown_words, _scrambled, _empty_praise, _catalogue, _who, _address, _around, _elsewhere,
    )
    return [*doc.once(_markers), *(item for source in sources for item in source(doc))]


def log_odds(found_here: Iterable[Evidence]) -> float:
    """The sum of all rules; the first match of a rule counts in full, the next two a little."""
    weights: dict[str, list[float]] = {}
    for item in found_here:
        weights.setdefault(item.rule, []).append(item.weight)
    sums = [max(values, key=abs) * (1 + AGAIN * (min(len(values), 3) - 1)) for values in weights.values()]
    return sum(value for value in sums if value > 0) + max(MOST_COUNTER, sum(value for value in sums if value < 0))


def _markers(doc: Doc) -> list[Evidence]:
    return found(doc, "spam")


def _wares(doc: Doc) -> Iterator[Evidence]:
    """Wares and cries; together, or in a short text, they weigh more."""
    cries, goods = doc.once(commerce.selling), doc.once(commerce.wares)
    together = bool(cries and goods)
    anchors = [(link.start, link.end) for link in doc.once(pointers) if not link.is_bare]
    for start, end in goods:
        yield Evidence("wares", 2.0 if together else 1.2, start, end, subtype=_ware_subtype(start, anchors))
    for start, end in cries:
        yield Evidence("cries_wares", 1.3 if together else 0.7, start, end, subtype=_ware_subtype(start, anchors))


def _ware_subtype(start: int, anchors: list[tuple[int, int]]) -> str:
    return "keyword_anchor" if any(first <= start < last for first, last in anchors) else "product_copy"


def _links(doc: Doc) -> Iterator[Evidence]:
    links = [link for link in doc.once(pointers) if not link.to_blog]
    spoken = len(doc.once(words))
    for link in links[:20]:
        if not link.is_bare and commerce.is_wares(link.anchor):
            yield Evidence("keyword_anchor", 2.6, link.start, link.end, subtype="keyword_anchor")
        elif commerce.is_ware_host(link.url):
            yield Evidence("ware_link", 1.2, link.start, link.end, subtype="link_drop")
        elif is_own_host(link.host) and _is_trade_path(link.url):
            yield Evidence("ware_path", 1.0, link.start, link.end, subtype="link_drop")
        if link.to_author and not link.is_bare and commerce.is_trade(link.anchor):
            yield Evidence("own_keyword_anchor", 0.8, link.start, link.end, subtype="keyword_anchor", is_context=True)
    if links and spoken <= 12:
        yield Evidence("hardly_more_than_a_link", 1.3 if any(is_own_host(link.host) for link in links) else 0.5, links[0].start, links[0].end, subtype="link_drop")
    if len(links) >= 3 and len(links) * 15 > spoken:
        yield Evidence("more_links_than_talk", 1.2, links[2].start, links[2].end, subtype="link_drop")


def _is_trade_path(url: str | None) -> bool:
    """Whether a part of the path chains words for a search engine, one of trade among them: `/best-roof-repair-services`."""
    return any(part.count("-") >= 2 and commerce.is_trade(part.replace("-", " ")) for part in path_of(url).split("/")[:8])


def _loose_words(doc: Doc) -> Iterator[Evidence]:
    """"Thanks for this helpful post. roof tile games": what is left of a link under praise that says nothing."""
    praises = any(hit.group == "praise" for hit in doc.once(_markers))
    text = doc.once(prose).rstrip()
    if praises and len(doc.once(content_words)) <= 20 and (found := _LOOSE.search(text[-90:])):
        said, taken = found[1].lower().split(), doc.once(taken_up)
        is_name = all(word[:1].isupper() for word in found[1].split())
        if not is_name and not _FUNCTION_WORDS & set(said) and not (taken and taken & set(said)):
            start = max(0, len(text) - 90) + found.start(1)
            yield Evidence("loose_words_at_the_end", 1.3, start, start + len(found[1]), subtype="keyword_anchor")


def _trailing_keyword(doc: Doc) -> Iterator[Evidence]:
    """A phrase that stands after the last full stop like a label: linked, or in capitals and of some trade."""
    text = doc.once(prose)
    linked = [link for link in doc.once(pointers) if not (link.is_bare or link.to_blog or link.is_affiliate)]
    for link in linked:
        after = text[link.end:link.end + 200].strip(" .\n")
        before = text[max(0, link.start - 200):link.start].rstrip(" ")
        if 1 < len(link.anchor.split()) <= 8 and not after and before and before[-1] in ".!?\n":
            yield Evidence("keyword_after_the_last_stop", 1.6, link.start, link.end, subtype="keyword_anchor")
            return
    if label := _LABEL.search(text.rstrip(" .\n")[-120:]):
        start = max(0, len(text.rstrip(" .\n")) - 120) + label.start(1)
        if commerce.is_trade(label[1]) and not linked:
            yield Evidence("keyword_after_the_last_stop", 1.6, start, start + len(label[1]), subtype="keyword_anchor")


def _keyword_as_noun(doc: Doc) -> Iterator[Evidence]:
    """"Although Roofing Tips seems very versatile": a capitalised phrase for search engines where a person would write a noun."""
    text = doc.once(prose)
    for match in _TITLED.finditer(text):
        tokens = match[0].split()
        while tokens and tokens[0].lower() in _LEADING:
            tokens = tokens[1:]
        before = text[max(0, match.start() - 12):match.start()].split()
        nouns = _CAPITALIZED if len(tokens) >= 3 else _GENERIC
        if len(tokens) < 2 or tokens[-1].lower() not in nouns or tokens[0].lower() in _DETERMINERS or (before and before[-1].lower() in _DETERMINERS):
            continue
        start = match.end() - len(" ".join(tokens)) - 1
        yield Evidence(KEYWORD_AS_NOUN, 3.8, start, match.end() - 1, subtype="keyword_anchor")


def _thrown_words(doc: Doc) -> Iterator[Evidence]:
    text = doc.once(prose)
    if not any(map(is_random, _LONG.findall(text))):
        return
    for match in islice(_LONG.finditer(text), 3000):
        if is_random(match[0]):
            yield Evidence("thrown_letters", 1.3 if doc.once(pointers) else 0.5, match.start(), match.end(), subtype="noise")


def _scrambled(doc: Doc) -> Iterator[Evidence]:
    """Words with shuffled letters, which make a copied text look new; one alone is a slip, unless the address is borrowed, too."""
    places = doc.once(scrambled)
    if len(places) >= (1 if _BORROWED.search(doc.author_url or "") else 2):
        for start, end in places[:SCRAMBLED]:
            yield Evidence("shuffled_letters", 1.2, start, end, subtype="spun_text")


def _empty_praise(doc: Doc) -> Iterator[Evidence]:
    """Praise, and not one word of the post in it."""
    praise = [hit for hit in doc.once(_markers) if hit.group == "praise"]
    if praise and not doc.author_url and not doc.once(pointers):
        yield Evidence("praise_that_points_nowhere", PRAISE_ALONE, is_context=True)
    parts = [hit for hit in doc.once(_markers) if hit.group == "takes_part"]
    if not praise or parts or len(doc.once(content_words)) > 12 or doc.is_ping:
        return
    own = [link for link in doc.once(pointers) if not link.to_blog and (link.to_author or link.is_bare) and is_own_host(link.host)]
    yield Evidence("nothing_but_praise", 0.7, praise[0].start, praise[0].end, subtype="praise_filler")
    if own:
        yield Evidence("link_under_praise", 1.0, own[0].start, own[0].end, subtype="praise_filler")


def _catalogue(doc: Doc) -> Iterator[Evidence]:
    """Catalogue syntax: long, with hardly a pronoun, while goods are described."""
    described = [hit for hit in doc.once(_markers) if hit.rule == "catalogue_words"]
    if len(described) < 3:
        return
    said = doc.once(words)
    pronouns = sum(word.partition("'")[0].partition("’")[0] in ("i", "you", "he", "she", "we", "they", "it", "me") for word in said)
    if len(said) >= 20 and pronouns * 25 <= len(said):
        yield Evidence("catalogue", 1.4, described[0].start, described[-1].end, subtype="product_copy")


def _who(doc: Doc) -> Iterator[Evidence]:
    """Signals of the display name and the address behind it."""
    kind = doc.once(name_kind)
    own = is_own_host(host_of(doc.author_url))
    if kind == "keyword":
        yield Evidence("keyword_name", 2.4 if doc.author_url else 1.5, subtype="keyword_anchor", is_context=True)
    elif kind == "firm" and own:
        yield Evidence("firm_name", 1.5 if names_own_host(doc) else 1.2, subtype="praise_filler", is_context=True)
    elif kind == "address" and commerce.is_ware_host(doc.author_url):
        yield Evidence("address_as_name", 1.5, subtype="link_drop", is_context=True)
    elif kind == "random":
        yield Evidence("thrown_name", 1.0, subtype="noise", is_context=True)
    if own and not doc.is_ping and _is_phrase(doc.author or ""):
        yield Evidence("phrase_for_a_name", 0.6, subtype="keyword_anchor", is_context=True)


def _is_phrase(name: str) -> bool:
    """Several words as they are typed into a search engine, not as a person is called."""
    parts = name.split()
    is_persons = all(part[0].isupper() and part.strip(".,").isalpha() for part in parts)
    return len(parts) >= 4 or (len(parts) == 3 and not is_persons) or (len(parts) == 2 and name.islower() and commerce.is_trade(name))


def _address(doc: Doc) -> Iterator[Evidence]:
    """Signals of the address that the author left. Who comments to be known leaves the front page of a site that bears the own name."""
    host = host_of(doc.author_url)
    if commerce.is_ware_host(doc.author_url):
        yield Evidence("ware_host", 1.3, subtype="praise_filler", is_context=True)
    elif commerce.is_trade_host(doc.author_url):
        yield Evidence("trade_host", 0.5, subtype="praise_filler", is_context=True)
    if _BORROWED.search(doc.author_url or ""):
        yield Evidence("borrowed_address", 1.2, subtype="spun_text", is_context=True)
    if not is_own_host(host) or doc.is_ping or _PROFILE.search(doc.author_url or "") or host == doc.context.host:
        if doc.author and not host and not doc.once(pointers) and not _gives_a_way(doc):
            yield Evidence("leaves_no_address", -0.8, is_context=True)
        return
    if _bears_the_name(doc, host):
        yield Evidence("site_bears_the_name", -0.6, is_context=True)
    elif not is_lodged(host) and "-" in site_of(host):
        yield Evidence("hyphens_in_the_host", 0.6, subtype="link_drop", is_context=True)
    if not is_lodged(host) and path_of(doc.author_url):
        yield Evidence("deep_address", 0.8, subtype="link_drop", is_context=True)
    if not is_lodged(host) and _is_trade_path(doc.author_url):
        yield Evidence("ware_path", 1.0, subtype="link_drop", is_context=True)
    if _CHEAP_ZONE.search(host):
        yield Evidence("cheap_zone", 0.9, subtype="link_drop", is_context=True)
    if len(doc.once(content_words)) <= FEW_CONTENT_WORDS and not doc.once(taken_up):
        yield Evidence("says_nothing_of_the_post", 0.9, subtype="praise_filler", is_context=True)


def _bears_the_name(doc: Doc, host: str) -> bool:
    """Whether a person's site is named after them."""
    if doc.once(name_kind) not in ("person", "nickname") or commerce.is_ware_host(doc.author_url):
        return False
    site = site_of(host).replace("-", "")
    return any(len(part) >= 4 and part in site for part in _SEPARATE.findall((doc.author or "").lower()))


def _gives_a_way(doc: Doc) -> bool:
    """Whether the words alone show how to reach the writer, or promise to."""
    return any(hit.subtype in ("scam", "contact_number", "link_drop") for hit in doc.once(_markers))


def _elsewhere(doc: Doc) -> Iterator[Evidence]:
    """Signals of the corpus: the same text under other posts, the same address on other blogs."""
    known = doc.context.corpus
    if known is None:
        return
    if known.duplicated.posts:
        yield Evidence("same_text_under_other_posts", 3.0, subtype="copied_comment", is_context=True)
    elif known.duplicates and doc.author_url:
        yield Evidence("same_text_again", 0.8, subtype="copied_comment", is_context=True)
    host = host_of(doc.author_url)
    spread = known.hosts.get(host)
    if spread and spread.blogs and is_own_host(host) and not is_lodged(host):
        yield Evidence("address_on_other_blogs", 0.4 * min(4, spread.blogs), subtype="link_drop", is_context=True)


def _around(doc: Doc) -> Iterator[Evidence]:
    """Signals of the thread around it."""
    if doc.by_post_author:
        yield Evidence("by_post_author", -3.0, is_context=True)
    if doc.context.answered:
        yield Evidence("answered_by_post_author", -0.4, is_context=True)
    shared = doc.once(taken_up)
    if shared is not None and len(shared) >= 2:
        yield Evidence("takes_up_the_post", -0.6, is_context=True)
    if doc.once(name_in_the_opening):
        yield Evidence("addresses_somebody_of_the_thread", -1.2, is_context=True)
