"""A page of plain HTML beside the blog, as people wrote them by hand: no platform, no comments, no date."""

from __future__ import annotations

from crawlers.sample.content import Article, Blog
from crawlers.sample.prose import plain, typeset


def article_page(blog: Blog, article: Article) -> str:
    """The whole page."""
    return f"""<!DOCTYPE html PUBLIC "-//W3C//DTD HTML 4.01//EN" "http://www.w3.org/TR/html4/strict.dtd">
<html lang="{blog.language}">
<head>
<meta http-equiv="Content-Type" content="text/html; charset=utf-8">
<title>{plain(article.title)}</title>
<meta name="author" content="{plain(article.author)}">
</head>
<body>
<div id="top"><a href="{blog.url}/">{blog.title}</a></div>
<div id="text">
<h1>{plain(article.title)}</h1>
<p>{typeset(article.lead)}</p>
{typeset(article.body)}
</div>
<div id="bottom"><a href="{blog.url}/">Back to the front page</a></div>
</body>
</html>
"""
