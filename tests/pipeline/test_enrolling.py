from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import Engine

from pipeline import enrolling, schedules, sources
from pipeline.enrolling import Change, Entry, enroll
from pipeline.sources import Source
from schema.errors import UsageError
from tests.pipeline.framing import NOW

URL = "https://till.example/"


def entry(url: str = URL, /, **said: object) -> Entry:
    return replace(Entry(url, frozenset(said)), **said)     # type: ignore[arg-type]  # fields of every type


def one(engine: Engine, wanted: Entry, days: int = 0) -> Change:
    return enroll(engine, [wanted], NOW + timedelta(days=days))[0]


def kept(engine: Engine) -> list[Source]:
    with engine.connect() as connection:
        return sources.load(connection)


def test_a_new_source_has_the_name_of_its_address_and_is_due_at_once(engine: Engine) -> None:
    change = one(engine, entry("https://www.till.example/blog/", stratum=" shops\x1b[31m ", max_posts=5))
    assert change.kind == "added"
    assert kept(engine) == [change.source]
    found = kept(engine)[0]
    assert (found.name, found.host, found.url) == ("till.example/blog", "till.example", "https://www.till.example/blog/")
    assert (found.schedule, found.stratum, found.max_posts, found.added_at, found.next_visit) == ("daily", "shops", 5, NOW, NOW)


def test_doing_it_again_changes_nothing_however_the_address_is_written(engine: Engine) -> None:
    first = one(engine, entry(why="asked"))
    for url in (URL, "http://www.till.example", "https://till.example/?utm_source=x"):
        assert one(engine, entry(url, why="asked"), days=1) == Change("unchanged", first.source)
    assert len(kept(engine)) == 1


def test_only_what_is_said_is_changed_and_the_change_is_told(engine: Engine) -> None:
    one(engine, entry(why="asked", stratum="shops", max_posts=5))
    change = one(engine, entry(stratum="agencies", max_posts=None))
    assert (change.kind, change.detail) == ("updated", "max_posts 5 → none, stratum shops → agencies")
    found = kept(engine)[0]
    assert (found.why, found.stratum, found.max_posts) == ("asked", "agencies", None)


def test_names_belong_to_one_source(engine: Engine) -> None:
    one(engine, entry(name="The Till"))
    refused = one(engine, entry("https://shelf.example/", name="The Till"))
    assert (refused.kind, refused.source) == ("refused", None)
    assert "belongs to another" in refused.detail
    suggested = one(engine, replace(Entry("https://shelf.example/"), suggested_name="The Till", found_in="list x.opml"))
    assert suggested.source
    assert (suggested.source.name, suggested.source.found_how) == ("shelf.example", "list x.opml")
    assert one(engine, entry("https://shelf.example/", name="The Till")).kind == "refused"
    assert one(engine, entry("https://shelf.example/", name="The Shelf")).detail == "name shelf.example → The Shelf"
    assert [found.name for found in kept(engine)] == ["The Shelf", "The Till"]
    assert one(engine, entry("https://the-shelf.example/", name="")).kind == "added"


def test_a_name_given_by_hand_does_not_stop_the_address_from_being_added(engine: Engine) -> None:
    one(engine, entry("https://a.example/", name="b.example"))
    change = one(engine, entry("https://b.example/"))
    assert change.source
    assert change.source.name == "b.example (2)"


WRONG = [
    ({"schedule": "often"}, "is no schedule"), ({"max_posts": 0}, "more than 0"), ({"max_minutes": -1.0}, "more than 0"),
    ({"delay": -1.0}, "0 or more"), ({"name": "x" * 101}, "at most 100"),
]


@pytest.mark.parametrize(("said", "reason"), WRONG)
def test_what_cannot_be_meant_is_refused_and_the_others_are_taken(engine: Engine, said: dict[str, object], reason: str) -> None:
    changes = enroll(engine, [entry(**said), entry("https://shelf.example/")], NOW)
    assert [change.kind for change in changes] == ["refused", "added"]
    assert reason in changes[0].detail


def test_a_login_is_neither_kept_nor_repeated(engine: Engine) -> None:
    change = one(engine, entry("https://ann:s3cr@et@till.example/feed"))
    assert change.kind == "refused"
    assert "s3cr" not in change.detail
    assert "et@" not in change.detail
    assert one(engine, entry(terms_url="https://ann:s3cret@till.example/terms")).source == kept(engine)[0]
    assert kept(engine)[0].terms_url == "https://***@till.example/terms"


def test_a_rehearsal_changes_nothing(engine: Engine) -> None:
    assert [change.kind for change in enroll(engine, [entry(), entry(why="again")], NOW, is_rehearsal=True)] == ["added", "updated"]
    assert kept(engine) == []


def test_a_removed_source_stays_removed_until_somebody_takes_it_in_again(engine: Engine) -> None:
    one(engine, entry())
    with engine.begin() as connection:
        gone = enrolling.remove(connection, ["till.example"])
    assert [(found.is_active, found.inactive_why, found.next_visit) for found in gone] == [(False, "removed", None)]
    assert kept(engine) == gone
    assert one(engine, entry(stratum="shops")).source == replace(gone[0], stratum="shops")
    back = one(engine, entry(is_active=True), days=3)
    assert (back.kind, back.detail) == ("updated", "visited again")
    assert back.source
    assert (back.source.is_active, back.source.inactive_why, back.source.next_visit) == (True, "", NOW + timedelta(days=3))


def test_who_is_taken_in_again_starts_without_its_failures(engine: Engine) -> None:
    one(engine, entry())
    with engine.begin() as connection:
        given_up = replace(sources.load(connection)[0], is_active=False, failure="hard", failures=5, failing_since=NOW, next_visit=None, inactive_why="given up")
        sources.save(connection, given_up)
    back = one(engine, entry(is_active=True)).source
    assert back
    assert (back.failure, back.failures, back.failing_since) == ("", 0, None)


def test_a_new_schedule_moves_the_next_visit(engine: Engine) -> None:
    one(engine, entry())
    assert one(engine, entry(schedule="manual")).source == replace(kept(engine)[0], schedule="manual", next_visit=None)
    assert kept(engine)[0].next_visit is None
    with engine.begin() as connection:
        sources.save(connection, replace(kept(engine)[0], last_visit=NOW))
    weekly = one(engine, entry(schedule="weekly"), days=1).source
    assert weekly
    assert weekly.next_visit == schedules.next_slot(schedules.parse("weekly"), "till.example", NOW)


def test_removing_what_is_not_there_changes_nothing(engine: Engine) -> None:
    one(engine, entry())
    with pytest.raises(UsageError, match="no source 'shelf'"), engine.begin() as connection:
        enrolling.remove(connection, ["till.example", "shelf"])
    assert kept(engine)[0].is_active
