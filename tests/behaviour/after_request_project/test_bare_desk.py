"""Step 1: the desk without any hook."""

import pytest

from snippets.after_request_project.bare_desk import app


@pytest.fixture
def desk(open_desk):
    return open_desk(app)


def test_desk_lends_until_the_shelf_is_empty(desk):
    """The second loan of the only scythe is a conflict."""
    first = desk.open("/api/tools/scythe/loans", method="POST")
    assert (first.status_code, first.json) == (201, {"shelf": 0})
    assert desk.open("/api/tools/scythe/loans", method="POST").status_code == 409
    assert "scythe: 0" in desk.open("/").text
    assert "scythe" not in desk.open("/board").text


def test_desk_shows_a_tool_with_its_deposit(desk):
    """The API returns JSON."""
    assert desk.open("/api/tools/scythe").json == {"shelf": 1, "deposit": 5}


def test_desk_shows_the_name_of_a_tool_as_text(desk, monkeypatch):
    """Templates from a string escape what is put into them, like those of files."""
    tools = {"<b>axe</b>": {"shelf": 1}}
    monkeypatch.setattr("snippets.after_request_project.bare_desk.TOOLS", tools)
    assert "<p>&lt;b&gt;axe&lt;/b&gt;: 1</p>" in desk.open("/").text


def test_bare_desk_answers_a_crash_without_a_clue(desk):
    """The page names neither the exception nor the request."""
    response = desk.open("/api/tools/sprayer")
    assert response.status_code == 500
    assert "deposit" not in response.text
    assert "KeyError" not in response.text
    assert sorted(response.headers.keys()) == ["Content-Length", "Content-Type"]
