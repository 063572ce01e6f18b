from __future__ import annotations

from pathlib import Path

from crawlers.contact import missing


def test_the_warning_names_the_profile_to_fill_in(tmp_path: Path) -> None:
    assert "`hubbub init` writes a hubbub.toml" in missing(tmp_path)
    (tmp_path / "hubbub.toml").write_text('contact = ""\n')
    below = tmp_path / "notes"
    below.mkdir()
    assert missing(below) == f"no contact is set, so the owners of the blogs cannot reach you; fill in `contact` in {tmp_path}/hubbub.toml."
