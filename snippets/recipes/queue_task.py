"""Let each task of a queue have the app, as Celery's tasks do.

.. testcode::

   client = app.test_client()
   print(client.post("/orders").text)
   task = AppTask(send_receipt)
   print(task(jobs.pop()))
   try:
       task("no tea")
   except ValueError as error:
       print("the queue gets:", error)

.. testoutput::

   teardown_request: None
   teardown_appcontext: None
   Thank you
   teardown_appcontext: None
   mail to orders@shop.example: tea
   teardown_appcontext: unknown product
   the queue gets: unknown product
"""

from flask import Flask, current_app

app = Flask(__name__)
app.config["MAIL"] = "orders@shop.example"
jobs = []


class AppTask:
    # With Celery: class AppTask(celery.Task). It has a run method.
    def __init__(self, run):
        self.run = run

    def __call__(self, *args, **kwargs):
        with app.app_context():
            return self.run(*args, **kwargs)


@app.teardown_request
def close_request(error):
    print("teardown_request:", error)


@app.teardown_appcontext
def close_database(error):
    print("teardown_appcontext:", error)


@app.post("/orders")
def place_order():
    # With Celery: send_receipt.delay("tea")
    jobs.append("tea")
    return "Thank you"


def send_receipt(product):
    if product != "tea":
        raise ValueError("unknown product")
    return f"mail to {current_app.config['MAIL']}: {product}"
