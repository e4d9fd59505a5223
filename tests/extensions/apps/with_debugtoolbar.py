"""A page with Flask-DebugToolbar."""

from flask import Flask
from flask_debugtoolbar import DebugToolbarExtension

app = Flask(__name__)
app.secret_key = "only for tests"
app.config["DEBUG_TB_ENABLED"] = True
app.config["DEBUG_TB_INTERCEPT_REDIRECTS"] = False
DebugToolbarExtension(app)


@app.get("/")
def index():
    return "<html><body>hello</body></html>"
