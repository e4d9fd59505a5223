"""What the behaviour tests share."""

import pytest
from flask import Flask


@pytest.fixture
def app():
    """An application without routes or hooks, as it would run in production."""
    # Its static route, too, would cost each test some time.
    return Flask(__name__, static_folder=None)


@pytest.fixture
def steps():
    """Where the functions of one test note their names, in the order they run."""
    return []
