"""What a reader wrote runs in the reader's browser, and can do no harm there."""

import base64
import hashlib
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from werkzeug.security import check_password_hash

from hookbook.corpus import runs

from . import runner
from .server import POLICY, serve

pytestmark = pytest.mark.browser

ROOT = Path(__file__).parents[2]
SNIPPETS = ROOT / "snippets"

HELLO = """\
from flask import Flask

app = Flask(__name__)


@app.after_request
def add_header(response):
    response.headers["X-Hello"] = "World"
    return response


@app.get("/")
def index():
    return "Hello!"
"""
GET = 'print(app.test_client().get("/").text)\n'

VISITS = """\
from flask import Flask, session

app = Flask(__name__)
app.secret_key = "only for this test"


@app.get("/")
def index():
    session["visits"] = session.get("visits", 0) + 1
    return str(session["visits"])
"""


@pytest.fixture(scope="module")
def live(visit, site, address):
    """One worker for all tests that leave it as it was."""
    runner.require(site)
    with runner.running(visit, address) as started:
        started.ready()
        yield started


@pytest.fixture
def own(visit, site, address):
    """Return a worker that the test may spoil."""
    runner.require(site)
    with runner.running(visit, address) as started:
        yield started


def test_a_first_and_a_second_run(own):
    first = own.scenario(HELLO, GET, want="Hello!\n")
    assert (first["ok"], first["passed"], first["stdout"]) == (True, True, "Hello!\n")
    assert [block["same"] for block in first["blocks"]] == [True]
    changed = HELLO.replace("Hello!", "Good evening!")
    second = own.scenario(changed, GET, want="Hello!\n")
    assert (second["ok"], second["passed"]) == (True, False)
    assert second["stdout"] == "Good evening!\n"
    assert second["traces"] == [{"method": "GET", "path": "/", "steps": 9}]


def test_it_says_what_it_runs(live):
    from importlib.metadata import version

    versions = live.ready()["versions"]
    assert versions["python"].startswith("3.14.")
    assert versions["flask"] == version("flask")
    assert versions["werkzeug"] == version("werkzeug")


def test_progress_is_told_before_it_is_ready(own):
    own.ready()
    told = own.page.evaluate("window.told")
    assert [message["type"] for message in told] == ["progress", "progress", "ready"]
    assert [m["stage"] for m in told[:2]] == ["engine", "packages"]


def test_an_error_names_the_readers_line(live):
    broken = HELLO.replace("return response", "return respnse")
    result = live.requests(broken, {"path": "/"})
    assert result["ok"] is False
    error = result["responses"][0]["error"]
    assert error["kind"] == "raised"
    assert error["message"].startswith("NameError: name 'respnse' is not defined")
    assert error["line"] == 9
    assert 'File "app.py", line 9, in add_header' in error["traceback"]
    assert "    return respnse" in error["traceback"]
    assert 'File "flask/app.py"' in error["traceback"]
    for machinery in ("hookbook", "werkzeug/", ".zip"):
        assert machinery not in error["traceback"]
    assert result["responses"][0]["status"] == "500 INTERNAL SERVER ERROR"
    assert "Exception on / [GET]" in result["stderr"]
    assert 'class="hb-flow' in result["html"].replace("arabic simple ", "")


def test_code_that_is_not_python(live):
    error = live.scenario("x = 1\ndef broken(:\n", first=20)["error"]
    assert (error["kind"], error["line"]) == ("syntax", 21)
    assert error["message"].startswith("SyntaxError:")


def test_code_that_cannot_be_imported(live):
    error = live.scenario("import numpy\n")["error"]
    assert (error["kind"], error["line"]) == ("load", 1)
    assert error["message"] == "ModuleNotFoundError: No module named 'numpy'"


def test_code_without_an_application(live):
    error = live.requests("greeting = 'Hello!'\n", {"path": "/"})["error"]
    assert error["kind"] == "no-app"
    assert "name it 'app'" in error["message"]


