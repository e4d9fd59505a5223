"""Names: whole in one line, or broken where a reader would break them."""

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


def test_a_name_keeps_its_colon():
    assert pages.whole("<h1>after_request: Learn</h1>") == (
        '<h1><span class="hb-name">after_<wbr>request:</span> Learn</h1>'
    )


def test_a_call_in_a_table_leaves_no_single_letter_for_the_next_line():
    call = (
        '<table class="docutils"><td><span class="pre">'
        "Blueprint.after_app_request(f)</span></td></table>"
    )
    assert pages.parted(call) == call.replace("Blueprint.", "Blueprint.<wbr>")


def test_a_call_in_a_table_goes_on_after_a_dot_or_a_bracket():
    call = '<code><span class="pre">Flask.errorhandler(code_or_class)</span></code>'
    cell = f"<td><p>1.5 {call}</p></td></table><p>{call}</p>"
    assert pages.parted(f'<table class="docutils align-default">{cell}') == (
        '<table class="docutils align-default"><td><p>1.5 <code>'
        '<span class="pre">Flask.<wbr>errorhandler(<wbr>'
        f"code_or_class)</span></code></p></td></table><p>{call}</p>"
    )
    trace = f'<table class="hb-execution docutils">{cell}'
    assert pages.parted(trace) == trace
