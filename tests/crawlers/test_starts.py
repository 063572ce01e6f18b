from __future__ import annotations

import pytest

from crawlers.starts import Start, addresses, blog_at, own_delays, several
from schema.errors import UsageError


def test_addresses_are_separated_by_white_space_or_commas() -> None:
    assert several(" a,b\n c ") == ["a", "b", "c"]
    assert addresses("blog.example https://other.example/a") == ["http://blog.example", "https://other.example/a"]
    with pytest.raises(UsageError, match="no address"):
        addresses("blog.example not-a-url")


def test_a_blog_goes_by_its_start_address_without_scheme_and_fragment() -> None:
    blog = blog_at(Start("https://www.blog.example/a?b=1#c"))
    assert (blog.url, blog.source, blog.address) == ("https://www.blog.example/a?b=1#c", "blog.example", "www.blog.example/a?b=1")


def test_starts_on_one_host_share_the_longest_of_their_delays() -> None:
    starts = [Start("https://a.example/x", delay=2.0), Start("https://a.example/y", delay=5.0), Start("http://a.example:8080/", delay=0.0), Start("https://b.example/")]
    assert own_delays(starts) == {("a.example", 443): 5.0, ("a.example", 8080): 0.0}
