"""Take a connection from a pool, and give it back at the end.

.. testcode::

   client = app.test_client()
   for path in "/orders", "/crash", "/":
       print(path, client.get(path).status_code, pool.log)
       pool.log.clear()

.. testoutput::

   /orders 200 ['getconn', 'rollback', 'putconn']
   /crash 500 ['getconn', 'rollback', 'putconn']
   / 200 []
"""

from flask import Flask, g

app = Flask(__name__)


class Pool:  # in your app: psycopg_pool.ConnectionPool, for example
    def __init__(self):
        self.log = []

    def getconn(self):
        self.log.append("getconn")
        return self

    def rollback(self):
        self.log.append("rollback")

    def putconn(self, connection):
        self.log.append("putconn")


pool = Pool()


def get_database():
    if "database" not in g:
        g.database = pool.getconn()
    return g.database


@app.teardown_appcontext
def give_back(exception):
    database = g.pop("database", None)
    if database is not None:
        try:
            database.rollback()  # what is not committed
        finally:
            pool.putconn(database)


@app.get("/orders")
def list_orders():
    get_database()
    return "tea"


@app.get("/crash")
def crash():
    get_database()
    raise RuntimeError("the printer is on fire")


@app.get("/")
def index():
    return "Shop"
