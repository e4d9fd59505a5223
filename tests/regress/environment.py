"""Where the corpus runs: an environment with the Flask in question, or a given one."""

import dataclasses
import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]
TOOLS = ("pytest", "pytest-sphinx", "asgiref")
"""What runs the corpus beside Flask, at the locked versions."""

FITTING = (
    ((2, 0), ("Werkzeug<2", "Jinja2<3.1", "MarkupSafe<2.1", "itsdangerous<2.1")),
    ((2, 2), ("Werkzeug<2.2",)),
    ((2, 3), ("Werkzeug<3",)),
)
"""What a Flask before a version needs without saying so; the first that fits."""

PROBE = """\
import json, platform
from importlib.metadata import version
def of(name):
    try:
        return version(name)
    except Exception:
        return "unknown"
found = {"python": platform.python_version()}
found |= {name: of(name) for name in ("flask", "werkzeug")}
try:
    from flask import Flask
    found["place"] = __import__("flask").__file__
except BaseException as error:
    found["error"] = f"{type(error).__name__}: {error}"
print(json.dumps(found))
"""


class HarnessError(Exception):
    """The corpus could not be run, so nothing is known of the Flask."""


@dataclasses.dataclass(frozen=True)
class Target:
    """A Python that has the Flask in question."""

    python: str
    path: tuple[str, ...] = ()
    """Folders whose modules go before the installed ones."""
    versions: dict[str, str] = dataclasses.field(default_factory=dict)
    """Of ``flask``, ``werkzeug`` and ``python``; ``place`` is Flask's own."""
    remark: str = ""
    """What had to be done to make it run."""

    def environment(self, **more):
        """Return the variables to run with."""
        path = os.pathsep.join([*self.path, str(ROOT / "src")])
        return {**os.environ, "PYTHONPATH": path, **more}

    def __str__(self):
        found = self.versions
        return (
            f"Flask {found['flask']}, Werkzeug {found['werkzeug']},"
            f" Python {found['python']}"
        )


def requirement(text):
    """Turn what the user wrote into what pip takes.

    ``3.1.2`` and ``>=3,<3.1`` are versions of Flask; all else is left to pip.
    """
    text = text.strip()
    if re.match(r"[=<>~!]=|[<>]", text):
        return f"Flask{text}"
    path = Path(os.path.expanduser(text))  # noqa: PTH111 (that of Path may raise)
    if path.exists():
        return str(path.resolve())
    if re.fullmatch(r"\d[\w.+!*-]*", text):
        return f"Flask=={text}"
    if "/" in text and "://" not in text and "@" not in text:
        raise HarnessError(f"there is no file or folder '{text}'")
    return text


def locked(names=TOOLS):
    """Return the requirements of `names` as requirements.txt has them."""
    lines = (ROOT / "requirements.txt").read_text(encoding="utf-8")
    found = dict(re.findall(r"^([\w-]+)(?:\[[\w,]+\])?==(\S+)", lines, re.MULTILINE))
    return [f"{name}=={found[name]}" for name in names]


def make(wanted, extra, folder):
    """Make a new environment in `folder` with the Flask that is `wanted`.

    `extra` are requirements to install with it.
    """
    wanted = requirement(wanted)
    shutil.rmtree(folder, ignore_errors=True)
    _run([sys.executable, "-m", "venv", str(folder)], "an environment cannot be made")
    python = folder / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
    _install(python, [wanted, *extra, *locked(), "blinker"], wanted)
    target = probe(Target(str(python)), check=False)
    fitting = _fitting(target.versions["flask"], extra)
    if not fitting:
        return probe(target)
    _install(python, fitting, ", ".join(fitting))
    remark = f"This Flask needs {', '.join(fitting)}, though it does not say so."
    return dataclasses.replace(probe(target), remark=remark)


def _fitting(flask, extra=()):
    """Return what this version of Flask needs, but for what `extra` names."""
    release = tuple(int(n) for n in re.findall(r"\d+", flask)[:2])
    fits = next((fits for before, fits in FITTING if release and release < before), ())
    named = {_project(other) for other in extra}
    return [one for one in fits if _project(one) not in named]


def _project(requirement):
    return re.split(r"[^\w-]", requirement)[0].lower()


def probe(target, *, check=True):
    """Return `target` with its versions; refuse one whose Flask cannot be imported."""
    what = f"{target.python} did not start"
    told = _run([target.python, "-c", PROBE], what, 60, target.environment())
    versions = json.loads(told.splitlines()[-1])
    if check and "error" in versions:
        raise HarnessError(
            f"Flask {versions['flask']} cannot be imported with Werkzeug"
            f" {versions['werkzeug']} on Python {versions['python']}:\n"
            f"  {versions['error']}"
        )
    return dataclasses.replace(target, versions=versions)


def _install(python, requirements, what):
    command = [str(python), "-m", "pip", "install", "--disable-pip-version-check"]
    _run([*command, *requirements], f"{what} cannot be installed", 900)


def _run(command, problem, timeout=300, env=None):
    try:
        done = subprocess.run(
            command, cwd=ROOT, env=env, timeout=timeout, capture_output=True, text=True
        )
    except subprocess.TimeoutExpired:
        raise HarnessError(f"{problem}: no end within {timeout} seconds") from None
    except OSError as error:
        raise HarnessError(f"{problem}: {error}") from None
    if done.returncode:
        said = (done.stderr or done.stdout).strip().splitlines()
        errors = [line for line in said if "error" in line.lower()] or said
        raise HarnessError("\n  ".join([f"{problem}:", *errors[-5:]]))
    return done.stdout
