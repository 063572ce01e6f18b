"""What tone is learned from is put together from labelled comments and the readings that are kept by their ids."""

from __future__ import annotations

import csv
import json
from pathlib import Path
from typing import Any

from bench import lessons


def _rows(file: Path) -> list[dict[str, Any]]:      # Any: JSON
    return [json.loads(line) for line in file.read_text(encoding="utf-8").splitlines()]


def test_comments_get_their_halves_and_tutorials_their_level(tmp_path: Path) -> None:
    with lessons.READINGS.open(encoding="utf-8", newline="") as file:
        readings = {row["id"]: row for row in csv.DictReader(file, delimiter="\t")}
    labelled = next(id for id, row in readings.items() if not row["conversational"])
    unlabelled = next(id for id, row in readings.items() if row["conversational"])
    (tmp_path / "others").mkdir()
    (tmp_path / "comments.jsonl").write_text("\n".join(json.dumps({"id": id, "text": "Yes.", "conversational": 1}) for id in (labelled, "another")) + "\n")
    (tmp_path / "others" / "datacamp.jsonl").write_text("\n".join(json.dumps({"sha1": id, "article": "Sums", "text": "Well, no."}) for id in (unlabelled, "another")) + "\n")
    lessons.write(tmp_path, tmp_path / "out")
    first, second = _rows(tmp_path / "out" / lessons.COMMENTS)
    wanted = readings[labelled]
    assert (first["turned"], first["voiced"], first["conversational"]) == (int(wanted["turned"]), int(wanted["voiced"]), 1)
    assert "turned" not in second
    tutorial, = _rows(tmp_path / "out" / lessons.TUTORIALS)
    assert (tutorial["blog"], tutorial["conversational"]) == ("datacamp: Sums", int(readings[unlabelled]["conversational"]))


def test_every_reading_belongs_to_a_comment(shared: Path, tmp_path: Path) -> None:
    lessons.write(shared / "labels", tmp_path)
    taught = _rows(tmp_path / lessons.COMMENTS) + _rows(tmp_path / lessons.TUTORIALS)
    with lessons.READINGS.open(encoding="utf-8", newline="") as file:
        assert {row["id"] for row in csv.DictReader(file, delimiter="\t")} == {row["id"] for row in taught if "turned" in row}
