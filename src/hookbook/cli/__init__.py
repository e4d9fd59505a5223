"""The commands for your own application: `flask hooks` and `flask trace`.

`flask_commands` defines both for Flask's command line; `python -m hookbook` traces
the scenario of a file. Needs only Flask; a report in HTML also needs docutils and
Pygments.
"""

__all__ = ["flask_commands", "reports", "scenario_files"]
