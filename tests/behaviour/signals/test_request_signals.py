"""The signals of a request: when they are sent, by whom, with what."""

import flask
import pytest
from flask import (
    Flask,
    abort,
    after_this_request,
    appcontext_tearing_down,
    before_render_template,
    flash,
    g,
    got_request_exception,
    message_flashed,
    render_template_string,
    request,
    request_finished,
    request_started,
    request_tearing_down,
    template_rendered,
)

from tests.behaviour.versions import FLASK

SIGNALS = {
    "request_started": request_started,
    "request_finished": request_finished,
    "request_tearing_down": request_tearing_down,
    "got_request_exception": got_request_exception,
}


@pytest.fixture
def received(app, steps):
    """Note every signal of a request with its sender and the names of its arguments."""
    receivers = []
    for name, signal in SIGNALS.items():

        def receive(sender, name=name, **arguments):
            steps.append((name, sender is app, arguments))

        signal.connect(receive)
        # A signal holds its receivers weakly.
        receivers.append((signal, receive))
    yield steps
    for signal, receive in receivers:
        signal.disconnect(receive)


def test_request_sends_started_finished_and_tearing_down(app, received):
    """The sender is the app itself; finished carries the response."""
    response = []
    app.after_request(lambda r: response.append(r) or r)
    app.test_client().get("/")
    assert received == [
        ("request_started", True, {}),
        ("request_finished", True, {"response": response[0]}),
        ("request_tearing_down", True, {"exc": None}),
    ]


def test_crash_sends_got_request_exception_between_started_and_finished(app, received):
    """Its receivers get the exception, and so do those of request_tearing_down."""
    crash = LookupError("cup")

    @app.get("/")
    def index():
        raise crash

    app.test_client().get("/")
    assert [name for name, *_ in received] == [
        "request_started",
        "got_request_exception",
        "request_finished",
        "request_tearing_down",
    ]
    assert received[1][1:] == (True, {"exception": crash})
    assert received[3][1:] == (True, {"exc": crash})


@pytest.mark.parametrize(
    ("path", "status", "reported"),
    [
        ("/", 200, False),
        ("/nowhere", 404, False),
        ("/refused", 403, False),
        ("/handled", 409, False),
        ("/crash", 500, True),
    ],
)
def test_request_finished_is_sent_for_errors_too(app, received, path, status, reported):
    """With the 404, the 500 of a crash, or the response of an error handler."""
    app.register_error_handler(LookupError, lambda error: ("Sold out", 409))
    app.add_url_rule("/", "index", lambda: "Tea")
    app.add_url_rule("/refused", "refused", lambda: abort(403))
    app.add_url_rule("/handled", "handled", lambda: {}["tea"])
    app.add_url_rule("/crash", "crash", lambda: 1 / 0)
    assert app.test_client().get(path).status_code == status
    names = [name for name, *_ in received]
    assert ("got_request_exception" in names) is reported
    (sent,) = [more["response"] for name, _, more in received if "finished" in name]
    assert sent.status_code == status


