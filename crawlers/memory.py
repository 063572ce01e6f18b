"""Room that large pages took is given back to the machine; C libraries keep it otherwise, and a nightly run would only ever grow."""

from __future__ import annotations

import ctypes
import gc
import sys
from collections.abc import Callable
from functools import cache


def give_back() -> None:
    """Free what nobody uses any more. Does nothing where the C library knows no such thing (it is glibc's)."""
    gc.collect()
    _trim()(0)


@cache
def _trim() -> Callable[[int], object]:
    if not sys.platform.startswith("linux"):
        return bool
    trim: Callable[[int], object] = getattr(ctypes.CDLL(None), "malloc_trim", bool)
    return trim
