"""The mutation engine: what it changes, and what it takes for killed."""

import ast

import pytest

from tests.mutants.corpus import Corpus
from tests.mutants.source import mutants_of

# One function, the operators that apply to it, and what each makes of it.
OPERATORS = [
    ("if a: b()", "condition", {"(not (a))", "True", "False"}),
    ("while a: b()", "condition", {"(not (a))", "True", "False"}),
    ("[x for x in a if x]", "condition", {"(not (x))", "True", "False"}),
    ("b(1 if a else 2)", "condition", {"(1)", "(2)"}),
    ("b(a is None)", "compare", {"a is not None"}),
    ("b(a in c)", "compare", {"a not in c"}),
    ("b(1 < a < c)", "compare", {"1 <= a < c", "1 < a <= c"}),
    ("b(not a)", "negate", {"(a)"}),
    ("b(a or c)", "boolean", {"(a) and (c)", "((a))", "((c))"}),
    ("b(a + c)", "binary", {"a - c", "a", "c"}),
    ("b(True)", "constant", {"False"}),
    ("b(None)", "constant", {"'mutant'"}),
    ("b(7)", "constant", {"8"}),
    ("b('key')", "constant", {"'XXkey'"}),
    ("b(f'{a}!{c}')", "text", {"'mutant'", "f'!{c}'", "f'{a}!'"}),
    ("b(a, c=1)", "argument", {"b(c=1)", "b(a)"}),
    ("b(a, *c, **d)", "argument", {"b(*c, **d)", "b(a, **d)", "b(a, *c)"}),
    ("b(reversed(a))", "unwrap", {"(a)", "(reversed(a))"}),
    ("b(a.copy())", "unwrap", {"a", "(a.copy())"}),
    ("b((a, *c))", "items", {"(*c,)", "(a,)", "(*c, a)"}),
    ("b({a, c})", "items", {"{c}", "{a}"}),
    ("b({'x': a, 'y': c})", "items", {"{'y': c}", "{'x': a}"}),
    ("a, c = b", "items", {"(c, a)"}),
    ("for x in a: b()", "loop", {"()", "list(a)[:1]"}),
    ("for x in a: break", "jump", {"continue"}),
    ("for x in a: continue", "jump", {"break"}),
    ("b()", "delete-statement", {"pass"}),
    ("a = b", "delete-statement", {"pass"}),
    ("a = b", "assign-none", {"None"}),
    ("a = c = b", "drop-target", {"c = b", "a = b"}),
    ("a += b", "augmented", {"a = b", "a -= b"}),
    ("if a: return b\n    c()", "return-none", {"None"}),
    ("if a: return b\n    c()", "delete-statement", {"pass"}),
    ("raise KeyError(a)", "raise-other", {"Exception"}),
    ("raise a", "delete-statement", {"pass"}),
    ("with a, c: b()", "drop-context", {"with c", "with a"}),
    ("with a: b()", "drop-context", {"if True"}),
    ("lambda: a", "return-none", {"lambda: None"}),
    ("yield a", "yield-none", {"yield None"}),
    ("try:\n        a()\n    except KeyError:\n        b()", "except-nothing", {"()"}),
    (
        "try:\n        a()\n    except KeyError:\n        b()",
        "except-wider",
        {"Exception"},
    ),
]


def replacements(source, operator, targets=("f",)):
    mutants = mutants_of("toy.py", source, targets)
    return [m.id.partition(" -> ")[2] for m in mutants if m.operator == operator]


@pytest.mark.parametrize(("body", "operator", "expected"), OPERATORS)
def test_operator_yields_the_expected_mutants(body, operator, expected):
    source = f"def f(a, c, d):\n    {body}\n"
    found = replacements(source, operator)
    # Deleting a whole statement is tried along with what is inside of it.
    found = {text.removesuffix(" #2") for text in found}
    assert expected <= found
    if operator not in ("delete-statement", "argument", "unwrap"):
        assert found == expected
    for mutant in mutants_of("toy.py", source, ["f"]):
        assert ast.dump(ast.parse(mutant.after)) != ast.dump(ast.parse(source))


