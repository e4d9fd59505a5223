"""What builds on Flask and keeps its hooks: Dash, Flask-Admin and APIFlask."""

import pytest
from flask import abort, g, request

pytestmark = pytest.mark.extensions

UPDATE = {
    "output": "order.children",
    "outputs": {"id": "order", "property": "children"},
    "inputs": [{"id": "tea", "property": "value", "value": "green"}],
    "changedPropIds": ["tea.value"],
}


@pytest.fixture
def watched(app, steps):
    """An app whose hooks note each request, and refuse it if told to."""

    @app.before_request
    def check():
        steps.append((request.endpoint, request.blueprint))
        g.user = "ada"
        if "refuse" in request.args:
            abort(401)

    app.secret_key = "only for tests"
    return app


@pytest.fixture
def make_dash(watched):
    """Return what makes a page of Dash, with one callback."""

    def make(**options):
        from dash import Dash, Input, Output, dcc, html

        dash = Dash("tests.shop", server=watched, **options)
        dash.layout = html.Div([dcc.Input(id="tea"), html.Div(id="order")])

        @dash.callback(Output("order", "children"), Input("tea", "value"))
        def show_order(tea):
            return f"{tea} for {g.user} at {request.path}"

        return watched.test_client()

    return make


@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("GET", "/"),
        ("GET", "/_dash-layout"),
        ("GET", "/_dash-dependencies"),
        ("POST", "/_dash-update-component"),
        ("GET", "/assets/shop.css"),
        ("GET", "/unknown"),
    ],
)
def test_before_request_function_of_the_server_runs_for_all_that_dash_serves(
    make_dash, steps, method, path
):
    """Pages, layout, callbacks, assets and unknown URLs; a 401 is the response."""
    client = make_dash()
    response = client.open(f"{path}?refuse", method=method, json=UPDATE)
    assert response.status_code == 401
    assert len(steps) == 1


def test_every_callback_of_dash_is_a_post_to_one_url(make_dash, steps):
    """The endpoint doesn't name the callback; output in the JSON does."""
    client = make_dash()
    told = []
    client.application.before_request(
        lambda: told.append((request.get_json(silent=True) or {}).get("output"))
    )
    response = client.post("/_dash-update-component", json=UPDATE)
    assert response.status_code == 200
    assert steps == [("/_dash-update-component", None)]
    assert told == ["order.children"]


def test_callback_of_dash_has_g_and_the_request(make_dash):
    """What a before_request function put on g is there."""
    response = make_dash().post("/_dash-update-component", json=UPDATE)
    (updated,) = response.json["response"].values()
    assert updated == {"children": "green for ada at /_dash-update-component"}


def test_unknown_url_of_dash_is_a_200_with_an_endpoint(make_dash, steps):
    """It matches /<path:path>, and gets the page."""
    response = make_dash().get("/unknown")
    assert (response.status_code, steps) == (200, [("/<path:path>", None)])


def test_dash_below_a_prefix_leaves_other_urls_to_the_app(make_dash, steps):
    """All of its URLs begin with the prefix, and unknown ones elsewhere are a 404."""
    client = make_dash(url_base_pathname="/dashboard/")
    assert client.get("/unknown").status_code == 404
    assert client.get("/dashboard/unknown").status_code == 200
    rules = [rule.rule for rule in client.application.url_map.iter_rules()]
    assert len(rules) >= 5
    assert {rule.split("/")[1] for rule in rules} == {"dashboard"}


@pytest.fixture
def administered(watched):
    """An app with Flask-Admin: the index is closed, the reports are open."""
    from flask_admin import Admin, AdminIndexView, BaseView, expose
    from flask_babel import Babel

    class Closed(AdminIndexView):
        def is_accessible(self):
            return False

    class Reports(BaseView):
        @expose("/")
        def index(self):
            return "reports"

    Babel(watched)
    watched.admin = Admin(watched, index_view=Closed())
    watched.admin.add_view(Reports(endpoint="reports"))
    watched.make_view = Reports
    return watched


def test_each_view_of_flask_admin_is_a_blueprint_of_its_own(administered, steps):
    """Its name is the endpoint of the view; only the index has the name admin."""
    client = administered.test_client()
    for path in "/admin/", "/admin/reports/", "/admin/nothing":
        client.get(path)
    assert steps == [
        ("admin.index", "admin"), ("reports.index", "reports"), (None, None)
    ]  # fmt: skip


