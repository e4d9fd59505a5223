"""Wrong use ends with 2, and with a message that says what to do."""

import pytest

from .conftest import SHOP

TWICE = f"{SHOP}\nother = Flask('other')\ndel app\nthird = Flask('third')\n"
WRONG = {
    "no app anywhere": (
        None, None, ["trace", "GET", "/"],
        ["Could not locate a Flask application", "'flask --app shop ...'"],
    ),
    "no such module": (
        None, "nowhere", ["trace", "GET", "/"],
        ["Could not import 'nowhere'.", "Name the module that has the application"],
    ),
    "a module without an app": (
        "x = 1", None, ["hooks"],
        ["Failed to find Flask application or factory", "'flask --app shop:name ...'"],
    ),
    "two apps": (
        TWICE, None, ["hooks"],
        ["Detected multiple Flask applications", "'flask --app shop:name ...'"],
    ),
    "an import that fails": (
        "import not_there_at_all", None, ["trace", "GET", "/"],
        ["No module named 'not_there_at_all'", "Install what is missing"],
    ),
    "an app that fails": (
        "\n\nundefined", None, ["trace", "GET", "/"],
        ["NameError: name 'undefined' is not defined", ".py:3 first"],
    ),
    "an app that fails in a library": (
        "import os\n\nos.environ['SHOP_OF_NOBODY']", None, ["trace", "GET", "/"],
        ["KeyError: 'SHOP_OF_NOBODY'", ".py:3 first"],
    ),
    "an app that ends Python": (
        "import sys\n\nsys.exit('no settings')", None, ["trace", "GET", "/"],
        ["SystemExit: no settings", ".py:3 first"],
    ),
    "no Python": (
        "def :", None, ["hooks"],
        ["SyntaxError: invalid syntax", ".py:1 first"],
    ),
    "a factory that fails": (
        "def create_app():\n    return {}['key']\n", None, ["hooks"],
        ["KeyError: 'key'", ".py:2 first"],
    ),
    "no slash": (
        SHOP, None, ["trace", "GET", "orders/7"],
        ["'orders/7' has no leading slash. Write '/orders/7'"],
    ),
    "no slash for hooks": (
        SHOP, None, ["hooks", "orders"],
        ["Write '/orders', or a whole address such as"],
    ),
    "no host": (
        SHOP, None, ["trace", "GET", "ftp://x/"],
        ["'ftp://x/' isn't the address of a web server. Start it with 'http://' or 'https://'"],
    ),
    "a broken address": (
        SHOP, None, ["trace", "GET", "http://[x/"], ["Invalid"],
    ),
    "unknown method": (
        SHOP, None, ["trace", "GETT", "/"],
        ["'GETT' isn't an HTTP method. Write one of GET, HEAD, POST, PUT, DELETE"],
    ),
    "unknown method for hooks": (
        SHOP, None, ["hooks", "/", "-X", "FETCH"], ["'FETCH' isn't an HTTP method."],
    ),
    "URL first": (
        SHOP, None, ["trace", "/orders/7", "GET"],
        ["The method comes first: flask trace GET /orders/7"],
    ),
    "no URL": (SHOP, None, ["trace", "GET"], ["Missing argument 'URL'"]),
    "no URL after --next": (
        SHOP, None, ["trace", "GET", "/", "--next", "GET"], ["Missing argument 'URL'"],
    ),
    "nothing after --next": (
        SHOP, None, ["trace", "GET", "/", "--next"],
        ["--next is between two requests, such as: GET / --next GET /orders/7"],
    ),
    "nothing before --next": (
        SHOP, None, ["trace", "--next", "GET", "/"], ["--next is between two requests"],
    ),
    "no header": (
        SHOP, None, ["trace", "GET", "/", "-H", "Accept"],
        ["'Accept' isn't a header. Write 'Name: value'."],
    ),
    "a header over two lines": (
        SHOP, None, ["trace", "GET", "/", "-H", "A: b\nC: d"],
        ["The value of A has a line break. Leave it out."],
    ),
    "no cookie": (
        SHOP, None, ["trace", "GET", "/", "--cookie", "user"],
        ["'user' isn't a cookie. Write 'name=value'."],
    ),
    "no file for the body": (
        SHOP, None, ["trace", "POST", "/login", "-d", "@not-there"],
        ["not-there: No such file or directory. Name a file that can be read."],
    ),
    "two kinds of output": (
        SHOP, None, ["trace", "GET", "/", "--html", "x.html", "--json"],
        ["Choose either --json or --html."],
    ),
}  # fmt: skip


@pytest.mark.canary
@pytest.mark.parametrize("case", WRONG)
def test_wrong_use(run, case, write):
    source, path, arguments, messages = WRONG[case]
    told = run(source, *arguments, path=path)
    assert told.exit_code == 2, told.stdout
    assert told.stdout == ""
    words = " ".join(told.stderr.split())
    for message in messages:
        assert message in words
    # Nothing was sent, and nothing begun.
    assert "requests are real" not in words


@pytest.mark.canary
def test_a_report_that_cannot_be_written(run, monkeypatch):
    from hookbook.cli import tracing

    monkeypatch.setattr(tracing, "find_spec", lambda name: True)
    told = run(SHOP, "trace", "GET", "/", "--html", "no/such/folder.html")
    assert told.exit_code == 2
    words = " ".join(told.stderr.split())
    assert "cannot be written to no/such/folder.html: No such file" in words
    assert "Name a file in a folder that you may write to." in words
    assert "requests are real" not in words


@pytest.mark.canary
def test_a_report_without_the_extra(run, monkeypatch):
    from hookbook.cli import tracing

    monkeypatch.setattr(tracing, "find_spec", lambda name: None)
    told = run(SHOP, "trace", "GET", "/", "--html", "x.html")
    assert told.exit_code == 2
    assert "pip install 'hookbook[report]'" in told.stderr
