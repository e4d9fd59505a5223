"""When hooks may be registered, and how often a module that makes an app runs."""

import os
import subprocess
import sys

import pytest
from flask import Blueprint

SERVED = """
import os
from flask import Flask

def create_app():
    print("made", os.environ.get("WERKZEUG_RUN_MAIN"), flush=True)
    return Flask(__name__)

app = create_app()
if os.environ.get("WERKZEUG_RUN_MAIN"):
    raise SystemExit  # it would serve now, until somebody ends it
app.run(debug={debug}, port=0)
"""

COUNTING = """
from flask import Flask

app = Flask(__name__)
count = 0

@app.before_request
def count_requests():
    global count
    count += 1

app.add_url_rule("/", "index", lambda: str(count))
client = app.test_client()
print(client.get("/").text, client.get("/").text)
"""


STARTING = """
import os, sys
from flask import Flask

app = Flask(__name__)
main = os.environ.get("WERKZEUG_RUN_MAIN")
if not app.debug or main == "true":
    print("started", main, flush=True)
if main or "--debug" not in sys.argv or "--no-reload" in sys.argv:
    raise SystemExit  # it would serve now, until somebody ends it
"""


BELOW = """
import os, signal, socket, threading, time, urllib.request
from flask import Flask

app = Flask(__name__)
app.add_url_rule("/", "index", lambda: "Tea")
# A shell starts what runs in the background with SIGINT ignored.
signal.signal(signal.SIGINT, signal.default_int_handler)
with socket.create_server(("127.0.0.1", 0)) as free:
    port = free.getsockname()[1]

def ask():
    while True:
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{port}/") as response:
                print(response.read().decode(), flush=True)
            break
        except OSError:
            time.sleep(0.1)
    os.kill(os.getpid(), signal.SIGINT)

threading.Thread(target=ask, daemon=True).start()
app.run(port=port)
print("below app.run", flush=True)

@app.before_request
def close():
    return "Closed"
"""


RELOADED = """
import os, socket, threading, time, urllib.request
from flask import Flask

app = Flask(__name__)
app.add_url_rule("/", "index", lambda: "Tea")
serving = os.environ.get("WERKZEUG_RUN_MAIN")
print("imported", serving, flush=True)

@app.before_request
def note():
    print("before_request", serving, flush=True)

def ask():
    while True:
        try:
            urllib.request.urlopen(f"http://127.0.0.1:{os.environ['SHOP_PORT']}/")
            os._exit(0)
        except OSError:
            time.sleep(0.1)

if serving:
    threading.Thread(target=ask, daemon=True).start()
else:
    with socket.create_server(("127.0.0.1", 0)) as free:
        os.environ["SHOP_PORT"] = str(free.getsockname()[1])
app.run(debug=True, port=int(os.environ["SHOP_PORT"]))
"""


def run(code, tmp_path, command=()):
    """Return what a program prints in a process of its own."""
    program = tmp_path / "shop.py"
    program.write_text(code)
    # A command that ran before in this process may have left FLASK_RUN_FROM_CLI.
    known = {
        name: value
        for name, value in os.environ.items()
        if not name.startswith(("FLASK_", "WERKZEUG_"))
    }
    return subprocess.run(
        [sys.executable, *(command or [str(program)])],
        env=known,
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    ).stdout.splitlines()


def test_hook_registered_after_the_routes_runs_for_them(app, steps):
    """The order of hooks and routes does not matter."""
    shop = Blueprint("shop", __name__)
    shop.add_url_rule("/shop", "shop", lambda: "Tea")
    app.add_url_rule("/", "index", lambda: "Tea")
    app.register_blueprint(shop)
    app.before_request(lambda: steps.append("before"))
    app.after_request(lambda response: steps.append("after") or response)
    client = app.test_client()
    client.get("/")
    client.get("/shop")
    assert steps == ["before", "after"] * 2


def test_app_is_made_twice_with_the_reloader(tmp_path):
    """Once in the process that watches the files, once in the one that serves."""
    made = [
        line
        for line in run(SERVED.format(debug=True), tmp_path)
        if line.startswith("made")
    ]
    assert made == ["made None", "made true"]


def test_before_request_function_runs_once_for_a_request_with_the_reloader(tmp_path):
    """Only one of its two processes serves; both import the module."""
    lines = [line for line in run(RELOADED, tmp_path) if not line.startswith(" *")]
    assert lines == ["imported None", "imported true", "before_request true"]


def test_hook_below_app_run_is_reached_when_the_server_has_stopped(tmp_path):
    """app.run serves until somebody ends it; only then comes the next line."""
    lines = [line for line in run(BELOW, tmp_path) if not line.startswith(" *")]
    assert lines == ["Tea", "below app.run"]


def test_each_process_counts_in_its_own_global(tmp_path):
    """Workers don't share what a hook keeps in a module."""
    for _ in range(2):
        assert run(COUNTING, tmp_path) == ["1 2"]


@pytest.mark.parametrize(
    ("options", "started"),
    [
        (["--debug"], ["started true"]),
        ([], ["started None"]),
        (["--debug", "--no-reload"], []),
    ],
)
def test_thread_that_asks_for_debug_mode_and_the_reloader_starts_once(
    tmp_path, options, started
):
    """With flask run; in debug mode without the reloader it doesn't start at all."""
    command = ["-m", "flask", "--app", "shop", "run", "--port", "0", *options]
    lines = run(STARTING, tmp_path, command)
    assert [line for line in lines if "started" in line] == started


def test_app_run_sets_debug_mode_after_the_module_was_imported(tmp_path):
    """So what asks app.debug at import starts in both processes."""
    serving = "if main or"
    assert serving in STARTING
    code = STARTING.replace(serving, "if main:  #") + "app.run(debug=True, port=0)\n"
    lines = run(code, tmp_path)
    started = [line for line in lines if "started" in line]
    assert started == ["started None", "started true"]
