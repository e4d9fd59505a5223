"""What the run of pytest says."""

import pytest

from tests.regress import run
from tests.regress.environment import HarnessError


def test_results_of_a_test_with_parameters_count_once():
    node = "tests/behaviour/after_request/test_order.py::test_it"
    events = [
        {"test": f"{node}[a]", "result": "passed"},
        {"test": f"{node}[b]", "result": "failed", "message": "no", "place": "x:1"},
        {"test": "snippets/a/b.py::snippets.a.b", "result": "passed"},
        {"warning": "DeprecationWarning: old"},
        {"finished": 1},
    ]
    outcome = run.read(events, 1)
    assert outcome.passed == {"snippets.a.b"}
    assert outcome.failed == {"test_it": ("no", "x:1")}
    assert outcome.warnings == {"DeprecationWarning: old"}
    assert outcome.ended == ""


def test_a_file_that_cannot_be_collected_breaks_all_its_claims():
    node = "tests/behaviour/after_request/test_order.py"
    outcome = run.read(
        [{"test": node, "result": "failed", "message": "no"}, {"finished": 2}], 2
    )
    assert len(outcome.failed) >= 14
    assert "test_after_request_hooks_run_in_reverse_order" in outcome.failed


@pytest.mark.parametrize(
    ("status", "said"), [(-11, "Python ended with status -11"), (None, "was stopped")]
)
def test_a_run_that_dies_is_the_fault_of_the_test_it_was_in(status, said):
    events = [{"started": "tests/behaviour/a/test_b.py::test_c"}]
    outcome = run.read(events, status)
    assert said in outcome.ended
    assert said in outcome.failed["test_c"][0]


def test_a_run_in_which_pytest_fails_is_known_to_be_incomplete():
    node = "tests/behaviour/a/test_b.py::test_c"
    events = [{"test": node, "result": "failed", "message": "no"}, {"finished": 3}]
    outcome = run.read(events, 3, "INTERNALERROR> SystemError: no\n1 failed\n")
    assert outcome.failed == {"test_c": ("no", "")}
    assert outcome.ended == "pytest itself failed, INTERNALERROR> SystemError: no"


@pytest.mark.canary
@pytest.mark.parametrize("events", [[], [{"finished": 4}], [{"finished": 5}]])
def test_a_run_that_ran_nothing_says_nothing_of_the_flask(events):
    with pytest.raises(HarnessError, match=r"pytest could not run.*\nno such option"):
        run.read(events, 4, "no such option")
