"""The frame of a WordPress page (head, sidebar, footer) and a post with its meta lines and author box."""

from __future__ import annotations

import re

from crawlers.sample.content import Blog, Post
from crawlers.sample.prose import day, label, paragraphs, typeset
from crawlers.sample.site import months, newest_comments
from crawlers.sample.wordpress_thread import permalink


def slug(label: str) -> str:
    """`Plain talk` -> `plain-talk`."""
    return re.sub(r"[^a-z0-9]+", "-", label.lower()).strip("-")


def page(blog: Blog, title: str, main: str, address: str, *, post: Post | None = None, body_class: str = "") -> str:
    """A whole page; `post` is the one that stands alone on it."""
    body_class = body_class or (f"single single-post postid-{post.id} single-format-standard" if post else "home blog")
    return f"""<!DOCTYPE html>
<html lang="en-US">
<head>
<meta charset="UTF-8" />
<meta name="viewport" content="width=device-width" />
<title>{title}</title>
<link rel="profile" href="http://gmpg.org/xfn/11" />
<link rel="pingback" href="{blog.url}/xmlrpc.php" />
<link rel="alternate" type="application/rss+xml" title="{blog.title} &raquo; Feed" href="{blog.url}/feed/" />
<link rel="alternate" type="application/rss+xml" title="{blog.title} &raquo; Comments Feed" href="{blog.url}/comments/feed/" />
{_head_of_post(blog, post, address)}<link rel='stylesheet' id='twentythirteen-style-css' href='{blog.url}/wp-content/themes/twentythirteen/style.css?ver=2013-07-18' type='text/css' media='all' />
<link rel="EditURI" type="application/rsd+xml" title="RSD" href="{blog.url}/xmlrpc.php?rsd" />
<meta name="generator" content="WordPress 3.6" />
</head>
<body class="{body_class} sidebar">
<div id="page" class="hfeed site">
<header id="masthead" class="site-header" role="banner">
<a class="home-link" href="{blog.url}/" title="{blog.title}" rel="home">
<h1 class="site-title">{blog.title}</h1>
<h2 class="site-description">{blog.tagline}</h2>
</a>
</header><!-- #masthead -->
<div id="main" class="site-main">
<div id="primary" class="content-area">
<div id="content" class="site-content" role="main">
{main}
</div><!-- #content -->
</div><!-- #primary -->
{_sidebar(blog)}
</div><!-- #main -->
<footer id="colophon" class="site-footer" role="contentinfo">
<div class="site-info">
<a href="http://wordpress.org/" title="Semantic Personal Publishing Platform">Proudly powered by WordPress</a>
</div><!-- .site-info -->
</footer><!-- #colophon -->
</div><!-- #page -->
</body>
</html>"""


def _head_of_post(blog: Blog, post: Post | None, address: str) -> str:
    if not post:
        return ""
    return f"""<link rel="alternate" type="application/rss+xml" title="{blog.title} &raquo; {label(post.title)} Comments Feed" href="{blog.url}{post.path}feed/" />
<link rel='canonical' href='{address}' />
<link rel='shortlink' href='{blog.url}/?p={post.id}' />
"""


def post_block(blog: Blog, post: Post, *, alone: bool = False) -> str:
    """A post: in a list, or on its own page."""
    link, title = f"{blog.url}{post.path}", label(post.title)
    heading = title if alone else f'<a href="{link}" rel="bookmark">{title}</a>'
    categories = " ".join(f"category-{slug(label)}" for label in post.labels)
    return f"""<article id="post-{post.id}" class="post-{post.id} post type-post status-publish format-standard hentry {categories}">
<header class="entry-header">
<h1 class="entry-title">{heading}</h1>
<div class="entry-meta">
{_meta(blog, post)}
</div><!-- .entry-meta -->
</header><!-- .entry-header -->
<div class="entry-content">
{paragraphs(post.body)}
{_sharing(link) if alone else ''}</div><!-- .entry-content -->
<footer class="entry-meta">
{_author_box(blog, post) if alone else _comments_link(post, link)}
</footer><!-- .entry-meta -->
</article><!-- #post -->
"""


