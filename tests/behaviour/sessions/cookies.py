"""The session cookie of a request, and that of a response."""

from tests.behaviour.versions import RELEASE

# Flask 2.2.5 and 2.3.2 closed a hole: without Vary, a cache could hand an answer with
# a renewed or a deleted session cookie to other visitors.
VARIES = "Cookie" if RELEASE >= (2, 2, 5) else None


def send(app, url, value):
    """Visit *url* with the given value of the session cookie."""
    client = app.test_client(use_cookies=False)
    return client.get(url, headers={"Cookie": f"session={value}"})


def cookie(response):
    """Return the value and the attributes of the one cookie that is set."""
    (header,) = response.headers.getlist("Set-Cookie")
    (name, value), *attributes = [
        part.partition("=")[::2] for part in header.split("; ")
    ]
    return name, value, {name.lower(): value for name, value in attributes}
