from __future__ import annotations

from crawlers.ends import End, ends
from crawlers.frontier import Limits
from crawlers.starts import Start, blog_at


class Spent:
    """A frontier in which the second blog reached a limit of its own."""

    def is_spent(self, blog: int) -> bool:
        return blog == 1


def test_the_end_of_each_start_says_what_became_of_it() -> None:
    good, bad = blog_at(Start("http://a.example/", "a")), blog_at(Start("http://b.example/b#top", "b", Limits(max_posts=3)))
    good.is_feed = True
    bad.failure, bad.why = "http://b.example/b could not be collected: the server failed.", "server error"
    bad.skips.update(["not found", "server error", "server error"])
    assert ends([good, bad], Spent()) == (
        End(good.start, "a.example/", "a.example", is_feed=True),
        End(bad.start, "b.example/b", "b.example", bad.failure, "server error", is_spent=True, skips=(("server error", 2), ("not found", 1))),
    )