def test_no_mutant_is_an_identity_that_python_warns_of():
    source = "def f(a):\n    return a.get('x') is a.get(None)\n"
    assert replacements(source, "unwrap") == ["(None)"]
    assert replacements(source, "constant") == ["'XXx'", "'mutant'"]


def test_decorators_and_defaults_are_mutated():
    source = "@cache\ndef f(a=True, *, c=1):\n    return a\n"
    assert replacements(source, "remove-decorator") == ["nothing"]
    assert replacements(source, "constant") == ["False", "2"]


def test_finally_is_collapsed_in_both_ways():
    source = "def f():\n    try:\n        a()\n    finally:\n        b()\n"
    texts = [m.after for m in mutants_of("toy.py", source, ["f"])]
    assert "def f():\n    if True:\n        a()\n    if True:\n        b()\n" in texts
    only_errors = (
        "def f():\n    try:\n        a()\n    except BaseException:\n        b()\n"
        "        raise\n"
    )
    assert only_errors in texts


@pytest.mark.parametrize(
    "source",
    [
        'def f():\n    """Say it."""\n',
        "def f(a: 'int' = x) -> None:\n    assert a, 'why'\n",
        "def f():\n    import json\n",
        "def f(a):\n    a = t.cast(str, a)\n",
        "@t.overload\ndef f(a=1): return 2\ndef f(): pass\n",
    ],
)
def test_what_does_nothing_is_not_mutated(source):
    assert mutants_of("toy.py", source, ["f"]) == []


def test_order_of_types_is_not_mutated():
    found = replacements("def f(a): isinstance(a, (b, c))", "items")
    assert found == ["(c,)", "(b,)"]


def test_only_the_targets_are_mutated():
    source = (
        "flag = True\n"
        "def f(): return a\n"
        "class C:\n"
        "    flag = True\n"
        "    def g(self):\n"
        "        def inner(): return a\n"
        "    def h(self): return a\n"
    )

    def functions(*targets):
        return {m.function for m in mutants_of("toy.py", source, targets)}

    assert functions("f") == {"f"}
    assert functions("C") == {"C", "C.g.inner", "C.h"}
    assert functions("C.g") == {"C.g.inner"}
    assert functions("<module>") == {"<module>"}
    with pytest.raises(LookupError, match=r"^C\.gone$"):
        functions("f", "C.gone")


def test_id_of_a_mutant_is_stable_against_line_shifts():
    source = "def f():\n    b(1)\n    b(1)\n"
    shifted = "# A line more.\n\n\n" + source
    before = [m.id for m in mutants_of("toy.py", source, ["f"])]
    after = [m.id for m in mutants_of("toy.py", shifted, ["f"])]
    assert before == after
    assert len(set(before)) == len(before)
    assert "toy.py: f: constant: 1 -> 2 #2" in before


def test_diff_shows_the_line_that_is_changed():
    mutant = next(
        m
        for m in mutants_of("toy.py", "def f():\n    x = 1\n", ["f"])
        if m.operator == "constant"
    )
    assert (mutant.line, mutant.function) == (2, "f")
    assert "-    x = 1\n+    x = 2" in mutant.diff()


# Running a corpus.

TOY = """\
def double(number):
    if number > 1000:
        log = "large"
    return 2 * number


def count(limit):
    while limit > 0:
        limit = limit - 1
    return limit


answer = double(21)
"""
TESTS = """\
import toy


def test_double():
    assert toy.double(2) == 4


def test_count():
    assert toy.count(1) == 0
"""


ORDER = """\
import toy

seen = []


def test_first():
    seen.append(toy.count(2))


def test_second():
    assert seen == [0]
"""
RED = """\
def pytest_sessionfinish(session):
    session.exitstatus = 1
"""
APART = """\
import subprocess
import sys


def test_other_process():
    subprocess.run([sys.executable, "-c", "import sys"], check=True)
"""


@pytest.fixture
def house(tmp_path, monkeypatch):
    """A package of one module, and a corpus of one file."""
    package = tmp_path / "installed" / "toy"
    package.mkdir(parents=True)
    (package / "__init__.py").write_text(TOY)
    (tmp_path / "tests").mkdir()
    (tmp_path / "tests" / "test_toy.py").write_text(TESTS)
    monkeypatch.syspath_prepend(package.parent)
    return Corpus("toy", ["tests"], tmp_path, cpu_limit=20, wall_limit=20)


