"""Print the parameters of each function and method.

.. testcode::

   print(app.test_client().get("/").text)

.. testoutput::

   Flask.url_value_preprocessor(f)
   Flask.url_defaults(f)
   Flask.before_request(f)
   Flask.after_request(f)
   Flask.teardown_request(f)
   Flask.teardown_appcontext(f)
   Flask.errorhandler(code_or_exception)
   Flask.register_error_handler(code_or_exception, f)
   Flask.context_processor(f)
   Flask.make_response(rv)
   Flask.full_dispatch_request()
   Flask.ensure_sync(func)
   Blueprint.before_app_request(f)
   Blueprint.after_app_request(f)
   Blueprint.teardown_app_request(f)
   Blueprint.app_context_processor(f)
   Blueprint.app_errorhandler(code)
   Blueprint.app_url_defaults(f)
   Blueprint.app_url_value_preprocessor(f)
   flask.after_this_request(f)
   flask.stream_with_context(generator_or_function)
   flask.stream_template(template_name_or_list, **context)
   flask.copy_current_request_context(f)
   flask.has_request_context()
   flask.flash(message, category)
   flask.get_flashed_messages(with_categories, category_filter)
   flask.make_response(*args)
   flask.has_app_context()
   Response.call_on_close(func)
   MethodView.as_view(name, *class_args, **class_kwargs)
"""

import inspect

import flask
from flask import Blueprint, Flask
from flask.views import MethodView

app = Flask(__name__)
APP = (
    "url_value_preprocessor url_defaults before_request after_request"
    " teardown_request teardown_appcontext errorhandler"
    " register_error_handler context_processor make_response"
    " full_dispatch_request ensure_sync"
)
BLUEPRINT = (
    "before_app_request after_app_request teardown_app_request"
    " app_context_processor app_errorhandler app_url_defaults"
    " app_url_value_preprocessor"
)
FUNCTIONS = (
    "after_this_request stream_with_context stream_template"
    " copy_current_request_context has_request_context flash"
    " get_flashed_messages make_response has_app_context"
)


def describe(owner, name):
    signature = inspect.signature(getattr(owner, name))
    stars = {inspect.Parameter.VAR_POSITIONAL: "*"}
    stars[inspect.Parameter.VAR_KEYWORD] = "**"
    names = [
        stars.get(parameter.kind, "") + parameter.name
        for parameter in signature.parameters.values()
        if parameter.name not in ("self", "cls", "ctx")
    ]
    return f"{owner.__name__}.{name}({', '.join(names)})"


@app.get("/")
def list_signatures():
    lines = [describe(Flask, name) for name in APP.split()]
    lines += [describe(Blueprint, name) for name in BLUEPRINT.split()]
    lines += [describe(flask, name) for name in FUNCTIONS.split()]
    lines.append(describe(flask.Response, "call_on_close"))
    lines.append(describe(MethodView, "as_view"))
    return "\n".join(lines)
