from __future__ import annotations

import pytest

from crawlers import progress


@pytest.mark.parametrize(("figures", "words"), [
    ((12, 340, 25, 10.0, "blog.example"), "12 posts, 340 comments, 25 pages (2.5 pages/s), blog.example"),
    ((0, 0, 0, 0.001, ""), "0 posts, 0 comments, 0 pages (0.0 pages/s)"),
    ((1200, 98_765, 3000, 1000.0, ""), "1,200 posts, 98,765 comments, 3,000 pages (3.0 pages/s)"),
])
def test_the_line_tells_what_has_been_collected_and_how_fast(figures: tuple[int, int, int, float, str], words: str) -> None:
    assert progress.described(*figures) == words


def test_where_nobody_watches_a_line_is_printed_only_now_and_then(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    with progress.Line() as line:
        line.show("early")
        monkeypatch.setattr(progress, "EVERY", 0.0)
        line.show("later")
    assert capsys.readouterr().err == "hubbub: later\n"


def test_a_quiet_line_says_nothing(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(progress, "EVERY", 0.0)
    with progress.Line(is_quiet=True) as line:
        line.show("anything")
    assert capsys.readouterr().err == ""