def test_a_factory_is_called(live):
    code = (
        "from flask import Flask\n\n\ndef create_app():\n    app = Flask(__name__)\n"
        "    app.get('/')(lambda: 'made')\n    return app\n"
    )
    result = live.requests(code, {"path": "/"})
    assert result["responses"][0]["body"]["text"] == "made"


def test_stop_ends_an_endless_loop(own):
    own.ready()
    own.post("scenario", "while True:\n    pass\n", blocks=[])
    own.stop()
    own.start()
    result = own.scenario(HELLO, GET)
    assert result["stdout"] == "Hello!\n"


def test_a_flood_of_output_is_cut(live):
    flood = "while True:\n    print('water ' * 100)\n"
    result = live.scenario("", flood)
    assert result["error"]["kind"] == "limit"
    assert (len(result["stdout"]), result["truncated"]) == (100_000, True)
    assert live.prints("print('dry')") == "dry\n"


def test_a_long_body_is_cut(live):
    code = HELLO.replace('"Hello!"', '"water" * 100_000')
    body = live.requests(code, {"path": "/"})["responses"][0]["body"]
    assert (len(body["text"]), body["size"], body["cut"]) == (100_000, 500_000, True)


def test_too_many_requests_are_refused(live):
    result = live.requests(HELLO, *[{"path": "/"}] * 21)
    assert result["error"]["message"] == "20 requests at most, not 21"
    assert result["responses"] == []


def test_templates_and_modules_beside_the_code(live):
    code = (
        "from flask import Flask, render_template\nfrom words import greeting\n\n"
        "app = Flask(__name__)\n\n\n@app.get('/')\ndef index():\n"
        "    return render_template('page.html', greeting=greeting)\n"
    )
    files = {
        "templates/page.html": "{% extends 'base.html' %}{% block b %}{{ greeting }}"
        "{% endblock %}",
        "templates/base.html": "<p>{% block b %}{% endblock %}</p>",
        "static/note.txt": "a note",
        "words.py": "greeting = 'Good & bad'\n",
    }
    result = live.requests(
        code, {"path": "/"}, {"path": "/static/note.txt"}, files=files
    )
    bodies = [response["body"]["text"] for response in result["responses"]]
    assert bodies == ["<p>Good &amp; bad</p>", "a note"]
    # The next module has its own files.
    files["words.py"] = "greeting = 'New'\n"
    result = live.requests(code, {"path": "/"}, files=files)
    assert result["responses"][0]["body"]["text"] == "<p>New</p>"
    assert live.requests(code, {"path": "/"})["error"]["kind"] == "load"


def test_a_file_stays_in_the_readers_folder(live):
    result = live.scenario("", files={"../lib/x.py": ""})
    assert "is not the name of a file" in result["error"]["message"]


def test_cookies_are_kept_over_several_requests(live):
    visit = {"path": "/"}
    result = live.requests(VISITS, visit, visit, key="mine-")
    assert [r["body"]["text"] for r in result["responses"]] == ["1", "2"]
    assert [cookie["name"] for cookie in result["cookies"]] == ["session"]
    again = live.requests(VISITS, visit, again=True)
    assert [r["body"]["text"] for r in again["responses"]] == ["3"]
    anew = live.requests(VISITS, visit)
    assert [r["body"]["text"] for r in anew["responses"]] == ["1"]


