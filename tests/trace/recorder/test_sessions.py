"""Sessions, of Flask and of others."""

from tests.trace.recorder.lanes import MADE, OK, body, changes, lane, popped, run, step


def test_a_session():
    login = run("sessions").traces[1]
    assert lane(login) == [
        "request request GET /login",
        "session open_session SecureCookieSession",
        "match match_request login",
        "view view login",
        MADE,
        "session save_session SecureCookieSession",
        OK,
        *popped(),
        body(2),
    ]
    opened, saved = login.steps[1], login.steps[5]
    assert (opened.before["session"], opened.after["session"]) == (None, {})
    assert changes(step(login, "login", "view")) == {"session[user]": (None, "'ada'")}
    assert changes(saved) == {
        "response.headers[Vary]": (None, "Cookie"),
        "response.cookies[session]": (None, "<signed>"),
    }
    assert login.steps[-1].after["session"] is None


def test_the_session_of_the_next_request():
    name, home, logout = run("sessions").traces[2:]
    assert name.steps[1].after["session"] == {"user": "'ada'"}
    assert name.steps[0].before["request"]["cookies"] == {"session": "<signed>"}
    assert changes(name.steps[5]) == {"response.headers[Vary]": (None, "Cookie")}
    # Nobody looked at it: neither did the recorder.
    assert home.steps[5].changes == []
    assert changes(logout.steps[3]) == {"session[user]": ("'ada'", None)}
    assert changes(logout.steps[5])["response.cookies[session]"] == (None, "(deleted)")


def test_a_session_interface_of_the_snippet():
    first, second = run("custom_session").traces
    assert lane(first)[1] == "session open_session Kept"
    assert lane(first)[4:6] == [MADE, "session save_session Kept"]
    assert second.steps[1].after["session"] == {"visits": "1"}


def test_a_session_that_is_no_dict_is_left_alone():
    trace = run("foreign_session").traces[0]
    assert lane(trace)[1] == "session open_session Foreign"
    assert {s.after["session"] for s in trace.steps} == {None}
