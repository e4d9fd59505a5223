"""The Flask version under test, for claims that differ between versions."""

from importlib.metadata import version

from packaging.version import Version

RELEASE = Version(version("flask")).release
FLASK = RELEASE[:2]

REDIRECT = 303 if FLASK >= (3, 2) else 302
"""The status of a redirect that names none."""
