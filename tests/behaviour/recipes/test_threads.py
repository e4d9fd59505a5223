"""What the recipes say of threads and of the tasks of a queue."""

import io
import pickle
import sqlite3
from concurrent.futures import ThreadPoolExecutor
from threading import Event

import pytest
from flask import (
    Response,
    after_this_request,
    copy_current_request_context,
    current_app,
    g,
    got_request_exception,
    has_request_context,
    request,
    stream_with_context,
)


def in_a_thread(function, *arguments):
    """Return what the function returns in a new thread, or raise what it raises."""
    with ThreadPoolExecutor(1) as pool:
        return pool.submit(function, *arguments).result()


@pytest.fixture
def shop(app, steps, tmp_path):
    """An app that keeps a connection on g, and closes it with the app context."""

    @app.teardown_appcontext
    def close_database(error):
        database = g.pop("database", None)
        if database is not None:
            database.close()
            steps.append("closed")

    def get_database():
        if "database" not in g:
            g.database = sqlite3.connect(tmp_path / "shop.db")
        return g.database

    app.get_database = get_database
    with app.app_context(), get_database() as database:
        database.execute("CREATE TABLE orders (product TEXT)")
    steps.clear()
    return app


def as_task(app, run):
    """Return what a queue calls: a function that runs in an app context."""

    def task(*arguments):
        with app.app_context():
            return run(*arguments)

    return task


def count(app):
    """The work of a thread: count the orders with a connection of its own."""
    with app.app_context():
        rows = app.get_database().execute("SELECT count(*) FROM orders")
        return rows.fetchone()[0]


def test_thread_with_an_app_context_opens_and_closes_its_own_connection(shop, steps):
    """Its g is empty, and teardown_appcontext functions run at its end."""
    found = []

    @shop.get("/")
    def index():
        shop.get_database()
        found.extend([in_a_thread(count, shop), list(steps), "database" in g])
        return "Tea"

    assert shop.test_client().get("/").text == "Tea"
    assert found == [0, ["closed"], True]
    assert steps == ["closed", "closed"]


def test_thread_does_not_see_what_the_view_has_not_committed(shop):
    """Its connection reads what is committed: commit before the thread starts."""

    @shop.get("/")
    def index():
        shop.get_database().execute("INSERT INTO orders VALUES ('tea')")
        before = in_a_thread(count, shop)
        shop.get_database().commit()
        return [before, in_a_thread(count, shop)]

    assert shop.test_client().get("/").json == [0, 1]


def test_second_connection_waits_until_the_first_has_committed(tmp_path):
    """SQLite allows one writer at a time; a connection that waited too long raises."""
    path = tmp_path / "shop.db"
    first = sqlite3.connect(path)
    second = sqlite3.connect(path, timeout=0)
    try:
        first.execute("CREATE TABLE orders (product TEXT)")
        first.execute("INSERT INTO orders VALUES ('tea')")
        with pytest.raises(sqlite3.OperationalError, match=r"^database is locked$"):
            second.execute("INSERT INTO orders VALUES ('milk')")
        first.commit()
        second.execute("INSERT INTO orders VALUES ('milk')")
        second.commit()
        rows = first.execute("SELECT product FROM orders").fetchall()
    finally:
        first.close()
        second.close()
    assert rows == [("tea",), ("milk",)]


def test_connection_of_a_view_is_closed_for_a_thread_that_outlives_the_request(shop):
    """Whatever the database lets threads do."""
    kept = []

    @shop.get("/")
    def index():
        kept.append(shop.get_database())
        return "Tea"

    shop.test_client().get("/")
    with pytest.raises(sqlite3.ProgrammingError, match="closed database"):
        kept[0].execute("SELECT 1")


def test_exception_in_a_thread_meets_no_error_handler_and_no_signal(app, steps):
    """Only teardown_appcontext functions of its own context get it."""
    app.register_error_handler(Exception, lambda error: ("handled", 500))
    app.teardown_appcontext(lambda error: steps.append(str(error)))

    def report(sender, exception, **extra):
        steps.append("reported")

    def work():
        with app.app_context():
            raise OSError("no mail")

    @app.get("/")
    def index():
        with pytest.raises(OSError, match="no mail"):
            in_a_thread(work)
        return "Tea"

    with got_request_exception.connected_to(report, app):
        assert app.test_client().get("/").text == "Tea"
    assert steps == ["no mail", "None"]


def test_thread_without_an_app_context_has_no_app(app):
    """current_app and g raise there."""

    @app.get("/")
    def index():
        with pytest.raises(RuntimeError, match="outside of application context"):
            in_a_thread(lambda: current_app.name)
        with pytest.raises(RuntimeError, match="outside of application context"):
            in_a_thread(lambda: g.get("user"))
        return "Tea"

    assert app.test_client().get("/").text == "Tea"


def test_task_with_an_app_context_has_no_request_and_no_g_of_the_view(app, steps):
    """Also where the view calls it itself, as with task_always_eager."""

    def task():
        with app.app_context():
            steps.append(("user" in g, has_request_context()))
            g.user = "bob"

    @app.get("/")
    def index():
        g.user = "ada"
        in_a_thread(task)
        task()
        return g.user

    assert app.test_client().get("/").text == "ada"
    assert steps[0] == (False, False)
    assert steps[1][0] is False


