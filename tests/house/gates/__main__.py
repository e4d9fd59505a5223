"""``python -m tests.house.gates 'the reason'``: approve the gates as they are."""

import sys

from tests.house.copies import ROOT
from tests.house.gates import approved

if len(sys.argv) != 2 or len(sys.argv[1].split()) < 2:
    sys.exit("Say in a few words why the gates change.")
approved.write(ROOT, sys.argv[1])
