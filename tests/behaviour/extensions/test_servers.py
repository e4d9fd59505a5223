"""What gunicorn and waitress do to an app: processes, threads, timeouts."""

import contextlib
import json
import time
import urllib.error
from concurrent.futures import ThreadPoolExecutor
from http.client import RemoteDisconnected

import pytest

from .serving import COMMANDS

pytestmark = pytest.mark.extensions


@pytest.mark.parametrize("options", [[], ["--preload"]])
def test_each_worker_of_gunicorn_counts_in_its_own_module(serve, options):
    """Also if the module was imported before the workers began."""
    with serve("gunicorn", "--workers=2", *options) as served:
        one, other = served.two_at_once()
    assert one["process"] != other["process"]
    assert (one["visit"], other["visit"]) == (1, 1)


def test_gunicorn_imports_the_app_in_each_worker(serve):
    """So what a module does when it is imported, each worker does."""
    with serve("gunicorn", "--workers=2") as served:
        workers = {said["process"] for said in served.two_at_once()}
    assert len(workers) == 2
    assert sorted(served.noted("imported")) == sorted(workers)


def test_gunicorn_with_preload_imports_the_app_once(serve):
    """It's imported in the process that then forks the workers."""
    with serve("gunicorn", "--workers=2", "--preload") as served:
        workers = {said["process"] for said in served.two_at_once()}
    (importing,) = served.noted("imported")
    assert importing not in workers


@pytest.mark.parametrize(("options", "runs"), [([], True), (["--preload"], False)])
def test_thread_started_at_import_is_in_no_worker_with_preload(serve, options, runs):
    """A fork copies only one thread; without preload, each worker starts its own."""
    with serve("gunicorn", "--workers=1", "--threads=2", *options) as served:
        said = served.two_at_once()
    assert [each["thread"] for each in said] == [runs, runs]


@pytest.mark.parametrize(
    ("server", "options"),
    [("gunicorn", ["--workers=1", "--threads=2"]), ("waitress", ["--threads=2"])],
)
def test_threads_of_a_worker_share_the_values_of_a_module(serve, server, options):
    """One process, two threads: the second visit is the second one."""
    with serve(server, *options) as served:
        one, other = served.two_at_once()
    assert one["process"] == other["process"]
    assert {one["visit"], other["visit"]} == {1, 2}


@pytest.mark.parametrize(
    ("server", "options", "second"),
    [
        ("gunicorn", ["--workers=1"], b"after anna"),
        ("gunicorn", ["--workers=1", "--worker-class=gthread"], b"after anna"),
        ("waitress", ["--threads=1"], b"after anna"),
        ("flask run", [], b"after nobody"),
    ],
)
def test_context_variable_of_your_own_outlives_the_request_where_threads_do(
    serve, server, options, second
):
    """flask run starts a thread for each request, so it hides this."""
    with serve(server, *options) as served:
        assert served.get("/user/anna") == b"after nobody"
        assert served.get("/user/bob") == second


def test_requests_of_a_gevent_worker_share_one_thread_and_keep_their_own_g(serve):
    """Two requests at once in one process share its module, but not g."""
    with serve("gunicorn", "--workers=1", "--worker-class=gevent") as served:
        one, other = served.two_at_once()
    assert one["process"] == other["process"]
    assert {one["visit"], other["visit"]} == {1, 2}


def test_gunicorn_ends_a_view_that_takes_too_long_with_system_exit(serve):
    """Teardown functions receive it; no other hook and no error handler runs."""
    with (
        serve("gunicorn", "--workers=1", "--timeout=1") as served,
        pytest.raises((RemoteDisconnected, ConnectionError, urllib.error.URLError)),
    ):
        served.get("/wait")
    assert len(served.noted("teardown SystemExit(1)")) == 1
    assert any("WORKER TIMEOUT" in line for line in served.log)
    assert served.noted("error handler") == []
    assert served.noted("after_request") == []


@pytest.mark.parametrize("server", COMMANDS)
def test_server_runs_nothing_below_name_is_main(serve, server):
    """It imports the module, so hooks registered there are missing."""
    with serve(server) as served, ThreadPoolExecutor(1) as pool:
        asked = pool.submit(served.get, "/wait")
        served.open_gate()
        assert json.loads(asked.result())["visit"] == 1
    assert served.noted("run by hand") == []
    assert len(served.noted("teardown None")) == 1