def test_a_request_is_sent_as_it_was_written(live):
    code = (
        "from flask import Flask, request\n\napp = Flask(__name__)\n\n\n"
        "@app.route('/<path:rest>', methods=['PUT'])\ndef show(rest):\n"
        "    return {'query': request.query_string.decode(), 'rest': rest,\n"
        "            'cookies': request.cookies,\n"
        "            'body': request.get_data(as_text=True),\n"
        "            'header': request.headers['X-Colour']}\n"
    )
    result = live.requests(
        code,
        {
            "method": "PUT",
            "path": "/a/b?c=d",
            "headers": [["X-Colour", "blue"]],
            "cookies": {"taste": "sweet"},
            "body": "{é}",
        },
    )
    assert json.loads(result["responses"][0]["body"]["text"]) == {
        "query": "c=d",
        "rest": "a/b",
        "cookies": {"taste": "sweet"},
        "body": "{é}",
        "header": "blue",
    }


def test_bytes_are_described(live):
    code = HELLO.replace(
        '"Hello!"', 'b"\\xff\\xd8\\x00", {"Content-Type": "image/png"}'
    )
    body = live.requests(code, {"path": "/"})["responses"][0]["body"]
    assert body == {"text": None, "size": 3, "cut": False, "note": "3 bytes, image/png"}


def test_an_async_view_runs(live):
    code = (
        "import asyncio\n\nfrom flask import Flask, g\n\napp = Flask(__name__)\n\n\n"
        "@app.before_request\nasync def begin():\n    g.name = 'anna'\n\n\n"
        "@app.get('/')\nasync def index():\n    await asyncio.sleep(0.01)\n"
        "    first, second = await asyncio.gather(word('Hello'), word(g.name))\n"
        "    return f'{first} {second}'\n\n\n"
        "async def word(text):\n    await asyncio.sleep(0)\n    return text\n"
    )
    result = live.requests(code, {"path": "/"})
    assert result["responses"][0]["body"]["text"] == "Hello anna"
    assert live.prints("import asyncio\nprint(asyncio.run(asyncio.sleep(0, 'x')))") == (
        "x\n"
    )


def test_a_check_is_run_against_the_readers_code(live):
    check = [{"source": GET, "want": "Hello!\n"}]
    assert live.ask("check", HELLO, check=check)["passed"] is True
    wrong = live.ask("check", HELLO.replace("Hello!", "Bye!"), check=check)
    assert (wrong["ok"], wrong["passed"]) == (True, False)
    assert wrong["blocks"][0]["printed"] == "Bye!\n"
    raising = live.ask("check", "app = None\n", check=check)
    assert (raising["ok"], raising["passed"]) == (False, False)


def test_the_scenario_of_a_docstring_is_found(live):
    source = (SNIPPETS / "after_request" / "add_header.py").read_text()
    result = live.ask("scenario", source, name="after_request/add_header")
    assert (result["ok"], result["passed"]) == (True, True)


def test_an_app_that_would_serve_goes_on(live):
    result = live.requests(HELLO + "\n\napp.run()\n", {"path": "/"})
    assert result["responses"][0]["body"]["text"] == "Hello!"
    assert "Ignoring a call to 'app.run()'" in result["stderr"] + result["stdout"]


def test_too_deep_a_recursion_is_an_error_like_another(own):
    result = own.scenario("", "def fall():\n    fall()\nfall()\n")
    assert "RecursionError" in result["error"]["message"]
    assert own.prints("print('here')") == "here\n"


# What the browser's Python lacks

THREADS = "threads do not exist in the browser: run this on your own machine"
SOCKETS = "sockets do not exist in the browser: run this on your own machine"


@pytest.mark.parametrize(
    "start",
    [
        "import threading\nthreading.Thread(target=print).start()",
        "import threading\nthreading.Timer(1, print).start()",
        "import concurrent.futures as f\nf.ThreadPoolExecutor().submit(print)",
        "import _thread\n_thread.start_new_thread(print, ())",
    ],
)
def test_a_thread_says_that_there_are_none(live, start):
    assert live.raises(start) == f"RuntimeError: {THREADS}"


