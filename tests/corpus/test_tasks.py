"""A task is a starting point that fails its check and a solution that passes it."""

import shutil
from pathlib import Path

import html5lib
import pytest

from hookbook.corpus import attempt, runs, tasks
from hookbook.corpus.snippets import SnippetError
from tests.project import FIXTURES, Project, every, lines, text

CLAIMS = '"""Claims."""\n\n\ndef test_known():\n    """Know."""\n'
PAGE = """

```{task} some_tasks/good
goal: |
  Send a *greeting*.
hints:
- Look at the hook.
- |
  Its `header` has a name.
why: |
  The name is right.{proof}`test_known`
```
"""


# {task}


@pytest.fixture(scope="module")
def built(tmp_path_factory):
    project = Project.copy("passing", tmp_path_factory.mktemp("tasks"))
    project.write("tests/behaviour/test_claims.py", CLAIMS)
    for name in "good", "good_start":
        path = f"snippets/some_tasks/{name}.py"
        project.write(path, (FIXTURES / "failing" / path).read_text("utf-8"))
    page = project.root / "docs" / "other.md"
    page.write_text(page.read_text("utf-8") + PAGE, "utf-8")
    built = project.build()
    # Neither of the two is a snippet that no page shows.
    assert built.warnings == []
    return built


@pytest.fixture(scope="module")
def task(built):
    page = html5lib.parse(built.text("other.html"), namespaceHTMLElements=False)
    (task,) = every(page, "div", "hb-task")
    return task


def test_a_task_names_itself_for_a_runner(task):
    assert task.get("data-task") == "some_tasks/good"


def test_a_task_shows_its_parts_in_order(task):
    assert [part.get("class").split()[0] for part in task] == [
        "hb-goal",
        "hb-snippet",
        "highlight-console",
        "hb-hint",
        "hb-hint",
        "hb-solution",
    ]
    goal, start, command, *_ = task
    assert text(goal) == "Send a greeting."
    assert goal.find("p/em") is not None
    assert lines(command)[0] == "$ make try TASK=some_tasks/good"
    (link,) = start.find("figcaption").iter("a")
    assert text(link) == "snippets/some_tasks/good_start.py"
    (code,) = every(start, "div", "hb-code")
    assert '    response.headers["X-Hello"] = "Ahoy"' in lines(code)


def test_a_task_shows_the_check_and_both_outputs(task):
    (run,) = every(task, "div", "hb-run")
    assert [text(part) for part in run] == [
        "The check",
        'response = app.test_client().get("/")'
        ' print(response.headers.get("X-Greeting"))',
        "It must print",
        "Ahoy",
        "It prints now",
        "None",
    ]
    (wanted,), (printed,) = (
        every(run, "div", name) for name in ("hb-wanted", "hb-printed")
    )
    assert (text(wanted), text(printed)) == ("Ahoy", "None")


def test_hints_and_solution_are_closed(task):
    details = list(task.iter("details"))
    assert [text(item.find("summary")) for item in details] == [
        "Hint 1",
        "Hint 2",
        "Solution",
    ]
    assert [item.get("open") for item in details] == [None] * 3
    assert text(details[1]) == "Hint 2 Its header has a name."


def test_the_solution_shows_its_code_what_changed_and_why(task):
    (solution,) = every(task, "details", "hb-solution")
    (figure,) = every(solution, "figure", "hb-snippet")
    (link,) = figure.find("figcaption").iter("a")
    assert text(link) == "snippets/some_tasks/good.py"
    (changed,) = every(figure, "span", "hll")
    assert text(changed) == 'response.headers["X-Greeting"] = "Ahoy"'
    why = solution[-1]
    assert text(why).startswith("The name is right.")
    assert why.find("sup/a").get("href").endswith("claims.html#test_known")


def test_other_builders_show_the_whole_task(built):
    said = Project(Path(built.app.confdir)).build("text").text("other.txt")
    places = [
        said.index(part)
        for part in ("Send a *greeting*.", "It must print", "Hint 2", "The name is")
    ]
    assert places == sorted(places)


# The corpus


@pytest.fixture(scope="module")
def snippets(pytestconfig):
    return pytestconfig.rootpath / "snippets"


GUIDES = {"after_request_tasks": 7, "deferred_callbacks_tasks": 6}


def test_both_guides_have_their_tasks(snippets):
    topics = [name.partition("/")[0] for name in tasks.names(snippets)]
    assert {topic: topics.count(topic) for topic in topics} == GUIDES


def test_every_snippet_of_a_task_is_one_of_a_pair(snippets):
    names = tasks.names(snippets)
    pairs = {*names, *map(tasks.start_of, names)}
    in_folders = {n for n in runs.names(snippets) if n.partition("/")[0] in GUIDES}
    assert in_folders == pairs
    assert len(pairs) == 26


def test_no_two_tasks_have_one_name(snippets, tmp_path):
    files = {attempt.place(tmp_path, name) for name in tasks.names(snippets)}
    assert len(files) == len(tasks.names(snippets)) == 13


NAMES = tasks.names(Path(__file__).parents[2] / "snippets")


@pytest.mark.parametrize("name", NAMES)
def test_the_start_fails_the_check_that_the_solution_passes(snippets, name):
    solution, passing = runs.run(snippets, name)
    start, failing = runs.run(snippets, tasks.start_of(name))
    tasks.compare(failing, passing)
    assert failing.stdout != passing.stdout
    assert start.title != solution.title


@pytest.mark.parametrize("name", NAMES)
def test_what_the_reader_gets_is_the_start_with_the_goal(snippets, tmp_path, name):
    solution, _ = runs.run(snippets, name)
    start, _ = runs.run(snippets, tasks.start_of(name))
    copied = tmp_path / "tries" / "copy.py"
    copied.parent.mkdir()
    copied.write_text(attempt.starting_text(start, solution), "utf-8")
    with pytest.raises(SnippetError, match="the output is not the testoutput"):
        runs.run(tmp_path, "tries/copy")
    shutil.copy(solution.path, copied)
    runs.run(tmp_path, "tries/copy")
