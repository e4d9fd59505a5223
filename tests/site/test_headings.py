"""Names in headings: whole in one line, or broken after an underscore."""

from hookbook.site.theme import pages


def test_a_name_in_a_heading_is_whole_or_goes_on_after_an_underscore():
    name = '<span class="hb-name">app.<wbr>before_<wbr>request</span>'
    link = '<a class="headerlink" href="#a_b" title="Link to this_heading">#</a>'
    body = f"<p>after_request</p><h2>Use app.before_request{link}</h2><h4>a_b</h4>"
    assert pages.whole(body) == (
        f"<p>after_request</p><h2>Use {name}{link}</h2><h4>a_b</h4>"
    )
    plain = "<h1>Flask 3.1.3, hello.py and _private_</h1>"
    assert pages.whole(plain) == plain.replace(
        "_private_", '<span class="hb-name">_private_</span>'
    )
