"""axe-core looks at the page in each state: nothing serious may stand in a reader's way."""

from __future__ import annotations

import pytest

from tests.axe import grave


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("size", [(1280, 720), (390, 844)])
def test_axe_finds_nothing_serious(open_page, seeds_page, scheme, size):
    viewport = dict(zip(("width", "height"), size, strict=True))
    with open_page(seeds_page, color_scheme=scheme, viewport=viewport, bypass_csp=True) as opened:
        page = opened.page
        assert grave(page, scheme) == []
        page.fill("#search", "拱墅区")
        page.keyboard.press("Enter")
        assert grave(page, scheme) == []
        page.keyboard.press("Escape")
        page.click("#toggle-list")
        assert grave(page, scheme) == []
        page.click("#toggle-list")
        page.evaluate("document.getElementById('filters').classList.add('open')")
        page.select_option("#compare-one", label="上城区")
        page.select_option("#compare-other", label="拱墅区")
        assert page.locator("#pane h2").is_visible()
        assert grave(page, scheme) == []
