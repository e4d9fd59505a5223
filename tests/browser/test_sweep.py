"""A change sweeps the pages that it can reach, and no change sweeps none."""

import subprocess

import pytest

from . import sweep

PAGES = {
    "index": "# Home\n\n```{toctree}\nguide/index\n```\n",
    "playground": "# Playground\n",
    "guide/index": "# Guide\n\n```{snippet} greet/hello\n```\n",
    "guide/why": "# Why\n\nIt greets.{proof}`test_greets`\n",
    "other/why": "# Why\n\nIt does not.\n\nLonger than the other one, by far.\n",
    "list/one": "# One\n",
    "list/three": "# Three, the longest\n",
}
MOULD = "proofs/greet/greets.html"


@pytest.fixture
def house(tmp_path):
    for name, text in PAGES.items():
        write(tmp_path, f"docs/{name}.md", text)
    write(tmp_path, "snippets/greet/hello.py", "")
    write(tmp_path, "snippets/greet/unseen.py", "")
    write(tmp_path, "tests/behaviour/greet/test_greets.py", "def test_greets(): ...\n")
    write(tmp_path, "README.md", "")
    git(tmp_path, "init", "--quiet", "--initial-branch=main")
    commit(tmp_path)
    return tmp_path


def write(house, name, text):
    path = house / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text)


def git(house, *arguments):
    author = ["-c", "user.name=Ada", "-c", "user.email=ada@example.org"]
    subprocess.run(["git", *author, *arguments], cwd=house, check=True)


def commit(house):
    git(house, "add", "--all")
    git(house, "commit", "--quiet", "--allow-empty", "--message=Change")


def pages(house):
    docs = house / "docs"
    found = {
        str(path.relative_to(docs).with_suffix(".html")): path.read_text()
        for path in docs.rglob("*.md")
    }
    return found | {MOULD: "", "proofs/index.html": "", "404.html": ""}


def choose(house, **environ):
    return sweep.choose(house, pages(house), environ)


SAMPLE = {
    "index.html", "playground.html", "404.html", "guide/index.html", "other/why.html",
    "list/three.html", "proofs/index.html", MOULD,
}  # fmt: skip


def test_without_a_change_the_sample_has_every_kind(house):
    commit(house)
    chosen = choose(house)
    assert set(chosen.full) == SAMPLE
    assert chosen.loaded == ()
    assert chosen.left == ("guide/why.html", "list/one.html")
    assert str(chosen).startswith(
        "8 of 10 pages went through every gate, 0 were only loaded, 2 left out:"
        " 0 changed since "
    )


def test_a_large_kind_has_its_longest_and_its_shortest():
    sizes = {f"list/page-{size}.html": size for size in range(sweep.LARGE)}
    assert sweep.sample(sizes) == {"list/page-0.html", "list/page-9.html"}


@pytest.mark.canary
@pytest.mark.parametrize(
    ("changed", "page"),
    [
        ("docs/guide/why.md", "guide/why.html"),
        ("docs/list/one.md", "list/one.html"),
        ("tests/behaviour/greet/test_greets.py", "guide/why.html"),
    ],
)
@pytest.mark.parametrize("committed", [True, False])
def test_a_changed_page_is_swept(house, changed, page, committed):
    assert page not in SAMPLE
    commit(house)
    write(house, changed, (house / changed).read_text() + "\n# Changed\n")
    if committed:
        commit(house)
    assert set(choose(house).full) == SAMPLE | {page}


@pytest.mark.canary
def test_a_page_with_a_changed_snippet_is_swept(house):
    write(house, "docs/guide/why.md", "```{task} greet/hello\n```\n")
    write(house, "snippets/greet/hello_start.py", "")
    commit(house)
    write(house, "snippets/greet/hello_start.py", "print()")
    assert "guide/why.html" in choose(house).full


@pytest.mark.canary
def test_a_proof_that_a_changed_page_links_to_is_loaded(house):
    commit(house)
    write(house, "docs/guide/why.md", "{proof}`test_greets`")
    found = pages(house) | {"proofs/greet/longer.html": "the sample"}
    assert sweep.choose(house, found, {}).loaded == (MOULD,)


@pytest.mark.canary
@pytest.mark.parametrize(
    "changed",
    [
        "docs/_static/look.css",
        "docs/_templates/page.html",
        "docs/_data/hooks.json",
        "docs/index.md",
        "docs/list/new.txt",
        "src/hookbook/site/policy.py",
        "snippets/greet/__init__.py",
        "snippets/greet/unseen.py",
        "tests/behaviour/conftest.py",
        "tests/browser/gates.py",
        "tests/browser/test_pages.py",
        "tests/conftest.py",
        "conf.py",
        "requirements.txt",
        "unheard-of",
    ],
)
def test_a_change_that_can_be_anywhere_loads_everything(house, changed):
    commit(house)
    write(house, changed, "Changed, with a {toctree}\n")
    write(house, "docs/list/one.md", "# One, changed\n")
    found = pages(house) | {"proofs/greet/longer.html": "the sample"}
    chosen = sweep.choose(house, found, {})
    sample = SAMPLE - {MOULD} | {"proofs/greet/longer.html"}
    assert set(chosen.full) == sample | {"list/one.html"}
    assert set(chosen.loaded) == {"guide/why.html"}
    assert chosen.left == (MOULD,)
    assert f"{changed} changed since" in str(chosen)


