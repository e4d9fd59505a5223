"""What README and CONTRIBUTING promise: targets of make, and versions of Flask."""

import configparser
import re

from packaging.version import Version
from tox.config.loader.ini.factor import extend_factors

from tests.house.gates.make import recipes, variables
from tests.house.gates.runs import RUN, TESTS
from tests.house.gates.text import Text

FILES = ("README.md", "CONTRIBUTING.md")
GONE = "put it back"
PROMISE = r"runs on Flask (.+?) and the development version"


def findings(house):
    """Return the promises that the Makefile and tox.ini do not keep."""
    makefile = Text(house, "Makefile")
    targets = recipes(makefile).keys()
    for name in FILES:
        file = Text(house, name)
        for number, target in commands(file):
            if target not in targets:
                yield file.says(
                    number,
                    f"the Makefile has no target '{target}': put it back, or name"
                    " another command",
                )
    yield from environments(house, Text(house, "README.md"), makefile)


def commands(file):
    """Yield (line, target) of each ``make`` that a document names."""
    fenced = False
    for number, line in enumerate(file.lines, start=1):
        if line.lstrip().startswith("```"):
            fenced = not fenced
            continue
        for code in [line] if fenced else re.findall(r"`([^`]+)`", line):
            for words in re.findall(r"(?:^|[\s&;])make((?: +[^\s&;|]+)+)", code):
                for word in words.split():
                    if not re.fullmatch(r"[a-z][a-z-]*", word):
                        break
                    yield number, word


def environments(house, readme, makefile):
    tox = Text(house, "tox.ini")
    parsed = configparser.ConfigParser(interpolation=None)
    parsed.read_string(tox.text)
    listed = {
        name
        for line in parsed.get("tox", "env_list", fallback="").split()
        for name in extend_factors(line)
    }
    deps = parsed.get("testenv", "deps", fallback="")
    promise = re.search(PROMISE, readme.text)
    versions = re.findall(r"\d\.\d+", promise[1] if promise else "")
    if not versions:
        yield readme.says(1, f"nothing says what the corpus '{PROMISE}': put it back")
    promised = f"{readme.name}:{readme.line(PROMISE)} promises it: {GONE}"
    lines = {f"flask{version.replace('.', '')}": version for version in versions}
    for name in sorted(set(re.findall(r"(?m)^(flask\d+):", deps)) - lines.keys()):
        yield readme.says(
            PROMISE, f"tox.ini has '{name}', which is no longer promised: {GONE}"
        )
    number, run = variables(makefile).get("TOXENV", [(1, "")])[0]
    for name in (*lines, "lowest"):
        if name not in listed:
            yield tox.says("^env_list", f"no environment '{name}'; {promised}")
        if name not in run.split(","):
            yield makefile.says(
                number, f"'make matrix' doesn't run '{name}'; {promised}"
            )
    ends = {"lowest", max(lines, default="", key=lambda name: Version(lines[name]))}
    ci = Text(house, RUN)
    asked = re.search(r"(?m)^make .*\bmatrix\b.* TOXENV=(\S+)$", ci.text)
    for name in sorted(ends - set(asked[1].split(",") if asked else ())):
        yield ci.says(
            r"^make .*\bmatrix\b",
            f"'make matrix' is not run with TOXENV=...{name}: add it",
        )
    for name in (*lines, "lowest", "flaskdev"):
        if not any(name in env.split("-")[1:] for env in listed):
            yield tox.says("^env_list", f"no Python for '{name}'; {promised}")
    workflow = Text(house, TESTS)
    for name in sorted(name for name in listed if "-" in name):
        if not re.search(rf"\b{name}\b", workflow.text):
            yield workflow.says(1, f"no job runs the environment '{name}': {GONE}")
    for name, version in lines.items():
        wanted = rf"(?m)^{name}: Flask\[async\]~={re.escape(version)}\."
        if not re.search(wanted, deps):
            yield tox.says(
                "^deps", f"'{name}' doesn't install Flask {version}; {promised}"
            )