@pytest.mark.parametrize(
    "connect",
    [
        "import socket\nsocket.socket().connect(('127.0.0.1', 80))",
        "import socket\nsocket.socket().bind(('127.0.0.1', 0))",
        "import socket\nsocket.create_connection(('127.0.0.1', 80))",
        "import socket\nsocket.getaddrinfo('localhost', 80)",
        "from http.client import *\nHTTPConnection('localhost').request('GET', '/')",
    ],
)
def test_a_socket_says_that_there_are_none(live, connect):
    assert live.raises(connect) == f"OSError: {SOCKETS}"


@pytest.mark.parametrize("method", ["scrypt", "scrypt:16:3:2", "pbkdf2:sha256:1000"])
def test_a_password_is_hashed_as_anywhere(live, method):
    block = (
        "from werkzeug.security import check_password_hash, generate_password_hash\n"
        f"hashed = generate_password_hash('pässword', {method!r})\n"
        "print(hashed, check_password_hash(hashed, 'pässword'),\n"
        "      check_password_hash(hashed, 'password'))\n"
    )
    hashed, right, wrong = live.prints(block).split()
    assert (right, wrong) == ("True", "False")
    assert check_password_hash(hashed, "pässword")


@pytest.mark.parametrize("name", ["sha1", "sha256", "sha512"])
def test_a_key_is_derived_as_anywhere(live, name):
    arguments = f"{name!r}, b'key' * 50, b'salt', 7, 90"
    block = (
        "import base64, hashlib\n"
        f"print(base64.b64encode(hashlib.pbkdf2_hmac({arguments})).decode())"
    )
    key = hashlib.pbkdf2_hmac(name, b"key" * 50, b"salt", 7, 90)
    assert live.prints(block).strip() == base64.b64encode(key).decode()


# What it may not reach


@pytest.mark.parametrize(
    "module",
    ["js", "pyodide", "pyodide_js", "pyodide.http", "pyodide.code", "pyodide.ffi",
     "_pyodide", "_pyodide_core", "_pyodide._base", "micropip"],
)  # fmt: skip
def test_no_module_leads_out_of_python(live, module):
    assert live.raises(f"import {module}") == (
        f"ImportError: '{module.partition('.')[0]}' is not available here: code on this"
        " page cannot leave Python"
    )


def test_no_address_can_be_opened(live):
    message = live.raises(
        "import urllib.request\nurllib.request.urlopen('http://localhost/')"
    )
    assert "sockets do not exist in the browser" in message


TAKEN = (
    "fetch XMLHttpRequest WebSocket WebSocketStream WebTransport EventSource"
    " importScripts indexedDB caches localStorage sessionStorage cookieStore Worker"
    " SharedWorker BroadcastChannel MessageChannel MessagePort postMessage close"
    " navigator location FontFace fonts Request Response Headers FileReaderSync"
    " webkitRequestFileSystem webkitRequestFileSystemSync RTCPeerConnection"
    " ServiceWorkerRegistration Notification StorageManager onmessage"
).split()


EXPECTED_LANGUAGE = set(
    "AggregateError Array ArrayBuffer AsyncDisposableStack Atomics BigInt BigInt64Array"
    " BigUint64Array Boolean DataView Date DisposableStack Error EvalError"
    " FinalizationRegistry Float16Array Float32Array Float64Array Function Infinity"
    " Int16Array Int32Array Int8Array Intl Iterator JSON Map Math NaN Number Object"
    " Promise Proxy RangeError ReferenceError Reflect RegExp Set SharedArrayBuffer"
    " String SuppressedError Symbol SyntaxError Temporal TextDecoder TextEncoder"
    " TypeError URIError Uint16Array Uint32Array Uint8Array Uint8ClampedArray WeakMap"
    " WeakRef WeakSet WebAssembly".split()
)


@pytest.fixture(scope="module")
def probed(visit, site, address):
    """Return a worker whose own JavaScript looks around."""
    runner.require(site)
    with runner.running(visit, address, probed=True) as started:
        started.ready()
        yield started


