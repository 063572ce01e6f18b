"""What the corpus says about a comment: where else the hosts of its links, its words and its author occur.

Counted over all comments, pings among them. That a host stands under many posts and on many blogs is a sign of spam, and so is a
text that comes again.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from pipeline.features.links import host_of
from pipeline.text import Corpus, Spread

MOST_BLOGS = 20     # counted exactly up to here: "on twenty blogs" says all that there is to say
_STEPS = 5          # of `seen`: 0, 1, 2-3, 4-7, 8-15, 16 and more


@dataclass(frozen=True, slots=True)
class Trace:
    """What a comment leaves in the corpus. Empty: no author who can be told from others, no other text like this one."""

    post: str                               # key of its post
    blog: str
    hosts: frozenset[str] = frozenset()     # of its links and of its author's URL
    author: str = ""
    group: str = ""                         # duplicate_group


@dataclass(slots=True)
class _Occurrences:
    """Of one host, author or group."""

    comments: int = 0
    posts: int = 0
    blogs: set[str] = field(default_factory=set)
    last_post: str = ""

    def count(self, trace: Trace) -> None:
        self.comments += 1
        if trace.post != self.last_post:
            self.posts, self.last_post = self.posts + 1, trace.post
        if len(self.blogs) < MOST_BLOGS:
            self.blogs.add(trace.blog)


class Index:
    """All traces, counted. They come post by post: the comments of one post stand together."""

    def __init__(self, traces: Iterable[Trace] = ()) -> None:
        self._found: dict[tuple[str, str], _Occurrences] = {}
        for trace in traces:
            for name in _names(trace):
                self._found.setdefault(name, _Occurrences()).count(trace)

    def says(self, trace: Trace) -> Corpus:
        """About one of the comments that were counted; one that came in meanwhile is known as far as others told of the same."""
        return Corpus(
            {host: self._others("host", host)[1] for host in sorted(trace.hosts)},
            *self._others("group", trace.group), *self._others("author", trace.author),
        )

    def _others(self, kind: str, name: str) -> tuple[int, Spread]:
        found = self._found.get((kind, name))
        return (found.comments - 1, Spread(found.posts - 1, len(found.blogs) - 1)) if found else (0, Spread())


def _names(trace: Trace) -> Iterator[tuple[str, str]]:
    yield from (("host", host) for host in trace.hosts)
    if trace.author:
        yield "author", trace.author
    if trace.group:
        yield "group", trace.group


def hosts(urls: Iterable[str | None]) -> frozenset[str]:
    """The hosts of these addresses, those of no use left out."""
    return frozenset(host for url in urls if "." in (host := host_of(url)))


def seen(corpus: Corpus | None) -> str:
    """What a judgement knew of the corpus, in steps of twice as much: when this changes, the item is judged again."""
    if corpus is None:
        return ""
    posts = max((spread.posts for spread in corpus.hosts.values()), default=0)
    blogs = max((spread.blogs for spread in corpus.hosts.values()), default=0)
    counts = (posts, blogs, corpus.duplicates, corpus.duplicated.posts, corpus.duplicated.blogs, corpus.by_author, corpus.author.posts, corpus.author.blogs)
    steps = "".join(str(min(count.bit_length(), _STEPS)) for count in counts)
    return steps if steps.strip("0") else ""
