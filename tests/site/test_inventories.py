"""The lists of other projects' names: read, compiled, refreshed, wired in."""

import shutil

import pytest
from sphinx.testing.util import SphinxTestApp
from sphobjinv import Inventory

from hookbook.site.inventories import InventoryError, NameList, read_all

LIST = """\
project = "Flask"
version = "3.1.x"
url = "https://flask.example/"

["py:class"]
"flask.Flask" = "api/#$"

["py:method"]
"flask.Flask.after_request" = "api/#$"
"""


@pytest.fixture
def names(tmp_path):
    path = tmp_path / "flask.toml"
    path.write_text(LIST)
    return NameList.read(path)


def published(*lines):
    head = ["# Sphinx inventory version 2", "# Project: Flask", "# Version: 3.2.x"]
    head += ["# The remainder of this file is compressed using zlib."]
    return Inventory(plaintext="\n".join([*head, *lines, ""]).encode())


def test_the_houses_lists_hold_what_both_guides_lean_on(pytestconfig):
    lists = read_all(pytestconfig.rootpath / "docs" / "_data" / "inventories")
    assert set(lists) == {"flask", "python", "werkzeug"}
    methods = lists["flask"].names["py:method"]
    assert {"flask.Flask.before_request", "flask.Flask.after_request"} <= set(methods)
    assert "flask.after_this_request" in lists["flask"].names["py:function"]
    for names in lists.values():
        assert names.url.startswith("https://")
        assert names.url.endswith("/")


def test_a_list_compiles_to_what_intersphinx_reads(names):
    inventory = Inventory(zlib=names.compile())
    assert [
        (item.name, item.domain, item.role, item.uri_expanded)
        for item in inventory.objects
    ] == [
        ("flask.Flask", "py", "class", "api/#flask.Flask"),
        ("flask.Flask.after_request", "py", "method", "api/#flask.Flask.after_request"),
    ]


def test_writing_a_list_changes_nothing_else(names):
    names.write()
    assert names.path.read_text() == LIST


def test_refresh_takes_new_addresses_and_wanted_names(names):
    missing = names.refresh(
        published(
            "flask.Flask py:class 1 reference/#$ -",
            "flask.Flask.after_request py:method 1 reference/#$ -",
            "flask.after_this_request py:function 1 reference/#$ -",
            "flask.nobody_links_here py:function 1 reference/#$ -",
        ),
        wanted={"flask.after_this_request"},
    )
    assert missing == []
    assert names.version == "3.2.x"
    assert names.names == {
        "py:class": {"flask.Flask": "reference/#$"},
        "py:method": {"flask.Flask.after_request": "reference/#$"},
        "py:function": {"flask.after_this_request": "reference/#$"},
    }


@pytest.mark.canary
def test_refresh_reports_a_name_that_is_gone_and_keeps_it(names):
    missing = names.refresh(published("flask.Flask py:class 1 api/#$ -"))
    assert missing == ["flask.Flask.after_request"]
    assert names.names["py:method"] == {"flask.Flask.after_request": "api/#$"}


@pytest.mark.canary
@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("project =", "TOMLDecodeError"),
        ('project = "Flask"', "version"),
        (LIST + "[functions]\n", 'table "functions" must be "domain:role"'),
    ],
)
def test_a_mistake_in_a_list_names_the_file(tmp_path, text, reason):
    path = tmp_path / "flask.toml"
    path.write_text(text)
    with pytest.raises(InventoryError, match=r"flask\.toml") as error:
        NameList.read(path)
    assert reason in str(error.value)


@pytest.mark.canary
def test_no_list_at_all_is_an_error(tmp_path):
    with pytest.raises(InventoryError, match="no list of names"):
        read_all(tmp_path)


@pytest.fixture
def build(tmp_path, pytestconfig):
    """Build one page in a small house; return the page and the warnings."""
    source = tmp_path / "docs"
    lists = pytestconfig.rootpath / "docs" / "_data" / "inventories"
    shutil.copytree(lists, source / "_data" / "inventories")
    (source / "conf.py").write_text(
        'extensions = ["hookbook.site.inventories"]\n'
        'exclude_patterns = ["_*"]\n'
        "nitpicky = True\n"
    )

    def build(text):
        (source / "index.rst").write_text(text)
        app = SphinxTestApp("html", srcdir=source)
        try:
            app.build()
            return (app.outdir / "index.html").read_text(), app.warning.getvalue()
        finally:
            app.cleanup()

    return build


def test_a_page_links_to_the_projects_own_address(build):
    page, warnings = build(
        "See :py:meth:`flask.Flask.after_request` and :py:exc:`TypeError`.\n"
    )
    assert warnings == ""
    root = "https://flask.palletsprojects.com/en/stable/"
    assert f'href="{root}api/#flask.Flask.after_request"' in page
    assert 'href="https://docs.python.org/3/library/exceptions.html#TypeError"' in page


@pytest.mark.canary
def test_an_unknown_name_is_a_warning_with_its_line(build):
    _, warnings = build("\nSee :py:meth:`flask.Flask.after_lunch`.\n")
    assert warnings.count("WARNING") == 1
    assert "index.rst:2: WARNING: py:meth reference target not found" in warnings
    assert "flask.Flask.after_lunch" in warnings


def test_a_changed_list_reaches_pages_that_did_not_change(build, tmp_path):
    text = "See :py:meth:`flask.Flask.after_request`.\n"
    assert "flask.palletsprojects.com" in build(text)[0]
    path = tmp_path / "docs" / "_data" / "inventories" / "flask.toml"
    path.write_text(path.read_text().replace("flask.palletsprojects", "flask.moved"))
    assert "https://flask.moved.com/en/stable/api/" in build(text)[0]
