"""The same sources give the same bytes, wherever and whenever they are built."""


def files(folder):
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file()
    }


def test_two_builds_are_identical(site, site_again):
    first, second = files(site), files(site_again)
    assert set(first) == set(second)
    assert len([name for name in first if name.endswith(".html")]) >= 5
    assert len(first) >= 40
    assert [name for name in first if first[name] != second[name]] == []


def test_no_file_knows_where_it_was_built(site, site_again, pytestconfig):
    places = [site, site_again, pytestconfig.rootpath]
    places = [str(place).encode() for place in places]
    for folder in site, site_again:
        for name, content in files(folder).items():
            assert not any(place in content for place in places), name
