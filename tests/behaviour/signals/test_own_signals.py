"""Signals of your own with async receivers, and a context that a receiver changes."""

import asyncio
from importlib.metadata import version

import pytest
from blinker import Namespace
from flask import before_render_template, render_template_string
from packaging.version import Version


def test_signal_of_your_own_needs_a_wrapper_for_async_receivers(app, steps):
    """Flask gives its own signals the one of the app; send takes it as an argument."""
    order_placed = Namespace().signal("order-placed")

    @order_placed.connect
    async def mail_receipt(sender, **extra):
        steps.append("mailed")

    # Flask 2.2 needs no blinker; one before 1.6 gives the coroutine back.
    if Version(version("blinker")) < Version("1.6"):
        ((_, coroutine),) = order_placed.send(app)
        asyncio.run(coroutine)
    else:
        message = r"^Cannot send to a coroutine function\.?$"
        with pytest.raises(RuntimeError, match=message):
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
