"""Run each Celery task in an app context.

.. testcode::

   print(app.test_client().post("/orders").text)
   print(send_receipt.apply(args=["tea"]).get())

.. testoutput::

   teardown_appcontext
   Thank you
   teardown_appcontext
   mail to orders@shop.example: tea
"""

from celery import Celery, Task, shared_task
from flask import Flask, current_app


def create_app():
    app = Flask(__name__)
    app.config["MAIL"] = "orders@shop.example"
    app.config["CELERY"] = {"broker_url": "memory://"}
    app.teardown_appcontext(close_database)
    app.add_url_rule("/orders", view_func=place_order, methods=["POST"])
    add_celery(app)
    return app


def add_celery(app):
    class AppTask(Task):
        def __call__(self, *args, **kwargs):
            with app.app_context():
                return self.run(*args, **kwargs)

    celery = Celery(app.name, task_cls=AppTask)
    celery.config_from_object(app.config["CELERY"])
    celery.set_default()
    app.extensions["celery"] = celery


def close_database(error):
    print("teardown_appcontext")


def place_order():
    send_receipt.delay("tea")
    return "Thank you"


@shared_task
def send_receipt(product):
    return f"mail to {current_app.config['MAIL']}: {product}"


app = create_app()
celery = app.extensions["celery"]
