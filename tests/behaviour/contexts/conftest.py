"""What the tests of contexts share."""

import pytest
from flask import Flask


@pytest.fixture
def other():
    """A second application."""
    return Flask("other")
