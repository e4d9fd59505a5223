"""The locks: they hold what was asked for, each with its hashes."""

import json
import re

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name
from packaging.version import Version

from tests.house.gates.text import Text

LOCK = "run 'make lock'"
NPM_LOCK = "run 'npm install --package-lock-only --ignore-scripts' there"
KINDS = ("dependencies", "devDependencies", "optionalDependencies", "peerDependencies")
LOCKED = ("", "tests/extensions/")
BROWSER = "src/hookbook/browser/requirements.txt"
EXTENSIONS = "src/hookbook/browser/extensions"


def findings(house):
    """Return where what is asked for and what is locked disagree."""
    for folder in LOCKED:
        source = Text(house, f"{folder}requirements.in")
        lock = Text(house, f"{folder}requirements.txt")
        yield from requirements(source, lock, list(direct(source)))
    makefile = Text(house, "Makefile")
    piped = re.findall(r"echo (.+?) \| \$\(BIN\)/uv pip compile", makefile.text)
    wanted = [(makefile.line("echo .* uv pip"), Requirement(name)) for name in piped]
    yield from requirements(makefile, Text(house, BROWSER), wanted)
    asked = list(direct(Text(house, f"{EXTENSIONS}.in")))
    yield from requirements(
        Text(house, f"{EXTENSIONS}.in"), Text(house, f"{EXTENSIONS}.txt"), asked
    )
    for path in sorted(house.glob("*/**/package.json")):
        folder = path.parent.relative_to(house)
        if not {"build", "node_modules", ".tox", ".venv"} & set(folder.parts):
            yield from npm(
                Text(house, f"{folder.as_posix()}/package.json"),
                Text(house, f"{folder.as_posix()}/package-lock.json"),
            )


def direct(file):
    """Yield (line, requirement) of a requirements.in."""
    for number, line in enumerate(file.lines, start=1):
        text = re.sub(r"(^|\s)#.*", "", line).strip()
        if text:
            yield number, Requirement(text)


def requirements(source, lock, asked):
    """Compare the (line, requirement) pairs of `source` with their lock."""
    pins, hashes, needed_by, name = {}, {}, {}, None
    for number, line in enumerate(lock.lines, start=1):
        if line.lstrip().startswith("--hash="):
            if re.fullmatch(r"\s*--hash=sha256:[0-9a-f]{64}( \\)?", line):
                hashes[name] += 1
            else:
                yield lock.says(number, f"this is no sha256: {LOCK}")
        elif match := re.match(
            r"\s+#\s+(?:via\s+)?(\S+(?: \S*requirements\.in)?)$", line
        ):
            if match[1] != "via":
                needed_by[name].append(match[1])
        elif line.strip() and not line.startswith("#"):
            pinned = Requirement(line.removesuffix("\\"))
            name = canonicalize_name(pinned.name)
            exact = re.fullmatch(r"==([^*]+)", str(pinned.specifier))
            if not exact:
                yield lock.says(number, f"{name} is not pinned with '==': {LOCK}")
                continue
            pins.setdefault(name, []).append((number, Version(exact[1])))
            hashes.setdefault(name, 0)
            needed_by.setdefault(name, [])
    for name, found in pins.items():
        if not hashes[name]:
            yield lock.says(found[0][0], f"{name} has no hash: {LOCK}")
    names = {canonicalize_name(wanted.name) for _, wanted in asked}
    for line, wanted in asked:
        found = pins.get(canonicalize_name(wanted.name), [])
        if not found:
            yield source.says(line, f"{wanted.name} is not in {lock.name}: {LOCK}")
        for number, _ in found[:1]:
            parents = needed_by[canonicalize_name(wanted.name)]
            if parents and not any(name.startswith("-r ") for name in parents):
                yield lock.says(
                    number,
                    f"{wanted.name} is there for others only, and {source.name}:{line}"
                    f" asks for it: {LOCK}",
                )
        for number, version in found:
            if not wanted.specifier.contains(version, prereleases=True):
                yield lock.says(
                    number,
                    f"{wanted.name} {version} is not what {source.name}:{line} asks"
                    f" for, '{wanted}': {LOCK}",
                )
    for name, parents in needed_by.items():
        line = pins[name][0][0]
        for parent in parents:
            if parent.startswith("-r "):
                if name not in names:
                    yield lock.says(
                        line, f"{name} is locked, and not in {source.name}: {LOCK}"
                    )
            elif canonicalize_name(parent) not in pins:
                yield lock.says(
                    line, f"{name} is there for {parent}, which is not: {LOCK}"
                )


def npm(package, lock):
    """Compare a package.json with the lock beside it."""
    told = json.loads(package.text)
    if not lock.text:
        yield package.says(1, f"there is no {lock.name}: {NPM_LOCK}")
        return
    locked = json.loads(lock.text)
    packages = locked.get("packages", {})
    root = packages.get("", {})
    for key in ("name", "version"):
        values = {told.get(key), locked.get(key), root.get(key)}
        if len(values) > 1:
            yield lock.says(
                rf'"{key}"', f"{key} is not {told.get(key)!r} everywhere: {NPM_LOCK}"
            )
    if locked.get("lockfileVersion") != 3:
        yield lock.says('"lockfileVersion"', f"lockfileVersion is not 3: {NPM_LOCK}")
    for kind in KINDS:
        asked, kept = told.get(kind, {}), root.get(kind, {})
        for name in sorted(asked.keys() | kept.keys()):
            if asked.get(name) != kept.get(name):
                place = (asked.get(name) and package) or lock
                yield place.says(
                    re.escape(f'"{name}"'),
                    f"{name} is {asked.get(name)!r} in {package.name} and"
                    f" {kept.get(name)!r} in the lock: {NPM_LOCK}",
                )
        for name, version in asked.items():
            entry = packages.get(f"node_modules/{name}")
            where = re.escape(f'"{name}"')
            if not re.fullmatch(r"\d+\.\d+\.\d+\S*", version):
                yield package.says(where, f"{name} is not pinned: name one version")
            elif not entry or entry.get("version") != version:
                there = entry.get("version") if entry else None
                yield package.says(
                    where, f"{name} {version} is locked as {there}: {NPM_LOCK}"
                )
    for path, entry in packages.items():
        if path and not entry.get("integrity", "").startswith("sha512-"):
            yield lock.says(
                re.escape(f'"{path}"'), f"{path} has no sha512 integrity: {NPM_LOCK}"
            )
