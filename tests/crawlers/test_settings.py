from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest

from crawlers import settings
from hubbub import __version__
from schema.profile import Profile
from tests.crawlers.serving import NO_ROBOTS, Answer, post_page, serving

ROOT = Path(__file__).parents[2]
PINNED = {
    "ROBOTSTXT_OBEY": True,
    "ROBOTSTXT_USER_AGENT": "hubbub",
    "TELNETCONSOLE_ENABLED": False,
    "REMOTE_CONTROL_ENABLED": False,
    "DOWNLOAD_VERIFY_CERTIFICATES": True,
    "DOWNLOAD_MAXSIZE": 16 * 1024 * 1024,
    "DOWNLOAD_DELAY": 1.0,
    "AUTOTHROTTLE_ENABLED": True,
    "AUTOTHROTTLE_TARGET_CONCURRENCY": 1.0,
    "CONCURRENT_REQUESTS_PER_DOMAIN": 1,
    "DOWNLOAD_TIMEOUT": 30,
    "RETRY_TIMES": 2,
    "REDIRECT_MAX_TIMES": 5,
    "METAREFRESH_ENABLED": False,
    "COOKIES_ENABLED": False,
    "HTTPCACHE_ENABLED": False,
    "REFERER_ENABLED": False,
}
LISTEN = """
import sys
from twisted.internet import base
names = []
sys.addaudithook(lambda event, args: names.append(str(args[0])) if event in ("socket.getaddrinfo", "socket.gethostbyname") else None)
from hubbub import main
sys.argv = ["hubbub", "crawl", sys.argv[1], "--allow-private", sys.argv[2], "--no-tag"]
try:
    main()
finally:
    print("ASKED", sorted(set(names)))
"""


@pytest.mark.parametrize(("name", "value"), PINNED.items())
def test_the_settings_are_polite_and_safe(name: str, value: object) -> None:
    assert getattr(settings, name) == value


def test_nobody_can_reach_into_a_running_crawl() -> None:
    shut = ("scrapy.extensions.telnet.TelnetConsole", "scrapy.extensions.remote_control.RemoteControl")
    assert not settings.EXTENSIONS_BASE.keys() & set(shut)


def test_of_scrapys_own_extensions_only_those_are_left_out() -> None:
    from scrapy.settings import default_settings

    left_out = {"telnet.TelnetConsole", "remote_control.RemoteControl", "feedexport.FeedExporter", "memdebug.MemoryDebugger"}
    assert set(default_settings.EXTENSIONS_BASE) - settings.EXTENSIONS_BASE.keys() == {f"scrapy.extensions.{name}" for name in left_out}


def test_only_http_and_https_are_spoken() -> None:
    from scrapy.settings import default_settings

    others = set(default_settings.DOWNLOAD_HANDLERS_BASE) - {"http", "https"}
    assert others == {scheme for scheme, handler in settings.DOWNLOAD_HANDLERS.items() if handler is None}


def test_names_are_resolved_where_the_network_guard_sees_it() -> None:
    """Scrapy's handlers for aiohttp and httpx ask the system's resolver themselves."""
    from scrapy.core.downloader.handlers.http11 import HTTP11DownloadHandler

    from crawlers.downloading import Downloading

    assert issubclass(Downloading, HTTP11DownloadHandler)
    assert {settings.DOWNLOAD_HANDLERS[scheme] for scheme in ("http", "https")} == {f"{Downloading.__module__}.{Downloading.__qualname__}"}


@pytest.mark.parametrize(("profile", "agent"), [
    (Profile(), f"hubbub/{__version__}"),
    (Profile(contact="ann@uni.example"), f"hubbub/{__version__} (+ann@uni.example)"),
    (Profile(contact="ann@uni.example", title="Shelf talk"), f"hubbub/{__version__} (+ann@uni.example; Shelf talk)"),
    (Profile(title="Marktgespräch (2009)\r\nX-Evil: yes"), f"hubbub/{__version__} (Marktgesprach [2009] X-Evil: yes)"),
    (Profile(contact="https://é.example/"), f"hubbub/{__version__} (+https://?.example/)"),
    (Profile(title="Étude 😀"), f"hubbub/{__version__} (Etude)"), (Profile(contact="ann@uni.example", title="ブログ"), f"hubbub/{__version__} (+ann@uni.example)"),
    (Profile(title="Große  😀 Straße （x）"), f"hubbub/{__version__} (Grosse Strasse [x])"),
])
def test_the_user_agent_says_who_asks(profile: Profile, agent: str) -> None:
    assert settings.user_agent(profile) == agent


def test_a_crawl_asks_no_name_server_for_anything_but_the_blog(tmp_path: Path) -> None:
    """Scrapy's cookie middleware would have tldextract fetch the list of public suffixes."""
    with serving({NO_ROBOTS: Answer(b""), "/a": Answer(post_page("/a"))}) as site:
        run = subprocess.run([sys.executable, "-c", LISTEN, f"{site.url}/a", site.opened], cwd=tmp_path, capture_output=True, text=True, timeout=60, check=False)
    assert "ASKED ['127.0.0.1']" in run.stdout, run.stderr


def test_every_setting_is_explained_in_the_documents() -> None:
    page = (ROOT / "docs" / "settings.md").read_text(encoding="utf-8")
    named = {name for name in vars(settings) if name.isupper() and not name.startswith("_")}
    asked = set(re.findall(r"HUBBUB_[A-Z_]+", "".join(file.read_text(encoding="utf-8") for file in (ROOT / "crawlers").rglob("*.py"))))
    assert len(named) > 30
    assert not {name for name in named | asked if f"`{name}`" not in page}


def test_the_documents_name_no_setting_that_is_none() -> None:
    from scrapy.settings import default_settings

    page = (ROOT / "docs" / "settings.md").read_text(encoding="utf-8")
    told = {name for line in page.splitlines() if line.startswith("| `") for name in re.findall(r"`([A-Z][A-Z_]{5,})`", line.split("|")[1])}
    assert told <= {*vars(settings), *vars(default_settings), "HUBBUB_PROGRESS", "HUBBUB_LATE_CODE"}
    assert len(told) > 30


@pytest.mark.parametrize(("name", "words"), [
    ("HUBBUB_LONGEST_WAIT", "60 s"), ("HUBBUB_LONGEST_CRAWL_DELAY", "30 s"), ("HUBBUB_FAILURES_IN_A_ROW", "9"), ("CONCURRENT_REQUESTS", "32"), ("DOWNLOAD_TIMEOUT", "30 s"),
])
def test_the_numbers_in_the_documents_are_those_of_the_settings(name: str, words: str) -> None:
    page = (ROOT / "docs" / "settings.md").read_text(encoding="utf-8")
    assert f"| `{name}` | {words} |" in page
    assert float(words.removesuffix(" s")) == float(getattr(settings, name))
