"""Register a deferred callback from a deferred callback.

.. testcode::

   response = app.test_client().get("/stories/3")
   for runner in response.headers.getlist("X-Runner"):
       print(runner)

.. testoutput::

   first
   second
   added by first
   hook
"""

from flask import Flask, after_this_request

app = Flask(__name__)


@app.after_request
def finish(response):
    response.headers.add("X-Runner", "hook")
    return response


@app.get("/stories/<int:number>")
def tell_story(number):
    @after_this_request
    def first_runner(response):
        response.headers.add("X-Runner", "first")
        after_this_request(added_runner)
        return response

    @after_this_request
    def second_runner(response):
        response.headers.add("X-Runner", "second")
        return response

    return f"Story {number}"


def added_runner(response):
    response.headers.add("X-Runner", "added by first")
    return response
