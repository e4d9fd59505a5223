"""Run a function when the whole body has been sent.

.. testcode::

   response = app.test_client().get("/export", buffered=True)
   print(response.text)

.. testoutput::

   hook
   first row
   second row
   closed
   order,total
   7,24.00
"""

from flask import Flask

app = Flask(__name__)


@app.after_request
def watch_end(response):
    print("hook")

    @response.call_on_close
    def note_end():
        print("closed")

    return response


@app.get("/export")
def export():
    def rows():
        print("first row")
        yield "order,total\n"
        print("second row")
        yield "7,24.00"

    return rows()
