"""The recorder tells, step by step, what Flask did, on every Flask and Python.

The apps are in ``fixtures/recorder``. What differs between versions is said here.
Nothing here needs Sphinx: the matrix runs this file too.
"""
