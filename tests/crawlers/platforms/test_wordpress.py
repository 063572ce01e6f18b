"""WordPress, theme generation by theme generation: our own words in real markup, then real pages by the numbers."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import html

from crawlers.markup import words
from crawlers.platforms import wordpress
from crawlers.reading import read
from schema.items import Comment, Link, Page, Post, Skipped
from tests.crawlers.platforms import scoring

_PAGES = Path(__file__).parents[2] / "pages/wordpress"
_FLOORS = Path(__file__).parents[2] / "gold/floors.json"
_THEMES = ("kubrick", "html5", "block", "closed_with_bio", "empty_form", "flat_divs", "thesis", "disqus_plugin", "epoch",
           "wpdiscuz", "genesis", "divi", "avada")


def _page(name: str, url: str = "") -> Page:
    return Page(url or f"file:{name}.html", (_PAGES / f"{name}.html").read_bytes(), datetime(2024, 5, 1, tzinfo=UTC))


def _post(name: str, url: str = "") -> Post:
    return next(item for item in wordpress.read(_page(name, url)) if isinstance(item, Post))


def _comments(name: str, url: str = "") -> list[Comment]:
    return [item for item in wordpress.read(_page(name, url)) if isinstance(item, Comment)]


def _links(page: Page, kind: str) -> list[str]:
    return [item.url for item in wordpress.read(page) if isinstance(item, Link) and item.kind == kind]


def _text(markup: str) -> str:
    return words(html.fragment_fromstring(markup, create_parent="div"))


@pytest.mark.parametrize(("name", "expected"), [
    ("kubrick", [("7", None, "Mo the Baker", "September 5th, 2006 at 10:02 am", "I kept one for the window. It has faded nicely."),
                 ("8", None, "Pru", "September 5th, 2006 at 11:40 am", "One came back as a paper plane. That was mine. Sorry."),
                 ("9", None, "Pins 4 U", "September 6th, 2006 at 3:00 am", "Great post! Visit us for pins."),
                 ("10", None, "Other Paper", "September 7th, 2006 at 8:15 am", "[...] the Ledger on leaflets [...]")]),
    ("html5", [("31", None, "Suppenkasper", "4. März 2021 um 12:01 Uhr", "Die Suppe war gut.Der Laden auch."),
               ("32", "31", "Hilde", "4. März 2021 um 12:30 Uhr", "Das freut mich."),
               ("33", "32", "Ede", "5. März 2021 um 7:00 Uhr", "Gibt es auch Nachtisch? 1 < 2 & so."),
               ("34", None, "Zettelwirtschaft", "", "Zettelwirtschaft"), ("35", None, "Alte Schule", "", "Alte Schule")]),
    ("block", [("501", None, "Wet Willie", "October 2, 2023", "Mine is still in Leeds.")]),
    ("closed_with_bio", [("201", None, "Bertha", "May 7, 2012 at 2:15 pm", "You still owe me jam."),
                         ("202", "201", "Ned Plum", "May 7, 2012 at 2:40 pm", "On its way, Auntie."),
                         ("203", None, "Jam Fan", "May 8, 2012 at 9:00 am", "Does the dog have a jam?")]),
    ("empty_form", []),
    ("flat_divs", [("61", None, "Zoé", "4 mai 2020 - 10:05", "Et le beurre ?"),
                   ("62", "61", "Marc", "4 mai 2020 - 11:00", "Pareil."),
                   ("63", None, "Luce", "5 mai 2020 - 08:00", "Je fais mon pain.")]),
    ("thesis", [("11", None, "Owl", "December 5, 2010 at 1:10 am", "I saw it."),
                ("12", None, "Moth", "December 5, 2010 at 2:20 am", "I flew into it.")]),
    ("disqus_plugin", [("71", None, "Colle", "", "Surtout bien collée."), ("72", "71", "Pinceau", "", "Avec soin.")]),
    ("epoch", [("21", None, "Ding", "March 10, 2017 at 12:20 AM", "Ding!"),
               ("22", "21", "Dong", "March 10, 2017 at 1:26 AM", "Dong!")]),
    ("wpdiscuz", [("501", None, "Ann", "March 3, 2021 10:04 am", "Mine is a flag now."),
                  ("502", "501", "Ned", "March 3, 2021 11:15 am", "Of which country?")]),
    ("genesis", [("601", None, "Uma", "February 3, 2015 at 10:00 am", "I count in French. It slows the queue."),
                 ("602", "601", "Tess", "February 3, 2015 at 12:30 pm", "Then they buy more.")]),
    ("divi", [("701", None, "Ida", "March 4, 2019 at 9:30 am", "I gain weight on my way home."),
              ("702", "701", "Abe", "March 4, 2019 at 4:00 pm", "Come at five.")]),
    ("avada", [("801", None, "Kim", "June 2, 2018 at 8:15 am", "I lost mine at nine."),
               ("802", "801", "Lou", "June 2, 2018 at 9:00 am", "We found it. It says eight.")]),
])
def test_each_generation_of_themes_gives_number_parent_author_date_and_words_and_nothing_else(
        name: str, expected: list[tuple[str, str | None, str, str, str]]) -> None:
    assert [(one.ref, one.parent_ref, one.author, one.published_raw, _text(one.html)) for one in _comments(name)] == expected


@pytest.mark.parametrize(("name", "title", "author", "date", "text"), [
    ("kubrick", "Leaflets still work", "", "Tuesday, September 5th, 2006 at 9:12 am",
     "We printed two hundred leaflets & gave them to the baker. Forty came back with a purchase.One came back as a paper plane."),
    ("html5", "Kassenzettel als Werbung", "Hilde", "4. März 2021",
     "Auf der Rückseite steht jetzt ein Rezept. Wer es kocht, kommt wieder."),
    ("block", "Umbrella stand, free to borrow", "Gladys", "October 2, 2023",
     "Borrow one, bring it back dry.What it costsEleven umbrellas a month."),
    ("closed_with_bio", "Naming a product after your aunt", "Ned Plum", "May 7, 2012",
     "Aunt Bertha sold more jam than any brand consultant.Ask her first.Pay her in jam."),
    ("empty_form", "How to fold a price list", "Ivy", "February 11, 2019",
     "TwiceFold it twice.Then once moreIt fits a pocket now."),
    ("flat_divs", "Le prix du pain", "", "", "Le pain a pris dix centimes."),
    ("thesis", "Shop windows at night", "Oz", "December 4, 2010", "Leave one light on."),
    ("disqus_plugin", "Affiches", "Paulette", "3 mars 2013", "Une affiche vaut mille tracts."),
    ("epoch", "Bells on doors", "", "", "A bell says hello before you do."),
    ("wpdiscuz", "Tea towels as adverts", "", "", "We print the opening hours on tea towels.Nobody throws a tea towel away."),
    ("genesis", "Counting coins", "Tess", "February 2, 2015", "Count aloud.The customer counts along."),
    ("divi", "Bread at four", "Abe", "Mar 3, 2019", "The smell is the advert.Open the door at four."),
    ("avada", "The loyalty card", "Lou", "2018-06-01", "Ten stamps, one loaf.Nobody has ever reached ten."),
])
def test_the_post_has_title_byline_and_body_without_furniture_or_comments(
        name: str, title: str, author: str, date: str, text: str) -> None:
    post = _post(name)
    assert (post.title, post.author, post.published_raw, _text(post.html)) == (title, author, date, text)


@pytest.mark.parametrize(("name", "reported", "closed"), [
    ("kubrick", 4, False), ("html5", 5, False), ("block", 1, False), ("closed_with_bio", 3, True),
    ("empty_form", 0, False), ("flat_divs", 3, True), ("thesis", 2, None), ("epoch", 2, None),
    ("wpdiscuz", 2, False), ("genesis", 2, None), ("divi", 2, False), ("avada", 2, None),
])
def test_the_heading_says_how_many_and_the_form_or_a_note_whether_one_may_still_comment(
        name: str, reported: int, closed: bool | None) -> None:
    assert (_post(name).comments_reported, _post(name).comments_closed) == (reported, closed)


@pytest.mark.parametrize(("heading", "number"), [
    ("3 thoughts on “Jam”", 3), ("One thought on “Jam”", 1), ("20 Responses to Jam", 20), ("1,204 comments", 1204),
    ("No comments yet", 0), ("Comments (12)", 12), ("5 Gedanken zu „Brot“", 5), ("Ein Kommentar", 1),
    ("91 Ergänzungen", 91), ("7 réflexions au sujet de « Pain »", 7), ("Une réponse", 1), ("2 comentarios en “Pan”", 2),
    ("Un comentario", 1), ("4 reacties op “Brood”", 4), ("Een gedachte over “Brood”", 1), ("6 commenti", 6),
    ("Un commento", 1), ("8 comentários", 8), ("Um comentário", 1), ("9 комментариев", 9), ("Нет комментариев", 0),
    ("11 komentarzy do “Chleb”", 11), ("Jeden komentarz", 1), ("3 kommentarer till ”Bröd”", 3), ("2 svar på «Brød»", 2), ("4 kommentarer", 4),
    ("5 kommenttia artikkeliin “Leipä”", 5), ("6 komentářů: „Chleba“", 6), ("Komentáře: 7", 7), ("8 hozzászólás ehhez: Kenyér", 8), ("“Ekmek” için 9 yorum", 9),
    ("10 σχόλια στο “Ψωμί”", 10), ("「パン」への11件のフィードバック", 11), ("12 件のコメント", 12), ("《面包》有13个想法", 13), ("14 条评论", 14), ("15 則留言", 15),
    ("“빵”에 대한 16개의 댓글", 16), ("Leave a Reply", None), ("Top 10 windows of 2012", None),
])
def test_headings_are_counted_in_the_languages_of_wordpress(heading: str, number: int | None) -> None:
    from crawlers.platforms._wordpress_count import number_in
    assert number_in(heading) == number


def test_the_author_box_is_kept_apart() -> None:
    assert "regrets only the dog" in _post("closed_with_bio").bio


def test_who_wrote_a_comment_that_is_not_recognized_did_not_write_the_post() -> None:
    comment = '<ol class="comment-list"><li class="comment" id="comment-1hello"><cite class="fn">Ann</cite> <span class="date">1 Jan 2019</span><p>Nice.</p></li></ol>'
    for byline, author in (('<p>By <span class="author">Zoe</span></p>', "Zoe"), ("", "")):
        body = f'<body class="single"><article class="hentry"><h1>Jam</h1>{byline}<div class="entry-content"><p>We made jam.</p></div></article><section id="comments">{comment}</section></body>'
        post = next(item for item in wordpress.read(Page("http://jam.example/jam/", body.encode(), datetime(2024, 5, 1, tzinfo=UTC))) if isinstance(item, Post))
        assert (post.author, post.published_raw) == (author, "")


def test_pings_are_told_by_kind_and_counted_apart() -> None:
    assert [one.kind for one in _comments("html5")] == ["comment"] * 3 + ["pingback", "trackback"]
    assert [one.kind for one in _comments("kubrick")] == ["comment"] * 3 + ["trackback"]


def test_the_post_author_is_known_by_class_where_the_theme_prints_classes() -> None:
    assert [one.by_post_author for one in _comments("html5")] == [False, True, False, False, False]
    assert {one.by_post_author for one in _comments("kubrick")} == {None}


def test_stamps_with_an_offset_are_exact_and_others_are_left_to_cleaning() -> None:
    first = _comments("html5")[0]
    assert (first.published, first.published_how) == (datetime.fromisoformat("2021-03-04T12:01:22+01:00"), "offset")
    assert {one.published for one in _comments("kubrick")} == {None}


def test_authors_keep_their_addresses() -> None:
    assert [one.author_url for one in _comments("kubrick")] == \
        ["http://baker.example/", "", "http://pins.example/", "http://other.example/leaf"]
    assert _comments("disqus_plugin")[0].author_url == "http://colle.example/"


def test_a_post_that_opens_on_its_newest_page_knows_its_comment_page_and_the_others() -> None:
    url = "https://ladenkram.example/kassenzettel/"
    assert {one.page for one in _comments("html5", url)} == {2}
    assert _links(_page("html5", url), "comments") == ["https://ladenkram.example/kassenzettel/comment-page-1/"]


def test_no_link_leads_to_a_reply_form() -> None:
    found = [link for name in _THEMES for link in wordpress.read(_page(name)) if isinstance(link, Link)]
    assert found
    assert not [link for link in found if "replytocom" in link.url]


def test_a_protected_post_is_skipped_with_its_reason_and_no_row() -> None:
    found = list(wordpress.read(_page("password", "https://till.example/margins/")))
    assert Skipped("password protected", "https://till.example/margins/") in found
    assert not [item for item in found if isinstance(item, Post)]


def test_a_listing_leads_to_posts_older_posts_and_months_and_is_no_post() -> None:
    page = _page("listing", "https://till.example/")
    assert not [item for item in wordpress.read(page) if isinstance(item, Post | Comment)]
    assert _links(page, "post") == ["https://till.example/2018/02/coins/", "https://till.example/2018/01/12/",
                                    "https://till.example/about/"]
    assert _links(page, "next") == ["https://till.example/page/2/"]
    assert _links(page, "archive") == ["https://till.example/2018/02/", "https://till.example/2018/01/"]


def test_feeds_are_told_from_comment_feeds() -> None:
    rules = {item.url: item.rule for item in wordpress.read(_page("listing", "https://till.example/"))
             if isinstance(item, Link) and item.kind == "feed"}
    assert rules == {"https://till.example/feed/": "link rel=alternate", "https://till.example/comments/feed/": "comments feed"}


def test_a_page_that_was_not_found_is_skipped() -> None:
    page = replace(_page("empty_form"), status=404)
    assert list(wordpress.read(page)) == [Skipped("not found page", page.url)]


@pytest.mark.parametrize("name", [*_THEMES, "password", "listing"])
def test_wordpress_is_sure_of_its_own_pages(name: str) -> None:
    assert wordpress.confidence(_page(name)) == 1.0


@pytest.mark.parametrize(("body", "least", "most"), [
    (b"<html><body><p>Nothing at all</p></body></html>", 0.0, 0.0),
    (b"<html><body><ol class='commentlist'><li id='comment-4'>x</li></ol></body></html>", 0.1, 0.7),
    (b"<meta name='generator' content='Drupal 7'><img src='/wp-content/uploads/x.png'>", 0.0, 0.5),
])
def test_weak_hints_give_little_confidence(body: bytes, least: float, most: float) -> None:
    assert least <= wordpress.confidence(Page("http://x.example/", body, datetime.now(UTC))) <= most


@pytest.mark.parametrize("name", _THEMES)
def test_a_page_cut_anywhere_is_still_read(name: str) -> None:
    whole = _page(name)
    for end in range(0, len(whole.body), 211):
        list(wordpress.read(replace(whole, body=whole.body[:end])))


@given(name=st.sampled_from(_THEMES), at=st.floats(0, 1), cut=st.integers(0, 80), put=st.binary(max_size=12))
@settings(max_examples=60, deadline=None)
def test_a_damaged_page_is_still_read(name: str, at: float, cut: int, put: bytes) -> None:
    whole = _page(name)
    start = int(at * len(whole.body))
    page = replace(whole, body=whole.body[:start] + put + whole.body[start + cut:])
    refs = [item.ref for item in wordpress.read(page) if isinstance(item, Comment)]
    assert len(refs) == len(set(refs))


def test_gold_comments_of_real_pages_are_found_with_author_and_parent(shared: Path) -> None:
    scores = scoring.scores(shared, "wordpress")
    gold, complete = sum(one.gold for one in scores), sum(one.complete for one in scores)
    assert complete / gold >= json.loads(_FLOORS.read_text())["wordpress.gold.with_author_and_parent"]
    assert [one.file for one in scores if one.leaked or one.extra or one.edges_false] == []


def test_numbers_of_comments_and_pings_on_real_pages_are_those_of_the_manifest(shared: Path) -> None:
    counts = scoring.counts(shared, "wordpress")
    equal = sum(one.is_equal for one in counts) / len(counts)
    assert equal >= json.loads(_FLOORS.read_text())["wordpress.manifest.counts"]


def test_no_page_of_the_fixtures_is_taken_by_another_platform() -> None:
    assert {read(_page(name)).platform for name in _THEMES} == {"wordpress"}


@pytest.mark.parametrize(("markup", "service"), [
    ('<div id="respond" class="comment-respond"><form class="comment-form"><iframe id="jetpack_remote_comment" src="https://jetpack.wordpress.com/jetpack-comment/?blogid=1&postid=2"></iframe></form></div>', ""),
    ('<div id="disqus_thread"></div><script src="https://till.disqus.com/embed.js"></script>', "disqus"),
    ('<div class="fb-comments" data-href="https://till.example/x/"></div>', "facebook"),
    ('<div id="wpd-threads" class="wpd-comments-deferred"></div><div class="wpd-comments-deferred"></div>', "wpdiscuz"),
])
def test_comments_that_a_script_brings_are_known_to_be_elsewhere(markup: str, service: str) -> None:
    """Jetpack's frame is only its form: the comments stand in the page."""
    body = f"<html><head><link href='/wp-content/themes/x.css'></head><body class='single postid-2'><h1 class=entry-title>X</h1><div class=entry-content><p>Words</p></div>{markup}"
    (post,) = [item for item in wordpress.read(Page("https://till.example/x/", body.encode(), datetime.now(UTC))) if isinstance(item, Post)]
    assert post.comments_elsewhere == (f"script-loaded: {service}" if service else "")
    assert post.comments_closed in (None, False)


def test_no_label_of_a_theme_is_left_in_any_comment() -> None:
    text = " ".join(_text(one.html) for name in _THEMES for one in _comments(name))
    assert not re.search(r"Says|sagt:|Reply|Antworten|Répondre|Edit|Bearbeiten|moderation|Signaler|Report|Gefällt mir", text)
