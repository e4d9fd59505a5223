"""Open peewee's connection for each request, and close it at the end.

.. testcode::

   client = app.test_client()
   print([client.get("/").text for _ in range(2)])
   print(database.is_closed())

.. testoutput::

   ['1', '1']
   True
"""

from flask import Flask
from peewee import SqliteDatabase

app = Flask(__name__)
database = SqliteDatabase(":memory:")


@app.before_request
def open_database():
    database.connect(reuse_if_open=True)


@app.teardown_request
def close_database(exception):
    if not database.is_closed():
        database.close()


@app.get("/")
def index():
    return str(database.execute_sql("SELECT 1").fetchone()[0])
