"""Names: whole in one line, or broken where a reader would break them."""

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


def test_a_name_keeps_its_colon():
    assert names.whole("<h1>after_request: Learn</h1>") == (
        '<h1><span class="hb-name">after_<wbr>request:</span> Learn</h1>'
    )


def test_a_name_keeps_its_quotes():
    for quote in "'", "&#39;", "&quot;":
        name = f'<span class="hb-name">{quote}send_<wbr>file{quote}</span>'
        text = f"<h2>{quote}send_file{quote} can only</h2>"
        assert names.whole(text) == f"<h2>{name} can only</h2>"


def test_a_call_in_a_table_leaves_no_single_letter_for_the_next_line():
    call = '<td><span class="pre">Blueprint.after_app_request(f)</span></td>'
    assert names.parted(call) == call.replace("Blueprint.", "Blueprint.<wbr>")


def test_a_call_in_a_table_goes_on_after_a_dot_or_a_bracket():
    call = '<code><span class="pre">Flask.errorhandler(handled)</span></code>'
    assert names.parted(f"<td><p>1.5 {call}</p></td><p>{call}</p>") == (
        '<td><p>1.5 <code><span class="pre">Flask.<wbr>errorhandler(<wbr>'
        f"handled)</span></code></p></td><p>{call}</p>"
    )


def test_a_long_setting_in_a_table_goes_on_after_an_underscore():
    cell = '<td><code><span class="pre">{}</span></code></td>'
    long, short = "PERMANENT_SESSION_LIFETIME", "SESSION_COOKIE_SAMESITE"
    assert names.parted(cell.format(long)) == cell.format(
        "PERMANENT_<wbr>SESSION_<wbr>LIFETIME"
    )
    for name in short, long.lower():
        assert names.parted(cell.format(name)) == cell.format(name)
    longest = "try_trigger_before_first_request_functions"
    assert names.parted(cell.format(longest)) == cell.format(
        longest.replace("_", "_<wbr>")
    )


def test_a_trace_is_left_as_it_is():
    cell = '<td><code><span class="pre">Flask.errorhandler(Error)</span></code></td>'
    trace = f'<section aria-label="A trace" class="hb-trace">{cell}</section>'
    there = names.parted(cell)
    assert there != cell
    assert names.kept(f"{cell}{trace}{cell}") == f"{there}{trace}{there}"


def test_code_that_a_phone_has_no_line_for_goes_on_after_a_dot_or_a_bracket():
    code = "app.before_request_funcs[None].remove(load_user)"
    assert names.parted(f'<p><code><span class="pre">{code}</span></code></p>') == (
        '<p><code><span class="pre hb-long">app.<wbr>before_request_funcs[None].remove('
        "<wbr>load_user)</span></code></p>"
    )
    short = '<p><code><span class="pre">app.before_request</span></code></p>'
    assert names.parted(short) == short
