"""Extensions that watch requests: OpenTelemetry, the Prometheus exporter, toolbar."""

import re
from threading import Thread

import pytest
from flask import Flask as EarlyFlask
from flask import (
    abort,
    copy_current_request_context,
    make_response,
    request,
    stream_with_context,
)

pytestmark = pytest.mark.extensions


@pytest.fixture
def spans():
    """Return a provider of spans, with those that have ended."""
    from opentelemetry.sdk.trace import TracerProvider
    from opentelemetry.sdk.trace.export import SimpleSpanProcessor
    from opentelemetry.sdk.trace.export.in_memory_span_exporter import (
        InMemorySpanExporter,
    )

    ended = InMemorySpanExporter()
    provider = TracerProvider()
    provider.add_span_processor(SimpleSpanProcessor(ended))
    provider.ended = ended
    return provider


@pytest.fixture
def noted(app, spans, steps):
    """Instrument the app between two functions of each kind; note a current span."""
    from opentelemetry import trace
    from opentelemetry.instrumentation.flask import FlaskInstrumentor

    def note(name):
        steps.append((name, trace.get_current_span().is_recording()))

    def register(place):
        @app.before_request
        def before():
            note(f"{place} before")
            if request.args.get("early") == place:
                return "early", 401

        app.after_request(lambda response: note(f"{place} after") or response)
        app.teardown_request(lambda error: note(f"{place} teardown"))

    register("first")
    FlaskInstrumentor().instrument_app(app, tracer_provider=spans)
    register("last")
    app.note = note
    yield app
    FlaskInstrumentor().uninstrument_app(app)


def test_span_of_opentelemetry_begins_in_its_before_request_function(noted, steps):
    """It's current in hooks registered later, and in all after_request functions."""
    noted.add_url_rule("/", "index", lambda: noted.note("view") or "shop")
    noted.test_client().get("/")
    assert steps == [
        ("first before", False), ("last before", True), ("view", True),
        ("last after", True), ("first after", True),
        ("last teardown", True), ("first teardown", False),
    ]  # fmt: skip


@pytest.mark.parametrize(("place", "count"), [("first", 0), ("last", 1)])
def test_response_of_an_earlier_before_request_function_has_no_span(
    noted, spans, caplog, place, count
):
    """A warning is logged; the response of a later one has a span."""
    noted.add_url_rule("/", "index", lambda: "shop")
    assert noted.test_client().get(f"/?early={place}").status_code == 401
    assert len(spans.ended.get_finished_spans()) == count
    warned = "span missing at _start_response(401 UNAUTHORIZED)" in caplog.text
    assert warned is not bool(count)


def test_instrument_before_the_app_is_made_puts_the_span_first(spans):
    """A Flask that was imported by name before instrument() makes no spans."""
    import flask
    from opentelemetry import trace
    from opentelemetry.instrumentation.flask import FlaskInstrumentor

    def asked(app_class):
        app, told = app_class("shop"), []
        app.before_request(lambda: told.append(trace.get_current_span().is_recording()))
        app.add_url_rule("/", "index", lambda: "shop")
        assert app.test_client().get("/").text == "shop"
        return told

    FlaskInstrumentor().instrument(tracer_provider=spans)
    try:
        assert asked(flask.Flask) == [True]
        assert asked(EarlyFlask) == [False]
    finally:
        FlaskInstrumentor().uninstrument()


@pytest.mark.parametrize("keep", [stream_with_context, iter])
def test_span_has_ended_before_a_streamed_body(noted, steps, keep):
    """With stream_with_context too."""

    @noted.get("/")
    def index():
        def parts():
            noted.note("body")
            yield "tea"

        return make_response(keep(parts()))

    assert noted.test_client().get("/").text == "tea"
    assert ("first after", True) in steps
    assert ("body", False) in steps


@pytest.mark.parametrize(
    ("path", "status", "said", "events"),
    [
        ("/crash", 500, "ERROR", ["exception"]),
        ("/handled", 500, "ERROR", []),
        ("/handled?status=409", 409, "UNSET", []),
        ("/nothing", 404, "UNSET", []),
    ],
)
def test_span_of_a_crash_has_the_exception_unless_a_handler_took_it(
    noted, spans, path, status, said, events
):
    """A 500 of a handler is an error as well, without the exception."""

    class OutOfStock(Exception):
        pass

    @noted.errorhandler(OutOfStock)
    def answer(error):
        return "out of stock", request.args.get("status", 500, type=int)

    @noted.get("/handled")
    def handled():
        raise OutOfStock

    noted.add_url_rule("/crash", "crash", lambda: 1 / 0)
    assert noted.test_client().get(path).status_code == status
    (span,) = spans.ended.get_finished_spans()
    assert span.status.status_code.name == said
    assert [event.name for event in span.events] == events


