from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import Engine, insert

from crawlers import failures, visiting
from crawlers.ends import End, Stop
from crawlers.frontier import Limits
from crawlers.starts import Start
from crawlers.visiting import Terms, Visits
from pipeline import runs, sources
from pipeline.setbacks import Visit, Weight
from pipeline.sources import Source
from schema.errors import UserError
from schema.keys import post_key
from schema.tables import address
from tests.pipeline.framing import a_source
from tests.pipeline.rows import NESTED, SEEN, fill
from tests.pipeline.test_holdings import found

NOW = datetime.now(UTC)
HOUR = timedelta(hours=1)
ALPHA, BETA = a_source("alpha.example", next_visit=NOW - HOUR), a_source("beta.example", next_visit=NOW + HOUR, max_posts=3, max_minutes=2.0, delay=4.0)


def framed(engine: Engine, *frame: Source) -> None:
    with engine.begin() as connection:
        for one in frame:
            sources.add(connection, one)


def kept(engine: Engine) -> dict[str, Source]:
    with engine.connect() as connection:
        return {one.name: one for one in sources.load(connection)}


def test_without_a_database_there_are_no_sources_and_none_is_made(tmp_path: Path) -> None:
    for names in ([], ["alpha.example"]):
        with pytest.raises(UserError, match="has no sources"):
            visiting.choose(f"sqlite:///{tmp_path}/x.db", names)
    assert list(tmp_path.iterdir()) == []


def test_due_sources_are_chosen_or_the_next_is_told(engine: Engine, database_url: str) -> None:
    with pytest.raises(UserError, match="has no sources"):
        visiting.choose(database_url, [])
    framed(engine, BETA)
    told = visiting.choose(database_url, []).nothing
    assert told == f"Nothing is due; the next is beta.example at {NOW + HOUR:%Y-%m-%d %H:%M} UTC."
    framed(engine, ALPHA)
    assert [one.name for one in visiting.choose(database_url, []).sources] == ["alpha.example"]
    assert [one.name for one in visiting.choose(database_url, ["beta.example", "alpha.example"]).sources] == ["beta.example", "alpha.example"]


def test_a_frame_of_removed_sources_has_nothing_to_come(engine: Engine, database_url: str) -> None:
    framed(engine, replace(ALPHA, is_active=False, next_visit=None))
    assert visiting.choose(database_url, []).nothing.startswith("Nothing is due, and nothing will be")


def test_each_source_brings_limits_of_its_own() -> None:
    assert visiting.starts([ALPHA, BETA]) == (
        Start("http://alpha.example/", "alpha.example", Limits()), Start("http://beta.example/", "beta.example", Limits(3, None, 2.0), 4.0),
    )


def end(one: Source, why: str = "", detail: str = "", **more: object) -> End:
    plain = End(Start(one.url, one.name), f"{one.name}/", one.name, failures.sentence(one.url, why, detail) if why else "", why)
    return replace(plain, **more)       # type: ignore[arg-type]  # fields of every type


def recorded(engine: Engine, url: str, ends: Sequence[End], stop: Stop = "", started: datetime = SEEN) -> Visits:
    return visiting.record(url, runs.start(engine, "crawl", {}), started, ends, stop)


def collected(engine: Engine, blog: str, *more: dict[str, object]) -> None:
    """The start of the blog was asked, and a post read."""
    rows = [found(blog, blog, "start", "") | {"fetched_at": SEEN}, found(blog, f"{blog}a", "post", post_key(NESTED)), *more]
    with engine.begin() as connection:
        connection.execute(insert(address), rows)


def waiting(blog: str) -> dict[str, object]:
    return found(blog, f"{blog}b", "post", "") | {"state": "waiting"}


