"""`hubbub runs` as a person types it."""

from __future__ import annotations

import csv
import io
import json

from tests.pipeline.commands.asking import ask_hubbub


def test_a_list_of_runs_and_all_about_one(corpus_url: str) -> None:
    listed = [json.loads(line) for line in ask_hubbub(corpus_url, "runs").stdout.splitlines()]
    assert listed[-1]["outcome"] == "partly"
    told = json.loads(ask_hubbub(corpus_url, "runs", str(listed[-1]["run"]), "--format", "json").stdout)
    assert (told["run"], told["outcome"]) == (listed[-1]["run"], "partly")
    rows = list(csv.DictReader(io.StringIO(ask_hubbub(corpus_url, "runs", str(listed[-1]["run"]), "--format", "csv").stdout)))
    assert {"section": "run", "name": "outcome", "value": "partly"} in rows


def test_a_run_that_is_not_there_is_one_sentence(corpus_url: str) -> None:
    result = ask_hubbub(corpus_url, "runs", "99")
    assert (result.exit_code, result.stderr) == (1, "hubbub: There is no run 99. `hubbub runs` lists those that there are.\n")


def test_without_runs_the_list_is_empty(database_url: str) -> None:
    assert (ask_hubbub(database_url, "runs").stdout, ask_hubbub(database_url, "runs", "--format", "json").stdout) == ("", "[]\n")
