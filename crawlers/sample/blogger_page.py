"""The frame of a Blogger page (head, sidebar, footer) and a post with its footer."""

from __future__ import annotations

from itertools import groupby
from urllib.parse import quote

from crawlers.sample.blogger_thread import count, permalink
from crawlers.sample.content import Blog, Post
from crawlers.sample.prose import breaks, clock, long_day, plain
from crawlers.sample.site import months, newest_comments

_SHARING = (("email", "Email This"), ("blog", "BlogThis!"), ("twitter", "Share to Twitter"), ("facebook", "Share to Facebook"))


def page(blog: Blog, title: str, main: str, address: str, extra: str = "") -> str:
    """A whole page; `address` is its canonical link, `extra` goes into the head."""
    return f"""<!DOCTYPE html>
<html class='v2' dir='ltr' lang='{blog.language}' xmlns='http://www.w3.org/1999/xhtml' xmlns:b='http://www.google.com/2005/gml/b'>
<head>
<meta content='text/html; charset=UTF-8' http-equiv='Content-Type'/>
<meta content='blogger' name='generator'/>
<link href='{blog.url}/favicon.ico' rel='icon' type='image/x-icon'/>
<link href='{address}' rel='canonical'/>
<link rel="alternate" type="application/atom+xml" title="{blog.title} - Atom" href="{blog.url}/feeds/posts/default" />
<link rel="service.post" type="application/atom+xml" title="{blog.title} - Atom" href="https://www.blogger.com/feeds/{blog.id}/posts/default" />
{extra}<title>{plain(title)}</title>
</head>
<body class='loading'>
<div class='navbar section' id='navbar'><div class='widget Navbar' id='Navbar1'></div></div>
<div id='outer-wrapper'><div class='header section' id='header'><div class='widget Header' id='Header1'>
<div id='header-inner'>
<div class='titlewrapper'><h1 class='title'><a href='{blog.url}/'>{blog.title}</a></h1></div>
<div class='descriptionwrapper'><p class='description'><span>{blog.tagline}</span></p></div>
</div>
</div></div>
<div id='main-wrapper'>
<div class='main section' id='main'><div class='widget Blog' id='Blog1'>
<div class='blog-posts hfeed'>
{main}
</div></div>
</div>
{_sidebar(blog)}
<div id='footer-wrapper'><div class='footer section' id='footer'></div></div>
</div>
</body>
</html>"""


def post_block(blog: Blog, post: Post, comments: str = "") -> str:
    """A post: in a list, or on its own page with its comments."""
    return f"""<div class="date-outer">
<h2 class='date-header'><span>{long_day(post.time)}</span></h2>
<div class="date-posts">
<div class='post-outer'>
<div class='post hentry' itemprop='blogPost' itemscope='itemscope' itemtype='http://schema.org/BlogPosting'>
<meta content='{blog.id}' itemprop='blogId'/>
<meta content='{post.id}' itemprop='postId'/>
<a name='{post.id}'></a>
<h3 class='post-title entry-title' itemprop='name'>
<a href='{blog.url}{post.path}'>{plain(post.title)}</a>
</h3>
<div class='post-header'>
<div class='post-header-line-1'></div>
</div>
<div class='post-body entry-content' id='post-body-{post.id}' itemprop='description articleBody'>
{breaks(post.body)}{_pixie(post)}
<div style='clear: both;'></div>
</div>
{_footer(blog, post, in_list=not comments)}
</div>
{comments}
</div>
</div>
</div>
"""


def _pixie(post: Post) -> str:
    """The button that the Zemanta plug-in put under posts until 2014; some copies of such pages kept only its alt text."""
    if not post.zemanta:
        return ""
    return (
        '<div class="zemanta-pixie" style="margin-top: 10px; height: 15px;"><a class="zemanta-pixie-a" '
        f'href="http://reblog.zemanta.com/zemified/{post.zemanta}/" title="Reblog this post [with Zemanta]">Reblog this post [with Zemanta]</a></div>'
    )


