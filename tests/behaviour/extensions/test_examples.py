"""The examples that need an extension print what their pages show."""

from contextlib import redirect_stdout
from importlib import import_module
from io import StringIO
from pathlib import Path

import pytest

from hookbook.corpus.snippets import parse

pytestmark = pytest.mark.extensions

FOLDER = Path(__file__).parent / "examples"


@pytest.fixture
def shown():
    """Return what runs an example: what each block printed, and what pages show."""

    def run(name):
        path = FOLDER / f"{name}.py"
        example = parse(path.read_text("utf-8"), name, path)
        module = import_module(f"{__package__}.examples.{name}")
        names = vars(module)
        printed, wanted = [], []
        for block in example.scenario({}):
            with redirect_stdout(StringIO()) as output:
                exec(compile(block.source, path, "exec"), names)
            printed.append(output.getvalue())
            wanted.append(block.want)
        assert len(printed) >= 1
        return printed, wanted

    return run


def test_celery_runs_each_task_of_the_example_in_an_app_context(shown):
    """The task has the app's config, and teardown_appcontext runs after it."""
    printed, wanted = shown("celery_tasks")
    assert printed == wanted


def test_client_of_the_example_is_logged_in_with_flask_login(shown):
    """Another client gets a 401."""
    printed, wanted = shown("login_client")
    assert printed == wanted


def test_thread_of_the_example_finds_the_order_that_the_view_committed(shown):
    """What it commits in its own session is there for the next app context."""
    printed, wanted = shown("session_in_thread")
    assert printed == wanted


def test_thread_of_the_example_ends_with_its_exit_function(shown):
    """The function sets an event, on which the thread waits, and joins it."""
    printed, wanted = shown("stop_thread")
    assert printed == wanted


def test_crash_leaves_the_connection_of_peewee_open_in_one_app_of_the_example(shown):
    """The other one closes it in a teardown function."""
    printed, wanted = shown("peewee_connection")
    assert printed == wanted


def test_handler_of_the_example_names_who_holds_the_connections(shown):
    """The pool's events tell when a connection is taken and given back."""
    printed, wanted = shown("pool_holders")
    assert printed == wanted


def test_session_of_the_example_reads_the_replica_for_a_get(shown):
    """Of another client; the one that has sent a POST reads the primary."""
    printed, wanted = shown("replica_session")
    assert printed == wanted


def test_token_of_the_example_is_renewed_when_it_is_about_to_end(shown):
    """Without one, or at an unknown URL, the after_request function adds no cookie."""
    printed, wanted = shown("jwt_everywhere")
    assert printed == wanted


def test_example_counts_a_query_for_each_row_and_one_with_joinedload(shown):
    """get_recorded_queries has those of this request."""
    printed, wanted = shown("count_queries")
    assert printed == wanted


def test_hook_of_the_example_requires_a_login_for_all_that_dash_serves(shown):
    """A page redirects to the login, Dash's own requests are a 401."""
    printed, wanted = shown("dash_login")
    assert printed == wanted


def test_hook_of_the_example_lets_administrators_only_into_flask_admin(shown):
    """Each view below /admin/ is a 403 for others."""
    printed, wanted = shown("admin_login")
    assert printed == wanted


def test_refused_request_of_the_example_has_a_span(shown):
    """Its hook runs inside the span, because the app was instrumented first."""
    printed, wanted = shown("spans")
    assert printed == wanted


def test_test_of_the_example_finds_no_order_of_the_one_before(shown):
    """The view commits; the block rolls it back."""
    printed, wanted = shown("rolled_back_tests")
    assert printed == wanted
