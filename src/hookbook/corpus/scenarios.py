"""A pytest plugin: the scenarios of the snippets run under guard, as on the pages.

pytest-sphinx imports a snippet when it collects it and runs the scenario later. Each
is guarded separately.
"""

import contextlib
import doctest
import signal
import sys
from collections.abc import Callable, Generator
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from hookbook.trace.recorder import TIMEOUT, ScenarioTimeout, TimeLimit

from . import outputs
from .guard import LeakError, guarded
from .phrases import as_released


class Refused(Exception):
    """A snippet was rejected; the message begins with file and line."""


class Scenarios:
    """Guards what pytest-sphinx does with the files below `folder`."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    @pytest.hookimpl(wrapper=True, trylast=True)
    def pytest_make_collect_report(
        self, collector: pytest.Collector
    ) -> Generator[None, Any, Any]:
        """Guard the import of a snippet."""
        if _is_scenario(collector) and self._has(collector.path):
            _find_package(collector.path)
            collect = collector.collect
            run = partial(self._run, collector.path, 1, lambda: list(collect()))
            vars(collector)["collect"] = run
        return (yield)

    @pytest.hookimpl(wrapper=True, trylast=True)
    def pytest_runtest_call(self, item: pytest.Item) -> Generator[None, Any, Any]:
        """Guard the scenario of a snippet, and check its expected output."""
        if _is_scenario(item.parent) and self._has(item.path):
            test = getattr(item, "dtest")  # noqa: B009 (pytest.Item has none)
            runner = getattr(item, "runner")  # noqa: B009 (pytest.Item has none)
            line = (test.lineno or 0) + 1
            for fault in outputs.faults(item.path.read_text("utf-8")):
                raise Refused(f"{self._shown(item.path)}:{fault.line}: {fault.text}")
            checker: Any = vars(runner)["_checker"]
            vars(runner)["_checker"] = Checker(checker)
            # Innermost, where sys.stdout is doctest's already.
            name = "_DocTestRunner__run"
            real = getattr(runner, name)
            vars(runner)[name] = lambda *args: self._run(
                item.path, line, lambda: real(*args)
            )
        return (yield)

    def _has(self, path: Path) -> bool:
        return path.is_relative_to(self.folder)

    def _shown(self, path: Path) -> str:
        return str(path.relative_to(self.folder.parent))

    def _run(self, path: Path, line: int, body: Callable[[], Any]) -> Any:
        name = ".".join(path.relative_to(self.folder.parent).with_suffix("").parts)
        try:
            with _limit():
                return guarded(path, body, name=name, line=line, timeout=TIMEOUT)
        except LeakError as error:
            reason, place = str(error), error.line
        except ScenarioTimeout:
            reason, place = f"it did not end within {TIMEOUT:g} seconds", line
        except (SystemExit, KeyboardInterrupt, GeneratorExit) as error:
            reason, place = f"it raised {type(error).__name__}", line
        # Not re-raised: pytest would end the whole run, and with SystemExit(0) as if
        # everything had passed.
        raise Refused(f"{self._shown(path)}:{place}: {reason}")


def _limit() -> contextlib.AbstractContextManager[None]:
    """Limit the time of a scenario, unless an outer limit exists."""
    running, _ = signal.getitimer(signal.ITIMER_REAL)
    return contextlib.nullcontext() if running else TimeLimit(TIMEOUT)


def _is_scenario(node: Any) -> bool:
    return type(node).__module__ == "pytest_sphinx"


def _find_package(path: Path) -> None:
    """Do what pytest does before importing a file, so that it isn't blamed for it."""
    folder = path.parent
    while (folder / "__init__.py").is_file():
        folder = folder.parent
    if str(folder) != sys.path[0]:
        sys.path.insert(0, str(folder))


class Checker(doctest.OutputChecker):
    """Compares as `checker` does, except for the phrases of statuses."""

    def __init__(self, checker: doctest.OutputChecker) -> None:
        self._checker = checker

    def check_output(self, want: str, got: str, optionflags: int) -> bool:
        """Return whether `got` matches `want`."""
        return self._checker.check_output(
            as_released(want), as_released(got), optionflags
        )
