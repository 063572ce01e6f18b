"""The Writer on both engines: together or not at all, and twice is once."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import Engine, func, select
from sqlalchemy.exc import SQLAlchemyError

from pipeline import runs
from pipeline.store import Writer, store
from schema import views
from schema.items import Comment, Post, Skipped, TextLink, Thread
from schema.keys import comment_key, post_key
from schema.tables import comment, links, post, skipped

MONDAY = datetime(2010, 3, 1, 9, 0, tzinfo=UTC)
URL = "http://corner.example/2010/03/loyalty"
KEY = post_key(URL)


def _post(**changes: object) -> Post:
    bare = Post(url=URL, platform="blogger", rule="r", key=KEY, source="corner.example", title="Loyalty", author="Dana",
                author_key="a1", text="Nobody wants a card.", html="<p>Nobody wants a card.</p>", published=MONDAY,
                fetched_at=MONDAY, comments_reported=2, origin="run 1")
    return replace(bare, **changes)  # type: ignore[arg-type]  # the tests name fields that exist


def _comment(ref: str, place: int, **changes: object) -> Comment:
    bare = Comment(ref=ref, platform="blogger", rule="r", key=comment_key(KEY, ref), post_key=KEY, place=place,
                   source="corner.example", author=f"Reader {ref}", text=f"Remark {ref}.", html=f"Remark {ref}.",
                   published=MONDAY + timedelta(minutes=place), fetched_at=MONDAY)
    return replace(bare, **changes)  # type: ignore[arg-type]


def _store(engine: Engine, *threads: Thread) -> None:
    store(engine, runs.start(engine, "test", {}), threads)


def _rows(engine: Engine, name: str) -> list[dict[str, object]]:
    view = {"posts": views.posts, "comments": views.comments}[name]
    with engine.connect() as connection:
        return [dict(row) for row in connection.execute(select(view).order_by(view.c.key)).mappings()]


def test_a_thread_comes_out_as_it_went_in(engine: Engine) -> None:
    reply = _comment("8", 2, reply_to=comment_key(KEY, "7"), reply_to_how="markup",
                     links=(TextLink("http://shop.example/", "Remark", 0, 6),))
    _store(engine, Thread(_post(), (_comment("7", 1), reply)))
    (stored,) = _rows(engine, "posts")
    assert (stored["title"], stored["published"], stored["threading"]) == ("Loyalty", MONDAY, "nested")
    assert (stored["comments_reported"], stored["comments_stored"], stored["completeness"]) == (2, 2, "complete")
    by_position = {row["position"]: row for row in _rows(engine, "comments")}
    assert by_position[2]["reply_to"] == by_position[1]["key"]
    assert [by_position[place]["depth"] for place in (1, 2)] == [0, 1]
    assert by_position[1]["spam"] is None, "not judged is null, never 0"
    with engine.connect() as connection:
        assert connection.execute(select(links.c.anchor)).scalars().all() == ["Remark"]


def test_storing_twice_changes_nothing(engine: Engine) -> None:
    thread = Thread(_post(), (_comment("7", 1, links=(TextLink("http://s.example/", "Remark", 0, 6),)), _comment("8", 2)))
    _store(engine, thread)
    before = _rows(engine, "posts"), _rows(engine, "comments")
    _store(engine, thread)
    assert (_rows(engine, "posts"), _rows(engine, "comments")) == before
    with engine.connect() as connection:
        assert connection.execute(select(func.count()).select_from(links)).scalar() == 1


def test_new_and_known_are_counted_apart(engine: Engine) -> None:
    run = runs.start(engine, "test", {})
    store(engine, run, [Thread(_post(), (_comment("7", 1),))])
    counts = store(engine, run, [Thread(_post(), (_comment("7", 1), _comment("8", 2)))])
    assert (counts.posts, counts.new_posts, counts.comments, counts.new_comments) == (1, 0, 2, 1)


def test_a_second_comment_page_continues_the_count_and_keeps_the_post(engine: Engine) -> None:
    _store(engine, Thread(_post(), (_comment("7", 1), _comment("8", 2))))
    bare = _post(text="", html="", title="", comments_reported=None)
    _store(engine, Thread(bare, (_comment("9", 1, page=2),)))
    (stored,) = _rows(engine, "posts")
    assert (stored["title"], stored["text"], stored["comments_reported"]) == ("Loyalty", "Nobody wants a card.", 2)
    assert (stored["comments_stored"], stored["completeness"]) == (3, "complete")
    assert sorted(row["position"] for row in _rows(engine, "comments")) == [1, 2, 3]  # type: ignore[type-var]


def test_an_earlier_page_that_comes_later_moves_the_others(engine: Engine) -> None:
    _store(engine, Thread(_post(), (_comment("9", 1, page=2),)))
    _store(engine, Thread(_post(), (_comment("7", 1), _comment("8", 2))))
    positions = {row["key"]: row["position"] for row in _rows(engine, "comments")}
    assert [positions[comment_key(KEY, ref)] for ref in "789"] == [1, 2, 3]


def test_pages_of_one_batch_are_put_together(engine: Engine) -> None:
    bare = _post(text="", html="", comments_reported=None)
    _store(engine, Thread(_post(), (_comment("7", 1),)), Thread(bare, (_comment("9", 1, page=2),)))
    (stored,) = _rows(engine, "posts")
    assert (stored["text"], stored["comments_stored"]) == ("Nobody wants a card.", 2)


def test_a_reported_number_that_counts_pings_is_corrected(engine: Engine) -> None:
    thread = Thread(_post(pings_reported=1), (_comment("7", 1), _comment("8", 2, kind="pingback")))
    _store(engine, thread)
    (stored,) = _rows(engine, "posts")
    assert (stored["comments_reported"], stored["comments_stored"], stored["completeness"]) == (1, 1, "complete")


def test_a_changed_text_is_dated_and_an_unchanged_one_is_not(engine: Engine) -> None:
    _store(engine, Thread(_post(), (_comment("7", 1), _comment("8", 2))))
    tuesday = MONDAY + timedelta(days=1)
    edited = _comment("7", 1, text="Remark 7, corrected.", fetched_at=tuesday)
    _store(engine, Thread(_post(fetched_at=tuesday), (edited, _comment("8", 2, fetched_at=tuesday))))
    dates = {row["text"]: (row["first_seen"], row["last_seen"], row["changed_at"]) for row in _rows(engine, "comments")}
    assert dates == {
        "Remark 7, corrected.": (MONDAY, tuesday, tuesday),
        "Remark 8.": (MONDAY, tuesday, MONDAY),
    }


def test_the_origin_is_the_fetch_that_brought_the_text(engine: Engine) -> None:
    _store(engine, Thread(_post(), (_comment("7", 1, origin="run 1"), _comment("8", 2, origin="run 1"))))
    _store(engine, Thread(_post(origin="run 2"), (_comment("7", 1, origin="run 2"), _comment("8", 2, text="Edited.", origin="run 2"))))
    assert {row["text"]: row["origin"] for row in _rows(engine, "comments")} == {"Remark 7.": "run 1", "Edited.": "run 2"}
    assert _rows(engine, "posts")[0]["origin"] == "run 1"


def test_a_removed_comment_keeps_the_text_that_was_seen(engine: Engine) -> None:
    _store(engine, Thread(_post(), (_comment("7", 1),)))
    _store(engine, Thread(_post(), (_comment("7", 1, text="", html="", removed_how="author"),)))
    (row,) = _rows(engine, "comments")
    assert (row["text"], row["removed_how"]) == ("Remark 7.", "author")


def test_a_feed_completes_the_page_and_the_page_keeps_what_it_knows_better(engine: Engine) -> None:
    on_page = _comment("7", 1, published_how="local", published_raw="March 1, 2010")
    _store(engine, Thread(_post(), (on_page, _comment("8", 2))))
    exact = MONDAY + timedelta(hours=8)
    in_feed = _comment("8", 0, via="feed", text="Remark 8 as the feed has it.", published=exact, published_how="feed",
                       reply_to=comment_key(KEY, "7"), reply_to_how="feed", author="")
    unseen = _comment("9", 0, via="feed", published=exact, published_how="feed")
    _store(engine, Thread(_post(via="summary", text="Nobody..."), (in_feed, unseen)))
    rows = {row["position"]: row for row in _rows(engine, "comments")}
    assert [rows[place]["text"] for place in (1, 2, 3)] == ["Remark 7.", "Remark 8.", "Remark 9."]
    assert (rows[2]["published"], rows[2]["published_how"], rows[2]["author"]) == (exact, "feed", "Reader 8")
    assert (rows[2]["reply_to"], rows[2]["reply_to_how"], rows[2]["depth"]) == (rows[1]["key"], "feed", 1)
    assert (rows[2]["via"], rows[3]["via"], _rows(engine, "posts")[0]["text"]) == ("page", "feed", "Nobody wants a card.")


def test_whichever_comes_first_the_row_is_the_same(engine: Engine) -> None:
    page = Thread(_post(), (_comment("7", 1, author_how="name", author_key="a-name"), _comment("8", 2, kind="pingback")))
    exact = {"via": "feed", "published_how": "feed", "platform": "feed", "rule": "f"}
    link = TextLink("http://s.example/", "feed", 0, 4)
    in_feed = (
        _comment("7", 0, author="R. Seven", author_how="profile", author_key="a-profile", author_url="http://p.example/7",
                 text="feed 7", links=(link,), **exact),
        _comment("8", 0, text="feed 8", reply_to=comment_key(KEY, "7"), reply_to_how="feed", **exact),
    )
    bare = _post(via="feed", title="", author="", author_key="", text="", html="", published=None, platform="feed", rule="f",
                 comments_reported=9, url=URL + "?from=feed", origin="run 2")
    seen = []
    for order in ((page, Thread(bare, in_feed)), (Thread(bare, in_feed), page)):
        with engine.begin() as connection:
            connection.execute(post.delete())
        _store(engine, *order)
        with engine.connect() as connection:
            linked = connection.execute(select(links.c.anchor)).scalars().all()
        unlike = ("first_seen", "changed_at")
        seen.append(([{k: v for k, v in row.items() if k not in unlike} for row in (*_rows(engine, "posts"), *_rows(engine, "comments"))], linked))
    assert seen[0] == seen[1]
    (stored,), comments = _rows(engine, "posts"), {row["position"]: row for row in _rows(engine, "comments")}
    assert (stored["url"], stored["platform"], stored["via"], stored["origin"], stored["comments_reported"]) == (URL, "blogger", "page", "run 1", 2)
    assert (comments[1]["author"], comments[1]["author_key"], comments[1]["text"]) == ("Reader 7", "a-profile", "Remark 7.")
    assert (comments[2]["kind"], comments[2]["reply_to"]) == ("pingback", comments[1]["key"])
    assert seen[0][1] == [], "links belong to the text that is stored"


def test_an_api_knows_the_parent_where_a_page_stops_nesting(engine: Engine) -> None:
    three = _comment("7", 1), _comment("8", 2, reply_to=comment_key(KEY, "7"), reply_to_how="markup")
    flattened = _comment("9", 3, reply_to=comment_key(KEY, "7"), reply_to_how="markup")
    told = _comment("9", 0, via="api", reply_to=comment_key(KEY, "8"), reply_to_how="api")
    for threads in (Thread(_post(), (*three, flattened)), Thread(_post(via="api"), (told,)), Thread(_post(), (*three, flattened))):
        _store(engine, threads)
    row = next(row for row in _rows(engine, "comments") if row["position"] == 3)
    assert (row["reply_to"], row["reply_to_how"], row["depth"]) == (comment_key(KEY, "8"), "api", 2)


def test_a_page_betters_what_a_feed_said_first(engine: Engine) -> None:
    _store(engine, Thread(_post(via="summary", text="Nobody...", html="Nobody..."), ()))
    _store(engine, Thread(_post(), ()))
    (stored,) = _rows(engine, "posts")
    assert (stored["text"], stored["via"]) == ("Nobody wants a card.", "page")


def test_a_reply_to_an_unknown_comment_is_noted_until_its_parent_comes(engine: Engine) -> None:
    orphan = _comment("8", 1, page=2, reply_to=comment_key(KEY, "7"), reply_to_how="markup")
    _store(engine, Thread(_post(), (orphan,)))
    (row,) = _rows(engine, "comments")
    assert (row["reply_to"], row["reply_note"], row["depth"]) == (None, "parent missing", 0)
    _store(engine, Thread(_post(), (_comment("7", 1),)))
    rows = {row["position"]: row for row in _rows(engine, "comments")}
    assert (rows[2]["reply_to"], rows[2]["reply_note"], rows[2]["depth"]) == (rows[1]["key"], "", 1)


def test_what_databases_refuse_is_stored_without_it(engine: Engine) -> None:
    _store(engine, Thread(_post(title="Loy\x00alty \ud83d"), (_comment("7", 1, author="\x00Zoë \udcff", text="a\x00b"),)))
    assert _rows(engine, "posts")[0]["title"] == "Loyalty \ufffd"
    assert (_rows(engine, "comments")[0]["author"], _rows(engine, "comments")[0]["text"]) == ("Zoë \ufffd", "ab")


def test_a_post_and_its_comments_go_in_together_or_not_at_all(engine: Engine) -> None:
    broken = _comment("8", 2, kind=None)
    with pytest.raises(SQLAlchemyError):
        _store(engine, Thread(_post(), (_comment("7", 1), broken)))
    with engine.connect() as connection:
        assert connection.execute(select(func.count()).select_from(post)).scalar() == 0
        assert connection.execute(select(func.count()).select_from(comment)).scalar() == 0


def test_what_was_skipped_is_counted_by_reason(engine: Engine) -> None:
    run = runs.start(engine, "test", {})
    for _ in range(2):
        with Writer(engine, run) as writer:
            writer.skip(Skipped("password protected", "http://a.example/secret" + "x" * 5000))
            writer.skip(Skipped("no text"))
    assert writer.counts.skipped == {"password protected": 1, "no text": 1}
    with engine.connect() as connection:
        rows = connection.execute(select(skipped.c.reason, skipped.c.count).order_by(skipped.c.reason)).all()
    assert [tuple(row) for row in rows] == [("no text", 2), ("password protected", 2)]


def test_ten_thousand_comments_under_one_post(engine: Engine) -> None:
    crowd = tuple(_comment(str(number), number) for number in range(1, 10_001))
    _store(engine, Thread(_post(comments_reported=10_000), crowd))
    (stored,) = _rows(engine, "posts")
    assert (stored["comments_stored"], stored["completeness"]) == (10_000, "complete")


def test_the_service_that_has_the_comments_knows_their_number_better_than_the_page(engine: Engine) -> None:
    shown = _post(comments_reported=0, comments_elsewhere="script-loaded: disqus")
    served = _post(text="", html="", title="", via="api", comments_reported=3, comments_elsewhere="script-loaded: disqus")
    _store(engine, Thread(shown), Thread(served, (_comment("7", 0, via="api"),)))
    (stored,) = _rows(engine, "posts")
    assert (stored["comments_reported"], stored["completeness"], stored["completeness_reason"]) == (3, "partial", "script-loaded: disqus")
    assert (stored["text"], stored["via"]) == ("Nobody wants a card.", "page")