def test_crash_that_propagates_never_sends_request_finished(app, received):
    """No response was finished."""
    app.testing = True
    app.add_url_rule("/", view_func=lambda: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        app.test_client().get("/")
    assert [name for name, *_ in received] == [
        "request_started",
        "got_request_exception",
        "request_tearing_down",
    ]


def test_request_started_is_sent_before_the_before_request_functions(app, steps):
    """The contexts are active, the URL is matched."""
    app.before_request(lambda: steps.append("before_request"))
    app.url_value_preprocessor(lambda endpoint, values: steps.append("preprocessor"))
    app.add_url_rule("/", "home", lambda: g.cup)

    def receive(sender):
        g.cup = "green"
        steps.append(request.endpoint)

    with request_started.connected_to(receive, app):
        assert app.test_client().get("/").text == "green"
    assert steps == ["home", "preprocessor", "before_request"]


def test_receiver_of_request_started_that_raises_is_a_crash_of_the_request(app):
    """Its exception meets the error handlers like one of a view."""
    app.register_error_handler(LookupError, lambda error: "Handled")

    def receive(sender):
        raise LookupError("cup")

    with request_started.connected_to(receive, app):
        assert app.test_client().get("/").text == "Handled"


def test_request_tearing_down_is_sent_after_the_teardown_functions(app, steps):
    """And before those of the app context."""
    app.teardown_request(lambda error: steps.append("teardown_request"))
    app.teardown_appcontext(lambda error: steps.append("teardown_appcontext"))

    def receive(sender, exc):
        steps.append(request.path)

    with request_tearing_down.connected_to(receive, app):
        app.test_client().get("/tea")
    assert steps == ["teardown_request", "/tea", "teardown_appcontext"]


def test_receiver_may_ask_for_the_signals_of_one_app(app, steps):
    """connect(receiver, app): those of another app are not received."""
    other = Flask("other")

    def receive(sender, **arguments):
        steps.append(sender.name)

    with request_started.connected_to(receive, other):
        app.test_client().get("/")
        other.test_client().get("/")
    assert steps == ["other"]


def test_signals_have_names():
    """A receiver of all signals can tell them apart by their names."""
    assert {signal.name for signal in SIGNALS.values()} == {
        "request-started",
        "request-finished",
        "request-tearing-down",
        "got-request-exception",
    }
    assert template_rendered.name == "template-rendered"
    assert before_render_template.name == "before-render-template"
    assert message_flashed.name == "message-flashed"


def test_app_context_signals_have_names():
    """Two words each, like the others."""
    for name in "pushed", "popped", "tearing_down":
        signal = getattr(flask, f"appcontext_{name}")
        assert signal.name == f"appcontext-{name.replace('_', '-')}"


def test_signals_of_templates_carry_template_and_context(app, steps):
    """One before and one after a template is rendered."""

    def note(name):
        def receive(sender, template, context):
            steps.append((name, sender is app, context["cup"]))

        return receive

    before, after = note("before"), note("after")
    with (
        before_render_template.connected_to(before, app),
        template_rendered.connected_to(after, app),
        app.test_request_context(),
    ):
        render_template_string("{{ cup }}", cup="green")
    assert steps == [("before", True, "green"), ("after", True, "green")]


def test_flashed_message_sends_a_signal(app, steps):
    """With the message and its category."""
    app.secret_key = "tea"

    def receive(sender, message, category):
        steps.append((sender is app, message, category))

    with message_flashed.connected_to(receive, app), app.test_request_context():
        flash("Tea is ready", "kitchen")
    assert steps == [(True, "Tea is ready", "kitchen")]


@pytest.mark.filterwarnings("ignore:coroutine:RuntimeWarning")
@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")
def test_async_receivers_of_signals_are_awaited_since_flask_2_3(app, steps):
    """All signals of a request and its app context; before, nothing awaited them."""
    receivers = []
    contexts = ["appcontext_pushed", "appcontext_popped", "appcontext_tearing_down"]
    for name in [*SIGNALS, *contexts] if FLASK >= (2, 3) else ["request_started"]:

        async def receive(sender, name=name, **arguments):
            steps.append(name)

        getattr(flask, name).connect(receive, app)
        receivers.append((getattr(flask, name), receive))
    app.add_url_rule("/", view_func=lambda: 1 / 0)
    try:
        app.test_client().get("/")
    finally:
        for signal, receive in receivers:
            signal.disconnect(receive, app)
    assert steps == (
        [
            "appcontext_pushed",
            "request_started",
            "got_request_exception",
            "request_finished",
            "request_tearing_down",
            "appcontext_tearing_down",
            "appcontext_popped",
        ]
        if FLASK >= (2, 3)
        else []
    )


CARRIED = {
    "appcontext_pushed": [],
    "request_started": [],
    "before_render_template": ["context", "template"],
    "template_rendered": ["context", "template"],
    "message_flashed": ["category", "message"],
    "got_request_exception": ["exception"],
    "request_finished": ["response"],
    "request_tearing_down": ["exc"],
    "appcontext_tearing_down": ["exc"],
    "appcontext_popped": [],
}


@pytest.mark.parametrize("name", CARRIED)
def test_each_signal_carries_its_own_keyword_arguments(app, steps, name):
    """The two of tearing down call the exception exc; receivers are called by name."""
    app.secret_key = "tea"

    @app.get("/")
    def index():
        flash("Tea is ready")
        render_template_string("tea")
        raise LookupError("no cup")

    def receive(sender, **arguments):
        steps.append(sorted(arguments))

    with getattr(flask, name).connected_to(receive, app):
        app.test_client().get("/")
    # The contexts' signals are sent for the app context of the request alone.
    assert steps == [CARRIED[name]]


@pytest.mark.parametrize("signal", [request_tearing_down, appcontext_tearing_down])
def test_parameter_exception_doesnt_fit_the_signals_of_tearing_down(app, signal):
    """The keyword is exc, so the receiver lacks its argument."""

    def receive(sender, exception, **extra):
        raise NotImplementedError

    # Flask 3.2 puts the error into groups.
    with (
        signal.connected_to(receive, app),
        pytest.raises(Exception, match=r"exception|teardown") as caught,
    ):
        app.test_client().get("/")
    error = caught.value
    while hasattr(error, "exceptions"):
        (error,) = error.exceptions
    assert isinstance(error, TypeError)
    assert "missing 1 required positional argument: 'exception'" in str(error)


def test_abort_in_a_receiver_of_request_started_makes_that_http_error(app, steps):
    """As in a before_request function: the view isn't called, the hooks run."""
    app.add_url_rule("/", "index", lambda: steps.append("view"))
    app.after_request(lambda response: steps.append(response.status_code) or response)

    def refuse(sender):
        abort(401)

    def note(sender, exception):
        steps.append(exception)

    with (
        request_started.connected_to(refuse, app),
        got_request_exception.connected_to(note, app),
    ):
        assert app.test_client().get("/").status_code == 401
    assert steps == [401]


def test_receiver_of_request_started_that_raises_meets_no_handler_and_is_a_500(app):
    """Without an error handler for its exception, as a view."""

    def crash(sender):
        raise LookupError("cup")

    with request_started.connected_to(crash, app):
        assert app.test_client().get("/").status_code == 500


@pytest.mark.parametrize("register", ["after_request", "deferred", "error handler"])
def test_http_error_of_a_hook_after_the_view_sends_got_request_exception(
    app, steps, register
):
    """Flask handles it as a crash; the signal carries the HTTP error."""

    def refuse(response):
        if response.status_code == 200:
            abort(403)
        return response

    @app.get("/")
    def index():
        if register == "deferred":
            after_this_request(refuse)
        if register == "error handler":
            raise LookupError
        return "Tea"

    if register == "after_request":
        app.after_request(refuse)
    app.register_error_handler(LookupError, lambda error: abort(403))
    app.register_error_handler(403, lambda error: ("Refused", 403))

    def note(sender, exception):
        steps.append(type(exception).__name__)

    with got_request_exception.connected_to(note, app):
        assert app.test_client().get("/").status_code == 500
    assert steps == ["Forbidden"]
