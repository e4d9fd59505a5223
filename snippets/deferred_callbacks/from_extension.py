"""Defer from an extension, even while a template is rendered.

.. testcode::

   response = app.test_client().get("/timeline")
   print(response.headers["Link"])
   print(response.text)

.. testoutput::

   </print.css>; rel=preload; as=style
   <link rel="stylesheet" href="/print.css">
"""

from flask import Flask, after_this_request, render_template_string

PAGE = '<link rel="stylesheet" href="{{ stylesheet("/print.css") }}">'


class Preload:
    def __init__(self, app=None):
        if app is not None:
            self.init_app(app)

    def init_app(self, app):
        app.extensions["preload"] = self
        app.add_template_global(self.stylesheet)

    def stylesheet(self, url):
        @after_this_request
        def announce(response):
            link = f"<{url}>; rel=preload; as=style"
            response.headers.add("Link", link)
            return response

        return url


app = Flask(__name__)
preload = Preload(app)


@app.get("/timeline")
def show_timeline():
    return render_template_string(PAGE)
