"""The card of shared links is a picture that every reader of PNG can read."""

import os
import struct
import subprocess
import sys
import zlib
from pathlib import Path

import pytest

from hookbook.site import card

ROOT = Path(__file__).parents[2]
MOST = 100_000


def chunks(png):
    """Yield the kind and the content of each part of a PNG, as its sum says."""
    assert png[:8] == b"\x89PNG\r\n\x1a\n"
    place = 8
    while place < len(png):
        (length,) = struct.unpack(">I", png[place : place + 4])
        body = png[place + 4 : place + 8 + length]
        (told,) = struct.unpack(">I", png[place + 8 + length : place + 12 + length])
        assert told == zlib.crc32(body), body[:4]
        yield body[:4], body[4:]
        place += 12 + length


@pytest.mark.browser
def test_the_command_draws_a_card_that_says_what_it_was_drawn_from(tmp_path):
    file = tmp_path / "card.png"
    subprocess.run(
        [sys.executable, "-m", "hookbook.site.card", file],
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": str(ROOT / "src")},
        check=True,
    )
    drawn = file.read_bytes()
    committed = (ROOT / "docs" / "_static" / "card.png").read_bytes()
    for png in (drawn, committed):
        assert len(png) < MOST
        (first, header), *others = chunks(png)
        assert first == b"IHDR"
        assert struct.unpack(">II", header[:8]) == (card.WIDTH, card.HEIGHT)
        assert [kind for kind, _ in others][:1] == [b"tEXt"]
        assert others[-1][0] == b"IEND"
        assert card.source(card.page(ROOT)) in png
