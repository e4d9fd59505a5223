"""The outputs of other versions: each has a Flask that prints it, and a run.

What ``:skipif:`` says is computed for each release of the lines that tox.ini names,
without installing them: the condition may depend on versions only.
"""

import ast
import configparser
import dataclasses
import functools
import itertools
import re
from types import SimpleNamespace

from tox.config.loader.ini.factor import extend_factors

PYTHONS = ((3, 10), (3, 11), (3, 12), (3, 13))
# Without a Python in its name, an environment takes one of these.
ANY_PYTHON = PYTHONS[1:]
# Environments of single releases.
OUTPUTS = "testenv:outputs-"
NEWEST_BLINKER = "1.9.0"


@dataclasses.dataclass(frozen=True)
class Versions:
    """What a condition can ask for."""

    flask: str
    python: tuple[int, int]
    blinker: str


@dataclasses.dataclass(frozen=True)
class Output:
    """A testoutput: its condition, and the number of the testcode before it."""

    line: int
    condition: str
    code: int


def supported(tox_ini):
    """Return all versions that readers may have, and those that tox runs."""
    tox = configparser.ConfigParser(interpolation=None)
    tox.read_string(tox_ini)
    deps = tox["testenv"]["deps"]
    newest = dict(re.findall(r"(?m)^(flask\d+): Flask\[async\]~=(\S+)", deps))
    (lowest,) = re.findall(r"(?m)^lowest: Flask\[async\]==(\S+)", deps)
    (oldest_blinker,) = re.findall(r"(?m)^lowest: blinker==(\S+)", deps)
    outputs = "".join(
        tox[section]["deps"] for section in tox if section.startswith(OUTPUTS)
    )
    single = dict(re.findall(r"(?m)^(flask\d+): Flask\[async\]==(\S+)", outputs))
    # The line after the newest.
    major, minor, _ = max(numbers(version) for version in newest.values())
    development = f"{major}.{minor + 1}.0.dev0"
    flasks = newest | single | {"lowest": lowest, "flaskdev": development}

    releases = [development]
    for version in newest.values():
        major, minor, patch = numbers(version)
        releases += [f"{major}.{minor}.{n}" for n in range(patch + 1)]
    blinkers = (oldest_blinker, NEWEST_BLINKER)
    everything = [
        Versions(*all_of) for all_of in itertools.product(releases, PYTHONS, blinkers)
    ]
    run = []
    for line in tox["tox"]["env_list"].split():
        for name in extend_factors(line):
            factors = name.split("-")
            (flask,) = [flasks[f] for f in factors if f in flasks] or [None]
            pythons = [(3, int(f[3:])) for f in factors if f.startswith("py3")]
            blinker = oldest_blinker if "lowest" in factors else NEWEST_BLINKER
            if flask:
                run += [Versions(flask, p, blinker) for p in pythons or ANY_PYTHON]
    return everything, run


def numbers(version):
    return tuple(map(int, re.findall(r"\d+", version)[:3]))


def outputs(source):
    """Return the testoutputs in the docstring of a snippet."""
    tree = ast.parse(source)
    first = tree.body[0]
    found, code = [], 0
    lines = (ast.get_docstring(tree, clean=False) or "").splitlines()
    for number, line in enumerate(lines, start=first.lineno):
        if re.match(r"\s*\.\. testcode::", line):
            code += 1
        elif re.match(r"\s*\.\. testoutput::", line):
            found.append(Output(number, "", code))
        elif (match := re.match(r"\s+:skipif:\s*(.*)", line)) and found:
            found[-1] = dataclasses.replace(
                found[-1], line=number, condition=match[1].strip()
            )
    return found


@functools.cache
def assigned(source):
    """Return the values that the top level of a module gives to single names."""
    return {
        node.targets[0].id: ast.Expression(node.value)
        for node in ast.parse(source).body
        if isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Name)
    }


@functools.cache
def parsed(condition):
    return ast.parse(condition, mode="eval")


@functools.cache
def compiled(expression):
    return compile(expression, "<condition>", "eval")


def holds(source, condition, versions):
    """Compute a condition where there are these versions.

    :raises LookupError: if it needs a name that is made of something else.
    """
    installed = {"flask": versions.flask, "blinker": versions.blinker}
    made = {
        "version": lambda name: installed[name.lower()],
        "sys": SimpleNamespace(version_info=versions.python),
        "re": re,
        "tuple": tuple,
        "map": map,
        "int": int,
    }

    def value(expression):
        for node in ast.walk(expression):
            if isinstance(node, ast.Name) and node.id not in made:
                made[node.id] = value(assigned(source)[node.id])
        return eval(compiled(expression), {"__builtins__": {}}, made)

    return bool(value(parsed(condition)))


def findings(name, source, everything, run):
    """Return what is wrong with the outputs of one snippet."""
    found = outputs(source)
    skipped = {}
    for output in found:
        try:
            skipped[output] = {
                versions: holds(source, output.condition or "False", versions)
                for versions in everything
            }
        except Exception as error:
            yield (
                f"{name}:{output.line}: '{output.condition}' depends on more than"
                f" versions ({error}): compare FLASK, RELEASE or sys.version_info"
            )
            return
    for output in found:
        if not output.condition:
            continue
        told = skipped[output]
        where = f"{name}:{output.line}: '{output.condition}'"
        if all(told.values()):
            yield f"{where} holds everywhere: no Flask prints this output, remove it"
        elif not any(told.values()):
            yield f"{where} holds nowhere: every Flask prints this, remove it"
        elif all(told[versions] for versions in run):
            example = next(v.flask for v in everything if not told[v])
            yield (
                f"{where} skips this output in every environment of tox.ini: add one,"
                f" such as of Flask {example}, or remove the output"
            )
    for code in sorted({output.code for output in found}):
        of_code = [output for output in found if output.code == code]
        for versions in everything:
            left = [output for output in of_code if not skipped[output][versions]]
            if len(left) != 1:
                yield (
                    f"{name}:{of_code[0].line}: on Flask {versions.flask} with Python"
                    f" {'.'.join(map(str, versions.python))}, {len(left)} outputs are"
                    " expected: let the conditions leave one"
                )
                break


# What tests.behaviour.versions says, of any version.
KNOWN = """
RELEASE = tuple(map(int, re.findall(r"\\d+", version("flask"))[:3]))
FLASK = RELEASE[:2]
"""


def skips(source):
    """Return the line and the condition of each mark that skips tests of a file."""
    return [
        (node.lineno, ast.unparse(node.args[0]))
        for node in ast.walk(ast.parse(source))
        if isinstance(node, ast.Call) and ast.unparse(node.func).endswith(".skipif")
        if node.args
    ]


def skip_findings(name, source, everything, run):
    """Return the skips that do not depend on versions alone, or leave no test."""
    for line, condition in skips(source):
        where = f"{name}:{line}: '{condition}'"
        try:
            told = [holds(KNOWN + source, condition, versions) for versions in run]
            ever = [holds(KNOWN + source, condition, v) for v in everything]
        except Exception as error:
            yield (
                f"{where} depends on more than versions ({error}): compare FLASK,"
                " RELEASE or sys.version_info"
            )
            continue
        if all(told):
            yield f"{where} skips the test in every environment: let it run in one"
        elif not any(ever):
            yield f"{where} skips nothing: remove it"
