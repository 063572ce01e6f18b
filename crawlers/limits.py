"""Where a run stops, and how far it has come."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Limits:
    """Where a run stops. None: nowhere."""

    max_posts: int | None = None
    max_pages: int | None = None
    max_minutes: float | None = None


@dataclass(slots=True)
class Count:
    """What was given out and taken, against the limits."""

    limits: Limits
    pages: int = 0
    posts: set[int] = field(default_factory=set)        # hashes

    def has_room(self, pending: int) -> bool:
        """Whether another post may be read while so many are pending."""
        return self.limits.max_posts is None or len(self.posts) + pending < self.limits.max_posts

    def is_over(self, minutes: float) -> bool:
        """Whether nothing more may be asked for after so many minutes."""
        most = self.limits
        return (most.max_pages is not None and self.pages >= most.max_pages) or (most.max_minutes is not None and minutes >= most.max_minutes)
