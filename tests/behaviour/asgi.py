"""A request to an app under an ASGI wrapper, without a server."""

SCOPE = {
    "type": "http", "method": "GET", "path": "/", "query_string": b"",
    "headers": [], "http_version": "1.1", "scheme": "http",
    "server": ("localhost", 80), "client": ("127.0.0.1", 5000),
}  # fmt: skip


async def get(wrapped):
    """Send a request for ``/``; return the status when the app has ended."""
    statuses = []

    async def receive():
        return {"type": "http.request", "body": b""}

    async def send(message):
        if message["type"] == "http.response.start":
            statuses.append(message["status"])

    await wrapped(dict(SCOPE), receive, send)
    (status,) = statuses
    return status