def test_what_the_worker_has_lost(probed):
    assert probed.probe("kinds", TAKEN) == [f"{name} is gone" for name in TAKEN]


def test_what_is_taken_was_there(visit, site, address):
    """Show that the probe finds what nobody took away: before Python is loaded."""
    runner.require(site)
    with runner.running(visit, address, probed=True) as started:
        found = started.probe("kinds", TAKEN)
        assert "fetch is a function" in found
        assert sum(not line.endswith("is gone") for line in found) > 20


def test_nothing_but_the_language_is_left_to_the_worker(probed):
    language = {name for name in probed.probe("left") if name[0].isupper()}
    # The last two are numbers that Chromium does not let go of.
    assert language - EXPECTED_LANGUAGE <= {"PERSISTENT", "TEMPORARY"}
    assert set(probed.probe("left")) - language == {
        "clearInterval", "clearTimeout", "console", "constructor", "crypto",
        "decodeURI", "decodeURIComponent", "encodeURI", "encodeURIComponent", "escape",
        "globalThis", "isFinite", "isNaN", "parseFloat", "parseInt", "performance",
        "queueMicrotask", "self", "setInterval", "setTimeout", "unescape",
    }  # fmt: skip


def test_the_worker_cannot_make_code_of_text(probed):
    assert probed.probe("compiled") == "EvalError"


def test_the_sites_own_policy_keeps_it_from_starting(visit, site):
    runner.require(site)
    with (
        serve(site, worker_policy=POLICY) as address,
        runner.running(visit, address) as started,
    ):
        told = started.told("ready")
        assert (told["type"], told["reason"]) == ("failed", "policy")
        assert "'wasm-unsafe-eval'" in told["message"]
        assert "/_static/runner/worker.js" in told["message"]


def test_the_page_itself_may_not_compile(live):
    compiled = live.page.evaluate(
        """() => {
          try {
            new WebAssembly.Module(Uint8Array.of(0, 97, 115, 109, 1, 0, 0, 0));
            return "compiled";
          } catch (error) { return error.name; }
        }"""
    )
    assert compiled == "CompileError"


def test_missing_assets_are_told(own):
    own.ready()
    own.page.evaluate(
        """() => {
          const meta = document.querySelector('meta[name="hookbook-runner"]');
          meta.content = meta.content.replace(/assets=\\w+/, "assets=0000");
        }"""
    )
    own.start()
    told = own.told("ready")
    assert (told["type"], told["reason"]) == ("failed", "assets")
    assert "is the network there?" in told["message"]


def test_it_runs_offline_after_the_first_load(own):
    own.ready()
    own.page.context.set_offline(True)
    assert own.scenario(HELLO, GET)["stdout"] == "Hello!\n"
    own.stop()
    own.start()
    assert own.scenario(HELLO, GET)["stdout"] == "Hello!\n"


def test_a_file_that_is_missing_is_told(own):
    """Pyodide itself would wait for it for ever."""
    own.ready()
    own.page.evaluate(
        """async () => {
          for (const name of await caches.keys()) {
            const store = await caches.open(name);
            for (const key of await store.keys())
              if (key.url.endsWith(".wasm")) await store.delete(key);
          }
        }"""
    )
    own.page.context.route("**/*.wasm", lambda route: route.abort())
    own.start()
    told = own.told("ready")
    assert (told["type"], told["reason"]) == ("failed", "assets")
    assert told["message"].startswith("pyodide.asm.wasm could not be loaded")


def test_nothing_is_loaded_until_it_is_asked_for(visit, address):
    with visit(f"{address}after-request/visualize.html", until="networkidle") as watch:
        assert [url for url in watch.requests if "/runner/" in url] == []


def test_nothing_comes_from_another_host(visit, site, address):
    runner.require(site)
    with visit(f"{address}after-request/visualize.html") as watch:
        runner.Runner(watch.page).scenario(HELLO, GET)
        assert {url.split("/")[2] for url in watch.requests} == {address.split("/")[2]}


