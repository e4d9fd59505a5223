"""Override a method without the context that Flask 3.2 passes.

Up to Flask 3.1 this is the signature. Since 3.2 the class is still
accepted and still works, but defining it warns.

.. testcode::

   import warnings

   with warnings.catch_warnings(record=True) as caught:
       warnings.simplefilter("always")
       app = create_app()
   for warning in caught:
       print(f"{warning.category.__name__}: {warning.message}")
   print(app.test_client().get("/").text)

Before Flask 3.2:

.. testoutput::
   :skipif: FLASK >= (3, 2)

   dispatching
   ok

Since Flask 3.2:

.. testoutput::
   :skipif: FLASK < (3, 2)
   :options: +NORMALIZE_WHITESPACE

   DeprecationWarning: The 'full_dispatch_request' method now takes
   'ctx: AppContext' as the first parameter. The old signature is
   deprecated and will not be supported in Flask 4.0.
   dispatching
   ok
"""

from importlib.metadata import version

from flask import Flask

FLASK = tuple(map(int, version("flask").split(".")[:2]))


def create_app():
    class LoudFlask(Flask):
        def full_dispatch_request(self):
            print("dispatching")
            return super().full_dispatch_request()

    app = LoudFlask(__name__)
    app.add_url_rule("/", "page", lambda: "ok")
    return app
