"""The same sources give the same bytes, wherever and whenever they are built."""

import pytest

from tests.conftest import build_site


def files(folder):
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file()
    }


@pytest.fixture(scope="module")
def again(tmp_path_factory):
    """Build the site once more: another folder, another order of sets."""
    return build_site(tmp_path_factory.mktemp("elsewhere") / "deep", PYTHONHASHSEED="7")


def test_two_builds_are_identical(site, again):
    first, second = files(site), files(again)
    assert set(first) == set(second)
    assert len([name for name in first if name.endswith(".html")]) >= 5
    assert len(first) >= 40
    assert [name for name in first if first[name] != second[name]] == []


def test_no_file_knows_where_it_was_built(site, again, pytestconfig):
    places = [str(place).encode() for place in (site, again, pytestconfig.rootpath)]
    for folder in site, again:
        for name, content in files(folder).items():
            assert not any(place in content for place in places), name
