"""The check of a task takes every right solution, and none that only looks right.

Each case changes the starting point of a task, or its solution, in a few places.
"""

import pytest

from hookbook.corpus import runs, tasks
from hookbook.corpus.snippets import SnippetError

RIGHT = {
    "after_request_tasks/return_on_every_path": {
        "return in both branches": (
            "start",
            "        return response\n",
            "        return response\n    return response\n",
        ),
        "ask for the view": (
            "solution",
            'request.path.startswith("/loans/")',
            'request.endpoint == "list_loans"',
        ),
    },
    "after_request_tasks/only_pages": {
        "content type": (
            "solution",
            'response.mimetype == "text/html"',
            'response.content_type.startswith("text/html")',
        ),
    },
    "after_request_tasks/cache_what_was_found": {
        "leave early": (
            "start",
            "    response.headers",
            '    if (request.method, response.status_code) != ("GET", 200):\n'
            '        response.headers["Cache-Control"] = "no-store"\n'
            "        return response\n    response.headers",
        ),
        "HEAD as well": (
            "solution",
            'request.method == "GET"',
            'request.method in ("GET", "HEAD")',
        ),
    },
    "after_request_tasks/own_blueprint": {
        "hook of the app": (
            "start",
            "    response.headers",
            '    if request.blueprint == "staff":\n        response.headers',
            "import Blueprint, Flask, abort",
            "import Blueprint, Flask, abort, request",
        ),
    },
    "after_request_tasks/two_reasons_to_vary": {
        "second header": (
            "start",
            'response.headers["Vary"] = "Accept-Language"',
            'response.headers.add("Vary", "Accept-Language")',
        ),
    },
    "after_request_tasks/digest_of_what_is_sent": {
        "digest in the other hook": (
            "start",
            'Licence: CC0")\n',
            'Licence: CC0")\n    response = add_digest(response)\n',
            "@app.after_request\ndef add_digest",
            "def add_digest",
        ),
    },
    "after_request_tasks/files_and_streams": {
        "ask for the sequence": (
            "solution",
            "response.is_streamed",
            "not response.is_sequence",
        ),
        "ask for the length": (
            "solution",
            "response.is_streamed",
            "response.content_length is None or response.direct_passthrough",
        ),
    },
    "deferred_callbacks_tasks/after_the_login": {
        "look at the status": (
            "start",
            '        response.set_cookie(\n            "name", name',
            "        if response.status_code == 200:\n"
            "          response.set_cookie(\n"
            '            "name", name',
        ),
    },
    "deferred_callbacks_tasks/empty_the_basket": {
        "hook that looks at the status": (
            "start",
            'request.path == "/checkout"',
            'request.path == "/checkout" and response.status_code == 200',
        ),
    },
    "deferred_callbacks_tasks/every_warning": {
        "one header with a comma": (
            "start",
            '        response.headers["X-Warning"] = text',
            '        before = response.headers.get("X-Warning")\n'
            "        texts = [before, text] if before else [text]\n"
            '        response.headers["X-Warning"] = ", ".join(texts)',
        ),
    },
    "deferred_callbacks_tasks/a_cookie_for_each": {
        "default argument": (
            "start",
            "set_topic_cookie(response)",
            "set_topic_cookie(response, topic=topic)",
        ),
        "loop inside": (
            "start",
            "            response.set_cookie(\n",
            "            for topic in topics:\n              response.set_cookie(\n",
            "    for topic in topics:\n\n        @",
            "    if topics:\n\n        @",
        ),
    },
    "deferred_callbacks_tasks/too_late_in_a_hook": {
        "defer in time, look later": (
            "start",
            "@app.after_request\ndef help_the_lost(response):\n",
            "@app.before_request\ndef wait():\n    after_this_request(help_the_lost)\n"
            "\n\ndef help_the_lost(response):\n",
        ),
    },
    "deferred_callbacks_tasks/from_a_thread": {
        "list beside": (
            "start",
            "            name_stale(shop)",
            "            stale.append(shop)",
            "    def ask(shop):",
            "    stale = []\n\n    def ask(shop):",
            "    return {",
            "    for shop in stale:\n        name_stale(shop)\n    return {",
        ),
    },
}

