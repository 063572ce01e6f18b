"""What a user must hear, as one sentence: what happened, to what, and what to do."""

from __future__ import annotations


class UserError(Exception):
    """Ends the command with its sentence on stderr and exit code 1. For bad input and bad surroundings, never for bugs."""

    exit_code = 1


class UsageError(UserError):
    """The command was called wrongly: exit code 2."""

    exit_code = 2
