"""Judging in several processes: the same findings in the same order, and an end that leaves nobody behind."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from sqlalchemy import Engine, select

from pipeline import runs
from pipeline.judges import judges
from pipeline.store import store
from pipeline.tagging import tag_items
from pipeline.text import Doc
from pipeline.workers import PORTION, Judged, Waiting, judging
from schema.errors import UserError
from schema.tables import tag
from tests.pipeline import rows

TEXTS = ["I really loved this one, Ann, thanks!", "Buy cheap watches at http://watches.example/ now, best price!!!", "No.", "Ich mag das sehr, danke dir."]
DEADLY = "import os\nversion = 1\ndef tag(doc):\n    os._exit(9)\n"


def _waiting(number: int) -> list[Waiting]:
    return [(Doc("comment", TEXTS[place % len(TEXTS)], key=str(place)), ["conversational", "spam"]) for place in range(number)]


def _judged(workers: int, waiting: list[Waiting]) -> list[Judged]:
    with judging(judges(["spam", "conversational"]), [], workers) as judge:
        return list(judge(waiting))


def test_several_processes_find_what_one_finds_in_the_same_order() -> None:
    assert _judged(2, _waiting(10 * PORTION + 1)) == _judged(1, _waiting(10 * PORTION + 1))


def test_the_rows_are_the_same(engine: Engine) -> None:
    store(engine, runs.start(engine, "crawl", {}), rows.threads())
    tag_items(engine)
    tag_items(engine, everything=True, workers=2)
    query = select(tag.c.item_key, tag.c.tagger, tag.c.score, tag.c.level, tag.c.spans, tag.c.context, tag.c.text_hash, tag.c.corpus_seen).order_by(tag.c.item_key, tag.c.tagger)
    with engine.connect() as connection:
        once = [tuple(row) for row in connection.execute(query.where(~tag.c.current))]
        again = [tuple(row) for row in connection.execute(query.where(tag.c.current))]
    assert once == again


def test_a_process_that_is_ended_from_outside_is_one_sentence(tmp_path: Path) -> None:
    deadly = tmp_path / "deadly.py"
    deadly.write_text(DEADLY)
    known = judges(["deadly"], [str(deadly)])
    with pytest.raises(UserError, match="fewer --workers"), judging(known, [str(deadly)], 2) as judge:
        list(judge([(Doc("comment", "Hello", key="1"), ["deadly"])]))


def test_what_a_tagger_does_wrong_in_another_process_is_said_here(tmp_path: Path) -> None:
    wrong = tmp_path / "wrong.py"
    wrong.write_text("version = 1\ndef tag(doc):\n    return 5\n")
    with pytest.raises(UserError, match="'wrong' gave 5"), judging(judges(["wrong"], [str(wrong)]), [str(wrong)], 2) as judge:
        list(judge([(Doc("comment", "Hello", key="1"), ["wrong"])]))


def test_ctrl_c_reaches_the_first_process_alone(tmp_path: Path) -> None:
    calm = tmp_path / "calm.py"
    calm.write_text("import os, signal\nfrom schema.items import Finding\nversion = 1\ndef tag(doc):\n    os.kill(os.getpid(), signal.SIGINT)\n    return Finding(None)\n")
    with judging(judges(["calm"], [str(calm)]), [str(calm)], 2) as judge:
        assert [one.key for one in judge([(Doc("comment", "Hello", key="1"), ["calm"])])] == ["1"]
    assert signal.getsignal(signal.SIGINT) is not signal.SIG_IGN


@pytest.mark.parametrize("number", [0, 1])
def test_little_to_do_is_done(number: int) -> None:
    assert len(_judged(2, _waiting(number))) == number


def test_nobody_works_on_after_the_end_of_the_first(tmp_path: Path) -> None:
    script = tmp_path / "first.py"
    script.write_text(
        "import os\nfrom pipeline.judges import judges\nfrom pipeline.text import Doc\nfrom pipeline.workers import judging\n"
        "if __name__ == '__main__':\n    with judging(judges(['spam']), [], 2) as judge:\n"
        "        list(judge([(Doc('comment', 'Hello there', key='1'), ['spam'])]))\n"
        "        import multiprocessing\n        print(*[child.pid for child in multiprocessing.active_children()], flush=True)\n        os._exit(0)\n"
    )
    said = subprocess.run([sys.executable, str(script)], capture_output=True, text=True, check=True, env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)})
    beside = [int(number) for number in said.stdout.split()]
    end = time.monotonic() + 10
    while beside and time.monotonic() < end:
        beside = [number for number in beside if Path(f"/proc/{number}").exists() and "Z" not in Path(f"/proc/{number}/stat").read_text().split()[2]]
        time.sleep(0.1)
    assert said.stdout.split() and not beside
