"""What the recipe of logins says: what is let through, and where a login leads."""

import pytest
from flask import Flask, request, session

from snippets.recipes import login_page, login_required
from tests.behaviour.versions import REDIRECT


@pytest.fixture(params=[login_required, login_page])
def guarded(request):
    """Each of the two apps that require a login."""
    return request.param.app


@pytest.mark.parametrize("method", ["GET", "HEAD"])
def test_login_is_required_before_the_view_runs(method, monkeypatch):
    """The view is not called, and the visitor gets a 401."""
    called = []
    views = login_required.app.view_functions
    monkeypatch.setitem(views, "list_orders", lambda: called.append("view"))
    response = login_required.app.test_client().open("/orders", method=method)
    assert (response.status_code, called) == (401, [])


def test_preflight_is_let_through_and_meets_no_view(guarded, monkeypatch):
    """Flask makes the response to OPTIONS itself."""
    called = []
    views = guarded.view_functions
    monkeypatch.setitem(views, "list_orders", lambda: called.append("view"))
    headers = {"Origin": "https://shop.example"}
    response = guarded.test_client().options("/orders", headers=headers)
    assert (response.status_code, response.data, called) == (200, b"", [])
    assert "GET" in response.allow


def test_login_that_refuses_options_breaks_each_preflight(app):
    """A browser accepts a preflight with a status of 200 to 299 only."""
    app.add_url_rule("/orders", "orders", lambda: "Orders")
    app.secret_key = "key"

    @app.before_request
    def require_login():
        return None if "user" in session else ("Log in", 401)

    assert app.test_client().options("/orders").status_code == 401


def test_view_that_takes_options_itself_runs_without_a_login(guarded):
    """A request that is let through for its method reaches a view with this method."""
    app = type(guarded)("shop", static_folder=None)
    app.secret_key = "key"
    app.before_request(guarded.before_request_funcs[None][0])
    app.add_url_rule("/", "index", lambda: "the view", methods=["OPTIONS"])
    assert app.test_client().options("/").text == "the view"


def test_url_without_a_view_has_no_endpoint_to_ask(guarded):
    """The 404 comes after the before_request functions, which must not fail."""
    client = guarded.test_client()
    assert client.get("/nothing").status_code == 404
    assert client.delete("/orders").status_code == 405


def test_login_required_by_a_hook_sees_a_cleared_session():
    """To log out, clear the session: Flask deletes the cookie."""
    app = login_required.app
    client = app.test_client()
    client.post("/login")
    with client:
        assert client.get("/orders").status_code == 200
        assert session["user"] == "anna"
    with client.session_transaction() as stored:
        stored.clear()
    assert client.get("/orders").status_code == 401


def test_exempt_login_page_ends_the_redirects():
    """Visitors come back to it, however deep the first URL was."""
    client = login_page.app.test_client()
    response = client.get("/orders", follow_redirects=True)
    assert (response.status_code, len(response.history)) == (200, 1)
    assert response.request.path == "/login"
    assert response.request.args["next"] == "/orders"


def test_login_page_sends_the_visitor_back():
    """To the path that the before_request function has noted."""
    client = login_page.app.test_client()
    first = client.get("/orders", base_url="https://localhost")
    back = client.post(first.location, base_url="https://localhost")
    assert (back.status_code, back.location) == (303, "/orders")
    orders = client.get(back.location, base_url="https://localhost")
    assert orders.text == "Orders of anna"


@pytest.mark.parametrize(
    ("path", "base"),
    [
        ("/orders?page=2&sort=-date", ""),
        ("/orders?search=green+tea%26mugs", ""),
        ("/orders?page=2", "/corner"),
        ("/orders", "/corner"),
    ],
)
def test_visitor_comes_back_with_the_query_string(path, base):
    """Also if the app is mounted below a prefix."""
    client = login_page.app.test_client()
    site = {"base_url": f"https://localhost{base}"}
    first = client.get(path, **site)
    back = client.post(first.location.removeprefix(base), **site)
    assert (first.status_code, back.status_code) == (REDIRECT, 303)
    assert back.location == base + path


@pytest.mark.parametrize(
    "path",
    [
        "/orders?mail=anna@shop.example&at=10:30",
        "/orders?size[]=1,2;3",
        "/orders?q=it's",
        "/orders?q=%C3%BC%26more",
        "/m%C3%BCsli?page=2",
        "/what%3F",
        "/100%25",
    ],
)
def test_visitor_comes_back_to_an_address_with_other_characters(path):
    """What the check of next doesn't allow is percent-encoded before."""
    app = Flask("shop", static_folder=None)
    app.secret_key = "key"
    app.before_request(login_page.require_login)
    app.add_url_rule("/", "index", lambda: "Shop")
    app.add_url_rule("/login", "log_in", login_page.log_in, methods=["GET", "POST"])
    app.add_url_rule("/<page>", "show", lambda page: [page, request.args.to_dict()])
    client = app.test_client()
    first = client.get(path)
    back = client.post(first.location)
    assert (first.status_code, back.status_code) == (REDIRECT, 303)
    wanted = app.test_request_context(path).request
    assert client.get(back.location).json == [wanted.path[1:], wanted.args.to_dict()]


def test_login_forgets_what_was_in_the_session_before():
    """Otherwise values that someone planted would belong to the user."""
    for module, path in (login_required, "/login"), (login_page, "/login"):
        client = module.app.test_client()
        with client.session_transaction(base_url="https://localhost") as stored:
            stored["cart"] = "planted"
        client.post(path, base_url="https://localhost")
        with client.session_transaction(base_url="https://localhost") as stored:
            assert dict(stored) == {"user": "anna"}


def test_request_path_has_no_query_string(app):
    """request.full_path has it, and ends with a question mark without one."""
    for query, full in ("?page=2", "/?page=2"), ("", "/?"):
        with app.test_request_context(f"/{query}") as context:
            assert (context.request.path, context.request.full_path) == ("/", full)


@pytest.mark.parametrize(
    "target",
    [
        "https://evil.example",
        "//evil.example",
        "///evil.example",
        "/\\evil.example",
        "\\\\evil.example",
        "/\t/evil.example",
        "/\n/evil.example",
        " //evil.example",
        "/%0d%0aSet-Cookie: a=b\r\n",
        "/@evil.example",
        "javascript:alert(1)",
        "https:evil.example",
        "evil.example",
        "",
    ],
)
def test_login_page_leads_to_no_other_site(target):
    """Only a path of plain characters is a target; anything else is the start."""
    client = login_page.app.test_client()
    response = client.post("/login", query_string={"next": target})
    assert (response.status_code, response.location) == (303, "/")
