"""An app class whose methods note where they begin and end."""

from flask import Flask


def noting_class(names, steps):
    """Return a subclass of Flask that overrides the methods `names`."""

    def surrounded(name):
        def method(self, *ctx, **kwargs):
            steps.append(f"<{name}")
            try:
                return getattr(Flask, name)(self, *ctx, **kwargs)
            finally:
                steps.append(f"{name}>")

        # Flask 3.2 looks its own method up by this name.
        method.__name__ = name
        return method

    return type("Shop", (Flask,), {name: surrounded(name) for name in names})
