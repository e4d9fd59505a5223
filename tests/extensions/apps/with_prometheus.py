"""Requests that are counted for Prometheus."""

from flask import Flask
from prometheus_client import CollectorRegistry
from prometheus_flask_exporter import PrometheusMetrics

app = Flask(__name__)
PrometheusMetrics(app, registry=CollectorRegistry())


@app.get("/")
def index():
    return "shop"
