"""Errors of users carry the exit code of the contract."""

from __future__ import annotations

from schema.errors import UsageError, UserError


def test_exit_codes_are_those_of_the_contract() -> None:
    assert (UserError("x").exit_code, UsageError("x").exit_code) == (1, 2)
    assert isinstance(UsageError("x"), UserError)
