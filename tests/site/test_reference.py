"""The reference has a page for each hook, signal and helper that Flask has."""

import inspect
import re
from pathlib import Path

import flask
import pytest
from blinker import NamedSignal
from flask import Blueprint, Flask

from snippets.reference.signatures import app

FOLDER = Path(__file__).parents[2] / "docs" / "reference"
HEADINGS = [
    "When it runs", "Gets", "Returns", "If it raises", "Order", "Async", "In tests",
    "Versions", "Example", "Pitfalls", "See also",
]  # fmt: skip

# Names of Flask that have no page, and why.
LEFT_OUT = {
    "Blueprint Config Flask Request Response": "classes, not callbacks",
    "annotations": "not a name of Flask: of __future__",
    "abort jsonify redirect url_for send_file send_from_directory": "for views",
    "get_template_attribute render_template render_template_string": "for views",
    "current_app request": "proxies; has_request_context says when they work",
    "add_url_rule delete get patch post put route endpoint": "they add routes",
    "template_filter template_global template_test add_template_filter"
    " add_template_global add_template_test app_template_filter app_template_global"
    " app_template_test add_app_template_filter add_app_template_global"
    " add_app_template_test": "they extend Jinja, and no request calls them",
    "register_blueprint register record record_once make_setup_state":
        "they run when a blueprint is registered",
    "shell_context_processor make_shell_context": "for flask shell alone",
}  # fmt: skip
# Methods that Flask calls while it handles a request, by what their names say.
LIFECYCLE = re.compile(
    r"wsgi_app|(?:pre|process|full_dispatch|dispatch|finalize|handle|do_teardown)_?\w*"
    r"|log_exception|make_response|ensure_sync|preprocess_request"
)
STEPS_LEFT_OUT = {
    "finalize_request": "make_response and process_response are its parts",
    "handle_http_exception": "called by handle_user_exception",
    "handle_url_build_error": "url_build_error_handlers is its list",
}


def missing(names, pages):
    """Return the names that no page has between backticks, in its title or a call."""
    text = " ".join(pages.values()).replace("`", " ")
    return [name for name in names if not re.search(rf"\b{name}\b", text)]


@pytest.fixture(scope="module")
def pages():
    """Each page's text, with the signatures that the build puts into it."""
    lines = app.test_client().get("/").text.split("\n")
    return {
        path.stem: re.sub(
            r"\{produced\}`reference/signatures output line (\d+)`",
            lambda match: lines[int(match[1]) - 1],
            path.read_text("utf-8"),
        )
        for path in sorted(FOLDER.glob("*.md"))
    }


def _left_out():
    return {name for names in LEFT_OUT for name in names.split()}


def _registering():
    for owner in (Flask, Blueprint):
        for name, method in inspect.getmembers(owner, inspect.isfunction):
            first = next(iter(inspect.signature(inspect.unwrap(method)).parameters), "")
            setup = getattr(method, "__wrapped__", None) is not None
            if first == "self" and setup and not name.startswith("_"):
                yield name


def test_each_name_that_flask_exports_has_a_page(pages):
    # Which submodules are there depends on what has been imported.
    exported = {
        name
        for name, value in vars(flask).items()
        if not name.startswith("_") and not inspect.ismodule(value)
    }
    assert len(exported) >= 39
    assert missing(sorted(exported - _left_out()), pages) == []


def test_each_method_that_registers_has_a_page(pages):
    names = set(_registering())
    assert len(names) >= 20
    assert missing(sorted(names - _left_out()), pages) == []


def test_each_signal_has_a_row(pages):
    signals = [n for n, s in vars(flask.signals).items() if isinstance(s, NamedSignal)]
    assert len(signals) == 10
    assert missing(signals, {"signals": pages["signals"]}) == []


def test_each_method_of_a_request_is_named(pages):
    names = {n for n in dir(Flask) if LIFECYCLE.fullmatch(n)} - set(STEPS_LEFT_OUT)
    assert len(names) >= 10
    assert missing(sorted(names), pages) == []


def test_each_page_quotes_signatures_of_its_own_name(pages):
    """A line added to the signatures would shift all others."""
    for name in ("before-request", "teardown-appcontext", "stream-with-context"):
        assert f".{name.replace('-', '_')}(" in pages[name]
    quoting = [
        n for n, page in pages.items() if re.search(r"\b[FBRMf]\w+\.\w+\(", page)
    ]
    assert len(quoting) >= 18


def test_no_name_is_left_out_in_vain():
    known = set(dir(flask)) | {*dir(Flask), *dir(Blueprint)}
    assert _left_out() - known == set()


def test_name_without_a_page_is_noticed(pages):
    assert missing(["before_request", "before_nothing"], pages) == ["before_nothing"]


def test_headings_are_those_of_the_style_guide_in_its_order(pages):
    shaped = {name: page for name, page in pages.items() if "\n## " in page}
    assert len(shaped) >= 24
    for name, page in shaped.items():
        found = re.findall(r"^## (.*)$", page, re.MULTILINE)
        assert found == [title for title in HEADINGS if title in found], name


def test_each_page_is_in_the_table_of_the_index(pages):
    linked = set(re.findall(r"\]\(([\w-]+)\.md\)", pages["index"]))
    assert linked == set(pages) - {"index"}
