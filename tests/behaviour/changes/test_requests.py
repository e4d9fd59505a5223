"""Redirects, hosts, limits and answers to OPTIONS, as hooks see them."""

import warnings

import pytest
from flask import Flask, redirect, request
from werkzeug.exceptions import SecurityError

from snippets.changes import (
    automatic_options,
    limit_in_hook,
    redirect_code,
    server_name,
    trusted_hosts,
)
from tests.behaviour.changes.releases import since

EVIL = "http://evil.example"


def test_redirect_answers_303_since_flask_3_2():
    """Before, the status is 302, as most tests of redirects expect."""
    response = redirect_code.app.test_client().get("/orders")
    assert response.status_code == (303 if since(3, 2) else 302)


def test_hook_that_tests_for_302_misses_redirects_since_flask_3_2():
    """Recognize a redirect by its location, not by its status."""
    response = redirect_code.app.test_client().get("/orders")
    found = not since(3, 2)
    assert response.headers["X-Redirect"] == f"302: {found}, location: True"


def test_created_response_has_a_location_and_is_no_redirect(app):
    """So look at the status as well, if your views return 201."""
    app.add_url_rule("/", view_func=lambda: ("", 201, {"Location": "/orders/7"}))
    response = app.test_client().get("/", follow_redirects=True)
    assert (response.status_code, response.location) == (201, "/orders/7")


