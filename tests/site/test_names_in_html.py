"""Names: whole in one line, or broken where a reader would break them."""

import pytest

from hookbook.site.theme import names


def test_a_name_in_a_heading_is_whole_or_goes_on_after_an_underscore():
    name = '<span class="hb-name">app.<wbr>before_<wbr>request</span>'
    link = '<a class="headerlink" href="#a_b" title="Link to this_heading">#</a>'
    body = f"<p>after_request</p><h2>Use app.before_request{link}</h2><h4>a_b</h4>"
    assert names.whole(body) == (
        f"<p>after_request</p><h2>Use {name}{link}</h2><h4>a_b</h4>"
    )
    plain = "<h1>Flask 3.1.3, hello.py and _private_</h1>"
    assert names.whole(plain) == plain.replace(
        "_private_", '<span class="hb-name">_private_</span>'
    )


def test_a_name_with_dots_alone_breaks_after_one():
    assert names.whole("<h2>werkzeug.server.shutdown is gone. So</h2>") == (
        '<h2><span class="hb-name">werkzeug.<wbr>server.<wbr>shutdown</span>'
        " is gone. So</h2>"
    )


def test_a_name_keeps_its_colon():
    assert names.whole("<h1>after_request: Learn</h1>") == (
        '<h1><span class="hb-name">after_<wbr>request:</span> Learn</h1>'
    )


def test_a_name_keeps_its_quotes():
    for quote in "'", "&#39;", "&quot;":
        name = f'<span class="hb-name">{quote}send_<wbr>file{quote}</span>'
        text = f"<h2>{quote}send_file{quote} can only</h2>"
        assert names.whole(text) == f"<h2>{name} can only</h2>"


def cell(code, columns=1):
    """Return the HTML of a table of so many columns with code in its cell."""
    head = "<tr><th>A</th>" + "<th>B</th>" * (columns - 1) + "</tr>"
    return f'<table>{head}<td><code><span class="pre">{code}</span></code></td></table>'


def test_a_call_in_a_table_leaves_no_single_letter_for_the_next_line():
    parted = cell("Blueprint.<wbr>after_app_request(f)")
    assert names.parted(cell("Blueprint.after_app_request(f)")) == parted


def test_a_call_in_a_table_goes_on_after_a_dot_or_a_bracket():
    call = '<code><span class="pre">Flask.errorhandler(handled)</span></code>'
    assert names.parted(cell("Flask.errorhandler(handled)") + call) == (
        cell("Flask.<wbr>errorhandler(<wbr>handled)") + call
    )


@pytest.mark.parametrize(("columns", "longest"), [(2, 24), (3, 15), (4, 10), (7, 10)])
def test_a_name_goes_on_after_an_underscore_if_a_phone_has_no_room(columns, longest):
    fits = f"{'a' * (longest - 2)}_b"
    assert names.parted(cell(fits, columns)) == cell(fits, columns)
    parted = cell(fits.replace("_", "_<wbr>") + "b", columns)
    assert names.parted(cell(f"{fits}b", columns)) == parted
    called = cell(f"app.<wbr>{fits.replace('_', '_<wbr>')}b(f)", columns)
    assert names.parted(cell(f"app.{fits}b(f)", columns)) == called


def test_a_trace_is_left_as_it_is():
    table = cell("Flask.errorhandler(Error)")
    trace = f'<section aria-label="A trace" class="hb-trace">{table}</section>'
    there = names.parted(table)
    assert there != table
    assert names.kept(f"{table}{trace}{table}") == f"{there}{trace}{there}"


def test_code_that_a_phone_has_no_line_for_goes_on_after_a_dot_or_a_bracket():
    code = "app.before_request_funcs[None].remove(load_user)"
    assert names.parted(f'<p><code><span class="pre">{code}</span></code></p>') == (
        '<p><code><span class="pre hb-long">app.<wbr>before_request_funcs[None].remove('
        "<wbr>load_user)</span></code></p>"
    )
    short = '<p><code><span class="pre">app.before_request</span></code></p>'
    assert names.parted(short) == short
