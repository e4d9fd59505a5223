"""A secret key that is set where only the script itself sets it."""

import runpy
import sys

import pytest
from flask.cli import ScriptInfo

PROGRAM = """
from flask import Flask, session

app = Flask(__name__)
{above}

@app.get("/")
def log_in():
    session["user"] = "ada"
    return "Welcome"

if __name__ == "__main__":
    {below}
"""
KEY = "app.secret_key = 'only for tests'"


@pytest.mark.parametrize("place", ["above", "below"])
@pytest.mark.parametrize("started", ["flask run", "python"])
def test_secret_key_below_name_is_main_is_missing_with_flask_run(
    tmp_path, monkeypatch, started, place
):
    """It imports the module, under its own name; python runs it as __main__."""
    monkeypatch.setattr(sys, "path", list(sys.path))
    monkeypatch.setattr(sys, "modules", dict(sys.modules))
    file = tmp_path / "shop_with_a_key.py"
    file.write_text(PROGRAM.format(**{"above": "", "below": "pass", place: KEY}))
    if started == "python":
        app = runpy.run_path(str(file), run_name="__main__")["app"]
    else:
        app = ScriptInfo(app_import_path=str(file)).load_app()
    response = app.test_client().get("/")
    missing = started == "flask run" and place == "below"
    assert response.status_code == (500 if missing else 200)