def test_streams_and_copied_contexts_detach_the_span_once(noted, spans, caplog):
    """No "Failed to detach context" is logged for them, nor for a client in a block."""

    @noted.get("/stream")
    def stream():
        return make_response(stream_with_context(iter(["tea"])))

    @noted.get("/thread")
    def thread():
        worker = Thread(target=copy_current_request_context(lambda: None))
        worker.start()
        worker.join()
        return "done"

    noted.add_url_rule("/", "index", lambda: "shop")
    with noted.test_client() as client:
        assert client.get("/stream").text == "tea"
        assert client.get("/thread").text == "done"
        assert client.get("/").text == "shop"
    assert len(spans.ended.get_finished_spans()) == 3
    assert "detach" not in caplog.text


@pytest.fixture
def counted(app):
    """Return what adds the exporter to an app whose first hook refuses some."""

    def setup(**options):
        from prometheus_client import CollectorRegistry
        from prometheus_flask_exporter import PrometheusMetrics

        @app.before_request
        def refuse():
            if "refuse" in request.args:
                abort(401)

        PrometheusMetrics(app, registry=CollectorRegistry(), **options)
        app.add_url_rule("/orders/<int:number>", "show_order", lambda number: "tea")
        return app.test_client()

    return setup


def lines(client, name):
    """Return the labels and the value of each sample."""
    text = client.get("/metrics").text.splitlines()
    return [line.removeprefix(name) for line in text if line.startswith(f"{name}{{")]


DURATIONS = "flask_http_request_duration_seconds_count"


def test_request_that_an_earlier_hook_refused_is_counted_without_a_duration(counted):
    """It's in flask_http_request_total, and not in the histogram."""
    client = counted()
    client.get("/orders/7?refuse")
    total = lines(client, "flask_http_request_total")
    assert total == ['{method="GET",status="401"} 1.0']
    assert lines(client, DURATIONS) == []


@pytest.mark.parametrize(
    ("options", "labels"),
    [
        ({}, ["/orders/7", "/orders/8", "/no/1", "/no/2"]),
        ({"group_by": "url_rule"}, ["/orders/<int:number>", "None"]),
    ],
)
def test_prometheus_exporter_has_a_label_for_each_path_unless_told(
    counted, options, labels
):
    """For unknown URLs too; group_by="url_rule" has one for each route."""
    client = counted(**options)
    for path in "/orders/7", "/orders/8", "/no/1", "/no/2":
        client.get(path)
    found = [
        re.search(r'(?:path|url_rule)="([^"]*)"', line)[1]
        for line in lines(client, DURATIONS)
    ]
    assert found == labels


def test_metrics_page_is_a_view_that_passes_the_hooks(app, counted):
    """Its endpoint is prometheus_metrics."""
    asked = []
    app.before_request(lambda: asked.append(request.endpoint))
    client = counted()
    assert client.get("/metrics").status_code == 200
    assert asked == ["prometheus_metrics"]
    assert client.get("/metrics?refuse").status_code == 401


@pytest.mark.parametrize(("told", "status"), [(False, 404), (True, 200)])
def test_metrics_page_is_unknown_under_the_reloader(counted, monkeypatch, told, status):
    """With debug mode's reloader it's a 404, unless DEBUG_METRICS is set."""
    monkeypatch.setenv("WERKZEUG_RUN_MAIN", "true")
    if told:
        monkeypatch.setenv("DEBUG_METRICS", "1")
    assert counted().get("/metrics").status_code == status


def test_after_request_function_registered_before_the_toolbar_sees_it(app, steps):
    """One that is registered after it gets the body without the toolbar."""
    from flask_debugtoolbar import DebugToolbarExtension

    def note(name):
        def see(response):
            steps.append((name, "flDebug" in response.get_data(as_text=True)))
            return response

        app.after_request(see)

    app.debug = True
    app.secret_key = "only for tests"
    note("first")
    DebugToolbarExtension(app)
    note("last")
    app.add_url_rule("/", "index", lambda: "<html><body>shop</body></html>")
    app.test_client().get("/")
    assert steps == [("last", False), ("first", True)]