@pytest.mark.parametrize("method", ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE"])
def test_client_follows_a_303_with_get_or_head(app, method):
    """Whatever the request was; a HEAD stays a HEAD."""
    seen = []
    app.add_url_rule("/", "old", lambda: redirect("/new", 303), methods=[method])
    app.add_url_rule("/new", "new", lambda: seen.append(request.method) or "")
    app.test_client().open("/", method=method, follow_redirects=True)
    assert seen == ["HEAD" if method == "HEAD" else "GET"]


def test_redirect_with_a_named_code_is_the_same_on_every_version():
    """redirect(location, code=302) means what it says."""
    assert redirect_code.app.test_client().get("/old").status_code == 302


def test_redirect_to_a_trailing_slash_is_308_on_every_version(app):
    """That redirect comes from the routing, and did not change."""
    app.add_url_rule("/shop/", "shop", lambda: "ok")
    assert app.test_client().get("/shop").status_code == 308


def test_other_host_than_server_name_gets_404_before_flask_3_1():
    """Since 3.1 SERVER_NAME does not restrict the hosts that get a page."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        response = server_name.client.get("/", base_url=EVIL)
    assert response.status_code == (200 if since(3, 1) else 404)


@pytest.mark.parametrize("host", [EVIL, "http://www.shop.example"])
def test_host_with_subdomain_matching_gets_404_up_to_flask_3_1(host):
    """Since 3.2 only an unknown subdomain does."""
    app = Flask("shop", static_folder=None, subdomain_matching=True)
    app.config["SERVER_NAME"] = "shop.example"
    app.add_url_rule("/", "index", lambda: "Shop")
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        status = app.test_client().get("/", base_url=host).status_code
    assert status == (200 if since(3, 2) and host == EVIL else 404)


def test_host_checked_in_before_request_is_refused_on_every_version():
    """The function runs for the 404 of the routing as well, so its abort wins."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        assert server_name.client.get("/guarded", base_url=EVIL).status_code == 400
    assert server_name.client.get("/guarded").status_code == 200


def test_host_that_is_not_trusted_is_refused_since_flask_3_1(capsys):
    """Before, TRUSTED_HOSTS has no effect and no warning, and the view runs."""
    response = trusted_hosts.app.test_client().get("/", base_url=EVIL)
    assert response.status_code == (400 if since(3, 1) else 200)
    assert ("view" in capsys.readouterr().out) == (not since(3, 1))


def test_hooks_run_for_a_host_that_is_not_trusted(capsys):
    """before_request and after_request functions run, whatever the response."""
    trusted_hosts.app.test_client().get("/", base_url=EVIL)
    out = capsys.readouterr().out
    assert "before_request:" in out
    assert "after_request:" in out


def test_hook_that_reads_an_untrusted_host_raises_since_flask_3_1(app, steps):
    """The rest of the function is skipped; the response is still a 400."""
    app.config["TRUSTED_HOSTS"] = ["shop.example"]

    @app.before_request
    def note_host():
        try:
            steps.append(request.host)
        except SecurityError:
            steps.append("SecurityError")

    app.test_client().get("/", base_url=EVIL)
    assert steps == (["SecurityError"] if since(3, 1) else ["evil.example"])


@pytest.mark.parametrize(
    "name", ["host", "url", "host_url", "base_url", "url_root", "root_url"]
)
@pytest.mark.parametrize(("kind", "status"), [("before", 400), ("after", 500)])
def test_after_request_function_that_reads_an_untrusted_host_makes_a_500(
    app, name, kind, status
):
    """In a before_request function the response is still the 400."""
    app.config["TRUSTED_HOSTS"] = ["shop.example"]
    app.add_url_rule("/", "index", lambda: "Tea")
    if kind == "before":
        app.before_request(lambda: getattr(request, name) and None)
    else:
        app.after_request(lambda response: getattr(request, name) and response)
    client = app.test_client()
    trusted = client.get("/", base_url="http://shop.example").status_code
    evil = client.get("/", base_url=EVIL).status_code
    assert (trusted, evil) == (200, status if since(3, 1) else 200)


@pytest.mark.parametrize("name", ["path", "full_path", "endpoint", "remote_addr"])
def test_path_may_be_read_for_an_untrusted_host_in_an_after_request_function(app, name):
    """The response stays what it was."""
    app.config["TRUSTED_HOSTS"] = ["shop.example"]
    app.add_url_rule("/", "index", lambda: "Tea")
    app.after_request(lambda response: (getattr(request, name), response)[1])
    status = app.test_client().get("/", base_url=EVIL).status_code
    assert status == (400 if since(3, 1) else 200)


def test_before_request_function_can_limit_the_body_since_flask_3_1(monkeypatch):
    """Before, max_content_length cannot be assigned."""
    app = limit_in_hook.app
    monkeypatch.setattr(app, "testing", True)
    client = app.test_client()
    if since(3, 1):
        assert client.post("/limit", data=b"x" * 20).status_code == 413
        assert client.post("/limit", data=b"x" * 5).status_code == 200
    else:
        with pytest.raises(AttributeError, match=r"setter|can't set"):
            client.post("/limit", data=b"x" * 20)


def test_before_request_function_can_refuse_an_announced_length():
    """Comparing content_length works on every version."""
    client = limit_in_hook.app.test_client()
    assert client.post("/compare", data=b"x" * 20).status_code == 413
    assert client.post("/compare", data=b"x" * 5).status_code == 200


def test_automatic_options_can_be_turned_off_since_flask_3_1():
    """Before, PROVIDE_AUTOMATIC_OPTIONS has no effect and no warning."""
    response = automatic_options.app.test_client().options("/")
    assert response.status_code == (405 if since(3, 1) else 200)


def test_static_files_keep_automatic_options_as_their_route_is_added_first():
    """Flask adds that route before the app can be configured."""
    app = Flask("shop")
    app.config["PROVIDE_AUTOMATIC_OPTIONS"] = False
    app.add_url_rule("/", "index", lambda: "Shop")
    client = app.test_client()
    assert client.options("/").status_code == (405 if since(3, 1) else 200)
    assert client.options("/static/style.css").status_code == 200


def test_view_can_turn_automatic_options_on_since_flask_3_2():
    """Before, provide_automatic_options=True does not add the method."""
    response = automatic_options.app.test_client().options("/on")
    assert response.status_code == (200 if since(3, 2) else 405)


def test_before_request_function_answers_options_on_every_version():
    """It runs before the 405, so it decides."""
    assert automatic_options.app.test_client().options("/hook").status_code == 204
