from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from datetime import date
from itertools import count

import pytest

from crawlers import shapes, traps
from crawlers.traps import TrapLimits, Traps

BLOG = "http://blog.example"
FRONT = BLOG + "/"
MOST = 60       # requests that a trap may cost
Page = tuple[str, str]      # address and kind


class Site:
    """A blog with a trap in it: what each page shows, crawled in the order of the frontier, posts first."""

    def __init__(self, links: Callable[[Page], Iterable[Page]], brings: Callable[[Page], Iterable[str]] = lambda _: ()) -> None:
        self.links = links
        self.brings = brings
        self.traps = Traps(date(2026, 5, 31))
        self.asked: list[Page] = []
        self.refused: list[str] = []

    def crawl(self, *first: Page, most: int = 500) -> Site:
        waiting: list[Page] = []
        self.traps.visited(FRONT, "start", [f"{BLOG}/real/"])
        self._found(first, FRONT, waiting)
        while waiting and len(self.asked) < most:
            waiting.sort(key=self._rank)
            page = waiting.pop(0)
            if why := self.traps.admits(*page):
                self.refused.append(why)
                continue
            self.asked.append(page)
            links = list(self.links(page))
            self.traps.visited(*page, self.brings(page) or [url for url, kind in links if kind == "post"] * (page[1] not in ("post", "comments")))
            self._found(links, page[0], waiting)
        return self

    def _rank(self, page: Page) -> int:
        """Of many sitemaps the later ones come after the posts that the first ones named."""
        is_late = page[1] == "sitemap" and sum(kind == "sitemap" for _url, kind in self.asked) >= TrapLimits().lists
        return ("sitemap", "feed", "post", "comments", "archive", "next").index("archive" if is_late else page[1])

    def _found(self, links: Iterable[Page], source: str, waiting: list[Page]) -> None:
        for url, kind in links:
            if (url, kind) not in waiting and (url, kind) not in self.asked:
                if why := self.traps.admits(url, kind, source):
                    self.refused.append(why)
                else:
                    waiting.append((url, kind))


NUMBERS = count()


def calendar(page: Page) -> Iterator[Page]:
    year, month = (int(part) for part in page[0].strip("/").split("/")[-2:])
    yield f"{BLOG}/{year - (month == 1)}/{(month - 2) % 12 + 1:02}/", "archive"
    yield f"{BLOG}/{year + (month == 12)}/{month % 12 + 1:02}/", "archive"


def pagination(page: Page) -> Iterator[Page]:
    if page[1] == "next":
        yield f"{BLOG}/page/{int(page[0].rstrip('/').rpartition('/')[2]) + 1}/", "next"
        yield f"{BLOG}/the-same-post/", "post"


def new_fakes(page: Page) -> Iterator[Page]:
    if page[1] == "next":
        yield f"{BLOG}/page/{int(page[0].rstrip('/').rpartition('/')[2]) + 1}/", "next"
        yield from ((f"{BLOG}/fake-{next(NUMBERS)}/", "post") for _ in range(10))


def facets(page: Page) -> Iterator[Page]:
    names = ("color", "size", "brand", "price", "sort", "view")
    for name in names:
        for value in range(5):
            if f"{name}=" not in page[0]:
                yield f"{page[0]}{'&' if '?' in page[0] else '?'}{name}={value}", "archive"


def random_links(page: Page) -> Iterator[Page]:
    for number in range(8):
        one = f"{next(NUMBERS):x}"
        yield BLOG + "/" + "/".join([one, "r", one * 2, one * 3][: number % 4 + 1]), "post"


def sitemaps(_page: Page) -> Iterator[Page]:
    for _ in range(5):
        yield f"{BLOG}/list-{'abcdefghij'[next(NUMBERS) % 10]}{next(NUMBERS)}.xml", "sitemap"
    yield f"{BLOG}/junk-{next(NUMBERS)}", "post"


@pytest.mark.parametrize(("trap", "first"), [
    (calendar, (f"{BLOG}/2026/05/", "archive")),
    (pagination, (f"{BLOG}/page/2/", "next")),
    (new_fakes, (f"{BLOG}/page/2/", "next")),
    (facets, (f"{BLOG}/shop", "archive")),
    (random_links, (f"{BLOG}/r/0", "post")),
    (sitemaps, (f"{BLOG}/sitemap.xml", "sitemap")),
], ids=lambda value: getattr(value, "__name__", ""))
def test_a_trap_costs_few_requests(trap: Callable[[Page], Iterable[Page]], first: Page) -> None:
    site = Site(trap).crawl(first)
    assert len(site.asked) <= MOST
    assert set(site.refused) <= {traps.NO_POSTS, traps.NO_LISTS, traps.BLOG_BUDGET, shapes.NO_TIME}


def test_hundreds_of_sitemaps_are_read_where_they_name_posts() -> None:
    def links(page: Page) -> Iterator[Page]:
        if page[0].endswith("/sitemap.xml"):
            yield from ((f"{BLOG}/2019-{number}.xml", "sitemap") for number in range(200))
        elif page[1] == "sitemap":
            yield from ((f"{page[0].removesuffix('.xml')}/post-{number}/", "post") for number in range(2))

    site = Site(links, lambda page: [page[0]] if page[1] == "post" else ()).crawl((f"{BLOG}/sitemap.xml", "sitemap"), most=5000)
    assert (len(site.asked), site.refused) == (1 + 200 + 400, [])


