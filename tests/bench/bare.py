"""Import each snippet, run its scenario, compare: the least that a run can cost."""

import importlib
import io
import sys
from contextlib import redirect_stdout
from pathlib import Path
from textwrap import dedent


def main():
    sys.path.insert(0, str(Path.cwd()))
    count = 0
    for path in sorted(Path("snippets").rglob("*.py")):
        if path.name == "__init__.py":
            continue
        module = importlib.import_module(".".join(path.with_suffix("").parts))
        code, _, rest = module.__doc__.partition(".. testcode::")[2].partition(
            ".. testoutput::"
        )
        with redirect_stdout(io.StringIO()) as output:
            exec(compile(dedent(code), str(path), "exec"), dict(vars(module)))
        assert output.getvalue().strip() == dedent(rest).strip(), path
        count += 1
    print(f"{count} scenarios")


if __name__ == "__main__":
    main()
