"""``{challenge}``: problems with a run for every choice, right or wrong.

The argument names the level. The content is a YAML list, as in ``{quiz}``; each
problem also has its ``kind``. There are three ways to give its answer:

- ``snippet`` and ``computed``: the program is shown without its output, and the
  right choice is what it produced. A wrong choice names a ``snippet`` that produces
  it, and the part of it that differs (``pyobject``), or a ``proof`` against it;
- ``wanted``: every choice is a program (``snippet``, ``pyobject``), and the right one
  is the only one that produces the wanted value. ``computed`` says what is compared,
  by default the output. ``shows`` is the program to fix;
- ``proof`` on every choice, and ``right: true`` on the right one.

A choice that a run decides may also name a ``proof``, for its ``why``.
"""

from typing import Any

from docutils import nodes
from sphinx.application import Sphinx

from hookbook.corpus import proofs
from hookbook.corpus.answers import computed
from hookbook.corpus.snippets import Snippet
from hookbook.explain.boxes import box
from hookbook.explain.parts import code_block, label, scenario
from hookbook.trace.steps import Run

from .base import check_keys
from .proof import claim_mark
from .quiz import Choice, Question, Questions, answer_of, check_choices, only
from .snippet import caption, code_of

KINDS = (
    "predict the output",
    "find the bug",
    "choose the hook",
    "order the callbacks",
    "fix the security hole",
)

_PROBLEM = {"kind", "question", "hint", "choices"}
_PREDICT = _PROBLEM | {"snippet", "pyobject", "computed"}
_MEND = _PROBLEM | {"shows", "pyobject", "wanted", "computed"}
_PROVE = _PROBLEM | {"shows", "pyobject"}
_REQUIRED = {"kind", "question", "choices"}
_CHOICE = {"answer", "why"}