def test_a_good_visit_says_what_is_new(engine: Engine, database_url: str) -> None:
    fill(engine)
    framed(engine, ALPHA)
    collected(engine, "alpha.example/")
    visits = recorded(engine, database_url, [end(ALPHA, source="www2.alpha.example")])
    one = kept(engine)["alpha.example"]
    assert (one.last_outcome, one.failure, one.last_success, one.host) == ("1 new post, 5 new comments", "", SEEN, "www2.alpha.example")
    assert str(visits) == "1 source visited."
    recorded(engine, database_url, [end(ALPHA)], started=SEEN + HOUR)
    assert kept(engine)["alpha.example"].last_outcome == "nothing new; 1 post and 5 comments in all"


STOPS: list[tuple[Stop, bool, str, bool]] = [
    # what ended the run, whether the source's own limit was reached, the outcome, whether it stays due
    ("", False, "1 new post, 5 new comments", False), ("", True, "1 new post, 5 new comments; more is left for the next visit", False),
    ("time", False, "1 new post, 5 new comments; the run ended before all was read", True), ("interrupted", False, "1 new post, 5 new comments; the run ended before all was read", True),
    ("time", True, "1 new post, 5 new comments; more is left for the next visit", False),
]


@pytest.mark.parametrize(("stop", "is_spent", "outcome", "is_due"), STOPS)
def test_what_the_end_of_the_run_cut_short_stays_due(engine: Engine, database_url: str, stop: Stop, is_spent: bool, outcome: str, is_due: bool) -> None:
    fill(engine)
    framed(engine, ALPHA)
    collected(engine, "alpha.example/", waiting("alpha.example/"))
    recorded(engine, database_url, [end(ALPHA, is_spent=is_spent)], stop)
    one = kept(engine)["alpha.example"]
    assert (one.last_outcome, one.next_visit == SEEN) == (outcome, is_due)


@pytest.mark.parametrize(("stop", "is_asked"), [("", True), ("time", True), ("", False)])
def test_a_limit_of_its_own_is_no_failure_though_no_post_was_read(engine: Engine, database_url: str, stop: Stop, is_asked: bool) -> None:
    framed(engine, ALPHA)
    if is_asked:
        with engine.begin() as connection:
            connection.execute(insert(address), [found("alpha.example/", "alpha.example/", "start", "") | {"fetched_at": SEEN}, waiting("alpha.example/")])
    visits = recorded(engine, database_url, [end(ALPHA, is_spent=True)], stop)
    one = kept(engine)["alpha.example"]
    assert (one.last_outcome, one.failure, one.failures) == (visiting.SPENT, "", 0)
    assert str(visits) == "1 source visited."
    assert visits.of_own_limits().startswith("1 source stopped at its own limit with work left; its next visit goes on from there")


def test_limits_of_sources_count_where_every_limit_does() -> None:
    visits = Visits((Visit("x", "", is_spent=True), Visit("y", "", is_spent=True), Visit("z", "")))
    codes = [visits.exit_code("", terms) for terms in (Terms(), Terms(is_due=True, is_strict=True), DUE)]
    assert codes == [4, 4, 0]
    assert visits.of_own_limits().startswith("2 sources stopped at their own limits")
    assert Visits((Visit("z", ""),)).of_own_limits() == ""


def test_what_was_finished_before_the_end_is_not_due_and_what_was_not_reached_says_so(engine: Engine, database_url: str) -> None:
    fill(engine)
    framed(engine, ALPHA, BETA)
    collected(engine, "alpha.example/")
    recorded(engine, database_url, [end(ALPHA), end(BETA)], "time")
    alpha, beta = kept(engine).values()
    assert alpha.next_visit
    assert alpha.next_visit > SEEN
    assert beta == replace(BETA, last_outcome=visiting.NO_TIME, next_visit=beta.next_visit)
    assert beta.next_visit == BETA.next_visit or abs((beta.next_visit or NOW) - (BETA.next_visit or NOW)) < timedelta(milliseconds=1)


FAILURES: list[tuple[str, str, Weight, str]] = [
    ("server error", "status 503", "temporary", "the server failed (status 503)"),
    (failures.DISALLOWED, "", "soft", "its robots.txt disallows it, and hubbub obeys"),
    (failures.NOT_FOUND, "", "hard", "the server has no such page (404)"),
    (failures.NOT_A_PAGE, "a picture", "soft", "what the server sent is no page (a picture)"),
]


