"""Contexts of the browser, kept for the next test; what a page stored in one is not.

For each context Chromium makes a profile and a window, which costs more than to load
a page of this site. So there is one for each set of options. A test gets a tab of it.
"""

from contextlib import contextmanager
from urllib.parse import urlsplit

STORED = "cookies,local_storage,indexeddb,service_workers,cache_storage"


class Contexts:
    """The contexts of one browser."""

    def __init__(self, browser):
        self.browser = browser
        self.free = {}

    @contextmanager
    def page(self, address, *, alone=False, **options):
        """Yield a page for `address`, as of a reader who has never been there.

        `alone` is for a test that changes the context itself. So is a context for a
        file, as files have no origin whose storage could be emptied, and for each
        page beyond the first of those that are open at the same time.
        """
        if alone or urlsplit(address).scheme == "file":
            context = self.browser.new_context(**options)
            try:
                yield context.new_page()
            finally:
                context.close()
            return
        key = str(sorted(options.items()))
        kept = self.free.pop(key, None) or Kept(self.browser.new_context(**options))
        try:
            page = kept.context.new_page()
            # Out of sight, behind another tab, a page is not drawn.
            page.bring_to_front()
            yield page
            kept.empty(address)
        except BaseException:
            kept.context.close()
            raise
        # Another one may be back already: two pages were open.
        if self.free.setdefault(key, kept) is not kept:
            kept.context.close()


class Kept:
    """A context that several tests use, one after the other."""

    def __init__(self, context):
        self.context = context
        # Without a tab its window would close.
        self.first = context.new_page()
        self.session = context.new_cdp_session(self.first)

    def empty(self, address):
        """Close all tabs but the first, and forget what they have stored."""
        addresses = {address}
        for page in self.context.pages:
            if page is not self.first:
                addresses.add(page.url)
                page.close()
        origins = {"{0.scheme}://{0.netloc}".format(urlsplit(one)) for one in addresses}
        for origin in origins:
            what = {"origin": origin, "storageTypes": STORED}
            self.session.send("Storage.clearDataForOrigin", what)
