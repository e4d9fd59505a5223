"""Recording: what Flask did in a request, step by step, as plain data.

`recorder.record` runs a file and returns a `steps.Run`; `steps.as_json` writes it as
``trace.schema.json`` describes. Knows Flask, and nothing of the other rooms.
"""

__all__ = ["masks", "recorder", "snapshots", "steps"]
