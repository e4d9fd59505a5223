"""Import what every process of a run needs before it meets its own Flask."""

from importlib import import_module

from _pytest.config import default_plugins

# Flask's and the corpus's, as far as they don't import Flask themselves.
LIBRARIES = """
asgiref.sync blinker click.testing concurrent.futures.thread encodings.idna
importlib.metadata itsdangerous jinja2.ext logging.config packaging.version pdb
platformdirs readline secrets stringprep unittest uuid werkzeug.datastructures
werkzeug.debug werkzeug.formparser werkzeug.local werkzeug.routing werkzeug.serving
werkzeug.test werkzeug.wrappers
"""

for library in LIBRARIES.split():
    import_module(library)
for plugin in default_plugins:
    import_module(f"_pytest.{plugin}")
