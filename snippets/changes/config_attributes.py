"""Read settings through attributes of the app.

Flask 2.2 deprecates these attributes, and 2.3 has removed them. The
settings themselves have stayed.

.. testcode::

   import warnings

   for name in ATTRIBUTES:
       with warnings.catch_warnings():
           warnings.simplefilter("error")
           try:
               getattr(app, name)
           except (DeprecationWarning, AttributeError) as error:
               print(f"{type(error).__name__}: {error}")

   print(app.test_client().get("/").headers["Set-Cookie"][:17])

Before Flask 2.3:

.. testoutput::
   :skipif: FLASK >= (2, 3)
   :options: +NORMALIZE_WHITESPACE

   DeprecationWarning: 'propagate_exceptions' is deprecated and will be
   removed in Flask 2.3.
   DeprecationWarning: 'session_cookie_name' is deprecated and will be
   removed in Flask 2.3. Use 'SESSION_COOKIE_NAME' in 'app.config'
   instead.
   DeprecationWarning: 'send_file_max_age_default' is deprecated and
   will be removed in Flask 2.3. Use 'SEND_FILE_MAX_AGE_DEFAULT' in
   'app.config' instead.
   DeprecationWarning: 'use_x_sendfile' is deprecated and will be
   removed in Flask 2.3. Use 'USE_X_SENDFILE' in 'app.config' instead.
   DeprecationWarning: 'templates_auto_reload' is deprecated and will be
   removed in Flask 2.3. Use 'TEMPLATES_AUTO_RELOAD' in 'app.config'
   instead.
   session=; Expires

Since Flask 2.3:

.. testoutput::
   :skipif: FLASK < (2, 3)
   :options: +NORMALIZE_WHITESPACE

   AttributeError: 'Flask' object has no attribute
   'propagate_exceptions'
   AttributeError: 'Flask' object has no attribute
   'session_cookie_name'
   AttributeError: 'Flask' object has no attribute
   'send_file_max_age_default'
   AttributeError: 'Flask' object has no attribute
   'use_x_sendfile'
   AttributeError: 'Flask' object has no attribute
   'templates_auto_reload'
   session=; Expires
"""

from importlib.metadata import version

from flask import Flask

FLASK = tuple(map(int, version("flask").split(".")[:2]))
ATTRIBUTES = (
    "propagate_exceptions",
    "session_cookie_name",
    "send_file_max_age_default",
    "use_x_sendfile",
    "templates_auto_reload",
)

app = Flask(__name__)


@app.after_request
def forget_session(response):
    response.delete_cookie(app.config["SESSION_COOKIE_NAME"])
    return response


@app.get("/")
def page():
    return "ok"
