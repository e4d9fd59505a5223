"""App and request contexts, which Flask 3.2 merges into one."""

import threading
from concurrent.futures import ThreadPoolExecutor
from contextvars import copy_context
from itertools import count

import pytest
from flask import (
    appcontext_pushed,
    copy_current_request_context,
    current_app,
    g,
    has_request_context,
    request,
    session,
)

from snippets.changes import (
    client_block,
    connection_in_outer_context,
    copied_context,
    outside_context_message,
    pop_inside_except,
    request_in_teardown,
    shared_g,
)
from tests.behaviour.changes.releases import since


def test_request_shares_g_with_an_outer_app_context_up_to_flask_3_1():
    """Since 3.2 what is on g outside the request is not on the request's g."""
    with shared_g.app.app_context():
        g.user = "anna"
        text = shared_g.app.test_client().get("/").text
    assert text == ("Hello, nobody!" if since(3, 2) else "Hello, anna!")


def test_value_put_on_g_in_a_request_stays_outside_since_flask_3_2(app):
    """Up to 3.1 a test can read it from the outer context after the request."""

    @app.get("/")
    def log_in():
        g.user = "anna"
        return "ok"

    with app.app_context():
        app.test_client().get("/")
        assert ("user" in g) == (not since(3, 2))


def test_client_block_shows_what_a_request_left_on_g(app):
    """The block keeps the context of the request, on every version."""

    @app.get("/")
    def log_in():
        g.user = "anna"
        return "ok"

    with app.test_client() as client:
        client.get("/")
        assert g.user == "anna"


def test_receiver_of_appcontext_pushed_puts_values_on_the_g_of_a_request():
    """It works on every version, as long as no app context is pushed around it."""
    with appcontext_pushed.connected_to(shared_g.log_in, shared_g.app):
        assert shared_g.app.test_client().get("/").text == "Hello, anna!"


def test_request_in_an_outer_app_context_pushes_its_own_since_flask_3_2(steps):
    """Up to 3.1 appcontext_pushed is sent for the outer context only."""

    def note(sender):
        steps.append(sender)

    app = shared_g.app
    with appcontext_pushed.connected_to(note, app), app.app_context():
        app.test_client().get("/")
    assert len(steps) == (2 if since(3, 2) else 1)


def test_request_never_uses_the_app_context_of_another_app(app):
    """A pushed context of another application is left alone on every version."""
    with app.app_context():
        g.user = "bert"
        assert shared_g.app.test_client().get("/").text == "Hello, nobody!"
        assert current_app._get_current_object() is app


@pytest.fixture
def numbers(monkeypatch):
    """Connections of a test are numbered by themselves."""
    monkeypatch.setattr(connection_in_outer_context, "numbers", count(1))


@pytest.mark.usefixtures("numbers")
def test_connection_outlives_a_request_in_an_outer_app_context_up_to_3_1(capsys):
    """Since 3.2 teardown_appcontext runs when the request ends, also in the block."""
    with connection_in_outer_context.app.app_context():
        connection_in_outer_context.app.test_client().get("/")
        closed = "close connection" in capsys.readouterr().out
        assert closed == since(3, 2)


@pytest.mark.usefixtures("numbers")
def test_every_connection_opened_in_nested_contexts_is_closed_once(capsys):
    """A teardown function that looks at its own g is right on every version."""
    with connection_in_outer_context.app.app_context():
        connection_in_outer_context.connect()
        connection_in_outer_context.app.test_client().get("/")
    lines = capsys.readouterr().out.splitlines()
    opened = [line[5:] for line in lines if line.startswith("open ")]
    closed = [line[6:] for line in lines if line.startswith("close ")]
    assert len(opened) == (2 if since(3, 2) else 1)
    assert closed == opened[::-1]


def test_request_context_pushed_in_an_app_context_has_its_own_g_since_flask_3_2(app):
    """A test_request_context in an app context changes as a request does."""
    with app.app_context():
        g.user = "anna"
        with app.test_request_context():
            assert ("user" in g) == (not since(3, 2))


def test_copied_request_context_shares_g_in_its_thread_up_to_flask_3_1():
    """Since 3.2 the copy has its own g; what is passed as an argument arrives."""
    text = copied_context.app.test_client().get("/").text
    user = "nobody" if since(3, 2) else "anna"
    assert text == f"from g: {user}, passed: anna"


def test_copied_request_context_has_its_own_g_in_a_new_thread(app, steps):
    """The new thread finds no app context to share, whatever the version."""

    @app.get("/")
    def start():
        g.user = "anna"

        @copy_current_request_context
        def work():
            steps.append((request.path, "user" in g))

        thread = threading.Thread(target=work)
        thread.start()
        thread.join()
        return "ok"

    app.test_client().get("/")
    assert steps == [("/", False)]


def test_copied_request_context_shares_g_with_copied_variables_up_to_flask_3_1(app):
    """A thread that gets a copy of the context variables finds the app context."""

    @app.get("/")
    def start():
        g.user = "anna"

        @copy_current_request_context
        def work():
            return g.get("user", "nobody")

        with ThreadPoolExecutor(1) as pool:
            return pool.submit(copy_context().run, work).result()

    user = "nobody" if since(3, 2) else "anna"
    assert app.test_client().get("/").text == user


def pop_in_handler(pop, capsys):
    context = pop_inside_except.app.test_request_context()
    context.push()
    try:
        raise LookupError("no such file")
    except LookupError as error:
        pop(context, error)
    return capsys.readouterr().out


