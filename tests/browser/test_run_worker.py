"""A worker runs what a reader wrote, and tells what came of it."""

import json

import pytest

from .runner import GET, HELLO, SNIPPETS

pytestmark = pytest.mark.browser

VISITS = """\
from flask import Flask, session

app = Flask(__name__)
app.secret_key = "only for this test"


@app.get("/")
def index():
    session["visits"] = session.get("visits", 0) + 1
    return str(session["visits"])
"""


def test_a_first_and_a_second_run(own):
    first = own.scenario(HELLO, GET, want="Hello!\n")
    assert (first["ok"], first["passed"], first["stdout"]) == (True, True, "Hello!\n")
    assert [block["same"] for block in first["blocks"]] == [True]
    changed = HELLO.replace("Hello!", "Good evening!")
    second = own.scenario(changed, GET, want="Hello!\n")
    assert (second["ok"], second["passed"]) == (True, False)
    assert second["stdout"] == "Good evening!\n"
    (trace,) = second["traces"]
    assert (trace["method"], trace["path"], len(trace["steps"])) == ("GET", "/", 9)


def test_progress_is_told_before_it_is_ready(own):
    own.ready()
    told = own.page.evaluate("window.told")
    assert [message["type"] for message in told] == ["progress", "progress", "ready"]
    assert [m["stage"] for m in told[:2]] == ["engine", "packages"]


def test_an_error_names_the_readers_line(live):
    broken = HELLO.replace("return response", "return respnse")
    result = live.requests(broken, {"path": "/"})
    assert result["ok"] is False
    error = result["responses"][0]["error"]
    assert error["kind"] == "raised"
    assert error["message"].startswith("NameError: name 'respnse' is not defined")
    assert error["line"] == 9
    assert 'File "app.py", line 9, in add_header' in error["traceback"]
    assert "    return respnse" in error["traceback"]
    assert 'File "flask/app.py"' in error["traceback"]
    for machinery in ("hookbook", "werkzeug/", ".zip"):
        assert machinery not in error["traceback"]
    assert result["responses"][0]["status"] == "500 INTERNAL SERVER ERROR"
    assert "Exception on / [GET]" in result["stderr"]
    assert "html" not in result
    assert [s["exception"] for s in result["traces"][0]["steps"] if s["exception"]]


def test_code_that_is_not_python(live):
    error = live.scenario("x = 1\ndef broken(:\n", first=20)["error"]
    assert (error["kind"], error["line"]) == ("syntax", 21)
    assert error["message"].startswith("SyntaxError:")


def test_code_that_cannot_be_imported(live):
    error = live.scenario("import numpy\n")["error"]
    assert (error["kind"], error["line"]) == ("load", 1)
    assert error["message"] == "ModuleNotFoundError: No module named 'numpy'"


def test_code_without_an_application(live):
    error = live.requests("greeting = 'Hello!'\n", {"path": "/"})["error"]
    assert error["kind"] == "no-app"
    assert "name it 'app'" in error["message"]


def test_a_factory_is_called(live):
    code = (
        "from flask import Flask\n\n\ndef create_app():\n    app = Flask(__name__)\n"
        "    app.get('/')(lambda: 'made')\n    return app\n"
    )
    result = live.requests(code, {"path": "/"})
    assert result["responses"][0]["body"]["text"] == "made"


def test_stop_ends_an_endless_loop(own):
    own.ready()
    own.post("scenario", "while True:\n    pass\n", blocks=[])
    own.stop()
    own.start()
    result = own.scenario(HELLO, GET)
    assert result["stdout"] == "Hello!\n"


def test_a_flood_of_output_is_cut(live):
    flood = "while True:\n    print('water ' * 100)\n"
    result = live.scenario("", flood)
    assert result["error"]["kind"] == "limit"
    assert (len(result["stdout"]), result["truncated"]) == (100_000, True)
    assert live.prints("print('dry')") == "dry\n"


def test_a_long_body_is_cut(live):
    code = HELLO.replace('"Hello!"', '"water" * 100_000')
    body = live.requests(code, {"path": "/"})["responses"][0]["body"]
    assert (len(body["text"]), body["size"], body["cut"]) == (100_000, 500_000, True)


def test_too_many_requests_are_refused(live):
    result = live.requests(HELLO, *[{"path": "/"}] * 21)
    assert result["error"]["message"] == "20 requests at most, not 21"
    assert result["responses"] == []


