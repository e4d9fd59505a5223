"""What the behaviour tests share."""

import pytest
from flask import Flask


@pytest.fixture
def app():
    """An application without routes or hooks, as it would run in production."""
    return Flask(__name__)


@pytest.fixture
def steps():
    """Where the functions of one test note their names, in the order they run."""
    return []
