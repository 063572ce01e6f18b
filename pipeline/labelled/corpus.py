"""What the lines of a labelled file, which are a small corpus, say about each of its comments; see pipeline.corpus."""

from __future__ import annotations

from collections.abc import Sequence

from pipeline.corpus import Index, Trace, hosts
from pipeline.fingerprints import fingerprint
from pipeline.labelled.lines import Line
from pipeline.text import Corpus


def says(lines: Sequence[Line]) -> list[Corpus | None]:
    """For each line, in their order; None for posts."""
    from pipeline.duplicates import groups  # numpy takes a moment to load

    places = [f"{place:09}" for place in range(len(lines))]
    comments = [(place, line) for place, line in zip(places, lines, strict=True) if line.kind != "post"]
    grouped = groups([place for place, _ in comments], (fingerprint(line.text) for _, line in comments))
    traces = {place: _trace(line, place, grouped.get(place, "")) for place, line in comments}
    index = Index(sorted(traces.values(), key=lambda trace: trace.post))
    return [index.says(traces[place]) if place in traces else None for place in places]


def _trace(line: Line, place: str, group: str) -> Trace:
    urls = hosts((line.author_url, *(link.url for link in line.links)))
    return Trace(line.thread or place, line.blog, urls, _author(line), group)


def _author(line: Line) -> str:
    """Who wrote it: by URL, else by name within the blog, as for stored comments."""
    return line.author_url or (f"{line.blog}\n{line.author}" if line.author else "")
