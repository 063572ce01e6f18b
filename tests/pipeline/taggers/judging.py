"""Docs for the tests of the taggers: our own sentences, and the labelled material that stays outside the repository."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from pipeline.text import Context, Doc
from schema.items import TextLink

POST = "Why shops should listen. Customers talk about prices, queues and the smell of bread; the clerk hears them all day."


def remark(text: str, *linked: tuple[str, str], **more: Any) -> Doc:  # Any: fields by name
    """A comment under a post about shops, with these (anchor, url) links."""
    found = tuple(TextLink(url, anchor, text.index(anchor), text.index(anchor) + len(anchor)) for anchor, url in linked)
    given: dict[str, Any] = {"author": "Anna Baker", "by_post_author": False, "links": found, "context": Context(post_text=POST, post_title="Listening", host="shops.example")}  # Any: fields by name
    return Doc("comment", text, **(given | more))


def seeds(shared: Path) -> Iterator[tuple[dict[str, Any], Doc]]:  # Any: lines of JSON
    """The seed posts and comments with their gold labels; no names are known there."""
    gold = {_place(label): label for label in map(json.loads, (shared / "labels/seeds_gold.jsonl").read_text().splitlines())}
    segments = json.loads((shared / "labels/seeds_segments.json").read_text())
    posts = {segment["seed"]: segment["text"] for segment in segments if segment["kind"] == "post"}
    previous: dict[str, str] = {}
    for segment in segments:
        seed, kind = segment["seed"], segment["kind"]
        if kind == "post":
            yield gold[_place(segment)], Doc("post", segment["text"])
        elif kind == "comment":
            around = Context(post_text=posts[seed], previous_text=previous.get(seed, ""))
            yield gold[_place(segment)], Doc("comment", segment["text"], position=segment["index"], context=around)
            previous[seed] = segment["text"]


def _place(line: dict[str, Any]) -> tuple[str, str, int]:  # Any: a line of JSON
    return line["seed"], line["kind"], line["index"]
