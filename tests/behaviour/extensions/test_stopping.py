"""What becomes of a request, and of exit functions, when a server is stopped."""

import signal
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from http.client import RemoteDisconnected
from urllib.error import HTTPError

import pytest

from .serving import SECONDS

pytestmark = pytest.mark.extensions

CTRL_C, TERMINATE = signal.SIGINT, signal.SIGTERM
FINISHES = [
    ("gunicorn", ("--workers=1",), TERMINATE),
    ("gunicorn", ("--workers=1", "--threads=2"), TERMINATE),
    ("waitress", (), CTRL_C),
]
ENDS_AT_ONCE = [
    ("waitress", TERMINATE, []),
    ("flask run", TERMINATE, []),
    ("flask run", CTRL_C, ["exits"]),
]


@pytest.mark.parametrize(("server", "options", "how"), FINISHES)
def test_server_that_is_stopped_finishes_its_requests(serve, server, options, how):
    """Their hooks and teardown functions run, and then the exit functions."""
    with serve(server, *options) as served, ThreadPoolExecutor(1) as pool:
        asked = pool.submit(served.get, "/wait")
        view, _ = served.gate.accept()
        served.process.send_signal(how)
        view.close()
        assert b"visit" in asked.result()
        served.process.wait(SECONDS)
    noted = served.notes.read_text("utf-8").splitlines()
    said = [line.partition(" ")[2] for line in noted]
    assert said == ["imported", "after_request", "teardown None", "exits"]


@pytest.mark.parametrize(("server", "how", "exits"), ENDS_AT_ONCE)
def test_server_that_ends_at_once_runs_no_teardown_function(serve, server, how, exits):
    """Nor the rest of the view; exit functions run after Ctrl+C only."""
    with serve(server) as served, ThreadPoolExecutor(1) as pool:
        asked = pool.submit(served.get, "/wait")
        view, _ = served.gate.accept()
        served.process.send_signal(how)
        served.process.wait(SECONDS)
        view.close()
        with pytest.raises((RemoteDisconnected, ConnectionError)):
            asked.result()
    noted = served.notes.read_text("utf-8").splitlines()
    assert [line.partition(" ")[2] for line in noted] == ["imported", *exits]


@pytest.mark.parametrize("wrapper", ["asgiref", "a2wsgi"])
@pytest.mark.parametrize(("how", "exits"), [(TERMINATE, []), (CTRL_C, ["exits"])])
def test_uvicorn_that_is_stopped_finishes_its_requests(serve, wrapper, how, exits):
    """Their hooks and teardown functions run; exit functions after Ctrl+C only."""
    with serve(wrapper) as served, ThreadPoolExecutor(1) as pool:
        asked = pool.submit(served.get, "/wait")
        view, _ = served.gate.accept()
        served.process.send_signal(how)
        # It says so before the view goes on.
        assert any("Shutting down" in line for line in served.process.stderr)
        view.close()
        assert b"visit" in asked.result()
        served.process.wait(SECONDS)
    noted = served.notes.read_text("utf-8").splitlines()
    said = [line.partition(" ")[2] for line in noted]
    assert said == ["imported", "after_request", "teardown None", *exits]


def test_ctrl_c_ends_a_sync_worker_of_gunicorn_with_system_exit(serve):
    """In the view; teardown functions get it, and exit functions run."""
    with serve("gunicorn", "--workers=1") as served, ThreadPoolExecutor(1) as pool:
        asked = pool.submit(served.get, "/wait")
        view, _ = served.gate.accept()
        served.process.send_signal(CTRL_C)
        served.process.wait(SECONDS)
        view.close()
        with pytest.raises(HTTPError, match="500") as caught:
            asked.result()
        # It is the response, too, and holds its connection.
        caught.value.close()
    noted = served.notes.read_text("utf-8").splitlines()
    said = [line.partition(" ")[2] for line in noted]
    assert said == ["imported", "teardown SystemExit(0)", "exits"]


PROGRAM = """
import atexit, sys, threading

ended = threading.Event()

def work():
    ended.wait()
    print("thread ends")

thread = threading.Thread(target=work, daemon=sys.argv[1] == "daemon")

def leave():
    print("exit function")
    ended.set()
    thread.join()

thread.start()
atexit.register(leave)
print("main ends", flush=True)
if not thread.daemon:
    # Somebody else has to end it.
    threading.Thread(target=ended.set, daemon=True).start()
"""


@pytest.mark.parametrize(
    ("kind", "said"),
    [
        ("daemon", ["main ends", "exit function", "thread ends"]),
        ("plain", ["main ends", "thread ends", "exit function"]),
    ],
)
def test_exit_function_can_end_a_daemon_thread_only(kind, said):
    """Python waits for other threads first, so they would never hear of it."""
    run = subprocess.run(
        [sys.executable, "-c", PROGRAM, kind],
        capture_output=True, text=True, timeout=SECONDS, check=True,
    )  # fmt: skip
    assert run.stdout.splitlines() == said
