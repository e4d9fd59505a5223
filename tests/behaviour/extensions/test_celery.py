"""Celery beside Flask: what a task has of the app, with a real worker and without."""

import pytest
from flask import current_app, g, has_app_context, has_request_context, request

pytestmark = pytest.mark.extensions

SECONDS = 30


@pytest.fixture
def celery(app):
    """Return Celery for the app, whose tasks run in its app context."""
    from celery import Celery, Task

    class AppTask(Task):
        def __call__(self, *arguments):
            with app.app_context():
                return self.run(*arguments)

    made = Celery(app.name, task_cls=AppTask, set_as_current=False)
    made.conf.update(
        broker_url="memory://",
        broker_transport_options={"polling_interval": 0.05},
        result_backend="cache+memory://",
        worker_redirect_stdouts=False,
    )
    yield made
    made.close()


@pytest.fixture
def worker(celery):
    """Return a context manager in which a worker takes the tasks, in a thread."""
    from celery.contrib.testing.worker import start_worker
    from celery.signals import setup_logging

    def leave_logging(**extra):
        """Keep Celery from setting up the logging of all tests."""

    setup_logging.connect(leave_logging)
    yield lambda: start_worker(celery, perform_ping_check=False, pool="solo")
    setup_logging.disconnect(leave_logging)


def test_task_of_a_celery_worker_has_the_app_and_no_request(app, celery, worker):
    """Its g is empty, whatever the view has put on the view's g."""

    @celery.task(shared=False)
    def look():
        return [current_app.config["MAIL"], has_request_context(), "user" in g]

    @app.get("/")
    def index():
        g.user = "ada"
        return look.delay().get(SECONDS, disable_sync_subtasks=False)

    app.config["MAIL"] = "orders@shop.example"
    with worker():
        told = app.test_client().get("/").json
    assert told == ["orders@shop.example", False, False]


def test_plain_celery_task_has_no_app_context(app, celery, worker):
    """Celery knows nothing about Flask: without the class, nothing pushes a context."""
    from celery import Task

    look = celery.task(base=Task, shared=False)(has_app_context)
    with worker():
        assert look.delay().get(SECONDS) is False


def test_exception_of_a_celery_task_reaches_teardown_and_the_result(
    app, celery, worker, steps
):
    """No error handler sees it; code that asks for the result gets it raised."""

    @celery.task(shared=False)
    def send_receipt():
        raise ValueError("no address")

    app.register_error_handler(Exception, steps.append)
    app.teardown_appcontext(lambda error: steps.append(repr(error)))
    with worker():
        result = send_receipt.delay()
        with pytest.raises(ValueError, match=r"^no address$"):
            result.get(SECONDS)
    assert steps == ["ValueError('no address')"]


def test_eager_celery_task_runs_inside_the_request(app, celery):
    """It has the request, which it will not have on a server."""

    @celery.task(shared=False)
    def look():
        return [request.path, "user" in g]

    @app.get("/orders")
    def index():
        g.user = "ada"
        return look.delay().get(disable_sync_subtasks=False)

    celery.conf.task_always_eager = True
    assert app.test_client().get("/orders").json == ["/orders", False]


def test_exception_of_an_eager_celery_task_stays_in_its_result(app, celery):
    """Unless task_eager_propagates is set: then delay raises it in the view."""

    @celery.task(shared=False)
    def send_receipt():
        raise ValueError("no address")

    celery.conf.task_always_eager = True
    assert send_receipt.delay().failed()
    celery.conf.task_eager_propagates = True
    with pytest.raises(ValueError, match=r"^no address$"):
        send_receipt.delay()


def test_view_finds_the_progress_of_a_celery_task_by_its_id(app, celery):
    """An unknown ID is PENDING, like a task that waits."""

    @celery.task(bind=True, shared=False)
    def build_report(task):
        task.update_state(state="PROGRESS", meta={"done": 3, "of": 12})

    @app.get("/reports/<task_id>")
    def show_progress(task_id):
        found = celery.AsyncResult(task_id)
        return {"state": found.state, "info": found.info}

    build_report.push_request(id="report-1")
    build_report.run()
    build_report.pop_request()
    told = app.test_client().get("/reports/report-1").json
    assert told == {"state": "PROGRESS", "info": {"done": 3, "of": 12}}
    unknown = app.test_client().get("/reports/other").json
    assert unknown == {"state": "PENDING", "info": None}


def test_state_of_a_celery_task_needs_a_result_backend():
    """Without one, the result has nobody to ask."""
    from celery import Celery

    found = Celery("shop", set_as_current=False).AsyncResult("report-1")
    with pytest.raises(AttributeError, match="DisabledBackend"):
        found.state  # noqa: B018 (to read it is to ask)


def test_eager_celery_task_runs_teardown_functions_in_the_middle_of_the_request(
    app, celery, steps
):
    """When the task ends: its app context is its own."""

    @celery.task(shared=False)
    def look():
        steps.append("task")

    @app.get("/orders")
    def index():
        look.delay()
        steps.append("view goes on")
        return "Tea"

    app.teardown_appcontext(lambda error: steps.append("teardown_appcontext"))
    celery.conf.task_always_eager = True
    app.test_client().get("/orders")
    teardown = "teardown_appcontext"
    assert steps == ["task", teardown, "view goes on", teardown]


def test_eager_celery_task_takes_a_second_connection_while_its_view_holds_one(
    app, celery, small
):
    """It fails if the pool has no other; a commit gives the first one back."""
    from sqlalchemy.exc import TimeoutError as NoConnection

    @celery.task(shared=False)
    def look():
        return small.order().name

    @app.get("/<int:committed>")
    def index(committed):
        small.order().name = f"coffee {committed}"
        if committed:
            small.db.session.commit()
        else:
            small.db.session.flush()
        return look.delay().get(disable_sync_subtasks=False)

    celery.conf.task_always_eager = True
    with pytest.raises(NoConnection):
        app.test_client().get("/0")
    assert app.test_client().get("/1").text == "coffee 1"


def test_functions_around_a_celery_task_need_an_app_context_of_their_own(
    app, celery, worker, steps
):
    """Celery calls them before the context of the task begins, and after its end."""
    from celery.signals import task_postrun, task_prerun

    def note(name):
        def called(*arguments, **values):
            steps.append((name, has_app_context()))
            with app.app_context():
                assert current_app.name == app.name

        return called

    class Noted(celery.Task):
        on_success, on_failure = note("on_success"), note("on_failure")
        after_return = note("after_return")

    @celery.task(base=Noted, shared=False)
    def count_orders(good):
        steps.append(("task", has_app_context()))
        return 3 // good

    prerun, postrun = note("task_prerun"), note("task_postrun")
    task_prerun.connect(prerun)
    task_postrun.connect(postrun)
    try:
        with worker():
            assert count_orders.delay(1).get(SECONDS) == 3
            with pytest.raises(ZeroDivisionError):
                count_orders.delay(0).get(SECONDS)
    finally:
        task_prerun.disconnect(prerun)
        task_postrun.disconnect(postrun)
    begun = [("task_prerun", False), ("task", True)]
    ended = [("after_return", False), ("task_postrun", False)]
    good, bad = ("on_success", False), ("on_failure", False)
    assert steps == [*begun, good, *ended, *begun, bad, *ended]
