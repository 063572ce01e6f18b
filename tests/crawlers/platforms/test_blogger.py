"""Blogger's templates, from the tags of 2004 to the themes of 2017: pages in our own words and the blogs kept in ../shared."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from urllib.error import HTTPError
from urllib.request import urlopen

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import html

from crawlers.markup import words
from crawlers.platforms import _blogger_words as say
from crawlers.platforms import blogger
from schema.items import Comment, Link, Page, Post, Skipped
from tests.crawlers.platforms import scoring

FLOORS = json.loads((Path(__file__).parents[2] / "gold" / "floors.json").read_text())
PAGES = Path(__file__).parents[2] / "pages" / "blogger"
POST = "http://counter-talk.blogspot.com/2009/11/price-tags-talk.html"
NORA = "http://www.blogger.com/profile/01111111111111111111"
FETCHED = datetime(2026, 1, 1, tzinfo=UTC)
TEMPLATES = ("threaded", "classic", "dd")


def saved(name: str, url: str = "") -> Page:
    return Page(url or f"file:{name}", (PAGES / name).read_bytes(), FETCHED)


def post_of(page: Page) -> Post:
    return next(found for found in blogger.read(page) if isinstance(found, Post))


def comments_of(page: Page) -> list[Comment]:
    return [found for found in blogger.read(page) if isinstance(found, Comment)]


def links_of(page: Page, kind: str) -> list[Link]:
    return [found for found in blogger.read(page) if isinstance(found, Link) and found.kind == kind]


def text_of(fragment: str) -> str:
    return words(html.fromstring(f"<div>{fragment.replace('<br', ' <br')}</div>")) if fragment else ""


@pytest.mark.parametrize("name", [page.name for page in sorted(PAGES.glob("*.html"))])
def test_every_template_is_recognized_by_what_is_in_the_page(name: str) -> None:
    assert blogger.confidence(saved(name)) >= 0.9


@pytest.mark.parametrize(("body", "given"), [
    (b"<meta name='generator' content='WordPress 6.1'><p>My old blog: http://x.blogspot.com/feeds/posts/default", 0.0),
    (b"<p>I moved here from http://x.blogspot.com/</p>", 0.0),
    (b"<?xml version='1.0'?><feed><generator>Blogger</generator><id>http://www.blogger.com/feeds/1/posts/default</id></feed>", 0.0),
    (b"", 0.0),
])
def test_pages_that_only_mention_blogger_are_left_to_others(body: bytes, given: float) -> None:
    assert blogger.confidence(Page("http://x.example/", body, FETCHED)) == given


@pytest.mark.parametrize(("name", "title", "author", "raw", "iso", "reported", "closed", "language"), [
    ("threaded.html", "Price tags talk", "Nora Quill", "Wednesday, November 11, 2009 6:05 PM", "2009-11-12T02:05", 5, False, ""),
    ("classic.html", "", "Nora Quill", "Mittwoch, 11. November 2009 18:05", "2009-11-12T02:05", 3, True, "de"),
    ("themes_page2.html", "Price tags talk", "Nora Quill", "November 11, 2009", "2009-11-12T02:05", 403, False, ""),
    ("tags2005.html", "The bell above the door", "Nora Quill", "Friday, March 04, 2005 7:15 PM", None, 2, False, ""),
    ("tags2004.html", "", "Nora Quill", "1/05/2006 06:42:03 AM", None, None, False, ""),
])
def test_what_surrounds_a_post(name: str, title: str, author: str, raw: str, iso: str | None, reported: int | None, closed: bool, language: str) -> None:
    post = post_of(saved(name))
    stamp = post.published.isoformat(timespec="minutes")[:16] if post.published else None
    assert (post.title, post.author, post.published_raw, stamp) == (title, author, raw, iso)
    assert (post.comments_reported, post.comments_closed, post.language) == (reported, closed, language)
    assert post.published_how == ("offset" if iso else None)


@pytest.mark.parametrize(("name", "first", "last"), [
    ("threaded.html", "Everybody in my street", "that my neighbour cannot?"),
    ("tags2005.html", "A bell sells more", "it is meant for one person"),
    ("tags2004.html", "A leaflet nobody asked", "on my mat this morning."),
])
def test_the_body_is_whole_and_without_pixie_footer_labels_and_comments(name: str, first: str, last: str) -> None:
    text = text_of(post_of(saved(name)).html)
    assert text.startswith(first)
    assert text.endswith(last)


def test_lists_and_links_of_a_body_are_kept() -> None:
    assert "<li>it is heard once</li>" in post_of(saved("tags2005.html")).html
    assert '<a href="http://expert.example/">' in post_of(saved("threaded.html")).html


@pytest.mark.parametrize(("name", "expected"), [
    ("threaded.html", [
        ("4100000000000000001", "Ada Finch", "http://adafinch.example/", None, 0, False, None, "Nora, I know what sets me apart, but does that make us all experts? 1 < 2 & so on."),
        ("4100000000000000002", "Nora Quill", NORA, "4100000000000000001", 1, True, None, "Ada, you made my point for me."),
        ("4100000000000000003", "Ada Finch", "http://adafinch.example/", "4100000000000000001", 1, False, "author", ""),
        ("4100000000000000004", "Anonymous", "", None, 0, False, None, "Well said."),
        ("4100000000000000005", "Unknown", NORA.replace("1", "2"), None, 0, False, "moderator", ""),
    ]),
    ("classic.html", [
        ("4200000000000000001", "Ada Finch", "http://adafinch.example/", None, None, False, None, "Preisschilder reden nur, wenn jemand zuhört. Ada"),
        ("4200000000000000002", "Nora Quill", NORA, None, None, True, None, "Das stimmt."),
        ("4200000000000000003", "Anonym", "", None, None, False, "moderator", ""),
    ]),
    ("themes_page2.html", [
        ("4300000000000000001", "Ada Finch", "http://adafinch.example/", None, None, None, None, "The second page begins here."),
        ("4300000000000000002", "Nora Quill", NORA, None, None, True, None, "So it does."),
        ("4300000000000000003", "Sam", "", None, None, None, "unknown", ""),
    ]),
    ("tags2005.html", [
        ("110995000000000001", "Pat from Leeds", "", None, None, None, None, "Ours rings twice."),
        ("110995000000000002", "Nora Quill", NORA, None, None, None, None, "Then it is a gong."),
    ]),
    ("tags2004.html", [
        ("113702982000000001", "Orla", "http://www.blogger.com/profile/03333333333333333333", None, None, None, None, "I keep them for the birds. The birds object, too."),
        ("113702982000000002", "Anonymous", "", None, None, None, "moderator", ""),
    ]),
])
def test_each_comment_with_author_parent_and_words(name: str, expected: list[tuple[object, ...]]) -> None:
    assert [
        (c.ref, c.author, c.author_url, c.parent_ref, c.depth, c.by_post_author, c.removed_how, text_of(c.html))
        for c in comments_of(saved(name))
    ] == expected


def test_the_permalink_tells_the_moment_to_the_millisecond_and_the_printed_form_is_kept() -> None:
    comment = comments_of(saved("threaded.html"))[0]
    assert comment.published == datetime(2009, 11, 12, 4, 26, 41, 250000, tzinfo=UTC)
    assert (comment.published_how, comment.published_raw) == ("epoch", "November 11, 2009 at 8:26 PM")
    assert comment.url == f"{POST}?showComment=1258000001250#c4100000000000000001"


def test_ids_of_2006_tell_the_second_where_the_printed_minute_agrees() -> None:
    agreeing, other = comments_of(saved("tags2004.html"))
    assert (agreeing.published, agreeing.published_how) == (datetime(2006, 1, 12, 1, 37, tzinfo=UTC), "epoch")
    assert (agreeing.published_raw, other.published) == ("1/11/2006 05:37:00 PM", None)


def test_a_printed_time_without_a_moment_is_left_to_cleaning() -> None:
    comment = comments_of(saved("tags2005.html"))[0]
    assert (comment.published, comment.published_how, comment.published_raw) == (None, None, "8:46 PM")


@pytest.mark.parametrize(("url", "page", "others"), [
    ("", 2, {"?commentPage=1", "?commentPage=3"}),
    (POST, 2, {"?commentPage=1", "?commentPage=3"}),
    (f"{POST}?commentPage=2", 2, {"", "?commentPage=3"}),
    (f"{POST}?commentPage=3", 3, {""}),
])
def test_comment_pages_are_numbered_and_lead_to_each_other(url: str, page: int, others: set[str]) -> None:
    shown = saved("themes_page2.html", url)
    assert {comment.page for comment in comments_of(shown)} == {page}
    assert {link.url.removeprefix(POST) for link in links_of(shown, "comments")} == others


def test_a_comment_page_and_the_mobile_page_are_the_same_post() -> None:
    for query in ("?commentPage=2", "?m=1", "?showComment=1258000001250"):
        assert post_of(saved("threaded.html", POST + query)).url == POST


def test_a_saved_file_is_known_by_the_permalink_it_shows() -> None:
    assert post_of(saved("tags2004.html")).url == "http://notes.example/shop/2006/01/leaflets.asp"


def test_a_front_page_gives_links_and_no_post() -> None:
    front = saved("front.html", "http://counter-talk.blogspot.com/")
    found = list(blogger.read(front))
    assert not [item for item in found if isinstance(item, Post | Comment)]
    assert links_of(front, "post")[:2] == [
        Link(POST, "post", "post title", 5),
        Link("http://counter-talk.blogspot.com/2009/11/blog-post.html", "post", "timestamp link", 0),
    ]
    assert [link.url[-8:] for link in links_of(front, "archive")] == ["2009/11/", "2009/10/"]
    assert "/search?updated-max=" in links_of(front, "next")[0].url


@pytest.mark.parametrize("name", ["front.html", "threaded.html"])
def test_the_posts_feed_is_named_once(name: str) -> None:
    assert [link.url for link in links_of(saved(name), "feed")] == ["http://counter-talk.blogspot.com/feeds/posts/default"]


def test_a_theme_that_names_no_feed_has_one_all_the_same() -> None:
    body = (PAGES / "front.html").read_bytes().replace(b"rel=\"alternate\"", b"rel=\"x\"")
    assert [link.url for link in links_of(Page("http://x.example/", body, FETCHED), "feed")] == ["http://x.example/feeds/posts/default"]


def test_a_list_without_posts_is_said_to_be_so() -> None:
    empty = Page("http://x.example/search?q=zzz", b"<meta name='generator' content='blogger'><div id='Blog1'></div>", FETCHED)
    assert [item.reason for item in blogger.read(empty) if isinstance(item, Skipped)] == ["no post found"]


@pytest.mark.parametrize("path", ["", "search/label/trust", "2009/11/", "2009/", "2009_11_01_archive.html", "index.html"])
def test_a_list_with_one_post_is_still_a_list(path: str) -> None:
    page = saved("threaded.html", f"http://counter-talk.blogspot.com/{path}")
    body = page.body.replace(POST.encode() + b"' rel='canonical'", page.url.encode() + b"' rel='canonical'")
    assert not [item for item in blogger.read(Page(page.url, body, FETCHED)) if isinstance(item, Post)]


def test_a_page_that_was_not_found_is_said_to_be_so() -> None:
    page = saved("not_found.html", "http://counter-talk.blogspot.com/2009/11/gone.html")
    assert list(blogger.read(page)) == [Skipped("not found page", page.url, "blogger status message")]


def test_comments_kept_by_disqus_are_known_to_be_elsewhere() -> None:
    body = (PAGES / "front.html").read_bytes().replace(b"</body>", b"<div id='disqus_thread'></div></body>")
    assert post_of(Page(POST, body, FETCHED)).comments_elsewhere == "script-loaded: disqus"


@pytest.mark.parametrize(("total", "number", "following"), [(403, 1, "2"), (403, 2, "3"), (403, 3, ""), (200, 1, "")])
def test_a_template_that_loads_more_by_script_is_asked_for_its_next_page(total: int, number: int, following: str) -> None:
    items = "".join(f"<li class='comment' id='c{10**9 + n}'><div class='comment-block'><p class='comment-content'>{n}</p></div></li>" for n in range(200))
    thread = f"<div id='comments'><h4>{total} comments:</h4><ol>{items}</ol></div></body>"
    body = (PAGES / "front.html").read_bytes().replace(b"</body>", thread.encode())
    links = links_of(Page(f"{POST}?commentPage={number}", body, FETCHED), "comments")
    assert [link.url.partition("?commentPage=")[2] for link in links] == ([following] if following else [])


@pytest.mark.parametrize("markup", [
    "<div class='widget Blog' id='Blog1'><div class='post-outer'><h2 class='post-title'><a href='/2012/05/a.html'>A</a></h2></div></div>",
    "<div class='widget Blog' id='Blog1'><div class='mobile-post-outer'><a href='/2012/05/a.html?m=1'><h3 class='mobile-index-title'>A</h3><div class='post-body'>Aa</div></a></div></div>",
    "<div class='post'><div class='post-body'>Aa</div><p class='post-footer'><a href='/2012/05/a.html' title='permanent link'>1:00</a></p></div>",
])
def test_posts_are_found_on_lists_of_other_themes(markup: str) -> None:
    front = Page("http://x.example/", f"<html><body>{markup}</body></html>".encode(), FETCHED)
    assert [link.url for link in links_of(front, "post")] == ["http://x.example/2012/05/a.html"]


@pytest.mark.parametrize(("heading", "given"), [
    ("10 comments:", 10), ("1 comment:", 1), ("No comments:", 0), ("1 Kommentar:", 1), ("Keine Kommentare:", 0), ("Kommentare:", None),
    ("1.234 comentarios:", 1234), ("Ningún comentario", 0), ("No hay comentarios:", 0), ("2 commentaires:", 2), ("Aucun commentaire:", 0),
    ("Nenhum comentário:", 0), ("Sem comentários:", 0), ("3 commenti:", 3), ("Nessun commento:", 0), ("Geen opmerkingen:", 0),
    ("5 komentarzy:", 5), ("Brak komentarzy:", 0), ("7 комментариев:", 7), ("Нет комментариев:", 0), ("Hiç yorum yok:", 0), ("4 yorum:", 4),
    ("Inga kommentarer:", 0), ("Tidak ada komentar:", 0), ("12 件のコメント:", 12), ("0 件のコメント:", 0), ("没有评论:", 0), ("Žádné komentáře:", 0),
    ("Links to this post:", None), ("Post a Comment", None), ("Comments (3)", 3),
])
def test_headings_state_how_many_comments_there_are(heading: str, given: int | None) -> None:
    assert say.number(heading) == given


@pytest.mark.parametrize(("sentence", "given"), [
    ("This comment has been removed by the author.", "author"), ("This comment has been removed by a blog administrator.", "moderator"),
    ("This post has been removed by the author.", "author"), ("Dieser Kommentar wurde vom Autor entfernt.", "author"),
    ("Der Kommentar wurde von einem Blog-Administrator entfernt.", "moderator"), ("Este comentario ha sido eliminado por el autor.", "author"),
    ("Este comentario ha sido eliminado por un administrador del blog.", "moderator"), ("Ce commentaire a été supprimé par l'auteur.", "author"),
    ("Ce commentaire a été supprimé par un administrateur du blog.", "moderator"), ("Este comentário foi removido pelo autor.", "author"),
    ("Este comentário foi removido por um administrador do blog.", "moderator"), ("Questo commento è stato eliminato dall'autore.", "author"),
    ("Questo commento è stato eliminato da un amministratore del blog.", "moderator"), ("Deze reactie is verwijderd door de auteur.", "author"),
    ("Ten komentarz został usunięty przez autora.", "author"), ("Этот комментарий был удален автором.", "author"),
    ("Этот комментарий был удален администратором блога.", "moderator"), ("このコメントは投稿者によって削除されました。", "author"),
    ("このコメントはブログの管理者によって削除されました。", "moderator"), ("此评论已被作者删除。", "author"),
    ("This comment has been removed by the author, they told me, but I can still read every word of it in my feed reader today.", None),
    ("I had this comment removed by the author.", None), ("Bu yorum yazar gibi.", None), ("This comment has been removed from my heart.", None),
])
def test_the_sentence_in_place_of_a_removed_comment_says_who_did_it(sentence: str, given: str | None) -> None:
    assert say.removed_how(sentence, marked=False) == given


@pytest.mark.parametrize(("line", "name"), [
    ("Jane said...", "Jane"), ("Anonym hat gesagt…", "Anonym"), ("Anónimo dijo...", "Anónimo"), ("Anonyme a dit…", "Anonyme"),
    ("Anônimo disse...", "Anônimo"), ("匿名 さんのコメント...", "匿名"), ("Adsız dedi ki...", "Adsız"), ("Isa", "Isa"), ("Jane Said", "Jane Said"),
])
def test_a_name_is_told_from_the_verb_behind_it(line: str, name: str) -> None:
    assert say.without_said(line) == name


@pytest.mark.parametrize("deep", [500, 5000])
def test_reading_never_fails_on_deep_nesting(deep: int) -> None:
    inner = "<div>" * deep
    for markup in (
        f"{inner}<div class='post-body'>words", f"<div class='post-body'>{inner}<span class='byline'>by Jo</span>words",
        f"<div class='post-body'>words</div><div id='comments'>{'<li class=comment id=c1234567>' * deep}", f"<div id='comments'><div id='c1234567'>{inner}",
    ):
        page = Page(POST, f"<html><meta name='generator' content='blogger'><div id='Blog1'>{markup}".encode(), FETCHED)
        list(blogger.read(page))


@pytest.mark.parametrize(("url", "is_item"), [
    ("file:a.html", True), ("http://notes.example/shop/", False), ("http://notes.example/shop/2004_05_30_index.asp", False),
    ("http://notes.example/shop/2004_05_01_archive.html", False), ("http://notes.example/shop/2005/03/bell.html", True), ("http://x.example/p/about.html", True),
])
def test_the_address_tells_a_post_from_a_list(url: str, is_item: bool) -> None:
    found = list(blogger.read(saved("tags2005.html", url)))
    assert any(isinstance(item, Post) for item in found) is is_item


@given(st.binary(max_size=400))
def test_reading_never_fails_on_arbitrary_bytes(body: bytes) -> None:
    page = Page("http://x.example/2009/11/a.html", body, FETCHED)
    blogger.confidence(page)
    list(blogger.read(page))


@settings(max_examples=60, deadline=None)
@given(st.sampled_from(sorted(PAGES.glob("*.html"))), st.integers(0, 15000), st.integers(0, 400), st.binary(max_size=40))
def test_reading_never_fails_on_a_damaged_page(path: Path, start: int, length: int, instead: bytes) -> None:
    body = path.read_bytes()
    list(blogger.read(Page(POST, body[:start] + instead + body[start + length:], FETCHED)))


def test_pages_read_by_hand_are_read_alike(shared: Path) -> None:
    found = scoring.scores(shared, "blogger")
    wanted = sum(score.gold for score in found)
    assert sum(score.complete for score in found) / wanted >= FLOORS["blogger.gold.with_author_and_parent"]
    assert sum(score.dates for score in found) / sum(score.dated for score in found) >= FLOORS["blogger.gold.dates"]
    assert sum(all((score.title, score.author, score.date)) for score in found) / len(found) >= FLOORS["blogger.gold.posts"]
    assert [(score.extra, score.leaked, score.edges_false) for score in found] == [(0, 0, 0)] * len(found)
    assert [count for count in scoring.counts(shared, "blogger") if not count.is_equal] == []


@pytest.mark.parametrize("number", range(11))
def test_real_posts_without_comments_have_none(shared: Path, number: int) -> None:
    path = sorted((shared / "pages/zero_comments").glob("*.html"))[number]
    page = Page(f"file:{path.name}", path.read_bytes(), FETCHED)
    post = post_of(page)
    assert comments_of(page) == []
    assert (post.author, post.comments_reported, post.published_how) == ("Dan", 0, "offset")
    assert "Posted by" not in text_of(post.html)
    assert "Labels:" not in text_of(post.html)


@dataclass(frozen=True)
class Blog:
    """A running look-alike and what can be read in it."""

    template: str
    url: str
    posts: dict[str, dict[str, object]]
    comments: dict[str, dict[str, object]]

    def page(self, path: str) -> Page:
        try:
            with urlopen(self.url + path) as answer:
                return Page(answer.geturl(), answer.read(), FETCHED, (("content-type", answer.headers["content-type"]),))
        except HTTPError as error:
            return Page(self.url + path, error.read(), FETCHED, status=error.code)


@pytest.fixture(scope="module", params=TEMPLATES)
def blog(shared: Path, tmp_path_factory: pytest.TempPathFactory, request: pytest.FixtureRequest) -> Iterator[Blog]:
    folder = tmp_path_factory.mktemp("blogger")
    places = {"HUBBUB_BLOGGER_RUN": str(folder), "HUBBUB_BLOGGER_TRUTH": str(folder / "truth.jsonl")}
    command = [sys.executable, str(shared / "servers/blogger_sim.py")]

    def run(*arguments: str) -> str:
        done = subprocess.run([*command, *arguments], env={**os.environ, **places}, stdout=subprocess.PIPE, text=True, check=True, timeout=60)
        return done.stdout.strip()

    url = run("start", "--template", request.param).rstrip("/")
    try:
        truth = [json.loads(line) for line in (folder / "truth.jsonl").read_text().splitlines()]
        posts = {each["path"]: each for each in truth if each["kind"] == "post"}
        yield Blog(request.param, url, posts, {each["id"]: each for each in truth if each["kind"] == "comment"})
    finally:
        run("stop")


def test_a_whole_blog_is_read_as_it_was_written(blog: Blog) -> None:
    read: dict[str, Comment] = {}
    for path, written in blog.posts.items():
        pages = _with_further_pages(blog, path)
        for page in pages:
            post, comments = post_of(page), comments_of(page)
            assert (post.url, post.title, post.author) == (blog.url + path, " ".join(str(written["title"]).split()), written["author"])
            assert post.published == datetime.fromisoformat(str(written["date"]))
            assert post.comments_reported == (None if written["comments_hidden"] else written["comment_count"])
            assert bool(post.comments_closed) == written["closed"]
            assert "Reblog" not in post.html
            shown = {comment.ref for comment in comments}
            for comment in comments:
                _assert_as_written(comment, blog.comments[comment.ref], shown, blog.template)
                assert comment.ref not in read
                read[comment.ref] = comment
    assert len(blog.posts) == 60
    assert read.keys() == blog.comments.keys()
    assert len(read) == 698


def _with_further_pages(blog: Blog, path: str) -> list[Page]:
    pages, waiting = [blog.page(path)], [1]
    for number in waiting:
        for link in links_of(pages[number - 1], "comments"):
            further = int(link.url.partition("commentPage=")[2] or 1)
            if further == len(waiting) + 1:
                waiting.append(further)
                pages.append(blog.page(link.url.removeprefix(blog.url)))
    return pages


def _assert_as_written(comment: Comment, written: dict[str, object], shown: set[str], template: str) -> None:
    parent = written["parent"] if template == "threaded" and written["parent"] in shown else None
    assert (comment.author, comment.author_url, comment.parent_ref) == (written["author"], written["author_url"], parent)
    assert comment.published == datetime.fromisoformat(str(written["date"]))
    assert bool(comment.by_post_author) == written["by_post_author"]
    assert (comment.removed_how is not None) == written["removed"]
    assert text_of(comment.html) == ("" if written["removed"] else text_of(str(written["content_html"])))


def test_archives_of_a_whole_blog_lead_to_every_post(blog: Blog) -> None:
    months = [link.url for link in links_of(blog.page("/"), "archive")]
    posts = {link.url for month in months for link in links_of(blog.page(month.removeprefix(blog.url)), "post")}
    assert posts == {blog.url + path for path in blog.posts}


def test_a_missing_page_of_a_blog_is_skipped(blog: Blog) -> None:
    assert [item.reason for item in blogger.read(blog.page("/2009/01/nothing.html")) if isinstance(item, Skipped)] == ["not found page"]
