"""Claims that are wrong or half true, about views, errors, middleware and servers."""

import http.client
import threading

import pytest
from flask import current_app, request, request_started, session
from werkzeug.serving import make_server


def test_after_request_on_a_view_makes_it_a_hook_of_all_responses(app):
    """The view then gets a response that it can't take, whatever was asked for."""

    @app.after_request
    @app.get("/tea")
    def show_tea():
        return "Tea"

    app.add_url_rule("/milk", "milk", lambda: "Milk")
    client = app.test_client()
    assert client.get("/milk").status_code == 500
    app.testing = True
    for path in "/tea", "/milk", "/unknown":
        with pytest.raises(TypeError, match="takes 0 positional arguments but 1 was"):
            client.get(path)


def test_header_set_in_one_view_is_in_no_other_response(app):
    """Make the response in the view, or defer a function in it."""

    @app.get("/tea")
    def show_tea():
        return "Tea", {"X-Cup": "green"}

    app.add_url_rule("/milk", "milk", lambda: "Milk")
    client = app.test_client()
    assert client.get("/tea").headers["X-Cup"] == "green"
    assert "X-Cup" not in client.get("/milk").headers


def raise_lookup_error():
    raise LookupError("cup")


@pytest.mark.parametrize("propagate", [None, True])
def test_propagate_exceptions_leaves_handlers_of_classes_and_http_errors(
    app, propagate
):
    """They are called with the setting and without it."""
    app.config["PROPAGATE_EXCEPTIONS"] = propagate
    app.add_url_rule("/", "index", raise_lookup_error)
    app.register_error_handler(LookupError, lambda error: ("no cup", 400))
    app.register_error_handler(404, lambda error: ("no page", 404))
    client = app.test_client()
    assert client.get("/").text == "no cup"
    assert client.get("/unknown").text == "no page"


@pytest.mark.parametrize("code", [500, None])
def test_propagate_exceptions_skips_the_500_page_and_its_handler(app, steps, code):
    """What no other handler caught leaves the app."""
    app.config["PROPAGATE_EXCEPTIONS"] = True
    app.add_url_rule("/", "index", raise_lookup_error)
    if code:
        app.register_error_handler(code, lambda error: steps.append("handler"))
    with pytest.raises(LookupError, match="cup"):
        app.test_client().get("/")
    assert steps == []


@pytest.mark.parametrize("setting", ["DEBUG", "TESTING", "PROPAGATE_EXCEPTIONS"])
def test_teardown_functions_run_with_each_setting_that_propagates(app, steps, setting):
    """Both kinds get the exception that leaves the app."""
    app.config[setting] = True
    app.add_url_rule("/", "index", raise_lookup_error)
    app.teardown_request(lambda error: steps.append(type(error)))
    app.teardown_appcontext(lambda error: steps.append(type(error)))
    with pytest.raises(LookupError):
        app.test_client().get("/")
    assert steps == [LookupError, LookupError]


def test_receiver_of_request_started_knows_the_view_and_the_session(app, steps):
    """The context is complete by then: session opened, URL matched."""
    app.secret_key = "for the tests"
    app.add_url_rule("/cups/<name>", "show_cup", lambda name: name)

    def note(sender, **extra):
        steps.append((request.endpoint, request.view_args, session.get("user")))

    client = app.test_client()
    with client.session_transaction() as saved:
        saved["user"] = "ada"
    with request_started.connected_to(note, app):
        client.get("/cups/green")
    assert steps == [("show_cup", {"name": "green"}, "ada")]


def test_middleware_has_no_body_yet_when_the_app_has_returned(app, steps):
    """What it gets is an iterable without headers, and nothing was sent."""

    def stream():
        steps.append("body")
        yield "Tea"

    app.add_url_rule("/", "index", stream)
    inner = app.wsgi_app

    def middleware(environ, start_response):
        response = inner(environ, start_response)
        steps.append(hasattr(response, "headers"))
        return response

    app.wsgi_app = middleware
    assert app.test_client().get("/").text == "Tea"
    assert steps == [False, "body"]


def test_flask_app_called_as_asgi_raises_that_start_response_is_missing(app):
    """Each request under uvicorn ends so: it calls the app with a scope."""
    with pytest.raises(TypeError, match=r"1 required positional.*'start_response'"):
        app({"type": "http"})


@pytest.mark.parametrize(("entered", "told"), [(False, []), (True, ["teardown"])])
def test_context_that_a_thread_only_pushes_runs_no_teardown_function(
    app, steps, entered, told
):
    """In a with block it does, when the block ends."""
    app.teardown_appcontext(lambda error: steps.append("teardown"))
    names = []

    def work(context):
        if entered:
            with context:
                names.append(current_app.name)
        else:
            context.push()
            names.append(current_app.name)

    with app.app_context():
        thread = threading.Thread(target=work, args=[current_app.app_context()])
        thread.start()
        thread.join()
        assert names == [app.name]
        assert steps == told


def test_open_streams_do_not_keep_flask_run_from_other_requests(app, monkeypatch):
    """Each has a thread, in the server that flask run starts."""
    end = threading.Event()

    def stream():
        yield "data: tea\n\n"
        end.wait(30)

    app.add_url_rule("/events", "events", lambda: (stream(), {"X-Cup": "green"}))
    app.add_url_rule("/", "index", lambda: "Tea")
    server = make_server("127.0.0.1", 0, app, threaded=True)
    monkeypatch.setattr(server.RequestHandlerClass, "log", lambda *args: None)
    thread = threading.Thread(target=server.serve_forever, args=(0.01,))
    thread.start()

    def get(path):
        connection = http.client.HTTPConnection("127.0.0.1", server.port, timeout=30)
        connection.request("GET", path, headers={"Connection": "close"})
        return connection.getresponse()

    opened = []
    try:
        for _ in range(3):
            opened.append(get("/events"))
            assert opened[-1].readline().startswith(b"data: tea")
        with get("/") as response:
            assert response.read() == b"Tea"
    finally:
        end.set()
        for response in opened:
            response.read()
            response.close()
        server.shutdown()
        thread.join()
        server.server_close()
