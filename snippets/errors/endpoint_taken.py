"""Give two views the same name.

.. testcode::

   try:
       app.get("/posts")(log_views(list_posts))
       app.get("/users")(log_views(list_users))
   except AssertionError as error:
       print(error)

   app.get("/people")(log_named(list_users))
   print(app.test_client().get("/people").text)

.. testoutput::
   :options: +NORMALIZE_WHITESPACE

   View function mapping is overwriting an existing endpoint function:
   logged
   Users
"""

from functools import wraps

from flask import Flask

app = Flask(__name__)


def log_views(view):
    def logged():
        return view()

    return logged


def log_named(view):
    @wraps(view)
    def logged():
        return view()

    return logged


def list_posts():
    return "Posts"


def list_users():
    return "Users"
