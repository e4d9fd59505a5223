"""Close peewee's connection where a crash skips it, and where not.

.. testcode::

   from peewee import OperationalError

   for shop in app, app_fixed:
       client = shop.test_client()
       for path in "/crash", "/":
           try:
               print(path, client.get(path).status)
           except (OperationalError, ZeroDivisionError) as error:
               print(path, error)

.. testoutput::

   /crash division by zero
   / Connection already opened.
   /crash division by zero
   / 200 OK
"""

from flask import Flask
from peewee import SqliteDatabase

app, app_fixed = Flask(__name__), Flask(__name__)
app.testing = app_fixed.testing = True  # leave it out in your app
database = SqliteDatabase(":memory:")  # in your app: a path


@app.before_request
def open_database():
    database.connect()


@app.after_request
def close_database(response):
    database.close()
    return response


@app_fixed.before_request
def open_database_fixed():
    database.connect(reuse_if_open=True)


@app_fixed.teardown_request
def close_database_fixed(exception):
    if not database.is_closed():
        database.close()


@app.get("/")
@app_fixed.get("/")
def index():
    return "Shop"


@app.get("/crash")
@app_fixed.get("/crash")
def crash():
    return str(1 / 0)
