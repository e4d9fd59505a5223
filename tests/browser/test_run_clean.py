"""Each run begins with a clean Python: a run leaves nothing behind."""

import pytest

from . import runner
from .runner import HELLO, running

pytestmark = pytest.mark.browser

LEFT = {
    "a patched Flask": "import flask\nflask.Flask.finalize_request = None",
    "a patched method": "import flask\nflask.Flask.make_response = lambda *a: 1 / 0",
    "a patched json": "import json\njson.dumps = lambda *a, **k: '\"mine\"'",
    "a patched encoder": "import json.encoder as e\ne.JSONEncoder.encode = None",
    "our own module, patched": (
        "import hookbook.browser.messages as m\n"
        "m.Runner.answer = m.handle = lambda *a: {'ok': False}"
    ),
    "the recorder, patched": (
        "import hookbook.trace.recording as r\nr.Recorder.__enter__ = lambda s: s"
    ),
    "a builtin": "import builtins\nbuiltins.print = builtins.len = None",
    "a new builtin": "import builtins\nbuiltins.left = 1",
    "an environment": "import os\nos.environ['FLASK_DEBUG'] = '1'",
    "modules": "import sys\ndel sys.modules['flask'], sys.modules['json']",
    "a stand-in module": "import sys\nsys.modules['flask'] = sys",
    "a path": "import sys\nsys.path[:0] = ['/lib']\nopen('/lib/flask.py', 'w')",
    "a file": "open('left.txt', 'w').write('x')\nopen('/lib/left', 'w').write('x')",
    "an open file": "left = open('/lib/left', 'w')\nimport sys\nsys.left = left",
    "a folder": "import os\nos.makedirs('/lib/a/b')\nos.chdir('/lib/a')",
    "a packed library": "open('/lib/packages.zip', 'w').write('none')",
    "the standard library": "import os\nos.remove('/lib/python314.zip')",
    "a closed output": "import os\nos.close(1)\nos.close(2)",
    "a logger": (
        "import logging\nlogging.disable()\nlogging.raiseExceptions = False\n"
        "logging.getLogger('werkzeug').setLevel(1)"
    ),
    "warnings": "import warnings\nwarnings.simplefilter('error')",
    "a finder": "import sys\nsys.meta_path.clear()\nsys.path_hooks.clear()",
    "a hook": "import sys\nsys.settrace(lambda *a: None)\nsys.setprofile(print)",
    "a limit": "import sys\nsys.setrecursionlimit(60)",
    "a locale": "import decimal\ndecimal.getcontext().prec = 1",
    "a seed": "import random\nrandom.seed(1)",
    "a lost key function": (
        "import gc, hashlib, sys\nhashlib.scrypt = hashlib.pbkdf2_hmac = None\n"
        "del sys.modules['hookbook.browser.sandbox']\ngc.collect()"
    ),
    "memory": "import sys\nsys.left = [bytes(1000) for _ in range(50_000)]",
    "an error that nobody catches": "raise SystemExit",
    "an error in exec": "exec('x = ' + '(' * 300)",
}

LOOK = """
import builtins, decimal, hashlib, logging, os, sys, warnings
from flask import jsonify

@app.get("/state")
def state():
    return jsonify({
        "folders": [sorted(os.listdir(x)) for x in (".", "/", "/lib", "/tmp", "/dev")],
        "cwd": os.getcwd(),
        "environment": sorted(os.environ.items()),
        "modules": sorted(sys.modules),
        "path": sys.path,
        "builtins": sorted(dir(builtins)),
        "sys": sorted(dir(sys)),
        "filters": len(warnings.filters),
        "finders": len(sys.meta_path),
        "limit": sys.getrecursionlimit(),
        "level": logging.getLogger("werkzeug").level,
        "disabled": logging.root.manager.disable,
        "precision": decimal.getcontext().prec,
        "open": len(os.listdir("/proc/self/fd")),
        "key": hashlib.scrypt(b"a", salt=b"b", n=2, r=1, p=1).hex()[:8],
        "size": os.stat("/lib/packages.zip").st_size,
    })
"""


@pytest.fixture(scope="module")
def worker(visit, site, address):
    """A worker of this file; what its runs spoil is the test."""
    runner.require(site)
    with running(visit, address) as started:
        started.ready()
        yield started


def state(worker):
    told = worker.told(
        "result",
        worker.post("requests", HELLO + LOOK, requests=[{"path": "/state"}]),
    )
    assert told["type"] == "result", told
    assert told["error"] is None, told["error"]
    steps = [(s["kind"], s["name"]) for s in told["traces"][0]["steps"]]
    return told["responses"][0]["body"]["text"], steps, told["clean"]


@pytest.fixture(scope="module")
def fresh(worker):
    return state(worker)


@pytest.mark.canary
@pytest.mark.parametrize("kind", LEFT)
def test_the_next_run_finds_nothing_of_it(worker, fresh, kind):
    number = worker.post("requests", f"{LEFT[kind]}\n{HELLO}", requests=[{"path": "/"}])
    told = worker.told("result", number)
    if told["type"] == "fatal":
        # The page ends a worker whose Python gave up.
        worker.stop()
        worker.start()
        worker.ready()
    assert state(worker) == fresh


def test_two_runs_have_random_numbers_of_their_own(worker):
    code = "import random\nprint(random.random())\n"
    assert worker.prints(code) != worker.prints(code)


@pytest.mark.canary
def test_a_program_that_gets_at_the_language_is_noticed(worker):
    code = (
        "import gc\n"
        "def find():\n"
        "    for one in gc.get_objects():\n"
        "        kinds = [t.__name__ for t in type(one).__mro__]\n"
        "        if 'JsProxy' in kinds:\n"
        "            yield one\n"
        "for one in find():\n"
        "    try:\n"
        "        one.constructor.prototype.left = 1\n"
        "        print('changed')\n"
        "    except Exception as error:\n"
        "        pass\n"
    )
    told = worker.scenario("", code)
    if "changed" in told["stdout"]:
        assert told["clean"] is False
    worker.stop()
    worker.start()
    worker.ready()
