"""What extensions register and do.

Needs Flask-Limiter, Flask-Login and gevent, and fails without them: the environment
`extensions` of tox has them, and selects what is marked so.
"""

import json
import subprocess
import sys

import pytest

from .programs import CASES, called, printed, scenario_of, step_of, traced

pytestmark = pytest.mark.extensions

PATCHED = """
import json
from tests.trace.programs import called, traced
run = traced("patched_by_gevent")
print(json.dumps([run.stdout, [called(trace) for trace in run.traces]]))
"""


def test_a_key_function_is_no_hook():
    first, second = traced("limiter_key_function").traces
    assert called(first) == ["before_request look", "view page"]
    assert called(second) == []
    check = step_of(first, "_check_request_limit")
    assert (check.owner, check.module) == ("app", "flask_limiter._extension")
    assert check.distribution.startswith("Flask-Limiter ")


def test_nobody_asks_who_the_user_is():
    _, public = traced("current_user").traces
    assert called(public) == ["before_request attach", "view public"]
    remembered = step_of(public, "_update_remember_cookie")
    assert remembered.distribution.startswith("Flask-Login ")


def test_an_app_that_is_patched_for_gevent():
    # In a process of its own: what gevent patches stays patched.
    told = subprocess.run(
        [sys.executable, "-c", PATCHED], capture_output=True, text=True, check=True
    )
    stdout, functions = json.loads(told.stdout)
    assert stdout == scenario_of(CASES / "patched_by_gevent.py")[1]
    assert functions == [["before_request look", "view page"]]


@pytest.mark.parametrize("name", ["limiter_key_function", "current_user"])
def test_a_recorded_run_prints_what_an_unrecorded_one_does(name):
    assert traced(name).stdout == printed(name)
