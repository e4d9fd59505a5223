"""Flask-Login: how a login ends or doesn't, its messages, and what it adds."""

import pytest
from flask import session

from tests.behaviour.versions import RELEASE

from .entries import ENTRIES

pytestmark = pytest.mark.extensions


@pytest.fixture
def shop(app):
    """An app with Flask-Login, a login that remembers, and a page that says who."""
    from flask_login import LoginManager, UserMixin, current_user, login_user

    class User(UserMixin):
        id = "ada"

    app.secret_key = "only for tests"
    LoginManager(app).user_loader(lambda name: User())
    app.add_url_rule("/login", "login", lambda: str(login_user(User())))
    remembered = {"view_func": lambda: str(login_user(User(), remember=True))}
    app.add_url_rule("/remember", "remember", **remembered)
    app.add_url_rule("/me", "me", lambda: str(current_user.is_authenticated))
    return app


@pytest.mark.parametrize(
    ("calls", "deleted", "still"),
    [
        (["logout_user"], {"remember_token", "session"}, "False"),
        (["clear"], {"session"}, "True"),
        (["logout_user", "clear"], {"session"}, "True"),
        (["clear", "logout_user"], {"remember_token", "session"}, "False"),
    ],
)
def test_session_clear_after_logout_user_keeps_the_remember_me_cookie(
    shop, calls, deleted, still
):
    """And the next request is logged in again; before logout_user it does no harm."""
    from flask_login import logout_user

    @shop.get("/logout")
    def log_out():
        for name in calls:
            logout_user() if name == "logout_user" else session.clear()
        return "bye"

    client = shop.test_client()
    assert client.get("/remember").text == "True"
    cookies = client.get("/logout").headers.getlist("Set-Cookie")
    assert {one.split("=;")[0] for one in cookies} == deleted
    assert client.get("/me").text == still


def test_logout_user_leaves_a_note_that_an_after_request_function_reads(shop, steps):
    """Later, in its own function, the remember me cookie is deleted."""
    from flask_login import logout_user

    @shop.get("/logout")
    def log_out():
        logout_user()
        return session["_remember"]

    @shop.after_request
    def note(response):
        cookies = response.headers.getlist("Set-Cookie")
        steps.append(any("remember_token" in one for one in cookies))
        return response

    client = shop.test_client()
    client.get("/remember")
    steps.clear()
    response = client.get("/logout")
    assert (response.text, steps) == ("clear", [False])
    cookies = response.headers.getlist("Set-Cookie")
    assert any(one.startswith("remember_token=;") for one in cookies)


ELSEWHERE = {"environ_overrides": {"REMOTE_ADDR": "203.0.113.7"}}
OTHER_BROWSER = {"headers": {"User-Agent": "Browser/2"}}


@pytest.mark.parametrize("change", [ELSEWHERE, OTHER_BROWSER], ids=["address", "agent"])
@pytest.mark.parametrize("permanent", [False, True])
@pytest.mark.parametrize("mode", [None, "basic", "strong"])
@pytest.mark.parametrize("login", ["/login", "/remember"])
def test_strong_session_protection_logs_out_when_the_address_changes(
    shop, login, mode, permanent, change
):
    """Or the browser's name. Basic, the default, doesn't, nor a permanent session."""
    if mode:
        shop.config["SESSION_PROTECTION"] = mode
    shop.before_request(lambda: setattr(session, "permanent", permanent))
    client = shop.test_client()
    client.get(login)
    assert client.get("/me").text == "True"
    out = mode == "strong" and not permanent
    assert client.get("/me", **change).text == str(not out)
    assert client.get("/me").text == str(not out)


@pytest.mark.parametrize(
    ("method", "path", "status"),
    [
        ("GET", "/", 200),
        ("HEAD", "/", 200),
        ("OPTIONS", "/", 200),
        ("POST", "/", 405),
        ("GET", "/nothing", 404),
        ("GET", "/folder", 308),
        ("GET", "/crash", 500),
        ("GET", "/file", 200),
    ],
)
@pytest.mark.parametrize("extension", [True, False])
def test_flask_login_gives_each_response_vary_cookie_since_flask_3_1_3(
    app, tmp_path, method, path, status, extension
):
    """Its after_request function asks for a key of the session."""
    from flask import send_from_directory
    from flask_login import LoginManager

    tmp_path.joinpath("shop.css").write_text("p {}")
    app.secret_key = "only for tests"
    if extension:
        LoginManager(app)
    app.add_url_rule("/", "index", lambda: "shop")
    app.add_url_rule("/folder/", "folder", lambda: "folder")
    app.add_url_rule("/crash", "crash", lambda: 1 / 0)
    app.add_url_rule("/file", "f", lambda: send_from_directory(tmp_path, "shop.css"))
    with app.test_client().open(path, method=method) as response:
        assert response.status_code == status
        varies = extension and RELEASE >= (3, 1, 3)
        assert ("Cookie" in response.vary) == varies


@pytest.mark.parametrize("use", ["hook", "decorator"])
def test_current_user_without_a_login_manager_is_an_attribute_error(app, use):
    """The message is that of the app, which has no attribute login_manager."""
    from flask_login import current_user, login_required

    app.testing = True
    if use == "hook":
        app.before_request(lambda: current_user.is_authenticated and None)
    app.add_url_rule("/", "index", login_required(lambda: "shop"))
    with pytest.raises(AttributeError) as raised:
        app.test_client().get("/")
    assert str(raised.value) == ENTRIES["no-login-manager"]


@pytest.mark.parametrize("path", ["/", "/nothing"])
@pytest.mark.parametrize("checks", [True, False])
def test_anonymous_user_has_no_id_in_a_hook_that_does_not_check(shop, path, checks):
    """is_authenticated is False for a visitor; unknown URLs meet the hook, too."""
    from flask_login import current_user

    shop.testing = True
    shop.add_url_rule("/", "index", lambda: "shop")

    @shop.before_request
    def note_visit():
        if not checks or current_user.is_authenticated:
            assert current_user.id == "ada"

    client = shop.test_client()
    if checks:
        assert client.get(path).status_code == (200 if path == "/" else 404)
        return
    with pytest.raises(AttributeError) as raised:
        client.get(path)
    assert str(raised.value) == ENTRIES["anonymous-has-no-id"]


@pytest.mark.parametrize("asked", [True, False])
def test_login_manager_without_a_loader_fails_when_the_user_is_asked_for(app, asked):
    """A request that doesn't use current_user works."""
    from flask_login import LoginManager, current_user

    app.config.update(SECRET_KEY="only for tests", TESTING=True)
    LoginManager(app)
    app.add_url_rule("/", "index", lambda: str(asked and current_user.get_id()))
    if not asked:
        assert app.test_client().get("/").text == "False"
        return
    with pytest.raises(Exception, match="user_loader") as raised:
        app.test_client().get("/")
    assert str(raised.value).startswith(ENTRIES["no-user-loader"])
