from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

import pytest

from crawlers import summary
from crawlers.running import CrawlReport
from crawlers.session import Seen
from pipeline.runs import Outcome
from pipeline.store import Counts


@dataclass
class Report:
    """What a crawl or replay tells."""

    seen: Seen
    counts: Counts


@pytest.mark.parametrize(("seen", "counts", "words"), [
    (Seen(60, 698, 0, 7), Counts(new_posts=60, new_comments=705), "60 posts (60 new), 698 comments, 7 pings (together 705 new)."),
    (Seen(1, 1, 0, 1), Counts(), "1 post (0 new), 1 comment, 1 ping (together 0 new)."),
])
def test_pings_are_told_apart_from_comments(capsys: pytest.CaptureFixture[str], seen: Seen, counts: Counts, words: str) -> None:
    summary.stored(Report(seen, counts), "sqlite:///hubbub.db")
    assert words in capsys.readouterr().out


def test_what_is_untagged_is_said(capsys: pytest.CaptureFixture[str]) -> None:
    report = CrawlReport("interrupted", Seen(1, 2, 0), Counts(), 1)
    summary.of_crawl(report, "sqlite:///hubbub.db", is_tagged=False)
    assert "What is new is not tagged yet. Next: hubbub tag" in capsys.readouterr().out


def test_it_says_what_was_stored_what_was_not_and_where_it_is(capsys: pytest.CaptureFixture[str]) -> None:
    counts = Counts(new_posts=1, new_comments=1000, skipped=Counter({"not found": 2, "password protected": 1}))
    summary.stored(Report(Seen(1, 1234, 3), counts), "postgresql://ann:secret@host/corpus")
    said = capsys.readouterr().out
    assert "1 post (1 new), 1,234 comments (1,000 new)." in said
    assert "3 threads with fewer comments than the blog reports" in said
    assert "Skipped: not found 2, password protected 1." in said
    assert "postgresql+psycopg://ann:***@host/corpus" in said
    assert "Next: hubbub stats" in said


@pytest.mark.parametrize(("outcome", "code", "words"), [("done", 0, ""), ("limited", 4, "Stopped at a limit with work left"), ("interrupted", 130, "Interrupted; everything stored so far is kept"), ("failed", 3, ""), ("partly", 3, "")])
def test_it_says_how_the_crawl_ended(capsys: pytest.CaptureFixture[str], outcome: Outcome, code: int, words: str) -> None:
    report = CrawlReport(outcome, Seen(0, 0, 0), Counts(), 1, ("http://blog.example/ could not be collected: no.",), ("A note.",))
    summary.of_crawl(report, "sqlite:///hubbub.db")
    said = capsys.readouterr()
    assert report.exit_code == code
    assert words in said.out + said.err
    assert "hubbub: http://blog.example/ could not be collected: no.\nA note.\n" in said.err


def test_interrupted_tagging_says_how_to_go_on(database_url: str, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupted(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("pipeline.tagging.tag_items", interrupted)
    with pytest.raises(KeyboardInterrupt):
        summary.tag_new(database_url)
    assert "`hubbub tag` goes on from here" in capsys.readouterr().err
