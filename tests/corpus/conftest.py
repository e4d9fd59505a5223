"""A snippet that does one more thing than it should."""

import textwrap

import pytest

from hookbook.corpus import runs
from hookbook.corpus.snippets import SnippetError

TEXT = '''"""A title.

.. testcode::

{scenario}
   print(app.test_client().get("/").text)

.. testoutput::

   Hello
"""

from flask import Flask

app = Flask(__name__)


@app.get("/")
def index():
{view}
    return "Hello"


{code}
'''


@pytest.fixture
def snippet(tmp_path, monkeypatch):
    """Return a function that writes and runs a snippet, and says why it's refused."""
    monkeypatch.setattr(runs, "_runs", {})

    def snippet(code="", *, where="code", name="topic/leaky"):
        path = tmp_path / "snippets" / f"{name}.py"
        path.parent.mkdir(parents=True, exist_ok=True)
        parts = {
            "scenario": textwrap.indent(code or "pass", "   "),
            "view": "    pass",
            "code": "",
        }
        if where == "code":
            parts |= {"code": code, "scenario": ""}
        elif where == "view":
            parts |= {"view": textwrap.indent(code, "    "), "scenario": ""}
        path.write_text(TEXT.format(**parts))
        try:
            runs.run(tmp_path / "snippets", name)
        except SnippetError as error:
            return str(error), error.line
        return "", 0

    return snippet
