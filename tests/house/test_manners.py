"""Manners of the code: it says what it is for, it is finished, it calls its folders by what they hold."""

import ast
import re
from collections import Counter

import pytest

# built from pieces, so that this file does not hold what it looks for
UNFINISHED = re.compile(
    r"\b(?:" + "|".join(["TO" + "DO", "FIX" + "ME", "XX" + "X", "NotImplemented" + "Error"]) + r")\b"
)
VAGUE = {"utils", "helpers", "common", "core", "services"}
SENTENCE = re.compile(r"^[A-Z`\"'0-9].*[.:?!)]$", re.DOTALL)


def test_every_module_opens_with_a_sentence_that_says_what_it_is_for(modules):
    silent = [module.name for module in modules if not SENTENCE.match(opening(module))]
    assert silent == []


def opening(module):
    return (ast.get_docstring(module.tree) or "").partition("\n\n")[0]


def test_nothing_is_left_unfinished(product):
    left = [f"{module.name}: {word}" for module in product for word in UNFINISHED.findall(module.text)]
    assert left == []


def test_no_failure_is_caught_without_saying_which(product):
    broad = [
        f"{module.name}:{node.lineno}"
        for module in product
        for node in ast.walk(module.tree)
        if isinstance(node, ast.ExceptHandler) and names_nothing(node.type)
    ]
    assert broad == []


def names_nothing(caught):
    return caught is None or (isinstance(caught, ast.Name) and caught.id in {"Exception", "BaseException"})


def test_no_folder_or_module_has_a_name_that_says_nothing(tracked, root):
    vague = [path for path in tracked if VAGUE & {part.removesuffix(".py") for part in path.relative_to(root).parts}]
    assert vague == []


@pytest.mark.parametrize("written", ["# TO·DO: later", "raise NotImplemented·Error"])
def test_the_pattern_for_unfinished_work_finds_it(written):
    assert UNFINISHED.search(written.replace("·", ""))


def test_a_class_of_the_pages_means_one_thing(root):
    """Two rules for one class are two people's, and one of them hides what the other shows."""
    sheet = (root / "src/candour/web/static/candour/candour.css").read_text(encoding="utf-8")
    rules = Counter(re.findall(r"^(\.candour-[\w-]+) \{", sheet, re.MULTILINE))
    assert [name for name, times in rules.items() if times > 1] == []
