"""The release of Flask under test, to its patch: some changes came in one."""

from importlib.metadata import version

from packaging.version import Version

RELEASE = Version(version("flask")).release


def since(*release):
    """Tell whether the Flask under test has what came in *release*."""
    return release <= RELEASE
