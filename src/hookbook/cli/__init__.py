"""The commands for an application of one's own: `flask hooks` and `flask trace`.

`flask_commands` has both, as Flask's command line finds them; `python -m hookbook`
traces the scenario of a file. Needs Flask alone; a report in HTML needs docutils and
Pygments as well.
"""

__all__ = ["flask_commands", "reports", "scenario_files"]
