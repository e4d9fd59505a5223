"""An assertion that holds whatever Flask does is found by its form."""

import ast

import pytest

from hookbook.corpus.vacuous import faults, holds_anyway

HOLDS = (
    *("True", "1", "'x'", "('a', app.name)", "lambda: x", "f'{x}'", "[app]"),
    *("app", "response", "bool(app)", "str(response)", "repr(app)", "type(response)"),
    *("response.status_code", "response.get_json", "app.get and client.get"),
    *("response is not None", "not response is None", "not ()"),
    *("isinstance(response, object)", "callable(app.get)", "map(str, headers)"),
    *("'' in response.text", "b'' in response.data", "response.text.startswith('')"),
    *("set() <= set(response.headers)", "[] == []", "app.name == app.name"),
    *("response.status_code == ANY", "mock.ANY == response.text"),
    *("response.status_code in [200, response.status_code]", "x <= x"),
    *("len(x) >= 0", "len(x) > -1", "0 <= len(x)", "-1 < len(x)"),
    *("100 <= response.status_code <= 599", "response.status_code > 0"),
    *("response.status_code in range(1000)", "response.status_code != 0"),
    *("x.y == 1 or True", "x.y == 1 or x.y != 1", "x.y or not x.y", "x.y or app"),
    *("(x := 1) and app", "x.y == 1 if False else True", "all([])"),
    *("all(x.y for x in [])", "any([True, x.y])", "(h for h in headers)"),
)
MAY_FAIL = (
    *("response.text", "response.status_code == 200", "app.debug", "file.closed"),
    *("not response.text", "x.y is not None", "x.y is None", "x is None", "not x"),
    *("'a' in response.text", "response.text.startswith('a')", "[]", "False", "0"),
    *("len(x) > 0", "len(x) >= 1", "len(x) <= 3", "set(x) <= {1}"),
    *("x.y == 1 or x.y == 2", "x.y == x.z", "f() == f()", "app.env is app.env"),
    *("500 <= response.status_code <= 599", "response.status_code in (200, 404)"),
    *("response.status_code == expected", "all(x.y for x in app.z)", "any(x.y)"),
    *("isinstance(response, Response)", "x.y if x.z else x.w", "first == second"),
)


def found(text):
    return faults(list(ast.walk(ast.parse(text))))


def parse(text):
    return ast.parse(text, mode="eval").body


@pytest.mark.canary
@pytest.mark.parametrize("text", HOLDS)
def test_what_holds_anyway_is_seen(text):
    assert holds_anyway(parse(text))


@pytest.mark.parametrize("text", MAY_FAIL)
def test_what_may_fail_is_let_pass(text):
    assert not holds_anyway(parse(text))


@pytest.mark.canary
def test_it_is_told_with_its_line():
    text = "def test_it():\n    assert app.name == 'x'\n    assert response\n"
    assert list(found(text)) == [
        (3, "'assert response' holds whatever Flask does: compare the run's result"
         " with what you expect"),
    ]  # fmt: skip


SAME = "expected = response.text\n{between}assert response.text == expected\n"


@pytest.mark.canary
@pytest.mark.parametrize("between", ["", "other = 1\n", "assert other == 2\n"])
def test_a_value_compared_with_itself_is_told(between):
    (fault,) = found(SAME.format(between=between))
    assert "'response.text' and 'expected' are the same here" in fault[1]


@pytest.mark.parametrize("between", ["change()\n", "other = call()\n", "x += 1\n"])
def test_a_value_compared_with_itself_later_is_let_pass(between):
    assert list(found(SAME.format(between=between))) == []


OVER_NOTHING = (
    *("all(c.secure for c in app.cookies)", "all(app.flags)", "all([c for c in x.y])"),
    *("not any(c.secure for c in app.cookies)", "all(map(str, app.flags))"),
)


@pytest.mark.canary
@pytest.mark.parametrize("said", OVER_NOTHING)
def test_what_holds_over_nothing_is_told(said):
    text = f"def test_it():\n    assert app.name\n    assert {said}\n"
    ((line, message),) = found(text)
    assert line == 3
    assert "is true if there is nothing in '" in message


@pytest.mark.parametrize(
    ("said", "counted"),
    [
        ("all(c.secure for c in app.cookies)", "len(app.cookies) == 2"),
        ("not any(c.secure for c in found)", "len(found) == 1"),
        ("all(app.flags)", "{*app.flags} == {1, 2}"),
        ("all(app.has(name) for name in ('a', 'b'))", "app.name"),
    ],
)
def test_what_holds_over_something_is_let_pass(said, counted):
    text = f"def test_it():\n    assert {counted}\n    assert {said}\n"
    assert list(found(text)) == []
