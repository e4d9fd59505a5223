"""The gates, read as files: what each must say, and what would silence it.

Each module has a function that takes the folder of a house and returns its findings:
file, line, what is wrong, what to do.
"""

from tests.house.gates import (
    approved,
    comments,
    hidden,
    lint,
    locks,
    make,
    promises,
    runs,
    site,
    tox,
)

CHECKS = (
    site.findings,
    make.findings,
    runs.findings,
    tox.findings,
    lint.findings,
    comments.findings,
    locks.findings,
    promises.findings,
    hidden.findings,
    approved.findings,
)


def findings(house):
    """Return all that is wrong with the gates of the house in the folder `house`."""
    return [found for check in CHECKS for found in check(house)]
