"""What keeps a behaviour test from proving its claim is found by reading it."""

import ast
from pathlib import Path

import pytest

from hookbook.corpus.unproven import faults, in_folder

BEHAVIOUR = Path(__file__).parents[1] / "behaviour"
KEEPS = "keeps a test from proving its claim"
CONDITION = "a skip needs a condition on versions"

REFUSED = {
    "mark": ("@pytest.mark.skip\n{test}", KEEPS, 1),
    "mark with a reason": ("@pytest.mark.skip(reason='slow')\n{test}", KEEPS, 1),
    "xfail": ("@pytest.mark.xfail\n{test}", KEEPS, 1),
    "strict xfail": ("@pytest.mark.xfail(strict=True)\n{test}", KEEPS, 1),
    "body": ("{test}    pytest.skip('later')\n", KEEPS, 4),
    "body that fails": ("{test}    pytest.xfail('known')\n", KEEPS, 4),
    "exit": ("{test}    pytest.exit('enough', returncode=0)\n", KEEPS, 4),
    "module": ("pytest.skip('all', allow_module_level=True)\n{test}", KEEPS, 1),
    "module mark": ("pytestmark = pytest.mark.skip\n{test}", KEEPS, 1),
    "module marks": ("pytestmark = [pytest.mark.skip('x')]\n{test}", KEEPS, 1),
    "import": ("redis = pytest.importorskip('redis')\n{test}", KEEPS, 1),
    "imported name": ("from pytest import skip\nskip('x')\n{test}", KEEPS, 2),
    "parameter": (
        "@pytest.mark.parametrize('x', [pytest.param(1, marks=pytest.mark.skip)])\n"
        "def test_it(x):\n    '''Claim.'''\n",
        KEEPS,
        1,
    ),
    "unittest": ("@unittest.skip('x')\n{test}", KEEPS, 1),
    "condition": ("@pytest.mark.skipif(True, reason='x')\n{test}", CONDITION, 1),
    "system": (
        "@pytest.mark.skipif(os.name == 'nt', reason='Windows')\n{test}",
        CONDITION,
        1,
    ),
    "no condition": ("@pytest.mark.skipif(reason='x')\n{test}", CONDITION, 1),
    "fixture": ("@pytest.fixture\n{test}", "'test_it' is a fixture", 2),
    "fixture with options": ("@pytest.fixture(name='x')\n{test}", "is a fixture", 2),
    "no docstring": ("def test_it():\n    assert 1\n", "'test_it' claims nothing", 1),
    "empty docstring": ("def test_it():\n    ''\n", "'test_it' claims nothing", 1),
    "blank docstring": ("def test_it():\n    '  '\n", "'test_it' claims nothing", 1),
    "async": ("async def test_it():\n    'A claim.'\n", "'test_it' is async", 1),
    "hidden": ("{test}test_it.__test__ = False\n", "'__test__' hides tests", 4),
    "hidden module": ("__test__ = False\n{test}", "'__test__' hides tests", 1),
    "ignored": ("collect_ignore = ['test_it.py']\n", "'collect_ignore' hides", 1),
    "ignored later": ("collect_ignore_glob += ['*']\n", "'collect_ignore_glob'", 1),
}
TEST = "def test_it():\n    '''Claim.'''\n    assert 1\n"
ACCEPTED = {
    "plain": TEST,
    "versions": f"@pytest.mark.skipif(FLASK < (3, 0), reason='new')\n{TEST}",
    "a Python": f"@pytest.mark.skipif(sys.version_info < (3, 11), reason='x')\n{TEST}",
    "marks": f"@pytest.mark.parametrize('x', [1])\n{TEST}",
    "usefixtures": f"@pytest.mark.usefixtures('client')\n{TEST}",
    "words": f"{TEST}    app.skip('x')\n    steps.exit()\n",
}


@pytest.mark.canary
@pytest.mark.parametrize("case", REFUSED)
def test_a_test_that_proves_nothing_is_found(case):
    text, message, line = REFUSED[case]
    (fault,) = faults(ast.parse(text.format(test=TEST)))
    assert message in fault.message
    assert fault.line == line


@pytest.mark.parametrize("case", ACCEPTED)
def test_other_tests_are_proofs(case):
    assert faults(ast.parse(ACCEPTED[case])) == []


def test_each_test_of_the_house_is_a_proof():
    assert len(list(BEHAVIOUR.rglob("test_*.py"))) > 50
    assert in_folder(BEHAVIOUR) == []
