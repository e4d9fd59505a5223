"""The field for an error on the home page: it leads to the entry that explains it."""

import pytest

from . import gates

pytestmark = pytest.mark.browser

TRACEBACK = """\
Traceback (most recent call last):
  File "shop.py", line 3, in <module>
    client.get("/")
TypeError: set_header() takes 0 positional arguments but 1 was given
"""


def test_a_pasted_traceback_leads_to_its_entry(visit, address):
    with visit(address) as watch:
        page = watch.page
        page.locator("#hb-paste").fill(TRACEBACK)
        first = page.locator(".hb-paste li a").first
        first.wait_for()
        entry = "errors/responses.html#hook-without-parameter"
        assert first.get_attribute("href").endswith(entry)
        # What the table of the page leads to is there, too.
        listed = page.locator(".hb-errors tr", has_text="takes 0 positional arguments")
        found = page.locator(".hb-paste li a").evaluate_all(
            "(links) => links.map((link) => link.getAttribute('href'))"
        )
        target = listed.locator("a").get_attribute("href")
        assert [href for href in found if href.endswith(target)]
        status = page.locator(".hb-paste [role=status]")
        assert status.inner_text() == "Explained in:"
        page.locator("#hb-paste").fill("ValueError: cookie qqxx")
        assert status.inner_text().startswith("No section has this message")
        assert page.locator(".hb-paste li").count() >= 1
        page.locator("#hb-paste").fill("")
        assert page.locator(".hb-paste li").count() == 0
        assert gates.axe(page) == []
