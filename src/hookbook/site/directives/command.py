"""``{command}``: a Hookbook command and its output.

The argument is the snippet with the application, the content is the command. It runs
during the build, in a separate process and folder, where the snippet is the module
that ``--app`` names.
"""

import os
import shlex
import subprocess
import sys
import tempfile
from functools import lru_cache
from pathlib import Path

from docutils import nodes
from sphinx.application import Sphinx

from hookbook.explain.boxes import box
from hookbook.explain.parts import code_block, label
from hookbook.trace.masks import mask

from .base import PageError, SnippetDirective

_COMMANDS = ("hooks", "trace")
_SOURCES = Path(__file__).parents[3]
_SECONDS = 60
_COLUMNS = 76
"""The columns a page shows without a scroll bar."""
# As the entry points do in an installation.
_FLASK = """\
from flask.cli import cli
from hookbook.cli.flask_commands import hooks, trace
cli.add_command(hooks)
cli.add_command(trace)
cli.main(prog_name="flask")
"""


class Command(SnippetDirective):
    """Run ``flask --app NAME hooks`` or ``trace`` on a snippet, and show both."""

    required_arguments = 1
    has_content = True

    def build(self) -> list[nodes.Node]:
        """Return the command and its output."""
        snippet, _ = self.load(self.arguments[0])
        command = " ".join(line.strip() for line in self.content)
        app, words = _read(command)
        status, output, told = run(snippet.path.read_text("utf-8"), app, words)
        if status:
            last = " ".join(told.split())[-300:]
            raise PageError(f"'{command}' ended with {status}: {last}", self.first_line)
        part = box("div", classes=["hb-run"])
        part += label("Run")
        part += code_block(f"$ {command}", "console")
        part += label("Output")
        part += code_block(mask(output).rstrip("\n"), "text", "hb-output")
        result = box("figure", part, classes=["hb-snippet"], support_smartquotes=False)
        self.set_source_info(result)
        return [result]


def _read(command: str) -> tuple[str, tuple[str, ...]]:
    """Return the name of the application and the words from the command's name on.

    :raises PageError: if the command can't be shown.
    """
    try:
        words = shlex.split(command)
    except ValueError as error:
        raise PageError(f"'{command}': {error}") from None
    known = words[:2] == ["flask", "--app"] and len(words) > 3
    if not known or not words[2].isidentifier() or words[3] not in _COMMANDS:
        raise PageError(
            f"'{command}': write 'flask --app NAME hooks ...' or '... trace ...'"
        )
    return words[2], tuple(words[3:])


@lru_cache(maxsize=64)
def run(source: str, app: str, words: tuple[str, ...]) -> tuple[int, str, str]:
    """Run a command on the application `source`; return status and both outputs."""
    with tempfile.TemporaryDirectory() as folder:
        (Path(folder) / f"{app}.py").write_text(source, encoding="utf-8")
        environment = {
            name: value
            for name, value in os.environ.items()
            if not name.startswith(("FLASK_", "PYTHON"))
        }
        done = subprocess.run(
            [sys.executable, "-c", _FLASK, "--app", app, *words],
            cwd=folder, capture_output=True, encoding="utf-8", timeout=_SECONDS,
            env={
                **environment, "COLUMNS": str(_COLUMNS), "PYTHONUTF8": "1",
                "PYTHONPATH": str(_SOURCES),
            },
        )  # fmt: skip
    return done.returncode, done.stdout, done.stderr


def setup(app: Sphinx) -> None:
    """Register the directive."""
    app.add_directive("command", Command)
