"""The archive of the site: one folder, nothing for servers, the same bytes."""

import os
import zipfile

import pytest

from hookbook.site import archive

FILES = {
    "index.html": "<p>Home</p>",
    "guide/index.html": "<p>Guide</p>",
    "search.html": "<p>Search</p>",
    "searchindex.js": "Search.setIndex({})",
    "_static/runner/worker.js": "//",
    "_headers": "/\n",
    "404.html": "<p>Nothing</p>",
    "sitemap.xml": "<urlset/>",
}


def site(folder, names=tuple(FILES)):
    for name in names:
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(FILES[name])
    return folder


@pytest.fixture(autouse=True)
def epoch(monkeypatch):
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1767225600")


def test_all_that_is_read_offline_is_in_one_folder(tmp_path):
    target = tmp_path / "hookbook.zip"
    archive.main(site(tmp_path / "html"), target)
    with zipfile.ZipFile(target) as packed:
        assert packed.testzip() is None
        assert packed.namelist() == [
            "hookbook/_static/runner/worker.js",
            "hookbook/guide/index.html",
            "hookbook/index.html",
            "hookbook/search.html",
            "hookbook/searchindex.js",
        ]
        assert {entry.date_time for entry in packed.infolist()} == {
            (2026, 1, 1, 0, 0, 0)
        }
        text = packed.read("hookbook/guide/index.html").decode()
    assert text == FILES["guide/index.html"]


def test_the_same_files_give_the_same_bytes(tmp_path, monkeypatch):
    first = site(tmp_path / "one")
    second = site(tmp_path / "two", reversed(FILES))
    os.utime(second / "index.html", (0, 0))
    (second / "index.html").chmod(0o700)
    archive.main(first, tmp_path / "hookbook.zip")
    one = (tmp_path / "hookbook.zip").read_bytes()
    monkeypatch.setenv("TZ", "Asia/Tokyo")
    archive.main(second, tmp_path / "hookbook.zip")
    assert (tmp_path / "hookbook.zip").read_bytes() == one


@pytest.mark.canary
def test_a_folder_without_a_site_is_refused(tmp_path):
    with pytest.raises(SystemExit, match="run 'make html-strict' first"):
        archive.main(tmp_path, tmp_path / "hookbook.zip")
    assert not (tmp_path / "hookbook.zip").exists()


@pytest.mark.canary
def test_another_date_gives_other_bytes(tmp_path, monkeypatch):
    target = tmp_path / "hookbook.zip"
    archive.main(site(tmp_path / "html"), target)
    one = target.read_bytes()
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1767312000")
    archive.main(tmp_path / "html", target)
    assert target.read_bytes() != one
