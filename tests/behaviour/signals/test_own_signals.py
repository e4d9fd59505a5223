"""Signals of your own with async receivers, and a context that a receiver changes."""

import pytest
from blinker import Namespace
from flask import before_render_template, render_template_string

from tests.behaviour.versions import FLASK


@pytest.mark.skipif(FLASK < (2, 3), reason="Flask 2.2 needs no blinker with async")
def test_signal_of_your_own_needs_a_wrapper_for_async_receivers(app, steps):
    """Flask gives its own signals the one of the app; send takes it as an argument."""
    order_placed = Namespace().signal("order-placed")

    @order_placed.connect
    async def mail_receipt(sender, **extra):
        steps.append("mailed")

    with pytest.raises(RuntimeError, match=r"^Cannot send to a coroutine function\.?$"):
        order_placed.send(app)
    order_placed.send(app, _async_wrapper=app.ensure_sync)
    assert steps == ["mailed"]


def test_receiver_of_before_render_template_may_add_a_variable(app):
    """It gets the dict that the template is rendered with."""

    def add_version(sender, template, context, **extra):
        context["version"] = "1.0"

    with (
        before_render_template.connected_to(add_version, app),
        app.test_request_context(),
    ):
        assert render_template_string("v{{ version }}") == "v1.0"
