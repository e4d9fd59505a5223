"""Hand slow work to a queue, since the client waits for a hook.

.. testcode::

   response = app.test_client().post("/claims")
   print("client:", response.text)
   work_off()

.. testoutput::

   hook: letter printed
   client: We have your claim
   worker: assessor called
"""

from queue import SimpleQueue

from flask import Flask

app = Flask(__name__)
jobs = SimpleQueue()


@app.post("/claims")
def file_claim():
    jobs.put("assessor called")
    return "We have your claim"


@app.after_request
def print_letter(response):
    print("hook: letter printed")
    return response


def work_off():
    while not jobs.empty():
        print("worker:", jobs.get())