class Challenge(Questions):
    """Show the problems of one level."""

    required_arguments = 1
    final_argument_whitespace = True
    noun = "Problem"

    def build(self) -> list[nodes.Node]:
        """Return a section with the problems, which are numbered over the page."""
        before = int(self.env.temp_data.get("hookbook_problems") or 0)
        section = self.ask(self.arguments[0], before + 1)
        self.env.temp_data["hookbook_problems"] = before + len(section.children)
        return [section]

    def question(self, item: Any) -> Question:
        """Find the right choice, and what refutes each wrong one."""
        check_keys(item, _PREDICT | _MEND, _REQUIRED, "a problem")
        if item["kind"] not in KINDS:
            known = ", ".join(KINDS)
            raise ValueError(f"there is no kind '{item['kind']}' (there is: {known})")
        if "wanted" in item:
            shown, choices, right = self._mend(item)
        elif "computed" in item:
            shown, choices, right = self._predict(item)
        else:
            shown, choices, right = self._prove(item)
        return Question(
            str(item["question"]),
            str(item.get("hint", "")),
            choices,
            right,
            literal="computed" in item and "wanted" not in item,
            title=item["kind"],
            shown=shown,
        )

    def prove(self, proof: proofs.Proof, explained: list[nodes.Node]) -> None:
        """Mark the reason as proven, like a sentence of the page."""
        last = explained[-1]
        if isinstance(last, nodes.paragraph):
            mark = claim_mark("", proof=proof.name, claim=proof.claim)
            self.set_source_info(mark)
            last += mark
        super().prove(proof, explained)

    def _predict(
        self, item: dict[str, Any]
    ) -> tuple[list[nodes.Node], list[Choice], int]:
        check_keys(item, _PREDICT, {"snippet"}, "a problem with 'computed'")
        known = _CHOICE | {"snippet", "pyobject", "proof"}
        given = check_choices(item["choices"], known)
        expression = str(item["computed"])
        snippet, run = self.load(str(item["snippet"]))
        truth = computed(run, expression)
        right = only([answer_of(choice) for choice in given], truth, snippet.name)
        choices = []
        for place, choice in enumerate(given):
            answer = answer_of(choice)
            if place == right:
                if "snippet" in choice:
                    raise ValueError(
                        f"{answer!r} is right: its snippet is the problem's"
                    )
                evidence: list[nodes.Node] = [self._printed(snippet, run)]
            elif "snippet" in choice:
                evidence = [self._variant(choice, answer, expression, run)]
            elif "proof" in choice:
                evidence = []
            else:
                raise ValueError(
                    f"{answer!r} is wrong, but nothing proves that: name the 'snippet'"
                    " that produces it, or the test ('proof') that refutes it"
                )
            choices.append(self._choice(choice, evidence=evidence))
        program = self._program(snippet, run, item, printed=False)
        return [program], choices, right

    def _variant(
        self, choice: dict[str, Any], answer: str, expression: str, run: Run
    ) -> box:
        """Show the program for which a wrong answer would be right."""
        snippet, other = self.load(str(choice["snippet"]))
        if (produced := computed(other, expression)) != answer:
            raise ValueError(
                f"{snippet.name} does not produce {answer!r}, but: {produced!r}"
            )
        figure = _figure(caption(self, snippet, other))
        figure += code_of(snippet, _parts(choice))
        part = box("div", classes=["hb-run"])
        if _sources(other) != _sources(run):
            part = scenario(other, printed=False)
        part += label(f"This program {_verb(expression)}")
        part += code_block(produced, "text", "hb-output")
        figure += part
        return figure

    def _mend(self, item: dict[str, Any]) -> tuple[list[nodes.Node], list[Choice], int]:
        check_keys(item, _MEND, set(), "a problem with 'wanted'")
        known = _CHOICE | {"snippet", "pyobject", "proof"}
        given = check_choices(item["choices"], known)
        expression = str(item.get("computed", "output"))
        wanted = str(item["wanted"]).rstrip("\n")
        loaded: list[tuple[Snippet, Run]] = []
        for choice in given:
            if "snippet" not in choice:
                raise ValueError(
                    f"{answer_of(choice)!r} isn't a program: name the 'snippet' whose"
                    " run shows whether it does what is wanted"
                )
            loaded.append(self.load(str(choice["snippet"])))
        produced = [computed(run, expression) for _, run in loaded]
        equal = [place for place, value in enumerate(produced) if value == wanted]
        if len(equal) != 1:
            found = "; ".join(
                f"{snippet.name}: {value!r}"
                for (snippet, _), value in zip(loaded, produced, strict=True)
            )
            raise ValueError(f"{len(equal)} choices produce what is wanted ({found})")
        shown = self._shown(item)
        if "shows" in item:
            first = self.load(str(item["shows"]))
            if computed(first[1], expression) == wanted:
                raise ValueError(
                    f"{first[0].name} needs no fix: it already does what is wanted"
                )
            loaded.insert(0, first)
        for snippet, run in loaded:
            if _sources(run) != _sources(loaded[0][1]):
                raise ValueError(
                    f"{snippet.name} runs another scenario than {loaded[0][0].name}:"
                    " only programs with the same scenario can be compared"
                )
        if "shows" not in item:
            shown = [_figure(scenario(loaded[0][1], printed=False))]
        aim = box("div", label(f"Wanted: it {_verb(expression)}"), classes=["hb-run"])
        aim += code_block(wanted, "text", "hb-output")
        shown.append(_figure(aim))
        choices = []
        programs = loaded[-len(given) :]
        for (snippet, run), choice, value in zip(
            programs, given, produced, strict=True
        ):
            figure = _figure(caption(self, snippet, run))
            part = box("div", label(f"This program {_verb(expression)}"))
            part["classes"].append("hb-run")
            part += code_block(value, "text", "hb-output")
            figure += part
            code = code_of(snippet, _parts(choice))
            choices.append(self._choice(choice, shown=[code], evidence=[figure]))
        return shown, choices, equal[0]

    def _prove(
        self, item: dict[str, Any]
    ) -> tuple[list[nodes.Node], list[Choice], int]:
        check_keys(item, _PROVE, set(), "a problem without 'computed' and 'wanted'")
        given = check_choices(item["choices"], _CHOICE | {"proof", "right"})
        for choice in given:
            if "proof" not in choice:
                raise ValueError(
                    f"{answer_of(choice)!r} needs the test ('proof') that proves or"
                    " refutes it (or use 'computed' or 'wanted')"
                )
        right = [place for place, choice in enumerate(given) if choice.get("right")]
        if len(right) != 1:
            raise ValueError(f"{len(right)} choices are marked with 'right: true'")
        return self._shown(item), [self._choice(choice) for choice in given], right[0]

    def _choice(
        self,
        choice: dict[str, Any],
        shown: list[nodes.Node] | None = None,
        evidence: list[nodes.Node] | None = None,
    ) -> Choice:
        proof = self.proven(choice["proof"]) if "proof" in choice else None
        return Choice(
            answer_of(choice), str(choice["why"]), proof, shown or [], evidence or []
        )

    def _shown(self, item: dict[str, Any]) -> list[nodes.Node]:
        if "shows" not in item:
            return []
        return [self._program(*self.load(str(item["shows"])), item, printed=True)]

    def _program(
        self, snippet: Snippet, run: Run, item: dict[str, Any], *, printed: bool
    ) -> box:
        # No caption: the title may be the answer.
        return _figure(code_of(snippet, _parts(item)), scenario(run, printed=printed))

    def _printed(self, snippet: Snippet, run: Run) -> box:
        part = box("div", label("This program prints"), classes=["hb-run"])
        part += code_block(run.stdout.rstrip("\n"), "text", "hb-output")
        return _figure(caption(self, snippet, run), part)


def _figure(*children: nodes.Node) -> box:
    return box("figure", *children, classes=["hb-snippet"])


def _parts(item: dict[str, Any]) -> list[str]:
    return [word.strip() for word in str(item.get("pyobject", "")).split(",") if word]


def _sources(run: Run) -> list[str]:
    return [block.source.strip() for block in run.blocks]


def _verb(expression: str) -> str:
    if expression.startswith("output"):
        return expression.replace("output", "prints", 1).replace("line", "on line")
    if expression.startswith("calls"):
        return expression.replace("calls", "makes Flask call", 1)
    return f"ends with {expression}"


def setup(app: Sphinx) -> None:
    """Register the directive."""
    app.add_directive("challenge", Challenge)
