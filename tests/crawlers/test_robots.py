from __future__ import annotations

import json
import time
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis.strategies import binary, characters, integers, lists, sampled_from, text

from crawlers.robots import LARGEST, normalized, parse, path_of

# Google compares the characters of addresses as they are written. RFC 9309, 2.2.2, wants them encoded alike first, so these must be allowed.
RFC_SAYS_OTHERWISE = {
    ("/foo/bar/ツ", "http://foo.bar/foo/bar/ツ"),
    ("/foo/bar/%E3%83%84", "http://foo.bar/foo/bar/ツ"),
    ("/foo/bar/%62%61%7A", "http://foo.bar/foo/bar/baz"),
}
URL = "http://blog.example"


def allows(robots: str | bytes, path: str, agent: str = "hubbub") -> bool:
    return parse(robots.encode() if isinstance(robots, str) else robots).for_agent(agent).allows(path if "://" in path else URL + path)


def test_every_case_of_google_is_read_as_google_or_the_rfc_says(shared: Path) -> None:
    cases = json.loads((shared / "suites" / "robots_google_cases.json").read_text())
    differing = [case for case in cases if allows(case["robots"], case["url"] if "://" in case["url"] else "", case["agent"]) != case["allowed"]]
    assert len(cases) == 142
    assert {(case["robots"].split("Allow: ")[-1].strip(), case["url"]) for case in differing} == RFC_SAYS_OTHERWISE
    assert {case["test"] for case in differing} == {"ID_Encoding"}


def rule(pattern: str) -> str:
    return f"User-agent: *\nDisallow: {pattern}\n"


@pytest.mark.parametrize(("pattern", "path", "is_matched"), [
    ("/path/file-with-a-%2A.html", "/path/file-with-a-*.html", True),      # these two are the examples of RFC 9309, 2.2.3
    ("/path/foo-%24", "/path/foo-$", True),
    ("/path/foo-%24", "/path/foo-", False),
    ("/foo/bar?baz=http://foo.bar", "/foo/bar?baz=http://foo.bar", True),
    ("/a$b", "/a$b", True),
    ("/a$b", "/a", False),
    ("/a%2fb", "/a%2Fb", True),
    ("/a/b", "/a%2Fb", False),          # reserved: an encoded slash is no slash
    ("/%7Eann/", "/~ann/", True),
    ("/caf%C3%A9", "/café", True),
    ("/100%", "/100%25", True),
    ("/with space", "/with%20space", True),
    ("*.pdf$", "/a/b.pdf", True),
    ("*.pdf$", "/a/b.pdf?x", False),
    ("/a*b*c", "/a-c-b-c", True),
    ("/a*b*c", "/a-c-b", False),
    ("/a*ab$", "/ab", False),           # the two parts may not share a letter
    ("/***$", "/x", True),
    ("$", "/", False),
    ("/", "", True),
    ("/?q", "?q=1", True),
    ("/a", "/b#/a", False),
    ("fish", "/fish", False),
    ("/", "/robots.txt", False),        # always allowed
])
def test_patterns_match_as_rfc_9309_says(pattern: str, path: str, is_matched: bool) -> None:
    assert allows(rule(pattern), path) is not is_matched


def test_octets_that_are_no_utf_8_are_compared_as_octets() -> None:
    assert not allows(b"User-agent: *\nDisallow: /caf\xe9", "/caf%E9")


@pytest.mark.parametrize(("robots", "allowed"), [
    ("User-agent: *\nDisallow: /\nUser-agent: hubbub\nDisallow: /b\n", True),
    ("User-agent: hubbub\nDisallow: /b\nUser-agent: *\nUser-agent: HubBub/2.0\nDisallow: /a\n", False),      # one group, in two places
    ("User-agent: hubbubbot\nDisallow: /\n", True),
    ("User-agent: hub\nDisallow: /\n", True),
    ("User-agent: * (all)\nDisallow: /\n", False),
    ("User-agent: 360spider\nDisallow: /\n", True),
    ("User-agent: hubbub\nUser-agent: *\nDisallow:\nUser-agent: x\nDisallow: /\n", True),
    ("User-agent: hubbub\nSitemap: /s.xml\nCrawl-delay: 3\nUser-agent: x\nDisallow: /\n", False),
    ("Disallow: /\nUser-agent: *\nAllow: /\n", True),
    ("User-agent: *\nDisallow: /a\nAllow: /a\n", True),
    ("User-agent: *\nAllow: /\nDisallow: /a\n", False),
    ("USER-AGENT : *\r\tdisALLOW\t: /a # yes\r", False),
    ("User-agent: *\r\nDisallow: /a\r\n", False),
    ("\ufeffUser-agent: *\nDisallow: /a", False),
    ("User-agent: *\nDisallow /a", False),
    ("User-agent: *\nDisallow /a now", True),
    ("Useragent: *\nDissalow: /a", False),
    ("User-agent: *\n#Disallow: /", True),
    ("<html><body>User-agent: *<br>Disallow: /</body>", True),
    ("", True),
])
def test_groups_are_found_and_merged(robots: str, allowed: bool) -> None:
    assert allows(robots, "/a") is allowed