def test_gunicorn_that_stops_runs_exit_functions_in_each_worker(serve):
    """The functions that were given to atexit when the module was imported."""
    with serve("gunicorn", "--workers=2") as served:
        workers = [said["process"] for said in served.two_at_once()]
    assert sorted(served.noted("exits")) == sorted(workers)


def test_when_ready_of_gunicorn_runs_once_outside_the_workers(serve, tmp_path):
    """A function of its configuration, called in the process that starts them."""
    config = tmp_path / "gunicorn.conf.py"
    config.write_text(
        "import os\n"
        "def when_ready(server):\n"
        "    with open(os.environ['HOOKBOOK_NOTES'], 'a') as notes:\n"
        "        print(os.getpid(), 'ready', file=notes)\n"
    )
    with serve("gunicorn", "--workers=2", f"--config={config}") as served:
        workers = [said["process"] for said in served.two_at_once()]
    assert served.noted("ready") == [served.process.pid]
    assert served.process.pid not in workers


def test_thread_started_in_post_fork_is_in_each_worker_with_preload(serve, tmp_path):
    """gunicorn calls the function in the worker, after the fork."""
    config = tmp_path / "gunicorn.conf.py"
    config.write_text(
        "from threading import Event, Thread\n"
        "def post_fork(server, worker):\n"
        "    import tests.extensions.apps.served as shop\n"
        "    shop.beat = Thread(target=Event().wait, daemon=True)\n"
        "    shop.beat.start()\n"
    )
    options = "--workers=1", "--threads=2", "--preload", f"--config={config}"
    with serve("gunicorn", *options) as served:
        said = served.two_at_once()
    assert [each["thread"] for each in said] == [True, True]


@pytest.mark.parametrize(
    ("options", "counts"), [([], False), (["--no-sendfile"], True)]
)
def test_access_log_of_gunicorn_has_the_size_of_each_body_but_that_of_a_file(
    serve, tmp_path, options, counts
):
    """Its field %(B)s; for a file that is sent with sendfile it is 0."""
    log = tmp_path / "access.log"
    asked = f"--access-logfile={log}", "--access-logformat=%(m)s %(U)s %(B)s"
    with serve("gunicorn", *asked, *options) as served:
        page, file = len(served.get("/index")), len(served.get("/file"))
        with served.open("/events/two") as events:
            served.open_gate()
            stream = len(events.read())
        served.get("/index", method="HEAD")
    assert file > page > 0
    assert log.read_text("utf-8").splitlines() == [
        f"GET /index {page}",
        f"GET /file {file if counts else 0}",
        f"GET /events/two {stream}",
        "HEAD /index 0",
    ]


def test_filter_of_gunicorn_access_hides_one_path(serve, tmp_path):
    """Added where the app is made; gunicorn writes the other lines."""
    log = tmp_path / "access.log"
    with serve("gunicorn", "--workers=1", f"--access-logfile={log}") as served:
        for name in "health", "anna":
            served.get(f"/user/{name}")
    lines = log.read_text("utf-8").splitlines()
    assert [line.split('"')[1] for line in lines] == ["GET /user/anna HTTP/1.1"]


def test_gunicorn_gives_requests_thirty_seconds_to_finish():
    """When it is told to stop, unless graceful_timeout says otherwise."""
    from gunicorn.config import GracefulTimeout

    assert GracefulTimeout.default == 30


def test_gunicorn_gives_a_request_thirty_seconds():
    """Unless its timeout says otherwise."""
    from gunicorn.config import Timeout

    assert Timeout.default == 30


@pytest.mark.parametrize("kind", ["--worker-class=gthread", "--worker-class=gevent"])
def test_timeout_of_gunicorn_ends_no_waiting_view_of_a_worker_with_threads(serve, kind):
    """Nor one of a gevent worker: each is kept alive by another thread or greenlet."""
    # They do so once a second.
    with (
        serve("gunicorn", "--workers=1", "--timeout=3", kind) as served,
        ThreadPoolExecutor(1) as pool,
    ):
        asked = pool.submit(served.get, "/wait")
        view, _ = served.gate.accept()
        with pytest.raises(TimeoutError):
            asked.result(5)
        view.close()
        assert json.loads(asked.result())["visit"] == 1
    assert len(served.noted("after_request")) == 1
    assert len(served.noted("teardown None")) == 1
    assert "WORKER TIMEOUT" not in "".join(served.log)