def find(operator, text, targets=("double", "count", "<module>")):
    (mutant,) = (
        m
        for m in mutants_of("__init__.py", TOY, targets)
        if m.operator == operator and m.id.endswith(text)
    )
    return mutant


def test_corpus_passes_on_the_copy_of_the_package(house):
    outcome = house.run()
    assert (outcome.verdict, outcome.tests) == ("survived", 2), outcome.detail
    assert outcome.cpu > 0


def test_killed_and_surviving_mutants_are_told_apart(house):
    killed = house.run(find("constant", "2 -> 3"))
    assert killed.killed
    assert (killed.verdict, killed.tests) == ("killed by a test", 1)
    assert killed.test == "tests/test_toy.py::test_double"
    assert not house.run(
        find("constant", "'large' -> 'XXlarge'".replace("'", '"', 2))
    ).killed
    assert (house.root / "installed/toy/__init__.py").read_text() == TOY


def test_mutant_that_cannot_be_imported_is_killed(house):
    outcome = house.run(find("argument", "double(21) -> double()"))
    assert outcome.killed
    assert outcome.verdict == "killed at import"


def test_mutant_that_hangs_is_killed_by_the_time_limit(house):
    house.cpu_limit = 1
    outcome = house.run(find("condition", "limit > 0 -> True"))
    assert outcome.killed
    assert outcome.verdict == "killed by the time limit"


def test_test_that_starts_another_process_runs_on_no_mutant(house):
    """The other process imports the package as it is."""
    (house.root / "tests" / "test_apart.py").write_text(APART)
    outcome = house.run()
    assert (outcome.verdict, outcome.tests) == ("survived", 3), outcome.detail
    assert outcome.apart == ["tests/test_apart.py::test_other_process"]
    killed = house.run(find("constant", "2 -> 3"))
    assert (killed.test, killed.tests) == ("tests/test_toy.py::test_double", 1)


@pytest.mark.parametrize(
    "killers",
    [
        {"__init__.py": ["tests/test_toy.py::test_count"]},
        {
            "__init__.py": ["tests/test_toy.py::test_double"],
            "__init__.py: count": ["tests/test_toy.py::test_count"],
        },
    ],
)
def test_killers_of_a_function_and_then_of_its_module_are_tried_first(house, killers):
    house.killers = killers
    killed = house.run(find("condition", "limit > 0 -> False"))
    assert (killed.test, killed.tests) == ("tests/test_toy.py::test_count", 1)


@pytest.mark.parametrize(
    ("tests", "killer"),
    [
        ("tests/test_toy.py::test_gone", None),
        ("tests/test_order.py::test_second", "tests/test_order.py::test_second"),
    ],
)
def test_test_that_fails_alone_is_not_tried_first(house, tests, killer):
    """It would kill whatever comes next: this mutant changes nothing."""
    (house.root / "tests" / "test_order.py").write_text(ORDER)
    assert house.run().verdict == "survived"
    assert not house.passes_alone(tests)
    assert house.passes_alone("tests/test_toy.py::test_double")
    killed = house.run(find("condition", "limit > 0 -> False"))
    assert killed.test == "tests/test_order.py::test_second"
    assert house.killers == {"__init__.py": [], "__init__.py: count": []}
    alive = house.run(find("constant", "1000 -> 1001"))
    assert alive.verdict == "survived", alive


def test_red_run_in_which_no_test_failed_is_no_kill(house):
    """Something else is wrong with it, so it says nothing about the mutant."""
    (house.root / "conftest.py").write_text(RED)
    outcome = house.run(find("constant", "2 -> 3"))
    assert (outcome.verdict, outcome.killed) == ("killed by a test", True)
    outcome = house.run(find("constant", "1000 -> 1001"))
    assert (outcome.verdict, outcome.killed) == ("not run", False)
    assert outcome.detail == "The run is red, and no test failed."


def test_corpus_without_tests_is_no_proof(house):
    (house.root / "tests" / "test_toy.py").write_text("")
    outcome = house.run(find("constant", "2 -> 3"))
    assert not outcome.killed
    assert outcome.verdict == "not run"