@pytest.mark.parametrize(("value", "delay"), [("10", 10), ("0.5", 0.5), ("2,5", 2.5), ("10 s", 10), ("soon", None), ("-1", None), ("9" * 400, float("inf"))])
def test_the_delay_that_is_asked_for_is_read(value: str, delay: float | None) -> None:
    robots = parse(f"User-agent: other\nCrawl-delay: 99\nDisallow: /\nUser-agent: *\nCrawl-delay: {value}\n".encode())
    assert robots.for_agent("hubbub").delay == delay


def test_sitemaps_belong_to_nobody_in_particular() -> None:
    robots = parse(b"Sitemap: http://a.example/1.xml\nUser-agent: x\nSite-map: /2.xml\nDisallow: /\n")
    assert robots.sitemaps == ("http://a.example/1.xml", "/2.xml")


def test_what_is_beyond_the_limit_is_not_read_and_no_line_is_cut_in_two() -> None:
    start = b"User-agent: *\nDisallow: /a\n"
    body = start + b"#" * (LARGEST - len(start) - 13) + b"\nDisallow: /only/this\nDisallow: /b\n"
    assert [allows(body, path) for path in ("/a", "/x", "/b")] == [False, True, True]


@pytest.mark.parametrize(("pattern", "path"), [
    ("/" + "*a" * 200_000 + "$", "/" + "a" * 10_000),
    ("/" + "*" * 400_000 + "b", "/" + "a" * 10_000),
    ("/" + "a*" * 5_000 + "b", "/" + "a" * 10_000),
])
def test_a_hostile_pattern_takes_no_time(pattern: str, path: str) -> None:
    rules = parse(rule(pattern).encode()).for_agent("hubbub")
    start = time.process_time()
    assert rules.allows(URL + path)
    assert time.process_time() - start < 0.2


@given(binary(max_size=400))
def test_garbage_is_read_without_complaint(body: bytes) -> None:
    rules = parse(body).for_agent("hubbub")
    assert rules.allows(URL + "/robots.txt")


@given(text(characters(codec=None, exclude_categories=()), max_size=60))
def test_any_address_can_be_judged(url: str) -> None:
    assert path_of(url).startswith(b"/")
    assert not allows(rule("/"), URL + "/" + url) or path_of(URL + "/" + url) == b"/robots.txt"


@given(binary(max_size=60))
def test_normalizing_twice_is_normalizing_once(octets: bytes) -> None:
    assert normalized(normalized(octets)) == normalized(octets)


PATTERNS = lists(sampled_from(["/", "a", "b", "*", "$", "%2A", "%41"]), max_size=8).map(lambda parts: "/" + "".join(parts))
PATHS = lists(sampled_from(["/", "a", "b", "*", "A", "$"]), max_size=10).map(lambda parts: "/" + "".join(parts))


@given(PATTERNS, PATHS)
def test_the_search_for_parts_finds_what_trying_everything_finds(pattern: str, path: str) -> None:
    assert allows(rule(pattern), path) is not _fits(pattern.replace("%2A", "\0").replace("%41", "A"), path.replace("*", "\0"))


def _fits(pattern: str, path: str) -> bool:
    """By the definition, slowly."""
    if pattern in ("", "$"):
        return pattern == "" or path == ""
    if pattern[0] == "*":
        return any(_fits(pattern[1:], path[at:]) for at in range(len(path) + 1))
    return path[:1] == pattern[0] and _fits(pattern[1:], path[1:])


@given(PATHS, PATTERNS, integers(0, 3))
def test_allowing_wins_where_both_fit_as_long(path: str, pattern: str, others: int) -> None:
    lines = [f"Disallow: {pattern}"] * (others + 1)
    lines.insert(others, f"Allow: {pattern}")
    assert allows("\n".join(["User-agent: *", *lines]), path)
