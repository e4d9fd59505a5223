"""Code that leaves something in the process: what it does, and what is said."""

LEAKS = {
    "chdir": ("import os\nos.chdir('/')", "the working directory"),
    "environment": ("import os\nos.environ['X'] = '1'", "environment variables"),
    "environment deleted": ("import os\ndel os.environ['PATH']", "environment"),
    "time zone": (
        "import os, time\nold = os.environ.get('TZ')\n"
        "os.environ['TZ'] = 'Asia/Tokyo'\ntime.tzset()\n"
        "del os.environ['TZ']\nif old is not None: os.environ['TZ'] = old",
        "the time zone",
    ),
    "locale": (
        "import locale\nnow = locale.setlocale(locale.LC_ALL)\n"
        "locale.setlocale(locale.LC_ALL, 'C.UTF-8' if now == 'C' else 'C')",
        "the locale",
    ),
    "umask": ("import os\nos.umask(0o123)", "the umask"),
    "signal handler": (
        "import signal\nsignal.signal(signal.SIGUSR1, signal.SIG_IGN)",
        "the signal handlers",
    ),
    "interrupt ignored": (
        "import signal\nsignal.signal(signal.SIGINT, signal.SIG_IGN)",
        "the signal handlers",
    ),
    "signal mask": (
        "import signal\nsignal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGUSR2})",
        "the mask of signals",
    ),
    "alarm": ("import signal\nsignal.alarm(100)", "stops its own clock"),
    "time limit": (
        "import signal\nsignal.setitimer(signal.ITIMER_REAL, 0)",
        "stops its own clock",
    ),
    "random": ("import random\nrandom.seed(1)", "sets the random numbers"),
    "random by hand": (
        "import random\nrandom._inst.seed(1)",
        "sets the random numbers",
    ),
    "random state": (
        "import random\nrandom.setstate(random.Random(4).getstate())",
        "sets the random numbers",
    ),
    "warnings": (
        "import warnings\nwarnings.simplefilter('ignore')",
        "warnings.filters",
    ),
    "warnings emptied": (
        "import warnings\nwarnings.resetwarnings()",
        "warnings.filters",
    ),
    "showwarning": (
        "import warnings\nwarnings.showwarning = lambda *a: None",
        "warnings.showwarning",
    ),
    "recursion limit": ("import sys\nsys.setrecursionlimit(99999)", "the limits"),
    "switch interval": ("import sys\nsys.setswitchinterval(1)", "the limits"),
    "digits": ("import sys\nsys.set_int_max_str_digits(0)", "the limits"),
    "stdout": ("import io, sys\nsys.stdin = io.StringIO()", "sys.stdin"),
    "stderr": ("import io, sys\nsys.stderr = io.StringIO()", "sys.stderr"),
    "path": ("import sys\nsys.path.append('/nowhere')", "sys.path"),
    "path replaced": ("import sys\nsys.path = [*sys.path]", "sys.path"),
    "argv": ("import sys\nsys.argv = ['x']", "sys.argv"),
    "excepthook": ("import sys\nsys.excepthook = print", "sys.excepthook"),
    "displayhook": ("import sys\nsys.displayhook = print", "sys.displayhook"),
    "thread excepthook": (
        "import threading\nthreading.excepthook = print",
        "threading.excepthook",
    ),
    "unraisablehook": ("import sys\nsys.unraisablehook = print", "unraisablehook"),
    "meta path": ("import sys\nsys.meta_path.insert(0, object())", "sys.meta_path"),
    "no bytecode": (
        "import sys\nsys.dont_write_bytecode = not sys.dont_write_bytecode",
        "sys.dont_write_bytecode",
    ),
    "module replaced": (
        "import sys\nsys.modules['colorsys'] = sys",
        "sys.modules['colorsys']",
    ),
    "module removed": ("import sys\ndel sys.modules['json']", "sys.modules['json']"),
    "module made up": (
        "import sys, types\nsys.modules['tea'] = types.ModuleType('tea')",
        "sys.modules['tea']",
    ),
    "root handler": (
        "import logging\nlogging.getLogger().addHandler(logging.NullHandler())",
        "the logger 'root'",
    ),
    "basicConfig": (
        "import logging\nlogging.basicConfig(level='DEBUG')",
        "the logger 'root'",
    ),
    "dictConfig": (
        "import logging.config\nlogging.getLogger('werkzeug')\n"
        "logging.config.dictConfig({'version': 1})",
        "the logger 'werkzeug'",
    ),
    "logger level": (
        "import logging\nlogging.getLogger('werkzeug').setLevel('ERROR')",
        "the logger 'werkzeug'",
    ),
    "new logger": (
        "import logging\nlogging.getLogger('a.b').propagate = False",
        "the logger 'a.b'",
    ),
    "logging disabled": ("import logging\nlogging.disable()", "all loggers"),
    "logger class": (
        "import logging\nlogging.setLoggerClass(type('L', (logging.Logger,), {}))",
        "logging._loggerClass",
    ),
    "level name": ("import logging\nlogging.addLevelName(20, 'x')", "logging._"),
    "default handler": (
        "from flask.logging import default_handler\ndefault_handler.setLevel(50)",
        "flask.logging.default_handler.level",
    ),
    "builtins": ("import builtins\nbuiltins.open = print", "builtins.open"),
    "builtins added": ("import builtins\nbuiltins.tea = 1", "builtins.tea"),
    "Flask patched": ("Flask.get = Flask.post", "flask.app.Flask.get"),
    "Flask changed": (
        "Flask.jinja_options['trim_blocks'] = True",
        "jinja_options['trim_blocks']",
    ),
    "Flask's attribute": (
        "Flask.testing = True",
        "flask.app.Flask.testing",
    ),
    "Werkzeug patched": (
        "import werkzeug.wrappers\nwerkzeug.wrappers.Request.url = 'x'",
        "Request.url",
    ),
    "Werkzeug's function": (
        "import werkzeug.http\nwerkzeug.http.dump_cookie = print",
        "werkzeug.http.dump_cookie",
    ),
    "Werkzeug's errors": (
        "from werkzeug.exceptions import default_exceptions, NotFound\n"
        "default_exceptions[499] = NotFound",
        "werkzeug.exceptions.default_exceptions[499]",
    ),
    "Werkzeug's aborter": (
        "from werkzeug import exceptions\n"
        "exceptions._aborter.mapping[499] = exceptions.NotFound",
        "_aborter.mapping[499]",
    ),
    "blinker patched": (
        "import blinker\nsend = blinker.Signal.send\n"
        "blinker.Signal.send = lambda *a, **k: send(*a, **k)",
        "Signal.send",
    ),
    "json patched": ("import json\njson.dumps = str", "json.dumps"),
    "json's class": (
        "import json\njson.JSONEncoder.default = lambda self, x: str(x)",
        "JSONEncoder.default",
    ),
    "time patched": ("import time\ntime.time = lambda: 0", "time.time"),
    "uuid patched": ("import uuid\nuuid.uuid4 = lambda: 0", "uuid.uuid4"),
    "Jinja patched": (
        "import jinja2.filters\njinja2.filters.FILTERS['x'] = str",
        "FILTERS['x']",
    ),
    "signal receiver": (
        "from flask import request_started\n"
        "def note(sender, **more): pass\nrequest_started.connect(note)",
        "a receiver of 'request-started'",
    ),
    "signal muted": (
        "from flask import request_started\nrequest_started.is_muted = True",
        "is_muted",
    ),
    "own signal": (
        "import blinker\nblinker.signal('tea').connect(print)",
        "a receiver of 'tea'",
    ),
    "app context": ("app.app_context().push()", "the context variable 'flask."),
    "request context": (
        "app.test_request_context().push()",
        "the context variable 'flask.",
    ),
    "thread": (
        "import threading\nstop = threading.Event()\n"
        "threading.Thread(target=stop.wait, args=[6]).start()",
        "leaves a thread running",
    ),
    "daemon": (
        "import threading\nstop = threading.Event()\n"
        "threading.Thread(target=stop.wait, args=[6], daemon=True).start()",
        "leaves a thread running",
    ),
    "timer": (
        "import threading\nthreading.Timer(99, print).start()",
        "leaves a thread running",
    ),
    "bare thread": (
        "import _thread, time\n_thread.start_new_thread(time.sleep, (6,))",
        "leaves a thread running",
    ),
    "pool": (
        "from concurrent.futures import ThreadPoolExecutor\n"
        "pool = ThreadPoolExecutor()\npool.submit(int)",
        "leaves a thread running",
    ),
    "socket": (
        "import socket\nleft, right = socket.socketpair()\n"
        "keep = Flask.x = [left, right]",
        "leaves files open (socket:",
    ),
    "bind": (
        "import socket\nwith socket.socket() as s: s.bind(('127.0.0.1', 0))",
        "uses the network",
    ),
    "connect": (
        "import socket\ntry:\n    socket.create_connection(('127.0.0.1', 9))\n"
        "except Exception: pass",
        "uses the network",
    ),
    "urlopen": (
        "import urllib.request\ntry:\n    urllib.request.urlopen('http://127.0.0.1')\n"
        "except Exception: pass",
        "uses the network",
    ),
    "resolve": (
        "import socket\ntry: socket.gethostbyname('localhost')\nexcept Exception: pass",
        "uses the network",
    ),
    "socket timeout": (
        "import socket\nsocket.setdefaulttimeout(9)",
        "the timeout of sockets",
    ),
    "stream set up": (
        "import sys\nsys.__stdout__.reconfigure(line_buffering=not"
        " sys.__stdout__.line_buffering)",
        "the standard streams",
    ),
    "putenv": ("import os\nos.putenv('X', '1')", "cannot take back"),
    "unsetenv": ("import os\nos.unsetenv('X')", "cannot take back"),
    "gc frozen": ("import gc\ngc.freeze()", "cannot take back"),
    "codec": ("import codecs\ncodecs.register(lambda name: None)", "cannot take back"),
    "exit functions": ("import atexit\natexit._clear()", "for the end of the process"),
    "cache": ("import functools\nfunctools.lru_cache = lambda f: f", "lru_cache"),
    "Jinja's class": (
        "import jinja2\njinja2.Environment.block_start_string = '{'",
        "Environment.block_start_string",
    ),
    "Jinja's defaults": (
        "from jinja2 import defaults\ndefaults.DEFAULT_FILTERS['tea'] = len",
        "['tea']",
    ),
    "signer": (
        "import itsdangerous\n"
        "itsdangerous.URLSafeTimedSerializer.default_signer = None",
        "default_signer",
    ),
    "module of a package": (
        "from logging import handlers\nhandlers.SYSLOG_UDP_PORT = 1",
        "logging.handlers.SYSLOG_UDP_PORT",
    ),
    "file": ("open('left.txt', 'w').close()", "leaves a file"),
    "file by path": (
        "from pathlib import Path\nPath('left.txt').write_text('x')",
        "leaves a file",
    ),
    "temporary file": (
        "import os, tempfile\nhandle, name = tempfile.mkstemp()\nos.close(handle)",
        "leaves a file",
    ),
    "folder": ("import os\nos.mkdir('left')", "leaves a file"),
    "temporary folder": ("import tempfile\ntempfile.mkdtemp()", "leaves a file"),
    "database": (
        "import sqlite3\nbase = sqlite3.connect('left.db')\n"
        "base.execute('create table t (x)')\nbase.close()",
        "leaves a file",
    ),
    "link": ("import os\nos.symlink('/', 'left')", "leaves a file"),
    "file changed": (
        "with open(__file__, 'a') as file: file.write('#')",
        "changes a file that it has not created",
    ),
    "file removed": (
        "import os\nos.remove(__file__)",
        "changes a file that it has not created",
    ),
    "file copied": (
        "import shutil\nshutil.copy(__file__, 'left.py')",
        "leaves a file",
    ),
    "descriptor": (
        "import os\nhandle = os.open('/', os.O_RDONLY)",
        "leaves files open (/)",
    ),
    "subprocess": (
        "import subprocess, sys\ntry: subprocess.run([sys.executable, '-c', ''])\n"
        "except Exception: pass",
        "starts a process (subprocess.Popen)",
    ),
    "system": (
        "import os\ntry: os.system('true')\nexcept Exception: pass",
        "starts a process",
    ),
    "multiprocessing": (
        "import multiprocessing\n"
        "try:\n    work = multiprocessing.Process(target=print)\n    work.start()\n"
        "except Exception: pass",
        "starts a process",
    ),
    "garbage collector": (
        "import gc\n(gc.disable if gc.isenabled() else gc.enable)()",
        "the garbage collector",
    ),
    "gc threshold": ("import gc\ngc.set_threshold(5)", "the garbage collector"),
    "gc callback": ("import gc\ngc.callbacks.append(print)", "the garbage collector"),
    "trace function": ("import sys\nsys.settrace(lambda *a: None)", "the trace"),
    "decimal": (
        "import decimal\ndecimal.getcontext().prec = 3",
        "the decimal context",
    ),
    "decimal context": (
        "import decimal\ndecimal.setcontext(decimal.ExtendedContext)",
        "decimal_context",
    ),
    "decimal default": (
        "import decimal\ndecimal.DefaultContext.prec = 3",
        "the decimal context",
    ),
    "event loop": (
        "import asyncio\nloop = asyncio.new_event_loop()\nloop.close()\n"
        "asyncio.set_event_loop(loop)",
        "the event loop",
    ),
    "event loop policy": (
        "import asyncio\nclass P(asyncio.DefaultEventLoopPolicy): pass\n"
        "asyncio.set_event_loop_policy(P())",
        "the event loop",
    ),
    "dialect of csv": (
        "import csv\ncsv.register_dialect('semicolons', delimiter=';')",
        "the dialects of csv",
    ),
    "default dialect of csv": (
        "import csv\ncsv.register_dialect('excel', delimiter=';')",
        "the dialects of csv",
    ),
    "way to pickle a class of others": (
        "import copyreg\ncopyreg.pickle(slice, lambda one: (slice, (0,)))",
        "how to pickle",
    ),
    "exit function": (
        "import atexit\natexit.register(print)",
        "registers something for the end",
    ),
    "tracemalloc": ("import tracemalloc\ntracemalloc.start()", "tracemalloc"),
    "stack size": (
        "import threading\nthreading.stack_size(1 << 20)",
        "the stack size",
    ),
    "audit hook": (
        "import sys\nsys.addaudithook(lambda *a: None)",
        "cannot take back",
    ),
    "resource": (
        "import resource\nresource.setrlimit(resource.RLIMIT_CORE, (0, 0))",
        "cannot take back",
    ),
    "mime types": (
        "import mimetypes\nmimetypes.add_type('text/tea', '.tea')",
        "mimetypes.types_map['.tea']",
    ),
}
