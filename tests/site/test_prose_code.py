"""Code and output are told from prose, wherever words are shown."""

import pytest

from hookbook.site.policy import commands, leftovers, prose_code
from hookbook.site.policy.commands import Makefile

MAKEFILE = Makefile(frozenset({"html", "regress"}), frozenset({"CODE", "PYTESTOPTS"}))


@pytest.mark.canary
@pytest.mark.parametrize(
    "line",
    [
        *("200 OK", "404 NOT FOUND", "X-Hello: World", "Content-Type: text/html"),
        *("Set-Cookie: a=b; HttpOnly; Path=/", '["a", "b"]', '{"a": {"b": 1}}'),
        '127.0.0.1 - - [26/Nov/2026 10:00:00] "GET / HTTP/1.1" 200 -',
    ],
)
def test_a_line_of_a_response_is_output(line):
    ((place, message),) = prose_code.in_text(f"It says:\n{line}")
    assert place == 1
    assert message.startswith("output typed as text")


@pytest.mark.parametrize(
    "line",
    [
        *("200 OK is the status of a page.", "404 pages", "In 2026, all was well."),
        *("Flask-CORS: errors, preflights and headers", "Wrong-Way: see below."),
        *("X-Hello: is what a header of your own begins with", "[one] of them"),
    ],
)
def test_a_sentence_about_responses_is_prose(line):
    assert list(prose_code.in_text(line)) == []


@pytest.mark.parametrize("name", ["404 NOT FOUND", "X-Forwarded-For: trusted"])
def test_a_heading_may_be_a_status_or_a_header(name):
    assert list(prose_code.in_text(name, is_name=True)) == []


@pytest.mark.parametrize(
    ("text", "count"),
    [
        *(("with app.app_context(): print(g)", 1), ("for x in y: print(x)", 1)),
        *(("200 OK", 0), ("if x: return y", 0), ("app.run()", 0), ("a: int", 0)),
    ],
)
def test_a_statement_with_a_body_is_an_example(text, count):
    assert len(list(prose_code.in_literal(text))) == count


@pytest.mark.parametrize(
    ("command", "count"),
    [
        *(("python -m timeit 'print(1)'", 1), ("flask shell -c 'f()'", 1)),
        *(("CODE='import os; os.getcwd()' make html", 1),),
        *(("make regress PYTESTOPTS=\"-k 'a or b'\"", 0), ("python -m pytest", 0)),
        *(("curl -H 'X-Request-ID: a' http://127.0.0.1:5000/", 0),),
    ],
)
def test_a_command_holds_no_program(command, count):
    assert len(list(commands.faults(command, MAKEFILE))) == count


@pytest.mark.canary
@pytest.mark.parametrize(
    "text",
    ["HACK: later", "Todo write this", "More to come.", "See [insert link here]."],
)
def test_a_note_to_oneself_is_left_over(text):
    assert len(list(leftovers.notes(text))) == 1


@pytest.mark.parametrize(
    "text", ["A todo list", "hackers", "a response to come", "Insert it here."]
)
def test_words_that_are_like_notes_are_prose(text):
    assert list(leftovers.notes(text)) == []