def test_task_gives_its_result_to_the_queue_and_its_exception_too(app, steps):
    """teardown_appcontext functions run before; teardown_request functions don't."""
    app.config["COUNTED"] = {"tea": 3}
    app.teardown_request(lambda error: steps.append("teardown_request"))
    app.teardown_appcontext(lambda error: steps.append(repr(error)))
    task = as_task(app, lambda name: current_app.config["COUNTED"][name])
    assert task("tea") == 3
    with pytest.raises(KeyError, match="coffee"):
        task("coffee")
    assert steps == ["None", "KeyError('coffee')"]


def test_exception_of_a_task_meets_no_error_handler(app, steps):
    """It leaves the app context, and the task's caller gets it."""

    @app.errorhandler(Exception)
    def handle(error):
        steps.append("handled")
        return "", 500

    app.teardown_appcontext(lambda error: steps.append(repr(error)))
    with pytest.raises(ValueError, match="no tea"), app.app_context():
        raise ValueError("no tea")
    assert steps == ["ValueError('no tea')"]


def test_connection_opened_when_the_task_ran_is_closed_at_its_end(shop, steps):
    """One for each task, so a worker keeps none from task to task."""
    query = "SELECT count(*) FROM orders"
    task = as_task(shop, lambda: shop.get_database().execute(query).fetchone()[0])
    assert [task(), task()] == [0, 0]
    assert steps == ["closed", "closed"]


def test_tasks_that_share_one_app_context_share_its_g_and_its_connection(shop, steps):
    """As in a worker that pushes one context at its start."""

    def task():
        found.append("database" in g)
        return shop.get_database()

    found = []
    with shop.app_context():
        first, second = task(), task()
        assert first is second
        assert steps == []
    assert found == [False, True]
    assert steps == ["closed"]


def test_function_with_a_copied_request_context_cannot_be_sent_to_a_queue(app):
    """It can't be pickled, as a task for another process must be."""

    @app.get("/")
    def index():
        @copy_current_request_context
        def work():
            return request.path

        with pytest.raises((pickle.PicklingError, AttributeError)):
            pickle.dumps(work)
        return work()

    assert app.test_client().get("/").text == "/"


@pytest.fixture
def committing(shop):
    """A shop that commits in a teardown function if that got no exception."""

    @shop.teardown_appcontext
    def commit(error):
        if error is None and "database" in g:
            g.database.commit()

    @shop.errorhandler(ValueError)
    def refuse(error):
        return "refused", 400

    @shop.get("/<int:paid>")
    def order(paid):
        shop.get_database().execute("INSERT INTO orders VALUES ('tea')")
        if not paid:
            raise ValueError("not paid")
        return "Thank you"

    return shop


def test_commit_in_a_teardown_function_keeps_what_a_refused_request_wrote(committing):
    """The error handler caught the exception, so the function gets None."""
    client = committing.test_client()
    assert client.get("/0").status_code == 400
    assert count(committing) == 1


def test_commit_that_fails_in_a_teardown_function_makes_no_error_page(app):
    """The exception leaves the app: no handler and no hook can return a response."""
    app.register_error_handler(Exception, lambda error: ("Sorry", 500))

    @app.teardown_appcontext
    def commit(error):
        raise sqlite3.OperationalError("database is locked")

    app.add_url_rule("/", "index", lambda: "Thank you")
    # Flask 3.2 raises a group of exceptions.
    with pytest.raises(Exception, match=r"locked|during context teardown"):
        app.test_client().get("/")


def test_stream_that_uses_no_context_needs_no_stream_with_context(app):
    """Its values were read in the view."""

    @app.get("/<name>")
    def index(name):
        return Response(f"{number} {name}\n" for number in range(2))

    assert app.test_client().get("/tea").text == "0 tea\n1 tea\n"


def test_cookie_of_a_streamed_response_is_set_before_the_stream(app):
    """In the view or an after_request function; what the generator defers is lost."""

    def pieces():
        yield "tea"
        after_this_request(set_late)

    def set_late(response):
        response.set_cookie("late", "yes")
        return response

    @app.get("/")
    def index():
        response = Response(stream_with_context(pieces()))
        response.set_cookie("view", "yes")
        return response

    @app.after_request
    def set_cookie(response):
        response.set_cookie("hook", "yes")
        return response

    response = app.test_client().get("/")
    found = [line.partition("=")[0] for line in response.headers.getlist("Set-Cookie")]
    assert (response.text, found) == ("tea", ["view", "hook"])


def test_uploaded_file_is_closed_for_a_thread_that_outlives_the_request(app):
    """Flask closes it at the end; its bytes, read in the view, are still there."""
    ended = Event()

    def work(read):
        ended.wait(30)
        return read()

    with ThreadPoolExecutor(2) as pool:
        running = []

        @app.post("/")
        def upload():
            photo = request.files["photo"]
            content = photo.read()
            photo.seek(0)
            running.append(pool.submit(work, photo.read))
            running.append(pool.submit(work, lambda: content))
            return "Thank you"

        data = {"photo": (io.BytesIO(b"teapot"), "teapot.jpg")}
        app.test_client().post("/", data=data)
        ended.set()
        of_the_file, of_the_bytes = running
        with pytest.raises(ValueError, match=r"^I/O operation on closed file\.?$"):
            of_the_file.result()
        assert of_the_bytes.result() == b"teapot"
