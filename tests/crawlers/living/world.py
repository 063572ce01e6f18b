"""A blog that lives: posts, comments, edits, removals and returns, all known beforehand, so that what a crawl must have seen is known, too."""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

START = datetime(2026, 1, 5, tzinfo=UTC)
HOUR, DAY = timedelta(hours=1), timedelta(days=1)
IN_FEED = 10
WORDS = ("shelf", "label", "counter", "price", "receipt", "window", "parcel", "ladder", "bargain", "basket", "till", "coupon", "queue", "aisle", "sample")


@dataclass
class Written:
    """A post or a comment, and what becomes of it. Each thing happens to it once at most."""

    number: int
    at: datetime
    author: str
    text: str
    edited_at: datetime | None = None
    edited: str = ""
    removed_at: datetime | None = None
    back_at: datetime | None = None

    def text_at(self, now: datetime) -> str:
        return self.edited if self.edited_at and self.edited_at <= now else self.text

    def is_there(self, now: datetime) -> bool:
        is_removed = self.removed_at is not None and self.removed_at <= now < (self.back_at or now + DAY)
        return self.at <= now and not is_removed

    def moments(self) -> Iterator[datetime]:
        yield from (moment for moment in (self.at, self.edited_at, self.removed_at, self.back_at) if moment)


@dataclass
class Told:
    """A post and its comments."""

    post: Written
    comments: list[Written] = field(default_factory=list)

    @property
    def path(self) -> str:
        return f"/{self.post.at:%Y/%m}/post-{self.post.number}/"

    def comments_at(self, now: datetime) -> list[Written]:
        return [one for one in self.comments if one.is_there(now)]

    def countable(self) -> Iterator[datetime]:
        """When the number of comments changed."""
        yield self.post.at
        yield from (moment for one in self.comments for moment in (one.at, one.removed_at, one.back_at) if moment)


@dataclass
class World:
    """One blog over its time."""

    threads: list[Told]
    end: datetime
    robots_fails: tuple[datetime, datetime] = (START, START)        # from, to
    is_dead: tuple[datetime, datetime] = (START, START)

    def posts_at(self, now: datetime) -> list[Told]:
        """The newest first."""
        return sorted((told for told in self.threads if told.post.at <= now), key=lambda told: told.post.at, reverse=True)

    def is_listed(self, told: Told, now: datetime) -> bool:
        """Whether the feed names the post, and the number of its comments."""
        return told in self.posts_at(now)[:IN_FEED]

    def is_due(self, told: Told, moment: datetime, end: datetime) -> bool:
        """Whether a crawl by the hour must have recorded by the end what happened at that moment.

        What changes the number in the feed is seen at once; anything else at the next visit, which comes after half of the time
        since the last event that the feed told of. What is gone needs a second visit, and a dead day may have come between.
        """
        if moment in told.countable() and self.is_listed(told, moment):
            wait = HOUR
        else:
            known = [one for one in told.countable() if one < moment and (one <= START or self.is_listed(told, one))]
            wait = (moment - max(known, default=told.post.at)) / 2
        return moment + max(wait, 6 * HOUR) + 8 * HOUR + DAY <= end

    def trouble(self, now: datetime) -> str:
        if self.robots_fails[0] <= now < self.robots_fails[1]:
            return "robots"
        return "dead" if self.is_dead[0] <= now < self.is_dead[1] else ""


def make(seed: int, days: float, old_posts: int = 4) -> World:
    """A blog with some old posts, then a new one every day or two, discussed for some days, with a few edits, removals and returns."""
    chance, end = random.Random(seed), START + days * DAY
    numbers = iter(range(1, 100_000))
    begun = [START - chance.uniform(1, 40) * DAY for _ in range(old_posts)]
    moment = START
    while (moment := moment + chance.uniform(0.5, 2) * DAY) < end:
        begun.append(moment)
    threads = [_told(chance, numbers, at, end) for at in begun]
    middle = START + days / 2 * DAY
    return World(threads, end, (START + days / 3 * DAY, START + days / 3 * DAY + HOUR), (middle, middle + min(20 * HOUR, days / 6 * DAY)))


def _told(chance: random.Random, numbers: Iterator[int], at: datetime, end: datetime) -> Told:
    told = Told(_written(chance, numbers, at))
    moment = at
    for _ in range(chance.randint(0, 14)):
        moment += chance.expovariate(1 / (1.5 + (moment - at) / DAY)) * DAY / 3
        if moment < end:
            told.comments.append(_written(chance, numbers, moment))
    for one in (told.post, *told.comments):
        _befall(chance, one, one is told.post)
    return told


def _written(chance: random.Random, numbers: Iterator[int], at: datetime) -> Written:
    number = next(numbers)
    return Written(number, at, f"Reader {chance.randint(1, 30)}", _sentence(chance, number))


def _befall(chance: random.Random, one: Written, is_post: bool) -> None:
    """What happens to it does so after we came, and not while it is new."""
    after = max(one.at, START) + DAY * chance.uniform(0.5, 2.5)
    fate = chance.random()
    if fate < 0.12:
        one.edited_at, one.edited = after, f"{one.text} Corrected: {_sentence(chance, one.number)}"
    elif fate < 0.24 and not is_post:
        one.removed_at = after
        one.back_at = after + 3 * DAY if fate < 0.15 else None


def _sentence(chance: random.Random, number: int) -> str:
    return f"The {' '.join(chance.choices(WORDS, k=9))}, which is remark number {number}."
