"""Make spans for all requests, refused ones too.

.. testcode::

   client = app.test_client()
   for headers in {}, {"Authorization": "Bearer tea"}:
       print(client.get("/orders/7", headers=headers).status)
   for span in exporter.get_finished_spans():
       status = span.attributes["http.status_code"]
       print(span.name, status, span.attributes.get("user"))

.. testoutput::

   401 UNAUTHORIZED
   200 OK
   GET /orders/<int:number> 401 None
   GET /orders/<int:number> 200 ada
"""

from flask import Flask, abort, request
from opentelemetry import trace
from opentelemetry.instrumentation.flask import FlaskInstrumentor
from opentelemetry.sdk.trace import TracerProvider
from opentelemetry.sdk.trace.export import SimpleSpanProcessor
from opentelemetry.sdk.trace.export.in_memory_span_exporter import (
    InMemorySpanExporter,
)

exporter = InMemorySpanExporter()  # yours sends them to a collector
provider = TracerProvider()
provider.add_span_processor(SimpleSpanProcessor(exporter))

app = Flask(__name__)
# First of all, so that the hooks below run inside the span.
FlaskInstrumentor().instrument_app(app, tracer_provider=provider)


@app.before_request
def load_user():
    if "Authorization" not in request.headers:
        abort(401)
    trace.get_current_span().set_attribute("user", "ada")


@app.get("/orders/<int:number>")
def show_order(number):
    return f"order {number}"
