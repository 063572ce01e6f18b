"""A small corpus for tests of the giving side: two blogs, four posts, threads of several kinds, tags with evidence."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from sqlalchemy import Engine, insert, update

from pipeline import runs
from pipeline.store import store
from schema import keys
from schema.items import Comment, Mark, Post, TextLink, Thread
from schema.tables import comment, tag, tag_run

NESTED = "https://alpha.example/2009/10/listening.html"
FLAT = "https://alpha.example/2009/11/prices.html"
UNDATED = "https://alpha.example/undated.html"
BARE = "https://beta.example/2010/01/empty/"
T0 = datetime(2009, 10, 14, 8, 5, tzinfo=UTC)
SEEN = datetime(2024, 5, 1, 12, 0, tzinfo=UTC)
SPAM = "Wonderful post! Cheap garden chairs at the lowest price, visit our shop today."


def a_post(url: str, **more: object) -> Post:
    given: dict[str, object] = {
        "platform": "blogger", "rule": "test", "title": "Listening is a trade", "author": "Maud", "author_key": "amaud",
        "author_how": "name", "published": T0, "published_how": "offset", "published_raw": "Wednesday, October 14, 2009",
        "text": "Shops that listen sell more.\n\nWhat do you think?", "language": "en", "html": "<p>x</p>",
        "key": keys.post_key(url), "source": keys.source_of(url), "fetched_at": SEEN, "origin": "test",
    }
    return Post(url=url, **(given | more))  # type: ignore[arg-type]  # fields by name


def a_comment(post_url: str, number: int, **more: object) -> Comment:
    post_key = keys.post_key(post_url)
    given: dict[str, object] = {
        "platform": "blogger", "rule": "test", "place": number, "key": keys.comment_key(post_key, str(number)), "post_key": post_key,
        "source": keys.source_of(post_url), "url": f"{post_url}#c{number}", "author": f"Reader {number}",
        "author_key": f"areader{number}", "author_how": "name", "published": T0 + timedelta(hours=number),
        "published_how": "offset", "text": f"Remark number {number}.", "language": "en", "fetched_at": SEEN, "origin": "test",
    }
    return Comment(ref=str(number), **(given | more))  # type: ignore[arg-type]  # fields by name


def key_of(post_url: str, number: int) -> str:
    """The key of that comment."""
    return keys.comment_key(keys.post_key(post_url), str(number))


def threads() -> list[Thread]:
    """The corpus as cleaned threads."""
    nested = (
        a_comment(NESTED, 1, author="Anna", text="Maud, you are right about listening.\n\nMy aunt never listened, and she sold nothing."),
        a_comment(NESTED, 2, author="Maud", author_key="amaud", by_post_author=True, reply_to=key_of(NESTED, 1), reply_to_how="markup", text="Thank you, Anna!"),
        a_comment(NESTED, 3, author="Anna", reply_to=key_of(NESTED, 2), reply_to_how="markup", text="“Thanks” accepted, 中文 too 🙂.", marks=(Mark(0, 8, "quote"),)),
        a_comment(NESTED, 4, author="garden chairs", text=SPAM, links=(TextLink("https://chairs.example/", "Cheap garden chairs", 16, 35),)),
        a_comment(NESTED, 5, author="", text="", removed_how="author", published=None, published_how=None),
        a_comment(NESTED, 6, kind="pingback", author="gamma.example", text="[…] listening […]", published_how="date"),
    )
    flat = (
        a_comment(FLAT, 1, author="Bert", published_how="local", text='He said "no",\nand left; 100% sure.'),
        a_comment(FLAT, 2, author="Cleo\x1b[31m", text="Bert, I see it\x07 otherwise."),
    )
    return [
        Thread(a_post(NESTED, comments_reported=6, pings_reported=1), nested),
        Thread(a_post(FLAT, title="Prices", published=T0 + timedelta(days=20), comments_reported=5, comments_elsewhere="feed limit"), flat),
        Thread(a_post(UNDATED, title="", published=None, published_how=None, published_raw="last spring")),
        Thread(a_post(BARE, platform="wordpress", title="Nobody came", published=T0 + timedelta(days=90), comments_closed=True, comments_reported=0)),
    ]


def fill(engine: Engine) -> None:
    """Store the corpus, with one run and one tag run."""
    run = runs.start(engine, "crawl", {"url": "https://alpha.example/"})
    store(engine, run, threads())
    runs.finish(engine, run, "partly", {"posts": 4})
    with engine.begin() as connection:
        inferred = {"reply_to_inferred": key_of(FLAT, 1), "reply_confidence": 0.82}
        connection.execute(update(comment).where(comment.c.key == key_of(FLAT, 2)).values(**inferred))
        connection.execute(insert(tag_run).values(id=1, hubbub_version="0", started_at=SEEN, finished_at=SEEN, taggers=["spam"], items=3))
        connection.execute(insert(tag), tags())


def tags() -> list[dict[str, object]]:
    """The judgements: one spam that is an offer, tones, and an older judgement that is not current."""
    spam = key_of(NESTED, 4)
    return [
        _tag(spam, "spam", 2, 0.97, [(16, 55, "price", 2.0), (0, 15, "praise formula", 1.0)], subtype="product_copy"),
        _tag(spam, "spam", 0, 0.1, [], version=0, current=False),
        _tag(spam, "self_promotion", 3, 0.9, [(63, 71, "possessive asset", 1.5)]),
        _tag(spam, "conversational", 0, 0.05, [], subscores={"involvement": 0.5, "address": 0.0, "f_score": None}),
        _tag(key_of(NESTED, 1), "spam", 0, 0.02, []),
        _tag(key_of(NESTED, 1), "conversational", 3, 0.84, [(0, 4, "address", 1.0), (38, 40, "involvement", 0.5)], subscores={"address": 1.0}),
        _tag(key_of(NESTED, 2), "spam", 1, 0.5, [], context={"late": True, "other_posts": 3, "missing": ["author_url"]}),
        _tag(keys.post_key(NESTED), "conversational", 2, 0.6, [(30, 48, "question", 1.0)], subscores={"interaction": 0.25}),
    ]


def _tag(item: str, tagger: str, level: int, score: float, spans: list[tuple[int, int, str, float]], **more: object) -> dict[str, object]:
    given: dict[str, object] = {
        "item_key": item, "tagger": tagger, "version": 1, "tag_run": 1, "current": True, "score": score, "text_score": score,
        "level": level, "subtype": None, "subscores": {}, "context": {}, "text_hash": "", "tagged_at": SEEN,
        "spans": [dict(zip(("start", "end", "rule", "weight"), span, strict=True)) for span in spans],
    }
    return given | more
