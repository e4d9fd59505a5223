"""What the tests of recordings share."""

import pytest
from itsdangerous import TimestampSigner


@pytest.fixture
def one_moment(monkeypatch):
    """Sign every cookie at one time: a bare run and a recorded one are compared."""
    monkeypatch.setattr(TimestampSigner, "get_timestamp", lambda self: 1_750_000_000)