def _meta(blog: Blog, post: Post) -> str:
    link, title = f"{blog.url}{post.path}", label(post.title)
    categories = ", ".join(f'<a href="{blog.url}/category/{slug(label)}/" rel="category tag">{label}</a>' for label in post.labels)
    author = f"{blog.url}/author/{blog.writer(post.author).slug}/"
    return (
        f'<span class="date"><a href="{link}" title="Permalink to {title}" rel="bookmark">'
        f'<time class="entry-date" datetime="{post.time.isoformat()}">{day(post.time)}</time></a></span>'
        f'<span class="categories-links">{categories}</span>'
        f'<span class="author vcard"><a class="url fn n" href="{author}" title="View all posts by {post.author}" rel="author">{post.author}</a></span>'
    )


def _sharing(link: str) -> str:
    """The buttons that the Jetpack plug-in puts inside the text's own box."""
    return f"""<div class="sharedaddy sd-sharing-enabled"><div class="robots-nocontent sd-block sd-social sd-social-icon-text sd-sharing"><h3 class="sd-title">Share this:</h3><div class="sd-content"><ul>
<li class="share-email"><a rel="nofollow" class="share-email sd-button share-icon" href="{link}?share=email" title="Click to email this to a friend"><span>Email</span></a></li>
<li class="share-facebook"><a rel="nofollow" class="share-facebook sd-button share-icon" href="{link}?share=facebook" title="Share on Facebook"><span>Facebook</span></a></li>
</ul></div></div></div>
"""


def _author_box(blog: Blog, post: Post) -> str:
    writer = blog.writer(post.author)
    return f"""<div class="author-info">
<div class="author-avatar">
<img alt='' src='http://1.gravatar.com/avatar/{post.author.encode().hex()[:32]}?s=74&#038;d=mm&#038;r=g' class='avatar avatar-74 photo' height='74' width='74' />
</div><!-- .author-avatar -->
<div class="author-description">
<h2 class="author-title">About {post.author}</h2>
<p class="author-bio">
{typeset(writer.bio)}
<a class="author-link" href="{blog.url}/author/{writer.slug}/" rel="author">
View all posts by {post.author} <span class="meta-nav">&rarr;</span>
</a>
</p>
</div><!-- .author-description -->
</div><!-- .author-info -->"""


def _comments_link(post: Post, link: str) -> str:
    if post.closed:
        return ""
    match len(post.comments):
        case 0:
            target, words = "respond", '<span class="leave-reply">Leave a comment</span>'
        case 1:
            target, words = "comments", "One comment so far"
        case count:
            target, words = "comments", f"View all {count} comments"
    return f'<div class="comments-link">\n<a href="{link}#{target}">{words}</a>\n</div><!-- .comments-link -->'


def _sidebar(blog: Blog) -> str:
    essays = "\n".join(f'<li><a href="{blog.url}{article.path}">{article.title}</a></li>' for article in blog.articles)
    archives = "\n".join(f"<li><a href='{blog.url}/{month}/'>{posts[0].time:%B %Y}</a></li>" for month, posts in months(blog))
    recent = "\n".join(
        f"<li class=\"recentcomments\">{label(comment.author)} on <a href=\"{permalink(blog, post, comment)}\">{label(post.title)}</a></li>"
        for post, comment in newest_comments(blog, 5)
    )
    return f"""<div id="tertiary" class="sidebar-container" role="complementary">
<div class="sidebar-inner">
<div class="widget-area">
{_widget("text-2", "widget_text", "About", f'<div class="textwidget">{blog.sidebar}</div>')}
{_widget("text-3", "widget_text", "Essays", f'<div class="textwidget"><ul>{essays}</ul></div>')}
{_widget("recent-comments-2", "widget_recent_comments", "Recent Comments", f'<ul id="recentcomments">{recent}</ul>')}
{_widget("archives-2", "widget_archive", "Archives", f"<ul>{archives}</ul>")}
</div><!-- .widget-area -->
</div><!-- .sidebar-inner -->
</div><!-- #tertiary -->"""


def _widget(name: str, kind: str, title: str, content: str) -> str:
    return f'<aside id="{name}" class="widget {kind}"><h3 class="widget-title">{title}</h3>\n{content}\n</aside>'
