"""Hand slow work to a queue, since the client waits for hooks.

.. testcode::

   response = app.test_client().post("/orders")
   print("client:", response.text)
   work_off()

.. testoutput::

   hook: request logged
   client: Thank you
   worker: confirmation mailed
"""

from queue import SimpleQueue

from flask import Flask

app = Flask(__name__)
jobs = SimpleQueue()


@app.post("/orders")
def place_order():
    jobs.put("confirmation mailed")
    return "Thank you"


@app.after_request
def log_request(response):
    print("hook: request logged")
    return response


def work_off():
    while not jobs.empty():
        print("worker:", jobs.get())
