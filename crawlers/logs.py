"""What is logged and printed of a crawl: one line for each event, no secrets, and nothing that a terminal would obey.

Pages, headers and addresses come from strangers, and end up in messages of ours, of Scrapy and of Twisted alike.
"""

from __future__ import annotations

import logging
import re
import traceback
from typing import Any

from pipeline.values import one_line

_FRAMES = 4     # of a traceback: where it happened, and how we came there
_SECRETS = (
    (re.compile(r"(?<=://)[^\s/@'\"]*@"), "***@"),      # user name and password in an address
    (re.compile(r"\b((?:ssl)?password|passwd|pwd|secret|token|api_?key|access_key|authorization|cookie)(['\"]?\s*[=:]\s*b?['\"]?)[^&\s'\",;)}]+", re.I), r"\1\2***"),
)


def safe(words: str) -> str:
    """The words as they may be printed."""
    for secret, mask in _SECRETS:
        words = secret.sub(mask, words)
    return one_line(words)


def keep_safe() -> None:
    """From now on, whoever logs: the message is one safe line. May be called again."""
    if not isinstance(logging.getLogRecordFactory(), _Records):
        logging.setLogRecordFactory(_Records(logging.getLogRecordFactory()))


class _Records:
    """Makes records whose message is ready to be printed."""

    def __init__(self, make: Any) -> None:      # Any: as logging has it
        self._make = make

    def __call__(self, *args: Any, **more: Any) -> logging.LogRecord:   # Any: as above
        record: logging.LogRecord = self._make(*args, **more)
        told = f" ({_told(record.exc_info)})" if record.exc_info and record.exc_info[0] else ""
        record.msg, record.args = safe(_message(record) + told), None
        record.exc_info = record.stack_info = None
        return record


def _message(record: logging.LogRecord) -> str:
    try:
        return record.getMessage()
    except (TypeError, ValueError, KeyError):       # arguments that do not fit
        return f"{record.msg} {record.args}"


def _told(failure: Any) -> str:     # Any: as logging has it
    """An exception in one line: what it was, and the last places on the way."""
    places = [f"{frame.filename.rpartition('site-packages/')[2]}:{frame.lineno} in {frame.name}" for frame in traceback.extract_tb(failure[2])[-_FRAMES:]]
    return f"{failure[0].__name__}: {failure[1]}; {' > '.join(places)}"
