"""What the session keeps for itself: permanent and the flashed messages."""

import pytest
from flask import flash, get_flashed_messages, redirect, session


@pytest.fixture
def shop(app):
    app.secret_key = "tea"
    return app


def show(app, view):
    app.add_url_rule("/", "index", view)
    return app.test_client().get("/")


@pytest.mark.parametrize("last", [True, False])
def test_session_clear_clears_permanent_as_well(shop, last):
    """So set it after clear: the cookie then has its date."""

    def log_in():
        if not last:
            session.permanent = True
        session.clear()
        session["user"] = "ada"
        if last:
            session.permanent = True
        return str(session.permanent)

    response = show(shop, log_in)
    assert response.text == str(last)
    assert ("Expires=" in response.headers["Set-Cookie"]) is last


def test_session_keeps_permanent_and_flashed_messages_as_keys(shop):
    """As _permanent and _flashes, so it isn't empty with these."""

    def index():
        seen = [bool(session)]
        session.permanent = True
        seen.append(bool(session))
        flash("Saved")
        return [*seen, sorted(session)]

    assert show(shop, index).json == [False, True, ["_flashes", "_permanent"]]


@pytest.mark.parametrize("first", ["flash", "clear"])
def test_message_flashed_before_session_clear_is_lost(shop, first):
    """Flashed after it, the message shows."""

    @shop.get("/logout")
    def log_out():
        if first == "flash":
            flash("Goodbye")
        session.clear()
        if first == "clear":
            flash("Goodbye")
        return redirect("/")

    shop.add_url_rule("/", "index", lambda: get_flashed_messages())
    response = shop.test_client().get("/logout", follow_redirects=True)
    assert response.json == (["Goodbye"] if first == "clear" else [])


def test_session_new_is_always_false(shop):
    """In the first request of a client, after a change, and later."""

    def index():
        before = session.new
        session["cups"] = session.get("cups", 0) + 1
        return [before, session.new]

    shop.add_url_rule("/", "index", index)
    client = shop.test_client()
    assert [client.get("/").json for _ in range(3)] == [[False, False]] * 3
    broken = {"Cookie": "session=broken"}
    assert shop.test_client().get("/", headers=broken).json == [False, False]


def test_operator_on_an_imported_session_is_an_unbound_local_error(shop):
    """It's an assignment, which makes the name local; update works."""

    def add():
        session |= {"cup": 1}  # noqa: F823, F841 (the mistake itself)
        return "Added"

    shop.add_url_rule("/add", "add", add)
    shop.add_url_rule("/update", "update", lambda: session.update(cup=1) or "Added")
    client = shop.test_client()
    assert client.get("/add").status_code == 500
    response = client.get("/update")
    assert response.text == "Added"
    assert "Set-Cookie" in response.headers
    shop.testing = True
    with pytest.raises(UnboundLocalError, match="'session'"):
        client.get("/add")