def test_templates_and_modules_beside_the_code(live):
    code = (
        "from flask import Flask, render_template\nfrom words import greeting\n\n"
        "app = Flask(__name__)\n\n\n@app.get('/')\ndef index():\n"
        "    return render_template('page.html', greeting=greeting)\n"
    )
    files = {
        "templates/page.html": "{% extends 'base.html' %}{% block b %}{{ greeting }}"
        "{% endblock %}",
        "templates/base.html": "<p>{% block b %}{% endblock %}</p>",
        "static/note.txt": "a note",
        "words.py": "greeting = 'Good & bad'\n",
    }
    result = live.requests(
        code, {"path": "/"}, {"path": "/static/note.txt"}, files=files
    )
    bodies = [response["body"]["text"] for response in result["responses"]]
    assert bodies == ["<p>Good &amp; bad</p>", "a note"]
    # The next module has its own files.
    files["words.py"] = "greeting = 'New'\n"
    result = live.requests(code, {"path": "/"}, files=files)
    assert result["responses"][0]["body"]["text"] == "<p>New</p>"
    assert live.requests(code, {"path": "/"})["error"]["kind"] == "load"


def test_a_file_stays_in_the_readers_folder(live):
    result = live.scenario("", files={"../lib/x.py": ""})
    assert "is not the name of a file" in result["error"]["message"]


def test_cookies_are_kept_over_several_requests(live):
    visit = {"path": "/"}
    result = live.requests(VISITS, visit, visit)
    assert [r["body"]["text"] for r in result["responses"]] == ["1", "2"]
    assert [cookie["name"] for cookie in result["cookies"]] == ["session"]
    anew = live.requests(VISITS, visit)
    assert [r["body"]["text"] for r in anew["responses"]] == ["1"]


def test_a_request_is_sent_as_it_was_written(live):
    code = (
        "from flask import Flask, request\n\napp = Flask(__name__)\n\n\n"
        "@app.route('/<path:rest>', methods=['PUT'])\ndef show(rest):\n"
        "    return {'query': request.query_string.decode(), 'rest': rest,\n"
        "            'cookies': request.cookies,\n"
        "            'body': request.get_data(as_text=True),\n"
        "            'header': request.headers['X-Colour']}\n"
    )
    result = live.requests(
        code,
        {
            "method": "PUT",
            "path": "/a/b?c=d",
            "headers": [["X-Colour", "blue"]],
            "cookies": {"taste": "sweet"},
            "body": "{é}",
        },
    )
    assert json.loads(result["responses"][0]["body"]["text"]) == {
        "query": "c=d",
        "rest": "a/b",
        "cookies": {"taste": "sweet"},
        "body": "{é}",
        "header": "blue",
    }


def test_bytes_are_described(live):
    code = HELLO.replace(
        '"Hello!"', 'b"\\xff\\xd8\\x00", {"Content-Type": "image/png"}'
    )
    body = live.requests(code, {"path": "/"})["responses"][0]["body"]
    assert body == {"text": None, "size": 3, "cut": False, "note": "3 bytes, image/png"}


def test_an_async_view_runs(live):
    code = (
        "import asyncio\n\nfrom flask import Flask, g\n\napp = Flask(__name__)\n\n\n"
        "@app.before_request\nasync def begin():\n    g.name = 'anna'\n\n\n"
        "@app.get('/')\nasync def index():\n    await asyncio.sleep(0.01)\n"
        "    first, second = await asyncio.gather(word('Hello'), word(g.name))\n"
        "    return f'{first} {second}'\n\n\n"
        "async def word(text):\n    await asyncio.sleep(0)\n    return text\n"
    )
    result = live.requests(code, {"path": "/"})
    assert result["responses"][0]["body"]["text"] == "Hello anna"
    assert live.prints("import asyncio\nprint(asyncio.run(asyncio.sleep(0, 'x')))") == (
        "x\n"
    )


def test_a_check_is_run_against_the_readers_code(live):
    check = [{"source": GET, "want": "Hello!\n"}]
    assert live.ask("check", HELLO, check=check)["passed"] is True
    wrong = live.ask("check", HELLO.replace("Hello!", "Bye!"), check=check)
    assert (wrong["ok"], wrong["passed"]) == (True, False)
    assert wrong["blocks"][0]["printed"] == "Bye!\n"
    raising = live.ask("check", "app = None\n", check=check)
    assert (raising["ok"], raising["passed"]) == (False, False)


def test_the_scenario_of_a_docstring_is_found(live):
    source = (SNIPPETS / "after_request" / "add_header.py").read_text()
    result = live.ask("scenario", source, name="after_request/add_header")
    assert (result["ok"], result["passed"]) == (True, True)


def test_an_app_that_would_serve_goes_on(live):
    result = live.requests(HELLO + "\n\napp.run()\n", {"path": "/"})
    assert result["responses"][0]["body"]["text"] == "Hello!"
    assert "Ignoring a call to 'app.run()'" in result["stderr"] + result["stdout"]


def test_too_deep_a_recursion_is_an_error_like_another(own):
    result = own.scenario("", "def fall():\n    fall()\nfall()\n")
    assert "RecursionError" in result["error"]["message"]
    assert own.prints("print('here')") == "here\n"