def test_a_long_archive_that_goes_on_bringing_posts_is_read_to_its_end() -> None:
    def links(page: Page) -> Iterator[Page]:
        number = int(page[0].rstrip("/").rpartition("/")[2]) if page[1] == "next" else 999
        if number < 120:
            yield f"{BLOG}/page/{number + 1}/", "next"
            yield from ((f"{BLOG}/post-{number}-{one}/", "post") for one in range(5))

    site = Site(links, lambda page: [page[0]] if page[1] == "post" else ()).crawl((f"{BLOG}/page/2/", "next"), most=5000)
    assert (len(site.asked), site.refused) == (119 + 118 * 5, [])


def test_an_archive_of_posts_that_are_known_from_elsewhere_is_read_to_its_end() -> None:
    """The newest thousand are in the sitemap, the oldest are only in the archive."""
    def links(page: Page) -> Iterator[Page]:
        if page[1] == "sitemap":
            yield from ((f"{BLOG}/post-{number}/", "post") for number in range(300))
        elif page[1] == "next":
            number = int(page[0].rstrip("/").rpartition("/")[2])
            yield from ((f"{BLOG}/post-{one}/", "post") for one in range(number * 5, number * 5 + 5))
            if number < 70:
                yield f"{BLOG}/page/{number + 1}/", "next"

    site = Site(links, lambda page: [page[0]] if page[1] == "post" else ()).crawl((f"{BLOG}/sitemap.xml", "sitemap"), (f"{BLOG}/page/0/", "next"), most=5000)
    assert sum(kind == "post" for _url, kind in site.asked) == 355
    assert site.refused == []


def test_a_sitemap_that_begins_with_pages_that_are_no_posts_is_read_on() -> None:
    pages = [(f"{BLOG}/page-{number}/", "post") for number in range(40)] + [(f"{BLOG}/post-{number}/", "post") for number in range(40)]
    site = Site(lambda page: pages if page[1] == "sitemap" else (), lambda page: [page[0]] if "/post-" in page[0] else ()).crawl((f"{BLOG}/sitemap.xml", "sitemap"))
    assert len(site.asked) == 81


def test_pages_of_one_sitemap_do_not_close_those_of_another() -> None:
    lists = {"page": [(f"{BLOG}/page-{n}/", "post") for n in range(200)], "post": [(f"{BLOG}/a-post-{n}/", "post") for n in range(30)]}
    first = [(f"{BLOG}/{name}-sitemap.xml", "sitemap") for name in lists]
    site = Site(
        lambda page: lists[page[0].rpartition("/")[2].partition("-")[0]] if page[1] == "sitemap" else (),
        lambda page: [page[0]] if "a-post" in page[0] else (),
    ).crawl(*first)
    assert sum("a-post" in url for url, _kind in site.asked) == 30
    assert sum("/page-" in url and kind == "post" for url, kind in site.asked) == TrapLimits().listed


def test_what_a_feed_names_is_fetched_though_pages_of_that_shape_brought_nothing() -> None:
    known = Traps(date(2026, 5, 31))
    for number in range(20):
        known.visited(f"{BLOG}/p-{number}/", "post", ())
    assert known.admits(f"{BLOG}/p-99/", "post", FRONT) == traps.NO_POSTS
    known.visited(f"{BLOG}/feed/", "feed", [f"{BLOG}/p-100/"])
    assert known.admits(f"{BLOG}/p-100/", "post", f"{BLOG}/feed/") == ""


def test_comment_pages_without_end_are_left_and_long_threads_are_not() -> None:
    known = Traps(date(2026, 5, 31))
    for number in range(200):
        assert known.admits(f"{BLOG}/long/comment-page-{number}/", "comments") == ""
        known.visited(f"{BLOG}/long/comment-page-{number}/", "comments", [f"{number}-{one}" for one in range(50)])
    asked = 0
    while not (why := known.admits(f"{BLOG}/endless/comment-page-{asked}/", "comments")):
        known.visited(f"{BLOG}/endless/comment-page-{asked}/", "comments", ["1", "2"])
        asked += 1
    assert (asked, why) == (21, traps.NO_COMMENTS)
    assert known.admits(f"{BLOG}/long/comment-page-201/", "comments") == ""


def test_one_page_under_many_sessions_is_asked_for_once() -> None:
    known = Traps(date(2026, 5, 31))
    first = f"{BLOG}/(S(lit3py55t21z5v55vlm25s55))/2009/10/prices.html"
    assert known.admits(first, "post", FRONT) == ""
    assert known.admits(first, "post") == ""
    assert known.admits(first.replace("lit3", "mut4"), "post", FRONT) == traps.SESSION
    assert known.admits(first.replace("lit3", "mut4").replace("prices", "labels"), "post", FRONT) == ""


def test_the_budget_of_a_blog_grows_with_its_posts_and_leaves_feeds_and_threads_alone() -> None:
    known = Traps(date(2026, 5, 31), TrapLimits(barren=1000, of_blog=30))
    for number in range(30):
        known.visited(f"{BLOG}/x/{number}", "archive", ())
    assert known.admits(f"{BLOG}/y/", "archive", FRONT) == traps.BLOG_BUDGET
    assert known.admits("http://other.example/y/", "archive", FRONT) == ""
    known.visited(f"{BLOG}/feed", "feed", [f"{BLOG}/z"])
    assert [known.admits(f"{BLOG}/z", kind, f"{BLOG}/feed") for kind in ("feed", "sitemap", "comments", "post")] == [""] * 4
    known.visited(f"{BLOG}/a-post/", "post", [f"{BLOG}/a-post/"])
    assert known.admits(f"{BLOG}/y/", "archive", FRONT) == ""
