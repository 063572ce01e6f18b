"""`hubbub thread` as a person types it."""

from __future__ import annotations

import json
import shlex
import subprocess
import sys

import pytest

from schema import keys
from tests.pipeline.commands.asking import ask_hubbub
from tests.pipeline.rows import NESTED, key_of


@pytest.mark.parametrize("wanted", [NESTED, keys.post_key(NESTED), key_of(NESTED, 4), f"{NESTED}#c2"])
def test_a_thread_is_printed_as_a_plain_card_in_a_pipe(wanted: str, corpus_url: str) -> None:
    result = ask_hubbub(corpus_url, "thread", wanted)
    assert result.exit_code == 0
    assert "#2 Maud (post author)" in result.stdout
    assert "\x1b" not in result.stdout
    assert max(map(len, result.stdout.splitlines())) == 100


def test_json_gives_the_whole_thread(corpus_url: str) -> None:
    found = json.loads(ask_hubbub(corpus_url, "thread", key_of(NESTED, 4), "--format", "json").stdout)
    assert found["wanted"] == key_of(NESTED, 4)
    assert found["post"]["url"] == NESTED
    assert [comment["position"] for comment in found["comments"]] == [1, 2, 3, 4, 5, 6]
    assert found["comments"][3]["spans"][1]["rule"] == "price"


@pytest.mark.parametrize("wanted", ["https://nowhere.example/", "", "x\x1b[31m"])
def test_what_is_not_stored_is_one_sentence(wanted: str, corpus_url: str) -> None:
    result = ask_hubbub(corpus_url, "thread", wanted)
    assert result.exit_code == 1
    assert "No post or comment" in result.stderr
    assert "\x1b" not in result.stderr


def test_a_reader_who_stops_early_is_no_error(corpus_url: str) -> None:
    """`hubbub thread URL | head -1`: rich would end with 1."""
    program = f"{shlex.join([sys.executable, '-m', 'hubbub', '--database', corpus_url, 'thread', NESTED])} | true; exit ${{PIPESTATUS[0]}}"
    result = subprocess.run(["bash", "-c", program], capture_output=True, text=True, timeout=60, check=False)
    assert (result.returncode, result.stderr) == (0, "")
