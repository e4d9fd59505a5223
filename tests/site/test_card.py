"""The card of shared links: drawn from the run of today, and from nothing by hand."""

import subprocess
import sys
from pathlib import Path

import pytest

from hookbook.site import card

ROOT = Path(__file__).parents[2]
COMMITTED = ROOT / "docs" / "_static" / "card.png"


def test_the_committed_card_was_drawn_from_the_present_page():
    assert card.source(card.page(ROOT)) in COMMITTED.read_bytes(), "run make mark"


@pytest.mark.canary
def test_a_card_of_another_page_is_told():
    page = card.page(ROOT).replace("add_security_headers", "add_headers")
    assert card.source(page) not in COMMITTED.read_bytes()


def test_a_card_that_is_up_to_date_needs_no_browser(tmp_path):
    file = tmp_path / "card.png"
    file.write_bytes(COMMITTED.read_bytes())
    told = subprocess.run(
        [sys.executable, "-m", "hookbook.site.card", file],
        cwd=ROOT,
        env={"PYTHONPATH": str(ROOT / "src"), "PATH": ""},
        capture_output=True,
        text=True,
    )
    assert (told.returncode, told.stdout, told.stderr) == (0, "", "")
    assert file.read_bytes() == COMMITTED.read_bytes()


def test_without_a_browser_the_command_says_what_to_install(monkeypatch):
    monkeypatch.setenv("PATH", "")
    with pytest.raises(RuntimeError, match="apt-get install chromium"):
        card.photograph("")