def _footer(blog: Blog, post: Post, *, in_list: bool) -> str:
    link = f"{blog.url}{post.path}"
    comments = f"<a class='comment-link' href='{link}#comment-form' onclick=''>{count(post)}:\n</a>\n" if in_list else ""
    return f"""<div class='post-footer'>
<div class='post-footer-line post-footer-line-1'><span class='post-author vcard'>
Posted by
<span class='fn' itemprop='author' itemscope='itemscope' itemtype='http://schema.org/Person'>
<meta content='{post.author_url}' itemprop='url'/>
<a class='g-profile' href='{post.author_url}' rel='author' title='author profile'>
<span itemprop='name'>{plain(post.author)}</span>
</a>
</span>
</span>
<span class='post-timestamp'>
at
<meta content='{link}' itemprop='url'/>
<a class='timestamp-link' href='{link}' rel='bookmark' title='permanent link'><abbr class='published' itemprop='datePublished' title='{post.time.isoformat()}'>{clock(post.time)}</abbr></a>
</span>
<span class='post-comment-link'>
{comments}</span>
<div class='post-share-buttons goog-inline-block'>
{_share_buttons(blog, post)}
</div>
</div>
<div class='post-footer-line post-footer-line-2'><span class='post-labels'>
Labels:
{_labels(blog, post)}
</span>
</div>
</div>"""


def _share_buttons(blog: Blog, post: Post) -> str:
    return "".join(
        f"<a class='goog-inline-block share-button sb-{kind}' href='https://www.blogger.com/share-post.g?blogID={blog.id}&amp;postID={post.id}&amp;target={kind}'"
        f" target='_blank' title='{words}'><span class='share-button-link-text'>{words}</span></a>"
        for kind, words in _SHARING
    )


def _labels(blog: Blog, post: Post) -> str:
    return ",\n".join(f"<a href='{blog.url}/search/label/{quote(label)}' rel='tag'>{plain(label)}</a>" for label in post.labels)


def _sidebar(blog: Blog) -> str:
    return f"""<div id='sidebar-wrapper'>
<div class='sidebar section' id='sidebar'>
<div class='widget Text' id='Text1'>
<h2 class='title'>{blog.sidebar}</h2>
<div class='widget-content'>
{blog.about}
</div>
</div>
<div class='widget Feed' id='Feed1'>
<h2>Recent comments</h2>
<div class='widget-content' id='Feed1_feedItemListDisplay'>
<ul>
{_recent(blog)}
</ul>
</div>
</div>
<div class='widget BlogArchive' id='BlogArchive1'>
<h2>Blog Archive</h2>
<div class='widget-content'>
<div id='ArchiveList'>
<div id='BlogArchive1_ArchiveList'>
{_archive(blog)}</div>
</div>
</div>
</div></div>
</div>"""


def _recent(blog: Blog) -> str:
    return "\n".join(
        f"<li><span class='item-title'><a href='{permalink(blog, post, comment)}'>{plain(comment.text[:40].split('<')[0])}...</a></span>\n"
        f"<span class='item-author'>- {plain(comment.author)}</span></li>"
        for post, comment in newest_comments(blog, 4)
    )


def _archive(blog: Blog) -> str:
    return "".join(
        f"<ul class='hierarchy'>\n<li class='archivedate collapsed'>\n<a class='post-count-link' href='{blog.url}/{year}/'>{year}</a>\n"
        + "".join(
            f"<ul class='hierarchy'>\n<li class='archivedate collapsed'>\n<a class='post-count-link' href='{blog.url}/{month}/'>{posts[0].time:%B}</a>\n"
            f"<span class='post-count' dir='ltr'>({len(posts)})</span>\n</li>\n</ul>\n"
            for month, posts in some
        )
        + "</li>\n</ul>\n"
        for year, some in groupby(months(blog), key=lambda pair: pair[0][:4])
    )