def test_before_request_function_of_the_app_refuses_views_and_files_of_flask_admin(
    administered,
):
    """And unknown URLs below /admin."""
    client = administered.test_client()
    script = "/admin/static/admin/js/filters.js"
    assert client.get("/admin/reports/").text == "reports"
    with client.get(script) as opened:
        assert opened.status_code == 200
    for path in "/admin/", "/admin/reports/", script, "/admin/nothing":
        assert client.get(f"{path}?refuse").status_code == 401


def test_is_accessible_is_asked_after_before_request_functions_and_not_for_files(
    administered, steps
):
    """Without it a view is open, and so are the files, even if the index is closed."""
    client = administered.test_client()
    response = client.get("/admin/")
    assert (response.status_code, steps) == (403, [("admin.index", "admin")])
    with client.get("/admin/static/admin/js/filters.js") as script:
        assert script.status_code == 200
    assert client.get("/admin/reports/").status_code == 200


def test_view_added_to_flask_admin_after_a_request_is_an_error(administered):
    """It registers a blueprint, so all have to be added at the start."""
    administered.test_client().get("/admin/reports/")
    late = administered.make_view(endpoint="late")
    with pytest.raises(AssertionError, match="'register_blueprint' can no longer be"):
        administered.admin.add_view(late)


@pytest.mark.parametrize(("babel", "status"), [(False, 500), (True, 200)])
def test_page_of_flask_admin_needs_babel_if_flask_babel_is_installed(
    app, caplog, babel, status
):
    """Without Babel(app) the page is a 500: KeyError: 'babel'."""
    from flask_admin import Admin
    from flask_babel import Babel

    app.secret_key = "only for tests"
    if babel:
        Babel(app)
    Admin(app)
    assert app.test_client().get("/admin/").status_code == status
    assert ("KeyError: 'babel'" in caplog.text) is not babel


@pytest.fixture
def api(steps):
    """An API of APIFlask, whose hooks note what they see."""
    from apiflask import APIFlask, HTTPTokenAuth, Schema
    from apiflask.fields import Integer

    class Order(Schema):
        number = Integer(required=True)

    api = APIFlask("shop", static_folder=None)
    auth = HTTPTokenAuth()
    auth.verify_token(lambda token: steps.append("token"))

    @api.before_request
    def check():
        steps.append("before")
        if request.path == "/hook":
            abort(403)

    api.after_request(lambda response: steps.append(response.is_json) or response)

    @api.get("/mine")
    @api.auth_required(auth)
    def list_mine():
        return []

    @api.post("/orders")
    @api.input(Order)
    def add_order(json_data):
        return json_data

    @api.get("/crash")
    def crash():
        return 1 / 0

    return api


@pytest.mark.parametrize(
    ("method", "path", "status"),
    [
        ("GET", "/mine", 401),
        ("GET", "/hook", 403),
        ("GET", "/nothing", 404),
        ("DELETE", "/orders", 405),
        ("POST", "/orders", 422),
        ("GET", "/crash", 500),
    ],
)
def test_errors_of_apiflask_are_json_and_run_after_request_functions(
    api, steps, method, path, status
):
    """Those of Flask too, and that of a crash in production."""
    response = api.test_client().open(path, method=method, json={})
    assert (response.status_code, response.is_json) == (status, True)
    assert "message" in response.json
    assert steps[0] == "before"
    assert steps[-1] is True


def test_token_and_input_of_apiflask_are_checked_after_before_request_functions(
    api, steps
):
    """They are decorators of the view, so later registered functions have run too."""
    api.before_request(lambda: steps.append("later"))
    client = api.test_client()
    token = {"Authorization": "Bearer tea"}
    assert client.get("/mine", headers=token).status_code == 401
    assert steps == ["before", "later", "token", True]
    steps.clear()
    assert client.post("/orders", json={"number": "?"}).status_code == 422
    assert steps == ["before", "later", True]


def test_error_handler_of_a_status_goes_before_that_of_apiflask(api):
    """The others stay APIFlask's."""
    api.register_error_handler(404, lambda error: ("no such page", 404))
    client = api.test_client()
    assert client.get("/nothing").text == "no such page"
    assert client.get("/hook").json["message"] == "Forbidden"
