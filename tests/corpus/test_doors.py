"""What a snippet must not even try is refused, with its line, and doesn't happen."""

import pytest


@pytest.mark.canary
def test_a_refusal_names_the_line(snippet):
    assert snippet("\n\nopen('left.txt', 'w').close()")[1] == 26
    assert snippet("import os\nos.system('true')", where="scenario")[1] == 6
    assert snippet("import os\nos.system('true')", where="view")[1] == 21


ENDS = {
    "exit": ("import sys\nsys.exit()", "SystemExit"),
    "exit 0": ("raise SystemExit(0)", "SystemExit"),
    "quit": ("quit()", "SystemExit"),
    "interrupt": ("raise KeyboardInterrupt", "KeyboardInterrupt"),
    "other": ("raise BaseException('x')", "BaseException: x"),
    "_exit": ("import os\nos._exit(0)", "ends the process (os._exit)"),
    "posix": ("import posix\nposix._exit(0)", "ends the process (posix._exit)"),
    "abort": ("import os\nos.abort()", "ends the process (os.abort)"),
    "kill": ("import os\nos.kill(os.getpid(), 9)", "sends a signal (os.kill)"),
    "killpg": ("import os\nos.killpg(0, 9)", "sends a signal (os.killpg)"),
    "raise signal": ("import signal\nsignal.raise_signal(9)", "sends a signal"),
    "pthread kill": (
        "import signal, threading\nsignal.pthread_kill(threading.get_ident(), 9)",
        "sends a signal",
    ),
    "interrupt main": ("import _thread\n_thread.interrupt_main()", "sends a signal"),
    "exec": (
        "import os, sys\nos.execv(sys.executable, [sys.executable, '-c', ''])",
        "starts a process (os.exec)",
    ),
    "fork": ("import os\nos.fork()", "starts a process (os.fork)"),
    "spawn": ("import os\nos.spawnlp(0, 'true', 'true')", "starts a process"),
    "segfault": ("import ctypes\nctypes.string_at(0)", "reaches below Python"),
    "foreign exit": (
        "import ctypes\nctypes.CDLL(None).exit(0)",
        "reaches below Python",
    ),
    "Python's exit": (
        "import ctypes\nctypes.pythonapi.Py_Exit(0)",
        "reaches below Python",
    ),
    "faulthandler": (
        "import faulthandler\nfaulthandler._sigsegv()",
        "ends the process",
    ),
    "deep": (
        "import sys\nsys.setrecursionlimit(10**8)",
        "sets the limits of the interpreter",
    ),
}


@pytest.mark.canary
@pytest.mark.parametrize("name", ENDS)
@pytest.mark.parametrize("where", ["code", "scenario", "view"])
def test_what_ends_the_process_is_the_snippets_error(snippet, name, where):
    code, reason = ENDS[name]
    said, line = snippet(code, where=where)
    assert reason in said
    assert line > 1


@pytest.mark.canary
def test_swallowing_the_refusal_does_not_help(snippet):
    code = "import os\ntry:\n    os._exit(0)\nexcept BaseException:\n    pass"
    assert "ends the process" in snippet(code)[0]
    code = "import os\ntry:\n    from os import _exit as bye\n    bye(0)\nexcept: pass"
    assert "ends the process" in snippet(code)[0]
