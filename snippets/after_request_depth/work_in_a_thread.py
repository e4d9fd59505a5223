"""Work in a thread that has a copy of the request context.

.. testcode::

   response = app.test_client().get("/photos/teapot")
   print(response.text, response.headers.getlist("X-Signed"))

.. testoutput::

   scale in a thread: /photos/teapot
   teardown in a thread
   sign in the main thread
   teardown in the main thread
   Scaled ['once']
"""

import threading

from flask import Flask, copy_current_request_context, request

app = Flask(__name__)


def where():
    main = threading.current_thread() is threading.main_thread()
    return "in the main thread" if main else "in a thread"


@app.after_request
def sign(response):
    print("sign", where())
    response.headers.add("X-Signed", "once")
    return response


@app.teardown_request
def clean_up(error):
    print("teardown", where())


@app.get("/photos/<name>")
def show_photo(name):
    @copy_current_request_context
    def scale():
        print("scale", where() + ":", request.path)

    worker = threading.Thread(target=scale)
    worker.start()
    worker.join()
    return "Scaled"
