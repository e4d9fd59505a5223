"""Mutation testing of the corpus: change a copy of Flask, see which test notices.

The maintained tools were looked at first. mutmut 3 mutates the project's own
sources, through a trampoline that changes the frames which the recorder reads and
that leaves decorated functions alone, as most of Flask's setup methods are.
cosmic-ray could be pointed at a copy of Flask, but starts a new pytest for each
mutant, knows no list of functions, and neither deletes statements nor drops
arguments. So these few modules:

targets.toml     the functions of Flask that are mutated
source.py        source text -> mutants
operators.py     a statement or expression -> its possible replacements
corpus.py        one mutant -> killed or survived, in a process of its own
equivalent.toml  survivors that no test can kill, each with the reason
report.py        the score, the survivors, the refusals
"""
