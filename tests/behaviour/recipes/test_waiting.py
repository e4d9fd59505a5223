"""What waits for background work, and what a job's request context does."""

from concurrent.futures import ThreadPoolExecutor
from threading import Event, Thread, current_thread

import pytest
from flask import Response, current_app, g, request, stream_with_context, url_for


@pytest.mark.parametrize("called", [True, False])
def test_target_that_is_called_runs_in_the_view_and_not_in_the_thread(
    app, steps, called
):
    """Python calls it before it makes the thread, which then has nothing to do."""

    def send_mail():
        steps.append(current_thread())

    @app.get("/")
    def index():
        work = Thread(target=send_mail() if called else send_mail)
        work.start()
        work.join()
        return "Thank you"

    assert app.test_client().get("/").text == "Thank you"
    (thread,) = steps
    assert (thread is current_thread()) == called


def test_with_block_of_a_pool_waits_for_its_threads(app, steps):
    """A pool that nobody leaves doesn't, so the response is sent before."""
    pool = ThreadPoolExecutor(1)
    may_end = Event()

    def work(name):
        may_end.wait(0.2 if name == "with" else 60)
        steps.append(f"{name} worked")

    @app.get("/with")
    def wait():
        with ThreadPoolExecutor(1) as own:
            own.submit(work, "with")
        return "Thank you"

    @app.get("/module")
    def hand_over():
        pool.submit(work, "module")
        return "Thank you"

    client = app.test_client()
    for path in "/with", "/module":
        client.get(path)
        steps.append(f"{path} responded")
    may_end.set()
    pool.shutdown()
    assert steps == [
        "with worked",
        "/with responded",
        "/module responded",
        "module worked",
    ]


def test_code_after_the_last_yield_belongs_to_the_response(app, steps):
    """The server asks for one more piece, and only then is the body complete."""

    @app.get("/")
    def index():
        def page():
            yield "Thank you"
            steps.append("slow work")

        return Response(page())

    environ = app.test_request_context("/").request.environ
    body = app.wsgi_app(environ, lambda status, headers: None)
    for piece in body:
        steps.append(piece.decode())
    steps.append("complete")
    assert steps == ["Thank you", "slow work", "complete"]


def test_job_in_a_test_request_context_runs_no_before_request_function(app, steps):
    """Teardown functions run, and external URLs are those of localhost."""
    app.add_url_rule("/orders", "list_orders", lambda: "Tea")
    app.before_request(lambda: steps.append("before_request"))
    app.after_request(lambda response: steps.append("after_request") or response)
    app.teardown_request(lambda error: steps.append("teardown_request"))
    app.teardown_appcontext(lambda error: steps.append("teardown_appcontext"))
    with app.test_request_context():
        assert request.path == "/"
        url = url_for("list_orders", _external=True)
    assert url == "http://localhost/orders"
    assert steps == ["teardown_request", "teardown_appcontext"]


def test_streamed_generator_has_no_app_context_without_stream_with_context(app):
    """It runs after the view has returned."""

    def names():
        g.count = 1
        yield current_app.name

    app.add_url_rule("/", "bare", lambda: Response(names()))
    app.add_url_rule("/kept", "kept", lambda: Response(stream_with_context(names())))
    client = app.test_client()
    with pytest.raises(RuntimeError, match="Working outside of application context"):
        client.get("/")
    assert client.get("/kept").text == app.name