@pytest.mark.canary
def test_a_page_that_is_gone_loads_everything(house):
    commit(house)
    (house / "docs" / "list" / "one.md").unlink()
    assert choose(house).left == ()


@pytest.mark.canary
def test_a_page_that_has_moved_loads_everything(house):
    write(house, "docs/list/four.md", "# Four\n" * 20)
    commit(house)
    git(house, "mv", "docs/list/four.md", "docs/list/five.md")
    commit(house)
    assert choose(house).left == ()


@pytest.mark.parametrize(
    "changed", ["README.md", "tests/site/test_policy.py", ".ci/run", "Makefile"]
)
def test_what_is_on_no_page_sweeps_the_sample(house, changed):
    commit(house)
    write(house, changed, "Changed\n")
    assert set(choose(house).full) == SAMPLE


@pytest.mark.canary
def test_a_branch_is_compared_with_where_it_left(house):
    git(house, "update-ref", "refs/remotes/origin/main", "HEAD")
    write(house, "docs/list/one.md", "# One, changed\n")
    commit(house)
    write(house, "README.md", "Changed\n")
    commit(house)
    assert "list/one.html" in choose(house).full


@pytest.mark.canary
def test_a_commit_can_be_named(house):
    write(house, "docs/list/one.md", "# One, changed\n")
    commit(house)
    commit(house)
    assert "list/one.html" not in choose(house).full
    assert "list/one.html" in choose(house, HOOKBOOK_SINCE="HEAD~2").full


@pytest.mark.canary
@pytest.mark.parametrize("since", ["", "no-such-commit"])
def test_without_a_commit_to_compare_with_everything_is_loaded(house, since):
    chosen = choose(house, HOOKBOOK_SINCE=since)
    assert set(chosen.full) == SAMPLE
    assert chosen.left == ()
    assert "git knows no commit" in str(chosen)


@pytest.mark.canary
def test_without_git_everything_is_loaded(house, monkeypatch):
    commit(house)
    monkeypatch.setenv("PATH", "")
    assert choose(house).left == ()


def test_all_means_all(house):
    chosen = choose(house, HOOKBOOK_SWEEP="all")
    assert set(chosen.full) == set(pages(house))


@pytest.mark.canary
def test_another_word_is_refused(house):
    with pytest.raises(ValueError, match="HOOKBOOK_SWEEP=none: say 'all'"):
        choose(house, HOOKBOOK_SWEEP="none")


@pytest.mark.canary
def test_no_page_is_refused(house):
    with pytest.raises(ValueError, match="no page to sweep"):
        sweep.choose(house, {}, {})


NAMES = [f"list/one_{number:02}" for number in range(20)]


def test_without_a_change_some_snippets_run_in_the_browser(house):
    commit(house)
    write(house, "README.md", "Changed\n")
    assert sweep.snippets(NAMES, house, {}) == NAMES[:: sweep.SAMPLED]
    assert 1 < len(NAMES[:: sweep.SAMPLED]) < len(NAMES)


@pytest.mark.canary
def test_a_changed_snippet_runs_in_the_browser(house):
    commit(house)
    write(house, "snippets/list/one_01.py", "Changed\n")
    assert NAMES[1] in sweep.snippets(NAMES, house, {})


@pytest.mark.canary
@pytest.mark.parametrize(
    "changed",
    [
        "src/hookbook/trace/steps.py",
        "src/hookbook/browser/package-lock.json",
        "requirements.txt",
        "docs/_static/workbench/client.js",
        "docs/_static/runner/worker.js",
        "snippets/__init__.py",
        "tests/browser/test_run_corpus.py",
    ],
)
def test_after_a_change_of_what_runs_them_every_snippet_runs(house, changed):
    commit(house)
    write(house, changed, "Changed\n")
    assert sweep.snippets(NAMES, house, {}) == NAMES


@pytest.mark.canary
@pytest.mark.parametrize(
    "environ", [{"HOOKBOOK_SWEEP": "all"}, {"HOOKBOOK_SINCE": "no-such-commit"}]
)
def test_every_snippet_runs_if_somebody_asks_or_nothing_is_known(house, environ):
    commit(house)
    assert sweep.snippets(NAMES, house, environ) == NAMES
