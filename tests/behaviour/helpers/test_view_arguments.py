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
