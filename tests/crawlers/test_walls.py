from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from crawlers.reading import read
from crawlers.walls import CHECK, COOKIES, LOGIN, SOFT_404, wall
from schema.items import Page
from tests.crawlers.hostile.blogging import listing, post, words_of

FORM = '<form><input name="user"><input type="password"></form>'
FETCHED = datetime(2026, 5, 1, tzinfo=UTC)


def page(title: str, heading: str = "", body: str = "") -> Page:
    html = f"<!DOCTYPE html><html><head><title>{title}</title></head><body><nav>Home About</nav><h1>{heading or title}</h1><p>{body or 'A sentence or two.'}</p></body></html>"
    return Page("http://blog.example/2009/10/a-post/", html.encode(), FETCHED, (("content-type", "text/html; charset=utf-8"),))


@pytest.mark.parametrize(("title", "heading", "body", "why"), [
    ("Page not found", "", "", SOFT_404),
    ("Page not found | Shelf talk", "Shelf talk", "", SOFT_404),
    ("Shelf talk \u2013 404", "Shelf talk", "", SOFT_404),
    ("Shelf talk", "Oops! That page can\u2019t be found.".replace("\u2019", "'"), "", SOFT_404),
    ("404 - Page Not Found", "", "", SOFT_404),
    ("Seite nicht gefunden", "", "", SOFT_404),
    ("P\u00e1gina no encontrada \u00b7 Tienda", "x", "", SOFT_404),
    ("This page doesn't exist", "", "", SOFT_404),
    ("Log in", "", FORM, LOGIN),
    ("Log In \u2039 Shelf talk".replace("\u2039", "|"), "Powered by WordPress", FORM, LOGIN),
    ("Members only", "", FORM, LOGIN),
    ("Anmelden", "", FORM, LOGIN),
    ("Before you continue", "", "We use cookies.", COOKIES),
    ("Shelf talk", "Please enable cookies", "", COOKIES),
    ("Just a moment...", "", "", CHECK),
    ("Attention Required! | Cloudflare", "x", "", CHECK),
    ("Access denied", "", "", CHECK),
])
def test_what_stands_in_front_of_a_page_is_told(title: str, heading: str, body: str, why: str) -> None:
    one = page(title, heading, body)
    assert wall(one) == why
    found = read(one)
    assert (found.threads, found.links, [skipped.reason for skipped in found.skipped]) == ((), (), [why])


@pytest.mark.parametrize(("title", "heading", "body"), [
    ("How we made our 404 page", "", ""),
    ("Log in less", "", FORM),
    ("Log in", "", "No form here."),
    ("A talk about cookies", "", "We use cookies."),
    ("Page not found in the price list", "", ""),
    ("Not found", "", "word " * 800),
    ("404 ways to sell", "", ""),
    ("Just a moment in the shop", "", ""),
])
def test_pages_about_such_things_are_none(title: str, heading: str, body: str) -> None:
    assert wall(page(title, heading, body)) == ""


@pytest.mark.parametrize("title", ["Not found", "Log in", "Before you continue", "Access denied"])
def test_posts_of_such_titles_are_posts(title: str) -> None:
    url = "http://blog.example/2009/10/a-post/"
    body = post(url, title, f"{words_of(1)} About cookies. {FORM}", ("Well said.",))
    assert read(replace(page(title), body=body.encode())).threads[0].post.title == title
    assert not wall(replace(page(title), body=listing([(url, "A post")], title=title).encode()))


def test_no_real_page_is_taken_for_a_wall(shared: Path) -> None:
    files = [*(shared / "pages").rglob("*.html"), *(Path(__file__).parents[1] / "pages").rglob("*.html")]
    assert len(files) > 100
    taken = {file.name: why for file in files if (why := wall(Page(f"http://blog.example/{file.name}", file.read_bytes(), FETCHED)))}
    assert not taken
