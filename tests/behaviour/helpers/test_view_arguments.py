"""What request.view_args is where the view has no arguments, or there is no view."""

import pytest
from flask import request


@pytest.mark.parametrize("guarded", [False, True])
def test_view_args_of_an_unknown_url_is_none(app, steps, guarded):
    """And a view without the argument has none of that name: both make a 500."""

    @app.before_request
    def note_number():
        if guarded:
            number = (request.view_args or {}).get("number")
        else:
            number = request.view_args["number"]
        steps.append(number)

    app.add_url_rule("/", "index", lambda: "Tea")
    app.add_url_rule("/orders/<int:number>", "show", lambda number: str(number))
    client = app.test_client()
    statuses = [client.get(path).status_code for path in ("/orders/7", "/", "/no")]
    assert statuses == ([200, 200, 404] if guarded else [200, 500, 500])
    assert steps == ([7, None, None] if guarded else [7])
    app.testing = True
    if not guarded:
        with pytest.raises(TypeError, match="'NoneType' object is not subscriptable"):
            client.get("/no")
        with pytest.raises(KeyError, match="number"):
            client.get("/")


NO_ROUTE = [("GET", "/no", 404), ("POST", "/orders/", 405), ("GET", "/orders", 308)]


@pytest.mark.parametrize(("method", "path", "status"), NO_ROUTE)
def test_request_without_a_route_has_no_rule_and_no_endpoint(
    app, steps, method, path, status
):
    """An unknown URL, a wrong method and a redirect to the slash: all are None."""

    @app.before_request
    def note_route():
        steps.append((request.url_rule, request.endpoint, request.view_args))
        for read in (
            lambda: request.url_rule.rule,
            lambda: request.endpoint.startswith("admin."),
        ):
            with pytest.raises(AttributeError) as caught:
                read()
            steps.append(str(caught.value))

    app.add_url_rule("/orders/", "orders", lambda: "Orders")
    assert app.test_client().open(path, method=method).status_code == status
    assert steps == [
        (None, None, None),
        "'NoneType' object has no attribute 'rule'",
        "'NoneType' object has no attribute 'startswith'",
    ]


@pytest.mark.parametrize("guarded", [False, True])
@pytest.mark.parametrize("reads", ["url_rule", "endpoint"])
def test_hook_that_trusts_the_rule_makes_a_404_a_500(app, steps, reads, guarded):
    """One that asks whether there is one leaves it a 404."""

    @app.before_request
    def note_route():
        if reads == "endpoint":
            endpoint = request.endpoint
            asked = (endpoint or "") if guarded else endpoint
            steps.append(asked.startswith("admin."))
        elif not guarded or request.url_rule is not None:
            steps.append(request.url_rule.rule)

    app.add_url_rule("/orders/", "orders", lambda: "Orders")
    client = app.test_client()
    statuses = [client.get(path).status_code for path in ("/orders/", "/no")]
    assert statuses == [200, 404 if guarded else 500]
    assert steps[0] == ("/orders/" if reads == "url_rule" else False)
