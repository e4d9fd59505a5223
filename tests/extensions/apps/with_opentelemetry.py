"""An app that OpenTelemetry watches."""

from flask import Flask
from opentelemetry.instrumentation.flask import FlaskInstrumentor
from opentelemetry.sdk.trace import TracerProvider

app = Flask(__name__)
FlaskInstrumentor().instrument_app(app, tracer_provider=TracerProvider())


@app.get("/orders/<int:number>")
def show_order(number):
    return f"order {number}"
