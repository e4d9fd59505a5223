"""``python -m``, in processes forked from one that has imported what they need.

A run of pytest or Sphinx in a small house takes a second to import them, and hardly
one more. Each is still a process: it ends as it likes, and takes nothing along.
"""

import atexit
import functools
import gc
import json
import os
import runpy
import subprocess
import sys
from importlib import import_module
from pathlib import Path
from tempfile import TemporaryDirectory

SOURCES = Path(__file__).parents[1] / "src"
# Not what pytest must import itself, to rewrite its assertions: plugins and tests.
NEEDED = {
    "pytest": (
        "_pytest.config _pytest.doctest _pytest.junitxml _pytest.skipping"
        " _pytest.terminal _pytest.unraisableexception _pytest.threadexception"
        " pdb unittest flask hookbook.corpus.runs hookbook.corpus.proofs"
        " hookbook.corpus.unproven hookbook.corpus.assertions"
    ),
    "sphinx": (
        "sphinx.cmd.build sphinx.builders.html myst_parser.sphinx_ext.main"
        " hookbook.site"
    ),
}


def python_m(module, *arguments, cwd, **environment):
    """Run ``python -m MODULE`` in the folder `cwd`; return what came of it.

    `environment` are variables beside those of this process.
    """
    with TemporaryDirectory() as folder:
        files = [Path(folder, name) for name in ("stdout", "stderr")]
        request = {
            "module": module,
            "arguments": [str(argument) for argument in arguments],
            "cwd": str(cwd),
            "environment": {**os.environ, **environment},
            "files": [str(file) for file in files],
        }
        server = _server()
        print(json.dumps(request), file=server.stdin, flush=True)
        status = int(server.stdout.readline())
        said = [file.read_text("utf-8", "replace") for file in files]
    return subprocess.CompletedProcess([module, *arguments], status, *said)


@functools.cache
def _server():
    server = subprocess.Popen(
        [sys.executable, __file__],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )

    @atexit.register
    def end():
        server.communicate()

    return server


def _serve():
    """Fork a process for each request; return, in it, what it shall do."""
    path = [folder for folder in sys.path if folder != str(Path(__file__).parent)]
    answers = os.fdopen(os.dup(1), "w")
    for line in sys.stdin:
        request = json.loads(line)
        sys.path[:] = [str(SOURCES), *path]
        for name in NEEDED[request["module"]].split():
            import_module(name)
        gc.freeze()
        if (child := os.fork()) == 0:
            given = request["environment"].get("PYTHONPATH", "").split(os.pathsep)
            sys.path[:] = [request["cwd"], *filter(None, given), *path]
            return request
        _, status = os.waitpid(child, 0)
        print(os.waitstatus_to_exitcode(status), file=answers, flush=True)
    return None


def _become(request):
    os.chdir(request["cwd"])
    os.environ.clear()
    os.environ.update(request["environment"])
    modes = os.O_WRONLY | os.O_CREAT
    for number, file in enumerate([os.devnull, *request["files"]]):
        os.dup2(os.open(file, modes if number else os.O_RDONLY), number)
    sys.argv[:] = [request["module"], *request["arguments"]]
    runpy.run_module(request["module"], run_name="__main__", alter_sys=True)


if __name__ == "__main__" and (asked := _serve()):
    _become(asked)
