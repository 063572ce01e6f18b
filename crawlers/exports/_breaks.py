"""Text as typed into a form to HTML as the blog shows it: empty lines make paragraphs, line ends break, addresses link.

What WordPress' wpautop() and make_clickable() do (wp-includes/formatting.php), and Movable Type's "Convert Line Breaks".
"""

from __future__ import annotations

import re
from html import escape

_BLOCKS = (
    "address|article|aside|blockquote|center|dd|details|div|dl|dt|fieldset|figcaption|figure|footer|form|h[1-6]|header|hr|iframe|legend|li|main|nav|ol|p|"
    "pre|section|summary|table|tbody|td|tfoot|th|thead|tr|ul"
)
_AS_IT_IS = re.compile(r"(<(pre|script|style|textarea)\b.*?(?:</\2>|\Z))", re.I | re.S)
_EMPTY_LINES = re.compile(r"\n[^\S\n]*\n\s*")
_IS_BLOCK = re.compile(rf"\s*</?(?:{_BLOCKS})\b|\s*<!--", re.I)
_AROUND_BLOCKS = re.compile(rf"(</?(?:{_BLOCKS})\b[^>]*>)\s*<br>|<br>\s*(?=</?(?:{_BLOCKS})\b)", re.I)
_TAG = re.compile(r"(<[^>]*>)")
_ADDRESS = re.compile(r"(?<![\w./@=-])((?:https?://|www\.)[^\s<>\"']*[^\s<>\"'.,;:!?)\]}])", re.I)


def paragraphs(words: str) -> str:
    """The words with their paragraphs and line breaks as HTML; what is marked up as a block already stays."""
    pieces = _AS_IT_IS.split(words.replace("\r\n", "\n").replace("\r", "\n"))
    kept = (_flowing(piece) if n % 3 == 0 else piece for n, piece in enumerate(pieces) if n % 3 < 2)
    return "".join(kept).strip()


def _flowing(words: str) -> str:
    parts = (part for part in _EMPTY_LINES.split(words.strip()) if part.strip())
    return "\n".join(_paragraph(part) for part in parts)


def _paragraph(part: str) -> str:
    broken = _AROUND_BLOCKS.sub(r"\1", part.replace("\n", "<br>\n"))
    return broken if _IS_BLOCK.match(part) else f"<p>{broken}</p>"


def clickable(html: str) -> str:
    """The HTML with links where only addresses are written; nothing changes inside tags and links."""
    if "://" not in html and "www." not in html.lower():
        return html
    depth, done = 0, []
    for piece in _TAG.split(html):
        tag = piece[:3].lower()
        depth += (tag[:2] == "<a" and not tag[2:].isalpha()) - (tag == "</a")
        done.append(piece if depth > 0 or piece.startswith("<") else _ADDRESS.sub(_link, piece))
    return "".join(done)


def _link(found: re.Match[str]) -> str:
    address = found[1] if "://" in found[1] else f"http://{found[1]}"
    return f'<a href="{escape(address.replace("&amp;", "&"))}">{found[1]}</a>'
