"""Keep an exception from the teardown functions.

Flask 3.2 deprecates should_ignore_error: the first request warns. The
teardown function can look at the exception itself, on every version.

.. testcode::

   import warnings

   with warnings.catch_warnings(record=True) as caught:
       warnings.simplefilter("ignore")
       warnings.filterwarnings("always", ".*should_ignore_error")
       for app in create_old_app(), create_new_app():
           print(app.test_client().get("/").status)
   for warning in caught:
       print(f"{warning.category.__name__}: {warning.message}")

Before Flask 3.2:

.. testoutput::
   :skipif: FLASK >= (3, 2)

   teardown: None
   500 INTERNAL SERVER ERROR
   teardown: None
   500 INTERNAL SERVER ERROR

Since Flask 3.2:

.. testoutput::
   :skipif: FLASK < (3, 2)
   :options: +NORMALIZE_WHITESPACE

   teardown: None
   500 INTERNAL SERVER ERROR
   teardown: None
   500 INTERNAL SERVER ERROR
   DeprecationWarning: The 'should_ignore_error' method is deprecated
   and will be removed in Flask 3.3. Handle errors as needed in teardown
   handlers instead.
"""

from importlib.metadata import version

from flask import Flask

FLASK = tuple(map(int, version("flask").split(".")[:2]))


class ForgivingFlask(Flask):
    def should_ignore_error(self, error):
        return isinstance(error, TimeoutError)


def create_old_app():
    app = ForgivingFlask(__name__)
    app.add_url_rule("/", "crash", crash)

    @app.teardown_request
    def note(exception):
        print("teardown:", exception)

    return app


def create_new_app():
    app = Flask(__name__)
    app.add_url_rule("/", "crash", crash)

    @app.teardown_request
    def note(exception):
        if isinstance(exception, TimeoutError):
            exception = None
        print("teardown:", exception)

    return app


def crash():
    raise TimeoutError("too slow")