@pytest.mark.parametrize(("why", "detail", "weight", "outcome"), FAILURES)
def test_a_failure_is_weighed_and_says_why_the_blog_is_empty(engine: Engine, database_url: str, why: str, detail: str, weight: Weight, outcome: str) -> None:
    framed(engine, ALPHA)
    visits = recorded(engine, database_url, [end(ALPHA, why, detail)])
    one = kept(engine)["alpha.example"]
    assert (one.failure, one.last_outcome, one.failing_since) == (weight, outcome, SEEN)
    assert visits.all == (Visit("alpha.example", outcome, weight, "alpha.example"),)


def test_a_blog_without_posts_is_a_soft_failure_and_an_empty_feed_is_none(engine: Engine, database_url: str) -> None:
    framed(engine, ALPHA, BETA)
    recorded(engine, database_url, [end(ALPHA, skips=(("not found", 7), ("not a page", 1))), end(BETA, is_feed=True)])
    alpha, beta = kept(engine).values()
    assert (alpha.failure, alpha.last_outcome) == ("soft", "nothing there could be taken as a post (not found 7, not a page 1)")
    assert (beta.failure, beta.last_outcome) == ("", "its feed is empty")


def test_a_machine_without_a_network_gives_nobody_up(engine: Engine, database_url: str) -> None:
    framed(engine, replace(ALPHA, failure="hard", failures=4, failing_since=SEEN), BETA)
    visits = recorded(engine, database_url, [end(ALPHA, "unknown host"), end(BETA, "unknown host")])
    assert [one.failure for one in kept(engine).values()] == ["temporary", "temporary"]
    assert visits.given_up == ()
    assert visits.share_failed() == 100.0


def test_who_is_given_up_is_told(engine: Engine, database_url: str) -> None:
    framed(engine, replace(ALPHA, failure="hard", failures=4, failing_since=SEEN - 20 * HOUR), BETA)
    visits = recorded(engine, database_url, [end(ALPHA, failures.NOT_FOUND), end(BETA, "server error")])
    [gone] = visits.given_up
    assert (gone.name, gone.is_active, gone.inactive_why) == ("alpha.example", False, "given up after 5 visits in a row")
    assert str(visits) == "2 sources visited, 1 failed for the time being, 1 seems to be gone."
    assert visits.share_failed() == 50.0


def test_a_source_that_was_taken_out_of_the_table_meanwhile_is_no_event(engine: Engine, database_url: str) -> None:
    framed(engine, ALPHA)
    assert recorded(engine, database_url, [end(BETA, "server error")]).all == ()


DUE = Terms(is_due=True)
CODES: list[tuple[list[Weight], Stop, Terms, int]] = [
    (["", "", "", "", ""], "", DUE, 0), (["temporary", "", "", "", ""], "", DUE, 0), (["temporary", "temporary", "", "", ""], "", DUE, 3),
    (["temporary", "temporary", "", "", ""], "", Terms(is_due=True, fail_above=40), 0), (["temporary", "", "", "", ""], "", Terms(is_due=True, fail_above=0), 3),
    (["hard", "soft", "hard", "soft", "hard"], "", DUE, 0), (["hard", ""], "", Terms(is_due=True, is_strict=True), 3), (["temporary"], "", DUE, 3),
    ([""], "time", DUE, 0), ([""], "time", Terms(is_due=True, is_strict=True), 4), ([""], "pages", DUE, 4), ([""], "posts", DUE, 4), (["temporary"], "posts", DUE, 3),
    (["temporary"], "interrupted", DUE, 130), (["", "soft"], "", Terms(), 3), (["", ""], "time", Terms(), 4), (["soft"], "time", Terms(), 3), ([], "", DUE, 0),
]


@pytest.mark.parametrize(("weights", "stop", "terms", "code"), CODES)
def test_the_exit_code_is_made_for_cron(weights: list[Weight], stop: Stop, terms: Terms, code: int) -> None:
    assert Visits(tuple(Visit("x", "", weight) for weight in weights)).exit_code(stop, terms) == code
