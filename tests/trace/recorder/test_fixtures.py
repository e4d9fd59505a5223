"""Each app in ``fixtures/recorder`` has a test."""

from pathlib import Path

from tests.trace.recorder.lanes import APPS


def test_every_fixture_has_its_test():
    files = sorted(Path(__file__).parent.glob("test_*.py"))
    tests = "".join(file.read_text(encoding="utf-8") for file in files)
    assert len(APPS) >= 19
    assert [name for name in APPS if f'("{name}")' not in tests] == []
