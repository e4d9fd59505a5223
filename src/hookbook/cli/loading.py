"""Find the application that the user means, also inside its wrappers."""

import dataclasses
import re
import sys
import sysconfig
import traceback
from collections.abc import Iterator
from pathlib import Path
from types import FunctionType
from typing import Any

import click
import flask
from flask.cli import NoAppException, ScriptInfo, prepare_import
from flask.helpers import get_debug_flag

from .wrapping import Layer, apps_in, layers_over

_NAMES = ("app", "application", "create_app", "make_app")
_FILES = ("wsgi.py", "app.py")
_HINT = (
    "Name the module that has the application: 'flask --app shop ...' for shop.py,"
    " 'flask --app shop:name ...' for another name than app or create_app."
)


@dataclasses.dataclass(frozen=True)
class Loaded:
    """The object that a server would call, and the Flask applications in it."""

    entry: Any
    """A WSGI application: a Flask application, or a wrapper around it."""
    apps: tuple[flask.Flask, ...]

    def layers(self, app: flask.Flask) -> list[Layer]:
        """List the layers a request passes before it reaches `app`, outermost first."""
        return layers_over(self.entry, app)


def load(info: ScriptInfo) -> Loaded:
    """Return the application of Flask's command line.

    :raises click.UsageError: if there is none, or importing it fails; its message
        says what to do.
    """
    try:
        app = info.load_app()
    except NoAppException as error:
        entry = next(_wrapped(info), None)
        if entry is not None:
            for app in apps_in(entry):
                app.debug = get_debug_flag()
            return Loaded(entry, tuple(apps_in(entry)))
        told = error.format_message()
        if "ImportError was raised" in told:
            hint = "Install what is missing, or correct the import that failed."
            raise click.UsageError(f"{told.rstrip()}\n\n{hint}") from None
        raise click.UsageError(f"{told}\n{_HINT}") from None
    except click.ClickException:
        raise
    except (Exception, SystemExit) as error:
        click.echo("".join(traceback.format_exception(error)), err=True, nl=False)
        raise click.UsageError(_failed(error)) from None
    return Loaded(app, (app,))


def _failed(error: Exception | SystemExit) -> str:
    """Return where an application failed while it was imported or created."""
    told = traceback.format_exception_only(type(error), error)[-1].strip()
    if isinstance(error, SyntaxError):
        place = f"{error.filename}:{error.lineno}"
    else:
        frames = traceback.extract_tb(error.__traceback__)
        own = [frame for frame in frames if not _is_library(frame.filename)]
        last = (own or frames)[-1]
        place = f"{last.filename}:{last.lineno}"
    return (
        f"The application could not be imported: {told}\n"
        f"Correct {place} first; the traceback is above."
    )


_PACKAGES = {"site-packages", "dist-packages"}


def _is_library(file: str) -> bool:
    """Return whether the user did not write this file."""
    path = Path(file)
    return (
        file == __file__
        or file.startswith("<frozen ")
        or not _PACKAGES.isdisjoint(path.parts)
        or path.is_relative_to(sysconfig.get_path("stdlib"))
    )


def _wrapped(info: ScriptInfo) -> Iterator[Any]:
    """Yield objects that contain a Flask application but are none.

    Flask's own command line rejects these.
    """
    path = info.app_import_path
    for candidate in [path] if path else _FILES:
        # As Flask does: a colon before a separator belongs to a Windows drive.
        place, *rest = re.split(r":(?![\\/])", candidate, maxsplit=1)
        module = sys.modules.get(prepare_import(place))
        for name in rest or _NAMES:
            found = getattr(module, name.removesuffix("()"), None)
            if type(found) is FunctionType and not apps_in(found):
                try:
                    found = found()
                except TypeError:
                    continue
            if found is not None and apps_in(found):
                yield found
