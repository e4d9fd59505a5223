"""A proof is a test that stands in exactly one place."""

from pathlib import Path

import pytest

from hookbook.corpus import proofs

TESTS = '''"""What is claimed."""


def helper():
    pass


@decorated
def test_one(app):
    """Claim one thing.

    Question: What is claimed,
    and how often?

    With details.
    """
    assert app


def test_two():
    def test_inner():
        pass
'''


@pytest.fixture
def root(tmp_path):
    root = tmp_path / "behaviour"
    (root / "topic").mkdir(parents=True)
    (root / "topic" / "test_claims.py").write_text(TESTS)
    (root / "conftest.py").write_text("def test_nothing():\n    pass\n")
    return root


def test_a_proof_is_found(root):
    proof = proofs.find(root, "test_one")
    assert (proof.path, proof.line) == ("topic/test_claims.py", 9)
    assert proof.claim == "Claim one thing."
    assert proof.source.startswith("@decorated\ndef test_one(app):\n")
    assert proof.source.endswith("    assert app")


def test_a_question_is_a_paragraph_of_the_docstring(root):
    assert proofs.find(root, "test_one").question == "What is claimed, and how often?"


def test_a_test_without_docstring_claims_nothing(root):
    assert proofs.find(root, "test_two").claim == ""
    assert proofs.find(root, "test_two").question == ""


@pytest.mark.canary
@pytest.mark.parametrize("name", ["test_nope", "helper", "test_inner", "test_nothing"])
def test_an_unknown_proof_is_refused(root, name):
    message = rf"no test in behaviour/ is called '{name}'"
    with pytest.raises(proofs.ProofError, match=message):
        proofs.find(root, name)


@pytest.mark.canary
def test_an_ambiguous_proof_is_refused(root):
    (root / "test_more.py").write_text("def test_one():\n    pass\n")
    message = r"is in test_more\.py and topic/test_claims\.py: .* must be unique"
    with pytest.raises(proofs.ProofError, match=message):
        proofs.find(root, "test_one")


def test_a_changed_file_is_read_again(root):
    proofs.find(root, "test_one")
    path = root / "topic" / "test_claims.py"
    path.write_text("def test_three():\n    pass\n")
    proofs.forget()
    assert proofs.find(root, "test_three").line == 1
    with pytest.raises(proofs.ProofError):
        proofs.find(root, "test_one")


def test_the_house_has_proofs_with_names_of_their_own():
    root = Path(__file__).parents[1] / "behaviour"
    names = [
        proof.name for path in proofs.files(root) for proof in proofs.tests(root, path)
    ]
    assert len(names) >= 100
    assert len(names) == len(set(names))
