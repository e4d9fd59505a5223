"""Each way to silence ruff and mypy is found: file, line, what to do."""

import pytest

from tests.house.copies import GONE


@pytest.mark.canary
@pytest.mark.parametrize(
    ("old", "new", "what"),
    [
        ('"B", ', "", f"ruff no longer selects B: {GONE}"),
        ('"D105"', '"D105", "F401"', "ruff ignores F401 everywhere: remove it"),
        ('= ["D"]', '= ["D", "F401"]', "ruff ignores F401 in tests/**: remove it"),
        ('= ["D"]\n', '= ["D"]\n"src/**" = ["E"]\n', "ruff ignores E in src/**: remo"),
        (
            "[tool.ruff.lint]\n",
            'exclude = ["x"]\n[tool.ruff.lint]\n',
            "ruff's 'exclude' changes what is checked: remove it",
        ),
        ("strict = true\n", "", "mypy is not strict: set strict = true"),
        ("strict = true", "strict = false", "mypy is not strict: set strict = true"),
        ('["src/hookbook"]', '["src/x"]', "mypy doesn't read src/hookbook: put it"),
        ('"truthy-bool", ', "", f"mypy's 'truthy-bool' is off: {GONE}"),
        (
            "strict = true\n",
            "strict = true\ndisallow_any_generics = false\n",
            "mypy's 'disallow_any_generics' changes what is checked: remove it",
        ),
        (
            'module = "pygments.*"\n',
            'module = "pygments.*"\nignore_errors = true\n',
            "mypy's ignore_errors for pygments.*: remove it",
        ),
        ('["sphobjinv.*",', '["flask.*",', "mypy's ignore_missing_imports for flask."),
    ],
)
def test_a_rule_of_lint_that_is_gone_is_found(change, old, new, what):
    (told,) = change("pyproject.toml", old, new)
    assert told.startswith(f"pyproject.toml: {what}")


@pytest.mark.canary
@pytest.mark.parametrize("name", ["ruff.toml", "tests/ruff.toml", ".mypy.ini"])
def test_another_configuration_of_lint_is_found(change, name):
    assert change(name, "", "# none\n") == [
        f"{name}: may replace pyproject.toml: remove it"
    ]


@pytest.mark.canary
@pytest.mark.parametrize(
    ("comment", "what"),
    [
        ("# noqa", "'# noqa' names no rule: add its code and the reason"),
        ("# type: ignore", "'# type: ignore' names no rule: add its code and the re"),
        ("# noqa: E731", "no reason for ignoring E731: say why after it, or in a"),
        ("# type: ignore[misc]", "no reason for ignoring misc: say why after it, or"),
        ("# ruff: noqa", "'# ruff: noqa' silences a whole file: fix what it hides"),
        ("# mypy: ignore-errors", "'# mypy:' silences a whole file: fix what it hi"),
        ("# fmt: off", "'# fmt: off' silences a whole file: fix what it hides"),
    ],
)
def test_a_comment_without_a_reason_is_found(change, comment, what):
    (told,) = change("src/hookbook/quick.py", "", f"x = 1  {comment}\n", at="x = 1")
    assert told.startswith(f"src/hookbook/quick.py: {what}")


@pytest.mark.parametrize(
    "text",
    [
        "x = 1  # noqa: E731 (the mistake itself)\n",
        "x = 1  # type: ignore[misc]  # Sphinx says: Any\n",
        "# Only whether it is there.\nx = 1  # noqa: F401\n",
        "x = '# noqa'\n",
    ],
)
def test_a_comment_with_a_reason_is_let_pass(change, text):
    assert change("src/hookbook/quick.py", "", text) == []
