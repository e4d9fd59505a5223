"""What the user may name: versions, paths, and what goes with an old Flask."""

from pathlib import Path

import pytest

from tests.regress import __main__ as command
from tests.regress import environment
from tests.regress.environment import HarnessError, Target

ROOT = Path(__file__).parents[2]


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("3.1.2", "Flask==3.1.2"),
        ("3.1.*", "Flask==3.1.*"),
        ("3.2.0.dev0", "Flask==3.2.0.dev0"),
        ("==3.1.2", "Flask==3.1.2"),
        (" >=3,<3.1 ", "Flask>=3,<3.1"),
        ("<3", "Flask<3"),
        ("~=3.0", "Flask~=3.0"),
        ("flask==3.1.2", "flask==3.1.2"),
        ("Flask[async]~=3.1", "Flask[async]~=3.1"),
        (
            "git+https://example.org/flask.git@main",
            "git+https://example.org/flask.git@main",
        ),
        ("https://example.org/flask.zip", "https://example.org/flask.zip"),
        (
            "Flask @ file:///home/me/flask",
            "Flask @ file:///home/me/flask",
        ),
    ],
)
def test_a_requirement_is_what_pip_takes(text, wanted):
    assert environment.requirement(text) == wanted


def test_a_path_is_made_absolute(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    Path("flask-3.1.2-py3-none-any.whl").touch()
    Path("flask").mkdir()
    for name in "flask-3.1.2-py3-none-any.whl", "flask", "./flask":
        assert environment.requirement(name) == str((tmp_path / name).resolve())


@pytest.mark.canary
def test_a_path_that_does_not_exist_is_refused():
    with pytest.raises(HarnessError, match=r"there is no file or folder '\./nowhere'"):
        environment.requirement("./nowhere")


def test_the_tools_are_those_of_the_lock():
    lock = (ROOT / "requirements.txt").read_text()
    found = environment.locked()
    assert len(found) == 3
    assert all(f"{line} " in lock or f"{line}\n" in lock for line in found)


@pytest.mark.parametrize(
    ("flask", "needs"),
    [
        ("1.1.4", "Werkzeug<2"),
        ("2.1.3", "Werkzeug<2.2"),
        ("2.2.5", "Werkzeug<3"),
        ("2.3.3", None),
        ("3.2.0.dev0", None),
        ("unknown", None),
    ],
)
def test_an_old_flask_gets_what_it_needs(flask, needs):
    assert next(iter(environment._fitting(flask)), None) == needs


def test_what_the_user_names_goes_before_what_an_old_flask_needs():
    assert environment._fitting("2.2.5", ["werkzeug==2.2.2", "pytest-xdist"]) == []
    assert "Werkzeug<2" not in environment._fitting("1.1.4", ["Werkzeug<2.1"])


def test_the_flask_may_be_named_by_the_environment(monkeypatch):
    monkeypatch.setenv("HOOKBOOK_FLASK", ">=3,<3.1")
    assert command.parse([]).flask == ">=3,<3.1"
    assert command.parse(["", "--with", ""]).flask == ">=3,<3.1"
    assert command.parse(["3.1.2", "--", "-k", "x"]).flask == "3.1.2"


@pytest.mark.canary
def test_a_python_that_is_not_there_is_no_verdict(tmp_path):
    with pytest.raises(HarnessError, match="did not start"):
        environment.probe(Target(str(tmp_path / "python")))


@pytest.mark.canary
def test_a_flask_that_cannot_be_installed_is_no_verdict(tmp_path, monkeypatch):
    monkeypatch.setenv("PIP_NO_INDEX", "1")
    with pytest.raises(HarnessError, match=r"Flask==0\.0\.0 cannot be installed:\n"):
        environment.make("0.0.0", [], tmp_path / "env")


@pytest.mark.canary
@pytest.mark.parametrize("arguments", [[], [""], ["", "--with", "", "--"]])
def test_a_command_without_a_flask_is_refused(arguments, capsys, monkeypatch):
    monkeypatch.delenv("HOOKBOOK_FLASK", raising=False)
    with pytest.raises(SystemExit) as stop:
        command.main(arguments)
    assert stop.value.code == 2
    assert "make regress FLASK=3.1.2" in capsys.readouterr().err
