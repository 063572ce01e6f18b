"""Polite, safe Scrapy settings: what Scrapy 2.19 leaves open is shut here, and a test pins it.

`hubbub crawl` and `scrapy crawl blogs` use the same ones.
"""

from __future__ import annotations

import os
import sys
import unicodedata

import hubbub

hubbub.guard()

from crawlers import logs  # noqa: E402  the guard must look first
from schema import profile  # noqa: E402  the guard must look first
from schema.errors import UserError  # noqa: E402

logs.keep_safe()


def user_agent(own: profile.Profile) -> str:
    """`hubbub/VERSION (+contact; title)`: who is asking, and whom to write to. Printable ASCII, as headers must be."""
    contact, title = _printable(own.contact), _printable(_without_accents(own.title))
    comment = "; ".join(part for part in (f"+{contact}" if contact else "", title) if part)
    return f"{BOT_NAME}/{hubbub.__version__}" + (f" ({comment})" if comment else "")


def _printable(words: str) -> str:
    plain = " ".join(words.split()).encode("ascii", "replace").decode()
    return plain.translate(str.maketrans("()", "[]"))


def _without_accents(words: str) -> str:
    """Accents go, and so does what has no ASCII at all. Not for a contact: without its accents it would be somebody else's address."""
    return unicodedata.normalize("NFKD", words.replace("ß", "ss")).encode("ascii", "ignore").decode()


def _profile() -> profile.Profile:
    try:
        return profile.load()
    except UserError as error:
        sys.exit(f"hubbub: {error}")


_own = _profile()

BOT_NAME = "hubbub"
SPIDER_MODULES = ["crawlers.spiders"]

# Ours, for the spider, the pipeline and the middlewares.
HUBBUB_DATABASE = os.environ.get("HUBBUB_DATABASE") or _own.database
HUBBUB_ARCHIVE = _own.archive       # folder for WARC files; empty: none
HUBBUB_PROXY = ""                   # http://HOST:PORT: every request goes through it
HUBBUB_CONTACT = _own.contact
HUBBUB_OBEY_RESERVATIONS = _own.obeys_reservations      # what a page reserves is not taken, instead of only noted; docs/reservations.md
HUBBUB_TELLS = True                 # the log says how the crawl ended; `hubbub crawl` says it itself
HUBBUB_LONGEST_CRAWL_DELAY = 30.0   # seconds; a site whose robots.txt asks for more between two requests is left alone
HUBBUB_LONGEST_WAIT = 60.0          # seconds; a host that asks for a longer wait (Retry-After) is left for the next run
HUBBUB_FAILURES_IN_A_ROW = 9        # attempts without an answer, after which a host is left for the next run

# Who we are, and what the blog's robots.txt says to us.
USER_AGENT = user_agent(_own)
ROBOTSTXT_OBEY = True
ROBOTSTXT_USER_AGENT = "hubbub"
REFERER_ENABLED = False
COOKIES_ENABLED = False             # also keeps Scrapy from asking tldextract, which would fetch a list
HTTPCACHE_ENABLED = False

# Slowly: one request at a time and one second between them, longer where the server takes longer.
CONCURRENT_REQUESTS = 32            # two of each of sixteen blogs; those that wait for a slow host count, too
CONCURRENT_REQUESTS_PER_DOMAIN = 1
DOWNLOAD_DELAY = 1.0
AUTOTHROTTLE_ENABLED = True
AUTOTHROTTLE_START_DELAY = 1.0
AUTOTHROTTLE_MAX_DELAY = 60.0
AUTOTHROTTLE_TARGET_CONCURRENCY = 1.0
DOWNLOAD_TIMEOUT = 30
DNS_TIMEOUT = 20
RETRY_TIMES = 2
RETRY_GIVE_UP_LOG_LEVEL = "INFO"    # a page that cannot be had is counted, not shouted
REDIRECT_MAX_TIMES = 5
METAREFRESH_ENABLED = False

# Safely: certificates are checked, bodies have an end (before and after decompression), nobody else gets in.
DOWNLOAD_VERIFY_CERTIFICATES = True
DOWNLOAD_MAXSIZE = 16 * 1024 * 1024
DOWNLOAD_WARNSIZE = 8 * 1024 * 1024
COMPRESSION_ENABLED = False         # crawlers.middlewares.unpacking does it
DOWNLOAD_FAIL_ON_DATALOSS = True
TELNETCONSOLE_ENABLED = False
REMOTE_CONTROL_ENABLED = False
# Scrapy's own list without telnet, remote control and feed exports, which it would load in order to turn them off, which takes 10 MB.
EXTENSIONS_BASE = dict.fromkeys((
    "scrapy.extensions.corestats.CoreStats", "scrapy.extensions.logcount.LogCount", "scrapy.extensions.memusage.MemoryUsage",
    "scrapy.extensions.closespider.CloseSpider", "scrapy.extensions.logstats.LogStats", "scrapy.extensions.spiderstate.SpiderState",
    "scrapy.extensions.throttle.AutoThrottle",
), 0)
_TWISTED = "crawlers.downloading.Downloading"   # Twisted's; others resolve names where the network guard cannot see it
DOWNLOAD_HANDLERS = {"http": _TWISTED, "https": _TWISTED, "data": None, "file": None, "ftp": None, "s3": None}
TWISTED_DNS_RESOLVER = "scrapy.resolver.CachingHostnameResolver"    # IPv6, too; the network guard wraps it

DOWNLOADER_MIDDLEWARES = {
    "scrapy.downloadermiddlewares.robotstxt.RobotsTxtMiddleware": None,
    "scrapy.downloadermiddlewares.redirect.RedirectMiddleware": None,
    "crawlers.middlewares.credentials.Credentials": 80,
    "crawlers.middlewares.pace.Pace": 90,
    "crawlers.middlewares.closed.ClosedHosts": 95,
    "crawlers.middlewares.robots.Robots": 100,
    "crawlers.middlewares.tdm.Tdm": 105,
    "crawlers.middlewares.conditional.Conditional": 110,
    "crawlers.middlewares.redirect.Redirect": 600,
    "crawlers.middlewares.unpacking.Unpacking": 590,
    "crawlers.middlewares.guard.NetworkGuard": 760,
    "crawlers.middlewares.warc.WarcArchive": 950,    # the answer as the server sent it
}
ITEM_PIPELINES = {"crawlers.pipelines.Store": 300}

LOG_LEVEL = "INFO"
