"""Hookbook: recording what Flask does, explaining it, and proving pages with it.

Each package is a room and may know the rooms below it: `site` and `browser`, then
`corpus`, `explain`, `trace`. CONTRIBUTING.md has the drawing.
"""
