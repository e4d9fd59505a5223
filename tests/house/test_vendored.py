"""Libraries that are committed, so that a clone builds without npm's registry.

They are what the lock of npm names, byte for byte, with their licences.
"""

import json
import shutil
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
VENDOR = ROOT / "docs" / "_static" / "vendor"
PACKAGES = ROOT / "build" / "tools" / "node_modules"
BROWSER = ROOT / "src" / "hookbook" / "browser"
# Each committed file, and the file of the package that it is a copy of.
COPIES = {
    "minisearch/minisearch.js": "minisearch/dist/umd/index.js",
    "minisearch/LICENSE.txt": "minisearch/LICENSE.txt",
}


def differences(vendor, packages):
    """Return the committed files that are not what the package has."""
    if not packages.is_dir():
        pytest.fail("npm's packages are missing: make lint-scripts installs them")
    return [
        name
        for name, source in COPIES.items()
        if (vendor / name).read_bytes() != (packages / source).read_bytes()
    ]


def test_each_library_is_known_and_locked():
    files = {p.relative_to(VENDOR).as_posix() for p in VENDOR.rglob("*.*")}
    assert files == set(COPIES)
    package = json.loads((BROWSER / "package.json").read_text("utf-8"))
    lock = json.loads((BROWSER / "package-lock.json").read_text("utf-8"))
    for name in {copy.partition("/")[0] for copy in COPIES}:
        locked = lock["packages"][f"node_modules/{name}"]
        assert locked["version"] == package["devDependencies"][name]
        assert locked["license"] == "MIT"
        assert f"{name}/LICENSE.txt" in COPIES


@pytest.mark.tools
def test_each_library_is_what_the_lock_names():
    assert differences(VENDOR, PACKAGES) == []


@pytest.mark.canary
@pytest.mark.tools
def test_a_changed_library_is_found(tmp_path):
    shutil.copytree(VENDOR, tmp_path / "vendor")
    with (tmp_path / "vendor" / "minisearch" / "minisearch.js").open("a") as file:
        file.write("\n")
    assert differences(tmp_path / "vendor", PACKAGES) == ["minisearch/minisearch.js"]
