"""Where a page says how many tasks, problems or steps it has, it has as many."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
DOCS, SNIPPETS = ROOT / "docs", ROOT / "snippets"
NUMBERS = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen"
    " fourteen fifteen sixteen seventeen eighteen nineteen twenty"
).split()


def claimed(text, pattern):
    """Return every number that `text` gives in words where `pattern` has a %."""
    words = "|".join(NUMBERS)
    found = re.findall(pattern.replace("%", f"({words})"), text, re.IGNORECASE)
    return [NUMBERS.index(word.lower()) for word in found]


def programs(topic):
    return len(
        [path for path in (SNIPPETS / topic).glob("*.py") if path.stem[0] != "_"]
    )


@pytest.mark.parametrize(
    ("page", "said", "counted"),
    [
        ("after-request/try-it", ["% small Flask", "Fix % hooks"], "```{task}"),
        ("deferred-callbacks/try-it", ["% small Flask"], "```{task}"),
        ("after-request/challenge", ["% problems"], "  question:"),
        ("deferred-callbacks/challenge", ["% problems"], "  question:"),
    ],
)
def test_a_page_has_as_many_as_it_says(page, said, counted):
    text = (DOCS / f"{page}.md").read_text("utf-8")
    truth = text.count(f"\n{counted}")
    assert [claimed(text, pattern) for pattern in said] == [[truth]] * len(said)


@pytest.mark.parametrize(
    ("page", "said"),
    [
        ("after-request", ["in % tested steps", "grows in % steps"]),
        ("deferred-callbacks", ["in % tested steps"]),
    ],
)
def test_a_project_has_as_many_steps_as_it_says(page, said):
    text = (DOCS / page / "project.md").read_text("utf-8")
    steps = programs(f"{page.replace('-', '_')}_project")
    assert [claimed(text, pattern) for pattern in said] == [[steps]] * len(said)


@pytest.mark.canary
def test_a_wrong_number_is_seen():
    assert claimed("Seven small apps, and eight small ones", "% small") == [7, 8]
