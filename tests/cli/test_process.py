"""The commands as people start them: in a process of their own."""

import json
import os
import pty
import subprocess
import sys

import pytest

from .conftest import ROOT, SHOP


def test_flask_finds_both_commands(process, write):
    write(SHOP, "shop")
    told = process("flask", "--app", "shop", "--help")
    assert told.returncode == 0, told.stderr
    lines = [" ".join(line.split()) for line in told.stdout.splitlines()]
    assert "hooks Show what is registered with the app." in lines
    assert "trace Show what Flask does in a request." in lines


def test_hooks_and_trace_in_a_pipe(process, write):
    write(SHOP, "shop")
    told = process("flask", "--app", "shop", "hooks", "--json")
    assert told.returncode == 0, told.stderr
    assert json.loads(told.stdout)["applications"][0]["name"] == "shop"
    told = process("flask", "--app", "shop:app", "trace", "GET", "/orders/7")
    assert told.returncode == 0, told.stderr
    assert "before_request hook load_user  shop.py:10\n" in told.stdout
    assert "\x1b" not in told.stdout
    assert told.stderr.startswith("These requests are real")


COSTS = """
import sys
from flask.cli import cli
try:
    cli.main(["--app", "shop", "routes"])
except SystemExit as end:
    print("exit", end.code)
print(sorted(name for name in sys.modules if name.startswith("hookbook")))
"""


def test_other_commands_of_flask_import_next_to_nothing(process, write):
    write(SHOP, "shop")
    write(COSTS, "costs")
    told = process("costs")
    assert "/orders/<int:number>" in told.stdout
    assert told.stdout.endswith(
        "exit 0\n['hookbook', 'hookbook.cli', 'hookbook.cli.flask_commands']\n"
    )


def test_wrong_use_ends_with_2(process, write):
    write(SHOP, "shop")
    told = process("flask", "--app", "shop", "trace", "GET", "orders")
    assert (told.returncode, told.stdout) == (2, "")
    assert "Write '/orders'" in told.stderr
    told = process("flask", "--app", "nowhere", "hooks")
    assert (told.returncode, told.stdout) == (2, "")
    assert "Name the module" in told.stderr


def test_a_snippet_is_traced_from_anywhere(process, write):
    path = ROOT / "snippets" / "after_request" / "add_header.py"
    told = process("hookbook", "trace", path)
    assert told.returncode == 0, told.stderr
    assert "\nGET /\n" in told.stdout
    assert "after_request hook add_header" in told.stdout


@pytest.mark.parametrize("no_color", ["", "1"])
def test_a_terminal_has_colours(installed, write, no_color):
    write(SHOP, "shop")
    above, below = pty.openpty()
    environment = {
        **os.environ, "NO_COLOR": no_color, "COLUMNS": "80",
        "PYTHONPATH": os.pathsep.join([str(installed), str(ROOT / "src")]),
    }  # fmt: skip
    with subprocess.Popen(
        [sys.executable, "-m", "flask", "--app", "shop", "hooks", "/orders/7"],
        stdin=subprocess.DEVNULL, stdout=below, stderr=subprocess.PIPE,
        env=environment,
    ) as running:  # fmt: skip
        os.close(below)
        told = b""
        # What is written comes at once or, on Linux, with an error at its end.
        try:
            while piece := os.read(above, 65536):
                told += piece
        except OSError:
            pass
        assert running.wait() == 0, running.stderr.read()
    os.close(above)
    text = told.decode().replace("\r\n", "\n")
    assert "GET /orders/7: endpoint orders.show_order" in text
    assert ("\x1b[1mload_user\x1b[0m" in text) is (not no_color)
    assert ("\x1b" in text) is (not no_color)