GUNICORN = ["--worker-class=sync", "--worker-class=gthread", "--worker-class=gevent"]


@pytest.mark.parametrize("worker", GUNICORN)
@pytest.mark.parametrize("kind", ["text", "stream", "stream_with_context"])
def test_access_log_line_of_gunicorn_is_written_before_call_on_close(
    serve, tmp_path, worker, kind
):
    """And after the teardown functions."""
    # One file for both, so that it has them in order.
    asked = f"--access-logfile={tmp_path / 'notes'}", "--access-logformat=0 access line"
    with serve("gunicorn", "--workers=1", worker, *asked) as served:
        assert served.get(f"/closing/{kind}").startswith(b"Tea")
    lines = served.notes.read_text("utf-8").splitlines()
    said = [line.partition(" ")[2] for line in lines]
    # Flask 3.1.2 and 3.1.3 run them twice for a stream_with_context.
    assert {*said[: said.index("access line")]} == {
        "imported", "after_request", "teardown None"
    }  # fmt: skip
    assert said[said.index("access line") :] == [
        "access line", "call_on_close", "exits"
    ]  # fmt: skip


@pytest.mark.parametrize("worker", GUNICORN)
def test_access_log_of_gunicorn_has_a_header_that_a_hook_has_set(
    serve, tmp_path, worker
):
    """In a field such as %({x-visit}o)s; without the header it is a dash."""
    log = tmp_path / "access.log"
    fields = "%(U)s %({x-visit}o)s %({X-Visit}o)s %({x-nothing}o)s"
    asked = f"--access-logfile={log}", f"--access-logformat={fields}"
    with serve("gunicorn", "--workers=1", worker, *asked) as served:
        for path in "/index", "/nothing":
            with contextlib.suppress(urllib.error.HTTPError):
                served.get(path)
    lines = log.read_text("utf-8").splitlines()
    assert lines == ["/index 1 1 -", "/nothing 2 2 -"]


@pytest.mark.parametrize("worker", GUNICORN)
def test_hooks_of_gunicorn_run_around_flask_and_the_access_line(
    serve, tmp_path, worker
):
    """pre_request before Flask, post_request after the line of the access log."""
    config = tmp_path / "gunicorn.conf.py"
    config.write_text(
        "import os\n"
        "def note(what):\n"
        "    with open(os.environ['HOOKBOOK_NOTES'], 'a') as notes:\n"
        "        print(0, what, file=notes)\n"
        "def pre_request(worker, req):\n"
        "    note('pre_request')\n"
        "def post_request(worker, req, environ, resp):\n"
        "    note('post_request')\n"
    )
    asked = f"--access-logfile={tmp_path / 'notes'}", "--access-logformat=0 access line"
    with serve("gunicorn", f"--config={config}", worker, *asked) as served:
        served.get("/closing/text")
    lines = served.notes.read_text("utf-8").splitlines()
    said = [line.partition(" ")[2] for line in lines]
    assert said[said.index("pre_request") : said.index("post_request") + 1] == [
        "pre_request", "after_request", "teardown None", "access line",
        "call_on_close", "post_request",
    ]  # fmt: skip


@pytest.mark.parametrize("worker", GUNICORN)
def test_access_log_of_gunicorn_has_the_time_of_a_streamed_body(
    serve, tmp_path, worker
):
    """Its field %(D)s, in microseconds, ends with the body."""
    log = tmp_path / "access.log"
    asked = f"--access-logfile={log}", "--access-logformat=%(D)s"
    with (
        serve("gunicorn", "--workers=1", worker, *asked) as served,
        served.open("/events/two") as events,
    ):
        assert events.readline() == b"data: one\n"
        begin = time.perf_counter()
        # What it measures is time.
        time.sleep(0.3)
        lasted = time.perf_counter() - begin
        served.open_gate()
        events.read()
    (measured,) = log.read_text("utf-8").split()
    assert int(measured) / 1_000_000 >= lasted


def test_gunicorn_replaces_a_worker_after_max_requests(serve):
    """The next request is handled by a new process."""
    with serve("gunicorn", "--workers=1", "--max-requests=2") as served:
        for _ in range(3):
            served.get("/index")
    first, second, third = served.noted("index")
    assert first == second != third
