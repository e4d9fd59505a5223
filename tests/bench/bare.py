"""Import each snippet, run its scenario, compare: the least that a run can cost."""

import importlib
import io
import re
import sys
from contextlib import redirect_stdout
from pathlib import Path
from textwrap import dedent

BLOCK = re.compile(
    r"^\.\. (?P<kind>testcode|testoutput)::\n"
    r"(?P<options>(?: +:\w+:.*\n)*)(?P<body>(?: +\S.*\n|\s*\n)*)",
    re.MULTILINE,
)
SKIP = re.compile(r":skipif: (.*)")


def same(text):
    """Return what of an output counts."""
    return text.replace("<BLANKLINE>", "").split()


def run(path, module):
    """Run the blocks of one scenario in the names of its module."""
    names = dict(vars(module))
    rest = module.__doc__.partition("\n")[2]
    printed, wanted = None, []
    for block in BLOCK.finditer(dedent(rest) + "\n"):
        skip = SKIP.search(block["options"])
        if skip and eval(skip[1], names):
            continue
        if block["kind"] == "testoutput":
            wanted.append(same(block["body"]))
            assert same(printed) == wanted[-1], f"{path}: {printed}"
            continue
        with redirect_stdout(io.StringIO()) as output:
            exec(compile(dedent(block["body"]), str(path), "exec"), names)
        printed = output.getvalue()
    assert wanted, f"{path} has no scenario"


def main():
    sys.path.insert(0, str(Path.cwd()))
    count = 0
    for path in sorted(Path("snippets").rglob("*.py")):
        if path.name == "__init__.py":
            continue
        module = importlib.import_module(".".join(path.with_suffix("").parts))
        run(path, module)
        count += 1
    print(f"{count} scenarios")


if __name__ == "__main__":
    main()
