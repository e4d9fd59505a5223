"""A streamed body that raises: where a test gets the exception."""

import pytest
from flask import Response, stream_with_context


@pytest.fixture(params=["production", "TESTING", "DEBUG"])
def client(app, request):
    """A client of an app with two streams that raise, early and late."""
    if request.param != "production":
        app.config[request.param] = True

    def late():
        yield "Tea, "
        raise KeyError("late")

    def early():
        raise KeyError("early")
        yield

    for body in late, early:
        name = body.__name__
        app.add_url_rule(f"/{name}", name, lambda body=body: Response(body()))
        kept = f"{name}_kept"
        app.add_url_rule(
            f"/{kept}", kept, lambda body=body: Response(stream_with_context(body()))
        )
    return app.test_client()


@pytest.mark.parametrize("path", ["/late", "/late_kept"])
@pytest.mark.parametrize("read", ["text", "data"])
def test_exception_of_a_stream_comes_out_of_the_text_of_the_response(
    client, path, read
):
    """Its status is 200; TESTING and debug mode make no difference."""
    response = client.get(path)
    assert response.status_code == 200
    with pytest.raises(KeyError, match="late"):
        getattr(response, read)


@pytest.mark.parametrize(
    ("path", "buffered"),
    [("/late", True), ("/late_kept", True), ("/early", False), ("/early_kept", False)],
)
def test_exception_of_a_stream_comes_out_of_the_client_if_it_reads_so_far(
    client, path, buffered
):
    """With buffered=True it reads all; without it, up to the first piece."""
    with pytest.raises(KeyError, match=path.strip("/").split("_")[0]):
        client.get(path, buffered=buffered)
