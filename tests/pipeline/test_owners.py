from __future__ import annotations

import os
import subprocess
import sys
import time

from pipeline import owners


def test_this_processis_there() -> None:
    assert not owners.is_gone(owners.me())


def test_two_owners_in_one_process_differ() -> None:
    assert owners.me() != owners.me()


def test_a_process_that_has_ended_is_gone_even_before_anybody_waited_for_it() -> None:
    with subprocess.Popen([sys.executable, "-c", ""]) as process:
        owner = owners.me().replace(f":{os.getpid()}:", f":{process.pid}:")
        for _ in range(200):
            if owners.is_gone(owner):
                break
            time.sleep(0.05)
        assert owners.is_gone(owner)


def test_of_another_machine_nothing_is_known() -> None:
    assert not owners.is_gone("far-away/x:1:ab")
    assert not owners.is_gone("")


def test_people_read_the_number_and_the_machine() -> None:
    assert owners.shown("desk/pid-[1]/boot:12:ab") == "process 12 on desk"
