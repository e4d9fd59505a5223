"""Recording: what Flask did in a request, step by step, as plain data.

`recorder.record` runs a file and returns a `steps.Run`; `steps.as_json` writes it as
``trace.schema.json`` describes. `functions.registered_with`
lists all that is registered with an application. Knows Flask, and nothing of the other
rooms.
"""

__all__ = ["functions", "masks", "recorder", "snapshots", "steps"]