LAZY = {
    "after_request_tasks/return_on_every_path": {
        "header everywhere": (
            "start",
            'request.path.startswith("/loans/")',
            "request.path",
        ),
        "no header": ("solution", '["Cache-Control"] =', '["Cache"] ='),
        "not on the error page": (
            "solution",
            'request.path.startswith("/loans/")',
            'request.path == "/loans/ada"',
        ),
    },
    "after_request_tasks/only_pages": {
        "whole content type": (
            "solution",
            'response.mimetype == "text/html"',
            'response.content_type == "text/html; charset=utf-8"',
        ),
        "no data": (
            "solution",
            'response.mimetype == "text/html"',
            "not response.json",
        ),
        "known paths": (
            "solution",
            'response.mimetype == "text/html"',
            'response.status_code == 200 and response.mimetype == "text/html"',
        ),
    },
    "after_request_tasks/cache_what_was_found": {
        "method only": ("solution", " and response.status_code == 200", ""),
        "silence for the rest": (
            "solution",
            '    else:\n        response.headers["Cache-Control"] = "no-store"\n',
            "",
        ),
        "status only": ("solution", 'request.method == "GET" and ', ""),
        "no error": ("solution", "status_code == 200", "status_code < 400"),
    },
    "after_request_tasks/own_blueprint": {
        "path": (
            "start",
            "    response.headers",
            '    if request.path.startswith("/staff"):\n        response.headers',
            "import Blueprint, Flask, abort",
            "import Blueprint, Flask, abort, request",
        ),
        "good pages": (
            "solution",
            "    response.headers",
            "    if response.status_code == 200:\n        response.headers",
        ),
    },
    "after_request_tasks/two_reasons_to_vary": {
        "default": (
            "start",
            'response.headers["Vary"] = "Accept-Language"',
            'response.headers.setdefault("Vary", "Accept-Language")',
        ),
        "both everywhere": (
            "start",
            '"Accept-Language"\n    return',
            '"Accept, Accept-Language"\n    return',
        ),
    },
    "after_request_tasks/digest_of_what_is_sent": {
        "no licence": ("start", "\\nLicence: CC0", ""),
        "licence twice": (
            "start",
            "    digest = sha256",
            "    response = add_licence(response)\n    digest = sha256",
        ),
        "pages only": (
            "solution",
            "    digest = sha256",
            "    if response.status_code != 200:\n"
            '        response.headers["X-Digest"] = ""\n'
            "        return response\n    digest = sha256",
        ),
    },
    "after_request_tasks/files_and_streams": {
        "file only": (
            "solution",
            "response.is_streamed",
            "response.direct_passthrough",
        ),
        "file read as well": (
            "start",
            "    page = ",
            "    response.direct_passthrough = False\n    page = ",
        ),
        "nothing": ("solution", "response.is_streamed", "True"),
    },
    "deferred_callbacks_tasks/after_the_login": {
        "not on a 401": (
            "start",
            '        response.set_cookie(\n            "name", name',
            "        if response.status_code != 401:\n"
            "          response.set_cookie(\n"
            '            "name", name',
        ),
        "never": ("solution", "    @after_this_request\n", ""),
    },
    "deferred_callbacks_tasks/empty_the_basket": {
        "never": ("solution", "    @after_this_request\n", ""),
        "too early": (
            "start",
            'request.path == "/checkout"',
            "response.status_code == 402",
        ),
    },
    "deferred_callbacks_tasks/every_warning": {
        "list in the module": (
            "start",
            '        response.headers["X-Warning"] = text',
            '        response.headers["X-Warning"] = ", ".join(TEXTS)',
            "    @after_this_request",
            "    TEXTS.append(text)\n\n    @after_this_request",
            "\n\n@app.get",
            "TEXTS = []\n\n\n@app.get",
        ),
        "first only": (
            "start",
            'response.headers["X-Warning"] = text',
            'response.headers.setdefault("X-Warning", text)',
        ),
    },
    "deferred_callbacks_tasks/a_cookie_for_each": {
        "one only": ("start", "in topics:\n", "in topics[-1:]:\n"),
        "twice each": (
            "solution",
            "        remember(topic)\n",
            "        remember(topic)\n        remember(topic)\n",
        ),
    },
    "deferred_callbacks_tasks/too_late_in_a_hook": {
        "for everybody": (
            "solution",
            "if response.status_code == 404:",
            "if response:",
        ),
        "no error page elsewhere": (
            "start",
            "        abort(404)",
            '        suggest("/search")\n        abort(404)',
        ),
    },
    "deferred_callbacks_tasks/from_a_thread": {
        "copied context": (
            "start",
            "pool.map(ask, PRICES[goods])",
            "map(lambda s: pool.submit(copied(ask), s).result(), PRICES[goods])",
            "after_this_request\n\n",
            "after_this_request\n"
            "from flask import copy_current_request_context as copied\n\n",
        ),
        "no thread": (
            "start",
            "list(pool.map(ask, PRICES[goods]))",
            "list(map(ask, PRICES[goods]))",
        ),
        "no header": ("start", "            name_stale(shop)", "            pass"),
    },
}


def cases(table):
    return [
        pytest.param(name, change, id=f"{name.partition('/')[2]}-{what}")
        for name, changes in table.items()
        for what, change in changes.items()
    ]


@pytest.fixture
def tried(tmp_path, pytestconfig):
    """Return a function that checks a changed file as the reader's is checked."""
    snippets = pytestconfig.rootpath / "snippets"

    def run(name, base, *changes):
        solution = runs.load(snippets, name)
        below = runs.load(
            snippets, name if base == "solution" else tasks.start_of(name)
        )
        text = "\n".join(below.lines.values())
        for old, new in zip(changes[::2], changes[1::2], strict=True):
            assert text.count(old) >= 1, f"{old!r} is not in {below.name}"
            text = text.replace(old, new, 1)
        file = tmp_path / "tries" / "file.py"
        file.parent.mkdir()
        file.write_text(f'"""{solution.docstring}"""\n\n{text}\n', "utf-8")
        return runs.run(tmp_path, "tries/file")

    return run


@pytest.mark.parametrize(("name", "change"), cases(RIGHT))
def test_another_right_solution_passes(tried, name, change):
    tried(name, *change)


@pytest.mark.canary
@pytest.mark.parametrize(("name", "change"), cases(LAZY))
def test_a_lazy_solution_fails(tried, name, change):
    with pytest.raises(SnippetError, match="the output is not the testoutput"):
        tried(name, *change)


def test_every_task_has_other_right_solutions_and_lazy_ones(pytestconfig):
    names = set(tasks.names(pytestconfig.rootpath / "snippets"))
    assert set(RIGHT) == set(LAZY) == names
    assert all(len(lazy) >= 2 for lazy in LAZY.values())
