"""What views do."""

import sqlite3

from flask import Flask

from tests.bench.hooks.cases.case import case

ROWS = 100


@case(f"the view reads {ROWS} rows from SQLite, in memory")
def view_query():
    app = Flask(__name__)
    connection = sqlite3.connect(":memory:", check_same_thread=False)
    connection.execute("create table peaks (name text, height integer)")
    rows = [(f"Peak {number}", number) for number in range(ROWS)]
    connection.executemany("insert into peaks values (?, ?)", rows)

    @app.get("/")
    def index():
        found = connection.execute("select name, height from peaks order by height")
        return str(len(found.fetchall()))

    return app


@case(f"the view returns {ROWS} rows as JSON")
def view_json():
    app = Flask(__name__)
    peaks = [{"name": f"Peak {number}", "height": number} for number in range(ROWS)]
    app.add_url_rule("/", "index", lambda: peaks)
    return app


@case(f"the view renders a template with {ROWS} rows")
def view_template():
    app = Flask(__name__)
    peaks = [{"name": f"Peak {number}", "height": number} for number in range(ROWS)]
    page = (
        "<table>{% for peak in peaks %}"
        "<tr><th>{{ peak.name }}</th><td>{{ peak.height }}</td></tr>"
        "{% endfor %}</table>"
    )
    template = app.jinja_env.from_string(page)
    app.add_url_rule("/", "index", lambda: template.render(peaks=peaks))
    return app