# The same as in the build

# Only against a Python before 3.14.
JSON_NOTE = "Python 3.14 adds a note to the error of a value that JSON cannot hold"
NEWER = {JSON_NOTE}
CLOCK = "the browser's clock has three decimals: its reading is not masked"
ERRNO = "the browser's system has other error numbers"
# What the scenario is about is not in a browser.
NO_THREADS = "it starts a thread, and a browser's Python has none"
ONE_THREAD = "an async function runs in the one thread that there is"

DIFFERENT = {
    "after_request_depth/async_hook_thread": ONE_THREAD,
    "after_request_depth/work_in_a_thread": NO_THREADS,
    "after_request_learn/time_requests": CLOCK,
    "changes/json_encoder": JSON_NOTE,
    "deferred_callbacks/delete_too_early": ERRNO,
    "deferred_callbacks_depth/three_threads": NO_THREADS,
    "deferred_callbacks_tasks/from_a_thread": NO_THREADS,
    "deferred_callbacks_tasks/from_a_thread_start": NO_THREADS,
}
"""Snippets whose steps are not those of the build, and why."""


def test_every_snippet_does_in_the_browser_what_it_did_in_the_build(live):
    names = runs.names(SNIPPETS)
    assert len(names) > 50
    results = {}
    for name in names:
        source = (SNIPPETS / f"{name}.py").read_text(encoding="utf-8")
        results[name] = live.ask(
            "scenario", source, name=name, views=[], json=True, masks=True
        )
    both = runs_of_the_build()
    built = {name: first for name, (first, _) in both.items()}
    assert [name for name, (first, second) in both.items() if first != second] == []
    assert DIFFERENT.keys() <= set(names)
    different = {name for name in names if results[name]["run"] != built[name]}
    assert different == {
        name
        for name, reason in DIFFERENT.items()
        if not (reason in NEWER and sys.version_info >= (3, 14))
    }
    for name in names:
        reason, result = DIFFERENT.get(name), results[name]
        there = result["run"]
        if reason == NO_THREADS:
            assert THREADS in result["stderr"] + result["stdout"], name
            continue
        assert result["error"] is None, (name, result["error"])
        assert order(there) == order(built[name]), name
        if reason == ONE_THREAD:
            assert "another thread" in built[name]["stdout"]
            continue
        assert result["passed"], name
        assert there["stdout"] == built[name]["stdout"], name
        assert headers(there) == headers(built[name]), name


# In a process of its own: this one's main thread has Playwright's event loop running,
# which async views notice, and another thread is not the main one.
BUILD = """
import json, sys
from pathlib import Path
from hookbook.corpus import runs
from hookbook.trace import recorder, steps
root = Path(sys.argv[1])
def both(name):
    snippet, run = runs.run(root, name)
    again = recorder.record(snippet.path, snippet.module, snippet.scenario)
    return [steps.as_json(run), steps.as_json(again)]
print(json.dumps({name: both(name) for name in runs.names(root)}))
"""


def runs_of_the_build():
    """Return two runs of each snippet, as the build does them."""
    command = [sys.executable, "-c", BUILD, SNIPPETS]
    path = {"PYTHONPATH": str(ROOT / "src")}
    told = subprocess.run(
        command, cwd=ROOT, env={**os.environ, **path}, capture_output=True, text=True
    )
    assert told.returncode == 0, told.stderr
    return json.loads(told.stdout)


def order(run):
    """List, for each request, the steps in their order."""
    return [
        [(step["kind"], step["phase"], step["name"]) for step in request["steps"]]
        for request in run["requests"]
    ]


def headers(run):
    """List the headers of every response before and after every step."""
    return [
        step[moment]["response"] and step[moment]["response"]["headers"]
        for request in run["requests"]
        for step in request["steps"]
        for moment in ("before", "after")
    ]