def test_pop_in_an_except_block_hands_over_the_exception_up_to_flask_3_1(capsys):
    """Since 3.2 teardown functions get None from a pop() without an argument."""
    out = pop_in_handler(pop_inside_except.pop_alone, capsys)
    assert ("LookupError" in out) == (not since(3, 2))


def test_pop_hands_over_the_exception_that_it_is_given(capsys):
    """pop(error) and pop(None) mean the same on every version."""
    out = pop_in_handler(pop_inside_except.pop_with_error, capsys)
    assert out == "teardown: LookupError('no such file')\n"
    out = pop_in_handler(pop_inside_except.pop_without_error, capsys)
    assert out == "teardown: None\n"


def test_context_left_by_an_exception_hands_it_to_the_teardown_functions(capsys):
    """A with block passes its exception on, whatever the version."""
    with pytest.raises(LookupError), pop_inside_except.app.test_request_context():
        raise LookupError("no such file")
    assert capsys.readouterr().out == "teardown: LookupError('no such file')\n"


def block_teardowns(capsys):
    with client_block.app.test_client() as client:
        client.get("/")
        inside = capsys.readouterr().out.split()
    return inside, capsys.readouterr().out.split()


def test_teardown_functions_run_again_when_the_client_block_ends(capsys):
    """They run after the request, and once more for the context that was kept."""
    inside, after = block_teardowns(capsys)
    assert inside == ["teardown_request", "teardown_appcontext"]
    assert after[-2:] == ["teardown_request", "teardown_appcontext"]


def test_teardown_functions_run_again_before_the_next_request_of_a_client_block(
    app, steps
):
    """The client keeps the context of one request only."""
    app.add_url_rule("/", "index", lambda: "Tea")
    app.before_request(lambda: steps.append("request"))
    app.teardown_request(lambda error: steps.append("teardown"))
    with app.test_client() as client:
        client.get("/")
        client.get("/")
        assert steps == ["request", "teardown", "teardown", "request", "teardown"]
    assert steps[5:] == ["teardown"]


def test_client_block_has_a_third_app_context_teardown_up_to_flask_3_1_1(capsys):
    """Since 3.1.2 the kept contexts are restored in the order they were pushed."""
    _, after = block_teardowns(capsys)
    assert after.count("teardown_appcontext") == (1 if since(3, 1, 2) else 2)


@pytest.mark.parametrize("outer", ["app_context", "test_request_context"])
def test_request_in_an_outer_context_pushes_no_app_context_up_to_flask_3_1(
    app, steps, outer
):
    """So appcontext_pushed is not sent for it; since 3.2 it is."""
    app.add_url_rule("/", "index", lambda: "Tea")

    def note(sender, **extra):
        steps.append("pushed")

    with getattr(app, outer)(), appcontext_pushed.connected_to(note, app):
        assert app.test_client().get("/").text == "Tea"
    assert steps == (["pushed"] if since(3, 2) else [])


def test_client_without_a_block_runs_teardown_functions_once(capsys):
    """No context is kept, so nothing runs twice, on any version."""
    client_block.app.test_client().get("/")
    out = capsys.readouterr().out.split()
    assert out == ["teardown_request", "teardown_appcontext"]


def test_first_line_of_the_error_outside_a_context_never_changed():
    """The first line is the same on every version."""
    with pytest.raises(RuntimeError) as failure:
        outside_context_message.read_user()
    assert str(failure.value).startswith("Working outside of application context.\n")
    with pytest.raises(RuntimeError) as failure:
        outside_context_message.read_path()
    assert str(failure.value).startswith("Working outside of request context.\n")


def test_advice_of_the_error_outside_a_context_was_rewritten_in_flask_3_2():
    """A test that compares the whole message fails after the upgrade."""
    for use in outside_context_message.read_user, outside_context_message.read_path:
        with pytest.raises(RuntimeError) as failure:
            use()
        assert ("This typically means" in str(failure.value)) == (not since(3, 2))
        assert ("Attempted to use" in str(failure.value)) == since(3, 2)


def test_request_teardown_precedes_app_context_teardown_on_every_version(app, steps):
    """After the merge, both kinds of functions still run, in the same order."""
    app.teardown_appcontext(lambda error: steps.append("teardown_appcontext"))
    app.teardown_request(lambda error: steps.append("teardown_request"))
    app.test_client().get("/")
    assert steps == ["teardown_request", "teardown_appcontext"]


@pytest.mark.parametrize("crash", [False, True])
def test_teardown_appcontext_function_has_the_request_since_flask_3_2(app, crash):
    """Up to 3.1, request and session raise a RuntimeError there; g works on all."""
    told = []

    @app.teardown_appcontext
    def note(error):
        told.append((has_request_context(), g.cup))
        for read in (lambda: request.path), (lambda: session.get("cup")):
            try:
                told.append(read())
            except RuntimeError as outside:
                told.append(str(outside).partition("\n")[0])

    @app.get("/")
    def index():
        g.cup = "green"
        return str(1 // (not crash))

    app.test_client().get("/")
    outside = "Working outside of request context."
    if since(3, 2):
        assert told == [(True, "green"), "/", None]
    else:
        assert told == [(False, "green"), outside, outside]


def test_teardown_appcontext_function_of_a_block_has_no_request(capsys):
    """A command or a script has none, on every version."""
    with request_in_teardown.app.app_context():
        assert capsys.readouterr().out == ""
    assert capsys.readouterr().out == "teardown_appcontext: no request\n"
