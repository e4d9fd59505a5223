"""A run that is spread over workers: what they tell the process that began them.

With ``-n``, pytest-xdist collects and runs the tests in processes of their own. The
one that began them hears of each result; what else it must know, each worker tells
at its end. One that dies tells nothing.
"""

import gc

import pytest


class Workers:
    """Tell the workers what they must know, and hear what they have done."""

    def __init__(self, config):
        self.told = {}
        self.started = 0
        self.words = []
        self.given = getattr(config, "workerinput", {}).get("hookbook")
        """What a worker was told; ``None`` for the process that begins the run."""

    @property
    def is_worker(self):
        return self.given is not None

    @property
    def lost(self):
        """How many workers have not come to their end."""
        return self.started - len(self.words)

    @pytest.hookimpl(tryfirst=True)
    def pytest_runtestloop(self):
        """Spare the collector the thousands of tests that stay to the end."""
        gc.freeze()

    @pytest.hookimpl(optionalhook=True)
    def pytest_configure_node(self, node):
        self.started += 1
        node.workerinput["hookbook"] = self.told

    @pytest.hookimpl(optionalhook=True)
    def pytest_testnodedown(self, node, error):
        word = getattr(node, "workeroutput", {}).get("hookbook")
        if error is None and word is not None:
            self.words.append(word)
            if word["refused"]:
                raise pytest.UsageError(word["refused"])
