from __future__ import annotations

from pathlib import Path

from tests.crawlers.serving import Answer, crawl, post_page, serving


def test_a_redirect_is_followed_without_a_referer_and_without_a_warning(tmp_path: Path) -> None:
    with serving({"/old": Answer(status=301, headers={"Location": "/a"}), "/a": Answer(post_page("/a"))}) as site:
        run = crawl(tmp_path, site, "/old", "--verbose")
    assert run.returncode == 0, run.stderr
    assert site.paths[-2:] == ["/old", "/a"]
    assert not any("Referer" in headers for _path, headers in site.asked)
    assert "RefererMiddleware" not in run.stderr
